package overhttp_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leitai/examples/templates"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// subjects is how many villages the ballot of this journey is about.
const subjects = 4

// hall is an evaluation as its officials see it.
type hall struct {
	*desk
	kit   *graphtest.Kit
	poll  string
	codes map[string][]string // by rater group
	ids   []string            // of the villages, as the form names them
}

// TestBallotOverHTTP takes a review meeting from the roster to its scores: slips,
// phones and paper, a turnout and nothing else before the close, two officials,
// and figures by group that are withheld because one group is small.
// covers B09, E08, Q26, Q27, Q34
func TestBallotOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	h := &hall{desk: newDesk(t, k), kit: k, codes: map[string][]string{}}
	h.opened(t)
	h.enrolled(t)
	h.issued(t)
	h.phones(t)
	h.paper(t)
	h.halfway(t)
	h.closed(t)
	h.results(t)
	h.papers(t)
}

func (h *hall) opened(t *testing.T) {
	t.Helper()
	preset, _ := templates.Source("town-observation")
	draft := h.must(t, sample.Clerk, "template-create", vars{"document": string(preset)})
	template := draft.At(t, "templateCreate", "template", "id")
	h.must(t, sample.Approver, "template-activate", vars{"template": template, "revision": 1, "confirm": []string{}})
	competition := h.must(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "逐村观摩", "template": template, "fromPeriod": "2024-Q1",
		"notice": vars{"number": "晴委发〔2024〕1号", "issuer": "中共晴禾乡委员会", "date": "2024-01-02", "title": "关于逐村观摩的通知", "distribution": []string{"各村（社区）"}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "person": h.people[sample.Approver], "title": "乡党委书记"}}, "offices": []string{"党建办"},
			"officeHead": "组织委员"}}}).Text(t, "competitionCreate", "competition", "id")
	var put []vars
	for n := range subjects {
		unit := h.kit.Key(t, `SELECT id FROM unit WHERE code = $1`, code(n))
		h.ids = append(h.ids, unit.String())
		put = append(put, vars{"subject": graphtest.ID("Unit", unit), "name": fmt.Sprintf("第%d村", n+1)})
	}
	open := func(key string, subjects []vars) vars {
		return vars{"input": vars{"competition": competition, "key": key, "title": "点评会民主测评", "subjects": subjects}}
	}
	h.refused(t, "S1", "poll-open", open("assembly", put), "FORBIDDEN")
	h.refused(t, sample.Clerk, "poll-open", open("plebiscite", put), "BALLOT_RULE_UNKNOWN")
	h.refused(t, sample.Clerk, "poll-open", open("assembly", nil), "BALLOT_SUBJECTS_EMPTY")
	h.refused(t, sample.Clerk, "poll-open", open("assembly", append(put[:1:1], put[0])), "BALLOT_SUBJECT_TWICE")
	h.poll = h.must(t, sample.Clerk, "poll-open", open("assembly", put)).Text(t, "pollOpen", "poll", "id")
}

// enrolled enters 6 leaders, 6 cadres, 8 secretaries of whom each has one of the
// villages, and 3 first secretaries, one of whom is a leader, too.
func (h *hall) enrolled(t *testing.T) {
	t.Helper()
	var rows []vars
	add := func(group, number string, n int) {
		for i := range n {
			rows = append(rows, vars{"person": fmt.Sprintf("%s-%02d", number, i+1), "group": group})
		}
	}
	add("leadership", "B", 6)
	add("package-cadre", "C", 6)
	for i := range 8 {
		rows = append(rows, vars{"person": fmt.Sprintf("S-%02d", i+1), "group": "village-secretary", "unitCode": code(i % subjects)})
	}
	add("first-secretary", "F", 3)
	twice := h.refused(t, sample.Clerk, "poll-roster", vars{"poll": h.poll, "rows": append(rows[:2:2], rows[1])}, "BALLOT_ROSTER_TWICE")
	if !strings.Contains(twice.Body, `"row":3`) {
		t.Errorf("the row is not told: %s", twice.Body)
	}
	both := append(rows, vars{"person": "F-01", "group": "leadership"})
	r := h.must(t, sample.Clerk, "poll-roster", vars{"poll": h.poll, "rows": both})
	if voters := r.List(t, "pollRoster", "voters"); len(voters) != 23 {
		t.Errorf("%d ballots for 23 persons", len(voters))
	}
	for _, v := range r.List(t, "pollRoster", "voters") {
		if one, _ := v.(map[string]any); one["person"] == "F-01" && one["group"] != "first-secretary" {
			t.Errorf("two identities vote as %v", one["group"])
		}
	}
	h.refused(t, "XC1", "poll-roster", vars{"poll": h.poll, "rows": rows}, "NOT_FOUND")
}

