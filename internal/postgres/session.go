package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/lib/pq"

	"leitai/internal/telemetry"
)

// session is a transaction as ent's driver and as the one place every statement
// passes: it keeps the order, counts, and sends JSON as text.
type session Tx

var _ dialect.Driver = (*session)(nil)

// ExecContext runs a command.
func (s *session) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.ended.Load() {
		return nil, errEnded
	}
	s.counted.Add(1)
	over := telemetry.Statement(ctx, query)
	// The transaction watches the request's context already; a second watcher
	// for every statement would cost a goroutine each.
	result, err := s.tx.ExecContext(context.WithoutCancel(ctx), query, asText(args)...)
	over(err)
	s.refused(err)
	if err == nil && changes(query) {
		n, err := result.RowsAffected()
		s.changed = s.changed || err != nil || n > 0
	}
	return result, err
}

// changes says whether a command is one that changes rows; functions, which are
// called by SELECT, tell by themselves what they did.
func changes(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	return !strings.EqualFold(verb, "SELECT")
}

// query starts a query; the caller holds the turn until the rows are closed.
func (s *session) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if s.ended.Load() {
		return nil, errEnded
	}
	s.counted.Add(1)
	over := telemetry.Statement(ctx, query)
	rows, err := s.tx.QueryContext(context.WithoutCancel(ctx), query, asText(args)...)
	over(err)
	s.refused(err)
	return rows, err
}

// refused counts what row-level security, or a missing right, refused: a mistake
// of ours, or somebody who found a way to it.
func (s *session) refused(err error) {
	if err != nil && pq.As(err, notAllowed) != nil {
		s.db.opts.Crossed("database")
	}
}

// asText sends JSON documents as text: as bytes they would be taken for bytea.
func asText(args []any) []any {
	for i, arg := range args {
		if document, ok := arg.(json.RawMessage); ok {
			args[i] = string(document)
		}
	}
	return args
}

// Exec implements dialect.Driver.
func (s *session) Exec(ctx context.Context, query string, args, v any) error {
	argv, ok := args.([]any)
	if !ok {
		return fmt.Errorf("postgres: arguments are %T", args)
	}
	result, err := s.ExecContext(ctx, query, argv...)
	if into, ok := v.(*sql.Result); ok {
		*into = result
	}
	return err
}

// Query implements dialect.Driver. The turn is held until ent closes the rows,
// which it does before anything else.
func (s *session) Query(ctx context.Context, query string, args, v any) error {
	into, ok := v.(*entsql.Rows)
	if !ok {
		return fmt.Errorf("postgres: rows are wanted as %T", v)
	}
	argv, ok := args.([]any)
	if !ok {
		return fmt.Errorf("postgres: arguments are %T", args)
	}
	s.turn.Lock()
	rows, err := s.query(ctx, query, argv) //nolint:rowserrcheck // ent asks the scanner below
	if err != nil {
		s.turn.Unlock()
		return err
	}
	*into = entsql.Rows{ColumnScanner: &turnRows{Rows: rows, done: s.turn.Unlock}}
	return nil
}

// turnRows gives the turn on when they are closed, once.
type turnRows struct {
	*sql.Rows
	done func()
}

// Close closes the rows.
func (r *turnRows) Close() error {
	err := r.Rows.Close()
	if r.done != nil {
		r.done()
		r.done = nil
	}
	return err
}

// Dialect implements dialect.Driver.
func (s *session) Dialect() string { return dialect.Postgres }

// Close implements dialect.Driver; the transaction ends elsewhere.
func (s *session) Close() error { return nil }

// Tx implements dialect.Driver: ent's own transactions are part of this one.
func (s *session) Tx(context.Context) (dialect.Tx, error) { return part{s}, nil }

// part is a transaction of ent inside ours.
type part struct{ *session }

// Commit leaves the decision to the whole.
func (part) Commit() error { return nil }

// Rollback leaves the decision to the whole, which fails with its part.
func (part) Rollback() error { return nil }
