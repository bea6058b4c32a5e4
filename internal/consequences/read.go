package consequences

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
)

// Outcome reads one outcome; another village's is as if it were not there.
func (s *Service) Outcome(ctx context.Context, id uuid.UUID) (*Outcome, error) {
	if err := s.gate.Anywhere(ctx, authz.OutcomeRead); err != nil {
		return nil, err
	}
	var found *Outcome
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		list, err := st.OutcomesByID(ctx, []uuid.UUID{id})
		switch {
		case fault.CodeOf(err) == fault.NotFound, err == nil && !s.gate.May(ctx, authz.OutcomeRead, list[0].Unit):
			return fault.New(fault.NotFound) // the same for both, field and all
		case err != nil:
			return err
		}
		found = list[0]
		return nil
	})
	return found, err
}
