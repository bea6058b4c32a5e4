package postgres

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/archive"
	"leitai/internal/fault"
)

// After the end no row of the tenant is in any table, by the catalogue, no file
// in the store, and no account at home there; the other tenant is byte by byte
// what it was; a tombstone says what has to be known; and the id is nobody's
// again, by whatever way.
func TestAnEndedTenantLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h, other := w.settle(t, "township", "990101201"), w.settle(t, "township", "990101202")
	w.fill(t, h)
	w.chained(t, h)
	w.fill(t, other)
	w.put(t, `DELETE FROM tenant_leaving WHERE tenant_id = $1`, h.tenant)
	guest := mixin.NewID() // at home in the tenant that ends, with a role in the other
	w.put(t, `INSERT INTO app_user (id, login, password_hash, created_at, home_tenant) VALUES ($1, 'guest', '', now(), $2)`, guest, h.tenant)
	w.grant(t, home{tenant: other.tenant, region: other.region, user: guest, unit: other.unit}, "township-clerk")
	body := w.export(t, h, cellar{})
	files := cellar{fileKey(h.tenant): []byte("a"), fileKey(other.tenant): []byte("b")}
	tables := w.filledTables(t, other)
	before, head := w.picture(t, tables, other), w.count(t, `SELECT max(seq) FROM audit_entry WHERE tenant_id = $1`, h.tenant)

	m := w.maintenance(t)
	if _, err := m.End(t.Context(), h.tenant, "operator"); fault.CodeOf(err) != fault.LeavingNone {
		t.Fatalf("ended without being asked: %v", err)
	}
	if _, err := m.LetLeave(t.Context(), h.tenant, "合并", 30, "operator"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.End(t.Context(), h.tenant, "operator"); fault.CodeOf(err) != fault.LeavingNone {
		t.Fatalf("ended inside the period of grace: %v", err)
	}
	m.Clock(func() time.Time { return time.Now().AddDate(0, 0, 31) })
	due, err := m.DueTenants(t.Context())
	if err != nil || len(due) != 1 || due[0] != h.tenant {
		t.Fatalf("due: %v, %v", due, err)
	}
	if _, err := m.End(t.Context(), h.tenant, "operator"); err != nil {
		t.Fatal(err)
	}
	left, err := m.FilesLeft(t.Context())
	if err != nil || len(left) != 1 {
		t.Fatalf("%v, %v", left, err)
	}
	if n, err := archive.RemoveFiles(t.Context(), files, h.tenant, time.Now()); err != nil || n != 1 || len(files) != 1 {
		t.Errorf("%d files removed, %v left, %v", n, files, err)
	}
	if err := m.FilesGone(t.Context(), h.tenant); err != nil {
		t.Error(err)
	}

	for _, table := range column(t, w.maint, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p')`) {
		if n := w.count(t, `SELECT count(*) FROM `+table+` WHERE tenant_id = $1`, h.tenant); n > 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if n := w.count(t, `SELECT count(*) FROM app_user WHERE id = $1 OR home_tenant = $2`, h.user, h.tenant); n > 0 {
		t.Errorf("%d accounts are left", n)
	}
	if w.count(t, `SELECT count(*) FROM app_user WHERE id = $1 AND home_tenant = $2`, guest, other.tenant) != 1 {
		t.Error("an account that the other tenant relies on is gone, or at home nowhere")
	}
	after := w.picture(t, tables, other)
	for _, table := range tables {
		if before[table] != after[table] {
			t.Errorf("%s of the other tenant changed", table)
		}
	}
	if w.count(t, `SELECT count(*) FROM tombstone WHERE id = $1 AND unit_code = '990101201' AND audit_seq = $2 AND octet_length(audit_hash) = 32 AND files_gone_at IS NOT NULL`,
		h.tenant, head+1) != 1 {
		t.Error("the tombstone does not say what has to be known")
	}
	w.notReused(t, h, body)
}

// notReused tries to bring the id of a tenant that ended back.
func (w *world) notReused(t *testing.T, h home, body []byte) {
	t.Helper()
	if err := w.take(t, body, cellar{}, archive.Taking{VoidOpen: true}); fault.CodeOf(err) != fault.ArchiveWasDeleted {
		t.Errorf("its archive: %v", err)
	}
	_, err := w.maint.ExecContext(t.Context(), `INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, $2, 'township', $3, 'x', now())`,
		h.tenant, h.region, h.unit)
	if sqlstate(err) != "LT501" {
		t.Errorf("its id: %v", err)
	}
	fresh := uuid.New() // the unit itself is free
	w.put(t, `INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, $2, 'township', $3, 'x', now())`, fresh, h.region, h.unit)
}

// What the application may do about the wish: ask without confirming, confirm as
// somebody else, call off; not begin confirmed, shorten, or bring back.
func TestTheWishToEndHasItsSteps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101201")
	say := func(query string, args ...any) string {
		ctx, _ := w.as(t, h)
		return sqlstate(w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, query, args...)
			return err
		}))
	}
	raw := func(query string, args ...any) string { // past faultOf, which keeps no code
		tx, err := w.App(t).BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		if _, err := tx.ExecContext(t.Context(), `SELECT set_config('app.tenant', $1, true), set_config('app.draft_tenants', '{' || $1 || '}', true)`, h.tenant.String()); err != nil {
			t.Fatal(err)
		}
		_, err = tx.ExecContext(t.Context(), query, args...)
		return sqlstate(err)
	}
	const asked = `INSERT INTO tenant_leaving (id, tenant_id, region, reason, grace_days, requested_by, requested_at, confirmed_by, confirmed_at, due_at)
		VALUES ($1, $2, '990101', 'x', 30, $3, now(), $4, $5, $6)`
	now := time.Now()
	if code := raw(asked, uuid.New(), h.tenant, h.user, uuid.New(), now, now.AddDate(0, 0, 31)); code != "LT001" {
		t.Errorf("begun confirmed: %q", code)
	}
	if code := raw(asked, uuid.New(), h.tenant, uuid.Nil, nil, nil, nil); code != "LT001" {
		t.Errorf("in the operator's name: %q", code)
	}
	id := uuid.New()
	if code := say(asked, id, h.tenant, h.user, nil, nil, nil); code != "" {
		t.Fatalf("asked: %q", code)
	}
	const confirm = `UPDATE tenant_leaving SET confirmed_by = $2, confirmed_at = $3, due_at = $4 WHERE id = $1`
	for name, c := range map[string]struct {
		query string
		args  []any
		want  string
	}{
		"by who asked":   {confirm, []any{id, h.user, now, now.AddDate(0, 0, 31)}, "23514"},
		"without grace":  {confirm, []any{id, uuid.New(), now, now.AddDate(0, 0, 29)}, "23514"},
		"less grace":     {`UPDATE tenant_leaving SET grace_days = 1 WHERE id = $1`, []any{id}, "LT001"},
		"another reason": {`UPDATE tenant_leaving SET reason = 'y' WHERE id = $1`, []any{id}, "LT001"},
		"asked twice":    {asked, []any{uuid.New(), h.tenant, h.user, nil, nil, nil}, "23505"},
		"removed":        {`DELETE FROM tenant_leaving WHERE id = $1`, []any{id}, "42501"},
	} {
		if code := raw(c.query, c.args...); code != c.want {
			t.Errorf("%s: %q, want %q", name, code, c.want)
		}
	}
}
