package overhttp_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leitai/internal/sample"
)

// handedIn: what is asked by when; a report in its two parts, not too long, made
// known to a circle; the others of the village see only their own.
func (y *yearEnd) handedIn(t *testing.T) {
	t.Helper()
	const hand = `mutation($i: SubmissionHandInInput!) { submissionHandIn(input: $i) { submission { id characters due handedOn } userErrors { code field } } }`
	input := func(document string, text string) vars {
		in := vars{"competition": y.competition, "year": 2024, "document": document, "subject": y.people["S1"], "handedOn": "2024-01-15"}
		if text == "" {
			in["note"] = "纸质存党建办"
		} else {
			in["parts"] = []vars{{"key": "party-building", "text": text}, {"key": "ideology", "text": "按季研判。"}}
		}
		return vars{"i": in}
	}
	long, err := post(t, y.url, y.tokens[sample.Clerk], hand, input("duty-report", strings.Repeat("字", 2000)))
	if err != nil || len(long.Codes()) != 1 {
		t.Errorf("a report of more than 2000 characters: %v, %v", long, err)
	}
	made := y.say(t, sample.Clerk, hand, input("duty-report", "落实“三会一课”。"))
	y.say(t, sample.Clerk, hand, input("duty-report-review", ""))
	y.say(t, sample.Clerk, `mutation($s: ID!) { submissionPublish(input: {submission: $s, circle: "支部全体党员"}) { submission { circle } userErrors { code field } } }`,
		vars{"s": made.Text(t, "submissionHandIn", "submission", "id")})
	const asked = `query($c: ID!) { askedDocuments(competition: $c, year: 2024) { document due late maxCharacters submission { circle number } } }`
	own := y.say(t, "S1", asked, vars{"c": y.competition}).List(t, "askedDocuments")
	have := map[string]string{}
	for _, a := range own {
		one, _ := a.(map[string]any)
		have[fmt.Sprint(one["document"])] = fmt.Sprint(one["due"], " ", one["late"])
		if one["document"] == "duty-report" && !strings.Contains(fmt.Sprint(one["submission"]), "支部全体党员") {
			t.Errorf("the report is known to %v", one["submission"])
		}
	}
	want := map[string]string{"duty-report-review": "2024-01-14 true", "duty-report": "2024-01-17 false", "registration-form": "2024-01-17 true",
		"ballot-summary": "2024-01-17 true", "assessment-form": "2024-01-21 true"}
	if len(own) != len(want) || fmt.Sprint(have) != fmt.Sprint(want) {
		t.Errorf("asked of one secretary: %v", have)
	}
	if all := y.say(t, sample.Clerk, asked, vars{"c": y.competition}).List(t, "askedDocuments"); len(all) != 5*12 {
		t.Errorf("%d papers are asked of all", len(all))
	}
}

// followed: who is graded average is talked with and puts things right in time.
func (y *yearEnd) followed(t *testing.T) {
	t.Helper()
	all, ids := told(t, y.must(t, sample.Approver, "outcomes", vars{"round": y.round}).List(t, "outcomes", "nodes"))
	says(t, "below good", all, "rectification S12", "talk S12")
	y.must(t, sample.Approver, "outcomes-confirm", vars{"outcomes": ids, "due": "2024-02-05"})
}

// fetch draws a paper.
func (y *yearEnd) fetch(t *testing.T, who, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, y.url+"/documents/"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+y.tokens[who])
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// printed: the notice with its hygiene rules, the work group, ballot form and
// summary, the table of grades; none for another township.
func (y *yearEnd) printed(t *testing.T) {
	t.Helper()
	for path, texts := range map[string][]string{
		"notice/" + url.PathEscape(y.round):              {"佩戴口罩", "不超过一天", "不超过2000字"},
		"leading-group/" + url.PathEscape(y.competition): {"政委", "组长", "办公室主任"},
		"ballot-form/" + url.PathEscape(y.poll):          {"附件3", "基本称职"},
		"ballot-summary/" + url.PathEscape(y.poll):       {"附件4", "应到23人", "100.00", "不予公布"},
		"grades/" + url.PathEscape(y.publication):        {"优秀", "较好"},
		"contacts/" + url.PathEscape(y.round):            {"晨穗村"},
	} {
		status, page := y.fetch(t, sample.Clerk, path)
		for _, text := range texts {
			if status != http.StatusOK || !strings.Contains(page, text) {
				t.Errorf("%s: %d, without %s", path, status, text)
			}
		}
		if status, _ := y.fetch(t, "XC1", path); status != http.StatusNotFound {
			t.Errorf("%s for another township: %d", path, status)
		}
	}
	if status, book := y.fetch(t, sample.Clerk, "grades/"+url.PathEscape(y.publication)+"?format=xlsx"); status != http.StatusOK || !strings.HasPrefix(book, "PK") {
		t.Errorf("the table as a workbook: %d", status)
	}
}
