package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Blockers lists everything that keeps a round from a step to a state, without
// taking it; nothing when the step would succeed. A state that cannot follow
// the present one is WRONG_STATE. It is for those who work on the round: how
// far marks have come is not published.
func (s *Service) Blockers(ctx context.Context, round uuid.UUID, to State) (fault.List, error) {
	if err := s.mayKnowBlockers(ctx); err != nil {
		return nil, err
	}
	var all fault.List
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RoundByID(ctx, round)
		if err != nil {
			return err
		}
		all, err = s.between(ctx, st, r, to)
		tell(ctx, st, r, all)
		return err
	})
	return all, err
}

// mayKnowBlockers refuses whoever does not work on rounds, or on some dimensions
// of them only.
func (s *Service) mayKnowBlockers(ctx context.Context) error {
	if !s.gate.May(ctx, authz.RubricWrite, uuid.Nil) {
		if err := s.gate.Require(ctx, authz.MarkDraftRead, uuid.Nil); err != nil {
			return err
		}
	}
	if err := s.unlimited(ctx, authz.MarkDraftRead); err != nil && s.gate.May(ctx, authz.MarkDraftRead, uuid.Nil) {
		return err
	}
	return nil
}

func (s *Service) between(ctx context.Context, st Store, r *Round, to State) (fault.List, error) {
	from, known := map[State][]State{
		Notified: {Planned, Notified, Open}, Open: {Planned, Notified}, Closed: {Open}, Computed: {Closed, Computed, Provisional},
		Provisional: {Computed}, Published: {Computed, Provisional}, Cancelled: {Planned, Notified, Open, Closed, Computed, Provisional},
	}[to]
	if !known {
		return nil, fault.New(fault.Invalid, "value", string(to), "want", "notified, open, closed, computed, provisional, published, cancelled").At("to")
	}
	if err := inState(r, from...); err != nil {
		return fault.All(err), nil
	}
	switch to {
	case Notified, Open:
		return opening(ctx, st, r, to)
	case Closed:
		d, err := sit(ctx, st, r)
		if err != nil {
			return nil, err
		}
		return d.unfinished(), nil
	case Provisional:
		who, err := viewer.From(ctx)
		if err != nil {
			return nil, err
		}
		today, err := s.today(who)
		if err != nil {
			return nil, err
		}
		return unannounceable(ctx, st, r, today)
	case Published:
		who, err := viewer.From(ctx)
		if err != nil {
			return nil, err
		}
		_, all, err := s.unpublishable(ctx, st, r, who)
		return all, err
	}
	return nil, nil
}

func opening(ctx context.Context, st Store, r *Round, to State) (fault.List, error) {
	p, err := prepare(ctx, st, r)
	if err != nil {
		return nil, err
	}
	if to == Notified {
		return p.unready(), nil
	}
	field, err := contestants(ctx, st, p.doc, r.Held)
	if err != nil {
		return nil, err
	}
	return p.closedDoors(field), nil
}
