package contest_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// raced is a round of one item that goes by ranks, with the marks of one ledger
// judge; an empty mark is missing.
func raced(marks ...string) contest.Input {
	in := contest.Input{Rules: contest.RulesVersion, Template: arena(), Round: contest.Round{ID: "r", Period: "2023-04"}}
	ledger := []template.ChannelSplit{{Channel: "ledger", Weight: exact.Int(100)}}
	in.Rubric = []template.Item{{Key: "race", Kind: template.KindRankPoints, Points: exact.Int(100), Split: ledger, Rule: template.ItemRule{Values: []exact.Number{exact.Int(100), exact.Int(80), exact.Int(70)}}}}
	for i, value := range marks {
		id := fmt.Sprintf("V%d", i+1)
		in.Roster = append(in.Roster, contest.Subject{ID: id})
		if value != "" {
			in.Marks = append(in.Marks, contest.Mark{ID: id, Item: "race", Channel: "ledger", Subject: id, Judge: "J", Value: exact.Must(value)})
		}
	}
	return in
}

func TestRankPointsGoByTheField(t *testing.T) {
	t.Parallel()
	absent := raced("90", "80", "70")
	absent.Roster[0].Absent = true
	absent.Marks = absent.Marks[1:]
	zero := raced("", "80", "70", "60")
	zero.Decisions = []contest.Decision{{Subject: "V1", Item: "race", Channel: "ledger", Do: contest.DecideZero, Reason: "未提供材料"}}
	for name, c := range map[string]struct {
		in   contest.Input
		want string
	}{
		"each rank has its points":         {raced("60", "90", "70"), " V2=100.00/1 V3=80.00/2 V1=70.00/3"},
		"equals share, the next is beyond": {raced("90", "90", "70", "60"), " V1=100.00/1 V2=100.00/1 V3=70.00/3 V4=0.00/4"},
		"the absent take no place":         {absent, " V2=100.00/1 V3=80.00/2 V1=/0"},
		"what is missing takes no place":   {raced("", "80", "70"), " V2=100.00/1 V3=80.00/2 V1=/0"},
		"decided 0 is no rank":             {zero, " V2=100.00/1 V3=80.00/2 V4=70.00/3 V1=0.00/4"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := board(compute(t, c.in)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	l := lineOf(t, compute(t, raced("60", "90")), "V1", contest.LineRank, "race")
	if l.Rank != 2 || l.Shown != "60.0000" {
		t.Errorf("%+v", l)
	}
}

// covers B22
func TestLightsGoByThePublishedTotal(t *testing.T) {
	t.Parallel()
	step := func(key, from string) template.LegendStep {
		s := template.LegendStep{Key: key}
		if from != "" {
			n := exact.Must(from)
			s.From = &n
		}
		return s
	}
	in := round("2023-04", [3]string{"88", "88", "88"}, [3]string{"87.5", "88", "88"}, [3]string{"82", "82", "82"}, [3]string{"10", "10", "10"})
	for name, c := range map[string]struct {
		legend []template.LegendStep
		want   string
	}{
		"three colours":    {[]template.LegendStep{step("green", "88"), step("yellow", "82"), step("red", "")}, "gyyr"},
		"in another order": {[]template.LegendStep{step("red", ""), step("yellow", "82"), step("green", "88")}, "gyyr"},
		"no rest":          {[]template.LegendStep{step("green", "88")}, "g"},
		"no legend":        {nil, ""},
	} {
		in.Template = arena()
		in.Template.Legend = c.legend
		got := ""
		for _, s := range compute(t, in).Standings {
			got += s.Light[:min(1, len(s.Light))]
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// covers B03
func TestItemsForSomeClassesOnly(t *testing.T) {
	t.Parallel()
	spread := played(shared(), 5, steady)
	full := spread
	full.Rubric = slices.Clone(spread.Rubric)
	full.Rubric[2].NA = scoring.Full
	a, b := compute(t, spread), compute(t, full)
	for _, s := range spread.Roster {
		x, y := lineOf(t, a, s.ID, contest.LineItem, "weak"), lineOf(t, b, s.ID, contest.LineItem, "weak")
		switch {
		case s.Classes != nil && (x.Rule != string(template.KindLevels) || !x.Value.Equal(y.Value)):
			t.Errorf("%s is of the class: %+v, %+v", s.ID, x, y)
		case s.Classes == nil && (x.Rule != contest.RuleSpread || x.Value.Sign() != 0):
			t.Errorf("%s is not of the class, and its points are spread: %+v", s.ID, x)
		case s.Classes == nil && (y.Rule != contest.RuleFull || y.Value.Cmp(exact.Int(7)) < 0): // 70 % of 10, and its share of what else is spread
			t.Errorf("%s is not of the class, and it counts in full: %+v", s.ID, y)
		}
	}
	spread.Decisions = []contest.Decision{{Subject: "V2", Item: "weak", Channel: "ledger", Do: contest.DecideZero, Reason: "无"}}
	if _, err := contest.Compute(spread); fault.CodeOf(err) != fault.InputDecision {
		t.Errorf("a decision about what does not concern the village: %v", err)
	}
	only := played(shared(), 2, steady)
	only.Rubric = []template.Item{spread.Rubric[2]}
	only.Rubric[0].Points, only.Rubric[0].Rule.Levels = exact.Int(100), []template.Level{{Key: "good", Points: exact.Int(100)}}
	only.Marks, only.Exams = slices.DeleteFunc(slices.Clone(only.Marks), func(m contest.Mark) bool { return m.Item != "weak" }), nil
	for i := range only.Marks {
		only.Marks[i].Detail, only.Marks[i].Value = &scoring.Detail{Level: "good"}, exact.Int(100)
	}
	result := compute(t, only)
	if len(result.Gaps) != 1 || result.Gaps[0] != (contest.Gap{Subject: "V2", Kind: scoring.NothingApplies}) {
		t.Errorf("nothing of the rubric is for it, but %+v", result.Gaps)
	}
}

// A bonus seen through two channels is two events; which of two ledger marks
// counts cannot be told, and blocks.
func TestABonusIsSeenThroughAnyChannel(t *testing.T) {
	t.Parallel()
	in := played(shared(), 2, func(int) draw { return func(_, low, _ int) int { return low + 1 } }) // nobody has a bonus
	honour := func(id, channel, judge, event string, points int64) contest.Mark {
		d := &scoring.Detail{Events: []scoring.EventCount{{Key: event, Count: 1}}}
		return contest.Mark{ID: id, Item: "honour", Channel: channel, Subject: "V1", Judge: judge, Value: exact.Int(points), Detail: d}
	}
	in.Marks = append(in.Marks, honour("a", "onsite", "J1", "county", 1), honour("b", "ledger", "J9", "province", 3))
	result := compute(t, in)
	if l := lineOf(t, result, "V1", contest.LineItem, "honour"); l.Value.String() != "4" || l.Rule != string(template.KindBonus) {
		t.Errorf("%+v", l)
	}
	in.Marks = append(in.Marks, honour("c", "ledger", "J8", "county", 1))
	if gaps := compute(t, in).Gaps; len(gaps) != 1 || gaps[0].Kind != scoring.TooMany || gaps[0].Item != "honour" {
		t.Errorf("%+v", gaps)
	}
}

// Whatever order it is handed in, the same round seals to the same bytes.
func TestEverythingSealsToTheSameBytesInAnyOrder(t *testing.T) {
	t.Parallel()
	in := played(shared(), 4, steady)
	in.GradeDecisions = append(decided("V3", "excellent"), decided("V1", "competent")...)
	want := seal(t, in, contest.Sealed, "township")
	rapid.Check(t, func(r *rapid.T) {
		if rapid.IntRange(0, 4).Draw(r, "often enough") > 0 {
			return
		}
		other := in
		other.Roster, other.Marks, other.Facts = rapid.Permutation(in.Roster).Draw(r, "roster"), rapid.Permutation(in.Marks).Draw(r, "marks"), rapid.Permutation(in.Facts).Draw(r, "facts")
		other.Metrics, other.Exams = rapid.Permutation(in.Metrics).Draw(r, "metrics"), rapid.Permutation(in.Exams).Draw(r, "exams")
		other.Ballots, other.Entered = rapid.Permutation(in.Ballots).Draw(r, "ballots"), rapid.Permutation(in.Entered).Draw(r, "entered")
		other.GradeDecisions = rapid.Permutation(in.GradeDecisions).Draw(r, "grades")
		if got := seal(t, other, contest.Sealed, "township"); !bytes.Equal(got.Bytes, want.Bytes) {
			r.Fatal("another order seals to other bytes")
		}
	})
}

// covers Q13
func TestAbsenceOfEverything(t *testing.T) {
	t.Parallel()
	in := played(shared(), 3, steady)
	in.Roster[2].Absent = true
	if s := standing(t, compute(t, in), "V3"); s.Reason != contest.ReasonAbsent || s.Rank != 0 || s.Light != "" || s.Parts != nil {
		t.Errorf("%+v", s)
	}
	in.Decisions = []contest.Decision{{Subject: "V3", Do: contest.DecideZero, Reason: "无故缺席"}}
	result := compute(t, in)
	if s := standing(t, result, "V3"); s.Rank != 3 || s.Shown != "0.00" || s.Light != "red" || len(s.Parts) != 3 {
		t.Errorf("%+v", s)
	}
	addsUp(t, result)
	in.Decisions = append(in.Decisions, contest.Decision{Subject: "V3", Part: "daily", Do: contest.DecideZero, Reason: "无故缺席"})
	if _, err := contest.Compute(in); fault.CodeOf(err) != fault.InputDecision {
		t.Errorf("an absent village has no parts to decide about: %v", err)
	}
}
