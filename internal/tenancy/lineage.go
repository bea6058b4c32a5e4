package tenancy

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
)

// Succession says that one unit carries another's history on from a day.
type Succession struct {
	Unit      uuid.UUID
	Successor uuid.UUID
	Kind      ChangeKind // merge | split | move
	Since     calendar.Date
}

// Successions lists what units came out of a unit and which it came out of, by
// date. The tree is public.
func (s *Service) Successions(ctx context.Context, unit uuid.UUID) ([]Succession, error) {
	var all []Succession
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.Successions(ctx, unit)
		return err
	})
	return all, err
}
