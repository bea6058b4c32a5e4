package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/lib/pq"
)

// statementsPerConnection bounds the prepared statements a connection keeps.
const statementsPerConnection = 256

// connector makes connections that keep their prepared statements: lib/pq
// would parse and plan a statement with arguments every time, in two round
// trips. The cache is the connection's own, so that preparing never asks the
// pool for a second connection.
type connector struct {
	inner *pq.Connector
	held  int // statements kept; 0 prepares none
}

// Driver implements driver.Connector.
func (c *connector) Driver() driver.Driver { return c.inner.Driver() }

// pqConn is what a connection of lib/pq can do and database/sql asks for.
type pqConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.QueryerContext
	driver.ExecerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

type pqStmt interface {
	driver.Stmt
	driver.StmtQueryContext
	driver.StmtExecContext
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	var line net.Conn
	made, err := c.inner.Connect(context.WithValue(ctx, lineKey{}, &line))
	if err != nil {
		return nil, err
	}
	inner, ok := made.(pqConn)
	if !ok {
		_ = made.Close()
		return nil, errors.New("postgres: the driver's connection lacks an interface")
	}
	own := &conn{pqConn: inner, line: line}
	if c.held > 0 {
		own.kept, _ = simplelru.NewLRU(c.held, func(_ string, st pqStmt) { _ = st.Close() }) // fails for sizes below one only
	}
	if err := own.watch(); err != nil {
		_ = made.Close()
		return nil, err
	}
	return own, nil
}

type conn struct {
	pqConn
	line      net.Conn                       // what it talks over; nil when that is not known
	kept      *simplelru.LRU[string, pqStmt] // nil: nothing is prepared ahead
	interrupt context.CancelFunc
	watched   driver.Rows // of a statement that has ended and whose context lib/pq watches on
}

// watch lets lib/pq wait once for the whole life of the connection for what it
// would start a goroutine for with every statement and transaction: it cancels
// what runs when the context of a query ends whose rows were not closed.
func (c *conn) watch() (err error) {
	ctx, interrupt := context.WithCancel(context.Background())
	c.interrupt = interrupt
	if c.watched, err = c.pqConn.QueryContext(ctx, ";", nil); err != nil {
		interrupt()
	}
	return err
}

// lastWord is how long an interrupted connection is listened to for the answer of
// a statement that was cancelled.
const lastWord = 2 * time.Second

// Interrupt cancels the statement under way and makes the connection bad. Where
// nothing comes back, because the line is dead and nobody said so, the statement
// ends all the same: it would hold its place, and its tenant's turn, until TCP
// gives up, which takes a quarter of an hour. Interrupt may be called from another
// goroutine than the connection's own.
func (c *conn) Interrupt() {
	c.interrupt()
	if c.line != nil {
		_ = c.line.SetDeadline(time.Now().Add(lastWord)) // a socket that is closed needs none
	}
}

// lineKey is under which Connect is told of the line that was dialled for it.
type lineKey struct{}

// dialler is lib/pq's own, and tells of the line.
type dialler struct{ net.Dialer }

// DialTimeout implements pq.Dialer.
func (d *dialler) DialTimeout(network, address string, patience time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext implements pq.DialerContext.
func (d *dialler) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	line, err := d.Dialer.DialContext(ctx, network, address)
	if told, ok := ctx.Value(lineKey{}).(*net.Conn); ok && err == nil {
		*told = line
	}
	return line, err
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	_ = c.watched.Close() // nobody waits any more
	return c.pqConn.Close()
}

// QueryContext runs a query with arguments as a prepared statement.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 || c.kept == nil {
		return c.pqConn.QueryContext(ctx, query, args)
	}
	st, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(ctx, args)
	c.forgetStale(query, err)
	return rows, err
}

// ExecContext runs a command with arguments as a prepared statement.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 || c.kept == nil {
		return c.pqConn.ExecContext(ctx, query, args)
	}
	st, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := st.ExecContext(ctx, args)
	c.forgetStale(query, err)
	return result, err
}

func (c *conn) statement(ctx context.Context, query string) (pqStmt, error) {
	if st, ok := c.kept.Get(query); ok {
		return st, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	st, ok := made.(pqStmt)
	if !ok {
		_ = made.Close()
		return nil, errors.New("postgres: the driver's statement lacks an interface")
	}
	c.kept.Add(query, st)
	return st, nil
}

// forgetStale drops a statement whose plan a migration made useless, so that
// the next try prepares it anew.
func (c *conn) forgetStale(query string, err error) {
	if pq.As(err, stalePlan, unknownStatement) != nil {
		c.kept.Remove(query)
	}
}
