package postgres

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/dbtest"
	"leitai/internal/viewer"
)

// world is a database with units and tenants, and the pool of the application
// beside the maintenance role's, which sees everything.
type world struct {
	*dbtest.DB
	db    *DB
	maint *sql.DB
}

// newWorld opens the application's DB; draft roles are township-clerk's alone.
func newWorld(t testing.TB, change ...func(*Options)) *world {
	t.Helper()
	base := dbtest.New(t)
	opts := Options{DraftRoles: []string{"township-clerk"}}
	for _, c := range change {
		c(&opts)
	}
	db, err := Open(t.Context(), base.AppDSN, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &world{DB: base, db: db, maint: base.Maint(t)}
}

// home is a tenant with one clerk who has a session, and one village.
type home struct {
	tenant, unit, village, user, person uuid.UUID
	region                              string
	cred                                viewer.Credential
}

// put runs statements as the maintenance role.
func (w *world) put(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := w.maint.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// count asks as the maintenance role.
func (w *world) count(t testing.TB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := w.maint.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// settle makes a tenant of a kind with a clerk; code is its unit's.
func (w *world) settle(t testing.TB, kind, code string) home {
	t.Helper()
	h := home{tenant: mixin.NewID(), unit: mixin.NewID(), village: mixin.NewID(), user: mixin.NewID(), person: mixin.NewID(), region: code[:6]}
	w.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name, region) VALUES ($1, $2, $3, $2, $2, $4)`, h.unit, code, kind, h.region)
	w.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region) VALUES ($1, $2, 'village', $2, $2, $3, $4)`,
		h.village, (code + "000000")[:9]+"201", h.unit, h.region)
	w.put(t, `INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, $2, $3, $4, $5, now())`,
		h.tenant, h.region, kind, h.unit, code)
	w.put(t, `INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, '', now())`, h.user, "clerk-"+code)
	w.put(t, `INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES ($1, $2, $3, 'P1', $4, now())`,
		h.person, h.tenant, h.region, h.user)
	w.grant(t, h, "township-clerk")
	h.cred = w.session(t, h.user, h.tenant, time.Hour, time.Hour)
	return h
}

func (w *world) grant(t testing.TB, h home, role string) {
	t.Helper()
	w.put(t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		VALUES ($1, $2, $3, $4, $5, $6, $4, now() - interval '1 day', 1)`, mixin.NewID(), h.tenant, h.region, h.user, h.unit, role)
}

// session signs a user in until the given times from now.
func (w *world) session(t testing.TB, user, tenant uuid.UUID, idle, absolute time.Duration) viewer.Credential {
	t.Helper()
	cred := viewer.Credential{Kind: viewer.Session, Hash: sha256.Sum256(user[:])}
	w.put(t, `INSERT INTO session VALUES ($1, $2, $3, now(), CURRENT_TIMESTAMP, now() + make_interval(secs => $4), now() + make_interval(secs => $5))
		ON CONFLICT (hash) DO UPDATE SET tenant_id = excluded.tenant_id, idle_until = excluded.idle_until, expires_at = excluded.expires_at`,
		cred.Hash[:], user, tenant, idle.Seconds(), absolute.Seconds())
	return cred
}

// as begins a request and ends it with the test.
func (w *world) as(t testing.TB, h home) (context.Context, *Request) {
	t.Helper()
	ctx, r, _, err := w.db.Begin(t.Context(), h.cred)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.End() })
	return ctx, r
}

// adopt lets a township join a county, with or without its unpublished work.
func (w *world) adopt(t testing.TB, upper, lower home, drafts bool) {
	t.Helper()
	for _, side := range []struct {
		own, other home
		name       string
	}{{upper, lower, "upper"}, {lower, upper, "lower"}} {
		w.put(t, `INSERT INTO adoption (id, tenant_id, region, other_id, side, drafts, agreed_by, agreed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,now())`,
			mixin.NewID(), side.own.tenant, side.own.region, side.other.tenant, side.name, drafts && side.name == "lower", side.own.user)
	}
}

// row gives the SQLSTATE of an error, "" when PostgreSQL did not refuse.
func sqlstate(err error) string {
	if refused := pq.As(err); refused != nil {
		return string(refused.Code)
	}
	return ""
}
