package postgres

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	contestround "leitai/internal/round"
)

// SupervisedIn implements round.Store.
func (tx *Tx) SupervisedIn(ctx context.Context, r *contestround.Round) (map[uuid.UUID]exact.Number, error) {
	period, err := calendar.ParsePeriod(r.Period)
	if err != nil {
		return nil, err
	}
	costs := map[uuid.UUID]exact.Number{}
	_, err = queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var unit uuid.UUID
		var points string
		if err := s(&unit, &points); err != nil {
			return struct{}{}, err
		}
		cost, err := numberOf(points)
		costs[unit] = cost
		return struct{}{}, err
	}, `SELECT unit_id, sum(points)::text FROM supervision
		WHERE tenant_id = $1 AND competition_id = $2 AND happened_on BETWEEN $3 AND $4 AND withdrawn_at IS NULL GROUP BY unit_id`,
		r.Tenant, r.Competition, timeOf(period.First()), timeOf(period.Last()))
	return costs, err
}
