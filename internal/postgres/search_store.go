package postgres

import (
	"context"
	"slices"

	"leitai/internal/search"
)

var _ search.Store = (*Tx)(nil)

// find looks through rows of (id, label, detail, what is searched, what sorts),
// newest or greatest first behind those whose label begins with the first word.
// A word is looked for as it stands: no pattern, so that no character of it means
// anything. $1 are the words, $2 how many, $3 the tenant.
func (tx *Tx) find(ctx context.Context, q search.Query, rows string, more ...any) ([]search.Hit, error) {
	return queryAll(ctx, tx, func(s scan) (search.Hit, error) {
		var h search.Hit
		err := s(&h.ID, &h.Label, &h.Detail)
		return h, err
	}, `SELECT h.id, h.label, h.detail FROM (`+rows+`) h (id, label, detail, hay, fresh)
		WHERE NOT EXISTS (SELECT FROM unnest($1::text[]) w WHERE strpos(lower(h.hay), lower(w)) = 0)
		ORDER BY strpos(lower(h.label), lower(($1::text[])[1])) <> 1, h.fresh DESC, h.label, h.id LIMIT $2`,
		append([]any{array(q.Words), q.Most, tx.Tenant()}, more...)...)
}

// readsDrafts reports whether unpublished rows of the own tenant may be read, as
// row-level security has it.
func (tx *Tx) readsDrafts() bool { return slices.Contains(tx.scope.drafts, tx.Tenant()) }

// FindUnits implements search.Store: the tenant's unit and two levels below it.
// The tree of units belongs to no tenant.
func (tx *Tx) FindUnits(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `WITH RECURSIVE below AS (
		SELECT u.id, u.code, u.legal_name, u.shown_name, 0 height FROM unit u JOIN tenant t ON t.unit_id = u.id WHERE t.id = $3
		UNION ALL
		SELECT u.id, u.code, u.legal_name, u.shown_name, b.height + 1 FROM below b JOIN unit u ON u.parent_id = b.id WHERE b.height < 2 AND u.valid_to IS NULL)
		SELECT b.id, b.shown_name, concat_ws(' · ', b.code, nullif(b.legal_name, b.shown_name)), concat_ws(' ', b.shown_name, b.legal_name, b.code), -b.height FROM below b`)
}

// FindCompetitions implements search.Store.
func (tx *Tx) FindCompetitions(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT c.id, c.name, c.filing_number, concat_ws(' ', c.name, c.filing_number), c.created_at
		FROM competition c WHERE c.tenant_id = $3 AND ($4 OR NOT c.trial)`, tx.readsDrafts())
}

// FindRounds implements search.Store. A day is found as people write it.
func (tx *Tx) FindRounds(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT r.id, concat_ws(' ', c.name, r.period), concat_ws(' · ', r.held::text, nullif(r.theme, ''), nullif(r.venue, '')),
		concat_ws(' ', c.name, r.period, r.theme, r.venue, r.held, to_char(r.held, 'YYYY"年"FMMM"月"FMDD"日"')), r.held
		FROM round r JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id WHERE r.tenant_id = $3 AND ($4 OR NOT r.trial)`, tx.readsDrafts())
}

// FindPublications implements search.Store.
func (tx *Tx) FindPublications(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT p.id, concat_ws(' ', c.name, r.period), concat_ws(' · ', nullif(p.bulletin_number, ''), (p.published_at AT TIME ZONE t.time_zone)::date::text),
		concat_ws(' ', c.name, r.period, r.theme, p.bulletin_number), p.published_at
		FROM publication p JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id AND r.published_revision = p.revision
		JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id JOIN tenant t ON t.id = p.tenant_id
		WHERE p.tenant_id = $3 AND ($4 OR p.audience <> 'person' AND NOT p.trial)`, q.Drafts)
}

// FindTemplates implements search.Store.
func (tx *Tx) FindTemplates(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT v.id, CASE WHEN $5 AND v.name_en <> '' THEN v.name_en ELSE v.name_zh END, v.key || ' v' || v.version,
		concat_ws(' ', v.name_zh, v.name_en, v.key), v.created_at
		FROM (SELECT DISTINCT ON (o.key) o.* FROM template_version o WHERE o.tenant_id = $3 AND ($4 OR o.state = 'active') ORDER BY o.key, o.version DESC) v`,
		tx.readsDrafts(), q.English)
}

// FindIssues implements search.Store.
func (tx *Tx) FindIssues(ctx context.Context, q search.Query) ([]search.Hit, error) {
	rows, more := `SELECT i.id, i.title, concat_ws(' · ', '#' || i.number, u.shown_name, nullif(i.place, ''), i.due::text),
		concat_ws(' ', i.title, '#' || i.number, u.shown_name, i.place), i.opened
		FROM issue i JOIN unit u ON u.id = i.unit_id WHERE i.tenant_id = $3 AND ($4 OR i.unit_id = ANY ($5))`, []any{q.Units == nil, array(orEmpty(q.Units))}
	if !q.Sight.All {
		rows += ` AND ` + seenRow("i", "$6", "$7")
		more = append(more, array(orEmpty(q.Sight.Dimensions)), array(orEmpty(q.Sight.Whole)))
	}
	return tx.find(ctx, q, rows, more...)
}

// FindPeople implements search.Store, with the places of the posts they hold.
func (tx *Tx) FindPeople(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT p.id, coalesce(n.name, p.pseudonym), concat_ws(' · ', CASE WHEN n.name IS NOT NULL THEN p.pseudonym END, (
		  SELECT string_agg(DISTINCT u.shown_name, '、' ORDER BY u.shown_name) FROM post o JOIN unit u ON u.id = o.unit_id
		  WHERE o.tenant_id = p.tenant_id AND o.person_id = p.id AND o.valid_to IS NULL)), concat_ws(' ', n.name, p.pseudonym), ''
		FROM person p LEFT JOIN person_name n ON n.tenant_id = p.tenant_id AND n.person_id = p.id WHERE p.tenant_id = $3`)
}

// FindOrganisations implements search.Store.
func (tx *Tx) FindOrganisations(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT o.id, o.name, coalesce(a.name, ''), o.name, o.valid_to IS NULL
		FROM organisation o LEFT JOIN organisation a ON a.tenant_id = o.tenant_id AND a.id = o.parent_id WHERE o.tenant_id = $3`)
}

// FindForms implements search.Store: those in use.
func (tx *Tx) FindForms(ctx context.Context, q search.Query) ([]search.Hit, error) {
	return tx.find(ctx, q, `SELECT f.id, f.name, f.kind, concat_ws(' ', f.name, f.kind), f.uploaded_at
		FROM office_form f WHERE f.tenant_id = $3 AND f.retired_at IS NULL`)
}
