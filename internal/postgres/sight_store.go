package postgres

import (
	"context"
	"fmt"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"leitai/internal/authz"
)

// seenItems selects, as competition, round and key, the items of the dimensions
// in a placeholder: those of a round's own rubric, else of its template. What
// was entered for a competition without a round (uuid.Nil here) has a dimension
// only where its key never meant an item of another one.
const seenItems = `WITH meant AS (
	SELECT r.competition_id, r.id AS round_id, i.key, i.dimension FROM rubric_item i JOIN round r ON r.tenant_id = i.tenant_id AND r.id = i.round_id
	UNION ALL
	SELECT r.competition_id, r.id, x->>'key', coalesce(x->>'dimension', '') FROM round r
	JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id
	CROSS JOIN LATERAL jsonb_array_elements(nullif(v.canonical, '')::jsonb->'items') x
	WHERE NOT EXISTS (SELECT FROM rubric_item i WHERE i.tenant_id = r.tenant_id AND i.round_id = r.id)
	UNION ALL
	SELECT cv.competition_id, '00000000-0000-0000-0000-000000000000', x->>'key', coalesce(x->>'dimension', '') FROM competition_version cv
	JOIN template_version v ON v.tenant_id = cv.tenant_id AND v.id = cv.template_version_id
	CROSS JOIN LATERAL jsonb_array_elements(nullif(v.canonical, '')::jsonb->'items') x)
	SELECT competition_id, round_id, key FROM meant WHERE round_id <> '00000000-0000-0000-0000-000000000000' AND dimension = ANY (%[1]s)
	UNION ALL
	SELECT competition_id, '00000000-0000-0000-0000-000000000000', key FROM meant GROUP BY competition_id, key HAVING bool_and(dimension = ANY (%[1]s))`

// seenRow is the condition that a row of an alias, with unit_id, competition_id,
// round_id and item_key, is within a sight: its dimensions and its units stand
// in two placeholders.
func seenRow(alias, dimensions, units string) string {
	return fmt.Sprintf(`(%[1]s.unit_id = ANY (%[3]s) OR (%[1]s.competition_id, coalesce(%[1]s.round_id, '00000000-0000-0000-0000-000000000000'), %[1]s.item_key) IN (%[2]s))`,
		alias, fmt.Sprintf(seenItems, dimensions), units)
}

// inSight narrows a query of issues to a sight.
func inSight(sight authz.Sight) func(*entsql.Selector) {
	return func(s *entsql.Selector) {
		s.Where(entsql.P(func(b *entsql.Builder) {
			b.Ident(s.C("id")).WriteString(" IN (SELECT w.id FROM issue w, (SELECT ").Arg(array(orEmpty(sight.Dimensions))).WriteString("::text[] AS keys, ").
				Arg(array(sight.Whole)).WriteString("::uuid[] AS units) of WHERE " + seenRow("w", "of.keys", "of.units") + ")")
		}))
	}
}

// IssuesSeen implements issues.Store.
func (tx *Tx) IssuesSeen(ctx context.Context, sight authz.Sight, ids []uuid.UUID) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT i.id FROM issue i WHERE i.id = ANY ($1) AND `+seenRow("i", "$2", "$3"),
		array(ids), array(orEmpty(sight.Dimensions)), array(sight.Whole))
}

// EvidenceSeen implements evidence.Store.
func (tx *Tx) EvidenceSeen(ctx context.Context, sight authz.Sight, ids []uuid.UUID) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT e.id FROM evidence_item e WHERE e.id = ANY ($1) AND `+seenRow("e", "$2", "$3"),
		array(ids), array(orEmpty(sight.Dimensions)), array(sight.Whole))
}

// FileSeen implements evidence.Store.
func (tx *Tx) FileSeen(ctx context.Context, sight authz.Sight, file uuid.UUID) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT DISTINCT e.unit_id FROM evidence_item e WHERE e.file_id = $1 AND `+seenRow("e", "$2", "$3"),
		file, array(orEmpty(sight.Dimensions)), array(sight.Whole))
}

// KeysSeen implements evidence.Store.
func (tx *Tx) KeysSeen(ctx context.Context, round uuid.UUID, dimensions []string) ([]string, error) {
	return queryAll(ctx, tx, value[string], `SELECT key FROM (`+fmt.Sprintf(seenItems, "$2")+`) s WHERE s.round_id = $1`, round, array(orEmpty(dimensions)))
}

// SharedAs implements evidence.Store.
func (tx *Tx) SharedAs(ctx context.Context, file uuid.UUID, dimensions []string) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT shared_file_of($1, $2)`,
		file, array(orEmpty(dimensions)))
}
