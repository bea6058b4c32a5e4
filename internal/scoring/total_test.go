package scoring_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// mixed is a rubric of every kind: 40 points by marks, 20 by a checklist, 20 by a
// metric, 20 by rank, and a bonus and a veto beside the scale.
func mixed() []template.Item {
	list := *kinds()[template.KindChecklist]
	list.Points = exact.Int(20)
	list.Rule.Checks = []template.Check{{Key: "complete", Points: exact.Int(10)}, {Key: "duty", Points: exact.Int(6)}, {Key: "office", Points: exact.Int(4)}}
	onsite := []template.ChannelSplit{share("onsite", 100)}
	list.Split = onsite
	metric := template.Item{Key: "income", Kind: template.KindMetric, Points: exact.Int(20), Rule: template.ItemRule{Formula: "income"}}
	rank := template.Item{Key: "rank", Kind: template.KindRankPoints, Points: exact.Int(20), Split: onsite, Rule: template.ItemRule{Values: []exact.Number{exact.Int(20), exact.Int(15)}}}
	return []template.Item{item("party", 40), list, metric, rank, *kinds()[template.KindBonus], *kinds()[template.KindVeto]}
}

// reading is a subject with 90 on site and 80 for its ledger, a checklist of 15,
// 12 by the metric, 15 by rank and a bonus of 5 seen in two channels.
func reading() scoring.Reading {
	return scoring.Reading{
		Cells: values("90", "80", "15", "77", "3", "2", "0", "0"),
		Items: values("0", "0", "12", "15", "0", "0"),
	}
}

func TestTotalOfEveryKind(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), mixed()...)
	s := p.Total(reading(), p.Whole())
	if got := fmt.Sprint(s.Items, s.Exact); got != "[33.6 15 12 15 5 0] 80.6" {
		t.Errorf("%s", got)
	}
	for cell, want := range []bool{true, true, true, true, false, false, false, false} {
		if c := p.Cells()[cell]; c.Counts() != want || (p.Need(cell) > 0) != want {
			t.Errorf("%s/%s needs marks: %v", c.Item, c.Channel, c.Counts())
		}
	}
	if got := fmt.Sprint(p.Share(0), p.Share(2), p.Share(4), p.High(0), p.High(2), p.High(4)); got != "0.4 1 0 100 20 6" {
		t.Errorf("%s", got)
	}
	more := reading()
	more.Cells = values("90", "80", "15", "77", "5", "6", "0", "0")
	if got := p.Total(more, p.Whole()).Items[4].String(); got != "6" {
		t.Errorf("the bonus of all channels together is %s, its cap is 6", got)
	}
	more.Void = true
	if s := p.Total(more, p.Whole()); s.Exact.Sign() != 0 || s.Veto.String() != "-81.6" {
		t.Errorf("a veto leaves %s and takes %s", s.Exact, s.Veto)
	}
}

// covers B03
func TestWhatDoesNotApplyIsSpread(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), mixed()...)
	applies := []scoring.Applies{scoring.Applied, scoring.SpreadOut, scoring.Applied, scoring.Applied, scoring.Applied, scoring.Applied}
	r := reading()
	r.Applies = applies
	s := p.Total(r, p.Weigh(nil, applies)) // (33.6 + 12 + 15) × 100/80, and the bonus
	if got := fmt.Sprint(s.Items, s.Exact); got != "[42 0 15 18.75 5 0] 80.75" {
		t.Errorf("spread: %s", got)
	}
	applies[1] = scoring.AsFull
	s = p.Total(r, p.Weigh(nil, applies))
	if got := fmt.Sprint(s.Items, s.Exact); got != "[33.6 20 12 15 5 0] 85.6" {
		t.Errorf("in full: %s", got)
	}
	silent := make([]bool, 8)
	silent[2] = true // the checklist's one cell says that nothing applies
	r.Applies, r.Silent = nil, silent
	if got := p.Total(r, p.Weigh(silent, nil)).Exact.String(); got != "80.75" {
		t.Errorf("a checklist without any check that applies: %s", got)
	}
	silent[0] = true // the ledger alone speaks for the first item
	if got := fmt.Sprint(p.Total(r, p.Weigh(silent, nil)).Items[0]); got != "40" {
		t.Errorf("one channel without effect: %s", got)
	}
	nothing := []scoring.Applies{scoring.SpreadOut, scoring.SpreadOut, scoring.SpreadOut, scoring.SpreadOut, scoring.Applied, scoring.Applied}
	if w := p.Weigh(nil, nothing); !w.Empty {
		t.Error("nothing applies, and that is not said")
	}
}

