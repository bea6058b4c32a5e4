package scoring

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// HeaviestItem is the name by which a tie-break chain asks for the item worth
// the most points.
const HeaviestItem = "heaviest-item"

// TieBreak gives the numbers by which a chain of channel, item and part keys and
// "heaviest-item" compares tied subjects, larger first (Q6). Any other key is
// looked up in facts, figures of the subject that only break ties (Q19); what is
// unknown, such as an item that a round's rubric lacks, compares equal.
func (p *Plan) TieBreak(chain []string, values []exact.Number, s Score, facts map[string]exact.Number) []exact.Number {
	if len(chain) == 0 {
		return nil
	}
	out := make([]exact.Number, len(chain))
	for k, key := range chain {
		out[k] = p.tie(key, values, s, facts)
	}
	return out
}

func (p *Plan) tie(key string, values []exact.Number, s Score, facts map[string]exact.Number) exact.Number {
	if key == HeaviestItem && len(s.Items) > 0 {
		return s.Items[p.heaviest()]
	}
	if i := p.Position(key); i >= 0 {
		return s.Items[i]
	}
	if c := slices.IndexFunc(p.channels, func(c template.Channel) bool { return c.Key == key }); c >= 0 {
		return p.ByChannel(values, s.Weights)[c]
	}
	if k := slices.IndexFunc(p.parts, func(part template.Part) bool { return part.Key == key }); k >= 0 && s.Parts != nil {
		return s.Parts[k]
	}
	return facts[key]
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
