package postgres

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/templateversion"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/programme"
)

var _ programme.Store = (*Tx)(nil)

// InsertTemplateVersion implements programme.Store.
func (tx *Tx) InsertTemplateVersion(ctx context.Context, v *programme.TemplateVersion) error {
	return tx.Ent().TemplateVersion.Create().SetID(v.ID).SetKey(v.Key).SetVersion(v.Version).SetNameZh(v.NameZh).SetNameEn(v.NameEn).
		SetState(string(v.State)).SetSource(v.Source).SetCreatedBy(v.CreatedBy).SetCreatedAt(v.CreatedAt).Exec(ctx)
}

// UpdateTemplateVersion implements programme.Store.
func (tx *Tx) UpdateTemplateVersion(ctx context.Context, v *programme.TemplateVersion) error {
	n, err := tx.Ent().TemplateVersion.Update().Where(templateversion.ID(v.ID), templateversion.Revision(v.Revision)).
		SetSource(v.Source).SetNameZh(v.NameZh).SetNameEn(v.NameEn).SetState(string(v.State)).SetCanonical(v.Canonical).
		SetConfirmed(v.Confirmed).SetNillableActivatedBy(v.ActivatedBy).SetNillableActivatedAt(v.ActivatedAt).
		AddRevision(1).Save(ctx)
	if err != nil {
		return err
	}
	return counted(n, &v.Revision)
}

// counted counts a revision up after an update that found its row, or says
// that somebody was faster.
func counted(rows int, revision *int) error {
	if rows == 0 {
		return fault.New(fault.StaleRevision, "have", "> "+strconv.Itoa(*revision)).At("revision")
	}
	*revision++
	return nil
}

// TemplateVersionByID implements programme.Store.
func (tx *Tx) TemplateVersionByID(ctx context.Context, id uuid.UUID) (*programme.TemplateVersion, error) {
	row, err := tx.Ent().TemplateVersion.Get(ctx, id)
	if err != nil {
		return nil, faultOf(err)
	}
	return templateVersion(row), nil
}

// TemplateVersionsByID implements programme.Store.
func (tx *Tx) TemplateVersionsByID(ctx context.Context, ids []uuid.UUID) ([]*programme.TemplateVersion, error) {
	rows, err := tx.Ent().TemplateVersion.Query().Where(among(templateversion.FieldID, ids)).All(ctx)
	return templateVersions(rows), err
}

// TemplatePage implements programme.Store.
func (tx *Tx) TemplatePage(ctx context.Context, key string, w paging.Window) ([]*programme.TemplateVersion, error) {
	q := tx.Ent().TemplateVersion.Query()
	if key != "" {
		q.Where(templateversion.Key(key))
	}
	number := func(s string) (any, error) { return strconv.Atoi(s) }
	narrow, order, err := keyset(w, keyColumn{templateversion.FieldKey, false, textKey}, keyColumn{templateversion.FieldVersion, true, number},
		keyColumn{templateversion.FieldID, false, uuidKey})
	if err != nil {
		return nil, err
	}
	rows, err := q.Where(narrow).Order(order).Limit(w.Fetch()).All(ctx)
	return templateVersions(rows), err
}

// TemplateVersions implements programme.Store.
func (tx *Tx) TemplateVersions(ctx context.Context, key string) ([]*programme.TemplateVersion, error) {
	rows, err := tx.Ent().TemplateVersion.Query().Where(templateversion.Key(key)).Order(gen.Desc(templateversion.FieldVersion)).All(ctx)
	return templateVersions(rows), err
}

// LastTemplateVersion implements programme.Store.
func (tx *Tx) LastTemplateVersion(ctx context.Context, key string) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT coalesce(max(version), 0) FROM template_version WHERE tenant_id = $1 AND key = $2`, tx.Tenant(), key)
}

func templateVersions(rows []*gen.TemplateVersion) []*programme.TemplateVersion {
	all := make([]*programme.TemplateVersion, len(rows))
	for i, row := range rows {
		all[i] = templateVersion(row)
	}
	return all
}

func templateVersion(row *gen.TemplateVersion) *programme.TemplateVersion {
	return &programme.TemplateVersion{
		ID: row.ID, Tenant: row.TenantID, Key: row.Key, Version: row.Version, NameZh: row.NameZh, NameEn: row.NameEn,
		State: programme.TemplateState(row.State), Source: row.Source, Canonical: row.Canonical, Confirmed: row.Confirmed, Revision: row.Revision,
		CreatedBy: row.CreatedBy, CreatedAt: row.CreatedAt, ActivatedBy: row.ActivatedBy, ActivatedAt: row.ActivatedAt,
	}
}
