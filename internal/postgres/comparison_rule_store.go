package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/comparison"
)

// InsertRule implements comparison.Store.
func (tx *Tx) InsertRule(ctx context.Context, r *comparison.Rule) error {
	dimensions, weights := make([]string, len(r.Weights)), make([]string, len(r.Weights))
	for i, w := range r.Weights {
		dimensions[i], weights[i] = w.Dimension, w.Weight.String()
	}
	var err error
	r.Number, err = queryOne(ctx, tx, value[int], `INSERT INTO comparison_rule (id, tenant_id, region, year, number, dimensions, weights, min_coverage, within_days, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, (SELECT coalesce(max(x.number), 0) + 1 FROM comparison_rule x WHERE x.tenant_id = $2 AND x.year = $4), $5, $6::text[]::numeric[],
		  $7::text::numeric, $8, $9, $10, $11) RETURNING number`,
		r.ID, tx.Tenant(), tx.region(), r.Year, pq.Array(dimensions), pq.Array(weights), r.MinCoverage.String(), r.WithinDays, r.Reason, r.SetBy, r.SetAt)
	return faultOf(err)
}

// RulesOf implements comparison.Store.
func (tx *Tx) RulesOf(ctx context.Context) ([]comparison.Rule, error) {
	return queryAll(ctx, tx, func(s scan) (comparison.Rule, error) {
		var r comparison.Rule
		var dimensions, weights []string
		var least string
		err := s(&r.ID, &r.Year, &r.Number, pq.Array(&dimensions), pq.Array(&weights), &least, &r.WithinDays, &r.Reason, &r.SetBy, &r.SetAt)
		if err != nil {
			return r, err
		}
		for i, text := range weights {
			weight, err := numberOf(text)
			if err != nil {
				return r, err
			}
			r.Weights = append(r.Weights, comparison.Weight{Dimension: dimensions[i], Weight: weight})
		}
		r.MinCoverage, err = numberOf(least)
		return r, err
	}, `SELECT id, year, number, dimensions, weights::text[], min_coverage::text, within_days, reason, set_by, set_at FROM comparison_rule
		WHERE tenant_id = $1 OR tenant_id = ANY ($2) ORDER BY year DESC, number DESC, id`, tx.Tenant(), array(tx.scope.ancestors))
}

// InsertMapping implements comparison.Store.
func (tx *Tx) InsertMapping(ctx context.Context, m *comparison.Mapping) error {
	var err error
	m.Number, err = queryOne(ctx, tx, value[int], `INSERT INTO crosswalk (id, tenant_id, region, township_id, template_key, source, dimension, from_day, reason, number, mapped_by, mapped_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT coalesce(max(x.number), 0) + 1 FROM crosswalk x WHERE x.tenant_id = $2), $10, $11) RETURNING number`,
		m.ID, tx.Tenant(), tx.region(), m.Township, m.Template, m.Source, m.Dimension, timeOf(m.From), m.Reason, m.MappedBy, m.MappedAt)
	return faultOf(err)
}

// Mappings implements comparison.Store.
func (tx *Tx) Mappings(ctx context.Context) ([]comparison.Mapping, error) {
	return queryAll(ctx, tx, func(s scan) (comparison.Mapping, error) {
		var m comparison.Mapping
		var from time.Time
		err := s(&m.ID, &m.Number, &m.Township, &m.Template, &m.Source, &m.Dimension, &from, &m.Reason, &m.MappedBy, &m.MappedAt)
		m.From = dateOf(from)
		return m, err
	}, `SELECT id, number, township_id, template_key, source, dimension, from_day, reason, mapped_by, mapped_at FROM crosswalk
		WHERE tenant_id = $1 OR tenant_id = ANY ($2) AND township_id = $1 ORDER BY tenant_id, number`, tx.Tenant(), array(tx.scope.ancestors))
}

// comparisonBody is what a published comparison says.
type comparisonBody struct {
	Rule  comparison.PublishedRule   `json:"rule"`
	Lines []comparison.PublishedLine `json:"lines"`
}

