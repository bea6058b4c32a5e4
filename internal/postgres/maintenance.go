package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// Maintenance is work on whole tenants by the role that sees them all: archives
// in and out, and the end of a tenant. The server never holds one.
type Maintenance struct{ db *DB }

// OpenMaintenance connects by the DSN of leitai_maint; another role is refused.
func OpenMaintenance(ctx context.Context, dsn string) (*Maintenance, error) {
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: read the DSN: %w", redacted(err, dsn))
	}
	pool.SetMaxOpenConns(2)
	m := &Maintenance{db: &DB{pool: pool, opts: Options{Now: time.Now}.withDefaults()}}
	err = m.inTx(ctx, Service{}, true, func(ctx context.Context, tx *Tx) error { return readsEverything(ctx, tx.tx) })
	if err != nil {
		_ = pool.Close() // the first error is the one to tell
		return nil, err
	}
	return m, nil
}

// Close ends the connections.
func (m *Maintenance) Close() error { return m.db.pool.Close() }

// Clock sets the business clock, of which the audit and deadlines take their
// times.
func (m *Maintenance) Clock(now func() time.Time) { m.db.opts.Now = now }

// inTx runs one transaction for a tenant: a snapshot of one moment for reading,
// or a change with its audit.
func (m *Maintenance) inTx(ctx context.Context, as Service, readOnly bool, do func(context.Context, *Tx) error) error {
	options := &sql.TxOptions{Isolation: sql.LevelReadCommitted}
	if readOnly {
		options = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	inner, err := m.db.pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("postgres: begin: %w", err)
	}
	v := &viewer.Viewer{User: as.User, Tenant: as.Tenant, Region: as.Region, Credential: viewer.Credential{Kind: system}}
	tx := &Tx{db: m.db, tx: inner, writing: !readOnly, counted: new(atomic.Int64), scope: scope{viewer: v}}
	defer tx.rollback()
	if as.Tenant != uuid.Nil {
		if err := tx.asTenant(ctx); err != nil {
			return err
		}
	}
	return faultOf(tx.finish(ctx, do))
}

// waitForTenant is the lock that every writer of a tenant takes, here waited for
// as long as it takes.
const waitForTenant = `SELECT pg_advisory_xact_lock(hashtextextended($1::text, 7))`

// asTenant names the tenant for the functions that ask for it, and lets one
// writer in at a time.
func (tx *Tx) asTenant(ctx context.Context) error {
	if tx.writing {
		if _, err := tx.exec(ctx, waitForTenant, tx.Tenant()); err != nil {
			return err
		}
	}
	if _, err := tx.exec(ctx, `SELECT set_config('app.tenant', $1, true)`, tx.Tenant().String()); err != nil {
		return err
	}
	regions, err := queryAll(ctx, tx, value[string], `SELECT region FROM tenant WHERE id = $1`, tx.Tenant())
	if err == nil && len(regions) == 1 {
		tx.scope.viewer.Region = regions[0]
	}
	return err
}

// Read gives a snapshot of one tenant's rows; S is archive.Source.
func (m *Maintenance) Read(ctx context.Context, tenant uuid.UUID, do func(ctx context.Context, tx *Tx) error) error {
	return m.inTx(ctx, Service{Tenant: tenant}, true, do)
}
