package sample

import (
	"context"

	"github.com/google/uuid"
)

// Rehearse plays a month up to its publication in a trial competition of its
// own, and gives the competition.
func (w *World) Rehearse(ctx context.Context, period string) (uuid.UUID, error) {
	trial := *w
	trial.problems, trial.Rounds = nil, map[string]uuid.UUID{}
	err := w.As(ctx, Clerk, func(ctx context.Context) error {
		c, err := w.app.Programme.CreateCompetition(ctx, w.competition("试评", true))
		if err != nil {
			return err
		}
		trial.Competition = c.ID
		plan, err := w.app.Programme.PlanRounds(ctx, c.ID, period, period)
		if err != nil {
			return err
		}
		trial.Rounds[period] = plan.Entries[0].Round
		return nil
	})
	if err != nil {
		return uuid.Nil, err
	}
	p := &play{World: &trial, period: period, items: w.Months.Items[period]}
	for _, stage := range []func(context.Context) error{p.find, p.prepare, p.hold, p.publish} {
		if err := stage(ctx); err != nil {
			return trial.Competition, err
		}
	}
	w.Rounds["trial"] = trial.Rounds[period]
	return trial.Competition, nil
}
