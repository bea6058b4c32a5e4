package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/hosting"
)

// Signups implements hosting.Store.
func (tx *Tx) Signups(ctx context.Context, state hosting.SignupState) ([]*hosting.Signup, error) {
	return queryAll(ctx, tx, func(s scan) (*hosting.Signup, error) {
		var x hosting.Signup
		return &x, s(&x.ID, &x.Unit, &x.Applicant, &x.Office, &x.Phone, &x.Login, &x.Preset, &x.Note, &x.State, &x.SubmittedAt, &x.DecidedAt, &x.Reason, &x.Opened, &x.Taken)
	}, `SELECT id, unit_id, applicant, office, phone, login, preset, note, state, submitted_at, decided_at, reason, opened_tenant, taken FROM signups_here($1)`, string(state))
}

// TakeSignup implements hosting.Store.
func (tx *Tx) TakeSignup(ctx context.Context, id uuid.UUID) (*hosting.Taken, error) {
	return first(queryAll(ctx, tx, func(s scan) (*hosting.Taken, error) {
		var x hosting.Taken
		return &x, s(&x.UnitCode, &x.UnitName, &x.Applicant, &x.Account.Login, &x.Account.Hash, &x.UnitTaken)
	}, `SELECT code, unit_name, applicant, login, password_hash, taken FROM signup_take($1)`, id))
}

// SettleSignup implements hosting.Store.
func (tx *Tx) SettleSignup(ctx context.Context, id uuid.UUID, approve bool, reason, login string, by uuid.UUID, at time.Time, opened *uuid.UUID) error {
	_, err := tx.exec(ctx, `SELECT signup_settle($1, $2, $3, $4, $5, $6, $7)`, id, approve, reason, login, by, at, opened)
	return err
}

// AskGlass implements hosting.Store.
func (tx *Tx) AskGlass(ctx context.Context, id, tenant, by uuid.UUID, reason string, hours int, at time.Time) error {
	_, err := tx.exec(ctx, `SELECT glass_ask($1, $2, $3, $4, $5, $6)`, id, tenant, by, reason, hours, at)
	return faultOf(err)
}

// ApproveGlass implements hosting.Store.
func (tx *Tx) ApproveGlass(ctx context.Context, id, by uuid.UUID, at time.Time) (bool, error) {
	done, err := queryOne(ctx, tx, value[bool], `SELECT glass_approve($1, $2, $3)`, id, by, at)
	return done, faultOf(err)
}

