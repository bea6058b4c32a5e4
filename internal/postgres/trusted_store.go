package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/persisted"
)

var _ persisted.Store = (*Tx)(nil)

const trustedPolicy = `SELECT
	(SELECT coalesce(array_agg(d.hash), '{}') FROM trusted_document d WHERE d.tenant_id = $1 AND d.retired_at IS NULL),
	(SELECT coalesce(array_agg(coalesce(m.token_id, '00000000-0000-0000-0000-000000000000')), '{}') FROM trusted_mode m WHERE m.tenant_id = $1 AND m.lifted_at IS NULL)`

// TrustedPolicy implements persisted.Store.
func (tx *Tx) TrustedPolicy(ctx context.Context) (hashes []persisted.Hash, tokens []uuid.UUID, err error) {
	_, err = queryOne(ctx, tx, func(s scan) (struct{}, error) {
		var raw pq.ByteaArray
		err := s(&raw, pq.Array(&tokens))
		hashes = make([]persisted.Hash, len(raw))
		for i, h := range raw {
			copy(hashes[i][:], h)
		}
		return struct{}{}, err
	}, trustedPolicy, tx.Tenant())
	return hashes, tokens, err
}

// TrustedText implements persisted.Store.
func (tx *Tx) TrustedText(ctx context.Context, h persisted.Hash) (string, error) {
	return queryOne(ctx, tx, value[string], `SELECT body FROM trusted_document WHERE tenant_id = $1 AND hash = $2 AND retired_at IS NULL`, tx.Tenant(), h[:])
}

const selectTrusted = `SELECT d.id, d.hash, d.name, d.body, d.added_by, d.added_at, d.retired_at FROM trusted_document d `

func readTrusted(s scan) (*persisted.Document, error) {
	var d persisted.Document
	var hash []byte
	err := s(&d.ID, &hash, &d.Name, &d.Text, &d.AddedBy, &d.AddedAt, &d.RetiredAt)
	copy(d.Hash[:], hash)
	return &d, err
}

// TrustedDocumentByID implements persisted.Store.
func (tx *Tx) TrustedDocumentByID(ctx context.Context, id uuid.UUID) (*persisted.Document, error) {
	return queryOne(ctx, tx, readTrusted, selectTrusted+`WHERE d.tenant_id = $1 AND d.id = $2`, tx.Tenant(), id)
}

// TrustedDocumentPage implements persisted.Store: ids are in the order of time.
func (tx *Tx) TrustedDocumentPage(ctx context.Context, retired bool, w paging.Window) ([]*persisted.Document, error) {
	q := conditions{}
	q.where("d.tenant_id = $?", tx.Tenant())
	q.where("(d.retired_at IS NOT NULL) = $?", retired)
	for _, bound := range []struct {
		values []paging.Value
		sign   string
	}{{w.After, "<"}, {w.Before, ">"}} {
		if bound.values == nil {
			continue
		}
		id, err := uuid.Parse(bound.values[0].Text)
		if err != nil {
			return nil, fault.New(fault.InvalidCursor)
		}
		q.where("d.id "+bound.sign+" $?", id)
	}
	order := " ORDER BY d.id DESC"
	if w.Backward {
		order = " ORDER BY d.id"
	}
	q.args = append(q.args, w.Fetch())
	return queryAll(ctx, tx, readTrusted, selectTrusted+q.text()+order+" LIMIT "+placeholder(len(q.args)), q.args...)
}

// TrustedDocumentCount implements persisted.Store.
func (tx *Tx) TrustedDocumentCount(ctx context.Context) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT count(*) FROM trusted_document WHERE tenant_id = $1 AND retired_at IS NULL`, tx.Tenant())
}

// A document in use stays whose it is; a retired one becomes that of whoever
// takes it back into use.
const saveTrusted = `INSERT INTO trusted_document AS d (id, tenant_id, region, hash, name, body, added_by, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (tenant_id, hash) DO UPDATE SET
	name = CASE WHEN d.retired_at IS NULL AND d.added_by <> EXCLUDED.added_by THEN d.name ELSE EXCLUDED.name END,
	added_by = CASE WHEN d.retired_at IS NULL THEN d.added_by ELSE EXCLUDED.added_by END,
	added_at = CASE WHEN d.retired_at IS NULL THEN d.added_at ELSE EXCLUDED.added_at END,
	retired_by = NULL, retired_at = NULL
RETURNING d.id, d.hash, d.name, d.body, d.added_by, d.added_at, d.retired_at`

// SaveTrustedDocument implements persisted.Store.
func (tx *Tx) SaveTrustedDocument(ctx context.Context, d *persisted.Document) error {
	saved, err := queryOne(ctx, tx, readTrusted, saveTrusted, uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), d.Hash[:], d.Name, d.Text, d.AddedBy, d.AddedAt)
	if err == nil {
		*d = *saved
	}
	return err
}

// RetireTrustedDocument implements persisted.Store; retiring twice changes nothing.
func (tx *Tx) RetireTrustedDocument(ctx context.Context, id, by uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE trusted_document SET retired_by = $3, retired_at = $4 WHERE tenant_id = $1 AND id = $2 AND retired_at IS NULL`, tx.Tenant(), id, by, at)
	return err
}

// TrustedModes implements persisted.Store.
func (tx *Tx) TrustedModes(ctx context.Context) ([]*persisted.Mode, error) {
	return queryAll(ctx, tx, func(s scan) (*persisted.Mode, error) {
		var m persisted.Mode
		var token uuid.NullUUID
		err := s(&m.ID, &token, &m.SetAt)
		m.Token = token.UUID
		return &m, err
	}, `SELECT id, token_id, set_at FROM trusted_mode WHERE tenant_id = $1 AND lifted_at IS NULL ORDER BY id`, tx.Tenant())
}

// SetTrustedMode implements persisted.Store.
func (tx *Tx) SetTrustedMode(ctx context.Context, m persisted.Mode, by uuid.UUID, on bool) (bool, error) {
	token := uuid.NullUUID{UUID: m.Token, Valid: m.Token != uuid.Nil}
	if !on {
		n, err := tx.exec(ctx, `UPDATE trusted_mode SET lifted_by = $3, lifted_at = $4 WHERE tenant_id = $1 AND token_id IS NOT DISTINCT FROM $2 AND lifted_at IS NULL`,
			tx.Tenant(), token, by, m.SetAt)
		return n > 0, err
	}
	n, err := tx.exec(ctx, `INSERT INTO trusted_mode (id, tenant_id, region, token_id, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		m.ID, tx.Tenant(), tx.region(), token, by, m.SetAt)
	return n > 0, err
}

// TrustedTokenOwner implements persisted.Store.
func (tx *Tx) TrustedTokenOwner(ctx context.Context, token uuid.UUID) (uuid.UUID, error) {
	t, err := tx.TokenByID(ctx, token)
	if err != nil {
		return uuid.Nil, err
	}
	return t.User, nil
}

// TrustedChanged implements persisted.Store: the epoch is what every replica
// reads with every opening.
func (tx *Tx) TrustedChanged(ctx context.Context) error {
	_, err := tx.exec(ctx, `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1`)
	return err
}
