package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
)

// held is a connection that one asker has to itself. Its statement under way is
// cancelled when the asker's context ends, and the connection thrown away.
//
// database/sql and lib/pq start two goroutines for every transaction and two for
// every statement to wait for that end, and every one of them is a change of
// threads; here it is one entry in the context and none.
type held struct {
	*sql.Conn

	ctx  context.Context //nolint:containedctx // of the asker, who has it until release
	stop func() bool     // false once the context ended
}

// interruptible is what a connection must be able to do to be waited for this
// way. Others are given the context itself.
type interruptible interface{ Interrupt() }

// hold waits for a connection of the pool.
func (db *DB) hold(ctx context.Context) (*held, error) {
	own, err := db.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	h := &held{Conn: own, ctx: ctx, stop: func() bool { return true }}
	err = own.Raw(func(c any) error {
		if c, ok := c.(interruptible); ok {
			h.ctx = context.WithoutCancel(ctx)
			h.stop = context.AfterFunc(ctx, func() {
				c.Interrupt()
				h.discard()
			})
		}
		return nil
	})
	if err != nil {
		h.release()
		return nil, err
	}
	return h, nil
}

// discard throws the connection away, as soon as nobody reads from it.
func (h *held) discard() {
	_ = h.Raw(func(any) error { return driver.ErrBadConn }) // which is what it says of itself
}

// release gives the connection back to the pool, unless it was interrupted.
func (h *held) release() {
	if h.stop() {
		_ = h.Close() // a connection that is bad is gone already
	}
}

// transaction is what Tx asks of one.
type transaction interface {
	queries
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	Commit() error
	Rollback() error
}

// queries is what reads rows, inside of a transaction or by itself.
type queries interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// begun is a transaction on a connection that is held for it.
type begun struct {
	*held

	asker context.Context //nolint:containedctx // whose end the transaction does not outlive
	inner driver.Tx
}

var errDriver = errors.New("postgres: the driver's connection lacks an interface")

// transaction begins one.
func (db *DB) transaction(ctx context.Context, options *sql.TxOptions) (transaction, error) {
	var b *begun
	err := db.onConnection(ctx, func(h *held) error {
		b = &begun{held: h, asker: ctx}
		return h.Raw(func(c any) (err error) {
			conn, ok := c.(driver.ConnBeginTx)
			if !ok {
				return errDriver
			}
			b.inner, err = conn.BeginTx(h.ctx, driver.TxOptions{Isolation: driver.IsolationLevel(options.Isolation), ReadOnly: options.ReadOnly})
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// alone asks something that needs no transaction and changes nothing, on a
// connection of its own; the context is the one to give the statements.
func (db *DB) alone(ctx context.Context, ask func(ctx context.Context, on queries) error) error {
	return db.onConnection(ctx, func(h *held) error {
		err := ask(h.ctx, h)
		if err == nil {
			h.release()
		}
		return err
	})
}

// onConnection does something on a connection that it keeps, unless it fails.
// Where it fails because the connection broke, while it was idle mostly, that one
// is thrown away and the next one tried, as often as there may be some; so it
// must be nothing that may not be done twice.
func (db *DB) onConnection(ctx context.Context, do func(h *held) error) error {
	for try := 0; ; try++ {
		h, err := db.hold(ctx)
		if err != nil {
			return err
		}
		if err = do(h); err == nil {
			return nil
		}
		h.release()
		if try > db.opts.MaxOpen || !broken(err) || ctx.Err() != nil {
			return err
		}
	}
}

// broken reports whether an error means that there is no connection any more.
func broken(err error) bool {
	var network *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &network)
}

// Commit ends the transaction. Nothing of it stays when the asker's context has
// ended.
func (b *begun) Commit() error {
	if err := b.asker.Err(); err != nil {
		_ = b.Rollback() // the first error is the one to tell
		return err
	}
	defer b.release()
	return b.Raw(func(any) error { return b.inner.Commit() })
}

// Rollback ends the transaction as if it had not been.
func (b *begun) Rollback() error {
	defer b.release()
	return b.Raw(func(any) error { return b.inner.Rollback() })
}
