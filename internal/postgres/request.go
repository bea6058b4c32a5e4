package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// Request is all the transactions of one asker: one for reading, opened when
// first needed and kept, and one for every write. It never holds two
// connections at a time.
type Request struct {
	db         *DB
	opener     opener
	statements atomic.Int64

	gate    sync.RWMutex // reads share it, a write has it alone
	opening sync.Mutex   // guards reader
	reader  *Tx
	ended   bool
	unnoted bool   // by the opening statement
	stamp   string // by the opening statement of the reader
}

type requestKey struct{}
type txKey struct{}

// Begin opens a transaction for a credential and tells who asks; the context it
// returns carries viewer and transaction. An unknown, expired or revoked
// credential, or one of a suspended tenant, is UNAUTHENTICATED. End must follow.
func (db *DB) Begin(ctx context.Context, cred viewer.Credential) (context.Context, *Request, *viewer.Viewer, error) {
	return db.begin(ctx, credentialOpener{cred: cred})
}

// Within gives the function that runs work as the request of a credential, with
// the id that the caller was told.
func Within(db *DB) func(ctx context.Context, c viewer.Credential, do func(ctx context.Context) error) error {
	return func(ctx context.Context, c viewer.Credential, do func(ctx context.Context) error) error {
		ctx, r, v, err := db.Begin(ctx, c)
		if err != nil {
			return err
		}
		own := *v
		own.RequestID = telemetry.RequestID(ctx)
		return errors.Join(do(viewer.With(ctx, &own)), r.End())
	}
}

// Service names the tenant that the program itself works for, outside of any
// request: provisioning, the demo's seeding.
type Service struct {
	Tenant uuid.UUID
	Region string    // of a tenant that is not stored yet
	User   uuid.UUID // who the audit names
	Person uuid.UUID // who acts, where an act asks for a person
}

// AsTenant is Begin for the program itself: the four settings are those of one
// tenant, published and unpublished rows. It is never reached by a request.
func (db *DB) AsTenant(ctx context.Context, as Service) (context.Context, *Request, *viewer.Viewer, error) {
	return db.begin(ctx, serviceOpener{as})
}

func (db *DB) begin(ctx context.Context, o opener) (context.Context, *Request, *viewer.Viewer, error) {
	r := &Request{db: db, opener: o}
	tx, err := r.openReader(ctx)
	if err != nil {
		return ctx, nil, nil, err
	}
	ctx = context.WithValue(ctx, requestKey{}, r)
	return viewer.With(ctx, tx.scope.viewer), r, tx.scope.viewer, nil
}

// End closes what is open and notes now and then that the credential is in use;
// it may be called more than once.
func (r *Request) End() error {
	r.gate.Lock()
	defer r.gate.Unlock()
	if r.ended {
		return nil
	}
	r.ended = true
	return errors.Join(r.closeReader(), r.noteUse())
}

// Stamp is that of what the request reads; BeginStamped asks for it.
func (r *Request) Stamp() string {
	r.opening.Lock()
	defer r.opening.Unlock()
	return r.stamp
}

// Statements counts what was sent so far: the opening ones included, BEGIN and
// COMMIT aside.
func (r *Request) Statements() int { return int(r.statements.Load()) }

// closeReader ends the reading transaction.
func (r *Request) closeReader() error {
	if r.reader == nil {
		return nil
	}
	tx := r.reader
	r.reader = nil
	return tx.commit()
}

// openReader gives the transaction for reading, a snapshot of one moment.
func (r *Request) openReader(ctx context.Context) (*Tx, error) {
	r.opening.Lock()
	defer r.opening.Unlock()
	if r.ended {
		return nil, errEnded
	}
	if r.reader != nil {
		return r.reader, nil
	}
	err := r.db.retrying(ctx, func() error {
		// A job's opening writes, and the program's own reading may.
		_, requested := r.opener.(credentialOpener)
		tx, err := r.open(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: requested}, false)
		if err != nil {
			return err
		}
		r.reader, r.unnoted, r.stamp = tx, tx.scope.unnoted, tx.scope.stamp
		return nil
	})
	return r.reader, err
}

func (tx *Tx) commit() error {
	tx.turn.Lock()
	defer tx.turn.Unlock()
	if tx.ended.Swap(true) {
		return nil
	}
	defer tx.place.Leave()
	if err := tx.tx.Commit(); err != nil {
		return fmt.Errorf("postgres: commit: %w", err)
	}
	return nil
}

func (tx *Tx) rollback() {
	tx.turn.Lock()
	defer tx.turn.Unlock()
	if !tx.ended.Swap(true) {
		defer tx.place.Leave()
		_ = tx.tx.Rollback() // the connection is thrown away when it fails
	}
}

// requestOf gives the request of a context.
func requestOf(ctx context.Context) (*Request, error) {
	r, ok := ctx.Value(requestKey{}).(*Request)
	if !ok {
		return nil, fault.New(fault.Unauthenticated)
	}
	return r, nil
}

// current gives the transaction that the caller already works in, if any.
func current(ctx context.Context) *Tx {
	if tx, ok := ctx.Value(txKey{}).(*Tx); ok && !tx.ended.Load() {
		return tx
	}
	return nil
}

var errWriteInRead = errors.New("postgres: a write was begun inside a read")
