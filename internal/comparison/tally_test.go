package comparison_test

import (
	"fmt"
	"testing"

	"leitai/internal/compare"
	"leitai/internal/comparison"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

func n(text string) exact.Number { return exact.Must(text) }

// held is a round of two items of one dimension, one without any and a bonus, by
// one channel; marks come by village, item and judge.
func held(villages ...[3][]string) contest.Input {
	doc := &template.Document{
		SchemaVersion: 1, Key: "arena", Subject: template.Village,
		Scale:    template.Scale{Points: n("100"), Decimals: 2, Rounding: exact.HalfUp, Items: "sum", Split: "per-item"},
		Channels: []template.Channel{{Key: "onsite", Weight: n("100"), Judges: template.Judges{Min: 1, Combine: "mean"}, Range: [2]exact.Number{n("0"), n("100")}}},
		Missing:  template.Missing{Absent: "unranked", Mark: "blocks"},
		Ranking:  template.Ranking{On: "published", Method: "competition", Scope: "all"},
	}
	in := contest.Input{Rules: contest.RulesVersion, Template: doc, Round: contest.Round{ID: "r", Period: "2023-04"}, Rubric: []template.Item{
		{Key: "party", Dimension: "party-building", Kind: template.KindPoints, Points: n("30")},
		{Key: "branch", Dimension: "party-building", Kind: template.KindPoints, Points: n("10")},
		{Key: "tidy", Kind: template.KindPoints, Points: n("60")},
	}}
	for v, items := range villages {
		id := fmt.Sprint("V", v+1)
		in.Roster = append(in.Roster, contest.Subject{ID: id})
		for i, marks := range items {
			for j, value := range marks {
				in.Marks = append(in.Marks, contest.Mark{ID: fmt.Sprint(id, i, j), Item: in.Rubric[i].Key, Channel: "onsite", Subject: id, Judge: fmt.Sprint("J", j+1), Value: n(value)})
			}
		}
	}
	return in
}

func tally(t *testing.T, in contest.Input, counts ...comparison.IssueCount) (compare.Total, comparison.Judging, []comparison.SourceIssues) {
	t.Helper()
	result, err := contest.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	total, judging, issues, err := comparison.Tally(in, result, counts)
	if err != nil {
		t.Fatal(err)
	}
	return total, judging, issues
}

func scores(c compare.Column) string {
	var all []string
	for i := range c.Scores.Len() {
		score, ok := c.Scores.At(i)
		all = append(all, map[bool]string{true: score.String(), false: "-"}[ok])
	}
	return fmt.Sprint(c.Source, " ", c.Weight, " ", all)
}

// A dimension's score is what was got of what was to be had in its items; what
// has no dimension is a column of its own. The best comes first in all columns.
func TestWhatARoundLeaves(t *testing.T) {
	t.Parallel()
	total, judging, issues := tally(t, held([3][]string{{"80"}, {"60"}, {"50"}}, [3][]string{{"90", "91", "93"}, {"100"}, {"100"}}),
		comparison.IssueCount{Item: "party", Opened: 3, Closed: 2, Overdue: 1}, comparison.IssueCount{Item: "branch", Opened: 1}, comparison.IssueCount{Item: "gone", Opened: 4, Closed: 4})
	if got := fmt.Sprint(scores(total.Columns[0]), scores(total.Columns[1]), total.Contestants); got != "dimension:party-building 40 [93.5 75]item:tidy 60 [100 50]2" {
		t.Error(got)
	}
	first, _ := total.Published.At(0)
	if second, _ := total.Published.At(1); first.String() != "97.4" || second.String() != "60" {
		t.Errorf("totals %s and %s", first, second)
	}
	if fmt.Sprint(issues) != "[{ 4 4 0} {dimension:party-building 4 2 1}]" {
		t.Errorf("issues %v", issues)
	}
	if judging.Effect == nil || judging.Effect.String() != "1.1111" || judging.Ranges != 2 {
		t.Errorf("judges of one village alone: %+v", judging)
	}
}

// What does not concern a village says nothing of it, what is absent is not
// there, and an issue that is taken off the total is in no dimension.
func TestWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	in := held([3][]string{{"80"}, {"60"}, {"50"}}, [3][]string{{"90"}, {"100"}, {}}, [3][]string{{}, {}, {}})
	in.Rubric[2].For = []string{"model"}
	in.Roster[0].Classes = []string{"model"}
	in.Roster[2].Absent = true
	in.Template.Issues = &template.Issues{Into: contest.DeductNext}
	in.Deductions = []contest.Deduction{{Issue: "I1", Subject: "V2", Points: n("20")}}
	total, _, _ := tally(t, in)
	if got := fmt.Sprint(scores(total.Columns[0]), scores(total.Columns[1]), total.Contestants); got != "dimension:party-building 40 [92.5 75]item:tidy 60 [- 50]2" {
		t.Error(got)
	}
}

// Severity is one number without a judge, from three judges on a plan that tells
// it from quality; the public form leaves nothing of judging. covers G10
func TestHowMuchIsToldOfJudges(t *testing.T) {
	t.Parallel()
	three := held([3][]string{{"80", "83", "86"}, {"60", "60", "60"}, {"50", "50", "50"}}, [3][]string{{"90", "93", "96"}, {"70", "70", "70"}, {"40", "40", "40"}})
	_, judging, _ := tally(t, three)
	if judging.Effect == nil || judging.Effect.String() != "0.6667" || judging.Ranges != 2 { // (3 + 0 + 3) / 3 in one item of three
		t.Errorf("%+v", judging)
	}
	_, judging, _ = tally(t, held([3][]string{{"80", "83"}, {"60", "60"}, {"50", "50"}}, [3][]string{{"90", "93"}, {"70", "70"}, {"40", "40"}}))
	if judging.Effect != nil || judging.Ranges != 0 {
		t.Errorf("of two judges: %+v", judging)
	}
	apart := held([3][]string{{"80", "83", "86"}, {"60"}, {"50"}}, [3][]string{{"90", "93", "96"}, {"70"}, {"40"}})
	for i := range apart.Marks {
		if apart.Marks[i].Subject == "V2" {
			apart.Marks[i].Judge += "'"
		}
	}
	if _, judging, _ = tally(t, apart); judging.Effect != nil {
		t.Errorf("of a plan that falls apart: %s", judging.Effect)
	}
	public, err := contest.PublicInput(three)
	if err != nil {
		t.Fatal(err)
	}
	open, judging, _ := tally(t, public)
	sealed, _, _ := tally(t, three)
	if judging != (comparison.Judging{}) || open.Pack() != sealed.Pack() {
		t.Errorf("the public form leaves %+v and %+v, the sealed one %+v", judging, open.Pack(), sealed.Pack())
	}
}
