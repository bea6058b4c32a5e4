package postgres

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
)

var _ authz.Source = (*Tx)(nil)

// GrantsSince implements authz.Source, in one statement so that grants and
// epochs belong together.
func (tx *Tx) GrantsSince(ctx context.Context, epoch int64) (authz.Changes, error) {
	var changes authz.Changes
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id, user, tenant, unit uuid.NullUUID
		var role sql.NullString
		var from, until, revoked sql.NullTime
		var dimensions []string
		err := s(&changes.Epoch, &changes.Units, &id, &user, &tenant, &unit, &role, pq.Array(&dimensions), &from, &until, &revoked)
		if err == nil && id.Valid {
			changes.Grants = append(changes.Grants, authz.Grant{
				ID: id.UUID, User: user.UUID, Tenant: tenant.UUID, Unit: unit.UUID, Role: authz.Role(role.String), Dimensions: dimensions,
				From: from.Time, Until: until.Time, Revoked: revoked.Valid,
			})
		}
		return struct{}{}, err
	}, `SELECT e.epoch, e.units, g.id, g.user_id, g.tenant_id, g.unit_id, g.role, g.dimensions, g.valid_from, g.valid_until, g.revoked_at
		FROM authz_epoch e LEFT JOIN grants_since($1) g ON true`, epoch)
	return changes, err
}

// UnitsBelow implements authz.Source. Units of the past count: a grant over
// them still reads their old results.
func (tx *Tx) UnitsBelow(ctx context.Context, root uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	parents := make(map[uuid.UUID]uuid.UUID)
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var unit uuid.UUID
		var parent uuid.NullUUID
		err := s(&unit, &parent)
		parents[unit] = parent.UUID
		return struct{}{}, err
	}, `WITH RECURSIVE below(id, parent_id) AS (
			SELECT id, NULL::uuid FROM unit WHERE id = $1
			UNION ALL SELECT u.id, u.parent_id FROM unit u JOIN below b ON u.parent_id = b.id)
		SELECT id, parent_id FROM below`, root)
	return parents, err
}

// nextEpoch is asked for by whoever changes a grant, before it writes the row:
// the lock of the one row makes the order of commits that of the epochs.
func (tx *Tx) nextEpoch(ctx context.Context) (int64, error) {
	return queryOne(ctx, tx, value[int64], `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch`)
}
