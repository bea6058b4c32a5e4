package postgres

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/gen"
	"leitai/ent/gen/adoption"
	"leitai/ent/gen/calendarday"
	"leitai/ent/gen/organisation"
	"leitai/ent/gen/tenant"
	"leitai/ent/mixin"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/tenancy"
)

var _ tenancy.Store = (*Tx)(nil)

func placeholder(n int) string { return "$" + strconv.Itoa(n) }

// TenantsByID implements tenancy.Store, by kind from above and name.
func (tx *Tx) TenantsByID(ctx context.Context, ids []uuid.UUID) ([]*tenancy.Tenant, error) {
	rows, err := tx.Ent().Tenant.Query().Where(tenant.IDIn(ids...)).Order(tenant.ByRegion(), tenant.ByName()).All(ctx)
	list := make([]*tenancy.Tenant, len(rows))
	for i, t := range rows {
		list[i] = &tenancy.Tenant{ID: t.ID, Kind: t.Kind, Name: t.Name, Unit: t.UnitID, Region: t.Region, TimeZone: t.TimeZone, Demo: t.Demo}
	}
	return list, err
}

// ProvisionTenant implements tenancy.Store: the function checks that the unit
// is below the viewer's, and writes the other tenant's first rows.
func (tx *Tx) ProvisionTenant(ctx context.Context, o tenancy.Opening) error {
	ids := []uuid.UUID{o.Tenant.ID, o.Admin.User, o.Admin.ID, mixin.NewID(), mixin.NewID()}
	function := "tenant_provision"
	if tx.Viewer().TenantKind == tenancy.Platform {
		function = "tenant_open"
	}
	_, err := tx.exec(ctx, `SELECT `+function+`($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		array(ids), o.Tenant.Kind, o.Tenant.Unit, o.Tenant.Region, o.Tenant.Name, o.Tenant.TimeZone, o.At,
		o.Login, o.Hash, o.Role, o.Admin.Pseudonym, o.Admin.Name, o.GrantedBy)
	return tenantTaken(err, o.Tenant.Name)
}

// tenantTaken names the unit's name where a second tenant of a unit is refused.
func tenantTaken(err error, name string) error {
	if pq.As(err, uniqueViolation) != nil {
		return fault.New(fault.AlreadyExists, "value", name).At("unitCode")
	}
	return err
}

// FoundTenant implements tenancy.Store.
func (tx *Tx) FoundTenant(ctx context.Context, o tenancy.Opening) error {
	t := o.Tenant
	_, err := tx.exec(ctx, `INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, time_zone, demo, created_at)
		VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8)`, t.ID, t.Region, t.Kind, t.Unit, t.Name, t.TimeZone, t.Demo, o.At)
	if err != nil {
		return tenantTaken(err, t.Name)
	}
	if err := tx.InsertUser(ctx, o.Admin.User, o.Login, o.Hash); err != nil {
		return err
	}
	if err := tx.InsertPersons(ctx, []*tenancy.Person{&o.Admin}, o.At); err != nil {
		return err
	}
	epoch, err := tx.RaiseEpoch(ctx)
	if err != nil {
		return err
	}
	return tx.InsertGrant(ctx, &tenancy.Grant{ID: mixin.NewID(), User: o.Admin.User, Role: authz.Role(o.Role), Unit: t.Unit,
		GrantedBy: o.GrantedBy, From: o.At}, epoch)
}

// RelatedTenants implements tenancy.Store.
func (tx *Tx) RelatedTenants(ctx context.Context) ([]tenancy.Related, error) {
	return queryAll(ctx, tx, func(s scan) (tenancy.Related, error) {
		var r tenancy.Related
		var side string
		err := s(&r.Tenant, &r.Kind, &r.Unit, &r.Name, &side)
		r.Upper = side == "upper"
		return r, err
	}, `SELECT id, kind, unit_id, name, side FROM tenants_related() ORDER BY side DESC, name, id`)
}

// Consents implements tenancy.Store.
func (tx *Tx) Consents(ctx context.Context) ([]tenancy.Consent, error) {
	rows, err := tx.Ent().Adoption.Query().Where(adoption.EndedAtIsNil(),
		adoption.Or(adoption.TenantID(tx.Tenant()), adoption.OtherID(tx.Tenant()))).Order(adoption.ByID()).All(ctx)
	list := make([]tenancy.Consent, len(rows))
	for i, a := range rows {
		list[i] = tenancy.Consent{ID: a.ID, Tenant: a.TenantID, Other: a.OtherID, Side: a.Side, Drafts: a.Drafts, AgreedBy: a.AgreedBy, AgreedAt: a.AgreedAt}
	}
	return list, err
}

// InsertConsent implements tenancy.Store.
func (tx *Tx) InsertConsent(ctx context.Context, c tenancy.Consent) error {
	return tx.Ent().Adoption.Create().SetID(c.ID).SetOtherID(c.Other).SetSide(c.Side).SetDrafts(c.Drafts).
		SetAgreedBy(c.AgreedBy).SetAgreedAt(c.AgreedAt).Exec(ctx)
}

// SetConsentDrafts implements tenancy.Store.
func (tx *Tx) SetConsentDrafts(ctx context.Context, id uuid.UUID, drafts bool) error {
	return tx.Ent().Adoption.UpdateOneID(id).SetDrafts(drafts).Exec(ctx)
}

// EndConsent implements tenancy.Store.
func (tx *Tx) EndConsent(ctx context.Context, id uuid.UUID, at time.Time) error {
	return tx.Ent().Adoption.UpdateOneID(id).SetEndedAt(at).Exec(ctx)
}

// UserNamed implements tenancy.Store.
func (tx *Tx) UserNamed(ctx context.Context, login string) (uuid.UUID, error) {
	user, err := queryOne(ctx, tx, value[uuid.NullUUID], `SELECT user_named($1)`, login)
	return user.UUID, err
}

// LoginTaken implements tenancy.Store.
func (tx *Tx) LoginTaken(ctx context.Context, login string) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT login_taken($1)`, login)
}

