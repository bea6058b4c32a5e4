package postgres

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
)

var _ authz.Source = (*Tx)(nil)

// mostChanged is how many changed tenants are told by name; beyond it, any may
// have changed.
const mostChanged = 1000

// rightsChanged reads the epochs and the tenants in one statement, so that they
// belong together whatever commits meanwhile.
const rightsChanged = `SELECT e.epoch, e.units, c.tenant_id FROM authz_epoch e LEFT JOIN rights_changed($1, $2) c ON true`

// ChangedSince implements authz.Source.
func (tx *Tx) ChangedSince(ctx context.Context, epoch int64) (authz.News, error) {
	var news authz.News
	tenants, err := queryAll(ctx, tx, func(s scan) (uuid.NullUUID, error) {
		var tenant uuid.NullUUID
		return tenant, s(&news.Epoch, &news.Units, &tenant)
	}, rightsChanged, epoch, mostChanged+1)
	for _, tenant := range tenants {
		if tenant.Valid {
			news.Tenants = append(news.Tenants, tenant.UUID)
		}
	}
	news.Many = len(news.Tenants) > mostChanged
	return news, err
}

// OwnRoles implements authz.Source.
func (tx *Tx) OwnRoles(ctx context.Context) ([]authz.OwnRole, error) {
	return queryAll(ctx, tx, func(s scan) (authz.OwnRole, error) {
		var r authz.OwnRole
		var role string
		var permissions []string
		err := s(&role, &r.Zh, &r.En, pq.Array(&permissions), &r.Epoch)
		r.Role, r.Permissions = authz.Role(role), permissionsOf(permissions)
		return r, err
	}, `SELECT key, name_zh, name_en, permissions, epoch FROM own_roles() ORDER BY key`)
}

func permissionsOf(names []string) []authz.Permission {
	list := make([]authz.Permission, len(names))
	for i, name := range names {
		list[i] = authz.Permission(name)
	}
	return list
}

const grantsChanged = `SELECT user_id, unit_id, role, dimensions, valid_from, valid_until FROM rights_of($1)`

// GrantsSince implements authz.Source. A user without a grant that stands comes
// as a row without a unit.
func (tx *Tx) GrantsSince(ctx context.Context, epoch int64) (authz.Changes, error) {
	var changes authz.Changes
	seen := map[uuid.UUID]bool{}
	names := map[string]authz.Role{} // each role's name is kept once
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var (
			user        uuid.UUID
			unit        uuid.NullUUID
			role        sql.NullString
			dimensions  []string
			from, until sql.NullTime
		)
		if err := s(&user, &unit, &role, pq.Array(&dimensions), &from, &until); err != nil {
			return struct{}{}, err
		}
		if epoch > 0 && !seen[user] {
			seen[user] = true
			changes.Users = append(changes.Users, user)
		}
		if unit.Valid {
			name, known := names[role.String]
			if !known {
				name = authz.Role(role.String)
				names[role.String] = name
			}
			changes.Grants = append(changes.Grants, authz.Grant{User: user, Unit: unit.UUID, Role: name, Dimensions: dimensions, From: from.Time, Until: until.Time})
		}
		return struct{}{}, nil
	}, grantsChanged, epoch)
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
func (tx *Tx) UnitsBelow(ctx context.Context, root uuid.UUID) (authz.Units, error) {
	var below authz.Units
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var parent uuid.NullUUID
		err := s(&id, &parent)
		below.IDs, below.Parents = append(below.IDs, id), append(below.Parents, parent.UUID)
		return struct{}{}, err
	}, unitsBelow, root)
	return below, err
}

// OpenDrafts implements authz.Source: the function looks for the role itself and
// changes the setting; what is filtered above row-level security follows it.
func (tx *Tx) OpenDrafts(ctx context.Context) error {
	v := tx.scope.viewer
	drafts, err := queryAll(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM own_role_drafts($1)`, v.User)
	if err != nil || len(drafts) == 0 {
		return err
	}
	tx.scope.drafts, v.Drafts = drafts, drafts
	return nil
}
