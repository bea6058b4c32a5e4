package postgres

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"leitai/internal/compare"
	"leitai/internal/facts"
)

// factRubrics reads items and consequences out of the public bundles.
const factRubrics = `
SELECT p.id,
  coalesce((SELECT jsonb_agg(jsonb_build_object('key', i->>'key', 'name', coalesce(i->'name'->>'zh-Hans', ''), 'dimension', coalesce(i->>'dimension', '')) ORDER BY x.n)
    FROM jsonb_array_elements(b.doc#>'{payload,input,rubric}') WITH ORDINALITY x(i, n)), '[]'),
  coalesce((SELECT jsonb_agg(jsonb_build_object('subject', q.subject, 'kind', q.kind, 'count', q.n) ORDER BY q.subject COLLATE "C", q.kind COLLATE "C")
    FROM (SELECT o->>'subject' subject, o->>'do' kind, count(*) n FROM jsonb_array_elements(b.doc#>'{payload,result,outcomes}') o GROUP BY 1, 2) q), '[]'),
  coalesce(k.contestants, 0), coalesce(k.sources::text, '{}'), coalesce(k.weights::text, '{}'), coalesce(k.denominators::text, '{}'), coalesce(k.scores::text, '{}'),
  CASE WHEN k.id IS NOT NULL THEN coalesce((SELECT sum(n) FROM unnest(k.issues_opened) n), 0) END,
  CASE WHEN k.id IS NOT NULL THEN coalesce((SELECT sum(n) FROM unnest(k.issues_closed) n), 0) END,
  CASE WHEN k.id IS NOT NULL THEN coalesce((SELECT sum(n) FROM unnest(k.issues_overdue) n), 0) END
FROM publication p
LEFT JOIN round_total k ON k.tenant_id = p.tenant_id AND k.publication_id = p.id
CROSS JOIN LATERAL (SELECT p.public_bundle::jsonb doc OFFSET 0) b -- parsed once
WHERE p.tenant_id = ANY ($1) AND p.id = ANY ($2)`

// FactRubrics implements facts.Published.
func (tx *Tx) FactRubrics(ctx context.Context, of []*facts.Publication) error {
	by := map[uuid.UUID]*facts.Publication{}
	for _, p := range of {
		by[p.ID] = p
	}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var rubric, outcomes []byte
		var packed compare.Packed
		var opened, closed, overdue *int
		if err := s(&id, &rubric, &outcomes, &packed.Contestants, &packed.Sources, &packed.Weights, &packed.Denominators, &packed.Scores,
			&opened, &closed, &overdue); err != nil {
			return struct{}{}, err
		}
		p := by[id]
		if opened != nil && closed != nil && overdue != nil {
			p.Issues = &facts.Issues{Opened: *opened, Closed: *closed, Overdue: *overdue}
		}
		var unreadable error
		p.Scores, unreadable = compare.Unpack(packed)
		return struct{}{}, errors.Join(unreadable, json.Unmarshal(rubric, &p.Rubric), json.Unmarshal(outcomes, &p.Outcomes))
	}, factRubrics, array(tx.seen()), array(publicationIDs(of)))
	return err
}