const grantsOfTenant = `SELECT g.id, g.user_id, coalesce(l.login, ''), g.role, g.unit_id, g.dimensions, g.granted_by, g.valid_from, g.valid_until,
  g.revoked_at, coalesce(l.status = 'disabled', true)
FROM role_grant g LEFT JOIN tenant_logins() l ON l.user_id = g.user_id WHERE g.tenant_id = $1 ORDER BY g.id DESC`

// Grants implements tenancy.Store.
func (tx *Tx) Grants(ctx context.Context) ([]*tenancy.Grant, error) {
	return queryAll(ctx, tx, func(s scan) (*tenancy.Grant, error) {
		var g tenancy.Grant
		var role string
		err := s(&g.ID, &g.User, &g.Login, &role, &g.Unit, pq.Array(&g.Dimensions), &g.GrantedBy, &g.From, &g.Until, &g.RevokedAt, &g.Disabled)
		g.Role = authz.Role(role)
		return &g, err
	}, grantsOfTenant, tx.Tenant())
}

// RaiseEpoch implements tenancy.Store: whoever changes a grant asks for it before
// writing the row, because the lock of the one row makes the order of commits
// that of the epochs.
func (tx *Tx) RaiseEpoch(ctx context.Context) (int64, error) {
	return queryOne(ctx, tx, value[int64], `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch`)
}

// InsertGrant implements tenancy.Store.
func (tx *Tx) InsertGrant(ctx context.Context, g *tenancy.Grant, epoch int64) error {
	_, err := tx.exec(ctx, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, dimensions, granted_by, valid_from, valid_until, epoch)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		g.ID, tx.Tenant(), tx.region(), g.User, g.Unit, string(g.Role), array(orEmpty(g.Dimensions)), g.GrantedBy, g.From, g.Until, epoch)
	return err
}

