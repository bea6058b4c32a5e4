package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/viewer"
)

// WipeTrial removes a trial competition (试评) with everything in it: rounds,
// marks, publications. Only the record that it was wiped stays. A real
// competition is NOT_A_TRIAL.
func (s *Service) WipeTrial(ctx context.Context, competition uuid.UUID) error {
	if err := s.gate.Require(ctx, authz.TrialWipe, uuid.Nil); err != nil {
		return err
	}
	if _, err := viewer.Actor(ctx); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := st.WipeTrial(ctx, competition); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.TrialWipe), "competition", competition, nil)
	})
}
