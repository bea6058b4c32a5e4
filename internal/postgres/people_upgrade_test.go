package postgres

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/dbtest"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

// Users of before the upgrade belong to the tenant that made them, even where
// another one was the first to give them a role; else to that of their first
// role. Nobody else does.
func TestUsersOfBeforeGetTheirHome(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	dir := t.TempDir()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name < "20261123" {
			text, err := fs.ReadFile(migrations.Files, name)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name), text, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := migrate.WriteSum(dir); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []fs.FS{os.DirFS(dir), migrations.Files} {
		set, err := migrate.Load(folder)
		if err == nil {
			_, err = set.Up(t.Context(), db.OwnerDSN)
		}
		if err != nil {
			t.Fatal(err)
		}
		if folder != fs.FS(migrations.Files) {
			beforeHomes(t, db)
		}
	}
	homes := column(t, db.Maint(t), `SELECT u.login || ' ' || coalesce(t.name, '-') FROM app_user u LEFT JOIN tenant t ON t.id = u.home_tenant ORDER BY 1`)
	want := []string{"fresh east", "granted west", "made east", "nobody -"}
	if len(homes) != len(want) {
		t.Fatalf("%v", homes)
	}
	for i := range want {
		if homes[i] != want[i] {
			t.Errorf("%v, want %v", homes, want)
		}
	}
}

// beforeHomes puts two townships in as they were before users had a home: made
// and fresh were made in the east, and the west gave made a role first.
func beforeHomes(t *testing.T, db *dbtest.DB) {
	t.Helper()
	maint := db.Maint(t)
	put := func(query string, args ...any) {
		t.Helper()
		if _, err := maint.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	tenants, users := map[string]uuid.UUID{}, map[string]uuid.UUID{}
	for _, name := range []string{"east", "west"} {
		tenants[name] = mixin.NewID()
		unit := mixin.NewID()
		put(`INSERT INTO unit (id, level, legal_name, shown_name) VALUES ($1, 'township', $2, $2)`, unit, name)
		put(`INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, '990101', 'township', $2, $3, now())`, tenants[name], unit, name)
	}
	for _, login := range []string{"made", "fresh", "granted", "nobody"} {
		users[login] = mixin.NewID()
		put(`INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, 'x', now())`, users[login], login)
	}
	for i, login := range []string{"made", "fresh"} {
		put(`INSERT INTO audit_entry (id, tenant_id, region, seq, at, actor, credential, request_id, action, object_kind, object_id, detail, previous, hash)
			VALUES ($1, $2, '990101', $3, now(), $1, '', '', 'user:create', 'user', $4, '{}', decode(repeat('00', 32), 'hex'), decode(repeat('01', 32), 'hex'))`,
			mixin.NewID(), tenants["east"], i+1, users[login])
	}
	for i, g := range [][2]string{{"made", "west"}, {"made", "east"}, {"granted", "west"}, {"granted", "east"}} {
		put(`INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
			SELECT $1, t.id, '990101', $2, t.unit_id, 'judge', $2, now() + $4 * interval '1 minute', 2 FROM tenant t WHERE t.id = $3`,
			mixin.NewID(), users[g[0]], tenants[g[1]], i)
	}
}
