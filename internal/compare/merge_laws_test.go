package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

// drawShared draws what a template of the county leaves: some of its dimensions
// and an item beside them, with scores of 0 to 100 that may be missing.
func drawShared(t *rapid.T) compare.Total {
	out := compare.Total{Contestants: rapid.IntRange(0, 4).Draw(t, "villages")}
	sources := []string{compare.Item("dance")}
	for _, d := range rule().Dictionary {
		sources = append(sources, compare.Dimension(d))
	}
	for _, source := range sources {
		if rapid.IntRange(0, 3).Draw(t, "left out") == 0 {
			continue
		}
		scores := make([]*exact.Number, out.Contestants)
		for i := range scores {
			if rapid.IntRange(0, 5).Draw(t, "gap") > 0 {
				den := rapid.SampledFrom([]int64{1, 3, 7, 100}).Draw(t, "den")
				score := exact.Ratio(rapid.Int64Range(0, 100*den).Draw(t, "score"), den)
				scores[i] = &score
			}
		}
		out.Columns = append(out.Columns, compare.Column{Source: source, Weight: exact.Int(rapid.Int64Range(1, 9).Draw(t, "weight")), Scores: compare.NewScores(scores)})
	}
	return out
}

func drawMany(t *rapid.T) []compare.Total {
	return rapid.SliceOfN(rapid.Custom(drawShared), 1, 5).Draw(t, "totals")
}

// villages writes down every contestant of a total with all its figures, in an
// order that does not depend on how the total came about.
func villages(t compare.Total) []string {
	out := make([]string, t.Contestants)
	for i := range out {
		var figures []string
		for _, c := range t.Columns {
			if score, ok := c.Scores.At(i); ok {
				figures = append(figures, c.Source+" "+score.String())
			}
		}
		slices.Sort(figures)
		out[i] = strings.Join(figures, ", ")
	}
	slices.Sort(out)
	return out
}

// shares are the weights of a total as parts of their sum.
func shares(t compare.Total) map[string]string {
	var all exact.Number
	for _, c := range t.Columns {
		all = all.Add(c.Weight)
	}
	out := map[string]string{}
	for _, c := range t.Columns {
		out[c.Source] = c.Weight.Quo(all).String()
	}
	return out
}

func same(t *rapid.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
}

// No order of totals changes what they come to: the same villages with the same
// figures side by side, under the same weights.
func TestMergingIsCommutative(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		totals := drawMany(t)
		one, other := compare.Merge(totals), compare.Merge(rapid.Permutation(totals).Draw(t, "order"))
		same(t, "villages", villages(other), villages(one))
		same(t, "weights", shares(other), shares(one))
		var all []string
		for _, total := range totals {
			all = append(all, villages(total)...)
		}
		slices.Sort(all)
		same(t, "villages of the merged", villages(one), all)
	})
}

// However totals are merged step by step, the villages are those of all of them;
// so is every mean, and every quantile. Their weights are not carried along: what
// was merged has one say, as a template has.
func TestMergingIsAssociative(t *testing.T) {
	t.Parallel()
	v := compare.NewView(rule())
	rapid.Check(t, func(t *rapid.T) {
		totals := drawMany(t)
		at := rapid.IntRange(0, len(totals)).Draw(t, "cut")
		first, last := compare.Merge(totals[:at]), compare.Merge(totals[at:])
		all, stepped := compare.Merge(totals), compare.Merge([]compare.Total{first, last})
		same(t, "villages", villages(stepped), villages(all))
		line := func(of compare.Total) compare.Line {
			return v.Lines([]compare.Group{{ID: "C", Totals: []compare.Total{of}}})[0]
		}
		same(t, "means", line(stepped).Domains, line(all).Domains)
		same(t, "index", line(stepped).Index, line(all).Index)
		a, b := v.Spread(stepped), v.Spread(all)
		for q := range 5 {
			same(t, "quartile", a.Quantile(q, 4), b.Quantile(q, 4))
		}
	})
}

