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
	"slices"

	"leitai/internal/exact"
	"leitai/internal/ranking"
)

// Rule is what the county compares by.
type Rule struct {
	Dictionary  []string                // all dimensions, in the county's order
	Weights     map[string]exact.Number // of the dimensions that are compared, above 0; their sum does not matter
	MinCoverage exact.Number            // share of a template that the compared dimensions must cover, 0 to 1
	Decimals    int                     // of every published mean, rounded half-up

	// Look names the dimensions that are looked at; nil for all. An index is then
	// of those among them that are compared. Who is comparable is a matter of the
	// whole rule, whatever is looked at.
	Look []string

	// Brief leaves the means of single dimensions out, where nobody asks for them.
	Brief bool
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
	NoRule           Reason = "NO_RULE"           // the county has not said what it weighs
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
	Domains   []Domain     // of all its dimensions that are looked at, in the dictionary's order
	Shared    []string     // those it has of the compared dimensions that are looked at, in the dictionary's order
	Index     exact.Number // mean of the shared dimensions by the county's weights, rounded; 0 when none is shared
	Coverage  exact.Number // share of its template on the shared dimensions, exact
	Barriers  []Barrier    // empty: comparable
	Rank      int          // among the comparable, on the published index; 0 when not comparable
	Naive     exact.Number // mean of totals by its own weights, rounded; means nothing across templates
	HasNaive  bool         // somebody has a total
	NaiveRank int          // what a table of totals would have said; 0 without totals
}

// Comparable reports whether nothing keeps the township from being compared.
func (l Line) Comparable() bool { return len(l.Barriers) == 0 }

// Compare answers for every township, in natural order of their ids. Neither
// the order of townships nor that of villages matters.
func Compare(rule Rule, townships []Township) []Line {
	v := NewView(rule)
	lines := make([]Line, len(townships))
	for i := range townships {
		lines[i] = v.line(v.pooled(&townships[i]))
		lines[i].Township = townships[i].ID
	}
	return ordered(lines)
}

// Group is a township, or a county, with the totals of its results.
type Group struct {
	ID     string
	Totals []Total // their sources are dimensions already, as far as any are
}

// Lines compares by totals: what Compare gives for all contestants of a group's
// totals, each template having the same say in the weights. The naive mean is
// that of the published totals.
func (v *View) Lines(groups []Group) []Line {
	lines := make([]Line, len(groups))
	for i := range groups {
		p := v.Pool()
		for k := range groups[i].Totals {
			sums := v.Sums(&groups[i].Totals[k])
			p.Add(&sums)
		}
		lines[i] = v.line(p)
		lines[i].Township = groups[i].ID
	}
	return ordered(lines)
}

// ordered ranks lines and puts them into natural order.
func ordered(lines []Line) []Line {
	all := make([]*Line, len(lines))
	for i := range lines {
		all[i] = &lines[i]
	}
	Place(all)
	slices.SortFunc(lines, func(a, b Line) int { return ranking.Compare(a.Township, b.Township) })
	return lines
}

// Line is that of a pool, without ranks.
func (p *Pool) Line() Line { return p.view.line(p) }

// Line is that of one result, without ranks.
func (v *View) Line(s *Sums) Line {
	if v.one == nil {
		v.one = v.Pool()
	}
	v.one.empty()
	v.one.Add(s)
	return v.line(v.one)
}

// Place ranks lines among each other: the comparable on the published index, and
// everybody with totals as a table of totals would have.
func Place(lines []*Line) {
	place(lines, func(l *Line) (exact.Number, bool) { return l.Index, l.Comparable() && len(l.Shared) > 0 }, func(l *Line, rank int) { l.Rank = rank })
	place(lines, func(l *Line) (exact.Number, bool) { return l.Naive, l.HasNaive }, func(l *Line, rank int) { l.NaiveRank = rank })
}

func (v *View) line(p *Pool) Line {
	l := Line{}
	l.Naive, l.HasNaive = p.mean(v.rule.Decimals)
	var index, covered, weights exact.Running
	shared := 0
	results := p.any
	for i := range p.fields {
		f := &p.fields[i]
		compared, looks := v.about(i, f.dimension)
		if f.weight.Sign() <= 0 || f.n == 0 {
			if compared.Sign() > 0 {
				l.Barriers = append(l.Barriers, Barrier{DimensionMissing, f.dimension})
			}
			continue
		}
		results = true
		if compared.Sign() > 0 {
			covered.Add(f.weight)
		}
		if !looks {
			continue
		}
		mean := f.sum.Over(int64(f.n))
		if !v.rule.Brief {
			l.Domains = append(l.Domains, Domain{f.dimension, mean.Round(v.rule.Decimals, exact.HalfUp), f.n})
		}
		if compared.Sign() > 0 {
			index.Add(v.times(&mean, i))
			weights.Add(v.load[i])
			shared++
		}
	}
	if shared > 0 {
		l.Shared, l.Index = v.shared(p, shared), v.index(&index, &weights)
	}
	if p.all.Sign() > 0 {
		l.Coverage = covered.Per(&p.all)
	}
	switch {
	case !results:
		l.Barriers = []Barrier{{Reason: NoResults}}
	case len(v.rule.Weights) == 0:
		l.Barriers = []Barrier{{Reason: NoRule}}
	case l.Coverage.Cmp(v.rule.MinCoverage) < 0:
		l.Barriers = append(l.Barriers, Barrier{Reason: CoverageLow})
	}
	return l
}

// place gives competition ranks on a published figure to those who have one.
func place(lines []*Line, figure func(*Line) (exact.Number, bool), give func(*Line, int)) {
	with, figures := make([]*Line, 0, len(lines)), make([]exact.Number, 0, len(lines))
	for _, l := range lines {
		if value, ok := figure(l); ok {
			with, figures = append(with, l), append(figures, value)
		}
	}
	for i, rank := range ranking.Figures(figures) {
		give(with[i], rank)
	}
}
