package compare_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

// drawScores draws scores of one dimension as texts; some do not fit machine
// words, so that both ways of working are met.
func drawScores(t *rapid.T) []string {
	out := make([]string, rapid.IntRange(0, 7).Draw(t, "villages"))
	for i := range out {
		den := rapid.SampledFrom([]int64{1, 1, 4, 9, 999_999_937, 1 << 60}).Draw(t, "den")
		out[i] = exact.Ratio(rapid.Int64Range(0, 100).Draw(t, "score"), 1).Quo(exact.Int(den)).String()
	}
	return out
}

// order sorts scores by themselves: what all quantiles are checked against.
func order(scores []string) []exact.Number {
	out := make([]exact.Number, len(scores))
	for i, s := range scores {
		out[i] = n(s)
	}
	slices.SortFunc(out, exact.Number.Cmp)
	return out
}

// Medians and quartiles of merged townships are those of all their villages in
// one list, however these are cut into townships.
func TestMergedQuantilesAreThoseOfTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Custom(drawScores), 1, 5).Draw(t, "townships")
		spreads := make([]compare.Spread, len(parts))
		for i, p := range parts {
			spreads[i] = spreadOf(p...)
		}
		got, whole := compare.MergeSpreads(spreads), order(slices.Concat(parts...))
		if got.N() != len(whole) {
			t.Fatalf("%d villages, want %d", got.N(), len(whole))
		}
		var sum exact.Number
		for i, want := range whole {
			sum = sum.Add(want)
			if !got.At(i).Equal(want) {
				t.Fatalf("at %d: %s, want %s", i, got.At(i), want)
			}
		}
		if len(whole) == 0 {
			return
		}
		same(t, "mean", got.Mean(), sum.Quo(exact.Int(int64(len(whole)))))
		half, odd := len(whole)/2, len(whole)%2 == 1
		median := whole[half]
		if !odd {
			median = whole[half-1].Add(median).Quo(exact.Int(2))
		}
		same(t, "median", got.Quantile(1, 2), median)
		same(t, "least", got.Quantile(0, 4), whole[0])
		same(t, "greatest", got.Quantile(4, 4), whole[len(whole)-1])
	})
}

// Merging spreads knows no order and no steps.
func TestMergingSpreadsKnowsNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []compare.Spread
		for range rapid.IntRange(0, 5).Draw(t, "townships") {
			all = append(all, spreadOf(drawScores(t)...))
		}
		at := rapid.IntRange(0, len(all)).Draw(t, "cut")
		whole := compare.MergeSpreads(all)
		for how, other := range map[string]compare.Spread{
			"in another order": compare.MergeSpreads(rapid.Permutation(all).Draw(t, "order")),
			"step by step":     compare.MergeSpreads([]compare.Spread{compare.MergeSpreads(all[:at]), compare.MergeSpreads(all[at:])}),
		} {
			if other.N() != whole.N() {
				t.Fatalf("%s: %d villages, want %d", how, other.N(), whole.N())
			}
			for i := range whole.N() {
				same(t, how, other.At(i), whole.At(i))
			}
		}
	})
}

// Quantiles rise, lie between the lowest and the highest, and a histogram counts
// each village once, in the step of ten points that its index is in.
func TestQuantilesRiseAndHistogramsCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scores := drawScores(t)
		s := spreadOf(scores...)
		var want [compare.Bins]int
		for _, x := range order(scores) {
			bin, _ := x.Quo(exact.Int(10)).Floor().Int64()
			want[min(bin, compare.Bins-1)]++
		}
		same(t, "histogram", s.Histogram(), want)
		for q := 1; q <= 8 && s.N() > 0; q++ {
			if s.Quantile(q, 8).Cmp(s.Quantile(q-1, 8)) < 0 {
				t.Fatalf("quantile %d of 8 falls: %s after %s", q, s.Quantile(q, 8), s.Quantile(q-1, 8))
			}
		}
	})
}

// Whatever text stands in the database, reading it ends with a total that packs
// as it was read, or with an error: never with a panic, never with a total of
// other lengths.
func TestReadingNeverFails(t *testing.T) {
	t.Parallel()
	members := rapid.SliceOfN(rapid.SampledFrom([]string{"total", "dimension:party", "item:a", "1", "0", "-3", "25", "NULL", "", "x", "1.5", "123456789012345678901", `"`, "{", "}"}), 0, 5)
	list := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"{", "{", "{", ""}).Draw(t, "open") + strings.Join(members.Draw(t, "members"), ",") + rapid.SampledFrom([]string{"}", "}", "}", ""}).Draw(t, "close")
	})
	rapid.Check(t, func(t *rapid.T) {
		p := compare.Packed{Contestants: rapid.IntRange(-1, 3).Draw(t, "villages"), Sources: list.Draw(t, "sources"), Weights: list.Draw(t, "weights"),
			Denominators: list.Draw(t, "denominators"), Scores: list.Draw(t, "scores")}
		total, err := compare.Unpack(p)
		if err != nil {
			return
		}
		for _, c := range total.Columns {
			if c.Scores.Len() != p.Contestants {
				t.Fatalf("%+v: %s has %d figures of %d", p, c.Source, c.Scores.Len(), p.Contestants)
			}
		}
		again, err := compare.Unpack(total.Pack())
		if err != nil {
			t.Fatalf("%+v was read, %+v is not: %v", p, total.Pack(), err)
		}
		same(t, "villages", villages(again), villages(total))
	})
}
