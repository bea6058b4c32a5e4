package data

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/identity"
	"leitai/internal/template"
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

// markEntry are the scopes of the clerk's token.
var markEntry = []string{
	string(authz.UnitRead), string(authz.TenantRead), string(authz.CompetitionRead), string(authz.RoundRead), string(authz.PersonRead),
	string(authz.RubricRead), string(authz.MarkDraftRead), string(authz.MarkWrite), string(authz.RoundClose), // the last makes it the office
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
	o := &opener{sheet: sheet{}, ids: newSource(m.Seed, "tenants"), clerks: newSource(m.Seed, "clerks"), hash: hash, now: m.Now().UTC().Truncate(time.Microsecond)}
	for _, u := range p.units {
		o.add("unit", u.id, u.code, u.level, u.legal, u.shown(), u.parent, u.region)
	}
	// Grants carry the epoch of their change, so that servers notice them.
	if err := m.tx.QueryRowContext(ctx, `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch`).Scan(&o.epoch); err != nil {
		return err
	}
	near, far := o.ids, newSource(m.Seed, "far tenants") // so that the province is the same with outskirts and without
	of := map[bool]*source{false: near, true: far}
	for _, c := range p.counties {
		o.ids = of[c.small]
		c.tenant, c.admin = o.ids.at(founded), o.ids.at(founded)
		person := o.ids.at(founded)
		if err := o.open(host{"county", c.unit, c.tenant, c.admin, person, authz.CountyAdmin}); err != nil {
			return err
		}
		o.rule(c, person)
	}
	for _, t := range p.townships {
		o.ids = of[t.small]
		t.tenant, t.admin, t.approver = o.ids.at(founded), o.ids.at(founded), o.ids.at(founded)
		if err := o.open(host{"township", t.unit, t.tenant, t.admin, t.approver, authz.TownshipApprover}); err != nil {
			return err
		}
		o.add("adoption", o.ids.at(founded), t.tenant, t.region, t.county.tenant, "lower", false, t.admin, founded)
		o.add("adoption", o.ids.at(founded), t.county.tenant, t.region, t.tenant, "upper", false, t.county.admin, founded)
		if m.Open > 0 && !t.small {
			if err := o.clerk(t); err != nil {
				return err
			}
		}
	}
	m.report.Tokens = o.tokens
	return o.write(ctx, m.tx)
}

type opener struct {
	sheet
	ids    *source
	clerks *source
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
	return o.token(o.ids.at(founded), dashboard, publishedOnly, true, h.tenant, h.unit, h.kind)
}

// rule writes by what a county compares: every dimension of the dictionary alike.
func (o *opener) rule(c *county, by uuid.UUID) {
	var keys, weights []string
	for _, d := range template.Dimensions() {
		keys, weights = append(keys, d.Key), append(weights, "1")
	}
	o.add("comparison_rule", o.ids.at(founded), c.tenant, c.region, founded.Year(), 1, texts(keys), texts(weights), "0.5", publishedWithin, "基准", by, founded)
}

// publishedWithin is how many days after a round its result is still in time.
const publishedWithin = 5

// clerk writes the person who types in a township's marks from paper.
func (o *opener) clerk(t *township) error {
	user, person := o.clerks.at(founded), o.clerks.at(founded)
	o.add("app_user", user, "clerk@"+t.code, o.hash, "zh-Hans", "active", founded)
	o.add("person", person, t.tenant, t.region, o.clerks.pseudonym(), user, founded)
	o.add("person_name", o.clerks.at(founded), t.tenant, t.region, person, t.shown()+"录入员")
	o.add("role_grant", o.clerks.at(founded), t.tenant, t.region, user, t.id, string(authz.TownshipClerk), t.admin, founded, o.epoch)
	return o.token(o.clerks.at(founded), user, markEntry, false, t.tenant, t.unit, "clerk")
}

func (o *opener) token(id, user uuid.UUID, scopes []string, readOnly bool, tenant uuid.UUID, u unit, kind string) error {
	token, handle, secret, err := newToken()
	if err != nil {
		return err
	}
	o.add("api_token", id, tenant, u.region, user, "基准 bench", handle, secret[:], texts(scopes), readOnly, o.now, o.now.AddDate(0, 0, tokenDays))
	o.tokens = append(o.tokens, Token{Kind: kind, Code: u.code, Name: u.shown(), Tenant: tenant.String(), Token: token})
	return nil
}

// grants spreads further grants over all tenants: of users that do not exist,
// which is as good as of users that never come.
func (m *maker) grants(ctx context.Context) error {
	if m.Grants == 0 {
		return nil
	}
	m.tell("%d grants", m.Grants)
	_, err := m.tx.ExecContext(ctx, `
		INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT md5('grant ' || n || t.id)::uuid, t.id, t.region, md5('user ' || n || t.id)::uuid, t.unit_id, $2, t.id, $3, (SELECT epoch FROM authz_epoch)
		FROM (SELECT id, region, unit_id, row_number() OVER (ORDER BY id) - 1 place, count(*) OVER () all_of FROM tenant) t
		CROSS JOIN LATERAL generate_series(t.place, $1::bigint - 1, t.all_of) n`, m.Grants, string(authz.ItemOwner), founded)
	return err
}
