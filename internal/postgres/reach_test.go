package postgres

import (
	"testing"

	"leitai/ent/mixin"
	"leitai/internal/viewer"
)

// reckoned tells the rows of tenant_reach that are not what the tables say, and
// the tenants without one.
const reckoned = `
SELECT t.name FROM tenant t LEFT JOIN tenant_reach r ON r.id = t.id
WHERE r.id IS NULL OR (r.tenant_id, r.region, r.kind, r.unit_id, r.time_zone, r.demo) IS DISTINCT FROM (t.id, t.region, t.kind, t.unit_id, t.time_zone, t.demo)
OR CASE WHEN r.turns_at > clock_timestamp() THEN r.state IS DISTINCT FROM leitai_tenant_state(t.id) ELSE r.turns_at IS NULL END
OR r.above <> leitai_tenants_above(t.id)
OR r.below <> ARRAY(SELECT u.other_id FROM adoption u WHERE u.tenant_id = t.id AND u.side = 'upper' AND u.ended_at IS NULL AND EXISTS (
  SELECT FROM adoption l WHERE l.tenant_id = u.other_id AND l.other_id = t.id AND l.side = 'lower' AND l.ended_at IS NULL) ORDER BY 1)
OR r.drafts <> ARRAY(SELECT u.other_id FROM adoption u WHERE u.tenant_id = t.id AND u.side = 'upper' AND u.ended_at IS NULL AND EXISTS (
  SELECT FROM adoption l WHERE l.tenant_id = u.other_id AND l.other_id = t.id AND l.side = 'lower' AND l.ended_at IS NULL AND l.drafts) ORDER BY 1)
UNION ALL SELECT r.id::text FROM tenant_reach r WHERE NOT EXISTS (SELECT FROM tenant t WHERE t.id = r.id)`

// Whatever an opening has to know of a tenant is worked out anew with every
// change of what it follows from, for everybody whom the change concerns.
func TestWhatAnOpeningKnowsOfATenantFollowsEveryChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	prefecture, county := w.settle(t, "prefecture", "990100"), w.settle(t, "county", "990101")
	town, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	for child, parent := range map[home]home{county: prefecture, town: county, other: county} {
		w.put(t, `UPDATE unit SET parent_id = $1 WHERE id = $2`, parent.unit, child.unit)
	}
	admin := w.Admin(t)
	state := func(h home) string {
		return column(t, admin, `SELECT state FROM tenant_reach WHERE id = $1`, h.tenant)[0]
	}
	plan := `INSERT INTO tenant_plan (id, tenant_id, region, plan, since, until, set_by) SELECT gen_random_uuid(), id, region, 'trial', now() + $2::interval, now() + $3::interval, id FROM tenant WHERE id = $1`
	for _, c := range []struct {
		name  string
		do    func()
		state string // of the township
		above int    // of the township
	}{
		{"as settled", func() {}, "active", 0},
		{"adopted by the county", func() { w.adopt(t, county, town, true) }, "active", 1},
		{"the county by the prefecture", func() { w.adopt(t, prefecture, county, false) }, "active", 2},
		{"no drafts", func() { w.put(t, `UPDATE adoption SET drafts = false`) }, "active", 2},
		{"the prefecture lets go", func() { w.put(t, `UPDATE adoption SET ended_at = now() WHERE tenant_id = $1`, prefecture.tenant) }, "active", 1},
		{"a plan of the prefecture that ended", func() { w.put(t, plan, prefecture.tenant, "-2 days", "-1 day") }, "read-only", 1},
		{"a plan of the county", func() { w.put(t, plan, county.tenant, "-1 day", "1 day") }, "active", 1},
		{"a plan of its own that ended", func() { w.put(t, plan, town.tenant, "-1 day", "-1 hour") }, "read-only", 1},
		{"without it", func() { w.put(t, `DELETE FROM tenant_plan WHERE tenant_id = $1`, town.tenant) }, "active", 1},
		{"out of the county", func() { w.put(t, `UPDATE unit SET parent_id = $1 WHERE id = $2`, prefecture.unit, town.unit) }, "read-only", 1},
		{"into it again", func() { w.put(t, `UPDATE unit SET parent_id = $1 WHERE id = $2`, county.unit, town.unit) }, "active", 1},
		{"held", func() {
			w.put(t, `INSERT INTO tenant_hold (id, tenant_id, region, access, reason, placed_by, placed_at) VALUES ($1, $2, $3, 'closed', 'x', $2, now())`, mixin.NewID(), town.tenant, town.region)
		}, "closed", 1},
		{"let go", func() { w.put(t, `UPDATE tenant_hold SET lifted_at = now(), lifted_by = tenant_id`) }, "active", 1},
		{"suspended", func() { w.put(t, `UPDATE tenant SET status = 'suspended' WHERE id = $1`, town.tenant) }, "closed", 1},
		{"at work again", func() {
			w.put(t, `UPDATE tenant SET status = 'active', time_zone = 'Asia/Urumqi' WHERE id = $1`, town.tenant)
		}, "active", 1},
		{"the county's seat moves", func() {
			w.put(t, `UPDATE tenant SET unit_id = $1 WHERE id = $2`, county.village, county.tenant)
		}, "read-only", 1},
		{"no adoption", func() { w.put(t, `DELETE FROM adoption`) }, "read-only", 0},
	} {
		c.do()
		if wrong := column(t, admin, reckoned); len(wrong) > 0 {
			t.Errorf("%s: not what the tables say of %v", c.name, wrong)
		}
		if got := state(town); got != c.state {
			t.Errorf("%s: %s, want %s", c.name, got, c.state)
		}
		if n := w.count(t, `SELECT cardinality(above) FROM tenant_reach WHERE id = $1`, town.tenant); n != c.above {
			t.Errorf("%s: %d tenants above, want %d", c.name, n, c.above)
		}
	}
}