func TestPartsMakeATotal(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Parts = []template.Part{{Key: "tour", Weight: exact.Int(70), From: "items"}, {Key: "assembly", Weight: exact.Int(30), From: "ballots.assembly"}}
	p := plan(t, doc, mixed()...)
	r := reading()
	r.Parts = values("0", "88")
	s := p.Total(r, p.Whole()) // 0.7 × 75.6 + 5 + 0.3 × 88
	if got := fmt.Sprint(s.Parts, s.Weighted, s.Exact); got != "[75.6 88] [0 26.4] 84.32" {
		t.Errorf("%s", got)
	}
	if got := fmt.Sprint(p.TieBreak([]string{"assembly", "tour", "income", "days", "none"}, r.Cells, s, map[string]exact.Number{"days": exact.Int(230)})); got != "[88 75.6 8.4 230 0]" {
		t.Errorf("%s", got)
	}
	doc.Parts = doc.Parts[1:]
	if _, err := scoring.NewPlan(doc, nil); err != nil {
		t.Errorf("a total without items needs no rubric: %v", err)
	}
}

// An item that only a grade looks at counts nothing, but may not be missing.
// covers E10
func TestGradedItemsMustBeMarked(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Parts = []template.Part{{Key: "ballots", Weight: exact.Int(100), From: "ballots.all"}}
	doc.Grades = []template.GradeScale{{Key: "duty", Of: "items.party"}}
	p := plan(t, doc, item("party", 60), item("seen", 40))
	r := scoring.Reading{Cells: values("90", "80", "70", "60"), Parts: values("77")}
	if got := p.Total(r, p.Whole()).Exact.String(); got != "77" {
		t.Errorf("the total is %s", got)
	}
	if points, known := p.ItemPoints(r, 0); !known || points.String() != "50.4" {
		t.Errorf("the item came to %s", points)
	}
	if !p.Counts(0) || p.Counts(1) || p.Gap(0, nil) != scoring.Missing || p.Gap(2, nil) != "" {
		t.Error("only the graded item needs marks")
	}
}

// covers Q14
func TestMeasuredItemsTakeTheirPointsOffTheChannels(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Scale.Split = scoring.PerTotal
	p := plan(t, doc, item("party", 80), mixed()[2])
	s := p.Total(scoring.Reading{Cells: values("100", "50"), Items: values("0", "10")}, p.Whole())
	if got := fmt.Sprint(s.Items); got != "[56 10]" { // 80 × (0.4 × 100 % + 0.6 × 50 %)
		t.Errorf("%s", got)
	}
}

func TestMarksOfEveryKindAreChecked(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), mixed()...)
	for name, c := range map[string]struct {
		cell  int
		value string
		d     *scoring.Detail
		want  string
	}{
		"points":                     {0, "90", nil, ""},
		"points out of range":        {0, "101", nil, "MARK_OUT_OF_RANGE@value"},
		"points with a detail":       {0, "90", checked("yyy"), "MARK_DETAIL_KIND@detail"},
		"a checklist":                {2, "10", checked("ynn"), ""},
		"a checklist without detail": {2, "10", nil, "MARK_DETAIL_MISSING@detail"},
		"another value":              {2, "11", checked("ynn"), "MARK_DETAIL_VALUE@value"},
		"inside the detail":          {2, "10", &scoring.Detail{Checks: checked("ynn").Checks[:2]}, "MARK_DETAIL_UNANSWERED@detail.checks"},
		"a raw mark to rank by":      {3, "99", nil, ""},
	} {
		faults := p.CheckMark(c.cell, exact.Must(c.value), c.d)
		got := ""
		for _, f := range faults {
			got = string(f.Code) + "@" + f.Field
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Whatever does not apply, the highest marks for all the rest make the scale.
func TestFullMarksMakeTheScaleWhateverApplies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := document()
		if rapid.Bool().Draw(t, "per total") {
			doc.Scale.Split = scoring.PerTotal
		}
		items := mixed()
		p, err := scoring.NewPlan(doc, items)
		if err != nil {
			t.Fatal(err)
		}
		applies, silent := make([]scoring.Applies, len(items)), make([]bool, len(p.Cells()))
		for i := range 4 {
			applies[i] = rapid.SampledFrom([]scoring.Applies{scoring.Applied, scoring.AsFull, scoring.SpreadOut}).Draw(t, "applies")
		}
		for c := range 4 {
			silent[c] = rapid.Bool().Draw(t, "silent")
		}
		w := p.Weigh(silent, applies)
		r := scoring.Reading{Applies: applies, Silent: silent, Items: values("0", "0", "20", "20", "0", "0")}
		for c := range p.Cells() {
			high := p.High(c)
			if c >= 4 {
				high = exact.Number{}
			}
			r.Cells = append(r.Cells, high)
		}
		if got := p.Total(r, w).Exact; !w.Empty && got.String() != "100" {
			t.Fatalf("%v %v: %s", applies, silent, got)
		}
	})
}

func TestRubricRefusesWhatIsWorthNothing(t *testing.T) {
	t.Parallel()
	exam := template.Item{Key: "test", Kind: template.KindExam}
	if _, err := scoring.NewPlan(document(), []template.Item{item("party", 100), exam}); err != nil {
		t.Errorf("an exam of weight 0 is recorded: %v", err)
	}
	metric := template.Item{Key: "income", Kind: template.KindMetric, Rule: template.ItemRule{Formula: "income"}}
	if _, err := scoring.NewPlan(document(), []template.Item{item("party", 100), metric}); fault.CodeOf(err) != fault.RubricPoints {
		t.Errorf("%v", err)
	}
}
