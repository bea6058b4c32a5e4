package migrate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/lib/pq"

	"leitai/internal/fault"
)

// Up applies what is pending, in order, each file in one transaction, and
// returns the names of the files it applied. The DSN's login is leitai_owner or
// a member of it. Several callers at once wait for each other, so that each
// file is applied once; nothing pending is a success, also on a database that a
// newer program has migrated further.
func (s *Set) Up(ctx context.Context, ownerDSN string) ([]string, error) {
	db, err := connect(ctx, ownerDSN)
	if err != nil {
		return nil, err
	}
	defer db.close()
	if err := db.actAs(ctx, Owner); err != nil {
		return nil, err
	}
	if err := db.lock(ctx); err != nil {
		return nil, err
	}
	st, err := s.status(ctx, db)
	if err != nil {
		return nil, err
	}
	todo, err := s.plan(st)
	if err != nil || len(todo) == 0 {
		return nil, err
	}
	if _, err := db.conn.ExecContext(ctx, bookkeeping); err != nil {
		return nil, fmt.Errorf("migrate: prepare the list of migrations: %w", err)
	}
	var done []string
	for _, f := range todo {
		if err := f.apply(ctx, db); err != nil {
			return done, err
		}
		done = append(done, f.name)
	}
	return done, nil
}

// bookkeeping makes the list of applied migrations. Only the owner writes it;
// the others may read which schema they meet, and back it up.
const bookkeeping = `
CREATE SCHEMA IF NOT EXISTS leitai_migrate;
CREATE TABLE IF NOT EXISTS leitai_migrate.revision (
	version text PRIMARY KEY,
	name text NOT NULL,
	hash text NOT NULL,
	applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	applied_by text NOT NULL DEFAULT session_user
);
GRANT USAGE ON SCHEMA leitai_migrate TO leitai_app, leitai_job, leitai_maint;
GRANT SELECT ON leitai_migrate.revision TO leitai_app, leitai_job, leitai_maint;`

// apply runs one file and notes it, both or neither. The file goes to the
// server as it is, without being split, so that any SQL may stand in it.
func (f file) apply(ctx context.Context, db *session) error {
	tx, err := db.conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	// A change of a table waits for its readers, and everybody waits behind it:
	// better to give up and try again in a quieter minute.
	if _, err := tx.ExecContext(ctx, `SET LOCAL lock_timeout = '15s'; SET LOCAL statement_timeout = 0`); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if _, err := tx.ExecContext(ctx, f.text); err != nil {
		return f.failed(err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO leitai_migrate.revision (version, name, hash) VALUES ($1, $2, $3)`, f.version, f.name, f.hash); err != nil {
		return f.failed(err)
	}
	if err := tx.Commit(); err != nil {
		return f.failed(err)
	}
	return nil
}

// failed says where in the file the error stands, when the server tells.
func (f file) failed(err error) error {
	var pe *pq.Error
	if !errors.As(err, &pe) {
		return fmt.Errorf("migrate: %s: %w", f.name, err)
	}
	place := f.name
	var position int
	if _, scanErr := fmt.Sscan(pe.Position, &position); scanErr == nil {
		place = fmt.Sprintf("%s:%d", f.name, lineOf(f.text, position))
	}
	reason := string(pe.Code) + " " + pe.Message
	for _, more := range []string{pe.Detail, pe.Hint} {
		if more != "" {
			reason += "; " + more
		}
	}
	return errors.Join(fault.New(fault.MigrationFailed, "place", place, "reason", reason), err)
}

// lineOf is the line, from 1, of the server's character position, from 1.
func lineOf(text string, position int) int {
	runes := []rune(text)
	if position < 1 || position > len(runes) {
		return 1
	}
	return 1 + strings.Count(string(runes[:position-1]), "\n")
}
