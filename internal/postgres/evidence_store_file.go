package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/evidence"
)

const fileColumns = `id, tenant_id, key, thumbnail, sha256, media_type, bytes, width, height, name, uploaded_by, senders, uploaded_at`

// nullFile reads a file that may not be there.
type nullFile struct {
	id, tenant, by                     uuid.NullUUID
	key, thumbnail, sum, mediaType, nm sql.NullString
	bytes                              sql.NullInt64
	width, height                      sql.NullInt64
	at                                 sql.NullTime
	senders                            []uuid.UUID
}

func (f *nullFile) columns() []any {
	return []any{&f.id, &f.tenant, &f.key, &f.thumbnail, &f.sum, &f.mediaType, &f.bytes, &f.width, &f.height, &f.nm, &f.by, pq.Array(&f.senders), &f.at}
}

func (f *nullFile) file() *evidence.File {
	if !f.id.Valid {
		return nil
	}
	return &evidence.File{ID: f.id.UUID, Tenant: f.tenant.UUID, Key: f.key.String, Thumbnail: f.thumbnail.String, SHA256: f.sum.String,
		MediaType: f.mediaType.String, Bytes: f.bytes.Int64, Width: int(f.width.Int64), Height: int(f.height.Int64), Name: f.nm.String,
		UploadedBy: f.by.UUID, Senders: f.senders, UploadedAt: f.at.Time}
}

func scanFile(s scan) (*evidence.File, error) {
	var f nullFile
	err := s(f.columns()...)
	return f.file(), err
}

// TouchFile implements evidence.Store.
func (tx *Tx) TouchFile(ctx context.Context, sha256 string, by uuid.UUID, at time.Time) (*evidence.File, error) {
	f, err := queryOne(ctx, tx, scanFile, `UPDATE evidence_file SET uploaded_at = greatest(uploaded_at, $3),
		senders = CASE WHEN $4 = ANY (senders) THEN senders ELSE senders || $4::uuid END WHERE tenant_id = $1 AND sha256 = $2
		RETURNING `+fileColumns, tx.Tenant(), sha256, at, by)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return f, err
}

// InsertFile implements evidence.Store.
func (tx *Tx) InsertFile(ctx context.Context, f *evidence.File) error {
	_, err := tx.exec(ctx, `INSERT INTO evidence_file (id, tenant_id, region, key, thumbnail, sha256, media_type, bytes, width, height, name, uploaded_by, senders, uploaded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`, f.ID, tx.Tenant(), tx.region(), f.Key, f.Thumbnail, f.SHA256, f.MediaType, f.Bytes,
		f.Width, f.Height, f.Name, f.UploadedBy, array(f.Senders), f.UploadedAt)
	return err
}

// FileByID implements evidence.Store.
func (tx *Tx) FileByID(ctx context.Context, id uuid.UUID) (*evidence.File, []uuid.UUID, error) {
	var units []uuid.UUID
	f, err := queryOne(ctx, tx, func(s scan) (*evidence.File, error) {
		var f nullFile
		err := s(append(f.columns(), pq.Array(&units))...)
		return f.file(), err
	}, `SELECT `+fileColumns+`, ARRAY(SELECT DISTINCT e.unit_id FROM evidence_item e WHERE e.tenant_id = f.tenant_id AND e.file_id = f.id)
		FROM evidence_file f WHERE f.tenant_id `+inReach+` AND f.id = $1`, id)
	return f, units, faultOf(err)
}

// SharedFile implements evidence.Store.
func (tx *Tx) SharedFile(ctx context.Context, id uuid.UUID) (*evidence.File, error) {
	f, err := queryOne(ctx, tx, scanFile, `SELECT id, tenant_id, key, thumbnail, sha256, media_type, bytes, width, height, name, NULL::uuid, NULL::uuid[], NULL::timestamptz
		FROM shared_file($1)`, id)
	return f, faultOf(err)
}

// DropUnused implements evidence.Store. A piece that takes a file at the same
// moment waits for the removal, and is refused, or is seen by it.
func (tx *Tx) DropUnused(ctx context.Context, before time.Time) ([]*evidence.File, error) {
	return queryAll(ctx, tx, scanFile, `DELETE FROM evidence_file f WHERE f.tenant_id = $1 AND f.uploaded_at < $2
		AND NOT EXISTS (SELECT FROM evidence_item e WHERE e.tenant_id = f.tenant_id AND e.file_id = f.id) RETURNING `+fileColumns, tx.Tenant(), before)
}

// KnownKeys implements evidence.Store.
func (tx *Tx) KnownKeys(ctx context.Context, keys []string) (map[string]bool, error) {
	rows, err := queryAll(ctx, tx, value[string], `SELECT key FROM evidence_file WHERE key = ANY ($1) UNION ALL SELECT thumbnail FROM evidence_file WHERE thumbnail = ANY ($1)`,
		array(keys))
	known := make(map[string]bool, len(rows))
	for _, key := range rows {
		known[key] = true
	}
	return known, err
}
