package postgres

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/audit"
	"leitai/internal/fault"
	"leitai/internal/hosting"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

// operators of the platform are draft readers of their own tenant, and so is
// who reads by break glass, as authz has it.
func drafting(o *Options) { o.DraftRoles = append(o.DraftRoles, "platform-operator", "break-glass") }

// platform founds the platform and signs its operator in.
func (w *world) platform(t *testing.T) home {
	t.Helper()
	h := home{tenant: mixin.NewID(), user: mixin.NewID(), person: mixin.NewID(), region: tenancy.PlatformRegion}
	ctx, r, _, err := w.db.AsTenant(t.Context(), Service{Tenant: h.tenant, Region: h.region, User: h.user})
	if err != nil {
		t.Fatal(err)
	}
	o := tenancy.Opening{Tenant: tenancy.Tenant{ID: h.tenant, Name: "平台", TimeZone: "Asia/Shanghai"}, At: time.Now().Add(-time.Minute), Login: "operator-1", Hash: "h",
		Admin: tenancy.Person{ID: h.person, Pseudonym: "O1", Name: "甲", User: h.user}}
	err = w.db.write(ctx, func(ctx context.Context, tx *Tx) error { return tx.FoundPlatform(ctx, o) })
	if err := errors.Join(err, r.End()); err != nil {
		t.Fatal(err)
	}
	h.cred = w.session(t, h.user, h.tenant, time.Hour, time.Hour)
	return h
}

