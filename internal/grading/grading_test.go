package grading_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/grading"
	"leitai/internal/template"
)

func share(s string) *exact.Number { n := exact.Must(s); return &n }

// people makes candidates A, B, C … with these scores.
func people(scores ...string) []grading.Candidate {
	out := make([]grading.Candidate, len(scores))
	for i, s := range scores {
		out[i] = grading.Candidate{ID: string(rune('A' + i)), Score: exact.Must(s)}
	}
	return out
}

// annual is a scale of excellent within a quota, and competent for the rest.
func annual(quota template.Quota, with ...func(*template.GradeStep)) template.GradeScale {
	step := template.GradeStep{Key: "excellent", Quota: &quota}
	for _, w := range with {
		w(&step)
	}
	return template.GradeScale{Key: "annual", Steps: []template.GradeStep{step, {Key: "competent"}}}
}

func decision(subject, grade string) grading.Decision {
	return grading.Decision{Subject: subject, Grade: grade, Reason: "会议票决", By: "meeting"}
}

func holders(s grading.Solution) string { return strings.Join(s.Holders("excellent"), " ") }

// passed prints why a candidate was passed over, "excellent:QUOTA_FULL".
func passed(s grading.Solution, subject string) string {
	line, _ := s.Line(subject)
	var out []string
	for _, p := range line.Passed {
		out = append(out, p.Step+":"+string(p.Rule))
	}
	return strings.Join(out, " ")
}

// covers Q17, E12, E13, E14
func TestAtMostIsRoundedDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		share string
		n     int
		exact string
		seats int
	}{
		{"40%", 4, "1.60", 1}, {"50%", 4, "2.00", 2}, {"30%", 26, "7.80", 7}, {"30%", 3, "0.90", 0}, {"1/3", 4, "1.33", 1}, {"1/3", 3, "1.00", 1},
	} {
		got := grading.SeatsOf(template.Quota{AtMost: share(c.share)}, c.n)
		if got.Seats != c.seats || got.Shown != c.exact {
			t.Errorf("%s of %d: %d seats of %s, want %d of %s", c.share, c.n, got.Seats, got.Shown, c.seats, c.exact)
		}
	}
}

// covers Q19, D33
func TestAtLeastIsRoundedUp(t *testing.T) {
	t.Parallel()
	for n, seats := range map[int]int{0: 0, 1: 1, 3: 1, 4: 2, 10: 3, 11: 4, 12: 4} {
		if got := grading.SeatsOf(template.Quota{AtLeast: share("30%")}, n); got.Seats != seats {
			t.Errorf("30%% of %d: %d seats, want %d", n, got.Seats, seats)
		}
	}
}

// covers Q17
func TestATieForTheLastSeatWaitsForTheCommittee(t *testing.T) {
	t.Parallel()
	scale := annual(template.Quota{AtMost: share("50%")}, func(s *template.GradeStep) { s.TieBreak = []string{"work"} })
	tied := people("93", "91", "91", "79")
	open := grading.Solve(scale, tied, nil)
	if holders(open) != "A" || !open.Open() || open.Quotas[0].Open != 1 || strings.Join(open.Quotas[0].Tied, " ") != "B C" {
		t.Fatalf("%s, %+v", holders(open), open.Quotas[0])
	}
	if line, _ := open.Line("C"); line.Pending != "excellent" || passed(open, "C") != "excellent:TIE_OPEN" || passed(open, "D") != "excellent:QUOTA_FULL" {
		t.Errorf("C %+v, D %s: the open seat does not pass to whoever stands lower", line, passed(open, "D"))
	}

	broken := people("93", "91", "91", "79")
	broken[1].Ties, broken[2].Ties = []exact.Number{exact.Int(90)}, []exact.Number{exact.Int(92)}
	byChain := grading.Solve(scale, broken, nil)
	winner, _ := byChain.Line("C")
	if holders(byChain) != "A C" || winner.Rule != grading.RuleTieBreak || passed(byChain, "B") != "excellent:LOST_TIE_BREAK" || byChain.Open() {
		t.Errorf("%s, %s, %s", holders(byChain), winner.Rule, passed(byChain, "B"))
	}

	decided := grading.Solve(scale, tied, []grading.Decision{decision("B", "excellent")})
	line, _ := decided.Line("B")
	if holders(decided) != "A B" || line.Rule != grading.RuleDecided || line.Reason == "" || line.By == "" || passed(decided, "C") != "excellent:DECIDED_AGAINST" || decided.Open() {
		t.Errorf("%s, %+v, %s", holders(decided), line, passed(decided, "C"))
	}
}

