package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

// Objections lists the objections to a round by number: all of them for those
// who decide or run rounds, for a village its own.
func (s *Service) Objections(ctx context.Context, round uuid.UUID) ([]*Objection, error) {
	if err := s.gate.Anywhere(ctx, authz.ObjectionRead); err != nil {
		return nil, err
	}
	var all []*Objection
	seen := func(string) bool { return true }
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RoundByID(ctx, round)
		if err != nil {
			return err
		}
		if all, err = st.ObjectionsOf(ctx, r.ID); err != nil {
			return err
		}
		if seen, _, err = s.itemsSeen(ctx, st, r, authz.ObjectionRead); err != nil || r.State == Published {
			return err
		}
		all, err = s.objectionsThen(ctx, st, r, all)
		return err
	})
	if err != nil {
		return nil, err
	}
	sight := s.gate.Sight(ctx, authz.ObjectionRead)
	return slices.DeleteFunc(all, func(o *Objection) bool {
		return !s.gate.May(ctx, authz.ObjectionRead, o.Unit) || !seen(o.Item) && !sight.Sees(o.Unit, "")
	}), nil
}

// objectionsThen leaves of the objections to an unpublished round those of places
// to which the viewer belonged on its day.
func (s *Service) objectionsThen(ctx context.Context, st Store, r *Round, all []*Objection) ([]*Objection, error) {
	var left []*Objection
	for _, o := range all {
		was, err := s.there(ctx, st, authz.ObjectionRead, o.Unit, r.Held)
		if err != nil {
			return nil, err
		}
		if was {
			left = append(left, o)
		}
	}
	return left, nil
}
