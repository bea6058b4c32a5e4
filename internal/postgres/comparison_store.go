package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/comparison"
	"leitai/internal/exact"
	"leitai/internal/template"
)

var _ comparison.Store = (*Tx)(nil)

// ComparisonFrameSQL reads what a comparison is made by: who is below, as
// comparison.ReadMembers reads it, and every other kind as one document. It is exported for the benchmark's bare handler, as is
// RoundsComparedSQL.
const ComparisonFrameSQL = `
SELECT (SELECT coalesce(string_agg(concat_ws(E'\x1f', t.id, t.kind, t.unit_id, coalesce(u.code, u.id::text), u.shown_name), E'\x1e' ORDER BY u.code, t.id), '')
          FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE t.id = ANY ($2) AND t.id <> $1 AND t.status = 'active'),
       (SELECT coalesce(json_agg(json_build_object('id', r.id, 'year', r.year, 'number', r.number, 'dimensions', r.dimensions, 'weights', r.weights::text[],
          'minCoverage', r.min_coverage::text, 'withinDays', r.within_days, 'reason', r.reason, 'setBy', r.set_by, 'setAt', r.set_at) ORDER BY r.year DESC), '[]')
          FROM comparison_rule r WHERE r.tenant_id = $1
          AND NOT EXISTS (SELECT FROM comparison_rule n WHERE n.tenant_id = r.tenant_id AND n.year = r.year AND n.number > r.number)),
       (SELECT coalesce(json_agg(json_build_object('id', c.id, 'number', c.number, 'township', c.township_id, 'template', c.template_key, 'source', c.source,
          'dimension', c.dimension, 'from', c.from_day, 'reason', c.reason, 'mappedBy', c.mapped_by, 'mappedAt', c.mapped_at) ORDER BY c.number), '[]')
          FROM crosswalk c WHERE c.tenant_id = $1),
       (SELECT coalesce(json_agg(json_build_object('key', d.key, 'zh', d.name_zh, 'en', d.name_en) ORDER BY d.tenant_id = $1, d.key, d.id), '[]')
          FROM dimension d WHERE d.tenant_id = $1 OR d.tenant_id = ANY ($3))`

// ComparisonFrame implements comparison.Store.
func (tx *Tx) ComparisonFrame(ctx context.Context) (*comparison.Frame, error) {
	return queryOne(ctx, tx, func(s scan) (*comparison.Frame, error) {
		var members string
		var rules, mappings, dimensions []byte
		if err := s(&members, &rules, &mappings, &dimensions); err != nil {
			return nil, err
		}
		return ComparisonFrameOf(members, rules, mappings, dimensions)
	}, ComparisonFrameSQL, tx.Tenant(), array(tx.seen()), array(tx.scope.ancestors))
}

// ComparisonFrameOf reads what ComparisonFrameSQL gives.
func ComparisonFrameOf(members string, rules, mappings, dimensions []byte) (*comparison.Frame, error) {
	f := &comparison.Frame{}
	var err error
	if f.Members, err = comparison.ReadMembers(members); err != nil {
		return nil, err
	}
	if f.Rules, err = rulesOf(rules); err != nil {
		return nil, err
	}
	if f.Mappings, err = mappingsOf(mappings); err != nil {
		return nil, err
	}
	var added []struct{ Key, Zh, En string }
	if err := json.Unmarshal(dimensions, &added); err != nil {
		return nil, err
	}
	for _, d := range added {
		f.Dimensions = append(f.Dimensions, comparison.Dimension{Key: d.Key, Name: template.Text{ZH: d.Zh, EN: d.En}})
	}
	return f, nil
}

func rulesOf(document []byte) ([]comparison.Rule, error) {
	var rows []struct {
		ID                  uuid.UUID
		Year, Number        int
		Dimensions, Weights []string
		MinCoverage         exact.Number
		WithinDays          int
		Reason              string
		SetBy               uuid.UUID
		SetAt               time.Time
	}
	if err := json.Unmarshal(document, &rows); err != nil {
		return nil, err
	}
	all := make([]comparison.Rule, len(rows))
	for i, row := range rows {
		all[i] = comparison.Rule{ID: row.ID, Year: row.Year, Number: row.Number, MinCoverage: row.MinCoverage, WithinDays: row.WithinDays,
			Reason: row.Reason, SetBy: row.SetBy, SetAt: row.SetAt}
		for k, text := range row.Weights {
			weight, err := exact.Parse(text)
			if err != nil || k >= len(row.Dimensions) {
				return nil, fmt.Errorf("postgres: weights of comparison rule %s: %w", row.ID, err)
			}
			all[i].Weights = append(all[i].Weights, comparison.Weight{Dimension: row.Dimensions[k], Weight: weight})
		}
	}
	return all, nil
}