// covers Q17
func TestACommitteeMayLeaveTheSeatEmpty(t *testing.T) {
	t.Parallel()
	s := grading.Solve(annual(template.Quota{AtMost: share("50%")}), people("93", "91", "91", "79"), []grading.Decision{decision("B", "competent"), decision("C", "competent")})
	line, _ := s.Line("B")
	if holders(s) != "A" || s.Open() || s.Quotas[0].Unused != 1 || line.Grade != "competent" || line.Reason == "" || len(s.Refused) != 0 {
		t.Errorf("%s, %+v, %+v, %v", holders(s), s.Quotas[0], line, s.Refused)
	}
}

// covers Q17, Q18
func TestWhatACommitteeCannotDecide(t *testing.T) {
	t.Parallel()
	hard, soft := template.Quota{AtMost: share("25%")}, template.Quota{AtMost: share("25%"), Kind: "soft"}
	second := func(d grading.Decision) grading.Decision { d.Second = "second"; return d }
	for _, c := range []struct {
		name    string
		quota   template.Quota
		scores  []string
		decided []grading.Decision
		want    fault.Code
		in      string
	}{
		{"a seat beyond a hard quota", hard, []string{"93", "92", "91", "79"}, []grading.Decision{second(decision("B", "excellent"))}, fault.GradeQuotaFull, "A"},
		{"two for one hard seat", hard, []string{"93", "93", "91", "79"}, []grading.Decision{second(decision("A", "excellent")), second(decision("B", "excellent"))}, fault.GradeDecisionsExceed, ""},
		{"a soft seat without a second approver", soft, []string{"93", "92", "91", "79"}, []grading.Decision{decision("B", "excellent")}, fault.GradeSecondMissing, "A"},
		{"a soft seat approved by the same person", soft, []string{"93", "92", "91", "79"}, []grading.Decision{{Subject: "B", Grade: "excellent", Reason: "r", By: "x", Second: "x"}}, fault.GradeSecondMissing, "A"},
		{"a soft seat past somebody better", soft, []string{"93", "92", "91", "79"}, []grading.Decision{second(decision("C", "excellent"))}, fault.GradeOutOfOrder, "A"},
		{"a soft seat in order", soft, []string{"93", "92", "91", "79"}, []grading.Decision{second(decision("B", "excellent"))}, "", "A B"},
		{"both of a tie, one beyond", soft, []string{"93", "93", "91", "79"}, []grading.Decision{second(decision("A", "excellent")), second(decision("B", "excellent"))}, "", "A B"},
		{"no reason", hard, []string{"93", "93", "91", "79"}, []grading.Decision{{Subject: "A", Grade: "excellent", By: "x"}}, fault.GradeReasonMissing, ""},
		{"nobody named", hard, []string{"93", "93", "91", "79"}, []grading.Decision{{Subject: "A", Grade: "excellent", Reason: "r"}}, fault.GradePersonMissing, ""},
		{"a stranger", hard, []string{"93", "92", "91", "79"}, []grading.Decision{decision("Z", "excellent")}, fault.GradeStranger, "A"},
		{"a grade that is not there", hard, []string{"93", "92", "91", "79"}, []grading.Decision{decision("A", "superb")}, fault.GradeUnknown, "A"},
		{"a worse grade than the score gives", hard, []string{"93", "92", "91", "79"}, []grading.Decision{decision("A", "competent")}, fault.GradeFollowsScore, "A"},
		{"what came out anyway", hard, []string{"93", "92", "91", "79"}, []grading.Decision{decision("D", "competent")}, "", "A"},
		{"the later of two", hard, []string{"93", "93", "91", "79"}, []grading.Decision{decision("A", "excellent"), decision("A", "competent"), decision("B", "excellent")}, "", "B"},
	} {
		s := grading.Solve(annual(c.quota), people(c.scores...), c.decided)
		var got fault.Code
		if len(s.Refused) > 0 {
			got = s.Refused[0].Fault.Code
		}
		if got != c.want || holders(s) != c.in {
			t.Errorf("%s: %s, holders %q; want %s, %q", c.name, got, holders(s), c.want, c.in)
		}
	}
}