// EndGlass implements hosting.Store.
func (tx *Tx) EndGlass(ctx context.Context, id, by uuid.UUID, at time.Time) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT glass_end($1, $2, $3)`, id, by, at)
}

// Glasses implements hosting.Store.
func (tx *Tx) Glasses(ctx context.Context) ([]*hosting.Glass, error) {
	return queryAll(ctx, tx, func(s scan) (*hosting.Glass, error) {
		var g hosting.Glass
		return &g, s(&g.ID, &g.Place.Tenant, &g.Place.Region, &g.Place.Unit, &g.Place.Name, &g.Operator, &g.Login, &g.Reason, &g.Hours, &g.AskedAt,
			&g.Second, &g.OpenedAt, &g.Until, &g.EndedBy, &g.EndedAt)
	}, `SELECT id, tenant_id, region, tenant_unit, tenant_name, operator, operator_login, reason, hours, asked_at, second, opened_at, until, ended_by, ended_at FROM glasses()`)
}

// PlatformOf implements hosting.Store.
func (tx *Tx) PlatformOf(ctx context.Context) (*hosting.Place, error) {
	return queryOne(ctx, tx, func(s scan) (*hosting.Place, error) {
		var p hosting.Place
		return &p, s(&p.Tenant, &p.Region, &p.Unit)
	}, `SELECT tenant_id, region, unit_id FROM platform_of_glass()`)
}

// SetupVillages implements hosting.Store.
func (tx *Tx) SetupVillages(ctx context.Context) ([]*hosting.Village, error) {
	return queryAll(ctx, tx, func(s scan) (*hosting.Village, error) {
		var v hosting.Village
		return &v, s(&v.Unit, &v.Name, &v.TakesPart, &v.Confirmed)
	}, `SELECT u.id, u.shown_name, coalesce(v.takes_part, true), v.id IS NOT NULL
		FROM unit u LEFT JOIN tenant_village v ON v.tenant_id = $1 AND v.unit_id = u.id
		WHERE u.parent_id = (SELECT t.unit_id FROM tenant t WHERE t.id = $1) AND u.level = 'village' AND u.valid_to IS NULL
		ORDER BY u.code NULLS LAST, u.id`, tx.Tenant())
}

// ConfirmVillages implements hosting.Store.
func (tx *Tx) ConfirmVillages(ctx context.Context, all []*hosting.Village, by uuid.UUID, at time.Time) error {
	ids, units, take := make([]uuid.UUID, len(all)), make([]uuid.UUID, len(all)), make([]bool, len(all))
	for i, v := range all {
		ids[i], units[i], take[i] = mixin.NewID(), v.Unit, v.TakesPart
	}
	_, err := tx.exec(ctx, `INSERT INTO tenant_village (id, tenant_id, region, unit_id, takes_part, confirmed_by, confirmed_at)
		SELECT x.id, $4, $5, x.unit, x.take, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) x(id, unit, take)
		ON CONFLICT (tenant_id, unit_id) DO UPDATE SET takes_part = excluded.takes_part, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at`,
		array(ids), array(units), array(take), tx.Tenant(), tx.region(), by, at)
	return err
}

const progress = `
WITH live AS (SELECT g.role, g.user_id FROM role_grant g WHERE g.tenant_id = $1 AND g.revoked_at IS NULL AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now()))
SELECT
  (SELECT count(*) FROM unit u WHERE u.parent_id = (SELECT t.unit_id FROM tenant t WHERE t.id = $1) AND u.level = 'village' AND u.valid_to IS NULL),
  (SELECT count(*) FROM tenant_village v JOIN unit u ON u.id = v.unit_id AND u.valid_to IS NULL WHERE v.tenant_id = $1),
  EXISTS (SELECT FROM tenants_related() r WHERE r.side = 'upper'),
  EXISTS (SELECT FROM adoption a JOIN adoption b ON b.tenant_id = a.other_id AND b.other_id = a.tenant_id AND b.side = 'upper' AND b.ended_at IS NULL
    WHERE a.tenant_id = $1 AND a.side = 'lower' AND a.ended_at IS NULL),
  (SELECT count(*) FROM template_version v WHERE v.tenant_id = $1),
  (SELECT count(*) FROM template_version v WHERE v.tenant_id = $1 AND v.state = 'active'),
  (SELECT count(*) FROM competition c WHERE c.tenant_id = $1),
  (SELECT count(*) FROM round r WHERE r.tenant_id = $1 AND r.state <> 'cancelled'),
  (SELECT count(DISTINCT l.user_id) FROM live l WHERE l.role = 'township-clerk'),
  (SELECT count(DISTINCT l.user_id) FROM live l WHERE l.role = 'judge'),
  (SELECT count(*) FROM invitation i WHERE i.tenant_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()),
  (SELECT count(*) FROM round r WHERE r.tenant_id = $1 AND r.state NOT IN ('planned', 'cancelled'))`

// Progress implements hosting.Store.
func (tx *Tx) Progress(ctx context.Context) (*hosting.Progress, error) {
	return queryOne(ctx, tx, func(s scan) (*hosting.Progress, error) {
		var p hosting.Progress
		return &p, s(&p.Villages, &p.Confirmed, &p.Upper, &p.Adopted, &p.Templates, &p.Active, &p.Competitions, &p.Planned, &p.Clerks, &p.Judges, &p.Invited, &p.Notified)
	}, progress, tx.Tenant())
}
