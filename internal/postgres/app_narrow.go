package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/fault"
)

// narrowToConsents leaves of what an app's request may read the tenants that
// consented to it: row-level security then holds the consent, whatever is asked.
// It is one more statement at the opening of a request of an app, and of no
// other.
func (tx *Tx) narrowToConsents(ctx context.Context) error {
	v := tx.scope.viewer
	reach, err := queryOne(ctx, tx, func(s scan) ([]uuid.UUID, error) {
		var ids []uuid.UUID
		err := s(pq.Array(&ids))
		return ids, err
	}, `SELECT app_narrow($1)`, v.Credential.ID)
	if err != nil {
		return err
	}
	if len(reach) == 0 {
		return fault.New(fault.Unauthenticated) // the consent is over, though its token is not
	}
	tx.scope.readable, tx.scope.drafts, tx.scope.ancestors = reach, nil, nil
	v.Readable, v.Drafts = reach, nil
	return nil
}
