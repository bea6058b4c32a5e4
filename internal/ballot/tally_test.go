package ballot_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/ballot"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// rule is a ballot of two groups, leaders 40 and others 60.
func rule(change ...func(*template.Ballot)) template.Ballot {
	r := template.Ballot{
		Key: "meeting", Threshold: 6, Small: "hide", Recuse: []string{"own-village"}, Exclude: []string{"recused", "invalid", "abstained"},
		Options: []template.BallotOption{{Key: "good", Score: exact.Int(100)}, {Key: "fair", Score: exact.Int(80)}, {Key: "poor", Score: exact.Int(0)}},
		Groups:  []template.BallotGroup{{Key: "leaders", Weight: exact.Int(40)}, {Key: "others", Weight: exact.Int(60)}},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func options(good, fair, poor int) map[string]int {
	return map[string]int{"good": good, "fair": fair, "poor": poor}
}

// covers Q26
func TestTally(t *testing.T) {
	t.Parallel()
	counted := func(r *template.Ballot) { r.Exclude = []string{"recused", "invalid"} }
	for name, c := range map[string]struct {
		rule   template.Ballot
		groups []ballot.GroupCount
		score  string
		valid  int
		aside  int
	}{
		"weighted means": {rule(), []ballot.GroupCount{{Group: "leaders", Options: options(5, 5, 0)}, {Group: "others", Options: options(3, 0, 3)}}, "66", 16, 0},
		"out of the denominator": {rule(), []ballot.GroupCount{
			{Group: "leaders", Options: options(5, 5, 0), Invalid: 3, Abstained: 2, Recused: 1}, {Group: "others", Options: options(3, 0, 3)}}, "66", 16, 5},
		"abstained counted": {rule(counted), []ballot.GroupCount{
			{Group: "leaders", Options: options(5, 5, 0), Invalid: 3, Abstained: 2, Recused: 1}, {Group: "others", Options: options(3, 0, 3)}}, "60", 18, 3},
		"an empty group hands its weight on": {rule(), []ballot.GroupCount{{Group: "leaders", Abstained: 7}, {Group: "others", Options: options(3, 0, 3)}}, "50", 6, 7},
		"a group nobody counted":             {rule(), []ballot.GroupCount{{Group: "others", Options: options(1, 1, 1)}}, "60", 3, 0},
		"thirds stay exact":                  {rule(), []ballot.GroupCount{{Group: "leaders", Options: options(1, 0, 2)}, {Group: "others", Options: options(1, 0, 6)}}, "460/21", 10, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ballot.Tally(c.rule, c.groups)
			if !got.Scored || got.Score.String() != c.score || got.Valid != c.valid || got.SetAside != c.aside {
				t.Errorf("got %v %s, %d valid, %d set aside; want %s, %d, %d", got.Scored, got.Score, got.Valid, got.SetAside, c.score, c.valid, c.aside)
			}
		})
	}
}

// Whose weight was spread is said, and no score is made of one or two sheets.
func TestFewBallots(t *testing.T) {
	t.Parallel()
	one := ballot.Tally(rule(), []ballot.GroupCount{{Group: "others", Options: options(2, 1, 0)}})
	if !slices.Equal(one.Spread, []string{"leaders"}) || !slices.Equal(one.Small, []string{"leaders", "others"}) || one.Breakdown {
		t.Errorf("%+v", one)
	}
	for n := range ballot.MinScored {
		if got := ballot.Tally(rule(), []ballot.GroupCount{{Group: "others", Options: options(n, 0, 0)}}); got.Scored || got.Score.Sign() != 0 || got.Valid != n {
			t.Errorf("%d ballots make the score %s", n, got.Score)
		}
	}
}

// The five counts are always there, whatever is hidden.
// covers Q26
func TestCountsAreAlwaysPrinted(t *testing.T) {
	t.Parallel()
	got := ballot.Tally(rule(), []ballot.GroupCount{
		{Group: "leaders", Options: options(2, 0, 0), Invalid: 1, Due: 5, Present: 4, Issued: 4, Returned: 3},
		{Group: "others", Options: options(5, 1, 0), Recused: 1, Due: 9, Present: 8, Issued: 8, Returned: 7}})
	have := [...]int{got.Due, got.Present, got.Issued, got.Returned, got.Valid, got.SetAside, got.Recused}
	if have != [...]int{14, 12, 12, 10, 8, 1, 1} || got.Breakdown || got.Groups != nil {
		t.Errorf("%+v", got)
	}
}

// One small group of one subject hides the figures of all subjects; so does one
// of one mind, without being named.
// covers Q34
func TestBreakdown(t *testing.T) {
	t.Parallel()
	mixed := []ballot.GroupCount{{Group: "leaders", Options: options(5, 1, 0)}, {Group: "others", Options: options(3, 3, 1)}}
	small := []ballot.GroupCount{{Group: "leaders", Options: options(4, 1, 0)}, {Group: "others", Options: options(3, 3, 1)}}
	unanimous := []ballot.GroupCount{{Group: "leaders", Options: options(6, 0, 0)}, {Group: "others", Options: options(3, 3, 1)}}
	for name, c := range map[string]struct {
		second []ballot.GroupCount
		why    ballot.Why
	}{"open": {mixed, ""}, "small": {small, ballot.WhyThreshold}, "of one mind": {unanimous, ballot.WhyUnanimous}} {
		all := ballot.TallyAll(rule(), []ballot.SubjectCount{{Subject: "V1", Groups: mixed}, {Subject: "V2", Groups: c.second}})
		for _, r := range all {
			if r.Breakdown != (c.why == "") || r.Why != c.why || (len(r.Groups) > 0) != r.Breakdown {
				t.Errorf("%s: %s: %+v", name, r.Subject, r)
			}
		}
	}
	open := ballot.Tally(rule(), mixed)
	if f := open.Groups[1]; f.Mean.String() != "540/7" || f.Valid != 7 || f.Options["fair"] != 3 || f.Weight.String() != "60" || !slices.Equal(f.Groups, []string{"others"}) {
		t.Errorf("%+v", f)
	}
	if strict := ballot.Tally(rule(func(r *template.Ballot) { r.Threshold = 7 }), mixed); strict.Breakdown {
		t.Error("the template's own threshold is ignored")
	}
}

// A group that abstains to a man is of one mind, too, where that counts.
func TestUnanimousAbstention(t *testing.T) {
	t.Parallel()
	counted := rule(func(r *template.Ballot) { r.Exclude = []string{"recused", "invalid"} })
	got := ballot.Tally(counted, []ballot.GroupCount{{Group: "leaders", Abstained: 6}, {Group: "others", Options: options(3, 3, 1)}})
	if got.Why != ballot.WhyUnanimous || got.Valid != 13 {
		t.Errorf("%+v", got)
	}
}

// Under small: merge the small group joins its neighbour before weighting, for
// every subject alike.
// covers Q34
func TestMerge(t *testing.T) {
	t.Parallel()
	merging := rule(func(r *template.Ballot) {
		r.Small, r.Groups = "merge", []template.BallotGroup{
			{Key: "leaders", Weight: exact.Int(40)}, {Key: "others", Weight: exact.Int(50)}, {Key: "delegates", Weight: exact.Int(10), MergeWith: "others"}}
	})
	subject := func(id string, delegates int) ballot.SubjectCount {
		return ballot.SubjectCount{Subject: id, Groups: []ballot.GroupCount{
			{Group: "leaders", Options: options(5, 5, 0)}, {Group: "others", Options: options(6, 0, 1)}, {Group: "delegates", Options: options(delegates-1, 0, 1)}}}
	}
	all := ballot.TallyAll(merging, []ballot.SubjectCount{subject("V1", 3), subject("V2", 8)})
	for i, want := range []struct{ score, mean string }{{"84", "80"}, {"88", "260/3"}} {
		r := all[i]
		if !r.Breakdown || len(r.Groups) != 2 || r.Groups[1].Weight.String() != "60" || !slices.Equal(r.Groups[1].Groups, []string{"others", "delegates"}) {
			t.Fatalf("%+v", r)
		}
		if r.Score.String() != want.score || r.Groups[1].Mean.String() != want.mean {
			t.Errorf("%s: %s, others %s", r.Subject, r.Score, r.Groups[1].Mean)
		}
	}
	hidden := ballot.TallyAll(merging, []ballot.SubjectCount{{Subject: "V1", Groups: []ballot.GroupCount{
		{Group: "leaders", Options: options(2, 1, 0)}, {Group: "others", Options: options(6, 0, 1)}, {Group: "delegates", Options: options(3, 0, 0)}}}})
	if hidden[0].Breakdown || hidden[0].Why != ballot.WhyThreshold {
		t.Errorf("a small group without a neighbour: %+v", hidden[0])
	}
	if large := ballot.TallyAll(merging, []ballot.SubjectCount{subject("V1", 8)}); len(large[0].Groups) != 3 {
		t.Errorf("merged without need: %+v", large[0].Groups)
	}
}

func counts(t *rapid.T, group string, most int) ballot.GroupCount {
	draw := func(what string) int { return rapid.IntRange(0, most).Draw(t, group+what) }
	return ballot.GroupCount{Group: group, Options: options(draw("good"), draw("fair"), draw("poor")), Invalid: draw("invalid"),
		Abstained: draw("abstained"), Recused: draw("recused")}
}

// Scores stay on the scale, the order of groups and subjects means nothing, one
// better sheet never lowers a score, and no group figure leaves a ballot with a
// group under the threshold.
// covers Q34
func TestTallyLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := counts(t, "leaders", 9), counts(t, "others", 9)
		second := []ballot.GroupCount{counts(t, "leaders", 9), counts(t, "others", 9)}
		all := ballot.TallyAll(rule(), []ballot.SubjectCount{{Subject: "V1", Groups: []ballot.GroupCount{a, b}}, {Subject: "V2", Groups: second}})
		back := ballot.TallyAll(rule(), []ballot.SubjectCount{{Subject: "V2", Groups: second}, {Subject: "V1", Groups: []ballot.GroupCount{b, a}}})
		if fmt.Sprint(all[0]) != fmt.Sprint(back[1]) || fmt.Sprint(all[1]) != fmt.Sprint(back[0]) {
			t.Fatalf("order changes the result: %+v", all)
		}
		for _, r := range all {
			if r.Score.Sign() < 0 || r.Score.Cmp(exact.Int(100)) > 0 {
				t.Fatalf("%s is off the scale", r.Score)
			}
			if len(r.Groups) > 0 && (len(all[0].Small) > 0 || len(all[1].Small) > 0) {
				t.Fatal("figures of a ballot with a small group")
			}
		}
		if a.Options["poor"] == 0 {
			return
		}
		better := a
		better.Options = options(a.Options["good"]+1, a.Options["fair"], a.Options["poor"]-1)
		if got := ballot.Tally(rule(), []ballot.GroupCount{better, b}); got.Score.Cmp(all[0].Score) < 0 {
			t.Fatalf("%s falls to %s", all[0].Score, got.Score)
		}
	})
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := ballot.GroupCount{Group: "others", Options: options(2, 1, 0), Invalid: 1, Due: 6, Present: 5, Issued: 5, Returned: 4}
	for name, c := range map[string]struct {
		change func(*ballot.GroupCount)
		want   fault.Code
	}{
		"as it should be":       {func(*ballot.GroupCount) {}, ""},
		"a table of choices":    {func(g *ballot.GroupCount) { g.Due, g.Present, g.Issued, g.Returned = 0, 0, 0, 0 }, ""},
		"an unknown group":      {func(g *ballot.GroupCount) { g.Group = "guests" }, fault.BallotRosterGroup},
		"an unknown option":     {func(g *ballot.GroupCount) { g.Options = map[string]int{"superb": 3} }, fault.BallotChoiceUnknown},
		"a negative count":      {func(g *ballot.GroupCount) { g.Abstained, g.Invalid = -1, 2 }, fault.BallotCountNegative},
		"a sheet too few":       {func(g *ballot.GroupCount) { g.Invalid = 0 }, fault.BallotCountSum},
		"more present than due": {func(g *ballot.GroupCount) { g.Present = 7 }, fault.BallotCountOrder},
		"more issued than due":  {func(g *ballot.GroupCount) { g.Issued = 7 }, fault.BallotCountOrder},
		"more back than out":    {func(g *ballot.GroupCount) { g.Issued = 3 }, fault.BallotCountOrder},
	} {
		g := good
		c.change(&g)
		faults := ballot.Check(rule(), "V1", []ballot.GroupCount{g})
		if c.want == "" && len(faults) > 0 || c.want != "" && !faults.Is(fault.New(c.want)) {
			t.Errorf("%s: %v", name, faults)
		}
	}
}
