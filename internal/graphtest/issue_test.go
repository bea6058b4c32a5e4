package graphtest_test

import (
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

const (
	openIssue = `mutation($c: ID!, $u: String!, $t: String!, $due: Date!, $problem: String, $item: String, $e: [ID!], $visit: ID, $who: ID, $plan: String) {
		issueOpen(input: {competition: $c, unitCode: $u, title: $t, base: "1", due: $due, problem: $problem, item: $item, evidence: $e, visit: $visit, responsible: $who, plan: $plan}) {
			issue { id number revision plan problem light evidence { phase evidence { id } } responsible { pseudonym } } userErrors { code field message } } }`
	stepIssue = `mutation($i: ID!, $n: String!, $rev: Int!, $e: [ID!]) { step: %s(input: {issue: $i, note: $n, revision: $rev, evidence: $e}) {
		issue { revision state plan listed returnDue evidence { phase } } userErrors { code field message } } }`
	revisit = `mutation($i: ID!, $rev: Int!, $on: Date!, $holds: Boolean!) { step: issueRevisit(input: {issue: $i, revision: $rev, on: $on, holds: $holds, note: "仍然整洁"}) {
		issue { revision returnedOn returnHolds } userErrors { code field } } }`
	plans = `query($c: ID!) { villagePlans(competition: $c) { unit { code } closed overdue unplanned recurring issues { number plan } } }`
)

// An issue found on a visit with a picture is planned, answered with a picture
// of what was put right, sent back to whoever answered, answered again, closed
// by another person, listed and lifted on the way, and looked at again within
// ninety days. covers B11, B12, E24, E25, B06
func TestIssueFromThePictureToTheReturnVisit(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	picture := func(n uint8, who string) string {
		file := s.Taken(t, who, "问题.jpg", photo(t, n))
		return s.Must(t, who, addPiece, s.vars(1, "PHOTO", graphtest.Vars{"f": file})).Text(t, "evidenceAdd", "evidence", "id")
	}
	before, after := picture(1, "C1"), picture(2, "S1")
	visit := s.Must(t, "C1", plan, graphtest.Vars{"r": s.RoundID("2023-05"), "stops": []graphtest.Vars{stop(1, s.today), stop(2, s.today)}})
	due := s.Clock.Today().AddDays(14).String()
	open := graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(1), "t": "村口垃圾未清运", "due": due, "problem": "garbage", "e": []string{before},
		"visit": visit.Text(t, "routePlan", "route", 0, "id"), "who": s.PersonID("S1")}
	r := s.Must(t, "C1", openIssue, open)
	id := r.Text(t, "issueOpen", "issue", "id")
	if r.Text(t, "issueOpen", "issue", "light") != "BLUE" || r.Text(t, "issueOpen", "issue", "evidence", 0, "phase") != "BEFORE" {
		t.Errorf("opened: %s", r.Body)
	}
	elsewhere := graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(2), "t": "x", "due": due, "e": []string{before}}
	s.Run(t, []graphtest.Scenario{
		{Name: "another village's picture", As: "C1", Query: openIssue, Vars: elsewhere, Codes: []string{"ISSUE_EVIDENCE_OTHER"}, Has: []string{"evidence[0]"}},
		{Name: "another village's visit", As: "C1", Query: openIssue, Vars: graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(2), "t": "x", "due": due, "visit": open["visit"]}, Codes: []string{"ISSUE_VISIT_OTHER"}},
	})
	rev := 1
	step := func(who, name, note string, e ...string) *graphtest.Result {
		t.Helper()
		r := s.Must(t, who, strings.Replace(stepIssue, "%s", name, 1), graphtest.Vars{"i": id, "n": note, "rev": rev, "e": e})
		rev = r.Int(t, "step", "issue", "revision")
		return r
	}
	refuse := func(who, name, note, code, words string) {
		t.Helper()
		r := s.As(t, who, strings.Replace(stepIssue, "%s", name, 1), graphtest.Vars{"i": id, "n": note, "rev": rev})
		if codes := r.Codes(); len(codes) != 1 || codes[0] != code || !strings.Contains(r.Body, words) {
			t.Errorf("%s by %s: %v, want %s, %s", name, who, codes, code, r.Body)
		}
	}
	refuse("S1", "issuePlan", " ", "ISSUE_PLAN_MISSING", "")
	refuse("S2", "issuePlan", "x", "NOT_FOUND", "")
	refuse("C1", "issueClose", "好", "WRONG_STATE", "已交办")
	if p := step("S1", "issuePlan", "每日清运，张贴责任牌"); p.Text(t, "step", "issue", "plan") == "" {
		t.Error("the plan is not kept")
	}
	if l := step("C1", "issueList", "久拖不决"); l.At(t, "step", "issue", "listed") != true {
		t.Errorf("listed: %s", l.Body)
	}
	refuse("C1", "issueList", "再次", "ISSUE_LISTED", "")
	if n := len(s.Must(t, "C1", `{ issues(listed: true) { nodes { id } } }`, nil).List(t, "issues", "nodes")); n != 1 {
		t.Errorf("%d listed issues", n)
	}
	step("C1", "issueLift", "已见成效")
	step("S1", "issueAnswer", "已清运", after)
	step("C1", "issueReturn", "照片看不清")
	step("S1", "issueAnswer", "已清运并补照", after)
	closed := step("C1", "issueClose", "现场核实")
	if want := s.Clock.Today().AddDays(90).String(); closed.Text(t, "step", "issue", "returnDue") != want || len(closed.List(t, "step", "issue", "evidence")) != 2 {
		t.Errorf("closed: %s", closed.Body)
	}
	by := graphtest.Vars{"by": s.Clock.Today().AddDays(90).String()}
	const returns = `query($by: Date) { issues(returnBy: $by) { nodes { id } } }`
	if n := len(s.Must(t, "C1", returns, by).List(t, "issues", "nodes")); n != 1 {
		t.Errorf("%d return visits are due", n)
	}
	again := graphtest.Vars{"i": id, "rev": rev, "on": s.today, "holds": true}
	s.Must(t, "C1", revisit, again)
	if n := len(s.Must(t, "C1", returns, by).List(t, "issues", "nodes")); n != 0 {
		t.Errorf("%d return visits are due after it took place", n)
	}
	again["rev"] = rev + 1
	if codes := s.As(t, "C1", revisit, again).Codes(); len(codes) != 1 || codes[0] != "ISSUE_RETURN_DONE" {
		t.Errorf("a second return visit: %v", codes)
	}
	p := s.Must(t, "S1", plans, graphtest.Vars{"c": s.CompetitionID()})
	if p.Int(t, "villagePlans", 0, "closed") != 1 || p.Int(t, "villagePlans", 0, "unplanned") != 0 || len(p.List(t, "villagePlans")) != 1 {
		t.Errorf("the village's plan: %s", p.Body)
	}
}

