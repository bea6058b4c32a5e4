package data

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/identity"
)

const (
	zone      = "Asia/Shanghai"
	tokenDays = 365
)

// publishedOnly are the scopes of a dashboard's token.
var publishedOnly = []string{
	string(authz.UnitRead), string(authz.TenantRead), string(authz.CalendarRead), string(authz.CompetitionRead),
	string(authz.RoundRead), string(authz.PublicationRead), string(authz.DocumentRead),
}

// host is a tenant being opened.
type host struct {
	kind          string
	unit          unit
	tenant, admin uuid.UUID // admin is the first administrator as a user
	person        uuid.UUID // and as a person
	role          authz.Role
}

// tenants writes the units, every tenant with its first administrator and its
// dashboard, and the adoptions, each agreed on both sides.
func (m *maker) tenants(ctx context.Context, p *province) error {
	hash, err := identity.NewArgon2(identity.Argon2Options{}).Hash(ctx, nobodysPassword())
	if err != nil {
		return err
	}
	o := &opener{sheet: sheet{}, ids: newSource(m.Seed, "tenants"), hash: hash, now: m.Now().UTC().Truncate(time.Microsecond)}
	for _, u := range p.units {
		o.add("unit", u.id, u.code, u.level, u.legal, u.shown(), u.parent, u.region)
	}
	// Grants carry the epoch of their change, so that servers notice them.
	if err := m.tx.QueryRowContext(ctx, `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch`).Scan(&o.epoch); err != nil {
		return err
	}
	for _, c := range p.counties {
		c.tenant, c.admin = o.ids.at(founded), o.ids.at(founded)
		if err := o.open(host{"county", c.unit, c.tenant, c.admin, o.ids.at(founded), authz.CountyAdmin}); err != nil {
			return err
		}
	}
	for _, t := range p.townships {
		t.tenant, t.admin, t.approver = o.ids.at(founded), o.ids.at(founded), o.ids.at(founded)
		if err := o.open(host{"township", t.unit, t.tenant, t.admin, t.approver, authz.TownshipApprover}); err != nil {
			return err
		}
		o.add("adoption", o.ids.at(founded), t.tenant, t.region, t.county.tenant, "lower", false, t.admin, founded)
		o.add("adoption", o.ids.at(founded), t.county.tenant, t.region, t.tenant, "upper", false, t.county.admin, founded)
	}
	m.report.Tokens = o.tokens
	return o.write(ctx, m.tx)
}

type opener struct {
	sheet
	ids    *source
	hash   string
	epoch  int64
	now    time.Time
	tokens []Token
}

// open writes a tenant, its administrator and its dashboard with a token.
func (o *opener) open(h host) error {
	region, name := h.unit.region, h.unit.shown()
	o.add("tenant", h.tenant, h.tenant, region, h.kind, h.unit.id, name, zone, true, founded)
	o.add("app_user", h.admin, "admin@"+h.unit.code, o.hash, "zh-Hans", "active", founded)
	o.add("person", h.person, h.tenant, region, o.ids.pseudonym(), h.admin, founded)
	o.add("person_name", o.ids.at(founded), h.tenant, region, h.person, name+"管理员")
	o.add("role_grant", o.ids.at(founded), h.tenant, region, h.admin, h.unit.id, string(h.role), h.admin, founded, o.epoch)

	dashboard := o.ids.at(founded)
	o.add("app_user", dashboard, "dashboard@"+h.unit.code, o.hash, "zh-Hans", "active", founded)
	o.add("role_grant", o.ids.at(founded), h.tenant, region, dashboard, h.unit.id, string(authz.Dashboard), h.admin, founded, o.epoch)
	token, handle, secret, err := newToken()
	if err != nil {
		return err
	}
	o.add("api_token", o.ids.at(founded), h.tenant, region, dashboard, "基准 bench", handle, secret[:], texts(publishedOnly), true, o.now, o.now.AddDate(0, 0, tokenDays))
	o.tokens = append(o.tokens, Token{Kind: h.kind, Code: h.unit.code, Name: name, Tenant: h.tenant.String(), Token: token})
	return nil
}
