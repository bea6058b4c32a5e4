package postgres

import (
	"context"

	"leitai/internal/programme"
)

// DimensionsAdded implements programme.Store. Those of tenants below are read
// by nobody's dictionary but their own.
func (tx *Tx) DimensionsAdded(ctx context.Context) ([]programme.Dimension, error) {
	return queryAll(ctx, tx, func(s scan) (programme.Dimension, error) {
		var d programme.Dimension
		err := s(&d.ID, &d.Tenant, &d.Key, &d.Name.ZH, &d.Name.EN)
		return d, err
	}, `SELECT id, tenant_id, key, name_zh, name_en FROM dimension
		WHERE tenant_id = $1 OR tenant_id = ANY ($2) ORDER BY tenant_id = $1, key, id`, tx.Tenant(), array(tx.scope.ancestors))
}

// SaveDimension implements programme.Store.
func (tx *Tx) SaveDimension(ctx context.Context, d programme.Dimension) error {
	_, err := tx.exec(ctx, `INSERT INTO dimension (id, tenant_id, region, key, name_zh, name_en) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (tenant_id, key) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en`,
		d.ID, tx.Tenant(), tx.region(), d.Key, d.Name.ZH, d.Name.EN)
	return err
}
