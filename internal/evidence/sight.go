package evidence

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
)

// A department's grant is limited to dimensions of the dictionary: pieces of
// items of other dimensions, or of no item, are as if they were not there, and
// so are their files.

// seen leaves out the pieces that are not within the viewer's sight.
func (s *Service) seen(ctx context.Context, st Store, p authz.Permission, all []*Item) ([]*Item, error) {
	sight := s.gate.Sight(ctx, p)
	if sight.All || len(all) == 0 {
		return all, nil
	}
	ids := make([]uuid.UUID, len(all))
	for n, i := range all {
		ids[n] = i.ID
	}
	known, err := st.EvidenceSeen(ctx, sight, ids)
	return slices.DeleteFunc(all, func(i *Item) bool { return !slices.Contains(known, i.ID) }), err
}

// reachable refuses a piece of another village, or out of the viewer's sight.
func (s *Service) reachable(ctx context.Context, st Store, p authz.Permission, i *Item) error {
	if !s.gate.May(ctx, p, i.Unit) {
		return fault.New(fault.NotFound)
	}
	left, err := s.seen(ctx, st, p, []*Item{i})
	if err == nil && len(left) == 0 {
		err = fault.New(fault.NotFound)
	}
	return err
}

// mayRead says whether the viewer may read a file by one of its pieces.
func (s *Service) mayRead(ctx context.Context, st Store, f *File, units []uuid.UUID) (bool, error) {
	if sight := s.gate.Sight(ctx, authz.EvidenceRead); !sight.All {
		var err error
		if units, err = st.FileSeen(ctx, sight, f.ID); err != nil {
			return false, err
		}
	}
	return slices.ContainsFunc(units, func(unit uuid.UUID) bool { return s.gate.May(ctx, authz.EvidenceRead, unit) }), nil
}

// dimensionsOf narrows the dimension that was asked for (empty: all) to the
// viewer's; nil means that nothing is narrowed.
func (s *Service) dimensionsOf(ctx context.Context, asked string) []string {
	sight := s.gate.Sight(ctx, authz.HighlightRead)
	switch {
	case sight.All && asked == "":
		return nil
	case asked == "":
		return append([]string{}, sight.Dimensions...)
	case sight.Sees(uuid.Nil, asked):
		return []string{asked}
	}
	return []string{}
}

// each is dimensionsOf for reading one dimension after the other.
func (s *Service) each(ctx context.Context, asked string) []string {
	if wanted := s.dimensionsOf(ctx, asked); wanted != nil {
		return wanted
	}
	return []string{""}
}
