package dbtest

import (
	"context"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"leitai/internal/embedded"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

func TestNewIsMigratedAndSeenByEachRole(t *testing.T) {
	t.Parallel()
	db := New(t)
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	for role, dsn := range map[string]string{
		migrate.App: db.AppDSN, migrate.Job: db.JobDSN, migrate.Owner: db.OwnerDSN, migrate.Maint: db.MaintDSN, embedded.Admin: db.AdminDSN,
	} {
		var user, name string
		if err := Open(t, dsn).QueryRow(`SELECT current_user, current_database()`).Scan(&user, &name); err != nil {
			t.Fatal(err)
		}
		if user != role && os.Getenv("LEITAI_TEST_DSN") == "" || name != db.Name {
			t.Errorf("%s at %s, want %s at %s", user, name, role, db.Name)
		}
		if st, err := set.Status(t.Context(), dsn); err != nil || !st.Current() || len(st.Unknown) > 0 {
			t.Errorf("%s: %+v, %v", role, st, err)
		}
	}
	var owner string
	if err := db.Admin(t).QueryRow(`SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = $1`, db.Name).Scan(&owner); err != nil || owner != migrate.Owner {
		t.Errorf("the copy belongs to %q, %v", owner, err)
	}
}

func TestDatabasesKnowNothingOfEachOther(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for range 3 {
		db := New(t)
		if names[db.Name] {
			t.Fatalf("%s was handed out twice", db.Name)
		}
		names[db.Name] = true
		if _, err := db.Owner(t).Exec(`CREATE TABLE mine (n int)`); err != nil {
			t.Errorf("something of another test is here: %v", err)
		}
	}
}

func TestADatabaseIsRemovedWithItsSessions(t *testing.T) { //nolint:tparallel // what comes after needs the subtest to have ended
	t.Parallel()
	var name string
	t.Run("inner", func(t *testing.T) {
		db := New(t)
		name = db.Name
		if err := db.App(t).Ping(); err != nil { // the pool keeps a session
			t.Fatal(err)
		}
	})
	s, err := theServer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var left bool
	if err := s.admin.QueryRow(`SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&left); err != nil || left {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestEmptyHasNothing(t *testing.T) {
	t.Parallel()
	var tables int
	if err := Empty(t).Owner(t).QueryRow(`SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`).Scan(&tables); err != nil || tables != 0 {
		t.Errorf("%d tables, %v", tables, err)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := New(t).App(t).Ping(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// The template is closed, so that no session ever stands in the way of a copy,
// and named by the migrations' checksum.
func TestTheTemplateIsClosedAndKeyedByTheMigrations(t *testing.T) {
	t.Parallel()
	s, err := theServer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name, err := s.template(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^leitai_template_[0-9a-f]{16}$`).MatchString(name) {
		t.Errorf("name %q", name)
	}
	if err := Open(t, s.dsn("", "", name)).Ping(); err == nil {
		t.Error("the template lets sessions in")
	}
}

func TestOnlyOldDatabasesAreAbandoned(t *testing.T) {
	t.Parallel()
	s, err := theServer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fresh := New(t)
	now := time.Now()
	if abandoned(fresh.Name, now) || !abandoned(fresh.Name, now.Add(abandonedAfter+time.Minute)) || abandoned("leitai_roles_of_tests", now) {
		t.Errorf("%s is told wrongly", fresh.Name)
	}
	const old = databasePrefix + "1_killed"
	if err := s.roles(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.create(t.Context(), old, "template0"); err != nil {
		t.Fatal(err)
	}
	conn, err := s.admin.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := s.sweep(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	if err := Open(t, s.dsn("", "", old)).Ping(); err == nil {
		t.Error("the abandoned database is still there")
	}
	if err := fresh.App(t).Ping(); err != nil {
		t.Errorf("a running test lost its database: %v", err)
	}
}

func TestAnotherServerByItsURL(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"host=x", "mysql://a@b/c", "", "postgres://a:secret@b:port/c"} {
		if _, err := newServer(dsn); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", dsn, err)
		}
	}
	s, err := newServer("postgres://root:pw@127.0.0.1:5/adm?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.admin.Close() }()
	if s.home != "adm" || s.dsn("", "", "x") != "postgres://root:pw@127.0.0.1:5/x?sslmode=disable" || s.dsn("r", "p", "x") != "postgres://r:p@127.0.0.1:5/x?sslmode=disable" {
		t.Errorf("%s %s %s", s.home, s.dsn("", "", "x"), s.dsn("r", "p", "x"))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.alone(ctx, "x", nil); err == nil {
		t.Error("worked without a server")
	}
}
