package postgres

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
)

// LinkedOn implements round.Store.
func (tx *Tx) LinkedOn(ctx context.Context, person, unit uuid.UUID, date calendar.Date) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM post o WHERE o.tenant_id = $1 AND o.person_id = $2 AND o.unit_id = $3
		AND o.valid_from <= $4 AND (o.valid_to IS NULL OR o.valid_to > $4))`, tx.Tenant(), person, unit, timeOf(date))
}
