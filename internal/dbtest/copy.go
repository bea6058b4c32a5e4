package dbtest

import (
	"context"
	"testing"
	"time"
)

// Copy gives the test another database with everything that is in this one, in
// the time that a file takes to copy. Nobody may be connected to this one
// meanwhile: pools on it are to be closed before.
func (d *DB) Copy(t testing.TB) *DB {
	t.Helper()
	return clone(t, func(ctx context.Context, s *server) (string, error) { return d.Name, s.leave(ctx, d.Name) })
}

// leave ends what sessions are left in a database; a pool that was just closed
// may still be saying goodbye.
func (s *server) leave(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	const end = `SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = $1`
	var ended int
	return s.admin.QueryRowContext(ctx, end, name).Scan(&ended)
}
