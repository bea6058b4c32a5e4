package overhttp_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/examples/templates"
	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// quarter is the preset of an observation as it stands, held with twelve
// villages of which the last is a weak one.
type quarter struct {
	*desk
	kit         *graphtest.Kit
	document    template.Document
	competition string
	poll        string
	stops       []string
}

// weak is the one village that the fourth area concerns.
const weak = 11

// TestQuarterOverHTTP takes the preset from its template to what the county reads
// of it: checklists of which one area is for weak villages only, one plan for each
// problem, a ballot on paper, and a result that is refused with one reason less
// each time until nothing is left; then three colours without ranks, and the
// county's own report.
// covers B01, B02, B03, B07, B09, B12, B22, G8, Q13
func TestQuarterOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	q := &quarter{desk: newDesk(t, k), kit: k}
	q.begun(t)
	q.ready(t)
	q.marked(t)
	q.plans(t)
	q.unblocked(t)
	q.published(t)
	q.countyReads(t)
}

// begun: the town's own plan on the county's notice, under the preset.
func (q *quarter) begun(t *testing.T) {
	t.Helper()
	q.say(t, sample.Clerk, `mutation { groupSetDefine(input: {key: "attention", name: "重点村", classes: [{key: "weak", name: "软弱涣散村"}]}) { groupSet { key } userErrors { code } } }`, nil)
	q.say(t, sample.Clerk, `mutation($u: String!) { classesAssign(input: {groupSet: "attention", rows: [{unitCode: $u, class: "weak", from: "2023-01-01"}]}) { classed { class } userErrors { code } } }`,
		vars{"u": code(weak)})
	source, found := templates.Source("town-observation")
	if !found {
		t.Fatal("the preset is missing")
	}
	var err error
	if q.document, err = template.Parse(source); err != nil {
		t.Fatal(err)
	}
	draft := q.must(t, sample.Clerk, "template-create", vars{"document": string(source)})
	id := draft.At(t, "templateCreate", "template", "id")
	q.must(t, sample.Approver, "template-activate", vars{"template": id, "revision": 1, "confirm": []string{}})
	made := q.must(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "逐村观摩", "template": id, "fromPeriod": "2023-Q2", "filingNumber": "演督考备〔2023〕9号",
		"notice": vars{"number": "晴委发〔2023〕10号", "issuer": "中共晴禾乡委员会", "date": "2023-04-25", "title": "关于开展逐村观摩的通知", "distribution": []string{"各村"},
			"basis": []vars{{"title": "关于开展逐村观摩的实施方案", "number": "岚组发〔2023〕5号", "issuer": "中共岚禾县委组织部", "date": "2023-03-20"}}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "person": q.people[sample.Approver], "title": "乡党委书记"}}, "offices": []string{"党建办"}, "officeHead": "组织委员"}}})
	q.competition = made.Text(t, "competitionCreate", "competition", "id")
	q.must(t, sample.Clerk, "rounds-plan", vars{"competition": q.competition, "from": "2023-Q2", "to": "2023-Q4"})
	q.take(t, "2023-Q2")
}

// ready opens the quarter in June and lays the route.
func (q *quarter) ready(t *testing.T) {
	t.Helper()
	q.kit.Clock.Set(calendar.MustDate("2023-06-12"), "08:30")
	if r := q.ask(t, sample.Clerk, "round-open", q.on(nil)); len(r.List(t, "roundOpen", "blockers")) < 3 {
		t.Errorf("a round without anything opens: %s", r.Body)
	}
	q.step(t, sample.Clerk, "rubric-publish", nil)
	q.step(t, sample.Clerk, "panels-set", vars{"panels": []vars{{"name": "观摩组", "members": q.ids("J1", "J2")}}, "seconded": vars{"assigned": []vars{}}})
	q.step(t, sample.Clerk, "round-notify", vars{"number": "晴观〔2023〕2号", "venue": "各村", "text": "逐村观摩。"})
	q.step(t, sample.Clerk, "round-open", nil)
	var stops []vars
	for n := range 12 {
		stops = append(stops, vars{"unitCode": code(n), "plannedOn": "2023-06-20", "lead": q.people[sample.Approver]})
	}
	laid := q.must(t, sample.Clerk, "route-plan", vars{"round": q.round, "stops": stops})
	for n := range laid.List(t, "routePlan", "route") {
		q.stops = append(q.stops, laid.Text(t, "routePlan", "route", n, "id"))
	}
}

