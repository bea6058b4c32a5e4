package scoring

import "leitai/internal/exact"

// Score is one subject's result. The items less the deductions are Exact, and
// Exact plus Rounding is Published, without any remainder.
type Score struct {
	Items     []exact.Number // what each item contributes, in the plan's order
	Exact     exact.Number
	Rounding  exact.Number // Published − Exact: the one place where a score is rounded
	Published exact.Number // rounded to the scale's decimals by the scale's mode
}

// Score adds up one subject's cell values, given in the order of Cells, and
// takes deductions off the total (Q36's other reading). A total may fall below
// 0 that way.
func (p *Plan) Score(values []exact.Number, deductions ...exact.Number) Score {
	s := Score{Items: make([]exact.Number, len(p.items))}
	for i := range p.cells {
		c := &p.cells[i]
		s.Items[c.item] = s.Items[c.item].Add(c.Factor.Mul(values[i]))
	}
	s.Exact = exact.Sum(s.Items...).Sub(exact.Sum(deductions...))
	s.Published = s.Exact.Round(p.scale.Decimals, p.Rounding())
	s.Rounding = s.Published.Sub(s.Exact)
	return s
}

// ByChannel adds up what each channel contributes to the total, in the order of
// the template's channels; a channel that no item uses contributes 0.
func (p *Plan) ByChannel(values []exact.Number) []exact.Number {
	sums := make([]exact.Number, len(p.channels))
	for i := range p.cells {
		c := &p.cells[i]
		sums[c.channel] = sums[c.channel].Add(c.Factor.Mul(values[i]))
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

// HeaviestItem is the name by which a tie-break chain asks for the item worth
// the most points.
const HeaviestItem = "heaviest-item"

// TieBreak gives the numbers by which a chain of channel keys, item keys and
// "heaviest-item" compares tied subjects, larger first (Q6). Unknown keys,
// which a round's rubric may lack, compare equal.
func (p *Plan) TieBreak(chain []string, values []exact.Number) []exact.Number {
	if len(chain) == 0 {
		return nil
	}
	items, channels := p.Score(values).Items, p.ByChannel(values)
	out := make([]exact.Number, len(chain))
	for k, key := range chain {
		if key == HeaviestItem {
			out[k] = items[p.heaviest()]
			continue
		}
		for c := range p.channels {
			if p.channels[c].Key == key {
				out[k] = channels[c]
			}
		}
		for i := range p.items {
			if p.items[i].Key == key {
				out[k] = items[i]
			}
		}
	}
	return out
}

// heaviest is the position of the item worth the most; the first of equals.
func (p *Plan) heaviest() int {
	best := 0
	for i := range p.items {
		if p.items[i].Points.Cmp(p.items[best].Points) > 0 {
			best = i
		}
	}
	return best
}
