package template

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/exact"
)

// A result that nothing is made of, and a paper about nothing, are pointed out
// and refuse nothing.
func TestLintOfWhatIsNotUsed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(d *Document)
		want   string // "" for no warning
	}{
		{"as it stands", func(*Document) {}, ""},
		{"a ballot in a part", func(d *Document) {
			d.Ballots, d.Parts = []Ballot{{Key: "meeting"}}, []Part{{From: "items"}, {From: "ballots.meeting"}}
		}, ""},
		{"a ballot in a part of the year", func(d *Document) {
			d.Ballots = []Ballot{{Key: "meeting"}}
			d.Rollups[1].Parts = []Part{{From: "rounds"}, {From: "ballots.meeting"}}
		}, ""},
		{"a ballot in an item", func(d *Document) {
			d.Ballots, d.Items[0].Kind, d.Items[0].Rule.Ballot = []Ballot{{Key: "meeting"}}, KindBallot, "meeting"
		}, ""},
		{"a ballot in nothing", func(d *Document) { d.Ballots = []Ballot{{Key: "meeting"}} }, "LINT_RESULT_UNUSED@ballots.meeting"},
		{"items beside the parts", func(d *Document) { d.Parts = []Part{{From: "entered"}} }, "LINT_RESULT_UNUSED@items"},
		{"items that a scale grades", func(d *Document) {
			d.Parts, d.Grades = []Part{{From: "entered"}}, []GradeScale{{Key: "review", Of: "items.party"}}
		}, ""},
		{"a ballot form without a ballot", func(d *Document) { d.Documents = []string{"bulletin", "ballot-form"} }, "LINT_DOCUMENT_EMPTY@documents[1]"},
		{"lights without a legend", func(d *Document) { d.Documents = []string{"three-colour-notice"} }, "LINT_DOCUMENT_EMPTY@documents[0]"},
		{"lights with a legend", func(d *Document) { d.Documents, d.Legend = []string{"three-colour-notice"}, []LegendStep{{Key: "red"}} }, ""},
	} {
		d := arena(t)
		c.change(&d)
		var got []string
		for _, w := range unused(d) {
			got = append(got, string(w.Code)+"@"+w.Field)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// Meetings and figures weigh on a village as well, whatever kinds of item ask
// for them; what no judge looks at asks for no ledger.
// covers G5
func TestBurdenOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                       string
		change                     func(d *Document)
		ledgers, reports, meetings string
	}{
		{"an exam", func(d *Document) { d.Items[0].Kind = KindExam }, "5", "0", "1"},
		{"a ballot", func(d *Document) { d.Items[0].Kind, d.Ballots = KindBallot, []Ballot{{Key: "meeting"}} }, "5", "0", "1"},
		{"two figures, one of them twice", func(d *Document) {
			d.Items[0].Kind, d.Items[0].Rule.Formula = KindMetric, "income / households"
			d.Items[1].Kind, d.Items[1].Rule.Formula = KindMetric, "income > 5 ? 1 : 0"
		}, "4", "2", "0"},
		{"a checklist", func(d *Document) { d.Items[0].Kind = KindChecklist }, "6", "0", "0"},
		{"points off and points by rank", func(d *Document) { d.Items[0].Kind, d.Items[1].Kind = KindDeductions, KindRankPoints }, "6", "0", "0"},
		{"a speech", func(d *Document) { d.Channels[0].Source = "speech" }, "6", "0", "1"},
		{"a review and a ballot at one meeting", func(d *Document) {
			d.Stages, d.Ballots = []string{"visit", "review", "ballot"}, []Ballot{{Key: "meeting"}}
		}, "6", "0", "1"},
		{"a visit is no meeting", func(d *Document) { d.Stages = []string{"visit", "comment"} }, "6", "0", "0"},
		{"a meeting a quarter", func(d *Document) { d.Stages, d.Calendar.Every = []string{"review"}, "quarter" }, "2", "0", "1/3"},
	} {
		d := arena(t)
		c.change(&d)
		b := BurdenOf(d)
		if got, want := fmt.Sprint(b.LedgerItems, b.Reports, b.Meetings), fmt.Sprint(exact.Must(c.ledgers), exact.Must(c.reports), exact.Must(c.meetings)); got != want {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
		if sum := exact.Sum(b.LedgerItems, b.Visits, b.Photos, b.Reports, b.Meetings); !b.Total().Equal(sum) {
			t.Errorf("%s: the total is %s, want %s", c.name, b.Total(), sum)
		}
	}
}