// checklist is a mark of an area; missed are checks that were not met.
func checklist(village int, item template.Item, missed ...string) vars {
	var checks []vars
	for _, c := range item.Rule.Checks {
		answer := "YES"
		if slices.Contains(missed, c.Key) {
			answer = "NO"
		}
		checks = append(checks, vars{"key": c.Key, "answer": answer})
	}
	return vars{"id": uuid.NewString(), "unitCode": code(village), "item": item.Key, "channel": "visit", "detail": vars{"checks": checks}}
}

// marked: the fourth area is nobody's but the weak village's; a missing mark and
// an unconfirmed one keep the round open.
func (q *quarter) marked(t *testing.T) {
	t.Helper()
	day := "2023-06-20"
	q.kit.Clock.Set(calendar.MustDate(day), "17:00")
	var marks []vars
	var last vars
	for n := range 12 {
		for i, item := range q.document.Items {
			if item.For != nil && n != weak {
				q.refused(t, "J1", "marks-submit", vars{"round": q.round, "marks": []vars{checklist(n, item)}}, "ITEM_NOT_FOR_SUBJECT")
				continue
			}
			one := checklist(n, item)
			if n > 0 && i == n%10 {
				one = checklist(n, item, item.Rule.Checks[0].Key) // each village but the first misses one check
			}
			if n == 3 && i == 0 {
				last = one
				continue
			}
			marks = append(marks, one)
		}
	}
	q.must(t, "J1", "marks-submit", vars{"round": q.round, "marks": marks})
	q.lacks(t, "CLOSED", "MARKS_MISSING", "MARKS_UNCONFIRMED")
	q.must(t, "J2", "marks-submit", vars{"round": q.round, "marks": []vars{last}})
	q.lacks(t, "CLOSED", "MARKS_UNCONFIRMED")
	q.must(t, "R1", "marks-confirm", vars{"round": q.round, "marks": q.marksAs(t, "R1")})
	q.lacks(t, "CLOSED")
}

// lacks holds what keeps the round from a state against what is expected to.
func (q *quarter) lacks(t *testing.T, to string, want ...string) {
	t.Helper()
	r := q.must(t, sample.Clerk, "blockers", vars{"round": q.round, "to": to})
	var have []string
	for n := range r.List(t, "round", "blockers") {
		if c := r.Text(t, "round", "blockers", n, "code"); !slices.Contains(have, c) {
			have = append(have, c)
		}
	}
	slices.Sort(have)
	if slices.Sort(want); !slices.Equal(have, want) {
		t.Errorf("to %s: blockers %v, want %v\n%s", to, have, want, r.Body)
	}
}

// plans: each problem of the weak village has its own measure, which together are
// the village's plan (一村一方案、一问题一对策).
func (q *quarter) plans(t *testing.T) {
	t.Helper()
	for n, title := range []string{"班子不团结", "公开不及时"} {
		r := q.must(t, sample.Clerk, "issue-open", vars{"input": vars{"competition": q.competition, "round": q.round, "unitCode": code(weak), "item": "weak-village",
			"title": title, "base": "0", "due": "2023-07-20"}})
		issue := r.Text(t, "issueOpen", "issue", "id")
		planned := q.say(t, "S12", `mutation($i: ID!, $n: String!) { issuePlan(input: {issue: $i, note: $n, revision: 1}) { issue { plan plannedOn } userErrors { code } } }`,
			vars{"i": issue, "n": fmt.Sprintf("第%d条对策", n+1)})
		if planned.Text(t, "issuePlan", "issue", "plan") != fmt.Sprintf("第%d条对策", n+1) {
			t.Errorf("the plan: %s", planned.Body)
		}
	}
}

