package contest

import (
	"cmp"
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// measure values the items that take no marks. What is missing is a gap by name,
// never 0 unless people decide so (Q13); a formula that cannot be evaluated with
// a subject's metrics stops the computation and is named.
func (b *board) measure(r *row) fault.List {
	var faults fault.List
	for i := range b.plan.Items() {
		item := &b.plan.Items()[i]
		if !scoring.Measured(item.Kind) {
			continue
		}
		if !r.concerns(i) {
			r.unsound = r.unsound || r.zeroed.items[i]
			continue
		}
		value, missing, err := b.measured(r, i)
		if err != nil {
			faults = append(faults, err.At("rubric[%d].formula", i).About(r.subject.ID))
			continue
		}
		if !b.plan.Counts(i) {
			missing = nil // recorded only (Q29)
		}
		rule, _ := r.settle(len(missing) > 0, r.zeroed.items[i], false)
		switch {
		case rule != "":
			r.itemRules[i] = rule
		case len(missing) > 0 && r.decision == "":
			r.gaps = append(r.gaps, missing...)
		default:
			r.items[i] = value
		}
	}
	return faults
}

// measured gives a measured item's points, or the gaps that leave it without.
func (b *board) measured(r *row, at int) (value exact.Number, missing []Gap, err *fault.Fault) {
	item := &b.plan.Items()[at]
	gap := Gap{Subject: r.subject.ID, Item: item.Key, Kind: scoring.Missing, Need: 1}
	switch item.Kind {
	case template.KindExam:
		if e := r.exams[at]; e != nil && e.Sat > 0 {
			return e.Mean.Mul(item.Points).Quo(hundred), nil, nil
		}
	case template.KindBallot:
		if s := r.ballots[item.Rule.Ballot]; s != nil {
			return s.Score.Mul(item.Points).Quo(hundred), nil, nil
		}
		gap.Ballot = item.Rule.Ballot
	default:
		for _, key := range b.formulas[item.Key] {
			if _, known := r.metrics[key]; !known {
				gap.Metric = key
				missing = append(missing, gap)
			}
		}
		if len(missing) > 0 {
			return exact.Number{}, missing, nil
		}
		value, err = template.Evaluate(item.Rule.Formula, r.metrics)
		return clamp(value, item.Points), nil, err
	}
	return exact.Number{}, []Gap{gap}, nil
}

// clamp bounds a formula's value by what its item is worth.
func clamp(value, high exact.Number) exact.Number {
	switch {
	case value.Sign() < 0:
		return exact.Number{}
	case value.Cmp(high) > 0:
		return high
	}
	return value
}

// valueParts values the parts of the total that are not made of items.
func (b *board) valueParts(r *row) {
	for k, part := range b.plan.Parts() {
		if part.From == scoring.FromItems {
			continue
		}
		gap := Gap{Subject: r.subject.ID, Part: part.Key, Kind: scoring.Missing, Need: 1}
		value, known := r.entered[part.Key]
		if key, ok := ballotOf(part); ok {
			gap.Ballot = key
			if s := r.ballots[key]; s != nil {
				value, known = s.Score.Mul(b.plan.Scale().Points).Quo(hundred), true
			}
		}
		rule, open := r.settle(!known && part.Weight.Sign() > 0, r.zeroed.parts[k], false)
		r.parts[k], r.partRules[k] = value, rule
		if open {
			r.gaps = append(r.gaps, gap)
		}
	}
}

// ballotOf is the key of the ballot that gives a part, if one does.
func ballotOf(part template.Part) (string, bool) { return strings.CutPrefix(part.From, ballotsPrefix) }

// veto lists the veto items that strike a subject (G11). One that leaves it out
// of the ranking leaves nothing to be missing.
func (b *board) veto(r *row) {
	for i := range b.plan.Items() {
		item := &b.plan.Items()[i]
		if item.Kind != template.KindVeto || !r.concerns(i) {
			continue
		}
		first, last := b.plan.CellsOf(i)
		if !slices.ContainsFunc(r.values[first:last], func(n exact.Number) bool { return n.Sign() > 0 }) {
			continue
		}
		r.vetoes = append(r.vetoes, item.Key)
		if item.Rule.Effect != scoring.EffectZero {
			r.state, r.gaps = ReasonVetoed, nil
		}
	}
}

// rankItems gives the points of rank-points items: the subjects that are ranked
// and marked in the item are placed by what their marks come to, equals sharing
// a rank, and each rank has its points, beyond the list 0.
func (b *board) rankItems(of func(*row) *valued) {
	for _, at := range b.ranked {
		item := &b.plan.Items()[at]
		field := b.field(at, of)
		for i := range field {
			rank := i
			for rank > 0 && field[rank-1].raw.Equal(field[i].raw) {
				rank--
			}
			v := field[i].valued
			v.ranks[at], v.items[at] = rank+1, exact.Number{}
			if rank < len(item.Rule.Values) {
				v.items[at] = item.Rule.Values[rank]
			}
		}
	}
}

// entrant is one subject of an item's field with what its marks come to.
type entrant struct {
	valued *valued
	id     string
	raw    exact.Number
}

// field lists who is placed in an item, the best first.
func (b *board) field(at int, of func(*row) *valued) []entrant {
	var field []entrant
	for i := range b.rows {
		r := &b.rows[i]
		v := of(r)
		if r.state != "" || !v.concerns(at) {
			continue
		}
		if raw, marked := b.raw(at, v); marked {
			field = append(field, entrant{valued: v, id: r.subject.ID, raw: raw})
		}
	}
	slices.SortFunc(field, func(x, y entrant) int { return cmp.Or(y.raw.Cmp(x.raw), ranking.Compare(x.id, y.id)) })
	return field
}

// raw is what the marks of an item come to, in percent of the highest; false
// where the item was not marked but counted as 0.
func (b *board) raw(at int, v *valued) (raw exact.Number, marked bool) {
	first, last := b.plan.CellsOf(at)
	for c := first; c < last; c++ {
		marked = marked || v.rules[c] != RuleZeroDecided && v.rules[c] != RuleZeroTemplate && v.rules[c] != ""
		raw = raw.Add(b.plan.Share(c).Mul(v.values[c]).Quo(b.plan.High(c)))
	}
	return raw.Mul(hundred), marked
}