// RevokeGrant implements tenancy.Store.
func (tx *Tx) RevokeGrant(ctx context.Context, id uuid.UUID, at time.Time, epoch int64) error {
	_, err := tx.exec(ctx, `UPDATE role_grant SET revoked_at = $3, epoch = $4 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, at, epoch)
	return err
}

// Organisations implements tenancy.Store.
func (tx *Tx) Organisations(ctx context.Context) ([]*tenancy.Organisation, error) {
	rows, err := tx.Ent().Organisation.Query().Where(organisation.TenantID(tx.Tenant())).Order(organisation.ByName(), organisation.ByID()).All(ctx)
	list := make([]*tenancy.Organisation, len(rows))
	for i, o := range rows {
		list[i] = organisationOf(o)
	}
	return list, err
}

func organisationOf(o *gen.Organisation) *tenancy.Organisation {
	made := &tenancy.Organisation{ID: o.ID, Kind: o.Kind, Name: o.Name, From: dateOf(o.ValidFrom), To: dateOfPtr(o.ValidTo)}
	if o.ParentID != nil {
		made.Parent = *o.ParentID
	}
	return made
}

func idOrNil(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// InsertOrganisation implements tenancy.Store.
func (tx *Tx) InsertOrganisation(ctx context.Context, o *tenancy.Organisation) error {
	return tx.Ent().Organisation.Create().SetID(o.ID).SetKind(o.Kind).SetName(o.Name).SetNillableParentID(idOrNil(o.Parent)).
		SetValidFrom(timeOf(o.From)).SetNillableValidTo(timeOfPtr(o.To)).Exec(ctx)
}

// UpdateOrganisation implements tenancy.Store.
func (tx *Tx) UpdateOrganisation(ctx context.Context, o *tenancy.Organisation) error {
	change := tx.Ent().Organisation.UpdateOneID(o.ID).SetName(o.Name).SetNillableValidTo(timeOfPtr(o.To))
	if o.Parent == uuid.Nil {
		change.ClearParentID()
	} else {
		change.SetParentID(o.Parent)
	}
	return change.Exec(ctx)
}

// OwnDays implements tenancy.Store.
func (tx *Tx) OwnDays(ctx context.Context, from, to calendar.Date) ([]tenancy.CalendarDay, error) {
	rows, err := tx.Ent().CalendarDay.Query().Where(calendarday.TenantID(tx.Tenant()), calendarday.DayGTE(timeOf(from)), calendarday.DayLTE(timeOf(to))).
		Order(calendarday.ByDay()).All(ctx)
	list := make([]tenancy.CalendarDay, len(rows))
	for i, d := range rows {
		list[i] = tenancy.CalendarDay{Day: dateOf(d.Day), Workday: d.Kind == "workday", Name: d.Name}
	}
	return list, err
}

// PutOwnDay implements tenancy.Store.
func (tx *Tx) PutOwnDay(ctx context.Context, d tenancy.CalendarDay) error {
	kind := "holiday"
	if d.Workday {
		kind = "workday"
	}
	_, err := tx.exec(ctx, `INSERT INTO calendar_day (id, tenant_id, region, day, kind, name) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (tenant_id, day) DO UPDATE SET kind = excluded.kind, name = excluded.name`,
		mixin.NewID(), tx.Tenant(), tx.region(), timeOf(d.Day), kind, d.Name)
	return err
}

// DropOwnDay implements tenancy.Store.
func (tx *Tx) DropOwnDay(ctx context.Context, day calendar.Date) error {
	_, err := tx.Ent().CalendarDay.Delete().Where(calendarday.Day(timeOf(day))).Exec(ctx)
	return err
}

// missing turns "no rows" into the zero value.
func missing[T any](v T, err error) (T, error) {
	if errors.Is(err, sql.ErrNoRows) {
		var none T
		return none, nil
	}
	return v, err
}
