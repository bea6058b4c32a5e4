package postgres

import (
	"context"

	"github.com/google/uuid"
)

// PersonsBy gives the ids behind pseudonyms of the viewer's tenant; unknown
// ones are left out.
func (tx *Tx) PersonsBy(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error) {
	byName := make(map[string]uuid.UUID, len(pseudonyms))
	if len(pseudonyms) == 0 {
		return byName, nil
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var pseudonym string
		err := s(&id, &pseudonym)
		byName[pseudonym] = id
		return struct{}{}, err
	}, `SELECT id, pseudonym FROM person WHERE tenant_id = $1 AND pseudonym = ANY ($2)`, tx.Tenant(), array(pseudonyms))
	return byName, err
}
