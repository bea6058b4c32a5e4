package postgres

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/rights"
)

var _ rights.Store = (*Tx)(nil)

// OwnRoleList implements rights.Store.
func (tx *Tx) OwnRoleList(ctx context.Context) ([]*rights.Role, error) {
	return queryAll(ctx, tx, func(s scan) (*rights.Role, error) {
		var r rights.Role
		var key string
		var permissions []string
		err := s(&r.ID, &key, &r.Zh, &r.En, pq.Array(&permissions), &r.DefinedAt, &r.ChangedAt, &r.RetiredAt, &r.Revision)
		r.Key, r.Permissions = authz.Role(key), permissionsOf(permissions)
		return &r, err
	}, `SELECT id, key, name_zh, name_en, permissions, defined_at, changed_at, retired_at, revision FROM tenant_role WHERE tenant_id = $1 ORDER BY key`, tx.Tenant())
}

func permissionNames(list []authz.Permission) []string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = string(p)
	}
	return names
}

// InsertOwnRole implements rights.Store.
func (tx *Tx) InsertOwnRole(ctx context.Context, r *rights.Role, by uuid.UUID, epoch int64) error {
	_, err := tx.exec(ctx, `INSERT INTO tenant_role (id, tenant_id, region, key, name_zh, name_en, permissions, drafts, defined_by, defined_at, changed_at, revision, epoch)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, r.ID, tx.Tenant(), tx.region(), string(r.Key), r.Zh, r.En,
		array(permissionNames(r.Permissions)), authz.ReadsUnpublished(r.Permissions), by, r.DefinedAt, r.ChangedAt, r.Revision, epoch)
	return err
}

// UpdateOwnRole implements rights.Store.
func (tx *Tx) UpdateOwnRole(ctx context.Context, r *rights.Role, epoch int64) error {
	n, err := tx.exec(ctx, `UPDATE tenant_role SET name_zh = $4, name_en = $5, permissions = $6, drafts = $7, changed_at = $8, retired_at = $9, revision = $3, epoch = $10
		WHERE tenant_id = $1 AND id = $2 AND revision = $3 - 1`, tx.Tenant(), r.ID, r.Revision, r.Zh, r.En,
		array(permissionNames(r.Permissions)), authz.ReadsUnpublished(r.Permissions), r.ChangedAt, r.RetiredAt, epoch)
	if err == nil && n == 0 {
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(r.Revision))
	}
	return err
}

const grantsGiven = `SELECT g.id, g.user_id, coalesce(l.login, ''), coalesce(l.status = 'disabled', true), g.unit_id, g.role, g.dimensions, g.valid_from, g.valid_until
FROM role_grant g LEFT JOIN tenant_logins() l ON l.user_id = g.user_id WHERE g.tenant_id = $1 AND g.revoked_at IS NULL`

// GrantsGiven implements rights.Store.
func (tx *Tx) GrantsGiven(ctx context.Context) ([]*rights.Given, error) {
	return queryAll(ctx, tx, func(s scan) (*rights.Given, error) {
		var g rights.Given
		var role string
		var until sql.NullTime
		err := s(&g.ID, &g.User, &g.Login, &g.Disabled, &g.Unit, &role, pq.Array(&g.Dimensions), &g.From, &until)
		g.Role, g.Until = authz.Role(role), until.Time
		return &g, err
	}, grantsGiven, tx.Tenant())
}