// What the clock alone changes needs no statement: a plan that ends makes the
// very next opening one that reads only, and the row is worked out anew when the
// use of a credential is noted.
func TestAPlanThatEndsIsSeenWithoutAChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	opened := func() *viewer.Viewer {
		t.Helper()
		_, r, v, err := w.db.Begin(t.Context(), h.cred)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		return v
	}
	w.put(t, `INSERT INTO tenant_plan (id, tenant_id, region, plan, since, until, set_by) VALUES ($1, $2, $3, 'trial', now() - interval '1 day', now() + interval '1 day', $2)`,
		mixin.NewID(), h.tenant, h.region)
	if opened().ReadOnly {
		t.Fatal("a plan in force lets nobody write")
	}
	// The day passes: the row stays as it was worked out.
	kept := `UPDATE tenant_reach SET state = 'active', turns_at = now() - interval '1 second' WHERE id = $1`
	w.put(t, `UPDATE tenant_plan SET until = now() - interval '1 second' WHERE tenant_id = $1`, h.tenant)
	w.put(t, kept, h.tenant)
	w.put(t, `UPDATE session SET seen_at = now()`)
	if !opened().ReadOnly {
		t.Error("a plan that ended lets write")
	}
	if w.count(t, `SELECT count(*) FROM tenant_reach WHERE state = 'read-only'`) != 0 {
		t.Fatal("the row was worked out anew too early for this test")
	}
	w.put(t, `UPDATE session SET seen_at = now() - interval '6 minutes'`)
	opened()
	if w.count(t, `SELECT count(*) FROM tenant_reach WHERE state = 'read-only' AND turns_at = 'infinity'`) != 1 {
		t.Error("the row was not worked out anew")
	}
}

// Two changes at a time, of which each alone leaves the other out, are reckoned
// together.
func TestTwoSidesOfAnAdoptionAtATime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	county, town := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
	const side = `INSERT INTO adoption (id, tenant_id, region, other_id, side, drafts, agreed_by, agreed_at) VALUES ($1, $2, $3, $4, $5, false, $2, now())`
	first, err := w.maint.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Rollback() }() // a no-op after the commit
	if _, err := first.ExecContext(t.Context(), side, mixin.NewID(), county.tenant, county.region, town.tenant, "upper"); err != nil {
		t.Fatal(err)
	}
	second := make(chan error)
	go func() {
		_, err := w.maint.ExecContext(t.Context(), side, mixin.NewID(), town.tenant, town.region, county.tenant, "lower")
		second <- err
	}()
	until(t, func() bool {
		return w.count(t, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 1
	})
	if err := first.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Fatal(err)
	}
	if wrong := column(t, w.Admin(t), reckoned); len(wrong) > 0 || w.count(t, `SELECT cardinality(below) FROM tenant_reach WHERE id = $1`, county.tenant) != 1 {
		t.Errorf("not what the tables say of %v", wrong)
	}
}
