package postgres

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/internal/tenancy"
)

// GroupSets implements tenancy.Store.
func (tx *Tx) GroupSets(ctx context.Context) ([]*tenancy.GroupSet, error) {
	return queryAll(ctx, tx, func(s scan) (*tenancy.GroupSet, error) {
		var g tenancy.GroupSet
		var classes []byte
		if err := s(&g.ID, &g.Key, &g.Zh, &g.En, &classes, &g.Revision); err != nil {
			return nil, err
		}
		return &g, json.Unmarshal(classes, &g.Classes)
	}, `SELECT id, key, name_zh, name_en, classes, revision FROM group_set WHERE tenant_id = $1 ORDER BY key`, tx.Tenant())
}

// InsertGroupSet implements tenancy.Store.
func (tx *Tx) InsertGroupSet(ctx context.Context, g *tenancy.GroupSet) error {
	classes, err := json.Marshal(g.Classes)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO group_set (id, tenant_id, region, key, name_zh, name_en, classes) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		g.ID, tx.Tenant(), tx.region(), g.Key, g.Zh, g.En, string(classes))
	return err
}

// UpdateGroupSet implements tenancy.Store.
func (tx *Tx) UpdateGroupSet(ctx context.Context, g *tenancy.GroupSet) error {
	classes, err := json.Marshal(g.Classes)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE group_set SET name_zh = $3, name_en = $4, classes = $5, revision = revision + 1 WHERE tenant_id = $1 AND id = $2`,
		tx.Tenant(), g.ID, g.Zh, g.En, string(classes))
	g.Revision++
	return err
}

// GroupMembers implements tenancy.Store.
func (tx *Tx) GroupMembers(ctx context.Context, set string, units []uuid.UUID) ([]*tenancy.Member, error) {
	return queryAll(ctx, tx, func(s scan) (*tenancy.Member, error) {
		var m tenancy.Member
		var from, until sql.NullTime
		err := s(&m.ID, &m.Set, &m.Class, &m.Unit, &m.UnitCode, &m.UnitName, &from, &until)
		m.From = dateOf(from.Time)
		if until.Valid {
			m.Until = dateOf(until.Time)
		}
		return &m, err
	}, `SELECT m.id, m.group_set, m.class, m.unit_id, coalesce(u.code, u.id::text), u.shown_name, m.valid_from, m.valid_until
		FROM group_member m JOIN unit u ON u.id = m.unit_id
		WHERE m.tenant_id = $1 AND m.group_set = $2 AND ($3::uuid[] IS NULL OR m.unit_id = ANY ($3))
		ORDER BY u.code NULLS LAST, u.id, m.valid_from`, tx.Tenant(), set, array(units))
}

// SaveMembers implements tenancy.Store, in two statements whatever their number.
func (tx *Tx) SaveMembers(ctx context.Context, ended, added []*tenancy.Member) error {
	if len(ended) > 0 {
		var ids []uuid.UUID
		var until []string
		for _, m := range ended {
			ids, until = append(ids, m.ID), append(until, m.Until.String())
		}
		if _, err := tx.exec(ctx, `UPDATE group_member m SET valid_until = x.until FROM unnest($2::uuid[], $3::date[]) x (id, until)
			WHERE m.tenant_id = $1 AND m.id = x.id`, tx.Tenant(), array(ids), array(until)); err != nil {
			return err
		}
	}
	if len(added) == 0 {
		return nil
	}
	var ids, units []uuid.UUID
	var classes, from []string
	var until []sql.NullString
	for _, m := range added {
		ids, units, classes, from = append(ids, m.ID), append(units, m.Unit), append(classes, m.Class), append(from, m.From.String())
		until = append(until, sql.NullString{String: m.Until.String(), Valid: !m.Until.IsZero()})
	}
	_, err := tx.exec(ctx, `INSERT INTO group_member (id, tenant_id, region, group_set, class, unit_id, valid_from, valid_until)
		SELECT id, $1, $2, $3, class, unit_id, valid_from, valid_until
		FROM unnest($4::uuid[], $5::text[], $6::uuid[], $7::date[], $8::date[]) AS new (id, class, unit_id, valid_from, valid_until)`,
		tx.Tenant(), tx.region(), added[0].Set, array(ids), array(classes), array(units), array(from), array(until))
	return err
}