// unblocked lifts what keeps the result from the villages, one by one.
func (q *quarter) unblocked(t *testing.T) {
	t.Helper()
	q.step(t, sample.Clerk, "round-close", nil)
	q.step(t, sample.Clerk, "round-compute", nil)
	q.lacks(t, "PROVISIONAL", "BALLOT_MISSING", "NOT_ALL_VISITED", "ROUND_NOT_HELD", "STAGE_MISSING")
	q.kit.Clock.Set(calendar.MustDate("2023-06-30"), "09:00")
	q.lacks(t, "PROVISIONAL", "BALLOT_MISSING", "NOT_ALL_VISITED", "STAGE_MISSING")
	for n, stop := range q.stops {
		q.must(t, sample.Clerk, "visit-record", vars{"visit": stop, "visitedOn": "2023-06-20", "revision": 1})
		if n == len(q.stops)-2 { // one is still to visit; the others have been, and lack their pictures
			q.lacks(t, "PROVISIONAL", "BALLOT_MISSING", "NOT_ALL_VISITED", "PHOTO_MISSING", "STAGE_MISSING")
		}
	}
	q.lacks(t, "PROVISIONAL", "BALLOT_MISSING", "PHOTO_MISSING", "STAGE_MISSING")
	for n := range 12 {
		q.must(t, "J1", "evidence-add", vars{"competition": q.competition, "round": q.round, "unitCode": code(n), "item": "democracy", "kind": "PHOTO", "takenOn": "2023-06-20",
			"file": q.upload(t, "J1", uint8(50+n)), "note": "公开栏"})
	}
	q.lacks(t, "PROVISIONAL", "BALLOT_MISSING", "STAGE_MISSING")
	q.assembled(t)
	q.lacks(t, "PROVISIONAL", "COMPUTATION_STALE", "STAGE_MISSING")
	q.step(t, sample.Clerk, "round-compute", nil)
	for n := range 12 {
		q.must(t, sample.Clerk, "comment-record", vars{"round": q.round, "unitCode": code(n), "by": q.people[sample.Approver], "text": "阵地规范，继续保持。", "on": "2023-06-30"})
	}
	for _, stage := range []string{"visit", "review", "ballot", "comment"} {
		q.lacks(t, "PROVISIONAL", "STAGE_MISSING")
		q.must(t, sample.Clerk, "stage-record", vars{"round": q.round, "stage": stage, "doneOn": "2023-06-30"})
	}
	q.lacks(t, "PROVISIONAL")
	q.step(t, sample.Clerk, "round-announce", nil)
}

// assembled holds the review meeting's ballot on paper: every village's secretary
// is recused from the own village.
func (q *quarter) assembled(t *testing.T) {
	t.Helper()
	opened := q.must(t, sample.Clerk, "poll-open", vars{"input": vars{"competition": q.competition, "round": q.round, "key": "assembly", "title": "点评会民主测评"}})
	q.poll = opened.Text(t, "pollOpen", "poll", "id")
	var subjects []string
	for n := range opened.List(t, "pollOpen", "poll", "subjects") {
		subjects = append(subjects, opened.Text(t, "pollOpen", "poll", "subjects", n, "subject"))
	}
	size := map[string]int{"leadership": 6, "package-cadre": 6, "village-secretary": 12, "first-secretary": 6}
	var rows []vars
	for group, n := range size {
		for i := range n {
			row := vars{"person": fmt.Sprintf("%s-%02d", group, i+1), "group": group}
			if group == "village-secretary" {
				row["unitCode"] = code(i)
			}
			rows = append(rows, row)
		}
	}
	q.must(t, sample.Clerk, "poll-roster", vars{"poll": q.poll, "rows": rows})
	for group, n := range size {
		q.must(t, sample.Clerk, "poll-attendance", vars{"poll": q.poll, "group": group, "present": n, "papers": n})
		var said []vars
		for i, subject := range subjects {
			one := vars{"subject": subject, "options": []vars{{"option": "good", "count": n}}}
			if i >= 6 { // the hall thinks less of the second half
				one["options"] = []vars{{"option": "average", "count": n}}
			}
			if group == "village-secretary" {
				options, _ := one["options"].([]vars)
				options[0]["count"], one["recused"] = n-1, 1
			}
			said = append(said, one)
		}
		for _, counter := range []string{sample.Clerk, sample.Approver} {
			q.must(t, counter, "poll-paper", vars{"input": vars{"poll": q.poll, "group": group, "returned": n, "subjects": said}})
		}
	}
	q.must(t, sample.Clerk, "poll-close", vars{"poll": q.poll})
	q.lacks(t, "PROVISIONAL", "BALLOT_MISSING", "STAGE_MISSING") // the second official has not closed it yet
	q.must(t, sample.Approver, "poll-close", vars{"poll": q.poll})
}

