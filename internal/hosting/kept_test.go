package hosting

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// kept is a store in memory: one platform, one tenant at 990101001.
type kept struct {
	Store
	running  bool
	standing Standing
	villages []*Village
	progress Progress
	waiting  map[uuid.UUID]*Taken
	settled  map[uuid.UUID]bool // by application: approved
	plans    []*Plan
	assigned string
	held     State
	glass    []*Glass
	beside   []audit.Event
	own      []audit.Event
}

func (k *kept) Collect(e audit.Event)                      { k.own = append(k.own, e) }
func (k *kept) RoundRunning(context.Context) (bool, error) { return k.running, nil }
func (k *kept) RoundUnderWay(_ context.Context, id uuid.UUID) (bool, error) {
	return k.running && id == theRound, nil
}
func (k *kept) Progress(context.Context) (*Progress, error)       { return &k.progress, nil }
func (k *kept) Plans(context.Context) ([]*Plan, error)            { return k.plans, nil }
func (k *kept) Glasses(context.Context) ([]*Glass, error)         { return k.glass, nil }
func (k *kept) SetupVillages(context.Context) ([]*Village, error) { return k.villages, nil }
func (k *kept) Standing(context.Context, time.Time) (*Standing, error) {
	s := k.standing
	s.Running = k.running
	return &s, nil
}

func (k *kept) ConfirmVillages(_ context.Context, all []*Village, _ uuid.UUID, _ time.Time) error {
	for _, v := range all {
		v.Confirmed = true
	}
	return nil
}

func (k *kept) TakeSignup(_ context.Context, id uuid.UUID) (*Taken, error) { return k.waiting[id], nil }

func (k *kept) SettleSignup(_ context.Context, id uuid.UUID, approve bool, _, _ string, _ uuid.UUID, _ time.Time, _ *uuid.UUID) error {
	delete(k.waiting, id)
	k.settled[id] = approve
	return nil
}

func (k *kept) AssignPlan(_ context.Context, _, _ uuid.UUID, plan string, _ time.Time, _ *time.Time, _ uuid.UUID) error {
	k.assigned = plan
	return nil
}

func (k *kept) PutPlan(_ context.Context, p *Plan) error { k.plans = append(k.plans, p); return nil }

var somewhere = Place{Tenant: uuid.New(), Region: "990101", Unit: uuid.New(), Name: "晴禾乡"}

func (k *kept) HostedTenant(_ context.Context, code string) (*Place, error) {
	if code != "990101001" {
		return nil, nil
	}
	return &somewhere, nil
}

func (k *kept) HostedPage(context.Context, string, paging.Window) ([]*Hosted, error) {
	return []*Hosted{{Tenant: somewhere.Tenant, UnitCode: "990101001", State: k.held, Plan: k.assigned}}, nil
}

func (k *kept) PlaceHold(_ context.Context, _, _ uuid.UUID, access State, _ string, _ uuid.UUID, _ time.Time) error {
	if k.held != "" {
		return fault.New(fault.AlreadyExists, "value", "…")
	}
	k.held = access
	return nil
}

func (k *kept) LiftHold(context.Context, uuid.UUID, string, uuid.UUID, time.Time) (bool, error) {
	was := k.held != ""
	k.held = ""
	return was, nil
}

func (k *kept) RecordBeside(_ context.Context, _ Place, e audit.Event) error {
	k.beside = append(k.beside, e)
	return nil
}

func (k *kept) AskGlass(_ context.Context, id, _, by uuid.UUID, reason string, hours int, at time.Time) error {
	k.glass = append(k.glass, &Glass{ID: id, Place: somewhere, Operator: by, Reason: reason, Hours: hours, AskedAt: at})
	return nil
}

func (k *kept) ApproveGlass(_ context.Context, id, by uuid.UUID, at time.Time) (bool, error) {
	i := slices.IndexFunc(k.glass, func(g *Glass) bool { return g.ID == id })
	if k.glass[i].Operator == by || k.glass[i].OpenedAt != nil {
		return false, nil
	}
	until := at.Add(time.Hour)
	k.glass[i].OpenedAt, k.glass[i].Until = &at, &until
	return true, nil
}

// allowed is a gate that lets everything but some permissions through.
type allowed struct{ but []authz.Permission }

func (a allowed) Require(_ context.Context, p authz.Permission, _ uuid.UUID) error {
	if slices.Contains(a.but, p) {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}

// service is the use cases over a store in memory, and a viewer of a kind of
// tenant that asks by session.
func service(k *kept, kind string, but ...authz.Permission) (*Service, context.Context) {
	work := func(ctx context.Context, do func(context.Context, Store) error) error {
		return do(audit.Into(ctx, k), k)
	}
	s := New(Config{Write: work, Read: work, Gate: allowed{but}, Now: func() time.Time { return noon },
		Prepare: func(_ context.Context, login, _ string) (Account, error) {
			return Account{Login: login, Hash: "hash"}, nil
		},
		Open: func(context.Context, Opening) (uuid.UUID, error) { return somewhere.Tenant, nil }})
	v := &viewer.Viewer{User: uuid.New(), Tenant: uuid.New(), TenantKind: kind, Credential: viewer.Credential{Kind: viewer.Session}}
	return s, viewer.With(context.Background(), v)
}

var theRound = uuid.New()

var noon = time.Date(2026, 4, 15, 4, 0, 0, 0, time.UTC)
