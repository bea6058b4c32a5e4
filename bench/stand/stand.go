// Package stand owns the databases that the benchmarks run on: one local
// PostgreSQL in a folder that is kept, with a database for each shape of the
// reference data, made when it is missing and used again when it was made alike.
//
// It does not own the data (bench/data) nor anything that is measured.
package stand

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	_ "github.com/lib/pq" // the driver of the administrator's connection

	"leitai/internal/config"
	"leitai/internal/embedded"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

const password = "bench" // of a server on loopback that lives for the run

// Stand is a running PostgreSQL with its keys.
type Stand struct {
	folder string
	server *embedded.Server
	set    *migrate.Set
	keys   config.Keys
	tell   func(format string, args ...any)
}

// Open starts the PostgreSQL of a folder; everything in it belongs to the
// benchmarks and is made when it is missing. Close must follow.
func Open(ctx context.Context, folder string, tell func(format string, args ...any)) (*Stand, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	s := &Stand{folder: folder, tell: tell}
	if s.set, err = migrate.Load(migrations.Files); err != nil {
		return nil, err
	}
	if _, err := os.Stat(s.KeyFolder()); errors.Is(err, os.ErrNotExist) {
		if err := config.MakeKeys(s.KeyFolder()); err != nil {
			return nil, err
		}
	}
	if s.keys, err = config.LoadKeys(s.KeyFolder()); err != nil {
		return nil, err
	}
	s.server, err = embedded.Start(ctx, embedded.Options{Dir: filepath.Join(folder, "postgres"), Ephemeral: true, MaxConnections: 200,
		Settings: map[string]string{"shared_buffers": "1GB", "maintenance_work_mem": "256MB"}})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// KeyFolder holds the keys of all databases.
func (s *Stand) KeyFolder() string { return filepath.Join(s.folder, "keys") }

// PID is the postmaster's.
func (s *Stand) PID() int { return s.server.PID() }

// Close stops PostgreSQL; the folder stays.
func (s *Stand) Close() error { return s.server.Stop(context.Background()) }

func (s *Stand) dsn(role, database string) string { return s.server.DSN(role, password, database) }

// admin runs statements as the superuser, each on its own.
func (s *Stand) admin(ctx context.Context, database string, statements ...string) error {
	db, err := sql.Open("postgres", s.server.AdminDSN(database))
	if err != nil {
		return err
	}
	for _, text := range statements {
		if _, err := db.ExecContext(ctx, text); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", text, err), db.Close())
		}
	}
	return db.Close()
}
