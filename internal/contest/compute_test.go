package contest_test

import (
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

// covers A23, A25, Q6, Q7
func TestComputeRanksARound(t *testing.T) {
	t.Parallel()
	result := compute(t, seven("2023-04"))
	if got, want := board(result), " V1=95.00/1 V2=90.00/2 V3=85.00/3 V4=85.00/3 V5=80.00/5 V6=75.00/6 V7=70.00/7"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	last := standing(t, result, "V7")
	if last.RankFromBottom != 1 || last.Of != 7 || !slices.Equal(last.Bands, []string{"bottom"}) || last.Streaks[0].Count != 1 || last.Streaks[0].Triggered {
		t.Errorf("%+v", last)
	}
	if len(result.Gaps) != 0 || result.Rules != contest.RulesVersion {
		t.Errorf("%+v", result.Gaps)
	}
}

// covers Q13
func TestMissingAndAbsentAreNeverZero(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"95", "95", "95"}, [3]string{"90", "", "90"}, [3]string{"85", "85", ""}, [3]string{"", "", ""}, [3]string{"50", "50", "50"})
	in.Roster[3].Absent = true
	result := compute(t, in)
	if got, want := board(result), " V1=95.00/1 V5=50.00/2 V2=/0 V3=/0 V4=/0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	want := []contest.Gap{
		{Subject: "V2", Item: "party", Channel: "onsite", Kind: scoring.TooFew, Have: 1, Need: 2},
		{Subject: "V3", Item: "party", Channel: "ledger", Kind: scoring.Missing, Have: 0, Need: 1},
	}
	if !slices.Equal(result.Gaps, want) {
		t.Errorf("%+v", result.Gaps)
	}
	if standing(t, result, "V4").Reason != contest.ReasonAbsent || standing(t, result, "V2").Reason != contest.ReasonUnmarked {
		t.Errorf("%+v", result.Standings)
	}
	for _, p := range result.Outcomes {
		if p.Subject == "V2" || p.Subject == "V3" || p.Subject == "V4" {
			t.Errorf("%s is not ranked, but has a consequence: %+v", p.Subject, p)
		}
	}
}

// covers Q13
func TestDecisionsSettleGaps(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"95", "95", "95"}, [3]string{"90", "", "90"}, [3]string{"85", "85", ""}, [3]string{"", "", ""})
	in.Roster[3].Absent = true
	in.Decisions = []contest.Decision{
		{Subject: "V2", Do: contest.DecideUnranked, Reason: "缺一名评分人", By: "P1"},
		{Subject: "V3", Item: "party", Channel: "ledger", Do: contest.DecideZero, Reason: "拒不提交台账", By: "P1"},
		{Subject: "V4", Do: contest.DecideZero, Reason: "无故缺席", By: "P1"},
	}
	result := compute(t, in)
	if got, want := board(result), " V1=95.00/1 V3=34.00/2 V4=0.00/3 V2=/0"; got != want || len(result.Gaps) > 0 {
		t.Errorf("%s, gaps %v; want %s", got, result.Gaps, want)
	}
	for _, l := range result.Traces[1].Lines {
		if l.Kind == contest.LineChannel && l.Channel == "ledger" && l.Rule != contest.RuleZeroDecided {
			t.Errorf("the trace hides that the 0 was decided: %+v", l)
		}
	}
	for name, d := range map[string]contest.Decision{
		"nothing is missing":        {Subject: "V1", Do: contest.DecideZero, Reason: "x"},
		"that cell is not missing":  {Subject: "V3", Item: "party", Channel: "onsite", Do: contest.DecideZero, Reason: "x"},
		"no reason":                 {Subject: "V2", Do: contest.DecideUnranked},
		"no such thing to do":       {Subject: "V2", Do: "forgive", Reason: "x"},
		"one cell unranked":         {Subject: "V2", Item: "party", Channel: "onsite", Do: contest.DecideUnranked, Reason: "x"},
		"a cell of an absent one":   {Subject: "V4", Item: "party", Channel: "onsite", Do: contest.DecideZero, Reason: "x"},
		"an item that is not there": {Subject: "V2", Item: "sea", Channel: "onsite", Do: contest.DecideZero, Reason: "x"},
	} {
		bad := in
		bad.Decisions = []contest.Decision{d}
		if _, err := contest.Compute(bad); fault.CodeOf(err) != fault.InputDecision {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// covers Q13
func TestTemplateMayCountWhatIsMissingAsZero(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"95", "95", "95"}, [3]string{"90", "90", ""}, [3]string{"", "", ""})
	in.Roster[2].Absent = true
	in.Template.Missing = template.Missing{Absent: "zero", Mark: "zero"}
	result := compute(t, in)
	if got, want := board(result), " V1=95.00/1 V2=36.00/2 V3=0.00/3"; got != want || len(result.Gaps) > 0 {
		t.Errorf("%s, gaps %v; want %s", got, result.Gaps, want)
	}
}

func TestInputsThatDoNotHoldTogetherAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*contest.Input)
		want   fault.Code
	}{
		"village twice":         {func(in *contest.Input) { in.Roster = append(in.Roster, in.Roster[0]) }, fault.InputSubjectTwice},
		"village without id":    {func(in *contest.Input) { in.Roster[0].ID = "" }, fault.InputSubjectTwice},
		"mark of a stranger":    {func(in *contest.Input) { in.Marks[0].Subject = "W1" }, fault.InputSubjectUnknown},
		"mark for no item":      {func(in *contest.Input) { in.Marks[0].Item = "sea" }, fault.MarkItemUnknown},
		"mark for no channel":   {func(in *contest.Input) { in.Marks[0].Channel = "speech" }, fault.MarkChannelUnknown},
		"mark out of range":     {func(in *contest.Input) { in.Marks[0].Value = exact.Int(101) }, fault.MarkOutOfRange},
		"mark between steps":    {func(in *contest.Input) { in.Marks[0].Value = exact.Must("90.25") }, fault.MarkStep},
		"mark id twice":         {func(in *contest.Input) { in.Marks[0].ID = in.Marks[5].ID }, fault.InputMarkTwice},
		"mark without id":       {func(in *contest.Input) { in.Marks[0].ID = "" }, fault.InputMarkTwice},
		"judge twice":           {func(in *contest.Input) { in.Marks[0].Judge = in.Marks[1].Judge }, fault.InputMarkTwice},
		"marks and means":       {func(in *contest.Input) { in.Means = []contest.Mean{{}} }, fault.InputMarksAndMeans},
		"decision for nobody":   {func(in *contest.Input) { in.Decisions = []contest.Decision{{Subject: "W1"}} }, fault.InputSubjectUnknown},
		"later history":         {func(in *contest.Input) { in.History = []contest.Held{{Period: "2023-05"}} }, fault.InputHistory},
		"this period's history": {func(in *contest.Input) { in.History = []contest.Held{{Period: "2023-04"}} }, fault.InputHistory},
		"history twice":         {func(in *contest.Input) { in.History = []contest.Held{{Period: "2023-03"}, {Period: "2023-03"}} }, fault.InputHistory},
		"no period":             {func(in *contest.Input) { in.Round.Period = "April" }, "PERIOD_INVALID"},
		"no rubric":             {func(in *contest.Input) { in.Rubric = nil }, fault.RubricEmpty},
		"unknown rules":         {func(in *contest.Input) { in.Rules = 99 }, fault.BundleRulesUnknown},
		"deduction by account":  {func(in *contest.Input) { in.Deductions = []contest.Deduction{{Issue: "I1", Subject: "V1"}} }, fault.InputDeduction},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := seven("2023-04")
			c.change(&in)
			if _, err := contest.Compute(in); !fault.All(err).Is(fault.New(c.want)) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestEveryFaultOfAnInputIsListed(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Marks[0].Value, in.Marks[4].Subject, in.History = exact.Int(-1), "W1", []contest.Held{{Period: "2030-01"}}
	_, err := contest.Compute(in)
	if n := len(fault.All(err)); n != 3 {
		t.Errorf("%d faults: %v", n, err)
	}
	if f := fault.All(err)[0]; f.Field != "marks[0].value" {
		t.Errorf("the place of the mark is %q", f.Field)
	}
}

// covers Q29
func TestRecordedMarksNeitherCountNorBlock(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Template.Channels = append(in.Template.Channels, template.Channel{Key: "test", Judges: template.Judges{Min: 1, Combine: "single"}})
	in.Marks = append(in.Marks, contest.Mark{ID: "test", Item: "party", Channel: "test", Subject: "V7", Judge: "J8", Value: exact.Int(100)})
	result := compute(t, in)
	if got, want := board(result), board(compute(t, seven("2023-04"))); got != want || len(result.Gaps) > 0 {
		t.Errorf("%s, gaps %v; want %s", got, result.Gaps, want)
	}
	shown := 0
	for _, trace := range result.Traces {
		for _, l := range trace.Lines {
			if l.Kind == contest.LineChannel && l.Channel == "test" {
				shown++
			}
		}
		checkTrace(t, result, trace.Subject, 2)
	}
	if shown != 1 {
		t.Errorf("the recorded test is shown %d times; one village has sat it", shown)
	}
	if e := explain(t, in, "V7"); len(e.Items[0].Channels) != 3 || len(e.Lift.Options) != 2 {
		t.Errorf("%+v", e)
	}
	in.Marks[len(in.Marks)-1].Value = exact.Int(101)
	if _, err := contest.Compute(in); fault.CodeOf(err) != fault.MarkOutOfRange {
		t.Errorf("%v", err)
	}
}

// covers Q36
func TestDeductionsMayTouchTheNextTotal(t *testing.T) {
	t.Parallel()
	in := seven("2023-05")
	in.Template.Issues = &template.Issues{Into: contest.DeductNext}
	in.Deductions = []contest.Deduction{{Issue: "I2", Subject: "V1", Points: exact.Int(4)}, {Issue: "I1", Subject: "V1", Points: exact.Must("1.5")}}
	result := compute(t, in)
	if s := standing(t, result, "V1"); s.Shown != "89.50" || s.Rank != 2 {
		t.Errorf("%+v", s)
	}
	checkTrace(t, result, "V1", 2)
	for name, bad := range map[string]contest.Deduction{
		"negative": {Issue: "I3", Subject: "V1", Points: exact.Int(-1)},
		"twice":    {Issue: "I1", Subject: "V2", Points: exact.Int(1)},
	} {
		refused := in
		refused.Deductions = append(slices.Clone(in.Deductions), bad)
		if _, err := contest.Compute(refused); fault.CodeOf(err) != fault.InputDeduction {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// covers Q11
func TestRankIfExactStandsBeside(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"90", "90", "90"}, [3]string{"90", "90", "90.001"})
	result := compute(t, in)
	if a, b := standing(t, result, "V1"), standing(t, result, "V2"); a.Rank != 1 || b.Rank != 1 || a.RankIfExact != 2 || b.RankIfExact != 1 {
		t.Errorf("%+v %+v", a, b)
	}
	in.Template.Ranking.On = "exact"
	if s := standing(t, compute(t, in), "V1"); s.Rank != 2 {
		t.Errorf("%+v", s)
	}
}

// covers Q24
func TestTracksHaveTheirOwnRanks(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Template.Ranking.Scope = "track"
	for i := range in.Roster {
		in.Roster[i].Track = []string{"base", "demo"}[i%2]
	}
	s := standing(t, compute(t, in), "V4")
	if s.Rank != 2 || s.Overall != 3 || s.Of != 3 || s.Track != "demo" {
		t.Errorf("%+v", s)
	}
}

func TestOrderOfTheInputDoesNotMatter(t *testing.T) {
	t.Parallel()
	base := withHistory(seven("2023-06"))
	want, err := contest.Canonical(*compute(t, base))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		in := base
		in.Roster = rapid.Permutation(in.Roster).Draw(t, "roster")
		in.Marks = rapid.Permutation(in.Marks).Draw(t, "marks")
		in.History = rapid.Permutation(in.History).Draw(t, "history")
		for i := range in.Roster {
			in.Roster[i].Links = rapid.Permutation(in.Roster[i].Links).Draw(t, "links")
		}
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		got, err := contest.Canonical(*result)
		if err != nil || string(got) != string(want) {
			t.Fatalf("%v\n%s\n%s", err, got, want)
		}
	})
}

// withHistory puts two earlier rounds with the same marks before a round.
func withHistory(in contest.Input) contest.Input {
	for _, period := range []string{"2023-04", "2023-05"} {
		earlier := seven(period)
		result, err := contest.Compute(earlier)
		if err != nil {
			panic(err)
		}
		in.History = append(in.History, contest.AsHeld(earlier, result))
	}
	return in
}

func TestTallyIsComputeWithoutTracesAndRanges(t *testing.T) {
	t.Parallel()
	in := withHistory(seven("2023-06"))
	full, err := contest.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	tally, err := contest.Tally(in)
	if err != nil || len(tally.Traces) != 0 || fmt.Sprint(tally.Outcomes) != fmt.Sprint(full.Outcomes) || board(tally) != board(full) {
		t.Errorf("%v, %+v", err, tally)
	}
	if got := contest.Versions(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("rules %v", got)
	}
}
