package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/facts"
)

var _ facts.Published = (*Tx)(nil)

// atOrBelow is the condition that a unit is at or below the one that a code
// names, by what it is called in facts: its code, or its id where it has none. A
// code begins with those of the units above; one without a code, and whatever
// lies below a unit that an id names, is found by the three units above it: a
// group, its village and its township may have none, a county always has one.
func atOrBelow(unit, code string) string {
	above := func(child, unit, further string) string {
		return `(SELECT concat(' ', coalesce(` + unit + `.code, ` + unit + `.id::text), ` + further + `) FROM unit ` + unit + ` WHERE ` + unit + `.id = ` + child + `.parent_id)`
	}
	return `(starts_with(coalesce(` + unit + `.code, ` + unit + `.id::text), ` + code + `) OR (` + unit + `.code IS NULL OR length(` + code + `) = 36)
    AND position(' ' || ` + code + ` IN ` + above(unit, "a1", above("a1", "a2", above("a2", "a3", `''`))) + `) > 0)`
}

// factHeads lists publications with all that their facts share. $2 takes
// superseded ones too; $8 and $9 are how far somebody has loaded; $10 to $13 are
// the bounds of a page and $14 the publication at one of them that was read.
var factHeads = `
SELECT p.id, p.tenant_id, p.round_id, r.competition_id, coalesce(c.name, ''), r.period, r.held, p.revision, r.published_revision > p.revision, p.audience,
       p.published_at, (p.published_at AT TIME ZONE t.time_zone)::date, t.name, coalesce(h.code, h.id::text), t.demo, coalesce(v.key, ''), coalesce(v.version, 0),
       coalesce(d.doc->'ranking'->>'show', ''),
       ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(d.doc->'bands', '[]')) b WHERE b ? 'best'),
       ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(d.doc->'bands', '[]')) b WHERE b ? 'worst'), n.size, n.names, ` + atOrBelow("h", "$5") + `
FROM publication p
JOIN publication_order o ON o.tenant_id = p.tenant_id AND o.publication_id = p.id
JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id
JOIN tenant t ON t.id = p.tenant_id
JOIN unit h ON h.id = t.unit_id
LEFT JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id
LEFT JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id AND v.state = 'active'
CROSS JOIN LATERAL (SELECT count(*) size, coalesce(md5(string_agg(coalesce(u.code, u.id::text) || u.shown_name, ',' ORDER BY s.position)), '') names
  FROM standing s JOIN unit u ON u.id = s.unit_id
  WHERE s.tenant_id = p.tenant_id AND s.publication_id = p.id AND ` + atOrBelow("u", "$5") + `) n
LEFT JOIN LATERAL (SELECT v.canonical::jsonb doc OFFSET 0) d ON v.id IS NOT NULL -- parsed once
WHERE p.tenant_id = ANY ($1) AND NOT p.trial AND ($2 OR p.revision = r.published_revision)
  AND ($3::date IS NULL OR period_first(r.period) >= $3) AND ($4::date IS NULL OR period_last(r.period) <= $4)
  AND (n.size > 0 OR ` + atOrBelow("h", "$5") + `)
  AND ($6::uuid IS NULL OR r.competition_id = $6) AND ($7::uuid IS NULL OR r.id = $7)
  AND o.seq > coalesce((SELECT x.seq FROM unnest($8::uuid[], $9::bigint[]) x(tenant, seq) WHERE x.tenant = p.tenant_id), 0)
  AND ($10::timestamptz IS NULL OR (p.published_at, p.id) >= ($10, $11::uuid)) AND ($12::timestamptz IS NULL OR (p.published_at, p.id) <= ($12, $13::uuid))
  AND p.id <> $14
ORDER BY `

// FactHeads implements facts.Published.
func (tx *Tx) FactHeads(ctx context.Context, q facts.HeadQuery) ([]*facts.Publication, error) {
	order := `p.published_at, p.id LIMIT $15`
	if q.Backward {
		order = `p.published_at DESC, p.id DESC LIMIT $15`
	}
	tenants, seqs := make([]uuid.UUID, 0, len(q.Since)), make([]int64, 0, len(q.Since))
	for tenant, seq := range q.Since {
		tenants, seqs = append(tenants, tenant), append(seqs, seq)
	}
	least, leastID := headKey(q.Least)
	most, mostID := headKey(q.Most)
	return queryAll(ctx, tx, readHead, factHeads+order, array(tx.seen()), q.History, dayOf(q.From, calendar.Period.First), dayOf(q.To, calendar.Period.Last), q.UnitCode,
		q.Competition, q.Round, array(tenants), array(seqs), least, leastID, most, mostID, q.Except, limitOf(q.Limit))
}

func headKey(k *facts.HeadKey) (at *time.Time, id *uuid.UUID) {
	if k == nil {
		return nil, nil
	}
	return &k.At, &k.ID
}

