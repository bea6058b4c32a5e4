package postgres

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/gen"
	"leitai/internal/audit"
	"leitai/internal/budget"
	"leitai/internal/event"
	"leitai/internal/viewer"
)

// Tx is one open transaction that knows for whom it reads and writes. Stores
// are methods on it. Statements of several goroutines wait for each other, and
// rows are always read whole, because a connection serves one query at a time.
type Tx struct {
	db      *DB
	tx      transaction
	place   *budget.Place // of the connection, in its tenant's share
	scope   scope
	writing bool
	counted *atomic.Int64 // statements of the request; BEGIN and COMMIT aside

	turn     sync.Mutex // held while a statement runs and its rows are read
	changed  bool       // whether a row was written; guarded by turn
	ended    atomic.Bool
	make     sync.Once
	client   *gen.Client
	pending  []audit.Event
	happened []event.Event
}

// scope is what the opening statement set, for the filter above row-level
// security and for stores.
type scope struct {
	viewer    *viewer.Viewer
	readable  []uuid.UUID // tenants whose published rows may be read
	drafts    []uuid.UUID // tenants whose unpublished rows may be read
	ancestors []uuid.UUID // tenants whose published templates are read downwards
	unnoted   bool        // that the credential is in use was not noted for a while
	stamp     string      // of what is published there, when it was asked for
}

var errEnded = errors.New("postgres: the transaction has ended")

// Ent gives the ent client bound to this transaction. Its queries are filtered
// by tenant, and what it creates is given the tenant and region of the viewer.
func (tx *Tx) Ent() *gen.Client {
	tx.make.Do(func() { tx.client = newClient(tx) })
	return tx.client
}

// Viewer is who the transaction was opened for; nil outside of a tenant.
func (tx *Tx) Viewer() *viewer.Viewer { return tx.scope.viewer }

// Tenant is the one tenant written; uuid.Nil outside of one.
func (tx *Tx) Tenant() uuid.UUID {
	if tx.scope.viewer == nil {
		return uuid.Nil
	}
	return tx.scope.viewer.Tenant
}

// region is that of every row the transaction writes.
func (tx *Tx) region() string {
	if tx.scope.viewer == nil {
		return ""
	}
	return tx.scope.viewer.Region
}

// exec runs a command and gives the number of rows it touched. Arguments that
// are slices are sent as arrays.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := (*session)(tx).ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// scan reads the columns of one row; sql.Rows has it.
type scan func(dest ...any) error

// queryAll runs a query and reads every row with the given function. Arguments
// that are slices are sent as arrays.
func queryAll[T any](ctx context.Context, tx *Tx, read func(scan) (T, error), query string, args ...any) ([]T, error) {
	s := (*session)(tx)
	tx.turn.Lock()
	defer tx.turn.Unlock()
	rows, err := s.query(ctx, query, args)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// queryOne is queryAll for the first row; sql.ErrNoRows, which a caller sees as
// NOT_FOUND, when there is none.
func queryOne[T any](ctx context.Context, tx *Tx, read func(scan) (T, error), query string, args ...any) (T, error) {
	all, err := queryAll(ctx, tx, read, query, args...)
	if err == nil && len(all) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// value reads a row of one column.
func value[T any](s scan) (T, error) {
	var v T
	err := s(&v)
	return v, err
}

// array makes an argument of a slice; slices of ids, strings and numbers.
func array(slice any) any { return pq.Array(slice) }
