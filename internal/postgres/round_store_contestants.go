package postgres

import (
	"context"
	"encoding/json"

	"leitai/internal/calendar"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// Who may contest on a day ($3) in the tenant $1: every list begins with the
// columns of a place, and what it adds is the contestant itself. $2 is the level,
// the post or the kind of organisation that contests; $4 is the group set that
// makes the tracks.
const (
	belowTenant = `
WITH RECURSIVE below AS (
  SELECT u.id FROM unit u WHERE u.id = (SELECT t.unit_id FROM tenant t WHERE t.id = $1)
  UNION ALL
  SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id)`
	// placeColumns are of unit u: with its track, its classes and the people who
	// held posts in it.
	placeColumns = `u.id, coalesce(u.code, u.id::text), u.shown_name,
  coalesce((SELECT g.class FROM group_member g WHERE g.tenant_id = $1 AND g.unit_id = u.id AND g.group_set = $4
    AND g.valid_from <= $3 AND (g.valid_until IS NULL OR g.valid_until > $3)), ''),
  ARRAY(SELECT g.class FROM group_member g WHERE g.tenant_id = $1 AND g.unit_id = u.id
    AND g.valid_from <= $3 AND (g.valid_until IS NULL OR g.valid_until > $3) ORDER BY g.group_set, g.class),
  coalesce((SELECT jsonb_agg(jsonb_build_object('role', x.kind, 'person', x.pseudonym) ORDER BY x.kind, x.pseudonym)
    FROM (SELECT DISTINCT o.kind, p.pseudonym FROM post o JOIN person p ON p.tenant_id = o.tenant_id AND p.id = o.person_id
      WHERE o.tenant_id = $1 AND o.unit_id = u.id AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to > $3)) x), '[]')`
	standsOn = ` AND u.valid_from <= $3 AND (u.valid_to IS NULL OR u.valid_to > $3) `

	contestingUnits = belowTenant + `
SELECT ` + placeColumns + `, u.id, coalesce(u.code, u.id::text), u.shown_name
FROM below JOIN unit u ON u.id = below.id
WHERE u.level = $2` + standsOn + `
AND NOT EXISTS (SELECT FROM tenant_village v WHERE v.tenant_id = $1 AND v.unit_id = u.id AND NOT v.takes_part)
ORDER BY u.code NULLS LAST, u.id`

	// A person who holds the post in two places contests once, for the first.
	contestingPersons = belowTenant + `
SELECT ` + placeColumns + `, h.person_id, h.pseudonym, ''
FROM (SELECT DISTINCT ON (p.id) p.id person_id, p.pseudonym, o.unit_id
  FROM post o JOIN person p ON p.tenant_id = o.tenant_id AND p.id = o.person_id JOIN below b ON b.id = o.unit_id JOIN unit w ON w.id = o.unit_id
  WHERE o.tenant_id = $1 AND o.kind = $2 AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to > $3)
  ORDER BY p.id, w.code NULLS LAST, w.id) h
JOIN unit u ON u.id = h.unit_id
ORDER BY u.code NULLS LAST, u.id, h.pseudonym`

	// A team is whoever serves in a village together: it goes by the village.
	contestingTeams = belowTenant + `
SELECT ` + placeColumns + `, u.id, u.id::text, u.shown_name
FROM below JOIN unit u ON u.id = below.id
WHERE EXISTS (SELECT FROM post o WHERE o.tenant_id = $1 AND o.unit_id = u.id AND o.kind = ANY (ARRAY['team-leader', 'work-team', $2])
  AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to > $3))
ORDER BY u.code NULLS LAST, u.id`

	contestingOrganisations = `
SELECT u.id, coalesce(u.code, u.id::text), u.shown_name, $4 || '', ARRAY[o.kind],
  coalesce((SELECT jsonb_agg(jsonb_build_object('role', x.kind, 'person', x.pseudonym) ORDER BY x.kind, x.pseudonym)
    FROM (SELECT DISTINCT h.kind, p.pseudonym FROM post h JOIN person p ON p.tenant_id = h.tenant_id AND p.id = h.person_id
      WHERE h.tenant_id = $1 AND h.organisation_id = o.id AND h.valid_from <= $3 AND (h.valid_to IS NULL OR h.valid_to > $3)) x), '[]'),
  o.id, o.id::text, o.name
FROM organisation o JOIN tenant t ON t.id = o.tenant_id JOIN unit u ON u.id = t.unit_id
WHERE o.tenant_id = $1 AND ($2 = '' OR o.kind = $2) AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to > $3)
ORDER BY o.name, o.id`
)

// ContestantsOn implements round.Store.
func (tx *Tx) ContestantsOn(ctx context.Context, doc *template.Document, date calendar.Date) ([]contestround.Contestant, error) {
	query, which := contestingUnits, string(doc.Subject)
	switch doc.Subject {
	case template.Person:
		query, which = contestingPersons, doc.Holder()
	case template.Organisation:
		query, which = contestingOrganisations, doc.Holding
	case template.Team:
		query, which = contestingTeams, "team-leader"
	}
	set := ""
	if doc.Tracks != nil {
		set = doc.Tracks.GroupSet
	}
	return queryAll(ctx, tx, func(s scan) (contestround.Contestant, error) {
		c := contestround.Contestant{Kind: doc.Subject}
		var links []byte
		if err := s(&c.Unit, &c.UnitCode, &c.Place, &c.Track, array(&c.Classes), &links, &c.Subject, &c.Code, &c.Name); err != nil {
			return c, err
		}
		return c, json.Unmarshal(links, &c.Links)
	}, query, tx.Tenant(), which, timeOf(date), set)
}
