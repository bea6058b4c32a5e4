package postgres

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/audit"
	"leitai/internal/fault"
	"leitai/internal/hosting"
	"leitai/internal/paging"
)

var (
	_ hosting.Store = (*Tx)(nil)
	_ hosting.Door  = (*Tx)(nil)
)

// first gives the first of what was read, nil for none.
func first[T any](all []*T, err error) (*T, error) {
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

const planColumns = `SELECT key, name_zh, name_en, villages, storage_bytes, requests, days FROM plan `

func readPlan(s scan) (*hosting.Plan, error) {
	var p hosting.Plan
	return &p, s(&p.Key, &p.Zh, &p.En, &p.Villages, &p.Bytes, &p.Requests, &p.Days)
}

// Plans implements hosting.Store.
func (tx *Tx) Plans(ctx context.Context) ([]*hosting.Plan, error) {
	return queryAll(ctx, tx, readPlan, planColumns+`ORDER BY key`)
}

// PutPlan implements hosting.Store.
func (tx *Tx) PutPlan(ctx context.Context, p *hosting.Plan) error {
	_, err := tx.exec(ctx, `SELECT plan_put(ROW($1::text, $2::text, $3::text, $4::integer, $5::bigint, $6::bigint, $7::integer)::plan)`,
		p.Key, p.Zh, p.En, p.Villages, p.Bytes, p.Requests, p.Days)
	return err
}

// AssignPlan implements hosting.Store.
func (tx *Tx) AssignPlan(ctx context.Context, id, tenant uuid.UUID, plan string, at time.Time, until *time.Time, by uuid.UUID) error {
	_, err := tx.exec(ctx, `SELECT plan_assign($1, $2, $3, $4, $5, $6)`, id, tenant, plan, at, until, by)
	return err
}

// Standing implements hosting.Store.
func (tx *Tx) Standing(ctx context.Context, month time.Time) (*hosting.Standing, error) {
	var plan *string
	found, err := queryOne(ctx, tx, func(s scan) (*hosting.Standing, error) {
		var x hosting.Standing
		return &x, s(&plan, &x.Until, &x.State, &x.Villages, &x.Bytes, &x.Tokens, &x.Sessions, &x.Running)
	}, `SELECT plan, until, state, villages, bytes, token_requests, session_requests, running FROM usage_now($1)`, month)
	if err != nil || plan == nil {
		return found, err
	}
	found.Plan, err = first(queryAll(ctx, tx, readPlan, planColumns+`WHERE key = $1`, *plan))
	return found, err
}

// RoundRunning implements hosting.Store.
func (tx *Tx) RoundRunning(ctx context.Context) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT round_running(app_tenant())`)
}

// RoundUnderWay implements hosting.Store.
func (tx *Tx) RoundUnderWay(ctx context.Context, round uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM round r WHERE r.tenant_id = $1 AND r.id = $2
		AND r.state IN ('notified','open','closed','computed','provisional'))`, tx.Tenant(), round)
}

// UsageDays implements hosting.Store.
func (tx *Tx) UsageDays(ctx context.Context, from, to time.Time) ([]hosting.Day, error) {
	return queryAll(ctx, tx, func(s scan) (hosting.Day, error) {
		var d hosting.Day
		return d, s(&d.Day, &d.Sessions, &d.Tokens)
	}, `SELECT day, coalesce(sum(requests) FILTER (WHERE kind = 'session'), 0), coalesce(sum(requests) FILTER (WHERE kind = 'token'), 0)
		FROM usage_day WHERE tenant_id = $1 AND day >= $2 AND day < $3 GROUP BY day ORDER BY day`, tx.Tenant(), from, to)
}

// UsageLines implements hosting.Store.
func (tx *Tx) UsageLines(ctx context.Context, from, to time.Time, scope hosting.Scope) ([]hosting.Line, error) {
	return queryAll(ctx, tx, func(s scan) (hosting.Line, error) {
		var l hosting.Line
		var plan *string
		err := s(&l.Tenant, &l.Name, &l.Kind, &l.UnitCode, &plan, &l.Sessions, &l.Tokens, &l.Bytes, &l.Villages, &l.Rounds)
		if plan != nil {
			l.Plan = *plan
		}
		return l, err
	}, `SELECT tenant_id, name, kind, unit_code, plan, session_requests, token_requests, bytes, villages, rounds FROM usage_lines($1, $2, $3)`, from, to, string(scope))
}