func mappingsOf(document []byte) ([]comparison.Mapping, error) {
	var all []comparison.Mapping
	return all, json.Unmarshal(document, &all)
}

// RoundsComparedSQL reads the rounds of the tenants below in a span of nominal
// days with the totals that count, all in one statement: a row for each tenant, in
// it a line for each round, as comparison.ReadRounds reads them. Scores are those
// of the tenants in $5. Days of rounds lie near their nominal ones; the index is
// over the day held.
const RoundsComparedSQL = `
SELECT r.tenant_id, string_agg(concat_ws(E'\t', r.id, r.competition_id, r.period, r.nominal, r.held, r.published_revision, t.published, t.digest,
       CASE WHEN t.tenant_id = ANY ($5) THEN concat_ws(E'\t', t.sources, t.weights, t.denominators, t.scores) END), E'\n')
FROM round r
LEFT JOIN round_total t ON t.tenant_id = r.tenant_id AND t.round_id = r.id AND t.revision = r.published_revision AND t.audience <> 'person'
WHERE r.tenant_id = ANY ($1) AND r.tenant_id <> $2 AND r.held BETWEEN $3::date - 100 AND $4::date + 100 AND r.nominal BETWEEN $3 AND $4
  AND NOT r.trial AND r.state <> 'cancelled'
GROUP BY r.tenant_id`

// RoundsCompared implements comparison.Store.
func (tx *Tx) RoundsCompared(ctx context.Context, from, to calendar.Date, scored []uuid.UUID) ([]comparison.RoundRow, error) {
	var all []comparison.RoundRow
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var tenant uuid.UUID
		var lines string
		err := s(&tenant, &lines)
		if err == nil {
			all, err = comparison.ReadRounds(all, tenant, lines)
		}
		return struct{}{}, err
	}, RoundsComparedSQL, array(tx.seen()), tx.Tenant(), timeOf(from), timeOf(to), array(scored))
	return all, err
}

const insertTotal = `
INSERT INTO round_total (id, tenant_id, region, publication_id, round_id, competition_id, revision, audience, subject, template_key, opened, published,
  contestants, sources, weights, denominators, scores, digest, ranges, range_width, severity, issue_sources, issues_opened, issues_closed, issues_overdue)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
  coalesce((SELECT min(t.published) FROM round_total t WHERE t.tenant_id = $2 AND t.round_id = $5), $12),
  $13, $14::text::text[], $15::text::numeric[], $16::text::numeric[], $17::text::numeric[], $18, $19, $20, $21::numeric, $22, $23, $24, $25)
ON CONFLICT (tenant_id, publication_id) DO NOTHING`

// InsertTotal implements comparison.Store. The totals of a publication are
// written once.
func (tx *Tx) InsertTotal(ctx context.Context, k *comparison.Kept) error {
	_, err := tx.exec(ctx, insertTotal, totalValues(k, tx.Tenant(), tx.region())...)
	return faultOf(err)
}

// totalValues are the values of round_total's columns, in their order.
func totalValues(k *comparison.Kept, tenant uuid.UUID, region string) []any {
	p := k.Total.Pack()
	var effect *string
	if k.Judging.Effect != nil {
		text := k.Judging.Effect.String()
		effect = &text
	}
	sources, counts := make([]string, len(k.Issues)), [3][]int64{make([]int64, len(k.Issues)), make([]int64, len(k.Issues)), make([]int64, len(k.Issues))}
	for i, c := range k.Issues {
		sources[i], counts[0][i], counts[1][i], counts[2][i] = c.Source, int64(c.Opened), int64(c.Closed), int64(c.Overdue)
	}
	return []any{k.ID, tenant, region, k.Publication, k.Round, k.Competition, k.Revision, k.Audience, k.Subject, k.Template, timeOfPtr(k.Opened), timeOf(k.Published),
		p.Contestants, p.Sources, p.Weights, p.Denominators, p.Scores, k.Digest(), k.Judging.Ranges, k.Judging.Width, effect,
		pq.Array(sources), pq.Array(counts[0]), pq.Array(counts[1]), pq.Array(counts[2])}
}

// IssueCounts implements comparison.Store.
func (tx *Tx) IssueCounts(ctx context.Context, competition uuid.UUID, until calendar.Date) ([]comparison.IssueCount, error) {
	return queryAll(ctx, tx, func(s scan) (comparison.IssueCount, error) {
		var c comparison.IssueCount
		err := s(&c.Item, &c.Opened, &c.Closed, &c.Overdue)
		return c, err
	}, `SELECT item_key, count(*), count(*) FILTER (WHERE closed <= $3), count(*) FILTER (WHERE due < coalesce(closed, $3::date) AND due < $3)
		FROM issue WHERE tenant_id = $1 AND competition_id = $2 AND opened <= $3 GROUP BY item_key ORDER BY item_key`, tx.Tenant(), competition, timeOf(until))
}