func (h *hall) issued(t *testing.T) {
	t.Helper()
	groups := []vars{{"group": "leadership", "number": 6}, {"group": "village-secretary", "number": 8}, {"group": "first-secretary", "number": 3}}
	issue := vars{"poll": h.poll, "site": h.url, "groups": groups}
	h.refused(t, sample.Clerk, "poll-codes", vars{"poll": h.poll, "site": "javascript:alert(1)", "groups": groups}, "INVALID")
	h.refused(t, sample.Clerk, "poll-codes", vars{"poll": h.poll, "site": h.url, "groups": []vars{{"group": "leadership", "number": 8}}}, "BALLOT_CODES_MANY")
	h.refused(t, "J1", "poll-codes", issue, "FORBIDDEN")
	r := h.must(t, sample.Clerk, "poll-codes", issue)
	page := r.Text(t, "pollCodesIssue", "print")
	for _, s := range r.List(t, "pollCodesIssue", "slips") {
		slip, _ := s.(map[string]any)
		group, _ := slip["group"].(string)
		printed, _ := slip["code"].(string)
		h.codes[group] = append(h.codes[group], printed)
		if !strings.Contains(page, printed) {
			t.Errorf("the slips to be printed lack a code")
		}
	}
	if !strings.Contains(page, "晴禾乡") || !strings.Contains(page, h.url+"/ballot") {
		t.Error("the slips do not say who asks and where to go")
	}
	if strings.Count(page, "<svg") != 17 || len(h.codes["village-secretary"]) != 8 {
		t.Errorf("%d patterns", strings.Count(page, "<svg"))
	}
	h.refused(t, sample.Clerk, "poll-attendance", vars{"poll": h.poll, "group": "leadership", "present": 6, "papers": 1}, "BALLOT_CODES_MANY")
	h.must(t, sample.Clerk, "poll-attendance", vars{"poll": h.poll, "group": "package-cadre", "present": 6, "papers": 6})
}

// send fills in a form of the phone page.
func (h *hall) form(t *testing.T, path string, form url.Values) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
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

// sheet says the same of every village but the recused one.
func (h *hall) sheet(code, choice string, recused int) url.Values {
	v := url.Values{"code": {code}}
	for n, id := range h.ids {
		v.Set("choice."+id, choice)
		if n == recused {
			v.Set("choice."+id, "recused")
		}
	}
	return v
}

func (h *hall) cast(t *testing.T, sheet url.Values) {
	t.Helper()
	if status, body := h.form(t, "/ballot/cast", sheet); status != http.StatusOK || !strings.Contains(body, "投票成功") {
		t.Fatalf("%d %s", status, body)
	}
}

func (h *hall) phones(t *testing.T) {
	t.Helper()
	leaders, secretaries := h.codes["leadership"], h.codes["village-secretary"]
	if status, body := h.form(t, "/ballot", url.Values{"code": {secretaries[0]}}); status != http.StatusOK || strings.Count(body, "<fieldset") != subjects {
		t.Errorf("the form of a secretary: %d %s", status, body)
	}
	for what, sheet := range map[string]url.Values{
		"a guess": h.sheet("0000-0000-0000-0000-0000-0000-00", "good", -1), "no recusal": h.sheet(secretaries[0], "good", -1),
		"an answer missing": {"code": {leaders[0]}, "choice." + h.ids[0]: {"good"}},
	} {
		if status, _ := h.form(t, "/ballot/cast", sheet); status != http.StatusBadRequest {
			t.Errorf("%s: %d", what, status)
		}
	}
	for i, c := range leaders {
		h.cast(t, h.sheet(c, []string{"good", "fair"}[i%2], -1)) // mean 92.5
	}
	for i, c := range secretaries {
		h.cast(t, h.sheet(c, []string{"fair", "average"}[i/subjects], i%subjects)) // of each village: 3 fair, 3 average: 77.5
	}
	h.cast(t, h.sheet(h.codes["first-secretary"][0], "good", -1))
	h.cast(t, h.sheet(h.codes["first-secretary"][1], "abstained", -1))
	if status, body := h.form(t, "/ballot/cast", h.sheet(leaders[0], "poor", -1)); status != http.StatusBadRequest || !strings.Contains(body, "测评码无效") {
		t.Errorf("a code casts twice: %d", status)
	}
	log := h.kit.Log()
	for _, group := range h.codes {
		for _, c := range group {
			if strings.Contains(log, c) || strings.Contains(log, strings.ReplaceAll(c, "-", "")) {
				t.Error("the log holds a code")
			}
		}
	}
	if strings.Contains(log, "/ballot") {
		t.Error("the log tells when somebody voted")
	}
}

