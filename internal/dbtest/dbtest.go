// Package dbtest owns the databases of tests: New gives a test a database of
// its own with every migration applied, in some 50 ms, and removes it at the
// end. Nothing has to be installed or configured but PostgreSQL's binaries
// (package embedded finds them); without them a test fails and says what to
// install, it never skips.
//
// One server serves all test programs of this user that run at the same time,
// and all checkouts. The first test program starts it in a process of its own,
// which stops it and removes its files some seconds after the last program has
// ended, however that ended (see server.go). LEITAI_TEST_DSN names another
// server instead, by the URL of a superuser: one for tests only, since leitai's
// roles there get the passwords of tests.
//
// It does not own what is in the databases: tests write their own rows.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"leitai/internal/postgres/migrate"
)

// DB is one test's own database, seen by each of leitai's roles.
type DB struct {
	Name     string
	AppDSN   string // leitai_app, the server's role: row-level security holds
	JobDSN   string // leitai_job, the same policies
	OwnerDSN string // leitai_owner: DDL
	MaintDSN string // leitai_maint: sees and changes every tenant's rows
	AdminDSN string // the superuser
}

// New gives the test a database with all migrations applied. It is dropped when
// the test ends, with whatever sessions are left in it.
func New(t testing.TB) *DB {
	t.Helper()
	return clone(t, func(ctx context.Context, s *server) (string, error) { return s.template(ctx) })
}

// Empty gives the test a database without any migration, owned by leitai_owner.
func Empty(t testing.TB) *DB {
	t.Helper()
	return clone(t, func(ctx context.Context, s *server) (string, error) { return "template0", s.roles(ctx) })
}

func clone(t testing.TB, from func(context.Context, *server) (string, error)) *DB {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s, err := theServer(ctx)
	if err != nil {
		t.Fatalf("dbtest: no database for tests: %v", err)
	}
	template, err := from(ctx, s)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	name := databasePrefix + strconv.FormatInt(time.Now().Unix(), 36) + "_" + strings.ToLower(rand.Text()[:12])
	if err := s.create(ctx, name, template); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := s.drop(ctx, name); err != nil {
			t.Errorf("dbtest: %v", err)
		}
	})
	return s.database(name)
}

// Open opens a pool on one of the database's DSNs and closes it when the test
// ends.
func Open(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// App opens a pool as the server's role.
func (d *DB) App(t testing.TB) *sql.DB { t.Helper(); return Open(t, d.AppDSN) }

// Job opens a pool as the role of background work.
func (d *DB) Job(t testing.TB) *sql.DB { t.Helper(); return Open(t, d.JobDSN) }

// Owner opens a pool as the owner of the schema.
func (d *DB) Owner(t testing.TB) *sql.DB { t.Helper(); return Open(t, d.OwnerDSN) }

// Maint opens a pool as the role that sees every tenant, to prepare and to look.
func (d *DB) Maint(t testing.TB) *sql.DB { t.Helper(); return Open(t, d.MaintDSN) }

// Admin opens a pool as the superuser.
func (d *DB) Admin(t testing.TB) *sql.DB { t.Helper(); return Open(t, d.AdminDSN) }

// database names the database for each role.
func (s *server) database(name string) *DB {
	as := func(role string) string { return s.dsn(role, s.password(role), name) }
	return &DB{
		Name: name, AppDSN: as(migrate.App), JobDSN: as(migrate.Job), OwnerDSN: as(migrate.Owner),
		MaintDSN: as(migrate.Maint), AdminDSN: s.dsn("", "", name),
	}
}

// create copies a template under a new name and lets leitai's roles in.
func (s *server) create(ctx context.Context, name, template string) error {
	// The default strategy, which writes every page to the log, was seen to take
	// ten times as long.
	statement := `CREATE DATABASE ` + name + ` OWNER ` + migrate.Owner + ` TEMPLATE ` + template + ` STRATEGY file_copy`
	if _, err := s.admin.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("make a database for the test: %w", err)
	}
	if _, err := s.admin.ExecContext(ctx, migrate.Admit(name)); err != nil {
		return fmt.Errorf("make a database for the test: %w", err)
	}
	return nil
}

func (s *server) drop(ctx context.Context, name string) error {
	if _, err := s.admin.ExecContext(ctx, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`); err != nil { //nolint:gosec // a name of our own making
		return fmt.Errorf("remove a database: %w", err)
	}
	return nil
}
