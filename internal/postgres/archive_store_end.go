package postgres

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/archive"
	"leitai/internal/audit"
	"leitai/internal/fault"
)

// TenantNamed finds a tenant by its id or by the code of its unit; NOT_FOUND.
func (m *Maintenance) TenantNamed(ctx context.Context, text string) (id uuid.UUID, name string, err error) {
	err = m.inTx(ctx, Service{}, true, func(ctx context.Context, tx *Tx) error {
		_, err := queryOne(ctx, tx, func(s scan) (struct{}, error) { return struct{}{}, s(&id, &name) },
			`SELECT t.id, t.name FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE t.id::text = $1 OR u.code = $1`, text)
		return err
	})
	return id, name, err
}

// NoteExport keeps an export by the operator in the tenant's audit and in the
// operator's own list, before anything is read.
func (m *Maintenance) NoteExport(ctx context.Context, tenant uuid.UUID, by string) error {
	return m.inTx(ctx, Service{Tenant: tenant}, false, func(ctx context.Context, tx *Tx) error {
		if err := audit.Record(ctx, "tenant:export", "tenant", tenant, map[string]any{"form": archive.OfOperator, "by": by}); err != nil {
			return err
		}
		return tx.noteEvent(ctx, "export", tenant, by, "")
	})
}

// LetLeave asks for the end of a tenant in the operator's name, or confirms what
// somebody of the tenant asked for: the operator is the second person. It gives
// the moment from which on everything is deleted.
func (m *Maintenance) LetLeave(ctx context.Context, tenant uuid.UUID, reason string, graceDays int, by string) (due time.Time, err error) {
	err = m.inTx(ctx, Service{Tenant: tenant}, false, func(ctx context.Context, tx *Tx) error {
		l, err := tx.PendingLeaving(ctx)
		if err != nil {
			return err
		}
		now := m.db.opts.Now().UTC().Truncate(time.Microsecond)
		switch {
		case l == nil:
			l = &archive.Leaving{ID: mixin.NewID(), Reason: reason, GraceDays: graceDays, RequestedAt: now}
			if err := tx.InsertLeaving(ctx, l); err != nil {
				return err
			}
		case !l.ConfirmedAt.IsZero():
			return fault.New(fault.LeavingConfirmed)
		}
		l.ConfirmedAt = now
		l.Due = now.AddDate(0, 0, l.GraceDays)
		if err := tx.ConfirmLeaving(ctx, l); err != nil {
			return err
		}
		due = l.Due
		return audit.Record(ctx, "tenant:leave-confirm", "tenant", tenant, map[string]any{"due": due, "by": by}, audit.Because(reason))
	})
	return due, err
}

// LetStay calls the end of a tenant off in the operator's name.
func (m *Maintenance) LetStay(ctx context.Context, tenant uuid.UUID, reason, by string) error {
	return m.inTx(ctx, Service{Tenant: tenant}, false, func(ctx context.Context, tx *Tx) error {
		l, err := tx.PendingLeaving(ctx)
		if err != nil {
			return err
		}
		if l == nil {
			return fault.New(fault.LeavingNone)
		}
		if err := tx.CancelLeaving(ctx, l.ID, uuid.Nil, m.db.opts.Now(), reason); err != nil {
			return err
		}
		return audit.Record(ctx, "tenant:leave-cancel", "tenant", tenant, map[string]any{"by": by}, audit.Because(reason))
	})
}

// DueTenants lists tenants whose period of grace is over.
func (m *Maintenance) DueTenants(ctx context.Context) (due []uuid.UUID, err error) {
	err = m.inTx(ctx, Service{}, true, func(ctx context.Context, tx *Tx) error {
		due, err = queryAll(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM tenant_leaving WHERE cancelled_at IS NULL AND due_at <= $1 ORDER BY tenant_id`, m.db.opts.Now())
		return err
	})
	return due, err
}

// End deletes every row of a tenant whose period of grace is over, in one
// transaction, and puts a tombstone; its files are removed by whoever asks
// FilesLeft. Rows of other tenants stay as they are. Accounts at home in the
// tenant go, but for those to which another tenant gave a role: they are at home
// there from now on. It gives the number of rows.
func (m *Maintenance) End(ctx context.Context, tenant uuid.UUID, by string) (rows int64, err error) {
	err = m.inTx(ctx, Service{Tenant: tenant}, false, func(ctx context.Context, tx *Tx) error {
		if err := tx.bury(ctx); err != nil {
			return err
		}
		rows, err = tx.deleteEverything(ctx)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1`); err != nil {
			return err
		}
		return tx.noteEvent(ctx, "delete", tenant, by, "")
	})
	return rows, err
}

