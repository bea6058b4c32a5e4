package contest_test

import (
	"fmt"
	"slices"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

func lineOf(t *testing.T, result *contest.Result, subject, kind, key string) contest.Line {
	t.Helper()
	for _, trace := range result.Traces {
		for _, l := range trace.Lines {
			if trace.Subject == subject && l.Kind == kind && (l.Item == key || l.Part == key || l.Scale == key) {
				return l
			}
		}
	}
	t.Fatalf("the trace of %s has no line %s %s", subject, kind, key)
	return contest.Line{}
}

func TestARoundWithEverything(t *testing.T) {
	t.Parallel()
	in := played(everything(), 12, steady)
	result := compute(t, in)
	if len(result.Gaps) > 0 || len(result.Traces) != 12 {
		t.Fatalf("gaps %v, %d traces", result.Gaps, len(result.Traces))
	}
	for _, s := range result.Standings {
		var parts exact.Number
		for _, p := range s.Parts {
			parts = parts.Add(p.Weight.Mul(p.Value).Quo(exact.Int(100)))
		}
		bonus := lineOf(t, result, s.Subject, contest.LineItem, "honour").Value
		if !parts.Add(bonus).Equal(s.Exact) {
			t.Errorf("%s: the parts come to %s, the bonus to %s, the total is %s", s.Subject, parts, bonus, s.Exact)
		}
		if want := map[bool]string{true: "green", false: "yellow"}[s.Total.Cmp(exact.Int(88)) >= 0]; s.Total.Cmp(exact.Int(80)) >= 0 && s.Light != want || s.Total.Cmp(exact.Int(80)) < 0 && s.Light != "red" {
			t.Errorf("%s with %s is %s", s.Subject, s.Total, s.Light)
		}
	}
	if rule := lineOf(t, result, "V2", contest.LineItem, "weak").Rule; rule != contest.RuleSpread {
		t.Errorf("an item for others is %q", rule)
	}
	if l := lineOf(t, result, "V1", contest.LineExam, "test"); l.Sat != 6 || !l.Value.Equal(in.Exams[0].Mean) {
		t.Errorf("%+v", l)
	}
	if l := lineOf(t, result, "V1", contest.LinePart, "meeting"); l.Factor != "0.2" || !l.Value.Equal(in.Ballots[0].Score) {
		t.Errorf("%+v", l)
	}
}

// covers Q13
func TestWhatIsMissingIsNamedAndNeverZero(t *testing.T) {
	t.Parallel()
	in := played(everything(), 4, steady)
	in.Metrics = slices.DeleteFunc(in.Metrics, func(m contest.Metric) bool { return m.Subject == "V1" && m.Key == "households" })
	in.Exams[0].Sat = 0 // everybody was absent
	in.Ballots = in.Ballots[1:]
	in.Entered = in.Entered[1:]
	result := compute(t, in)
	want := []contest.Gap{
		{Subject: "V1", Item: "income", Kind: scoring.Missing, Need: 1, Metric: "households"},
		{Subject: "V1", Item: "test", Kind: scoring.Missing, Need: 1},
		{Subject: "V1", Item: "voice", Kind: scoring.Missing, Need: 1, Ballot: "assembly"},
		{Subject: "V1", Kind: scoring.Missing, Need: 1, Part: "meeting", Ballot: "assembly"},
		{Subject: "V1", Kind: scoring.Missing, Need: 1, Part: "daily"},
	}
	if !slices.Equal(result.Gaps, want) || standing(t, result, "V1").Reason != contest.ReasonUnmarked {
		t.Errorf("%+v", result.Gaps)
	}
	for _, g := range want {
		in.Decisions = append(in.Decisions, contest.Decision{Subject: "V1", Item: g.Item, Part: g.Part, Do: contest.DecideZero, Reason: "无数据", By: "P1"})
	}
	result = compute(t, in)
	if len(result.Gaps) > 0 || standing(t, result, "V1").Rank == 0 {
		t.Errorf("decided, but %+v", result.Gaps)
	}
	if l := lineOf(t, result, "V1", contest.LineItem, "income"); l.Rule != contest.RuleZeroDecided || l.Value.Sign() != 0 {
		t.Errorf("%+v", l)
	}
	in.Decisions = append(in.Decisions, contest.Decision{Subject: "V2", Part: "daily", Do: contest.DecideZero, Reason: "无数据", By: "P1"})
	if _, err := contest.Compute(in); fault.CodeOf(err) != fault.InputDecision {
		t.Errorf("a decision about what is not missing: %v", err)
	}
}

// covers G11
func TestAVetoLeavesOutOrCountsAsZero(t *testing.T) {
	t.Parallel()
	for effect, want := range map[string]string{"": " vetoed 0 []", scoring.EffectZero: "0.00  5 [redline]"} {
		in := played(everything(), 5, steady)
		in.Rubric = slices.Clone(in.Rubric)
		in.Rubric[9].Rule.Effect = effect
		in.Marks = append(in.Marks, contest.Mark{ID: "veto", Item: "redline", Channel: "ledger", Subject: "V3", Judge: "J9", Detail: &scoring.Detail{Veto: true}})
		result := compute(t, in)
		s := standing(t, result, "V3")
		if effect == "" {
			s.Vetoes = s.Vetoes[:0]
		}
		if got := fmt.Sprint(s.Shown, " ", s.Reason, " ", s.Rank, " ", s.Vetoes); got != want {
			t.Errorf("%q: %s, want %s", effect, got, want)
		}
		if effect == scoring.EffectZero {
			addsUp(t, result)
		}
	}
}

// addsUp checks that the lines of every trace sum to the total.
func addsUp(t interface {
	Helper()
	Errorf(string, ...any)
}, result *contest.Result) {
	t.Helper()
	part := []string{contest.LineItem, contest.LineWeighted, contest.LineDeduct, contest.LineVeto, contest.LineRounding}
	totals := map[string]exact.Number{}
	for _, s := range result.Standings {
		totals[s.Subject] = s.Total
	}
	for _, trace := range result.Traces {
		var sum, shown exact.Number
		for _, l := range trace.Lines {
			if slices.Contains(part, l.Kind) {
				sum, shown = sum.Add(l.Value), shown.Add(exact.Must(l.Shown))
			}
		}
		if !sum.Equal(totals[trace.Subject]) || !shown.Equal(totals[trace.Subject]) {
			t.Errorf("%s: lines sum to %s, as shown to %s, the total is %s", trace.Subject, sum, shown, totals[trace.Subject])
		}
	}
}

// covers C04, Q24
func TestTracksPairsAndScopes(t *testing.T) {
	t.Parallel()
	in := played(everything(), 7, steady)
	in.Roster[6].Track = "alone"
	result := compute(t, in)
	for _, s := range result.Standings {
		want := contest.Percentile(s.TrackRank, s.TrackOf)
		if (s.Percentile == nil) != (want == nil) || want != nil && !s.Percentile.Equal(*want) {
			t.Errorf("%s: rank %d of %d is %v", s.Subject, s.TrackRank, s.TrackOf, s.Percentile)
		}
		if s.Track == "alone" && (s.TrackOf != 1 || s.Percentile != nil) {
			t.Errorf("alone in its track, but %+v", s)
		}
	}
	first, last := result.Standings[0].Subject, result.Standings[6].Subject
	if len(result.Pairs) != 3 || result.Pairs[0] != (contest.Pair{Lead: first, Follow: last}) {
		t.Errorf("%v", result.Pairs)
	}
	in.Template.Ranking.Scope = "track"
	for _, p := range compute(t, in).Pairs {
		if a, b := standing(t, result, p.Lead), standing(t, result, p.Follow); a.Track != b.Track {
			t.Errorf("%s leads %s of another track", p.Lead, p.Follow)
		}
	}
	for got, want := range map[string]*exact.Number{"66.7": contest.Percentile(2, 4), "100.0": contest.Percentile(1, 3), "0.0": contest.Percentile(3, 3)} {
		if want.Fixed(1) != got {
			t.Errorf("%s, want %s", want, got)
		}
	}
}

// covers E10, E11, E22, E23, Q17
func TestGradesAreSolvedWithTheRound(t *testing.T) {
	t.Parallel()
	in := played(everything(), 5, steady)
	for i := range in.Entered {
		in.Entered[i].Value = exact.Int(int64(74 + 6*i)) // one poor, one fair, the others good
	}
	result := compute(t, in)
	duty, annual := result.Grades[0], result.Grades[1]
	if duty.Scale != "duty" || annual.Scale != "annual" || len(annual.Steps) != 1 || annual.Steps[0].Seats != 2 {
		t.Fatalf("%+v", result.Grades)
	}
	held := map[string]string{}
	for _, l := range duty.Lines {
		held[l.Subject] = l.Grade
	}
	for _, l := range annual.Lines {
		if l.Grade == "excellent" && held[l.Subject] != "good" {
			t.Errorf("%+v, although its duty report is %s", l, held[l.Subject])
		}
	}
	var talks []outcome.Proposal
	for _, p := range result.Outcomes {
		if p.Grade != "" {
			talks = append(talks, p)
		}
	}
	if len(talks) != 2 || talks[0].Subject != "V1" || talks[0].Do != outcome.DoTalk || talks[1].Do != outcome.DoRectify || outcome.Cite(talks[0]) != "talkIf[0]" || outcome.Cite(talks[1]) != "talkIf[0].rectification" {
		t.Errorf("%+v", talks)
	}
	if rule := outcome.RuleOf(in.Template, talks[0]); rule.Do != outcome.DoTalk || rule.When != "duty" {
		t.Errorf("%+v", rule)
	}
	if l := lineOf(t, result, "V1", contest.LineGrade, "duty"); l.Grade != "poor" || l.Shown != "74.00" {
		t.Errorf("%+v", l)
	}
}

// covers A13, Q29
func TestAnExamWithoutPointsIsOnlyRecorded(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Rubric = append(in.Rubric, template.Item{Key: "test", Kind: template.KindExam})
	result := compute(t, in)
	if got, want := board(result), board(compute(t, seven("2023-04"))); got != want || len(result.Gaps) > 0 {
		t.Errorf("%s, want %s; gaps %v", got, want, result.Gaps)
	}
	in.Exams = []contest.Exam{{Item: "test", Subject: "V1", Sat: 3, Absent: 1, Mean: exact.Int(80)}}
	if got, want := board(compute(t, in)), board(result); got != want {
		t.Errorf("a test that counts nothing changed %s to %s", want, got)
	}
}