// dayOf is a day of a period; nil for no period.
func dayOf(p calendar.Period, day func(calendar.Period) calendar.Date) *time.Time {
	if p.IsZero() {
		return nil
	}
	at := timeOf(day(p))
	return &at
}

func limitOf(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func readHead(s scan) (*facts.Publication, error) {
	var p facts.Publication
	var held, on time.Time
	err := s(&p.ID, &p.Tenant, &p.Round, &p.Competition, &p.CompetitionName, &p.Period, &held, &p.Revision, &p.Superseded, &p.Audience,
		&p.PublishedAt, &on, &p.Publisher, &p.PublisherCode, &p.Demo, &p.Template, &p.TemplateVersion,
		&p.Show, pq.Array(&p.BestBands), pq.Array(&p.WorstBands), &p.Size, &p.Names, &p.Within)
	p.Held, p.PublishedOn = dateOf(held), dateOf(on)
	return &p, err
}

// factRows reads the rows of several publications; what items contribute is
// taken out of the public trace where it is asked for.
var factRows = `
SELECT s.publication_id, s.unit_id, coalesce(u.code, u.id::text), u.shown_name, s.subject_kind, s.subject_id,
       CASE WHEN s.code = '' THEN coalesce(u.code, u.id::text) ELSE s.code END, s.name, coalesce(s.total::text, ''), s.rank, s.nth, s.rank_change, s.track, s.track_rank,
       s.percentile::text, s.light, s.parts, s.grades, s.bands, s.unranked,
       CASE WHEN $4 THEN (SELECT jsonb_agg(jsonb_build_object('key', l->>'item', 'value', l->>'value', 'shown', l->>'shown', 'rule', coalesce(l->>'rule', '')) ORDER BY x.n)
         FROM jsonb_array_elements(s.trace->'lines') WITH ORDINALITY x(l, n) WHERE l->>'kind' = 'item') END
FROM (SELECT *, CASE WHEN rank IS NULL THEN 0 ELSE count(rank) OVER (PARTITION BY publication_id ORDER BY position) END nth
  FROM standing WHERE tenant_id = ANY ($1) AND publication_id = ANY ($2)) s JOIN unit u ON u.id = s.unit_id
WHERE ` + atOrBelow("u", "$3")

// FactRows implements facts.Published.
func (tx *Tx) FactRows(ctx context.Context, of []*facts.Publication, unitCode string, items bool) error {
	by := map[uuid.UUID]*facts.Publication{}
	for _, p := range of {
		by[p.ID], p.Rows = p, nil
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var of uuid.UUID
		row, err := readFactRow(s, &of)
		if err == nil {
			by[of].Rows = append(by[of].Rows, row)
		}
		return struct{}{}, err
	}, factRows, array(tx.seen()), array(publicationIDs(of)), unitCode, items)
	return err
}

func publicationIDs(of []*facts.Publication) []uuid.UUID {
	ids := make([]uuid.UUID, len(of))
	for i, p := range of {
		ids[i] = p.ID
	}
	return ids
}

func readFactRow(s scan, of *uuid.UUID) (*facts.Row, error) {
	var r facts.Row
	var percentile *string
	var parts, grades, items []byte
	err := s(of, &r.Unit, &r.UnitCode, &r.Place, &r.Kind, &r.Subject, &r.Code, &r.Name, &r.Total, &r.Rank, &r.Nth, &r.Change, &r.Track, &r.TrackRank,
		&percentile, &r.Light, &parts, &grades, pq.Array(&r.Bands), &r.Unranked, &items)
	if err != nil {
		return nil, err
	}
	if r.Percentile, err = numberOfPtr(percentile); err != nil {
		return nil, err
	}
	if err := errors.Join(json.Unmarshal(parts, &r.Parts), json.Unmarshal(grades, &r.Grades)); err != nil {
		return nil, err
	}
	if items == nil {
		return &r, nil
	}
	var list []struct{ Key, Value, Shown, Rule string }
	if err := json.Unmarshal(items, &list); err != nil {
		return nil, err
	}
	for _, i := range list {
		value, err := exact.Parse(i.Value)
		if err != nil {
			return nil, err
		}
		r.Items = append(r.Items, facts.ItemScore{Key: i.Key, Value: value, Shown: i.Shown, Rule: i.Rule})
	}
	return &r, nil
}

// FactPlace implements facts.Published.
func (tx *Tx) FactPlace(ctx context.Context) (facts.Since, error) {
	at := facts.Since{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var tenant uuid.UUID
		var seq int64
		err := s(&tenant, &seq)
		at[tenant] = seq
		return struct{}{}, err
	}, `SELECT tenant_id, max(seq) FROM publication_order WHERE tenant_id = ANY ($1) GROUP BY tenant_id`, array(tx.seen()))
	return at, faultOf(err)
}