// covers Q18
func TestABeyondSeatSaysSo(t *testing.T) {
	t.Parallel()
	d := decision("B", "excellent")
	d.Second = "second"
	s := grading.Solve(annual(template.Quota{AtMost: share("25%"), Kind: "soft"}), people("93", "92", "91", "79"), []grading.Decision{d})
	line, _ := s.Line("B")
	if line.Rule != grading.RuleBeyond || line.Second != "second" || s.Quotas[0].Over != 1 || s.Quotas[0].Seats != 1 || s.Quotas[0].Awarded != 2 {
		t.Errorf("%+v %+v", line, s.Quotas[0])
	}
}

// covers E22, Q21
func TestASeatPassesOnWhenTheLeaderIsCapped(t *testing.T) {
	t.Parallel()
	review := template.GradeScale{Key: "duty-review", Steps: []template.GradeStep{{Key: "good"}, {Key: "fairly-good"}, {Key: "average"}}}
	needs := func(grade, unused string) template.GradeScale {
		return annual(template.Quota{AtMost: share("40%")}, func(s *template.GradeStep) {
			s.Needs, s.Unused = []template.Need{{Scale: "duty-review", Grade: grade}}, unused
		})
	}
	candidates := people("91", "97", "92", "76")
	for i, held := range []string{"good", "fairly-good", "good", "average"} {
		candidates[i].Held = map[string]string{"duty-review": held}
	}
	on := grading.Solve(needs("good", "pass-on"), candidates, nil, review)
	if holders(on) != "C" || passed(on, "B") != "excellent:NEEDS_GRADE" || passed(on, "A") != "excellent:QUOTA_FULL" {
		t.Errorf("%s, %s", holders(on), passed(on, "B"))
	}
	empty := grading.Solve(needs("good", "empty"), candidates, nil, review)
	if holders(empty) != "" || empty.Quotas[0].Unused != 1 {
		t.Errorf("%s, %+v", holders(empty), empty.Quotas[0])
	}
	if lower := grading.Solve(needs("fairly-good", "pass-on"), candidates, nil, review); holders(lower) != "B" {
		t.Errorf("a better grade than the one needed is enough: %s", holders(lower))
	}
	candidates[1].Held = nil
	if missing := grading.Solve(needs("good", "pass-on"), candidates, nil, review); passed(missing, "B") != "excellent:NEEDS_GRADE" {
		t.Errorf("no grade held is no grade reached: %s", passed(missing, "B"))
	}
	refused := grading.Solve(needs("good", "pass-on"), candidates, []grading.Decision{decision("B", "excellent")}, review)
	if len(refused.Refused) != 1 || refused.Refused[0].Fault.Code != fault.GradeNotEligible {
		t.Errorf("no committee lifts a cap: %v", refused.Refused)
	}
}