// HostedTenant implements hosting.Store.
func (tx *Tx) HostedTenant(ctx context.Context, unitCode string) (*hosting.Place, error) {
	return first(queryAll(ctx, tx, func(s scan) (*hosting.Place, error) {
		var p hosting.Place
		return &p, s(&p.Tenant, &p.Region, &p.Unit, &p.Name)
	}, `SELECT tenant_id, region, unit_id, name FROM hosted_tenant($1)`, unitCode))
}

// HostedPage implements hosting.Store.
func (tx *Tx) HostedPage(ctx context.Context, beginning string, w paging.Window) ([]*hosting.Hosted, error) {
	bound := func(at []paging.Value) *string {
		if len(at) == 0 {
			return nil
		}
		return &at[0].Text
	}
	return queryAll(ctx, tx, func(s scan) (*hosting.Hosted, error) {
		var h hosting.Hosted
		var plan *string
		err := s(&h.Tenant, &h.Name, &h.Kind, &h.UnitCode, &h.CreatedAt, &h.State, &plan, &h.Until)
		if plan != nil {
			h.Plan = *plan
		}
		return &h, err
	}, `SELECT tenant_id, name, kind, unit_code, created_at, state, plan, until FROM hosted_tenants($1, $2, $3, $4, $5)`,
		beginning, bound(w.After), bound(w.Before), w.Backward, w.Fetch())
}

// PlaceHold implements hosting.Store.
func (tx *Tx) PlaceHold(ctx context.Context, id, tenant uuid.UUID, access hosting.State, reason string, by uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `SELECT hold_place($1, $2, $3, $4, $5, $6)`, id, tenant, string(access), reason, by, at)
	return faultOf(err)
}

