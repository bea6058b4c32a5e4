package compare

import (
	"slices"

	"leitai/internal/exact"
)

// View is a rule made ready for many townships.
type View struct {
	rule   Rule
	order  []string // dimensions: the dictionary, then what the rule weighs beside it
	place  map[string]bool
	looked []looked     // compared and looked at, in that order
	sum    exact.Number // of their weights
	whole  int64        // the sum of their whole weights; 0 where machine words do not do
}

// looked is a dimension that is compared and looked at.
type looked struct {
	dimension string
	source    string
	weight    exact.Number
	whole     int64 // in proportion to the weight
}

// NewView makes a rule ready.
func NewView(rule Rule) *View {
	v := &View{rule: rule, order: slices.Clone(rule.Dictionary), place: map[string]bool{}}
	for _, d := range v.order {
		v.place[d] = true
	}
	v.order = v.beside(v.order, rule.Weights)
	for _, d := range v.order {
		v.place[d] = true
	}
	var weights []*exact.Number
	for _, d := range v.order {
		if w := rule.Weights[d]; w.Sign() > 0 && v.looks(d) {
			v.looked = append(v.looked, looked{dimension: d, source: Dimension(d), weight: w})
			v.sum = v.sum.Add(w)
		}
	}
	for i := range v.looked {
		weights = append(weights, &v.looked[i].weight)
	}
	if scaled := NewScores(weights); scaled.wide == nil {
		for i, n := range scaled.nums {
			if v.looked[i].whole = n; n > most/wellBelow-v.whole {
				v.whole = 0
				break
			}
			v.whole += n
		}
	}
	return v
}

// looks says whether a dimension is looked at.
func (v *View) looks(dimension string) bool {
	return v.rule.Look == nil || slices.Contains(v.rule.Look, dimension)
}

// beside adds what a map has beside a list, sorted.
func (v *View) beside(list []string, more map[string]exact.Number) []string {
	var extra []string
	for d := range more {
		if !v.place[d] {
			extra = append(extra, d)
		}
	}
	slices.Sort(extra)
	return append(list, extra...)
}

// known lists the dictionary's dimensions, then what a template has beside it,
// which counts against its coverage.
func (v *View) known(p pool) []string {
	return v.beside(v.order[:len(v.order):len(v.order)], p.weights)
}

// pool is what a line is worked out of.
type pool struct {
	id       string
	weights  map[string]exact.Number // of dimensions
	all      exact.Number            // of dimensions and everything else
	sums     map[string]summed
	naive    exact.Number // exact mean of the totals
	hasNaive bool
	any      bool // there are results, in a dimension or beside
}

type summed struct {
	sum exact.Number
	n   int
}

// pooled adds a township's villages up.
func pooled(t Township) pool {
	p := pool{id: t.ID, weights: t.Weights, sums: make(map[string]summed, len(t.Weights))}
	for _, w := range t.Weights {
		p.all = p.all.Add(w)
	}
	for _, village := range t.Villages {
		for d, score := range village.Scores {
			s := p.sums[d]
			p.sums[d] = summed{s.sum.Add(score), s.n + 1}
		}
	}
	p.naive, p.hasNaive = naive(t)
	return p
}

// poolOf adds totals up.
func poolOf(g Group) pool {
	p := pool{id: g.ID, weights: map[string]exact.Number{}, sums: map[string]summed{}}
	var totals summed
	for _, t := range g.Totals {
		shares := t.shares()
		for i, c := range t.Columns {
			sum, n := c.Scores.Sum()
			p.any = p.any || n > 0
			p.all = p.all.Add(shares[i])
			d, ok := DimensionOf(c.Source)
			if !ok {
				continue
			}
			s := p.sums[d]
			p.weights[d], p.sums[d] = p.weights[d].Add(shares[i]), summed{s.sum.Add(sum), s.n + n}
		}
		sum, n := t.Published.Sum()
		totals = summed{totals.sum.Add(sum), totals.n + n}
	}
	if p.hasNaive = totals.n > 0; p.hasNaive {
		p.naive = totals.sum.Quo(exact.Int(int64(totals.n)))
	}
	return p
}

// naive is the mean of the villages' totals by the template's own weights.
func naive(t Township) (mean exact.Number, ok bool) {
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
		return exact.Number{}, false
	}
	return sum.Quo(exact.Int(int64(complete))), true
}
