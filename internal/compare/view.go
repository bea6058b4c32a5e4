package compare

import (
	"cmp"
	"maps"
	"slices"

	"leitai/internal/exact"
)

// View is a rule made ready for many townships.
type View struct {
	rule   Rule
	order  []string       // dimensions: the dictionary, then what the rule weighs beside it
	place  map[string]int // of a dimension in the order
	weight []exact.Number // of the dimensions in their order; 0: not compared
	seen   []bool         // looked at, in their order
	looked []looked       // compared and looked at, in that order
	sum    exact.Number   // of their weights
	whole  int64          // the sum of their whole weights; 0 where machine words do not do
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
	v := &View{rule: rule, order: slices.Clone(rule.Dictionary), place: map[string]int{}}
	for _, d := range slices.Sorted(maps.Keys(rule.Weights)) {
		if !slices.Contains(rule.Dictionary, d) {
			v.order = append(v.order, d)
		}
	}
	var weights []*exact.Number
	for i, d := range v.order {
		v.place[d] = i
		v.weight, v.seen = append(v.weight, rule.Weights[d]), append(v.seen, v.looks(d))
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

// pool is what a line is worked out of.
type pool struct {
	id       string
	fields   []field      // in the view's order, then what a template has beside it, by key
	all      exact.Number // weight of dimensions and everything else
	naive    exact.Number // exact mean of the totals
	hasNaive bool
	any      bool // there are results, in a dimension or beside
}

// field is what a pool has of one dimension.
type field struct {
	dimension string
	weight    exact.Number
	summed
}

type summed struct {
	sum exact.Number
	n   int
}

// pool opens one with a field for every dimension of the view.
func (v *View) pool(id string) pool {
	p := pool{id: id, fields: make([]field, len(v.order), len(v.order)+2)}
	for i, d := range v.order {
		p.fields[i].dimension = d
	}
	return p
}

// of gives the field of a dimension, opening one for what the view does not know.
func (v *View) of(p *pool, dimension string) *field {
	if i, known := v.place[dimension]; known {
		return &p.fields[i]
	}
	rest := p.fields[len(v.order):]
	i, known := slices.BinarySearchFunc(rest, dimension, func(f field, d string) int { return cmp.Compare(f.dimension, d) })
	if !known {
		p.fields = slices.Insert(p.fields, len(v.order)+i, field{dimension: dimension})
	}
	return &p.fields[len(v.order)+i]
}

// pooled adds a township's villages up.
func (v *View) pooled(t Township) pool {
	p := v.pool(t.ID)
	for d, w := range t.Weights {
		v.of(&p, d).weight = w
		p.all = p.all.Add(w)
	}
	for _, village := range t.Villages {
		for d, score := range village.Scores {
			f := v.of(&p, d)
			f.sum, f.n = f.sum.Add(score), f.n+1
		}
	}
	p.naive, p.hasNaive = naive(t)
	return p
}

// poolOf adds totals up.
func (v *View) poolOf(g *Group) pool {
	p := v.pool(g.ID)
	var totals summed
	for i := range g.Totals {
		t := &g.Totals[i]
		whole := t.weight()
		for k := range t.Columns {
			c := &t.Columns[k]
			sum, n := c.Scores.Sum()
			p.any = p.any || n > 0
			share := exact.Number{}
			if whole.Sign() > 0 {
				share = c.Weight.Quo(whole)
			}
			p.all = p.all.Add(share)
			if d, ok := DimensionOf(c.Source); ok {
				f := v.of(&p, d)
				f.weight, f.sum, f.n = f.weight.Add(share), f.sum.Add(sum), f.n+n
			}
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
