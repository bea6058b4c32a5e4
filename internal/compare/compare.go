// Package compare owns the comparison of townships whose templates differ: the
// means of the dimensions that a county's dictionary shares, an index over
// those the county weighs, how much of each template they cover, and who is not
// comparable and why.
//
// It does not own the mapping of items to dimensions (templates name it), the
// scores, or who may see them. It never ranks totals of different templates
// against each other: the naive figures are kept beside only to show how far
// such a table would mislead.
package compare

import (
	"cmp"
	"slices"

	"leitai/internal/exact"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// Rule is what the county compares by.
type Rule struct {
	Dictionary  []string                // all dimensions, in the county's order
	Weights     map[string]exact.Number // of the dimensions that are compared, above 0; their sum does not matter
	MinCoverage exact.Number            // share of a template that the compared dimensions must cover, 0 to 1
	Decimals    int                     // of every published mean, rounded half-up
}

// Township is one township's published results by dimension.
type Township struct {
	ID       string
	Weights  map[string]exact.Number // of its template's dimensions; their sum does not matter
	Villages []Village
}

// Village is a village's scores by dimension, each on a scale of 0 to 100. A
// dimension without a score is missing, never 0.
type Village struct {
	ID     string
	Scores map[string]exact.Number
}

// Reason is why a township is not comparable.
type Reason string

// The reasons.
const (
	DimensionMissing Reason = "DIMENSION_MISSING" // the template has nothing in a dimension that the county weighs
	CoverageLow      Reason = "COVERAGE_LOW"      // the compared dimensions are too small a share of the template
	NoResults        Reason = "NO_RESULTS"        // nothing has been published
)

// Barrier is one reason with the dimension it is about.
type Barrier struct {
	Reason    Reason `json:"reason"`
	Dimension string `json:"dimension,omitempty"` // DIMENSION_MISSING only
}

// Domain is the mean of one dimension.
type Domain struct {
	Dimension string
	Mean      exact.Number // rounded
	Villages  int          // how many villages have a score
}

// Line is one township in the comparison.
type Line struct {
	Township  string
	Domains   []Domain     // of all its dimensions, in the dictionary's order
	Shared    []string     // the compared dimensions it has, in the dictionary's order
	Index     exact.Number // mean of the shared dimensions by the county's weights, rounded; 0 when none is shared
	Coverage  exact.Number // share of its template on the shared dimensions, exact
	Barriers  []Barrier    // empty: comparable
	Rank      int          // among the comparable, on the published index; 0 when not comparable
	Naive     exact.Number // mean of totals by its own weights, rounded; means nothing across templates
	NaiveRank int          // what a table of totals would have said; 0 without results
}

// Comparable reports whether nothing keeps the township from being compared.
func (l Line) Comparable() bool { return len(l.Barriers) == 0 }

// Compare answers for every township, in natural order of their ids. Neither
// the order of townships nor that of villages matters.
func Compare(rule Rule, townships []Township) []Line {
	lines := make([]Line, len(townships))
	for i, t := range townships {
		lines[i] = line(rule, t)
	}
	slices.SortFunc(lines, func(a, b Line) int { return ranking.Compare(a.Township, b.Township) })
	place(lines, func(l *Line) (exact.Number, bool) { return l.Index, l.Comparable() }, func(l *Line, rank int) { l.Rank = rank })
	place(lines, func(l *Line) (exact.Number, bool) { return l.Naive, len(l.Domains) > 0 }, func(l *Line, rank int) { l.NaiveRank = rank })
	return lines
}

func line(rule Rule, t Township) Line {
	l := Line{Township: t.ID, Naive: naive(t).Round(rule.Decimals, exact.HalfUp)}
	var index, weights, covered, all exact.Number
	for _, dimension := range known(rule, t) {
		weight := t.Weights[dimension]
		all = all.Add(weight)
		mean, n := meanOf(t.Villages, dimension)
		compared := rule.Weights[dimension]
		if weight.Sign() <= 0 || n == 0 {
			if compared.Sign() > 0 {
				l.Barriers = append(l.Barriers, Barrier{DimensionMissing, dimension})
			}
			continue
		}
		l.Domains = append(l.Domains, Domain{dimension, mean.Round(rule.Decimals, exact.HalfUp), n})
		if compared.Sign() > 0 {
			l.Shared = append(l.Shared, dimension)
			index, weights, covered = index.Add(compared.Mul(mean)), weights.Add(compared), covered.Add(weight)
		}
	}
	if weights.Sign() > 0 {
		l.Index = index.Quo(weights).Round(rule.Decimals, exact.HalfUp)
		l.Coverage = covered.Quo(all)
	}
	switch {
	case len(l.Domains) == 0:
		l.Barriers = []Barrier{{Reason: NoResults}}
	case l.Coverage.Cmp(rule.MinCoverage) < 0:
		l.Barriers = append(l.Barriers, Barrier{Reason: CoverageLow})
	}
	return l
}

// known lists the dictionary's dimensions, then what the template has beside
// it, which counts against its coverage.
func known(rule Rule, t Township) []string {
	out := slices.Clone(rule.Dictionary)
	for _, more := range []map[string]exact.Number{t.Weights, rule.Weights} {
		var beside []string
		for d := range more {
			if !slices.Contains(out, d) {
				beside = append(beside, d)
			}
		}
		slices.Sort(beside)
		out = append(out, beside...)
	}
	return out
}

// meanOf is the exact mean of the villages that have a score.
func meanOf(villages []Village, dimension string) (mean exact.Number, n int) {
	var sum exact.Number
	for _, v := range villages {
		if score, ok := v.Scores[dimension]; ok {
			sum = sum.Add(score)
			n++
		}
	}
	if n == 0 {
		return exact.Number{}, 0
	}
	return sum.Quo(exact.Int(int64(n))), n
}

// naive is the mean of the villages' totals by the template's own weights.
func naive(t Township) exact.Number {
	var sum, all exact.Number
	for _, w := range t.Weights {
		all = all.Add(w)
	}
	complete := 0
	for _, v := range t.Villages {
		total, has := exact.Number{}, all.Sign() > 0
		for d, w := range t.Weights {
			score, ok := v.Scores[d]
			has = has && ok
			total = total.Add(w.Mul(score))
		}
		if has {
			sum, complete = sum.Add(total.Quo(all)), complete+1
		}
	}
	if complete == 0 {
		return exact.Number{}
	}
	return sum.Quo(exact.Int(int64(complete)))
}

// place gives competition ranks on a published figure to those who have one.
func place(lines []Line, figure func(*Line) (exact.Number, bool), give func(*Line, int)) {
	var with []*Line
	for i := range lines {
		if _, ok := figure(&lines[i]); ok {
			with = append(with, &lines[i])
		}
	}
	slices.SortStableFunc(with, func(a, b *Line) int {
		first, _ := figure(a)
		second, _ := figure(b)
		return cmp.Or(second.Cmp(first), ranking.Compare(a.Township, b.Township))
	})
	contestants := make([]ranking.Contestant, len(with))
	for i, l := range with {
		value, _ := figure(l)
		contestants[i] = ranking.Contestant{ID: l.Township, Exact: value, Published: value}
	}
	for i, p := range ranking.Rank(contestants, template.Ranking{}) {
		give(with[i], p.Rank)
	}
}
