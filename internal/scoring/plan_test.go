package scoring_test

import (
	"errors"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// document is a template with an on-site and a ledger channel, 40 to 60.
func document() *template.Document {
	return &template.Document{
		Scale: template.Scale{Points: exact.Int(100), Decimals: 2, Rounding: exact.HalfUp, Items: "sum", Split: "per-item"},
		Channels: []template.Channel{
			{Key: "onsite", Weight: exact.Int(40), Judges: template.Judges{Min: 2, Combine: scoring.Mean}},
			{Key: "ledger", Weight: exact.Int(60), Judges: template.Judges{Min: 1, Combine: scoring.Single}},
		},
	}
}

func item(key string, points int64, split ...template.ChannelSplit) template.Item {
	return template.Item{Key: key, Kind: template.KindPoints, Points: exact.Int(points), Split: split}
}

func share(channel string, weight int64) template.ChannelSplit {
	return template.ChannelSplit{Channel: channel, Weight: exact.Int(weight)}
}

func plan(t *testing.T, doc *template.Document, items ...template.Item) *scoring.Plan {
	t.Helper()
	p, err := scoring.NewPlan(doc, items)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func values(texts ...string) []exact.Number {
	out := make([]exact.Number, len(texts))
	for i, s := range texts {
		out[i] = exact.Must(s)
	}
	return out
}

func equal(t *testing.T, what string, got exact.Number, want string) {
	t.Helper()
	if !got.Equal(exact.Must(want)) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// covers A22, A23, A25, Q14
func TestItemIsOnSiteAndLedgerThenSum(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), item("party", 40), item("rural", 60))
	s := p.Score(values("92", "96", "274/3", "95"))
	equal(t, "party", s.Items[0], "37.76")      // 40 × (0.4 × 92 + 0.6 × 96) / 100
	equal(t, "rural", s.Items[1], "56.12")      // 60 × (0.4 × 91⅓ + 0.6 × 95) / 100
	equal(t, "exact", s.Exact, "93.88")         // their sum
	equal(t, "published", s.Published, "93.88") // nothing to round
	equal(t, "per channel", p.ByChannel(values("92", "96", "274/3", "95"), p.Whole())[0], "36.64")
}

// covers Q14
func TestItemMayOverrideTheSplit(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), item("desk", 50, share("ledger", 100)), item("field", 50, share("onsite", 80), share("ledger", 20)))
	if n := len(p.Cells()); n != 3 {
		t.Fatalf("%d cells, want 3: an item without a channel takes no marks from it", n)
	}
	equal(t, "exact", p.Score(values("90", "80", "70")).Exact, "84") // 45 + 50 × (0.8 × 80 + 0.2 × 70) / 100
	if _, err := p.Find("desk", "onsite"); fault.CodeOf(err) != fault.MarkChannelUnknown {
		t.Errorf("a mark for an unused channel gives %v", err)
	}
	if _, err := p.Find("sea", "onsite"); fault.CodeOf(err) != fault.MarkItemUnknown {
		t.Errorf("a mark for an unknown item gives %v", err)
	}
}

// covers Q14
func TestPerTotalEqualsPerItemOnlyWithOneSplit(t *testing.T) {
	t.Parallel()
	same := []template.Item{item("a", 30), item("b", 70)}
	marks := values("90", "60", "50", "80")
	perItem, perTotal := document(), document()
	perTotal.Scale.Split = scoring.PerTotal
	one, other := plan(t, perItem, same...).Score(marks), plan(t, perTotal, same...).Score(marks)
	if !one.Exact.Equal(other.Exact) {
		t.Errorf("per item %s, per total %s; with one split both are equal", one.Exact, other.Exact)
	}
	// Item a has no on-site marks: on-site then rests on item b alone.
	split := []template.Item{item("a", 30, share("ledger", 100)), item("b", 70)}
	marks = values("60", "50", "80")
	equal(t, "per item", plan(t, perItem, split...).Score(marks).Exact, "65.6")   // 18 + 70 × (0.4 × 50 + 0.6 × 80) / 100
	equal(t, "per total", plan(t, perTotal, split...).Score(marks).Exact, "64.4") // 0.4 × 50 + 0.6 × (0.3 × 60 + 0.7 × 80)
}