// covers Q19, D33
func TestAnAtLeastQuotaIncludesTiesAndNeverForces(t *testing.T) {
	t.Parallel()
	scale := annual(template.Quota{AtLeast: share("30%")})
	tied := people("94", "91", "91", "88")
	if s := grading.Solve(scale, tied, nil); holders(s) != "A B C" || s.Quotas[0].Seats != 2 || s.Quotas[0].Over != 1 || s.Quotas[0].Shortfall != 0 {
		t.Errorf("%s %+v", holders(s), s.Quotas[0])
	}
	few := people("94", "93", "92", "91")
	for i := range 3 {
		few[i].Barred = "专项考察发现违纪"
	}
	s := grading.Solve(scale, few, nil)
	if holders(s) != "D" || s.Quotas[0].Shortfall != 1 || passed(s, "A") != "excellent:BARRED" {
		t.Errorf("%s %+v %s", holders(s), s.Quotas[0], passed(s, "A"))
	}
	if line, _ := s.Line("A"); line.Grade != "competent" || line.Passed[0].Detail == "" {
		t.Errorf("%+v", line)
	}
	if more := grading.Solve(scale, people("94", "93", "92", "91"), []grading.Decision{decision("C", "excellent")}); holders(more) != "A B C" || more.Quotas[0].Over != 1 {
		t.Errorf("a floor may be exceeded by decision: %s", holders(more))
	}
	decide := annual(template.Quota{AtLeast: share("30%")}, func(s *template.GradeStep) { s.Ties = "decide" })
	if open := grading.Solve(decide, tied, nil); holders(open) != "A" || open.Quotas[0].Open != 1 || open.Quotas[0].Shortfall != 0 {
		t.Errorf("%s %+v", holders(open), open.Quotas[0])
	}
	if nobody := grading.Solve(scale, nil, nil); nobody.Quotas[0].Seats != 0 || nobody.Quotas[0].Shortfall != 0 {
		t.Errorf("%+v", nobody.Quotas[0])
	}
}

// covers Q20, E15
func TestTeamsAreCountedByTeamsOrByPersons(t *testing.T) {
	t.Parallel()
	teams := people("93", "95", "89")
	for i := range teams {
		teams[i].Persons = 3
	}
	byTeams := grading.Solve(annual(template.Quota{AtMost: share("40%"), Of: "teams"}), teams, nil)
	q := byTeams.Quotas[0]
	if holders(byTeams) != "B" || q.Seats != 1 || q.Of != "teams" || q.Beside.Seats != 3 || q.Beside.Of != "persons" || q.Beside.N != 9 {
		t.Errorf("%s %+v %+v", holders(byTeams), q, q.Beside)
	}
	byPersons := grading.Solve(annual(template.Quota{AtMost: share("40%"), Of: "persons"}), teams, nil)
	if q := byPersons.Quotas[0]; holders(byPersons) != "B" || q.Seats != 3 || q.Awarded != 3 || q.Beside.Seats != 1 || q.Beside.Of != "teams" {
		t.Errorf("%s %+v", holders(byPersons), q)
	}
	teams[1].Persons = 4 // 40 % of ten persons: all four of the best team
	if s := grading.Solve(annual(template.Quota{AtMost: share("40%"), Of: "persons"}), teams, nil); holders(s) != "B" {
		t.Errorf("%s", holders(s))
	}
	teams[1].Persons = 6 // 40 % of twelve persons: four, and a team is not split
	if s := grading.Solve(annual(template.Quota{AtMost: share("40%"), Of: "persons"}), teams, nil); holders(s) != "" || s.Quotas[0].Unused != 4 {
		t.Errorf("%s %+v", holders(s), s.Quotas[0])
	}
}

// covers E20
func TestThresholdsAreInclusive(t *testing.T) {
	t.Parallel()
	scale := template.GradeScale{Key: "duty-review", Decision: "superior", Steps: []template.GradeStep{
		{Key: "good", From: share("90")}, {Key: "fairly-good", From: share("80")}, {Key: "poor"},
	}}
	s := grading.Solve(scale, people("90", "89.99", "80", "0"), nil)
	var got []string
	for _, l := range s.Lines {
		got = append(got, l.Subject+" "+l.Grade+" "+string(l.Rule))
	}
	if want := "A good THRESHOLD, B fairly-good THRESHOLD, C fairly-good THRESHOLD, D poor REST"; strings.Join(got, ", ") != want || !s.Proposed {
		t.Errorf("%s", strings.Join(got, ", "))
	}
	if passed(s, "D") != "good:BELOW_THRESHOLD fairly-good:BELOW_THRESHOLD" {
		t.Errorf("%s", passed(s, "D"))
	}
}

