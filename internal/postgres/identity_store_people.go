package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
)

// UnitToGive implements identity.Store.
func (tx *Tx) UnitToGive(ctx context.Context, code string) (identity.UnitToGive, error) {
	unit, err := queryOne(ctx, tx, func(s scan) (u identity.UnitToGive, err error) {
		err = s(&u.ID, &u.Level)
		return u, err
	}, `SELECT id, level FROM unit WHERE code = $1 AND valid_to IS NULL
		UNION ALL SELECT u.id, u.level FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE $1 = '' AND t.id = $2`, code, tx.Tenant()) // no code: the tenant's own unit, for one without a code
	return unit, faultOf(err)
}

// LevelOf implements identity.Store.
func (tx *Tx) LevelOf(ctx context.Context, unit uuid.UUID) (string, error) {
	level, err := queryOne(ctx, tx, value[string], `SELECT level FROM unit WHERE id = $1`, unit)
	return level, faultOf(err)
}

// UnitsInside implements identity.Store.
func (tx *Tx) UnitsInside(ctx context.Context, units []uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT coalesce(bool_and(unit_within(u, t.unit_id)), true)
		FROM tenant t, unnest($2::uuid[]) u WHERE t.id = $1`, tx.Tenant(), array(orEmpty(units)))
}

// OfferBySecret implements identity.Directory.
func (tx *Tx) OfferBySecret(ctx context.Context, hash [32]byte) (*identity.Offer, error) {
	return missing(queryOne(ctx, tx, func(s scan) (*identity.Offer, error) {
		var o identity.Offer
		var role string
		err := s(&o.Tenant, &o.Kind, &o.TenantName, &role, &o.UnitName, pq.Array(&o.Dimensions), &o.From, &o.Until, &o.InvitedBy, &o.Invited, &o.ExpiresAt, &o.Demo)
		o.Role = authz.Role(role)
		return &o, err
	}, `SELECT tenant_id, tenant_kind, tenant_name, role, unit_name, dimensions, valid_from, valid_until, invited_by, invited, expires_at, demo
		FROM invitation_look($1)`, hash[:]))
}

// InsertInvitation implements identity.Store.
func (tx *Tx) InsertInvitation(ctx context.Context, i *identity.Invitation, hash [32]byte) error {
	_, err := tx.exec(ctx, `INSERT INTO invitation (id, tenant_id, region, role, unit_id, dimensions, valid_from, valid_until, person_id, person_name,
			invited_by, secret_hash, created_at, expires_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,nullif($10,''),$11,$12,$13,$14)`,
		i.ID, tx.Tenant(), tx.region(), string(i.Role), i.Unit, array(orEmpty(i.Dimensions)), i.From, i.Until, idOrNil(i.Person), i.Name,
		i.InvitedBy, hash[:], i.CreatedAt, i.ExpiresAt)
	return err
}

const selectInvitation = `SELECT i.id, i.role, i.unit_id, i.dimensions, i.valid_from, i.valid_until, i.person_id, coalesce(i.person_name, ''), i.invited_by,
	i.created_at, i.expires_at, i.accepted_at, i.accepted_by, i.revoked_at FROM invitation i `

func readInvitation(s scan) (*identity.Invitation, error) {
	var i identity.Invitation
	var role string
	var person, by uuid.NullUUID
	err := s(&i.ID, &role, &i.Unit, pq.Array(&i.Dimensions), &i.From, &i.Until, &person, &i.Name, &i.InvitedBy,
		&i.CreatedAt, &i.ExpiresAt, &i.AcceptedAt, &by, &i.RevokedAt)
	i.Role, i.Person, i.AcceptedBy = authz.Role(role), person.UUID, by.UUID
	return &i, err
}

// InvitationByID implements identity.Store.
func (tx *Tx) InvitationByID(ctx context.Context, id uuid.UUID) (*identity.Invitation, error) {
	i, err := queryOne(ctx, tx, readInvitation, selectInvitation+`WHERE i.tenant_id = $1 AND i.id = $2`, tx.Tenant(), id)
	return i, faultOf(err)
}

// InvitationPage implements identity.Store: ids are in the order of time.
func (tx *Tx) InvitationPage(ctx context.Context, w paging.Window) ([]*identity.Invitation, error) {
	q := conditions{}
	q.where("i.tenant_id = $?", tx.Tenant())
	for _, bound := range []struct {
		values []paging.Value
		sign   string
	}{{w.After, "<"}, {w.Before, ">"}} {
		if bound.values == nil {
			continue
		}
		id, err := uuid.Parse(bound.values[0].Text)
		if err != nil {
			return nil, fault.New(fault.InvalidCursor)
		}
		q.where("i.id "+bound.sign+" $?", id)
	}
	order := " ORDER BY i.id DESC"
	if w.Backward {
		order = " ORDER BY i.id"
	}
	q.args = append(q.args, w.Fetch())
	return queryAll(ctx, tx, readInvitation, selectInvitation+q.text()+order+" LIMIT "+placeholder(len(q.args)), q.args...)
}

// EndInvitation implements identity.Store.
func (tx *Tx) EndInvitation(ctx context.Context, i *identity.Invitation) error {
	n, err := tx.exec(ctx, `UPDATE invitation SET accepted_at = $3, accepted_by = $4, revoked_at = $5, person_id = $6, person_name = NULL
		WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL`,
		tx.Tenant(), i.ID, i.AcceptedAt, idOrNil(i.AcceptedBy), i.RevokedAt, idOrNil(i.Person))
	if err == nil && n == 0 {
		err = fault.New(fault.InvitationInvalid)
	}
	return err
}

// ForgetInvitedNames implements identity.Store.
func (tx *Tx) ForgetInvitedNames(ctx context.Context, moment time.Time) error {
	_, err := tx.exec(ctx, `UPDATE invitation SET person_name = NULL WHERE tenant_id = $1 AND expires_at <= $2 AND person_name IS NOT NULL
		AND accepted_at IS NULL AND revoked_at IS NULL`, tx.Tenant(), moment)
	return err
}

// InsertInvitedPerson implements identity.Store.
func (tx *Tx) InsertInvitedPerson(ctx context.Context, person uuid.UUID, pseudonym, name string, user uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES ($1,$2,$3,$4,$5,$6)`,
		person, tx.Tenant(), tx.region(), pseudonym, user, at)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO person_name (id, tenant_id, region, person_id, name) VALUES ($1,$2,$3,$4,$5)`,
		mixin.NewID(), tx.Tenant(), tx.region(), person, name)
	return err
}

// InsertGivenRole implements identity.Store.
func (tx *Tx) InsertGivenRole(ctx context.Context, g *identity.GivenRole, epoch int64) error {
	_, err := tx.exec(ctx, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, dimensions, granted_by, valid_from, valid_until, epoch)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		g.ID, tx.Tenant(), tx.region(), g.User, g.Unit, string(g.Role), array(orEmpty(g.Dimensions)), g.By, g.From, g.Until, epoch)
	return err
}

const selectUser = `SELECT u.user_id, u.login, u.kind = 'service', u.status = 'active', u.home, u.created_at, p.id
FROM tenant_users() u LEFT JOIN person p ON p.tenant_id = $1 AND p.user_id = u.user_id `

func readUser(s scan) (*identity.User, error) {
	var u identity.User
	var person uuid.NullUUID
	err := s(&u.ID, &u.Login, &u.Service, &u.Active, &u.Home, &u.CreatedAt, &person)
	u.Person = person.UUID
	return &u, err
}

// UserByID implements identity.Store.
func (tx *Tx) UserByID(ctx context.Context, id uuid.UUID) (*identity.User, error) {
	u, err := queryOne(ctx, tx, readUser, selectUser+`WHERE u.user_id = $2`, tx.Tenant(), id)
	return u, faultOf(err)
}

// UserPage implements identity.Store.
func (tx *Tx) UserPage(ctx context.Context, f identity.UserSearch, w paging.Window) ([]*identity.User, error) {
	q := conditions{args: []any{tx.Tenant()}}
	switch {
	case f.Text == "":
	case f.Names:
		q.where(`(starts_with(u.login, lower($?)) OR EXISTS (SELECT FROM person_name n WHERE n.tenant_id = $1 AND n.person_id = p.id AND position($? IN n.name) > 0))`, f.Text, f.Text)
	default:
		q.where(`starts_with(u.login, lower($?))`, f.Text)
	}
	if w.After != nil {
		q.where(`u.login COLLATE "C" > $?`, w.After[0].Text)
	}
	if w.Before != nil {
		q.where(`u.login COLLATE "C" < $?`, w.Before[0].Text)
	}
	order := ` ORDER BY u.login COLLATE "C"`
	if w.Backward {
		order += " DESC"
	}
	q.args = append(q.args, w.Fetch())
	return queryAll(ctx, tx, readUser, selectUser+q.text()+order+" LIMIT "+placeholder(len(q.args)), q.args...)
}

// SetUserActive implements identity.Store.
func (tx *Tx) SetUserActive(ctx context.Context, user uuid.UUID, active bool) (bool, error) {
	status := map[bool]string{true: "active", false: "disabled"}[active]
	return queryOne(ctx, tx, value[bool], `SELECT user_status($1, $2)`, user, status)
}

// Indispensable implements identity.Store.
func (tx *Tx) Indispensable(ctx context.Context, user uuid.UUID, roles []authz.Role) (bool, error) {
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = string(role)
	}
	return queryOne(ctx, tx, value[bool], `SELECT user_indispensable($1, $2)`, user, array(names))
}

// InsertServiceAccount implements identity.Store.
func (tx *Tx) InsertServiceAccount(ctx context.Context, a *identity.ServiceAccount) error {
	if _, err := tx.exec(ctx, `SELECT user_create_service($1, $2)`, a.ID, a.Login); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO service_account (id, tenant_id, region, name, department, purpose, review_on, created_by, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		a.ID, tx.Tenant(), tx.region(), a.Name, a.Department, a.Purpose, timeOf(a.ReviewOn), a.CreatedBy, a.CreatedAt)
	if pq.As(err, uniqueViolation) != nil {
		return fault.New(fault.AlreadyExists, "value", a.Name).At("name")
	}
	return err
}

const selectService = `SELECT s.id, u.login, s.name, s.department, s.purpose, s.review_on, s.created_by, s.created_at, s.disabled_at
FROM service_account s JOIN tenant_users() u ON u.user_id = s.id WHERE s.tenant_id = $1 `

func readService(s scan) (*identity.ServiceAccount, error) {
	var a identity.ServiceAccount
	var on time.Time
	err := s(&a.ID, &a.Login, &a.Name, &a.Department, &a.Purpose, &on, &a.CreatedBy, &a.CreatedAt, &a.DisabledAt)
	a.ReviewOn = dateOf(on)
	return &a, err
}

// ServiceAccountByID implements identity.Store.
func (tx *Tx) ServiceAccountByID(ctx context.Context, id uuid.UUID) (*identity.ServiceAccount, error) {
	a, err := queryOne(ctx, tx, readService, selectService+`AND s.id = $2`, tx.Tenant(), id)
	return a, faultOf(err)
}

// ServiceAccounts implements identity.Store.
func (tx *Tx) ServiceAccounts(ctx context.Context) ([]*identity.ServiceAccount, error) {
	return queryAll(ctx, tx, readService, selectService+`ORDER BY s.name, s.id`, tx.Tenant())
}

// ReviewServiceAccount implements identity.Store.
func (tx *Tx) ReviewServiceAccount(ctx context.Context, id uuid.UUID, on calendar.Date) error {
	_, err := tx.exec(ctx, `UPDATE service_account SET review_on = $3 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, timeOf(on))
	return err
}

// EndServiceAccount implements identity.Store.
func (tx *Tx) EndServiceAccount(ctx context.Context, id uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE service_account SET disabled_at = $3 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, at)
	return err
}

// RevokeRolesOf implements identity.Store.
func (tx *Tx) RevokeRolesOf(ctx context.Context, user uuid.UUID, at time.Time, epoch int64) (int64, error) {
	return tx.exec(ctx, `UPDATE role_grant SET revoked_at = $3, epoch = $4 WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL`,
		tx.Tenant(), user, at, epoch)
}
