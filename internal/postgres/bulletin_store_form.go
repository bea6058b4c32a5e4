package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/fault"
)

// ReplaceForm implements bulletin.Store.
func (tx *Tx) ReplaceForm(ctx context.Context, f *bulletin.Form) error {
	if _, err := tx.exec(ctx, `UPDATE office_form SET retired_by = $3, retired_at = $4 WHERE tenant_id = $5 AND kind = $1 AND name = $2 AND retired_at IS NULL`,
		f.Kind, f.Name, f.UploadedBy, f.UploadedAt, tx.Tenant()); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO office_form (id, tenant_id, region, kind, name, placeholders, sha256, body, uploaded_by, uploaded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.ID, tx.Tenant(), tx.region(), f.Kind, f.Name, array(f.Placeholders), f.Hash, f.Body, f.UploadedBy, f.UploadedAt)
	return err
}

// OfficeForms implements bulletin.Store.
func (tx *Tx) OfficeForms(ctx context.Context) ([]*bulletin.Form, error) {
	return queryAll(ctx, tx, func(s scan) (*bulletin.Form, error) {
		f := &bulletin.Form{}
		err := s(&f.ID, &f.Kind, &f.Name, array(&f.Placeholders), &f.Hash, &f.Bytes, &f.UploadedBy, &f.UploadedAt)
		return f, err
	}, `SELECT id, kind, name, placeholders, sha256, octet_length(body), uploaded_by, uploaded_at FROM office_form
		WHERE tenant_id = $1 AND retired_at IS NULL ORDER BY kind, name`, tx.Tenant())
}

// OfficeForm implements bulletin.Store.
func (tx *Tx) OfficeForm(ctx context.Context, id uuid.UUID) (*bulletin.Form, error) {
	return queryOne(ctx, tx, func(s scan) (*bulletin.Form, error) {
		f := &bulletin.Form{ID: id}
		err := s(&f.Kind, &f.Name, array(&f.Placeholders), &f.Hash, &f.Body, &f.UploadedBy, &f.UploadedAt)
		f.Bytes = len(f.Body)
		return f, err
	}, `SELECT kind, name, placeholders, sha256, body, uploaded_by, uploaded_at FROM office_form WHERE tenant_id = $1 AND id = $2 AND retired_at IS NULL`, tx.Tenant(), id)
}

// RetireForm implements bulletin.Store.
func (tx *Tx) RetireForm(ctx context.Context, id, by uuid.UUID, at time.Time) error {
	n, err := tx.exec(ctx, `UPDATE office_form SET retired_by = $3, retired_at = $4 WHERE tenant_id = $1 AND id = $2 AND retired_at IS NULL`, tx.Tenant(), id, by, at)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound).At("form")
	}
	return err
}
