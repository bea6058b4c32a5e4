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
		if err := s.admit(ctx, st, d, who, b); err != nil {
			return err
		}
		return then(ctx, st, b)
	})
}

// admit inserts the new marks of a batch, or refuses the batch.
//
// Nearly every batch is new and right, so it is tried as that first, without
// reading its ids back. When anything speaks against it, which a mark that was
// sent before does, too, the batch is begun anew with what is stored.
func (s *Service) admit(ctx context.Context, st Store, d *desk, who *viewer.Viewer, b *batch) error {
	if d.round.State == Open && b.asNew() {
		if err := s.hold(ctx, st, d, who, b); err != nil {
			return err
		}
		if !b.refused() {
			if taken, err := insert(ctx, st, d.round, b); err != nil || !taken {
				return err
			}
		}
	}
	if err := b.known(ctx, st); err != nil {
		return err
	}
	if len(b.fresh) == 0 {
		return b.err()
	}
	if err := s.hold(ctx, st, d, who, b); err != nil {
		return err
	}
	if err := b.err(); err != nil {
		return err
	}
	taken, err := insert(ctx, st, d.round, b)
	if taken {
		return fault.New(fault.MarkIDReused).At("marks")
	}
	return err
}

// hold holds the new marks of a batch against an open round.
func (s *Service) hold(ctx context.Context, st Store, d *desk, who *viewer.Viewer, b *batch) error {
	if err := opened(d.round); err != nil {
		return err
	}
	if err := b.beside(ctx, st, d); err != nil {
		return err
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

// insert writes the new marks of a batch, unless one of their ids is taken: by
// another mark, by somebody meanwhile, or in another tenant.
func insert(ctx context.Context, st Store, r *Round, b *batch) (taken bool, err error) {
	rows := b.marks
	if len(b.fresh) < len(rows) {
		rows = slices.DeleteFunc(slices.Clone(rows), func(m *Mark) bool { return !b.fresh[m.ID] })
	}
	if taken, err = st.InsertMarks(ctx, rows); err != nil || taken {
		return taken, err
	}
	if err := marked(ctx, r, len(rows)); err != nil {
		return false, err
	}
	return false, audit.Record(ctx, string(authz.MarkWrite), "round", r.ID, entered(r, rows))
}
