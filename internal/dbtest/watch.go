package dbtest

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sync"
)

// Watch stands around every connection of a pool: it sees, changes or forbids
// statements on their way to PostgreSQL. Its zero value changes nothing. Give
// Connector to postgres.Options.
type Watch struct {
	// Rewrite changes the text of a statement; nil changes none. It is asked
	// once for each text.
	Rewrite func(query string) string
	// Before is told every statement with its arguments and how far its
	// transaction has come; a statement that it refuses is not sent. It must not
	// panic: database/sql would never end the transaction.
	Before func(at Moment, query string, args []driver.NamedValue) error
	// Seen is told every statement that is sent, with the context of who sends it.
	Seen func(ctx context.Context, query string)
	// Undo makes every commit a rollback, so that nothing ever stays.
	Undo bool

	texts sync.Map // by text: the rewritten one
}

// Moment is a place in the life of a connection.
type Moment struct {
	InTransaction bool
	Opened        bool // the transaction's opening statement has run: its tenant is set
}

// Connector wraps what makes connections.
func (w *Watch) Connector(inner driver.Connector) driver.Connector { return watching{inner, w} }

type watching struct {
	driver.Connector
	watch *Watch
}

// Connect implements driver.Connector.
func (c watching) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	inner, ok := made.(watchable)
	if !ok {
		_ = made.Close()
		return nil, fmt.Errorf("dbtest: a connection that cannot be watched: %T", made)
	}
	return &watched{watchable: inner, watch: c.watch}, nil
}

// watchable is what a connection of the service can do.
type watchable interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.QueryerContext
	driver.ExecerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
	Interrupt()
}

type watched struct {
	watchable
	watch *Watch
	now   Moment
}

// pass shows a statement to the watch and gives the text to send.
func (c *watched) pass(ctx context.Context, query string, args []driver.NamedValue) (string, error) {
	if c.watch.Before != nil {
		if err := c.watch.Before(c.now, query, args); err != nil {
			return "", err
		}
	}
	if c.watch.Seen != nil {
		c.watch.Seen(ctx, query)
	}
	if opens.MatchString(query) {
		c.now.Opened = true
	}
	if c.watch.Rewrite == nil {
		return query, nil
	}
	if kept, _ := c.watch.texts.Load(query); kept != nil {
		if text, ok := kept.(string); ok {
			return text, nil
		}
	}
	text := c.watch.Rewrite(query)
	c.watch.texts.Store(query, text)
	return text, nil
}

// QueryContext implements driver.QueryerContext.
func (c *watched) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	text, err := c.pass(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return c.watchable.QueryContext(ctx, text, args)
}

// ExecContext implements driver.ExecerContext.
func (c *watched) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	text, err := c.pass(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return c.watchable.ExecContext(ctx, text, args)
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *watched) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	text, err := c.pass(ctx, query, nil)
	if err != nil {
		return nil, err
	}
	return c.watchable.PrepareContext(ctx, text)
}

// BeginTx implements driver.ConnBeginTx.
func (c *watched) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	inner, err := c.watchable.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	c.now = Moment{InTransaction: true}
	return watchedTx{inner, c}, nil
}

type watchedTx struct {
	driver.Tx
	conn *watched
}

// Commit implements driver.Tx.
func (tx watchedTx) Commit() error {
	tx.conn.now = Moment{}
	if tx.conn.watch.Undo {
		return tx.Tx.Rollback()
	}
	return tx.Tx.Commit()
}

// Rollback implements driver.Tx.
func (tx watchedTx) Rollback() error {
	tx.conn.now = Moment{}
	return tx.Tx.Rollback()
}
