package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
)

// AuditChecked is what became of one tenant's chain.
type AuditChecked struct {
	Tenant uuid.UUID
	Name   string
	Code   string // of its unit; "" for one without
	Head   audit.Head
	Broken *audit.Broken // nil: the chain holds
	Proved audit.Proved  // the marks that entries prove
}

// VerifyAudit follows the chain of every tenant, in the order of their ids, from
// the first entry to the tip that the database noted beside it, and through the
// heads that were noted elsewhere, and holds the marks that entries prove
// against them. It takes the DSN of leitai_maint, because
// no other role reads every tenant; nothing is written. A tenant of which a head
// was noted, and that is not there, is an error.
func VerifyAudit(ctx context.Context, dsn string, noted map[uuid.UUID][]audit.Head, each func(AuditChecked) error) error {
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		return fmt.Errorf("postgres: read the DSN: %w", redacted(err, dsn))
	}
	defer func() { _ = pool.Close() }()
	tx, err := pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("postgres: begin: %w", redacted(err, dsn))
	}
	defer func() { _ = tx.Rollback() }()
	if err := readsEverything(ctx, tx); err != nil {
		return err
	}
	tenants, err := auditedTenants(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		t.Head, err = audit.VerifyWhole(chainOf(ctx, tx, t.Tenant), t.Head, noted[t.Tenant]...)
		delete(noted, t.Tenant)
		if err != nil && !errors.As(err, &t.Broken) {
			return err
		}
		if t.Proved, err = (&markProof{ask: askingAll(tx), tenant: t.Tenant}).run(ctx); err != nil {
			return err
		}
		if err := each(t); err != nil {
			return err
		}
	}
	for tenant := range noted {
		return fault.New(fault.AuditTenantGone, "tenant", tenant.String())
	}
	return nil
}

// readsEverything refuses a role that would see no rows and so find no fault.
func readsEverything(ctx context.Context, tx queries) error {
	var role string
	var everything bool
	err := tx.QueryRowContext(ctx, `SELECT current_user, rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user`).Scan(&role, &everything)
	if err != nil {
		return fmt.Errorf("postgres: ask the database who we are: %w", err)
	}
	if !everything {
		return fault.New(fault.DatabaseRoleTooWeak, "role", role, "want", "leitai_maint")
	}
	return nil
}

// auditedTenants lists every tenant with the noted tip of its chain.
func auditedTenants(ctx context.Context, tx *sql.Tx) ([]AuditChecked, error) {
	rows, err := tx.QueryContext(ctx, `SELECT t.id, t.name, coalesce(u.code, ''), coalesce(p.seq, 0), coalesce(p.hash, ''::bytea)
		FROM tenant t LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN audit_tip p ON p.tenant_id = t.id ORDER BY t.id`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []AuditChecked
	for rows.Next() {
		var t AuditChecked
		if err := rows.Scan(&t.Tenant, &t.Name, &t.Code, &t.Head.Seq, &t.Head.Hash); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// chainOf reads a tenant's entries in their order, page by page.
func chainOf(ctx context.Context, tx queries, tenant uuid.UUID) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for after := int64(0); ; {
			page, err := auditPageOf(ctx, tx, tenant, after)
			if err != nil {
				yield(audit.Entry{}, err)
				return
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
				after = e.Seq
			}
			if len(page) < auditPage {
				return
			}
		}
	}
}

func auditPageOf(ctx context.Context, tx queries, tenant uuid.UUID, after int64) ([]audit.Entry, error) {
	rows, err := tx.QueryContext(ctx, selectAuditEntry+`WHERE tenant_id = $1 AND seq > $2 ORDER BY seq, id LIMIT $3`, tenant, after, auditPage)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var page []audit.Entry
	for rows.Next() {
		e, err := readAuditEntry(rows.Scan)
		if err != nil {
			return nil, err
		}
		page = append(page, e)
	}
	return page, rows.Err()
}