// LiftHold implements hosting.Store.
func (tx *Tx) LiftHold(ctx context.Context, tenant uuid.UUID, reason string, by uuid.UUID, at time.Time) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT hold_lift($1, $2, $3, $4)`, tenant, reason, by, at)
}

// HoldsOf implements hosting.Store.
func (tx *Tx) HoldsOf(ctx context.Context, tenant uuid.UUID) ([]*hosting.Hold, error) {
	return queryAll(ctx, tx, func(s scan) (*hosting.Hold, error) {
		var h hosting.Hold
		return &h, s(&h.ID, &h.Access, &h.Reason, &h.PlacedAt, &h.LiftedAt, &h.LiftedReason)
	}, `SELECT id, access, reason, placed_at, lifted_at, lifted_reason FROM holds_of($1)`, tenant)
}

// RecordBeside implements hosting.Store: the other tenant's lock keeps its chain
// from forking, as in appendAudit.
func (tx *Tx) RecordBeside(ctx context.Context, at hosting.Place, e audit.Event) error {
	if _, err := tx.exec(ctx, lockTenant, at.Tenant); err != nil {
		return err
	}
	heads, err := queryAll(ctx, tx, func(s scan) (audit.Head, error) {
		var h audit.Head
		return h, s(&h.Seq, &h.Hash)
	}, `SELECT seq, hash FROM audit_beside_head($1)`, at.Tenant)
	if err != nil {
		return err
	}
	head := audit.Start()
	if len(heads) > 0 {
		head = heads[0]
	}
	v := carryOver(ctx, tx.scope.viewer)
	entries := []audit.Entry{{ID: mixin.NewID(), Tenant: at.Tenant, Region: at.Region, At: tx.db.opts.Now(), Actor: v.User, Credential: v.Credential.ID,
		RequestID: v.RequestID, Action: e.Action, ObjectKind: e.ObjectKind, ObjectID: e.ObjectID, Detail: e.Detail, Unit: at.Unit, Reason: e.Reason}}
	if _, err := audit.Link(head, entries); err != nil {
		return err
	}
	row, err := json.Marshal(auditRow(&entries[0]))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `SELECT audit_beside_add(jsonb_populate_record(NULL::audit_entry, $1::jsonb))`, json.RawMessage(row))
	return err
}

// auditRow is an entry by the names of its columns.
func auditRow(e *audit.Entry) map[string]any {
	return map[string]any{"id": e.ID, "tenant_id": e.Tenant, "region": e.Region, "seq": e.Seq, "at": e.At, "actor": e.Actor, "credential": e.Credential,
		"request_id": e.RequestID, "action": e.Action, "object_kind": e.ObjectKind, "object_id": e.ObjectID, "detail": e.Detail, "unit_id": e.Unit, "reason": e.Reason,
		"previous": `\x` + hex.EncodeToString(e.Previous), "hash": `\x` + hex.EncodeToString(e.Hash)}
}

// AddUsage implements hosting.Door.
func (tx *Tx) AddUsage(ctx context.Context, counts []hosting.Count, asked []uuid.UUID, month time.Time) ([]hosting.Spent, error) {
	tenants, days, kinds, numbers := make([]uuid.UUID, len(counts)), make([]string, len(counts)), make([]string, len(counts)), make([]int64, len(counts))
	for i, c := range counts {
		tenants[i], days[i], kinds[i], numbers[i] = c.Tenant, c.Day.Format(time.DateOnly), string(c.Kind), c.Requests
	}
	return queryAll(ctx, tx, func(s scan) (hosting.Spent, error) {
		var x hosting.Spent
		return x, s(&x.Tenant, &x.Requests, &x.Most, &x.Running)
	}, `SELECT tenant_id, requests, most, running FROM usage_add($1, $2, $3, $4, $5, $6)`, array(tenants), array(days), array(kinds), array(numbers), array(asked), month)
}

// PublicUnits implements hosting.Door. Anybody may ask: both forms find their
// rows by the index on parent and code.
func (tx *Tx) PublicUnits(ctx context.Context, under, after string, most int) ([]hosting.PublicUnit, error) {
	parent, args := `u.parent_id IS NULL`, []any{after, most}
	if under != "" {
		parent = `u.parent_id = (SELECT p.id FROM unit p WHERE p.code = $3 AND p.valid_to IS NULL)`
		args = append(args, under)
	}
	return queryAll(ctx, tx, func(s scan) (hosting.PublicUnit, error) {
		var u hosting.PublicUnit
		return u, s(&u.Code, &u.Name, &u.Level, &u.Below)
	}, `SELECT u.code, u.shown_name, u.level, EXISTS (SELECT FROM unit b WHERE b.parent_id = u.id AND b.code IS NOT NULL AND b.valid_to IS NULL AND b.level <> 'village')
		FROM unit u WHERE `+parent+` AND u.code IS NOT NULL AND u.valid_to IS NULL AND u.level <> 'village' AND u.code > $1 ORDER BY u.code LIMIT $2`, args...)
}

// SubmitSignup implements hosting.Door.
func (tx *Tx) SubmitSignup(ctx context.Context, s hosting.NewSignup) error {
	said, err := queryOne(ctx, tx, value[string], `SELECT signup_submit($1, $2, (SELECT u.id FROM unit u WHERE u.code = $3 AND u.valid_to IS NULL), $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, s.Receipt[:], s.UnitCode, s.Applicant, s.Office, s.Phone, s.Account.Login, s.Account.Hash, s.Preset, s.Note, s.At)
	switch {
	case err != nil:
		return err
	case said == "busy":
		return fault.New(fault.SignupBusy).At("unitCode")
	case said != "kept":
		return fault.New(fault.SignupUnit, "code", s.UnitCode).At("unitCode")
	}
	return nil
}

// SignupByReceipt implements hosting.Door.
func (tx *Tx) SignupByReceipt(ctx context.Context, receipt [32]byte) (*hosting.Receipt, error) {
	return first(queryAll(ctx, tx, func(s scan) (*hosting.Receipt, error) {
		var r hosting.Receipt
		return &r, s(&r.State, &r.Reason, &r.Login, &r.UnitName, &r.SubmittedAt, &r.DecidedAt)
	}, `SELECT state, reason, login, unit_name, submitted_at, decided_at FROM signup_state($1)`, receipt[:]))
}
