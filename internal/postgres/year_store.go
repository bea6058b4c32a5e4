package postgres

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/consequences"
)

// ItemPointsIn implements consequences.Store: what each item brought each subject
// in the newest publication of the published rounds of a span.
func (tx *Tx) ItemPointsIn(ctx context.Context, competition uuid.UUID, from, to string) ([]consequences.ItemPoints, error) {
	return queryAll(ctx, tx, func(s scan) (consequences.ItemPoints, error) {
		var p consequences.ItemPoints
		var points string
		if err := s(&p.Item, &p.ItemName, &p.Dimension, &p.Subject, &p.Unit, &p.Name, &points); err != nil {
			return p, err
		}
		var err error
		p.Points, err = numberOf(points)
		return p, err
	}, `SELECT l->>'item', coalesce(i.name_zh, l->>'item'),
		coalesce(i.dimension, (SELECT x->>'dimension' FROM template_version v CROSS JOIN LATERAL jsonb_array_elements(nullif(v.canonical, '')::jsonb->'items') x
			WHERE v.tenant_id = r.tenant_id AND v.id = r.template_version_id AND x->>'key' = l->>'item' LIMIT 1), ''), s.subject_id, s.unit_id, s.name, l->>'shown'
		FROM round r
		JOIN LATERAL (SELECT p.id FROM publication p WHERE p.tenant_id = r.tenant_id AND p.round_id = r.id ORDER BY p.revision DESC LIMIT 1) n ON true
		JOIN standing s ON s.tenant_id = r.tenant_id AND s.publication_id = n.id AND s.total IS NOT NULL
		CROSS JOIN LATERAL jsonb_array_elements(s.trace->'lines') l
		LEFT JOIN rubric_item i ON i.tenant_id = r.tenant_id AND i.round_id = r.id AND i.key = l->>'item'
		WHERE r.tenant_id = $1 AND r.competition_id = $2 AND r.period >= $3 AND r.period <= $4 AND r.state = 'published' AND l->>'kind' = 'item'
		ORDER BY r.period, s.position, i.position`, tx.Tenant(), competition, from, to)
}

// GradesIn implements consequences.Store: the published grades of persons.
func (tx *Tx) GradesIn(ctx context.Context, first, last int) ([]consequences.GradedIn, error) {
	return queryAll(ctx, tx, func(s scan) (consequences.GradedIn, error) {
		var g consequences.GradedIn
		err := s(&g.Person, &g.Unit, &g.Pseudonym, &g.Scale, &g.Grade, &g.Year)
		return g, err
	}, `SELECT s.subject_id, s.unit_id, s.code, g->>'scale', g->>'grade', left(r.period, 4)::int
		FROM round r
		JOIN LATERAL (SELECT p.id FROM publication p WHERE p.tenant_id = r.tenant_id AND p.round_id = r.id ORDER BY p.revision DESC LIMIT 1) n ON true
		JOIN standing s ON s.tenant_id = r.tenant_id AND s.publication_id = n.id AND s.subject_kind = 'person'
		CROSS JOIN LATERAL jsonb_array_elements(s.grades) g
		WHERE r.tenant_id = $1 AND NOT r.trial AND r.state = 'published' AND left(r.period, 4)::int BETWEEN $2 AND $3
		ORDER BY s.code, r.period`, tx.Tenant(), first, last)
}
