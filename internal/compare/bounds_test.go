package compare_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

// An index lies between the least and the greatest of the means that it is made
// of, and so between 0 and 100; each village's own likewise.
func TestAnIndexStaysWithinItsMeans(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		towns := draw(t)
		for _, l := range compare.Compare(rule(), towns) {
			if len(l.Shared) == 0 {
				if l.Index.Sign() != 0 || l.Rank != 0 {
					t.Fatalf("an index of nothing: %+v", l)
				}
				continue
			}
			var means []exact.Number
			for _, d := range l.Domains {
				if slices.Contains(l.Shared, d.Dimension) {
					means = append(means, d.Mean)
				}
			}
			within(t, l.Index, means)
		}
		v := compare.NewView(rule())
		for _, town := range towns {
			s := v.Spread(totalOf(town))
			for i := range s.N() {
				within(t, s.At(i), []exact.Number{{}, exact.Int(100)})
			}
			if s.N() > 0 {
				within(t, s.Mean(), []exact.Number{s.At(0), s.At(s.N() - 1)})
			}
		}
	})
}

func within(t *rapid.T, x exact.Number, of []exact.Number) {
	t.Helper()
	if x.Cmp(slices.MinFunc(of, exact.Number.Cmp)) < 0 || x.Cmp(slices.MaxFunc(of, exact.Number.Cmp)) > 0 {
		t.Fatalf("%s is not within %v", x, of)
	}
}

// A better score never makes an index worse, and never touches another township's.
func TestABetterScoreNeverHarms(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		towns := draw(t)
		before := compare.Compare(rule(), towns)
		k := rapid.IntRange(0, len(towns)-1).Draw(t, "township")
		for _, village := range towns[k].Villages {
			for d, score := range village.Scores {
				if rapid.Bool().Draw(t, "better") {
					village.Scores[d] = exact.Int(100)
				} else {
					village.Scores[d] = score
				}
			}
		}
		for i, after := range compare.Compare(rule(), towns) {
			if better := after.Index.Cmp(before[i].Index); better < 0 || better > 0 && i != k {
				t.Fatalf("township %d of %d: %s after %s", i, k, after.Index, before[i].Index)
			}
		}
	})
}

// Who is not comparable is told why, completely: each weighed dimension that is
// missing by its name, or that nothing is published, nothing is weighed, or too
// little is covered. Who is comparable has none of it, and a rank.
func TestNotComparableHasAReason(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, towns := rule(), draw(t)
		if rapid.IntRange(0, 4).Draw(t, "no rule") == 0 {
			r.Weights = nil
		}
		r.MinCoverage = exact.Ratio(rapid.Int64Range(0, 10).Draw(t, "least"), 10)
		for i, l := range compare.Compare(r, towns) {
			same(t, towns[i].ID+" has the reasons", l.Barriers, reasons(r, towns[i]))
			if l.Comparable() != (len(l.Barriers) == 0) || l.Comparable() != (l.Rank > 0) {
				t.Fatalf("%+v", l)
			}
		}
	})
}

// reasons works out from the definition why a township is not comparable.
func reasons(r compare.Rule, town compare.Township) (all []compare.Barrier) {
	scored := map[string]bool{}
	for _, v := range town.Villages {
		for d := range v.Scores {
			scored[d] = true
		}
	}
	var covered, whole exact.Number
	for _, d := range r.Dictionary {
		whole = whole.Add(town.Weights[d])
		_, weighed := r.Weights[d]
		switch {
		case weighed && scored[d]:
			covered = covered.Add(town.Weights[d])
		case weighed:
			all = append(all, compare.Barrier{Reason: compare.DimensionMissing, Dimension: d})
		}
	}
	switch {
	case len(scored) == 0:
		return []compare.Barrier{{Reason: compare.NoResults}}
	case len(r.Weights) == 0:
		return []compare.Barrier{{Reason: compare.NoRule}}
	case covered.Cmp(r.MinCoverage.Mul(whole)) < 0:
		all = append(all, compare.Barrier{Reason: compare.CoverageLow})
	}
	return all
}

// Figures near the end of machine words, and beyond it, add up exactly and have
// their middle; below 0, too, since a total may be.
func TestFiguresBeyondMachineWords(t *testing.T) {
	t.Parallel()
	edge := strconv.FormatInt(math.MaxInt64, 10)
	for name, c := range map[string]struct {
		figures     []string
		sum, middle string
		count       int
	}{
		"none at all":            {nil, "0", "0", 0},
		"nobody has one":         {[]string{"", ""}, "0", "0", 0},
		"below 0":                {[]string{"-2", "1", "-5"}, "-6", "-2", 3},
		"the largest word":       {[]string{edge, edge, ""}, "18446744073709551614", edge, 2},
		"the smallest word":      {[]string{"-" + edge, "-9223372036854775808"}, "-18446744073709551615", "-9223372036854775807.5", 2},
		"beyond":                 {[]string{"92233720368547758070", "1", ""}, "92233720368547758071", "46116860184273879035.5", 2},
		"one beyond by its gaps": {[]string{"1/3", "", "92233720368547758070/7"}, "276701161105643274217/21", "276701161105643274217/42", 2},
	} {
		scores := compare.NewScores(some(c.figures...))
		sum, count := scores.Sum()
		middle, there := scores.Middle()
		if !sum.Equal(n(c.sum)) || count != c.count || !middle.Equal(n(c.middle)) || there != (c.count > 0) || scores.Len() != len(c.figures) {
			t.Errorf("%s: %s of %d, middle %s %v", name, sum, count, middle, there)
		}
		total := compare.Total{Contestants: len(c.figures), Columns: []compare.Column{{Source: "item:far", Weight: n("1"), Scores: scores}}}
		back, err := compare.Unpack(total.Pack())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if again, n := back.Columns[0].Scores.Sum(); !again.Equal(sum) || n != count {
			t.Errorf("%s: read back it sums to %s of %d", name, again, n)
		}
	}
}