// covers Q31
func TestItemsEachOutOfTheScaleAreAveraged(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Scale.Items = scoring.MeanOfItems
	p := plan(t, doc, item("a", 100), item("b", 100))
	equal(t, "mean", p.Score(values("90", "90", "80", "80")).Exact, "85")
	p = plan(t, doc, item("a", 3), item("b", 1))
	equal(t, "weighted mean", p.Score(values("90", "90", "50", "50")).Exact, "80")
}

// covers Q29
func TestAChannelOfWeightZeroIsRecordedOnly(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Channels = append(doc.Channels, template.Channel{Key: "test", Weight: exact.Int(0)})
	p := plan(t, doc, item("a", 100))
	cell, err := p.Find("a", "test")
	if err != nil || p.Cells()[cell].Counts() || !p.Cells()[0].Counts() {
		t.Fatalf("cell %d, %v", cell, err)
	}
	if p.Gap(cell, nil) != "" || p.Need(cell) != 0 || p.Gap(0, values("90")) != scoring.TooFew || p.Need(0) != 2 {
		t.Error("what is recorded only needs no marks; the rest does")
	}
	equal(t, "exact", p.Score(values("90", "80", "10")).Exact, "84")
	equal(t, "share", p.Share(cell), "0")
	perTotal := document()
	perTotal.Scale.Split, perTotal.Channels = scoring.PerTotal, doc.Channels
	equal(t, "per total", plan(t, perTotal, item("a", 100)).Score(values("90", "80", "10")).Exact, "84")
}

func TestOtherRangesCountByTheirHighest(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Channels[0].Range = [2]exact.Number{exact.Int(0), exact.Int(10)}
	p := plan(t, doc, item("a", 100))
	equal(t, "exact", p.Score(values("10", "100")).Exact, "100")
	equal(t, "half", p.Score(values("5", "50")).Exact, "50")
	equal(t, "share", p.Share(0), "2/5")
}

func TestRubricThatCannotBeScoredIsRefused(t *testing.T) {
	t.Parallel()
	silent := document()
	silent.Channels[0].Weight, silent.Channels[1].Weight = exact.Int(0), exact.Int(0)
	exam := item("a", 100)
	exam.Kind = "vote"
	for name, c := range map[string]struct {
		doc   *template.Document
		items []template.Item
		want  fault.Code
	}{
		"no items":      {document(), nil, fault.RubricEmpty},
		"twice":         {document(), []template.Item{item("a", 50), item("a", 50)}, fault.RubricItemTwice},
		"worth nothing": {document(), []template.Item{item("a", 100), item("b", 0)}, fault.RubricPoints},
		"not 100":       {document(), []template.Item{item("a", 50), item("b", 49)}, fault.RubricSum},
		"nobody marks":  {silent, []template.Item{item("a", 100)}, fault.RubricUnmarked},
		"split of 90":   {document(), []template.Item{item("a", 100, share("onsite", 40), share("ledger", 50))}, fault.RubricSplit},
		"split twice":   {document(), []template.Item{item("a", 100, share("onsite", 40), share("onsite", 60))}, fault.RubricSplit},
		"split unknown": {document(), []template.Item{item("a", 100, share("onsite", 40), share("speech", 60))}, fault.RubricSplit},
		"split below 0": {document(), []template.Item{item("a", 100, share("onsite", -20), share("ledger", 120))}, fault.RubricSplit},
		"unknown kind":  {document(), []template.Item{exam}, fault.ItemKindUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := scoring.NewPlan(c.doc, c.items)
			if !errors.Is(err, fault.New(c.want)) {
				t.Errorf("got %v, %v; want %s", p, err, c.want)
			}
		})
	}
}

// covers Q31
func TestAveragedItemsNeedNotSumToTheScale(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.Scale.Items = scoring.MeanOfItems
	if _, err := scoring.NewPlan(doc, []template.Item{item("a", 7)}); err != nil {
		t.Error(err)
	}
}

func TestPlanShowsWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), item("a", 100))
	if p.Items()[0].Key != "a" || p.Channel(1).Key != "ledger" || p.Scale().Decimals != 2 || p.Rounding() != exact.HalfUp {
		t.Errorf("%+v", p)
	}
	cell, err := p.Find("a", "ledger")
	if err != nil || cell != 1 {
		t.Errorf("cell %d, %v", cell, err)
	}
	doc := document()
	doc.Scale.Rounding = ""
	if plan(t, doc, item("a", 100)).Rounding() != exact.HalfUp {
		t.Error("rounding is half-up where the template says nothing")
	}
}
