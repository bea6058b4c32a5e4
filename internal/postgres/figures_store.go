package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"leitai/internal/figures"
)

var _ figures.Store = (*Tx)(nil)

// TakeFiguresTurn implements figures.Store.
func (tx *Tx) TakeFiguresTurn(ctx context.Context, holder uuid.UUID, lasting time.Duration) (bool, error) {
	taken, err := queryOne(ctx, tx, value[sql.NullBool], `SELECT figures_take($1, $2)`, holder, lasting.Milliseconds())
	return taken.Bool, err
}

// CountFigures implements figures.Store.
func (tx *Tx) CountFigures(ctx context.Context, kind string, moment time.Time) ([]figures.Figure, error) {
	return queryAll(ctx, tx, func(s scan) (figures.Figure, error) {
		var f figures.Figure
		err := s(&f.TenantKind, &f.Demo, &f.State, &f.Late, &f.Count)
		return f, err
	}, `SELECT tenant_kind, demo, state, late, n FROM figures($1, $2)`, kind, moment)
}

// GrantsEpoch implements figures.Store.
func (tx *Tx) GrantsEpoch(ctx context.Context) (int64, error) {
	return queryOne(ctx, tx, value[int64], `SELECT epoch FROM authz_epoch WHERE id = 1`)
}

// PublicationsToProve implements figures.Store.
func (tx *Tx) PublicationsToProve(ctx context.Context, after uuid.UUID, most int) ([]figures.Published, error) {
	return queryAll(ctx, tx, func(s scan) (figures.Published, error) {
		var p figures.Published
		err := s(&p.ID, &p.Tenant)
		return p, err
	}, `SELECT publication_id, tenant_id FROM publications_to_prove($1, $2)`, after, most)
}

// BundlesOf are both bundles of a publication of the viewer's tenant as they are
// stored; NOT_FOUND when there is none.
func (tx *Tx) BundlesOf(ctx context.Context, publication uuid.UUID) (public, sealed string, err error) {
	_, err = queryOne(ctx, tx, func(s scan) (struct{}, error) { return struct{}{}, s(&public, &sealed) },
		`SELECT p.public_bundle, b.body FROM publication p JOIN sealed_bundle b ON b.tenant_id = p.tenant_id AND b.publication_id = p.id
		WHERE p.tenant_id = $1 AND p.id = $2`, tx.Tenant(), publication)
	return public, sealed, faultOf(err)
}
