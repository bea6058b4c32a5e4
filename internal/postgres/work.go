package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"leitai/internal/audit"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Read gives the function with which a use case reads: its store S is the
// request's transaction, a snapshot of one moment that several goroutines may
// share. Reading inside a write sees what was written.
func Read[S any](db *DB) func(ctx context.Context, do func(ctx context.Context, s S) error) error {
	as := store[S]()
	return func(ctx context.Context, do func(context.Context, S) error) error {
		return db.read(ctx, func(ctx context.Context, tx *Tx) error { return do(ctx, as(tx)) })
	}
}

// Write gives the function with which a use case writes: one transaction of its
// own, opened with the credential looked up again, tried again when PostgreSQL
// asks for it, committed with its audit when do returns nil. Writing inside a
// write is part of the outer one.
func Write[S any](db *DB) func(ctx context.Context, do func(ctx context.Context, s S) error) error {
	as := store[S]()
	return func(ctx context.Context, do func(context.Context, S) error) error {
		return db.write(ctx, func(ctx context.Context, tx *Tx) error { return do(ctx, as(tx)) })
	}
}

// Outside gives the function for work before a tenant is known, such as a
// login: a transaction without settings, in which tenant tables show nothing
// and take nothing.
func Outside[S any](db *DB) func(ctx context.Context, do func(ctx context.Context, s S) error) error {
	as := store[S]()
	return func(ctx context.Context, do func(context.Context, S) error) error {
		return db.outside(ctx, func(ctx context.Context, tx *Tx) error { return do(ctx, as(tx)) })
	}
}

// store makes a use case's store of a transaction. A store that Tx does not
// implement is a mistake of the program and panics when it is wired.
func store[S any]() func(*Tx) S {
	if _, ok := any((*Tx)(nil)).(S); !ok {
		panic(fmt.Sprintf("postgres: *Tx is no %T", *new(S)))
	}
	return func(tx *Tx) S {
		s, _ := any(tx).(S) // just checked
		return s
	}
}

func (db *DB) read(ctx context.Context, do func(context.Context, *Tx) error) error {
	if tx := current(ctx); tx != nil {
		return faultOf(do(ctx, tx))
	}
	r, err := requestOf(ctx)
	if err != nil {
		return err
	}
	r.gate.RLock()
	defer r.gate.RUnlock()
	tx, err := r.openReader(ctx)
	if err != nil {
		return faultOf(err)
	}
	return faultOf(do(tx.into(ctx), tx))
}

func (db *DB) write(ctx context.Context, do func(context.Context, *Tx) error) error {
	if tx := current(ctx); tx != nil {
		if !tx.writing {
			return errWriteInRead
		}
		return faultOf(do(ctx, tx))
	}
	r, err := requestOf(ctx)
	if err != nil {
		return err
	}
	r.gate.Lock()
	defer r.gate.Unlock()
	if r.ended {
		return errEnded
	}
	if err := r.closeReader(); err != nil {
		return err
	}
	return faultOf(db.retrying(ctx, func() error {
		tx, err := r.open(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, true)
		if err != nil {
			return err
		}
		return tx.finish(ctx, do)
	}))
}

func (db *DB) outside(ctx context.Context, do func(context.Context, *Tx) error) error {
	r := &Request{db: db, opener: nobody{}}
	return faultOf(db.retrying(ctx, func() error {
		tx, err := r.open(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, true)
		if err != nil {
			return err
		}
		return tx.finish(ctx, do)
	}))
}

// finish runs the work of a writing transaction, adds its audit and what happened
// in it, and commits;
// nothing remains of it when do fails or panics.
func (tx *Tx) finish(ctx context.Context, do func(context.Context, *Tx) error) error {
	defer tx.rollback()
	ctx = tx.into(ctx)
	if err := do(ctx, tx); err != nil {
		return err
	}
	if err := tx.traced(); err != nil {
		return err
	}
	if err := tx.markAttempt(ctx); err != nil {
		return err
	}
	if err := tx.appendAudit(ctx); err != nil {
		return err
	}
	if err := tx.appendEvents(ctx); err != nil {
		return err
	}
	return tx.commit()
}

// traced refuses an act of a person or a program outside that leaves no trace in
// the audit: a mistake of ours, found by the first test that does it.
func (tx *Tx) traced() error {
	tx.turn.Lock()
	defer tx.turn.Unlock()
	if v := tx.scope.viewer; !tx.db.opts.Traced || v == nil || v.Credential.Kind == "" || !tx.changed || len(tx.pending) > 0 {
		return nil
	}
	return errUntraced
}

var errUntraced = errors.New("postgres: rows were changed and nothing was recorded in the audit")

// into gives the context of work inside the transaction. The viewer is the one
// just looked up, with what the edge knows of the request.
func (tx *Tx) into(ctx context.Context) context.Context {
	ctx = context.WithValue(ctx, txKey{}, tx)
	if tx.scope.viewer != nil {
		ctx = viewer.With(ctx, carryOver(ctx, tx.scope.viewer))
	}
	if tx.writing {
		ctx = event.Into(audit.Into(ctx, tx), tx)
	}
	return ctx
}

// carryOver keeps the language and request id that the edge gave the viewer.
func carryOver(ctx context.Context, fresh *viewer.Viewer) *viewer.Viewer {
	before, err := viewer.From(ctx)
	if err != nil {
		return fresh
	}
	v := *fresh
	v.RequestID, v.Language = before.RequestID, before.Language
	return &v
}

// tries bounds how often a transaction is run; waits between them are short and
// uneven, so that two that met do not meet again.
const tries = 5

func (db *DB) retrying(ctx context.Context, once func() error) error {
	for n := 1; ; n++ {
		err := once()
		if err == nil || n == tries || fault.All(err) != nil || !retryable(err) {
			return err
		}
		db.opts.Logger.InfoContext(ctx, "transaction tried again", "try", n, "reason", err.Error())
		wait := time.NewTimer(time.Duration(n) * (5*time.Millisecond + rand.N(10*time.Millisecond))) //nolint:gosec // no secret
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		}
	}
}
