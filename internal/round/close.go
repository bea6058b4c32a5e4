package round

import (
	"context"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/viewer"
)

// Close ends the taking of marks. It refuses with everything that is missing,
// unconfirmed or rejected, and the subjects concerned; a missing mark is never
// taken for zero (Q13).
func (s *Service) Close(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RoundClose, in, func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
		if err := inState(r, Open); err != nil {
			return nil, err
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return nil, err
		}
		if all := d.unfinished(); all != nil {
			return nil, blocked(all)
		}
		at := s.now()
		r.State, r.ClosedAt = Closed, &at
		return nil, nil
	})
}

// unfinished lists everything that keeps a round from closing.
func (d *desk) unfinished() fault.List {
	var all fault.List
	var unreceived []string
	for _, e := range d.roster {
		if !e.Absent && d.needsLedger(e) && !d.received[e.Subject] {
			unreceived = append(unreceived, e.Name)
		}
	}
	if unreceived != nil {
		all = append(all, fault.New(fault.LedgerNotReceived).About(unreceived...))
	}
	for c := range d.plan.Cells() {
		all = append(all, d.cellBlockers(c)...)
	}
	all = append(all, d.marksIn(MarkEntered, fault.MarksUnconfirmed)...)
	return append(all, d.marksIn(MarkRejected, fault.MarksRejected)...)
}

// needsLedger reports whether some ledger of a subject still has to come in:
// one whose cell nobody decided about.
func (d *desk) needsLedger(e *Entry) bool {
	for c, cell := range d.plan.Cells() {
		if d.plan.Channel(c).Reception && cell.Counts() && concerns(d.plan.ItemOf(c), e) && d.decided(e, cell.Item, cell.Channel) == nil && !d.missingIsZero() {
			return true
		}
	}
	return false
}

// missingIsZero reports whether the template itself takes what is missing for
// zero (an alternative of Q13), so that nobody has to decide.
func (d *desk) missingIsZero() bool { return d.doc.Missing.Mark == DecideZero }

func (d *desk) cellBlockers(c int) fault.List {
	cell := d.plan.Cells()[c]
	var few, many []string
	for _, e := range d.roster {
		if e.Absent {
			continue
		}
		switch gap := d.gap(e, c); {
		case gap == "":
		case gap == scoring.TooMany:
			many = append(many, e.Name)
		case d.decided(e, cell.Item, cell.Channel) == nil && !d.missingIsZero():
			few = append(few, e.Name)
		}
	}
	var all fault.List
	if few != nil {
		all = append(all, fault.New(fault.MarksMissing, "item", cell.Item, "channel", cell.Channel, "want", itoa(d.plan.Need(c))).About(few...))
	}
	if many != nil {
		all = append(all, fault.New(fault.MarksOneTooMany, "item", cell.Item, "channel", cell.Channel).About(many...))
	}
	return all
}

// marksIn counts the marks of a state, with the subjects they stand for; marks
// of an absent subject do not count.
func (d *desk) marksIn(state MarkState, code fault.Code) fault.List {
	count := 0
	names := map[string]bool{}
	for _, m := range d.marks {
		if e := d.entryOf(m.Subject); m.State == state && !e.Absent {
			count++
			names[e.Name] = true
		}
	}
	if count == 0 {
		return nil
	}
	subjects := make([]string, 0, len(names))
	for name := range names {
		subjects = append(subjects, name)
	}
	return fault.List{fault.New(code, "count", itoa(count)).About(subjects...)}
}
