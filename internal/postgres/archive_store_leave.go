package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"leitai/internal/archive"
)

var _ archive.Store = (*Tx)(nil)

// TakeExportTurn implements archive.Store.
func (tx *Tx) TakeExportTurn(ctx context.Context) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT pg_try_advisory_xact_lock(hashtextextended('leitai export ' || $1::text, 7))`, tx.Tenant().String())
}

func readLeaving(s scan) (*archive.Leaving, error) {
	var l archive.Leaving
	var by uuid.NullUUID
	var at, due sql.NullTime
	err := s(&l.ID, &l.Reason, &l.GraceDays, &l.RequestedBy, &l.RequestedAt, &by, &at, &due)
	l.RequestedAt = l.RequestedAt.UTC()
	l.ConfirmedBy, l.ConfirmedAt, l.Due = by.UUID, at.Time, due.Time
	if at.Valid {
		l.ConfirmedAt, l.Due = at.Time.UTC(), due.Time.UTC()
	}
	return &l, err
}

// PendingLeaving implements archive.Store.
func (tx *Tx) PendingLeaving(ctx context.Context) (*archive.Leaving, error) {
	list, err := queryAll(ctx, tx, readLeaving, `SELECT id, reason, grace_days, requested_by, requested_at, confirmed_by, confirmed_at, due_at
		FROM tenant_leaving WHERE tenant_id = $1 AND cancelled_at IS NULL`, tx.Tenant())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// InsertLeaving implements archive.Store.
func (tx *Tx) InsertLeaving(ctx context.Context, l *archive.Leaving) error {
	_, err := tx.exec(ctx, `INSERT INTO tenant_leaving (id, tenant_id, region, reason, grace_days, requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		l.ID, tx.Tenant(), tx.region(), l.Reason, l.GraceDays, l.RequestedBy, l.RequestedAt)
	return err
}

// ConfirmLeaving implements archive.Store.
func (tx *Tx) ConfirmLeaving(ctx context.Context, l *archive.Leaving) error {
	_, err := tx.exec(ctx, `UPDATE tenant_leaving SET confirmed_by = $3, confirmed_at = $4, due_at = $5 WHERE tenant_id = $1 AND id = $2`,
		tx.Tenant(), l.ID, l.ConfirmedBy, l.ConfirmedAt, l.Due)
	return err
}

// CancelLeaving implements archive.Store.
func (tx *Tx) CancelLeaving(ctx context.Context, id, by uuid.UUID, at time.Time, why string) error {
	_, err := tx.exec(ctx, `UPDATE tenant_leaving SET cancelled_by = $3, cancelled_at = $4, cancel_reason = $5 WHERE tenant_id = $1 AND id = $2`,
		tx.Tenant(), id, by, at, why)
	return err
}