// covers E20, E11
func TestEnteredGradesNeedAReason(t *testing.T) {
	t.Parallel()
	scale := template.GradeScale{Key: "duty-review", Of: grading.OfEntered, Steps: []template.GradeStep{
		{Key: "good", Quota: &template.Quota{AtMost: share("50%")}}, {Key: "fairly-good"},
	}}
	candidates := people("0", "0", "0")
	s := grading.Solve(scale, candidates, []grading.Decision{decision("A", "good"), decision("B", "fairly-good"), {Subject: "C", Grade: "good", By: "x"}})
	if line, _ := s.Line("A"); line.Grade != "good" || line.Rule != grading.RuleEntered || line.Reason == "" {
		t.Errorf("%+v", line)
	}
	if passed(s, "B") != "good:ENTERED_OTHERWISE" || passed(s, "C") != "good:NOT_ENTERED fairly-good:NOT_ENTERED" || fmt.Sprint(s.Missing()) != "[C]" {
		t.Errorf("B %s, C %s, missing %v", passed(s, "B"), passed(s, "C"), s.Missing())
	}
	if len(s.Refused) != 1 || s.Refused[0].Fault.Code != fault.GradeReasonMissing {
		t.Errorf("%v", s.Refused)
	}
	both := grading.Solve(scale, candidates, []grading.Decision{decision("A", "good"), decision("B", "good")})
	if len(both.Holders("good")) != 0 || len(both.Refused) != 2 || both.Refused[0].Fault.Code != fault.GradeDecisionsExceed {
		t.Errorf("entered grades keep to a hard quota: %v %v", both.Holders("good"), both.Refused)
	}
	candidates[0].Barred = "违纪"
	if barred := grading.Solve(scale, candidates, []grading.Decision{decision("A", "good")}); len(barred.Holders("good")) != 0 || barred.Refused[0].Fault.Code != fault.GradeNotEligible {
		t.Errorf("%v", barred.Refused)
	}
}

// covers E11
func TestLowerGradesWithoutAConditionAreDecided(t *testing.T) {
	t.Parallel()
	scale := annual(template.Quota{AtMost: share("34%")})
	scale.Steps = append(scale.Steps, template.GradeStep{Key: "incompetent"})
	s := grading.Solve(scale, people("93", "92", "91"), []grading.Decision{decision("C", "incompetent")})
	line, _ := s.Line("C")
	if line.Grade != "incompetent" || line.Rule != grading.RuleDecided || line.Reason == "" || strings.Join(s.Holders("competent"), " ") != "B" || len(s.Refused) != 0 {
		t.Errorf("%+v %v %v", line, s.Holders("competent"), s.Refused)
	}
	if s := grading.Solve(scale, people("93", "92", "91"), []grading.Decision{decision("A", "incompetent")}); len(s.Refused) != 1 || holders(s) != "A" {
		t.Errorf("a seat that follows from the score is not taken away by decision: %v", s.Refused)
	}
}

func TestStepsMayBreakTiesDifferently(t *testing.T) {
	t.Parallel()
	quota := template.Quota{AtMost: share("50%")}
	two := people("90", "90")
	two[0].Ties, two[0].StepTies = []exact.Number{exact.Int(1)}, map[string][]exact.Number{"excellent": {exact.Int(1)}}
	two[1].Ties, two[1].StepTies = []exact.Number{exact.Int(0)}, map[string][]exact.Number{"excellent": {exact.Int(2)}}
	if s := grading.Solve(annual(quota), two, nil); holders(s) != "B" {
		t.Errorf("%s", holders(s))
	}
}

func TestASolutionIsReadable(t *testing.T) {
	t.Parallel()
	s := grading.Solve(annual(template.Quota{AtMost: share("40%")}), people("93", "92", "91", "79"), nil)
	data, err := json.Marshal(s.Quotas[0])
	if want := `{"step":"excellent","atLeast":false,"soft":false,"of":"subjects","n":4,"exact":"1.6","shown":"1.60","seats":1,"awarded":1,"open":0,"unused":0,"over":0,"shortfall":0}`; err != nil || string(data) != want {
		t.Errorf("%s %v", data, err)
	}
	if _, ok := s.Line("Z"); ok {
		t.Error("Z was no candidate")
	}
}