// bury writes the tombstone; a tenant that is not due is refused.
func (tx *Tx) bury(ctx context.Context) error {
	n, err := tx.exec(ctx, `INSERT INTO tombstone (id, kind, region, unit_code, unit_name, opened_at, requested_at, requested_by, confirmed_by, deleted_at, audit_seq, audit_hash)
		SELECT t.id, t.kind, t.region, coalesce(u.code, ''), u.shown_name, t.created_at, l.requested_at, l.requested_by, l.confirmed_by, $2, coalesce(a.seq, 0), coalesce(a.hash, ''::bytea)
		FROM tenant t JOIN unit u ON u.id = t.unit_id JOIN tenant_leaving l ON l.tenant_id = t.id AND l.cancelled_at IS NULL AND l.due_at <= $2
		LEFT JOIN LATERAL (SELECT e.seq, e.hash FROM audit_entry e WHERE e.tenant_id = t.id ORDER BY e.seq DESC LIMIT 1) a ON true WHERE t.id = $1`,
		tx.Tenant(), tx.db.opts.Now())
	if err == nil && n == 0 {
		err = fault.New(fault.LeavingNone)
	}
	return err
}

// deleteEverything empties every table that has a tenant_id of the tenant's
// rows, by the catalogue, what refers to others first; then its accounts.
func (tx *Tx) deleteEverything(ctx context.Context) (rows int64, err error) {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return 0, err
	}
	refers, err := tx.references(ctx)
	if err != nil {
		return 0, err
	}
	known := map[string]ownedTable{}
	for _, t := range tables {
		known[t.name] = t
	}
	order := refers.order(tables)
	slices.Reverse(order)
	for _, name := range order {
		if known[name].kind != archive.KindRows {
			continue
		}
		n, err := tx.exec(ctx, `DELETE FROM `+pq.QuoteIdentifier(name)+` WHERE tenant_id = $1`, tx.Tenant())
		if err != nil {
			return 0, err
		}
		rows += n
	}
	_, err = tx.exec(ctx, `UPDATE app_user u SET home_tenant = g.tenant_id FROM (SELECT DISTINCT ON (user_id) user_id, tenant_id FROM role_grant
		WHERE revoked_at IS NULL AND (valid_until IS NULL OR valid_until > now()) ORDER BY user_id, valid_from, id) g WHERE u.home_tenant = $1 AND g.user_id = u.id`, tx.Tenant())
	if err != nil {
		return 0, err
	}
	for _, name := range order {
		if known[name].kind != archive.KindUsers || name == "app_user" {
			continue
		}
		n, err := tx.exec(ctx, `DELETE FROM `+pq.QuoteIdentifier(name)+` WHERE user_id IN (SELECT id FROM app_user WHERE home_tenant = $1)`, tx.Tenant())
		if err != nil {
			return 0, err
		}
		rows += n
	}
	n, err := tx.exec(ctx, `DELETE FROM app_user WHERE home_tenant = $1`, tx.Tenant())
	return rows + n, err
}

// FilesLeft lists tenants that ended and whose stored files are still there.
func (m *Maintenance) FilesLeft(ctx context.Context) (list []uuid.UUID, err error) {
	err = m.inTx(ctx, Service{}, true, func(ctx context.Context, tx *Tx) error {
		list, err = queryAll(ctx, tx, value[uuid.UUID], `SELECT id FROM tombstone WHERE files_gone_at IS NULL ORDER BY id`)
		return err
	})
	return list, err
}

// FilesGone notes that a tenant's files were removed.
func (m *Maintenance) FilesGone(ctx context.Context, tenant uuid.UUID) error {
	return m.inTx(ctx, Service{}, false, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `UPDATE tombstone SET files_gone_at = $2 WHERE id = $1`, tenant, m.db.opts.Now())
		return err
	})
}

// FirstPassword lets one account of an imported tenant sign in again; NOT_FOUND
// for a login that is not at home there.
func (tx *Tx) FirstPassword(ctx context.Context, login, hash string) error {
	n, err := tx.exec(ctx, `UPDATE app_user SET password_hash = $3 WHERE home_tenant = $1 AND login = $2 AND kind = 'person'`, tx.Tenant(), login, hash)
	if err == nil && n == 0 {
		err = sql.ErrNoRows
	}
	return err
}
