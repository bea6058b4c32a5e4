package round

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// drafting makes the marks that somebody wants to enter, with what was wrong in
// making them.
type drafting func(ctx context.Context, st Store, d *desk, who *viewer.Viewer) (*batch, error)

// moment is now, as finely as moments are stored.
func (s *Service) moment() time.Time { return s.now().Truncate(time.Microsecond) }

// enter checks and inserts marks that draft makes, and gives them as they are
// stored.
func (s *Service) enter(ctx context.Context, find func(context.Context, Store) (uuid.UUID, error), draft drafting) (out []*Mark, err error) {
	err = s.keep(ctx, find, draft, func(ctx context.Context, st Store, b *batch) error {
		out, err = b.stored(ctx, st)
		return err
	})
	return out, err
}

// keep checks and inserts marks that draft makes.
func (s *Service) keep(ctx context.Context, find func(context.Context, Store) (uuid.UUID, error), draft drafting, then func(context.Context, Store, *batch) error) error {
	return s.changeAt(ctx, authz.MarkWrite, find, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if r.OpenedAt == nil || r.State == Cancelled {
			return opened(r)
		}
		d, err := sitToMark(ctx, st, r)
		if err != nil {
			return err
		}
		b, err := draft(ctx, st, d, who)
		if err != nil {
			return err
		}
		for _, m := range b.marks {
			if m.Value.Sign() == 0 {
				d.appraise(m)
			}
		}
		if err := b.known(ctx, st); err != nil {
			return err
		}
		if len(b.fresh) > 0 {
			if err := s.hold(ctx, st, d, who, b); err != nil {
				return err
			}
		}
		if err := b.err(); err != nil {
			return err
		}
		if len(b.fresh) > 0 {
			if err := insert(ctx, st, r, b); err != nil {
				return err
			}
		}
		return then(ctx, st, b)
	})
}

// hold holds the new marks of a batch against an open round.
func (s *Service) hold(ctx context.Context, st Store, d *desk, who *viewer.Viewer, b *batch) error {
	if err := opened(d.round); err != nil {
		return err
	}
	standing, err := st.StandingMarks(ctx, d.round.ID, b.subjects())
	if err != nil {
		return err
	}
	for _, m := range standing {
		at := filing{m.Subject, m.Item, m.Channel}
		d.filed[at] = append(d.filed[at], m)
	}
	seen, _ := s.sighted(ctx, authz.MarkWrite, d.items)
	(&checker{desk: d, who: who, office: s.officeWorks(ctx), seen: seen}).checkAll(b)
	for _, m := range b.marks {
		if _, seat := seatOf(d.panels, m.Judge); seat != nil {
			m.JudgeAlias = seat.Pseudonym
		}
	}
	return nil
}

// insert writes the new marks of a batch; an id that somebody took meanwhile, or
// that another tenant uses, is refused like any other reused id.
func insert(ctx context.Context, st Store, r *Round, b *batch) error {
	rows := slices.DeleteFunc(slices.Clone(b.marks), func(m *Mark) bool { return !b.fresh[m.ID] })
	n, err := st.InsertMarks(ctx, rows)
	if err != nil {
		return err
	}
	if n < len(rows) {
		return fault.New(fault.MarkIDReused).At("marks")
	}
	if err := marked(ctx, r, len(rows)); err != nil {
		return err
	}
	return audit.Record(ctx, string(authz.MarkWrite), "round", r.ID, entered(r, rows))
}
