package contest

import (
	"cmp"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

func (b *board) checkRoster() fault.List {
	var faults fault.List
	for i := range b.rows {
		id := b.rows[i].subject.ID
		if id == "" || i > 0 && b.rows[i-1].subject.ID == id {
			faults = append(faults, fault.New(fault.InputSubjectTwice, "value", id).At("roster"))
		}
	}
	return faults
}

// positions gives the position of every subject's row.
func (b *board) positions() map[string]int {
	index := make(map[string]int, len(b.rows))
	for i := range b.rows {
		index[b.rows[i].subject.ID] = i
	}
	return index
}

// row finds a subject's row.
func (b *board) row(subject string) (*row, bool) {
	i, ok := b.index()[subject]
	if !ok {
		return nil, false
	}
	return &b.rows[i], true
}

func unknownSubject(subject, format string, i int) *fault.Fault {
	return fault.New(fault.InputSubjectUnknown, "value", subject).At(format, i)
}

// DeductNext is the value of issues.into by which deductions touch the next
// round's total instead of the account (Q36).
const DeductNext = "next-total"

func (b *board) fileDeductions() fault.List {
	var faults fault.List
	seen := map[string]bool{}
	allowed := b.in.Template.Issues != nil && b.in.Template.Issues.Into == DeductNext
	for i, d := range b.in.Deductions {
		r, ok := b.row(d.Subject)
		if !ok {
			faults = append(faults, unknownSubject(d.Subject, "deductions[%d].subject", i))
			continue
		}
		if !allowed || d.Points.Sign() < 0 || d.Issue == "" || seen[d.Issue] {
			faults = append(faults, fault.New(fault.InputDeduction, "value", d.Issue).At("deductions[%d]", i))
		}
		seen[d.Issue] = true
		r.deduct = append(r.deduct, d)
		slices.SortFunc(r.deduct, func(x, y Deduction) int { return cmp.Compare(x.Issue, y.Issue) })
	}
	return faults
}

// fileHistory orders the earlier rounds; each period stands there once and is
// before this round's.
func (b *board) fileHistory() fault.List {
	type dated struct {
		period calendar.Period
		held   Held
	}
	var faults fault.List
	rounds := make([]dated, 0, len(b.in.History))
	for i, h := range b.in.History {
		p, err := calendar.ParsePeriod(h.Period)
		if err != nil || p.Compare(b.period) >= 0 {
			faults = append(faults, fault.New(fault.InputHistory, "value", h.Period, "round", b.in.Round.Period).At("history[%d].period", i))
			continue
		}
		rounds = append(rounds, dated{p, h})
	}
	slices.SortStableFunc(rounds, func(x, y dated) int { return x.period.Compare(y.period) })
	for i, d := range rounds {
		if i > 0 && rounds[i-1].period == d.period {
			faults = append(faults, fault.New(fault.InputHistory, "value", d.held.Period, "round", b.in.Round.Period).At("history"))
		}
		b.history, b.periods = append(b.history, d.held), append(b.periods, d.period)
	}
	return faults
}
