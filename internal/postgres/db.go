package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/lib/pq"

	"leitai/internal/budget"
)

// Options of a DB; the zero value of each is a working default.
type Options struct {
	MaxOpen          int           // connections at most; 0 means 16
	MaxIdle          int           // connections kept; 0 means MaxOpen
	ConnLifetime     time.Duration // a connection's longest life; 0 means 30 minutes
	StatementTimeout time.Duration // of one statement; 0 means 15 seconds
	TokenTimeout     time.Duration // of one statement asked by a token; 0 means four fifths of StatementTimeout
	LockTimeout      time.Duration // that a statement waits for a lock; 0 means 5 seconds
	IdleTimeout      time.Duration // that a transaction is open and asks nothing; 0 means 40 seconds
	TenantShare      int           // connections one tenant holds at most; 0 means half
	Queue            int           // transactions of one tenant that wait for a connection at most; 0 means 512
	Patience         time.Duration // that a transaction waits for a connection of its tenant's share; 0 means 10 seconds
	// Waited is told how long a transaction waited for its connection and
	// whether it was refused; nil is silent.
	Waited func(wait time.Duration, refused bool)
	// Crossed is told of what is refused because it is another tenant's, by layer:
	// program or database; nil is silent.
	Crossed func(layer string)
	// Unnamed sends every statement unprepared: for PgBouncer in transaction
	// mode before 1.21, where a prepared statement of one transaction is
	// missing in the next.
	Unnamed bool
	// DraftRoles are the roles that read their tenant's unpublished rows.
	DraftRoles []string
	// Traced refuses a write that changed rows and recorded nothing in the audit.
	Traced bool
	// Schema is the version of the newest migration the program was built
	// with; an older database is refused. Empty: any schema will do.
	Schema string
	Logger *slog.Logger     // nil is silent
	Now    func() time.Time // nil is the machine's clock
	// Connector goes around what makes connections, so that every statement of
	// every transaction passes it: for watching and measuring. Nil goes around
	// nothing. No setting of the program reaches it.
	Connector func(driver.Connector) driver.Connector
}

// DB is a pool of connections of the application's role. It is safe for
// concurrent use.
type DB struct {
	pool   *sql.DB
	opts   Options
	epoch  EpochHook
	shares *budget.Shares
	drafts driver.Value                    // opts.DraftRoles, as an argument
	known  *lru.Cache[[32]byte, uuid.UUID] // the tenant of a credential when it was last seen
}

// Open connects and checks what row-level security rests on. It refuses, with a
// fault, a role that is a superuser, owns tables, bypasses row-level security
// or may become one that does, and a schema older than opts.Schema.
func Open(ctx context.Context, dsn string, opts Options) (*DB, error) {
	opts = opts.withDefaults()
	inner, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: read the DSN: %w", redacted(err, dsn))
	}
	inner.Dialer(&dialler{})
	held := statementsPerConnection
	if opts.Unnamed {
		held = 0
	}
	var connections driver.Connector = &connector{inner: inner, held: held}
	if opts.Connector != nil {
		connections = opts.Connector(connections)
	}
	pool := sql.OpenDB(connections)
	pool.SetMaxOpenConns(opts.MaxOpen)
	pool.SetMaxIdleConns(opts.MaxIdle)
	pool.SetConnMaxLifetime(opts.ConnLifetime)
	known, err := lru.New[[32]byte, uuid.UUID](credentialsKnown)
	if err != nil {
		return nil, err
	}
	drafts, err := pq.Array(opts.DraftRoles).Value()
	if err != nil {
		return nil, err
	}
	db := &DB{pool: pool, opts: opts, shares: opts.shares(), drafts: drafts, known: known}
	if err := db.checkFitness(ctx); err != nil {
		_ = pool.Close()
		return nil, err
	}
	return db, nil
}

func (o Options) withDefaults() Options {
	if o.MaxOpen == 0 {
		o.MaxOpen = 16
	}
	if o.MaxIdle == 0 {
		o.MaxIdle = o.MaxOpen
	}
	if o.ConnLifetime == 0 {
		o.ConnLifetime = 30 * time.Minute
	}
	if o.StatementTimeout == 0 {
		o.StatementTimeout = 15 * time.Second
	}
	if o.Queue == 0 {
		o.Queue = 512 // a hall of voters who cast in the same moment
	}
	if o.TokenTimeout == 0 {
		o.TokenTimeout = o.StatementTimeout / 5 * 4
	}
	if o.LockTimeout == 0 {
		o.LockTimeout = 5 * time.Second
	}
	if o.IdleTimeout == 0 {
		o.IdleTimeout = 40 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Crossed == nil {
		o.Crossed = func(string) {}
	}
	return o
}

// Close closes every connection.
func (db *DB) Close() error { return db.pool.Close() }

// Ping asks the database for a sign of life, for readiness checks.
func (db *DB) Ping(ctx context.Context) error { return db.pool.PingContext(ctx) }

// Stats gives the state of the pool, for metrics.
func (db *DB) Stats() sql.DBStats { return db.pool.Stats() }
