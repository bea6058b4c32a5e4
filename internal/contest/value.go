package contest

import (
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
)

// value gives every subject its cells' values and its score, or the reason why
// it has none (Q13). It refuses decisions where nothing was missing.
func (b *board) value() error {
	var faults fault.List
	for i := range b.rows {
		r := &b.rows[i]
		sound := len(r.zeroed) == 0
		if r.subject.Absent {
			b.valueAbsent(r)
		} else {
			sound = b.valueCells(r)
		}
		if !sound {
			faults = append(faults, fault.New(fault.InputDecision, "value", r.subject.ID).At("decisions"))
		}
		if r.state == "" {
			r.score = b.score(r, r.values)
		}
	}
	return faults.Err()
}

// Values of missing.absent and missing.mark that count what is missing as 0.
const missingZero = "zero"

// valueAbsent leaves an absent subject out, or counts it as 0 where a decision
// or the template says so.
func (b *board) valueAbsent(r *row) {
	cells := len(b.plan.Cells())
	var rule string
	switch {
	case r.decision == DecideZero:
		rule = RuleZeroDecided
	case r.decision == "" && b.in.Template.Missing.Absent == missingZero:
		rule = RuleZeroTemplate
	default:
		r.state = ReasonAbsent
		return
	}
	r.values, r.rules = make([]exact.Number, cells), make([]string, cells)
	for c := range r.rules {
		r.rules[c] = rule
	}
}

// valueCells values the cells of a subject that took part; false when a
// decision settles what was not missing.
func (b *board) valueCells(r *row) bool {
	cells := b.plan.Cells()
	r.values, r.rules = make([]exact.Number, len(cells)), make([]string, len(cells))
	needed := false
	for c := range cells {
		value, gap := b.cell(r, c)
		if gap != "" && !cells[c].Counts() {
			gap = "" // recorded only: nothing is missing
		} else {
			r.values[c], r.rules[c] = value, b.plan.Channel(c).Judges.Combine
		}
		decided := r.zeroed[c] || r.decision == DecideZero
		switch {
		case gap == "" && r.zeroed[c]:
			return false
		case gap == "":
			continue
		case decided:
			r.values[c], r.rules[c] = exact.Number{}, RuleZeroDecided
		case r.decision == "" && b.in.Template.Missing.Mark == missingZero:
			r.values[c], r.rules[c] = exact.Number{}, RuleZeroTemplate
		default:
			r.state = ReasonUnmarked
			if r.decision == "" {
				r.gaps = setGap(r.gaps, c, gap)
			}
		}
		needed = true
	}
	return r.decision == "" || needed
}

func setGap(gaps map[int]scoring.Gap, cell int, gap scoring.Gap) map[int]scoring.Gap {
	if gaps == nil {
		gaps = map[int]scoring.Gap{}
	}
	gaps[cell] = gap
	return gaps
}

// cell is the value of one cell from marks, or from means in the public form.
func (b *board) cell(r *row, c int) (exact.Number, scoring.Gap) {
	if b.in.Public {
		if r.counts == nil || r.counts[c] == 0 {
			return exact.Number{}, scoring.Missing
		}
		return r.means[c], ""
	}
	return scoring.Value(b.plan.Channel(c).Judges, numbers(r.of(c)))
}

// combine values a cell from some of its marks, whatever the minimum of judges.
func (b *board) combine(c int, marks []filed) exact.Number {
	return scoring.Combine(b.plan.Channel(c).Judges, numbers(marks))
}

// score adds cell values up, less the row's deductions where the template takes
// them off the total (Q36), and rounds.
func (b *board) score(r *row, values []exact.Number) scoring.Score {
	taken := make([]exact.Number, len(r.deduct))
	for i, d := range r.deduct {
		taken[i] = d.Points
	}
	return b.plan.Score(values, taken...)
}

func (b *board) gaps() []Gap {
	var out []Gap
	for i := range b.rows {
		r := &b.rows[i]
		for c, cell := range b.plan.Cells() {
			if kind, ok := r.gaps[c]; ok {
				out = append(out, Gap{
					Subject: r.subject.ID, Item: cell.Item, Channel: cell.Channel, Kind: kind,
					Have: r.judges(c), Need: b.plan.Need(c),
				})
			}
		}
	}
	return out
}