// operator adds one more.
func (w *world) operator(t *testing.T, platform home) home {
	t.Helper()
	h := platform
	h.user = mixin.NewID()
	w.put(t, `INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, 'h', now())`, h.user, "operator-"+h.user.String())
	w.put(t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT $1, t.id, t.region, $2, t.unit_id, 'platform-operator', $2, now() - interval '1 day', 1 FROM tenant t WHERE t.id = $3`, mixin.NewID(), h.user, h.tenant)
	h.cred = w.session(t, h.user, h.tenant, time.Hour, time.Hour)
	return h
}

// doing runs one write as somebody.
func (w *world) doing(t *testing.T, h home, do func(ctx context.Context, tx *Tx) error) error {
	t.Helper()
	ctx, r, _, err := w.db.Begin(t.Context(), h.cred)
	if err != nil {
		return err
	}
	return errors.Join(w.db.write(ctx, do), r.End())
}

// What the platform may do, no other tenant can, whatever the program above asks
// for; and there is one platform.
func TestPlatformFunctionsAreThePlatforms(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	town, other, platform := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001"), w.platform(t)
	now := time.Now()
	acts := map[string]func(context.Context, *Tx) error{
		"a plan": func(ctx context.Context, tx *Tx) error {
			return tx.PutPlan(ctx, &hosting.Plan{Key: "mine", Zh: "我的"})
		},
		"the trial": func(ctx context.Context, tx *Tx) error {
			return tx.AssignPlan(ctx, mixin.NewID(), town.tenant, "county", now, nil, town.user)
		},
		"a suspension": func(ctx context.Context, tx *Tx) error {
			return tx.PlaceHold(ctx, mixin.NewID(), other.tenant, hosting.Closed, "x", town.user, now)
		},
		"a restoration": func(ctx context.Context, tx *Tx) error {
			_, err := tx.LiftHold(ctx, other.tenant, "x", town.user, now)
			return err
		},
		"a reading": func(ctx context.Context, tx *Tx) error {
			return tx.AskGlass(ctx, mixin.NewID(), other.tenant, town.user, "because of something", 1, now)
		},
		"an approval": func(ctx context.Context, tx *Tx) error {
			_, err := tx.ApproveGlass(ctx, mixin.NewID(), town.user, now)
			return err
		},
		"an entry": func(ctx context.Context, tx *Tx) error {
			return tx.RecordBeside(ctx, hosting.Place{Tenant: other.tenant, Region: other.region}, audit.Event{Action: "x:y", ObjectKind: "x", ObjectID: town.user, Detail: []byte(`{}`)})
		},
		"a tenant": func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, `SELECT tenant_open(ARRAY[gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid()],
				'township', $1, '990101', 'n', 'Asia/Shanghai', now(), 'l', 'h', 'township-approver', 'p', 'n', $2)`, other.unit, town.user)
			return err
		},
		"the opening of a reading": func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, `SELECT glass_open(gen_random_uuid(), now())`)
			return err
		},
		"another platform": func(ctx context.Context, tx *Tx) error {
			return tx.FoundPlatform(ctx, tenancy.Opening{Tenant: tenancy.Tenant{ID: town.tenant, Name: "n", TimeZone: "UTC"}, Login: "l", Hash: "h"})
		},
	}
	for name, act := range acts {
		before := w.count(t, `SELECT (SELECT count(*) FROM tenant_hold) + (SELECT count(*) FROM tenant_plan) + (SELECT count(*) FROM plan) + (SELECT count(*) FROM break_glass)
			+ (SELECT count(*) FROM tenant) + (SELECT count(*) FROM role_grant) + (SELECT count(*) FROM audit_entry)`)
		if err := w.doing(t, town, act); err == nil {
			t.Errorf("a township does %s", name)
		}
		if after := w.count(t, `SELECT (SELECT count(*) FROM tenant_hold) + (SELECT count(*) FROM tenant_plan) + (SELECT count(*) FROM plan) + (SELECT count(*) FROM break_glass)
			+ (SELECT count(*) FROM tenant) + (SELECT count(*) FROM role_grant) + (SELECT count(*) FROM audit_entry)`); after != before {
			t.Errorf("%s by a township wrote %d rows", name, after-before)
		}
	}
	ctx, _ := w.as(t, town)
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		page, err := tx.HostedPage(ctx, "", paging.Window{Size: 9})
		lines, bad := tx.UsageLines(ctx, now, now, hosting.All)
		holds, worse := tx.HoldsOf(ctx, other.tenant)
		if len(page)+len(lines)+len(holds) != 0 {
			t.Errorf("a township reads %d tenants, %d lines, %d suspensions", len(page), len(lines), len(holds))
		}
		return errors.Join(err, bad, worse)
	})
	if err != nil {
		t.Error(err)
	}
	if err := w.doing(t, platform, acts["another platform"]); fault.CodeOf(err) != fault.PlatformExists {
		t.Errorf("a second platform: %v", err)
	}
}

// An act upon a tenant stands in its chain behind its own entries, and the chain
// holds.
func TestTheChainBesideHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	town, platform := w.settle(t, "township", "990101001"), w.platform(t)
	record := func(ctx context.Context) error { return audit.Record(ctx, "round:open", "round", town.tenant, nil) }
	own := func(ctx context.Context, _ *Tx) error { return record(ctx) }
	beside := func(ctx context.Context, tx *Tx) error {
		if err := tx.RecordBeside(ctx, hosting.Place{Tenant: town.tenant, Region: town.region, Unit: town.unit},
			audit.Event{Action: "tenant:suspend", ObjectKind: "tenant", ObjectID: town.tenant, Detail: []byte(`{"n": 1.50, "甲": "乙"}`), Reason: "核查"}); err != nil {
			return err
		}
		return record(ctx)
	}
	for i, step := range []struct {
		who home
		do  func(context.Context, *Tx) error
	}{{platform, beside}, {town, own}, {platform, beside}, {platform, beside}, {town, own}} {
		if err := w.doing(t, step.who, step.do); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	for _, h := range []home{town, platform} {
		ctx, r := w.as(t, h)
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			head, err := audit.Verify(tx.AuditChain(ctx))
			if want := map[uuid.UUID]int64{town.tenant: 5, platform.tenant: 3}[h.tenant]; head.Seq != want {
				t.Errorf("the chain has %d entries, want %d", head.Seq, want)
			}
			return err
		})
		if err := errors.Join(err, r.End()); err != nil {
			t.Error(err)
		}
	}
}

// A tenant is held by its suspension or the end of its plan, in force at its
// next request, and a closed one is out.
func TestStateOfATenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	county, town, platform := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001"), w.platform(t)
	w.put(t, `UPDATE unit SET parent_id = $1 WHERE id = $2`, county.unit, town.unit)
	begin := func() (*viewer.Viewer, error) {
		_, r, v, err := w.db.Begin(t.Context(), town.cred)
		if err == nil {
			_ = r.End()
		}
		return v, err
	}
	hold := func(access hosting.State) error {
		return w.doing(t, platform, func(ctx context.Context, tx *Tx) error {
			return tx.PlaceHold(ctx, mixin.NewID(), town.tenant, access, "核查", platform.user, time.Now())
		})
	}
	lift := func() error {
		return w.doing(t, platform, func(ctx context.Context, tx *Tx) error {
			_, err := tx.LiftHold(ctx, town.tenant, "核查完毕", platform.user, time.Now())
			return err
		})
	}
	assign := func(h home, until time.Time) error {
		return w.doing(t, platform, func(ctx context.Context, tx *Tx) error {
			return tx.AssignPlan(ctx, mixin.NewID(), h.tenant, "trial", time.Now().Add(-time.Hour), &until, platform.user)
		})
	}
	expect := func(name string, readOnly bool, code fault.Code) {
		t.Helper()
		v, err := begin()
		if fault.CodeOf(err) != code || err == nil && v.ReadOnly != readOnly {
			t.Errorf("%s: read-only %v, %v", name, v, err)
		}
	}
	expect("before", false, "")
	if err := hold(hosting.ReadOnly); err != nil {
		t.Fatal(err)
	}
	expect("suspended", true, "")
	if err := hold(hosting.Closed); fault.CodeOf(err) != fault.AlreadyExists {
		t.Errorf("held twice: %v", err)
	}
	if err := errors.Join(lift(), hold(hosting.Closed)); err != nil {
		t.Fatal(err)
	}
	expect("closed", false, fault.Unauthenticated)
	if err := lift(); err != nil {
		t.Fatal(err)
	}
	expect("restored", false, "")
	if err := assign(county, time.Now().Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	expect("its county's trial is over", true, "")
	if err := assign(town, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	expect("a plan of its own", false, "")
	if n := w.count(t, `SELECT count(*) FROM tenant_plan WHERE tenant_id = $1 AND until IS NOT NULL`, town.tenant); n != 1 {
		t.Errorf("%d plans", n)
	}
}

// Counts of requests are added by tenant, day and kind; a statement tells them
// to the tenant, to whoever adopted it, and to the platform.
func TestUsageAndStatements(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	county, town, stranger, platform := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001"), w.platform(t)
	w.adopt(t, county, town, false)
	w.fill(t, stranger)
	day := time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC)
	month := day.AddDate(0, 0, -29)
	for range 2 {
		err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
			spent, err := tx.AddUsage(ctx, []hosting.Count{{Tenant: town.tenant, Day: day, Kind: viewer.Token, Requests: 5},
				{Tenant: town.tenant, Day: day, Kind: viewer.Session, Requests: 2}, {Tenant: town.tenant, Day: day.AddDate(0, 0, 1), Kind: viewer.Token, Requests: 100},
				{Tenant: mixin.NewID(), Day: day, Kind: viewer.Token, Requests: 9}}, []uuid.UUID{town.tenant}, month)
			if err == nil && (len(spent) != 1 || spent[0].Most != nil || spent[0].Running) {
				t.Errorf("%+v", spent)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []struct {
		who   home
		scope hosting.Scope
		want  []uuid.UUID
	}{
		{town, hosting.Own, []uuid.UUID{town.tenant}}, {town, hosting.Below, nil}, {town, hosting.All, nil}, {county, hosting.Below, []uuid.UUID{town.tenant}},
		{county, hosting.All, nil}, {stranger, hosting.Below, nil}, {platform, hosting.All, []uuid.UUID{platform.tenant, county.tenant, town.tenant, stranger.tenant}},
	} {
		ctx, r := w.as(t, at.who)
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			lines, err := tx.UsageLines(ctx, month, month.AddDate(0, 1, 0), at.scope)
			var got []uuid.UUID
			for _, l := range lines {
				got = append(got, l.Tenant)
				if l.Tenant == town.tenant && (l.Tokens != 10 || l.Sessions != 4) {
					t.Errorf("%+v", l)
				}
			}
			if !slices.Equal(got, at.want) {
				t.Errorf("%s of %s: %v, want %v", at.scope, at.who.region, got, at.want)
			}
			return err
		})
		if err := errors.Join(err, r.End()); err != nil {
			t.Error(err)
		}
	}
}