// Every template has the same say in the weights, however many villages it
// judged and whatever its weights sum up to; merging one total changes nothing.
func TestEveryTemplateHasTheSameSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		totals := drawMany(t)
		want, with := map[string]exact.Number{}, int64(0)
		for _, total := range totals {
			if len(total.Columns) > 0 {
				with++
			}
			for source, share := range shares(total) {
				want[source] = want[source].Add(n(share))
			}
		}
		got := compare.Merge(totals)
		for _, c := range got.Columns {
			if !c.Weight.Equal(want[c.Source]) {
				t.Fatalf("%s weighs %s, want %s of %d", c.Source, c.Weight, want[c.Source], with)
			}
			if c.Weight.Sign() <= 0 || c.Weight.Cmp(exact.Int(with)) > 0 {
				t.Fatalf("%s weighs %s of %d", c.Source, c.Weight, with)
			}
		}
		same(t, "sources", len(got.Columns), len(want))
		alone := compare.Merge(totals[:1])
		same(t, "villages of one", villages(alone), villages(totals[0]))
		same(t, "weights of one", shares(alone), shares(totals[0]))
	})
}

// Totals of different templates have nothing in common, and merging leaves them
// out; nothing merged is nothing.
func TestMergingLeavesPublishedTotalsOut(t *testing.T) {
	t.Parallel()
	one := compare.Total{Contestants: 1, Published: compare.NewScores(some("93.5")), Columns: []compare.Column{column("dimension:party", "1", "90")}}
	got := compare.Merge([]compare.Total{one, one})
	if got.Published.Len() != 0 || got.Contestants != 2 || len(got.Columns) != 1 || got.Columns[0].Scores.Len() != 2 {
		t.Errorf("%+v", got)
	}
	line := compare.NewView(rule()).Lines([]compare.Group{{ID: "C", Totals: []compare.Total{got}}})[0]
	if line.HasNaive || line.NaiveRank != 0 {
		t.Errorf("a table of totals stands beside the merged: %+v", line)
	}
	if none := compare.Merge(nil); none.Contestants != 0 || len(none.Columns) != 0 {
		t.Errorf("%+v", none)
	}
}

// A mapping moves figures and weights and loses none of either: what is weighed
// stays the same in all, and whoever had a figure in one of the sources has one
// in their dimension, between the least and the greatest of them.
func TestAMappingLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := drawShared(t)
		to := map[string]string{}
		for _, c := range total.Columns {
			if rapid.Bool().Draw(t, "mapped") {
				to[c.Source] = rapid.SampledFrom([]string{"party", "habitat"}).Draw(t, "to")
			}
		}
		got := total.Mapped(func(source string) string { return to[source] })
		var before, after exact.Number
		from := map[string][]compare.Column{}
		for _, c := range total.Columns {
			before = before.Add(c.Weight)
			source := c.Source
			if to[source] != "" {
				source = compare.Dimension(to[source])
			}
			from[source] = append(from[source], c)
		}
		for _, c := range got.Columns {
			after = after.Add(c.Weight)
			for i := range total.Contestants {
				between(t, c, i, from[c.Source])
			}
		}
		same(t, "weight of all", after, before)
		same(t, "columns", len(got.Columns), len(from))
		again := got.Mapped(func(source string) string { return to[source] })
		if len(to) == 0 {
			same(t, "villages", villages(again), villages(total))
		}
	})
}

// between checks a contestant's figure against those that it was made of.
func between(t *rapid.T, c compare.Column, i int, from []compare.Column) {
	t.Helper()
	var had []exact.Number
	for _, f := range from {
		if score, ok := f.Scores.At(i); ok {
			had = append(had, score)
		}
	}
	score, ok := c.Scores.At(i)
	if ok != (len(had) > 0) {
		t.Fatalf("%s of %d: a figure is there: %v, of %v", c.Source, i, ok, had)
	}
	if ok && (score.Cmp(slices.MinFunc(had, exact.Number.Cmp)) < 0 || score.Cmp(slices.MaxFunc(had, exact.Number.Cmp)) > 0) {
		t.Fatalf("%s of %d: %s, made of %v", c.Source, i, score, had)
	}
}
