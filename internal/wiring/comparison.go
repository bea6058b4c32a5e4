package wiring

import (
	"context"

	"leitai/internal/comparison"
	"leitai/internal/round"
	"leitai/internal/viewer"
)

// total keeps what a publication leaves for the county's comparison.
func (a *App) total(ctx context.Context, of round.Settlement) error {
	who, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	kept := comparison.Published{Publication: of.Publication, Round: of.Round, Competition: of.Competition, Revision: of.Revision,
		Audience: string(of.Audience), Input: of.Input, Result: of.Result}
	if kept.On, err = who.DateOf(of.At); err != nil {
		return err
	}
	if of.OpenedAt != nil {
		if kept.Opened, err = who.DateOf(*of.OpenedAt); err != nil {
			return err
		}
	}
	return a.Comparison.Keep(ctx, kept)
}
