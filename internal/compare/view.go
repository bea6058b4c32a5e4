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
	order  []string        // dimensions: the dictionary, then what the rule weighs beside it
	place  map[string]int  // of a dimension in the order
	weight []exact.Number  // of the dimensions in their order; 0: not compared
	seen   []bool          // looked at, in their order
	looked []looked        // compared and looked at, in that order
	sum    exact.Number    // of their weights
	whole  int64           // the sum of their whole weights; 0 where machine words do not do
	load   []exact.Running // weight of the dimensions in their order, whole numbers where whole is above 0

	heads map[string]*head // read already, by their text
	last  struct {
		text string
		head *head
	}
	spare []summed // of the digest that was read last
	names []string // of those that are compared and looked at
	one   *Pool    // of one result
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
	v := &View{rule: rule, order: slices.Clone(rule.Dictionary), place: map[string]int{}, heads: map[string]*head{}}
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
	v.load = make([]exact.Running, len(v.order))
	for i := range v.looked {
		d := &v.looked[i]
		v.names = append(v.names, d.dimension)
		if load := &v.load[v.place[d.dimension]]; v.whole > 0 {
			*load = exact.Fraction(d.whole, 1)
		} else {
			*load = exact.Start(d.weight)
		}
	}
	return v
}

// about is what a dimension weighs and whether it is looked at; one that the view
// does not know weighs nothing.
func (v *View) about(i int, dimension string) (compared exact.Number, looks bool) {
	if i < len(v.order) {
		return v.weight[i], v.seen[i]
	}
	return exact.Number{}, v.looks(dimension)
}

// times is a mean by the weight of its dimension.
func (v *View) times(mean *exact.Running, i int) exact.Running {
	if whole, ok := v.load[i].Whole(); ok {
		return mean.Times(whole)
	}
	return exact.Start(mean.Number().Mul(v.load[i].Number()))
}

// index is the weighed sum of means by the sum of their weights, rounded.
func (v *View) index(sum, weights *exact.Running) exact.Number {
	if whole, ok := weights.Whole(); ok {
		index := sum.Over(whole)
		return index.Round(v.rule.Decimals, exact.HalfUp)
	}
	return sum.Number().Quo(weights.Number()).Round(v.rule.Decimals, exact.HalfUp)
}

// shared names the compared dimensions that a pool has, of which there are so
// many; nearly always all.
func (v *View) shared(p *Pool, many int) []string {
	if many == len(v.names) {
		return v.names
	}
	out := make([]string, 0, many)
	for _, name := range v.names {
		if f := p.of(name); f.weight.Sign() > 0 && f.n > 0 {
			out = append(out, name)
		}
	}
	return out
}

// looks says whether a dimension is looked at.
func (v *View) looks(dimension string) bool {
	return v.rule.Look == nil || slices.Contains(v.rule.Look, dimension)
}

// Pool adds up the results of a township, or county, for its line.
type Pool struct {
	view     *View
	fields   []field       // in the view's order, then what a template has beside it, by key
	all      exact.Running // weight of dimensions and everything else
	totals   summed        // published
	naive    exact.Number  // exact mean of the totals
	hasNaive bool
	any      bool // there are results, in a dimension or beside
}

// field is what a pool has of one dimension.
type field struct {
	dimension string
	weight    exact.Running
	summed
}

// Pool opens one with a field for every dimension of the view.
func (v *View) Pool() *Pool {
	p := &Pool{view: v, fields: make([]field, len(v.order), len(v.order)+2)}
	for i, d := range v.order {
		p.fields[i].dimension = d
	}
	return p
}

// empty takes everything out again.
func (p *Pool) empty() {
	p.fields = p.fields[:len(p.view.order)]
	for i := range p.fields {
		p.fields[i] = field{dimension: p.fields[i].dimension}
	}
	*p = Pool{view: p.view, fields: p.fields}
}

// known says whether the view has a field of a dimension.
func (v *View) known(dimension string) bool {
	_, known := v.place[dimension]
	return known
}

// of gives the field of a dimension, opening one for what the view does not know.
func (p *Pool) of(dimension string) *field {
	first := len(p.view.order)
	if i, known := p.view.place[dimension]; known {
		return &p.fields[i]
	}
	i, known := slices.BinarySearchFunc(p.fields[first:], dimension, func(f field, d string) int { return cmp.Compare(f.dimension, d) })
	if !known {
		p.fields = slices.Insert(p.fields, first+i, field{dimension: dimension})
	}
	return &p.fields[first+i]
}

// pooled adds a township's villages up.
func (v *View) pooled(t *Township) *Pool {
	p := v.Pool()
	for d, w := range t.Weights {
		p.of(d).weight.Add(exact.Start(w))
		p.all.Add(exact.Start(w))
	}
	for _, village := range t.Villages {
		for d, score := range village.Scores {
			p.of(d).add(&summed{exact.Start(score), 1})
		}
	}
	p.naive, p.hasNaive = naive(t)
	return p
}

// Add adds a result.
func (p *Pool) Add(s *Sums) {
	p.all.Add(s.head.all)
	for k := range s.of {
		p.any = p.any || s.of[k].n > 0
		var f *field
		switch at := s.head.places[k]; at {
		case unplaced:
			continue
		case beside:
			d, _ := DimensionOf(s.head.sources[k])
			f = p.of(d)
		default:
			f = &p.fields[at]
		}
		f.weight.Add(s.head.shares[k])
		f.add(&s.of[k])
	}
	p.totals.add(&s.published)
}

// mean is that of the totals, rounded; false without any.
func (p *Pool) mean(decimals int) (exact.Number, bool) {
	if p.totals.n == 0 {
		return p.naive.Round(decimals, exact.HalfUp), p.hasNaive
	}
	mean := p.totals.sum.Over(int64(p.totals.n))
	return mean.Round(decimals, exact.HalfUp), true
}

// naive is the mean of the villages' totals by the template's own weights.
func naive(t *Township) (mean exact.Number, ok bool) {
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