// published: colours without ranks, and without the others' totals for a village.
// V1 met every check and pleased the hall: 100. The hall gives the second half 70.
// V7 missed 4 of the 90 points that concern it, V12 4 of 100: 70 % of 95.56 and of
// 96, and 21 of the hall's.
func (q *quarter) published(t *testing.T) {
	t.Helper()
	q.kit.Clock.Set(calendar.MustDate("2023-07-04"), "09:00")
	q.step(t, sample.Approver, "round-publish", vars{"comment": "同意公布。", "audience": "TOWNSHIP"})
	const board = `query($r: ID!) { board(round: $r) { rows { unitCode shown rank light } } }`
	lights := map[any]int{}
	for _, n := range q.say(t, "S5", board, vars{"r": q.round}).List(t, "board", "rows") {
		row, _ := n.(map[string]any)
		lights[row["light"]]++
		if row["rank"] != nil || row["unitCode"] != code(4) && row["shown"] != "" {
			t.Errorf("a village reads %v", row)
		}
	}
	if lights["green"] != 7 || lights["yellow"] != 5 {
		t.Errorf("lights: %v", lights)
	}
	want := map[any]string{code(0): "100.00 green", code(6): "87.89 yellow", code(weak): "88.20 green"}
	for _, n := range q.say(t, sample.Clerk, board, vars{"r": q.round}).List(t, "board", "rows") {
		row, _ := n.(map[string]any)
		if have := fmt.Sprintf("%v %v", row["shown"], row["light"]); want[row["unitCode"]] != "" && have != want[row["unitCode"]] {
			t.Errorf("%v: %s, want %s", row["unitCode"], have, want[row["unitCode"]])
		}
	}
}

// countyReads: the township draws its report and a village's archive, which are
// for itself and the village; the county that adopted it reads the colours, the
// sibling nothing.
func (q *quarter) countyReads(t *testing.T) {
	t.Helper()
	publication := q.say(t, sample.Clerk, `query($r: ID!) { round(id: $r) { publications { id } } }`, vars{"r": q.round}).Text(t, "round", "publications", 0, "id")
	county := q.say(t, "CN1", `query($r: ID!) { board(round: $r) { rows { light rank } } }`, vars{"r": q.round}).List(t, "board", "rows")
	if first, _ := county[0].(map[string]any); len(county) != 12 || first["light"] == "" || first["rank"] != nil {
		t.Errorf("the county reads %v", county)
	}
	q.nothing(t, "XC1", "board", vars{"round": q.round, "revision": nil})
	for _, one := range []struct {
		who, path string
		status    int
		says      []string
	}{
		{sample.Clerk, "/documents/county-report/" + publication, http.StatusOK, []string{"12", "绿"}},
		{"CN1", "/documents/county-report/" + publication, http.StatusNotFound, nil}, // the township sends it when it is ready to
		{"XC1", "/documents/county-report/" + publication, http.StatusNotFound, nil},
		{sample.Clerk, "/archives/" + q.competition + "/" + code(weak), http.StatusOK, []string{"PK"}},
		{"S12", "/archives/" + q.competition + "/" + code(weak), http.StatusOK, []string{"PK"}},
		{"S11", "/archives/" + q.competition + "/" + code(weak), http.StatusNotFound, nil},
	} {
		status, page := q.page(t, one.who, one.path)
		if status != one.status {
			t.Errorf("%s reads %s: %d\n%s", one.who, one.path, status, page)
		}
		for _, text := range one.says {
			if !strings.Contains(page, text) {
				t.Errorf("%s: %s lacks %s", one.who, one.path, text)
			}
		}
	}
}

// page opens a paper as somebody.
func (q *quarter) page(t *testing.T, who, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, q.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+q.tokens[who])
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
