package scoring_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// rubric draws items of points that sum to 100, some with a split of their own.
func rubric(t *rapid.T) []template.Item {
	left := int64(100)
	var items []template.Item
	for i := 0; left > 0; i++ {
		points := rapid.Int64Range(1, left).Draw(t, "points")
		if i == 4 {
			points = left
		}
		one := item(fmt.Sprint("i", i), points)
		if rapid.Bool().Draw(t, "own split") {
			weight := rapid.Int64Range(1, 99).Draw(t, "weight")
			one.Split = []template.ChannelSplit{share("onsite", weight), share("ledger", 100-weight)}
		}
		items, left = append(items, one), left-points
	}
	return items
}

// The total is what the notice says, written down a second time: of the items
// that concern the subject, each its points in proportion, and of each item its
// channels in proportion.
// covers A23, B03, Q14
func TestWeightsAgreeWithAPlainSecondReading(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := rubric(t)
		p, err := scoring.NewPlan(document(), items)
		if err != nil {
			t.Fatal(err)
		}
		applies := make([]scoring.Applies, len(items))
		r := scoring.Reading{Applies: applies}
		sum, points := new(big.Rat), new(big.Rat)
		for i, one := range items {
			onsite, ledger := rapid.Int64Range(0, 100).Draw(t, "onsite"), rapid.Int64Range(0, 100).Draw(t, "ledger")
			r.Cells = append(r.Cells, exact.Int(onsite), exact.Int(ledger))
			worth, _ := one.Points.Int64()
			switch applies[i] = rapid.SampledFrom([]scoring.Applies{scoring.Applied, scoring.AsFull, scoring.SpreadOut}).Draw(t, "applies"); applies[i] {
			case scoring.SpreadOut:
				continue
			case scoring.AsFull:
				sum.Add(sum, big.NewRat(100*worth, 1))
			default:
				weight := int64(40)
				if one.Split != nil {
					weight, _ = one.Split[0].Weight.Int64()
				}
				sum.Add(sum, new(big.Rat).Mul(big.NewRat(worth, 1), big.NewRat(weight*onsite+(100-weight)*ledger, 100)))
			}
			points.Add(points, big.NewRat(worth, 1))
		}
		w := p.Weigh(nil, applies)
		if points.Sign() == 0 {
			if !w.Empty {
				t.Fatal("nothing applies, and that is not said")
			}
			return
		}
		want := sum.Quo(sum, points)
		if got := p.Total(r, w).Exact; !got.Equal(exact.Must(want.RatString())) {
			t.Fatalf("%s, a plain reading says %s", got, want.RatString())
		}
	})
}

// Items and channels are two ways of adding the same up.
func TestChannelsAndItemsSumAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := rubric(t)
		doc := document()
		if rapid.Bool().Draw(t, "mean") {
			doc.Scale.Items = scoring.MeanOfItems
		}
		p, err := scoring.NewPlan(doc, items)
		if err != nil {
			t.Fatal(err)
		}
		r := scoring.Reading{Silent: make([]bool, len(p.Cells()))}
		for c := range p.Cells() {
			r.Cells = append(r.Cells, exact.Int(rapid.Int64Range(0, 100).Draw(t, "mark")))
			if r.Silent[c] = rapid.IntRange(0, 5).Draw(t, "silent") == 0; r.Silent[c] {
				r.Cells[c] = exact.Number{}
			}
		}
		w := p.Weigh(r.Silent, nil)
		s := p.Total(r, w)
		if byChannel := exact.Sum(p.ByChannel(r.Cells, w)...); !byChannel.Equal(s.Exact) || !exact.Sum(s.Items...).Equal(s.Exact) {
			t.Fatalf("items %v, channels %s, total %s", s.Items, byChannel, s.Exact)
		}
		if !s.Exact.Add(s.Rounding).Equal(s.Published) {
			t.Fatalf("%s and %s are not %s", s.Exact, s.Rounding, s.Published)
		}
		for i := range items {
			points, speaks := p.ItemPoints(r, i)
			if speaks && !points.Mul(w.Items[i]).Equal(s.Items[i]) {
				t.Fatalf("item %d came to %s of its points and %s of the total", i, points, s.Items[i])
			}
		}
	})
}

// The fit is the best there is: what it leaves over sums to 0 for every judge and
// for every subject, as the normal equations want.
func TestSeverityLeavesNothingToExplain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		judges, subjects := rapid.IntRange(1, 4).Draw(t, "judges"), rapid.IntRange(1, 6).Draw(t, "subjects")
		var marks []scoring.Observation
		for j := range judges {
			for s := range subjects {
				if s > 0 && rapid.Bool().Draw(t, "skips") {
					continue // everybody marks the first subject, so that all hang together
				}
				for range rapid.IntRange(1, 2).Draw(t, "items") {
					marks = append(marks, seen(fmt.Sprint("J", j), fmt.Sprint("V", s), rapid.Int64Range(0, 100).Draw(t, "mark")))
				}
			}
		}
		fit, err := scoring.Severity(marks)
		if err != nil {
			t.Fatal(err)
		}
		effect, level, left := map[string]exact.Number{}, map[string]exact.Number{}, map[string]exact.Number{}
		for _, e := range fit.Judges {
			effect[e.Judge] = e.Effect
		}
		for _, s := range fit.Subjects {
			level[s.Subject] = s.Adjusted
		}
		for _, m := range marks {
			rest := m.Mark.Sub(effect[m.Judge]).Sub(level[m.Subject])
			left[m.Judge], left[m.Subject] = left[m.Judge].Add(rest), left[m.Subject].Add(rest)
		}
		for who, rest := range left {
			if rest.Sign() != 0 {
				t.Fatalf("%s is left with %s", who, rest)
			}
		}
	})
}
