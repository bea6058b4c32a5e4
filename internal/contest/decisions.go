package contest

import (
	"slices"

	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// fileDecisions files what was decided about absent subjects and missing values
// (Q13); whether each was needed shows when they are valued.
func (b *board) fileDecisions() fault.List {
	var faults fault.List
	for i := range b.in.Decisions {
		d := &b.in.Decisions[i]
		r, ok := b.row(d.Subject)
		if !ok {
			faults = append(faults, unknownSubject(d.Subject, "decisions[%d].subject", i))
			continue
		}
		if !b.fileDecision(r, d) {
			faults = append(faults, fault.New(fault.InputDecision, "value", d.Subject).At("decisions[%d]", i))
		}
	}
	return faults
}

// fileDecision reports whether a decision can stand by itself.
func (b *board) fileDecision(r *row, d *Decision) bool {
	whole := d.Item == "" && d.Channel == "" && d.Part == ""
	reasoned := d.Reason != "" || b.in.Public
	known := d.Do == DecideZero || d.Do == DecideUnranked && whole
	if !reasoned || !known {
		return false
	}
	if whole {
		first := r.decision == ""
		r.decision = d.Do
		return first
	}
	if d.Part != "" {
		k := slices.IndexFunc(b.plan.Parts(), func(p template.Part) bool { return p.Key == d.Part && p.From != scoring.FromItems })
		return k >= 0 && d.Item == "" && d.Channel == "" && put(&r.zeroed.parts, k, true)
	}
	if at := b.plan.Position(d.Item); at >= 0 && d.Channel == "" && scoring.Measured(b.plan.Items()[at].Kind) {
		return put(&r.zeroed.items, at, true)
	}
	cell, err := b.plan.Find(d.Item, d.Channel)
	return err == nil && put(&r.zeroed.cells, cell, true)
}

// settle decides about one value: what the rule of a value that is missing is,
// and whether it stays an open gap. Decisions are counted as needed, and one
// that settles what was not missing as unsound (Q13).
func (r *row) settle(missing, zero, byTemplate bool) (rule string, open bool) {
	switch {
	case !missing:
		r.unsound = r.unsound || zero
		return "", false
	case zero || r.decision == DecideZero:
		rule = RuleZeroDecided
	case r.decision == "" && byTemplate:
		rule = RuleZeroTemplate
	default:
		r.state, open = ReasonUnmarked, r.decision == ""
	}
	r.needed = true
	return rule, open
}