// paper enters the cadres' forms twice, the second time wrong at first.
func (h *hall) paper(t *testing.T) {
	t.Helper()
	count := func(good int) vars {
		var all []vars
		for _, id := range h.ids {
			all = append(all, vars{"subject": id, "options": []vars{{"option": "good", "count": good}, {"option": "poor", "count": 5 - good}}, "invalid": 1})
		}
		return vars{"input": vars{"poll": h.poll, "group": "package-cadre", "returned": 6, "subjects": all}}
	}
	h.refused(t, sample.Clerk, "poll-close", vars{"poll": h.poll}, "BALLOT_PAPER_ONE_PERSON")
	if state := h.must(t, sample.Clerk, "poll-paper", count(4)).At(t, "pollPaperEnter", "paper"); state != "FIRST" {
		t.Errorf("%v", state)
	}
	h.refused(t, sample.Approver, "poll-paper", count(3), "BALLOT_PAPER_DIFFERS")
	h.refused(t, sample.Approver, "poll-paper", count(6), "BALLOT_COUNT_NEGATIVE")
	if state := h.must(t, sample.Approver, "poll-paper", count(4)).At(t, "pollPaperEnter", "paper"); state != "AGREED" { // mean of 5: 90
		t.Errorf("%v", state)
	}
}

// halfway: before the close there is one number.
func (h *hall) halfway(t *testing.T) {
	t.Helper()
	r := h.must(t, sample.Clerk, "poll", vars{"poll": h.poll})
	if n := r.At(t, "poll", "turnout"); n != 22.0 {
		t.Errorf("turnout %v", n)
	}
	if results := r.List(t, "poll", "results"); len(results) != 0 {
		t.Errorf("results before the close: %v", results)
	}
	for _, g := range r.List(t, "poll", "groups") {
		if group, _ := g.(map[string]any); group["returned"] != nil {
			t.Errorf("a turnout by group before the close: %v", group)
		}
	}
	h.refused(t, "S1", "poll", vars{"poll": h.poll}, "FORBIDDEN")
	h.nothing(t, "XC1", "poll", vars{"poll": h.poll})
}

func (h *hall) closed(t *testing.T) {
	t.Helper()
	h.refused(t, "J1", "poll-close", vars{"poll": h.poll}, "FORBIDDEN")
	if n := h.must(t, sample.Clerk, "poll-close", vars{"poll": h.poll}).At(t, "pollClose", "poll", "closers"); n != 1.0 {
		t.Errorf("%v have closed", n)
	}
	h.refused(t, sample.Clerk, "poll-close", vars{"poll": h.poll}, "BALLOT_SECOND_PERSON")
	h.must(t, sample.Approver, "poll-close", vars{"poll": h.poll})
	if status, _ := h.form(t, "/ballot/cast", h.sheet(h.codes["first-secretary"][2], "good", -1)); status != http.StatusBadRequest {
		t.Errorf("a code casts after the close: %d", status)
	}
}

func (h *hall) results(t *testing.T) {
	t.Helper()
	results := h.must(t, sample.Approver, "poll", vars{"poll": h.poll}).List(t, "poll", "results")
	if len(results) != subjects {
		t.Fatalf("%v", results)
	}
	// 40 % of 92.5, 20 % of 90, 20 % of 77.5 and 20 % of 100, each village alike.
	want := map[string]any{"score": "90.5", "due": 23.0, "issued": 23.0, "returned": 22.0, "valid": 18.0, "setAside": 2.0, "recused": 2.0,
		"breakdown": false, "why": "below-threshold"}
	for _, one := range results {
		r, _ := one.(map[string]any)
		for field, value := range want {
			if r[field] != value {
				t.Errorf("%v: %s is %v, want %v", r["name"], field, r[field], value)
			}
		}
		if groups, _ := r["groups"].([]any); len(groups) != 0 {
			t.Errorf("figures by group: %v", groups)
		}
	}
}

// papers: the form to be filled in by hand, and the summary without figures of
// groups.
func (h *hall) papers(t *testing.T) {
	t.Helper()
	get := func(who, kind string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/documents/"+kind+"/"+h.poll, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+h.tokens[who])
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
	for kind, want := range map[string][]string{"ballot-form": {"附件3", "第1村", "较好", "回避"}, "ballot-summary": {"附件4", "应到23人", "收回22张", "90.50", "不予公布"}} {
		status, page := get(sample.Clerk, kind)
		for _, text := range want {
			if status != http.StatusOK || !strings.Contains(page, text) {
				t.Errorf("%s: %d, without %s", kind, status, text)
			}
		}
		if strings.Contains(page, "镇领导班子成员") && kind == "ballot-summary" {
			t.Error("the summary names a group")
		}
		if status, _ := get("XC1", kind); status != http.StatusNotFound {
			t.Errorf("%s for another township: %d", kind, status)
		}
	}
}