// InsertComparison implements comparison.Store.
func (tx *Tx) InsertComparison(ctx context.Context, p *comparison.Publication, months []comparison.MonthTotal) error {
	body, err := json.Marshal(comparisonBody{p.Rule, p.Lines})
	if err != nil {
		return err
	}
	p.Tenant = tx.Tenant()
	p.Revision, err = queryOne(ctx, tx, value[int], `INSERT INTO comparison_publication (id, tenant_id, region, from_day, to_day, revision, audience, body, comment, published_by, published_at)
		VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(x.revision), 0) + 1 FROM comparison_publication x WHERE x.tenant_id = $2 AND x.from_day = $4 AND x.to_day = $5),
		  $6, $7, $8, $9, $10) RETURNING revision`,
		p.ID, p.Tenant, tx.region(), timeOf(p.From), timeOf(p.To), string(p.Audience), string(body), p.Comment, p.PublishedBy, p.PublishedAt)
	if err != nil {
		return faultOf(err)
	}
	for _, m := range months {
		_, err := tx.exec(ctx, `INSERT INTO comparison_total (id, tenant_id, region, publication_id, month, townships, due, published, on_time, contestants,
			sources, weights, denominators, scores, issues_opened, issues_closed, issues_overdue)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::text[], $12::text::numeric[], $13::text::numeric[], $14::text::numeric[], $15, $16, $17)`,
			uuid.Must(uuid.NewV7()), p.Tenant, tx.region(), p.ID, timeOf(m.Month), m.Townships, m.Due, m.Published, m.OnTime, m.Packed.Contestants,
			m.Packed.Sources, m.Packed.Weights, m.Packed.Denominators, m.Packed.Scores, m.Issues.Opened, m.Issues.Closed, m.Issues.Overdue)
		if err != nil {
			return faultOf(err)
		}
	}
	return nil
}

// MonthsCompared implements comparison.Store.
func (tx *Tx) MonthsCompared(ctx context.Context, from, to calendar.Date) ([]comparison.MonthRow, error) {
	return queryAll(ctx, tx, func(s scan) (comparison.MonthRow, error) {
		var r comparison.MonthRow
		var month time.Time
		err := s(&r.Tenant, &r.Publication, &month, &r.Townships, &r.Due, &r.Published, &r.OnTime, &r.Packed.Contestants, &r.Packed.Sources, &r.Packed.Weights,
			&r.Packed.Denominators, &r.Packed.Scores, &r.Issues.Opened, &r.Issues.Closed, &r.Issues.Overdue)
		r.Month = dateOf(month)
		return r, err
	}, `SELECT DISTINCT ON (t.tenant_id, t.month) t.tenant_id, t.publication_id, t.month, t.townships, t.due, t.published, t.on_time, t.contestants, t.sources::text,
		  t.weights::text, t.denominators::text, t.scores::text, t.issues_opened, t.issues_closed, t.issues_overdue
		FROM comparison_total t JOIN comparison_publication p ON p.tenant_id = t.tenant_id AND p.id = t.publication_id
		WHERE t.tenant_id = ANY ($1) AND t.tenant_id <> $2 AND t.month BETWEEN $3 AND $4
		ORDER BY t.tenant_id, t.month, p.published_at DESC, p.id DESC`, array(tx.seen()), tx.Tenant(), timeOf(from), timeOf(to))
}

const comparisonColumns = `SELECT id, tenant_id, from_day, to_day, revision, audience, comment, published_by, published_at, `

// comparisonSeen narrows to what is read: the own, that of counties below, and
// what a county published to its townships.
const comparisonSeen = ` FROM comparison_publication WHERE (tenant_id = ANY ($1) OR audience = 'county' AND tenant_id = ANY ($2))`

func scanComparison(s scan) (*comparison.Publication, error) {
	p := &comparison.Publication{}
	var from, to time.Time
	var body []byte
	if err := s(&p.ID, &p.Tenant, &from, &to, &p.Revision, &p.Audience, &p.Comment, &p.PublishedBy, &p.PublishedAt, &body); err != nil {
		return nil, err
	}
	p.From, p.To = dateOf(from), dateOf(to)
	var read comparisonBody
	err := json.Unmarshal(body, &read)
	p.Rule, p.Lines = read.Rule, read.Lines
	return p, err
}

// Comparisons implements comparison.Store.
func (tx *Tx) Comparisons(ctx context.Context) ([]*comparison.Publication, error) {
	return queryAll(ctx, tx, scanComparison, comparisonColumns+`jsonb_build_object('rule', body->'rule')`+comparisonSeen+` ORDER BY published_at DESC, id DESC`,
		array(tx.seen()), array(tx.scope.ancestors))
}

// ComparisonByID implements comparison.Store.
func (tx *Tx) ComparisonByID(ctx context.Context, id uuid.UUID) (*comparison.Publication, error) {
	p, err := queryOne(ctx, tx, scanComparison, comparisonColumns+`body`+comparisonSeen+` AND id = $3`, array(tx.seen()), array(tx.scope.ancestors), id)
	return p, faultOf(err)
}
