package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// Where all items are split alike it makes no difference whether channels are
// weighted inside each item or over the total; with an own split it may.
// covers A23, Q14
func TestBothReadingsOfTheSplitAgreeWhereItemsAreAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.Int64Range(1, 99).Draw(t, "points")
		marks := drawMarks(t, "marks", 4, 4)
		weight := rapid.Int64Range(1, 99).Draw(t, "weight")
		total := map[string]exact.Number{}
		for _, split := range []string{"per-item", scoring.PerTotal} {
			doc := document()
			doc.Scale.Split = split
			doc.Channels[0].Weight, doc.Channels[1].Weight = exact.Int(weight), exact.Int(100-weight)
			p, err := scoring.NewPlan(doc, []template.Item{item("a", first), item("b", 100-first)})
			if err != nil {
				t.Fatal(err)
			}
			total[split] = p.Score(marks).Exact
			if sum := p.Share(0).Add(p.Share(1)); !sum.Equal(exact.Int(1)) {
				t.Fatalf("the shares of an item sum to %s", sum)
			}
		}
		if !total["per-item"].Equal(total[scoring.PerTotal]) {
			t.Fatalf("%s per item, %s per total", total["per-item"], total[scoring.PerTotal])
		}
	})
}

// Whatever the scale, the ranges and the items, the highest marks everywhere
// make the full score and no marks at all make nothing.
// covers A22, Q31
func TestTheBestMakesTheFullScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := document()
		doc.Scale.Points = exact.Int(rapid.SampledFrom([]int64{10, 100, 120, 1000}).Draw(t, "scale"))
		doc.Scale.Items = rapid.SampledFrom([]string{"sum", scoring.MeanOfItems}).Draw(t, "items")
		high := exact.Int(rapid.SampledFrom([]int64{5, 10, 100}).Draw(t, "high"))
		doc.Channels[0].Range[1] = high
		part := exact.Ratio(rapid.Int64Range(1, 9).Draw(t, "part"), 10)
		a, b := item("a", 1), item("b", 1)
		a.Points, b.Points = doc.Scale.Points.Mul(part), doc.Scale.Points.Mul(exact.Int(1).Sub(part))
		p, err := scoring.NewPlan(doc, []template.Item{a, b})
		if err != nil {
			t.Fatal(err)
		}
		best := []exact.Number{high, exact.Int(100), high, exact.Int(100)}
		if got := p.Score(best).Exact; !got.Equal(doc.Scale.Points) {
			t.Fatalf("the best is worth %s of %s", got, doc.Scale.Points)
		}
		if got := p.Score(make([]exact.Number, 4)).Exact; got.Sign() != 0 {
			t.Fatalf("nothing is worth %s", got)
		}
	})
}

// Steps are counted from nothing, also where the range begins elsewhere.
func TestStepsAreCountedFromNothing(t *testing.T) {
	t.Parallel()
	c := template.Channel{Range: [2]exact.Number{exact.Int(10), exact.Int(20)}, Step: exact.Int(3)}
	for mark, want := range map[string]fault.Code{"12": "", "15": "", "18": "", "10": fault.MarkStep, "13": fault.MarkStep, "9": fault.MarkOutOfRange, "21": fault.MarkOutOfRange} {
		if got := fault.CodeOf(scoring.CheckMark(&c, exact.Must(mark))); got != want {
			t.Errorf("%s: %q, want %q", mark, got, want)
		}
	}
}
