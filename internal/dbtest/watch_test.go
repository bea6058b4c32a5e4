package dbtest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/dbtest"
	"leitai/internal/postgres"
)

// store reads a table of tenants; a use case would declare it.
type store interface {
	FirstPeriod(ctx context.Context, competition uuid.UUID) (string, error)
}

// A statement that touches a tenant's table before its transaction was opened
// for a tenant is refused, and told; afterwards it is not, and what was set ends
// with its transaction.
func TestStrictNoticesAMissingTenant(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var said []error
	db, err := postgres.Open(t.Context(), d.AppDSN, postgres.Options{MaxOpen: 1, Connector: dbtest.StrictTelling(t, d, func(err error) { said = append(said, err) }).Connector})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	outside := func() error {
		return postgres.Outside[store](db)(t.Context(), func(ctx context.Context, s store) error {
			_, err := s.FirstPeriod(ctx, uuid.New())
			return err
		})
	}
	if err := outside(); err == nil || len(said) != 1 || !strings.Contains(said[0].Error(), "round is touched without a tenant") {
		t.Errorf("%v, said %v", err, said)
	}
	ctx, request, _, err := db.AsTenant(t.Context(), postgres.Service{Tenant: uuid.New(), Region: "990101", User: uuid.New()})
	if err != nil {
		t.Fatal(err)
	}
	_ = postgres.Read[store](db)(ctx, func(ctx context.Context, s store) error { _, err := s.FirstPeriod(ctx, uuid.New()); return err })
	if err := request.End(); err != nil || len(said) != 1 {
		t.Errorf("%v, said %v", err, said)
	}
	if err := outside(); err == nil || len(said) != 2 {
		t.Errorf("the tenant before was still set: %v", said)
	}
}

// A copy holds what the first one held, and neither sees what becomes of the
// other.
func TestCopyIsADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	first := dbtest.New(t)
	put := func(d *dbtest.DB, statement string) {
		pool := dbtest.Open(t, d.AdminDSN)
		defer func() { _ = pool.Close() }()
		if _, err := pool.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	put(first, `CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)`)
	second := first.Copy(t)
	put(second, `INSERT INTO kept VALUES (2)`)
	for d, want := range map[*dbtest.DB]int{first: 1, second: 2} {
		var n int
		if err := d.Admin(t).QueryRowContext(t.Context(), `SELECT count(*) FROM kept`).Scan(&n); err != nil || n != want {
			t.Errorf("%d rows, %v, want %d", n, err, want)
		}
	}
}
