package issues

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
)

// A department's grant is limited to dimensions of the dictionary: an issue of
// an item of another dimension, or of no item, is as if it were not there.

// seen gives those of the issues that are within the viewer's sight.
func (s *Service) seen(ctx context.Context, st Store, p authz.Permission, ids []uuid.UUID) ([]uuid.UUID, error) {
	sight := s.gate.Sight(ctx, p)
	if sight.All || len(ids) == 0 {
		return ids, nil
	}
	known, err := st.IssuesSeen(ctx, sight, ids)
	return slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool { return !slices.Contains(known, id) }), err
}

// reachable refuses an issue of another village, or out of the viewer's sight,
// as if it were not there.
func (s *Service) reachable(ctx context.Context, st Store, p authz.Permission, i *Issue) error {
	if !s.gate.May(ctx, p, i.Unit) {
		return fault.New(fault.NotFound)
	}
	left, err := s.seen(ctx, st, p, []uuid.UUID{i.ID})
	if err == nil && len(left) == 0 {
		err = fault.New(fault.NotFound)
	}
	return err
}

// unlimited refuses to a limited grant what is done about every issue at once.
func (s *Service) unlimited(ctx context.Context, p authz.Permission) error {
	if s.gate.Sight(ctx, p).All {
		return nil
	}
	return fault.New(fault.Forbidden, "permission", string(p))
}
