package scoring

import (
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Reading is everything one subject's total is made of.
type Reading struct {
	Cells      []exact.Number // values, in the order of Cells
	Items      []exact.Number // points of the items whose value is not the sum of their cells: metric, exam, ballot and rank-points; nil when the rubric has none
	Applies    []Applies      // by item; nil when all apply
	Silent     []bool         // cells whose marks all say that they do not apply; nil for none
	Parts      []exact.Number // values of the template's parts on the scale of the total; those from items are worked out here; nil without parts
	Deductions []exact.Number // what issues take off the total (Q36's other reading)
	Void       bool           // a veto counts the whole total as 0
	Room       []exact.Number // where the score's Items are put, of their length; nil: where there is room
}

// Score is one subject's result. The items, the weighted parts and the veto,
// less the deductions, are Exact, and Exact plus Rounding is Published, without
// any remainder.
type Score struct {
	Items     []exact.Number // what each item contributes, in the plan's order
	Parts     []exact.Number // value of each part on the scale of the total; nil without parts
	Weighted  []exact.Number // what each part that is not made of items contributes; nil without parts
	Veto      exact.Number   // what a veto takes away: 0, or everything before it
	Exact     exact.Number
	Rounding  exact.Number // Published − Exact: the one place where a score is rounded
	Published exact.Number // rounded to the scale's decimals by the scale's mode
	Weights   *Weights     // what everything was worth
}

// Score adds up one subject's cell values where nothing but items and
// deductions counts. A total may fall below 0 that way.
func (p *Plan) Score(values []exact.Number, deductions ...exact.Number) Score {
	return p.Total(Reading{Cells: values, Deductions: deductions}, p.whole)
}

// Total adds up one subject's reading with its weights, as Weigh gives them for
// its Silent and Applies: the items on the scale, other parts by their weight,
// bonuses beside the scale, less deductions, all void under a veto; then it
// rounds, once.
func (p *Plan) Total(r Reading, w *Weights) Score {
	s := Score{Items: r.Room, Weights: w}
	if s.Items == nil {
		s.Items = make([]exact.Number, len(p.items))
	}
	for i := range p.items {
		s.Items[i] = p.contribution(r, w, i)
	}
	s.Exact = exact.Sum(s.Items...)
	if len(p.parts) > 0 {
		p.addParts(&s, r)
	}
	s.Exact = s.Exact.Sub(exact.Sum(r.Deductions...))
	if r.Void {
		s.Veto, s.Exact = s.Exact.Neg(), exact.Number{}
	}
	s.Published = s.Exact.Round(p.scale.Decimals, p.Rounding())
	s.Rounding = s.Published.Sub(s.Exact)
	return s
}

// contribution is what one item adds to the total.
func (p *Plan) contribution(r Reading, w *Weights, i int) exact.Number {
	item := &p.items[i]
	if r.Applies != nil && r.Applies[i] != Applied {
		if r.Applies[i] == AsFull {
			return item.Points.Mul(w.Items[i])
		}
		return exact.Number{}
	}
	if Measured(item.Kind) || item.Kind == template.KindRankPoints {
		if r.Items == nil {
			return exact.Number{}
		}
		return r.Items[i].Mul(w.Items[i])
	}
	var sum exact.Number
	for c := p.first[i]; c < p.first[i+1]; c++ {
		if w.Cells[c].Sign() != 0 {
			sum = sum.Add(w.Cells[c].Mul(r.Cells[c]))
		}
	}
	if item.Kind == template.KindBonus {
		return capped(item, sum)
	}
	return sum
}

// ItemPoints gives what an item came to on its own scale, from 0 to its points,
// whatever it is worth in the total; false when it does not concern the subject.
func (p *Plan) ItemPoints(r Reading, i int) (exact.Number, bool) {
	item := &p.items[i]
	switch {
	case r.Applies != nil && r.Applies[i] == SpreadOut:
		return exact.Number{}, false
	case r.Applies != nil && r.Applies[i] == AsFull:
		return item.Points, true
	case Measured(item.Kind) || item.Kind == template.KindRankPoints:
		return r.Items[i], true
	}
	var sum, weights exact.Number
	for c := p.first[i]; c < p.first[i+1]; c++ {
		weight := p.weightOf(&p.cells[c])
		if weight.Sign() == 0 || r.Silent != nil && r.Silent[c] || p.cells[c].high.Sign() == 0 {
			continue
		}
		sum, weights = sum.Add(weight.Mul(r.Cells[c]).Quo(p.cells[c].high)), weights.Add(weight)
	}
	if weights.Sign() == 0 {
		return exact.Number{}, false
	}
	return item.Points.Mul(sum).Quo(weights), true
}

// addParts values every part and adds those to the total that are not made of
// items; the items' weights hold their part's weight already.
func (p *Plan) addParts(s *Score, r Reading) {
	s.Parts, s.Weighted = make([]exact.Number, len(p.parts)), make([]exact.Number, len(p.parts))
	for k, part := range p.parts {
		if part.From != FromItems {
			s.Parts[k] = r.Parts[k]
			s.Weighted[k] = part.Weight.Mul(r.Parts[k]).Quo(exact.Int(100))
			continue
		}
		for i := range p.items {
			if !Beside(p.items[i].Kind) && p.carried.Sign() > 0 {
				s.Parts[k] = s.Parts[k].Add(s.Items[i].Quo(p.carried))
			}
		}
	}
	s.Exact = s.Exact.Add(exact.Sum(s.Weighted...))
}

// ByChannel adds up what each channel contributes to the total, in the order of
// the template's channels; a channel that no item uses contributes 0.
func (p *Plan) ByChannel(values []exact.Number, w *Weights) []exact.Number {
	sums := make([]exact.Number, len(p.channels))
	for i := range p.cells {
		sums[p.cells[i].channel] = sums[p.cells[i].channel].Add(w.Cells[i].Mul(values[i]))
	}
	return sums
}

// Rounding is the mode by which totals are rounded; half-up by default.
func (p *Plan) Rounding() exact.Mode {
	if p.scale.Rounding == "" {
		return exact.HalfUp
	}
	return p.scale.Rounding
}
