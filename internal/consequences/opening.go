package consequences

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Opening is the balance a unit brings along from another tenant.
type Opening struct {
	ID              uuid.UUID
	Unit            uuid.UUID
	FromUnit        uuid.UUID
	FromCompetition uuid.UUID
	FromName        string
	Since           calendar.Date // day of the move
	Points          exact.Number
	Deductions      exact.Number
}

// TakeOver copies the balances that a unit which moved here had come to in its
// former tenant into a competition of this one, as opening entries that cite the
// move (Q10). What was copied before is not copied again; the former accounts
// stay as they are.
func (s *Service) TakeOver(ctx context.Context, competition, unit uuid.UUID) ([]Opening, error) {
	if err := s.gate.Require(ctx, authz.OutcomeConfirm, unit); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var taken []Opening
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if trial, err := st.CompetitionTrial(ctx, competition); err != nil || trial {
			if trial {
				err = fault.New(fault.TrialNeverCounts).At("competition")
			}
			return err
		}
		if taken, err = st.MovedBalances(ctx, unit); err != nil {
			return err
		}
		if len(taken) == 0 {
			return fault.New(fault.NothingMoved).At("unit")
		}
		for i := range taken {
			taken[i].ID, taken[i].Unit = newID(), unit
		}
		added, err := st.InsertOpenings(ctx, competition, taken, who.Person, s.now())
		if err != nil {
			return err
		}
		return audit.Record(ctx, "account:open", "unit", unit, map[string]any{"competition": competition, "balances": len(taken), "added": added})
	})
	return taken, err
}
