package postgres

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
)

var _ authz.Source = (*Tx)(nil)

// changedGrants reads the epochs and the grants in one statement, so that they
// belong together whatever commits meanwhile.
const changedGrants = `
SELECT e.epoch, e.units, g.id, g.user_id, g.tenant_id, g.unit_id, g.role, g.dimensions, g.valid_from, g.valid_until, g.revoked_at
FROM authz_epoch e LEFT JOIN grants_since($1) g ON true`

// GrantsSince implements authz.Source.
func (tx *Tx) GrantsSince(ctx context.Context, epoch int64) (authz.Changes, error) {
	var changes authz.Changes
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var (
			id, user, tenant, unit uuid.NullUUID
			role                   sql.NullString
			from, until, revoked   sql.NullTime
			g                      authz.Grant
		)
		err := s(&changes.Epoch, &changes.Units, &id, &user, &tenant, &unit, &role, pq.Array(&g.Dimensions), &from, &until, &revoked)
		if err != nil || !id.Valid {
			return struct{}{}, err
		}
		g.ID, g.User, g.Tenant, g.Unit, g.Role = id.UUID, user.UUID, tenant.UUID, unit.UUID, authz.Role(role.String)
		g.From, g.Until, g.Revoked = from.Time, until.Time, revoked.Valid
		changes.Grants = append(changes.Grants, g)
		return struct{}{}, nil
	}, changedGrants, epoch)
	return changes, err
}

const unitsBelow = `
WITH RECURSIVE below (id, parent_id) AS (
  SELECT id, parent_id FROM unit WHERE id = $1
  UNION
  SELECT u.id, u.parent_id FROM unit u JOIN below b ON u.parent_id = b.id)
SELECT id, parent_id FROM below`

// UnitsBelow implements authz.Source. Units that stand no longer are among
// them, because their results stay readable.
func (tx *Tx) UnitsBelow(ctx context.Context, root uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	parents := map[uuid.UUID]uuid.UUID{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var parent uuid.NullUUID
		err := s(&id, &parent)
		parents[id] = parent.UUID
		return struct{}{}, err
	}, unitsBelow, root)
	return parents, err
}
