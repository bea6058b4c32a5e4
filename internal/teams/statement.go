package teams

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/posting"
)

// Statement is what is entered for a month of days in the village.
type Statement struct {
	Posting uuid.UUID
	Month   calendar.Period
	Days    int
	Excused int
	Reason  string // of a correction
}

// Stated is by whom a statement is made, and what it corrects.
type Stated struct {
	By         uuid.UUID
	Reason     string
	Supersedes *uuid.UUID
}

// StateDays states how many days somebody was in the village in a month that is
// over (D24, D25). The row belongs to the tenant that states it, most often the
// township, and cites the posting of the tenant above; that tenant reads it. A
// correction is a new statement with its reason. Nobody checks in (G7), and a
// short month is reported and never a penalty by itself (Q23).
func (s *Service) StateDays(ctx context.Context, in Statement) (*Month, error) {
	var stated *Month
	err := s.change(ctx, authz.StatementWrite, func(ctx context.Context, a act, st Store) error {
		p, err := serving(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if err := in.check(ctx, st, p, a.today); err != nil {
			return err
		}
		before, err := st.OwnStatement(ctx, p.ID, in.Month)
		if err != nil {
			return err
		}
		in.Reason = strings.TrimSpace(in.Reason)
		if before != nil && in.Reason == "" {
			return fault.New(fault.StatementReason).At("reason")
		}
		if before == nil {
			in.Reason = ""
		}
		m := Month{ID: newID(), Posting: p.ID, Month: in.Month, Days: in.Days, Excused: in.Excused, Corrected: before != nil, StatedAt: a.at}
		if err := st.InsertStatement(ctx, m, p, Stated{By: a.who.Person, Reason: in.Reason, Supersedes: before}); err != nil {
			return err
		}
		m.judge(p)
		stated = &m
		return note(ctx, string(authz.StatementWrite), p.ID, map[string]any{"month": in.Month.String(), "days": in.Days, "excused": in.Excused, "reason": in.Reason})
	})
	return stated, err
}

// serving reads a posting that serves or served, of the own tenant or of one
// above in a village of the own area.
func serving(ctx context.Context, st Store, id uuid.UUID) (*Posting, error) {
	p, err := st.PostingByID(ctx, id)
	if err != nil {
		return nil, fault.NotFoundAt(err, "posting")
	}
	if p.From.IsZero() {
		return nil, wrongState(p, posting.Posted)
	}
	return p, nil
}

func (in Statement) check(ctx context.Context, st Store, p *Posting, today calendar.Date) error {
	served := daysServed(p, in.Month)
	if in.Month.Cadence() != calendar.Month || served == 0 || !in.Month.Last().Before(today) {
		return fault.New(fault.StatementMonth, "value", in.Month.String()).At("month")
	}
	if in.Days < 0 || in.Excused < 0 || in.Days+in.Excused > served {
		return fault.New(fault.StatementDays, "days", strconv.Itoa(in.Days), "excused", strconv.Itoa(in.Excused), "most", strconv.Itoa(served)).At("days")
	}
	leaves, err := st.PostingLeaves(ctx, p.ID)
	if err != nil {
		return err
	}
	if approved := leaveDays(leaves, in.Month); in.Excused > approved {
		return fault.New(fault.StatementLeave, "excused", strconv.Itoa(in.Excused), "approved", strconv.Itoa(approved)).At("excused")
	}
	return nil
}

// daysServed is how many days of a month lie in the term.
func daysServed(p *Posting, month calendar.Period) int {
	return overlap(month, p.From, p.Last)
}

// overlap counts the days of a month from one day to another, both inclusive.
func overlap(month calendar.Period, first, last calendar.Date) int {
	if first.Before(month.First()) {
		first = month.First()
	}
	if last.After(month.Last()) {
		last = month.Last()
	}
	return max(0, last.Since(first)+1)
}

func leaveDays(leaves []Leave, month calendar.Period) int {
	n := 0
	for _, l := range leaves {
		n += overlap(month, l.First, l.Last)
	}
	return n
}

// judge tells how a month stands; one that the term covers in part is not
// measured by a whole month's days.
func (m *Month) judge(p *Posting) {
	m.Partial = daysServed(p, m.Month) < posting.Days(m.Month)
	if !m.Partial {
		m.State = posting.Month(statementRule(p), m.Days, m.Excused)
	}
}

// ApproveLeave records approved leave (请销假, D25), from which days may be
// excused.
func (s *Service) ApproveLeave(ctx context.Context, in Leave) (*Leave, error) {
	err := s.change(ctx, authz.StatementWrite, func(ctx context.Context, a act, st Store) error {
		p, err := serving(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if in.First.IsZero() || in.Last.Before(in.First) || in.First.Before(p.From) || in.Last.After(p.Last) {
			return fault.New(fault.LeaveDates).At("first")
		}
		leaves, err := st.PostingLeaves(ctx, p.ID)
		if err != nil {
			return err
		}
		for _, l := range leaves {
			if !in.First.After(l.Last) && !in.Last.Before(l.First) {
				return fault.New(fault.LeaveOverlap, "first", l.First.String(), "last", l.Last.String()).At("first")
			}
		}
		in.ID, in.ApprovedBy, in.ApprovedAt = newID(), a.who.Person, a.at
		if err := st.InsertLeave(ctx, in, p); err != nil {
			return err
		}
		return note(ctx, string(authz.StatementWrite), p.ID, map[string]any{"leave": in.First.String() + "/" + in.Last.String()})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}