// A problem that was there in an earlier year is flagged with those before it,
// by its type whatever the item, and only at its own village. covers E26
func TestProblemsOfEarlierYearsComeBack(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	due := s.Clock.Today().AddDays(14).String()
	open := func(unit int, problem string) string {
		return s.Must(t, "C1", openIssue, graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(unit), "t": "污水直排", "due": due, "problem": problem}).Text(t, "issueOpen", "issue", "id")
	}
	last := open(1, "sewage")
	s.Put(t, `UPDATE issue SET opened = opened - 400, due = due - 400`)
	now, other := open(1, "sewage"), open(2, "sewage")
	const recurs = `query($id: ID!) { node(id: $id) { ... on Issue { recurs } } }`
	if got := s.Must(t, "C1", recurs, graphtest.Vars{"id": now}).List(t, "node", "recurs"); len(got) != 1 || got[0] != last {
		t.Errorf("recurs: %v", got)
	}
	for _, id := range []string{last, other} {
		if got := s.Must(t, "C1", recurs, graphtest.Vars{"id": id}).List(t, "node", "recurs"); len(got) != 0 {
			t.Errorf("recurs by mistake: %v", got)
		}
	}
	if p := s.Must(t, "C1", plans, graphtest.Vars{"c": s.CompetitionID()}); p.Int(t, "villagePlans", 0, "recurring") != 1 || p.Int(t, "villagePlans", 0, "overdue") != 1 {
		t.Errorf("plans: %s", p.Body)
	}
}
