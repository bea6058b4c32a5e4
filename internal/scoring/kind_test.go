package scoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

func TestWhatEveryKindIs(t *testing.T) {
	t.Parallel()
	for kind, want := range map[template.ItemKind]string{
		template.KindPoints:     "marked",
		template.KindRankPoints: "marked",
		template.KindChecklist:  "marked detailed",
		template.KindLevels:     "marked detailed",
		template.KindDeductions: "marked detailed",
		template.KindBonus:      "marked detailed beside",
		template.KindVeto:       "marked detailed beside",
		template.KindMetric:     "measured",
		template.KindExam:       "measured",
		template.KindBallot:     "measured",
		"":                      "marked", // an old rubric's item without a kind gives points
	} {
		var is []string
		for name, holds := range map[string]bool{"marked": !scoring.Measured(kind), "measured": scoring.Measured(kind), "detailed": scoring.Detailed(kind), "beside": scoring.Beside(kind)} {
			if holds {
				is = append(is, name)
			}
		}
		slices.SortFunc(is, func(a, b string) int { return strings.Index(want, a) - strings.Index(want, b) })
		if got := strings.Join(is, " "); got != want {
			t.Errorf("%q is %s, want %s", kind, got, want)
		}
	}
}

func TestBoundsOfEveryKind(t *testing.T) {
	t.Parallel()
	items := kinds()
	minus := *items[template.KindDeductions]
	minus.Rule.Floor = nil
	endless := *items[template.KindBonus]
	endless.Rule.Cap = nil
	for name, c := range map[string]struct {
		item *template.Item
		want string
	}{
		"checklist":         {items[template.KindChecklist], "0 10"},
		"levels":            {items[template.KindLevels], "0 10"},
		"deductions":        {items[template.KindDeductions], "1 10"},
		"without a floor":   {&minus, "0 10"},
		"bonus":             {items[template.KindBonus], "0 6"},
		"bonus without cap": {&endless, "0 0"},
		"veto":              {items[template.KindVeto], "0 1"},
	} {
		low, high := scoring.Bounds(c.item)
		if got := low.String() + " " + high.String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestThePlanIsLookedAt(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Parts = []template.Part{{Key: "work", Weight: exact.Int(100), From: scoring.FromItems}}
	p := plan(t, doc, mixed()...)
	if got := fmt.Sprint(p.Position("rank"), p.Position("none"), len(p.Parts())); got != "3 -1 1" {
		t.Errorf("%s", got)
	}
	for item, want := range []string{"0 2", "2 3", "3 3", "3 4", "4 6", "6 8"} {
		first, last := p.CellsOf(item)
		if got := fmt.Sprint(first, " ", last); got != want {
			t.Errorf("item %d has the cells %s, want %s", item, got, want)
		}
		for c := first; c < last; c++ {
			if p.ItemOf(c).Key != p.Items()[item].Key || p.Cells()[c].Item != p.Items()[item].Key {
				t.Errorf("cell %d is of %s", c, p.ItemOf(c).Key)
			}
		}
	}
	if _, err := p.Find("income", "onsite"); err == nil {
		t.Error("a metric takes no marks")
	}
	for i, want := range []bool{true, true, true, true, true, false} {
		if p.Counts(i) != want {
			t.Errorf("item %d counts: %v", i, p.Counts(i))
		}
	}
}

// covers Q13
func TestWhatCellsLack(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), mixed()...)
	const party, bonusOnsite, bonusLedger, veto = 0, 4, 5, 7
	for name, c := range map[string]struct {
		cell  int
		marks []exact.Number
		want  scoring.Gap
	}{
		"nothing at all":                 {party, nil, scoring.Missing},
		"one judge of two":               {party, values("90"), scoring.TooFew},
		"two judges":                     {party, values("90", "91"), ""},
		"no bonus":                       {bonusOnsite, nil, ""},
		"a bonus that one of two saw":    {bonusOnsite, values("1"), ""},
		"two ledgers' bonuses":           {bonusLedger, values("1", "2"), scoring.TooMany},
		"no veto":                        {veto, nil, ""},
		"two who say the same of a veto": {veto, values("0", "0"), ""},
	} {
		if got := p.Gap(c.cell, c.marks); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if p.Blocks(bonusOnsite, scoring.Missing) || !p.Blocks(bonusLedger, scoring.TooMany) || !p.Blocks(party, scoring.TooFew) {
		t.Error("only what cannot be told beside the scale blocks")
	}
}
