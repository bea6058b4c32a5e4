package hosting

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// A limit refuses what is new and never what a round under way needs: marks,
// their confirmation, evidence of an open round and the publication do not ask
// here at all.

// AdmitCompetition refuses a new competition (PLAN_LIMIT) of a tenant with more
// villages than its plan has.
func (s *Service) AdmitCompetition(ctx context.Context) error {
	return s.read(ctx, func(ctx context.Context, st Store) error {
		standing, err := st.Standing(ctx, monthOf(s.now()))
		if err != nil {
			return err
		}
		if villages := standing.villages(); villages.exceeded(0) {
			return villages.told(fault.PlanLimit, standing.plan())
		}
		return nil
	})
}

// AdmitFile refuses a file of so many bytes (PLAN_LIMIT) for which there is no
// room, unless a round is under way: until that one is published, files are
// taken in. One that no piece of evidence names is swept some days later.
func (s *Service) AdmitFile(ctx context.Context, bytes int64) error {
	return s.read(ctx, func(ctx context.Context, st Store) error {
		standing, err := st.Standing(ctx, monthOf(s.now()))
		if err != nil || standing.Running {
			return err
		}
		return standing.room(bytes)
	})
}

// AdmitPiece refuses a piece with a file that belongs to no round under way
// (nil: to no round at all), when there is no room left.
func (s *Service) AdmitPiece(ctx context.Context, round *uuid.UUID) error {
	return s.read(ctx, func(ctx context.Context, st Store) error {
		if round != nil {
			running, err := st.RoundUnderWay(ctx, *round)
			if err != nil || running {
				return err
			}
		}
		standing, err := st.Standing(ctx, monthOf(s.now()))
		if err != nil {
			return err
		}
		return standing.room(0)
	})
}

func (s *Standing) room(bytes int64) error {
	if storage := s.storage(); storage.exceeded(bytes) {
		return storage.told(fault.PlanLimit, s.plan()).At("file")
	}
	return nil
}
