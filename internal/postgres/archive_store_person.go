package postgres

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/archive"
)

// PersonKnown implements archive.Store.
func (tx *Tx) PersonKnown(ctx context.Context, id uuid.UUID) (archive.Known, error) {
	return queryOne(ctx, tx, func(s scan) (archive.Known, error) {
		k := archive.Known{ID: id}
		var user uuid.NullUUID
		err := s(&k.Pseudonym, &k.Name, &user, &k.Login, &k.Home, &k.Elsewhere)
		k.User = user.UUID
		return k, err
	}, `SELECT p.pseudonym, coalesce(n.name, ''), p.user_id, coalesce(u.login, ''), coalesce(u.home, false), p.user_id IS NOT NULL AND user_elsewhere(p.user_id)
		FROM person p LEFT JOIN person_name n ON n.tenant_id = p.tenant_id AND n.person_id = p.id LEFT JOIN tenant_users() u ON u.user_id = p.user_id
		WHERE p.tenant_id = $1 AND p.id = $2`, tx.Tenant(), id)
}

// traces count what goes; $1 the tenant, $2 the person, $3 the user.
var traces = []struct{ key, query string }{
	{archive.GoesName, `SELECT count(*) FROM person_name WHERE tenant_id = $1 AND person_id = $2 AND $3::uuid IS NOT NULL`},
	{archive.GoesFacts, `SELECT count(*) FROM posting_fact WHERE tenant_id = $1 AND person_id = $2 AND $3::uuid IS NOT NULL`},
	{archive.GoesGrants, `SELECT count(*) FROM role_grant WHERE tenant_id = $1 AND $2::uuid IS NOT NULL AND user_id = $3 AND revoked_at IS NULL`},
	{archive.GoesTokens, `SELECT count(*) FROM api_token WHERE tenant_id = $1 AND $2::uuid IS NOT NULL AND user_id = $3 AND revoked_at IS NULL`},
	{archive.GoesInvitations, `SELECT count(*) FROM invitation WHERE tenant_id = $1 AND person_id = $2 AND $3::uuid IS NOT NULL AND accepted_at IS NULL AND revoked_at IS NULL`},
}

// PersonTraces implements archive.Store.
func (tx *Tx) PersonTraces(ctx context.Context, k archive.Known) (goes, stays []archive.Counted, err error) {
	for _, t := range traces {
		n, err := queryOne(ctx, tx, value[int], t.query, tx.Tenant(), k.ID, k.User)
		if err != nil {
			return nil, nil, err
		}
		if n > 0 {
			goes = append(goes, archive.Counted{Key: t.key, Count: n})
		}
	}
	if k.User != uuid.Nil {
		goes = append(goes, archive.Counted{Key: archive.GoesSessions, Count: 1})
	}
	if k.Home && !k.Elsewhere {
		goes = append(goes, archive.Counted{Key: archive.GoesFactors, Count: 1}, archive.Counted{Key: archive.GoesAccount, Count: 1})
	}
	stays, err = tx.pseudonymStays(ctx, k)
	return goes, stays, err
}

// pseudonymStays counts, by the foreign keys of the catalogue, the rows that go
// on naming the person's id, and the entries of the audit.
func (tx *Tx) pseudonymStays(ctx context.Context, k archive.Known) ([]archive.Counted, error) {
	type reference struct{ table, column string }
	list, err := queryAll(ctx, tx, func(s scan) (reference, error) {
		var r reference
		err := s(&r.table, &r.column)
		return r, err
	}, `SELECT c.relname, a.attname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[2]
		WHERE k.contype = 'f' AND k.confrelid = 'person'::regclass AND has_table_privilege(c.oid, 'SELECT') AND c.relname NOT IN ('person_name', 'posting_fact', 'invitation')
		ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	columns := map[string][]string{}
	var tables []string
	for _, r := range list {
		if columns[r.table] == nil {
			tables = append(tables, r.table)
		}
		columns[r.table] = append(columns[r.table], pq.QuoteIdentifier(r.column)+" = $2")
	}
	var parts []string
	for _, table := range tables {
		parts = append(parts, `SELECT `+pq.QuoteLiteral(table)+`, count(*) FROM `+pq.QuoteIdentifier(table)+` WHERE tenant_id = $1 AND (`+strings.Join(columns[table], ` OR `)+`)`)
	}
	parts = append(parts, `SELECT 'audit_entry', count(*) FROM audit_entry WHERE tenant_id = $1 AND actor = $3`)
	return queryAll(ctx, tx, func(s scan) (archive.Counted, error) {
		var c archive.Counted
		err := s(&c.Key, &c.Count)
		return c, err
	}, `SELECT * FROM (`+strings.Join(parts, ` UNION ALL `)+`) x(key, n) WHERE n > 0 ORDER BY key`, tx.Tenant(), k.ID, k.User)
}

// openDuties lists what a person has to hand over; $1 the tenant, $2 the person,
// $3 the day.
const openDuties = `
SELECT 'post', o.id FROM post o WHERE o.tenant_id = $1 AND o.person_id = $2 AND (o.valid_to IS NULL OR o.valid_to > $3)
UNION ALL SELECT 'item', i.id FROM rubric_item i JOIN round r ON r.tenant_id = i.tenant_id AND r.id = i.round_id
  WHERE i.tenant_id = $1 AND i.owner_id = $2 AND r.state NOT IN ('published', 'cancelled')
UNION ALL SELECT 'panel', m.id FROM panel_member m JOIN round r ON r.tenant_id = m.tenant_id AND r.id = m.round_id
  WHERE m.tenant_id = $1 AND m.person_id = $2 AND r.state NOT IN ('published', 'cancelled')
UNION ALL SELECT 'issue', i.id FROM issue i WHERE i.tenant_id = $1 AND i.responsible_id = $2 AND i.state <> 'closed'
UNION ALL SELECT 'task', t.id FROM task t WHERE t.tenant_id = $1 AND $2 = ANY (t.executors) AND t.state = 'open'
UNION ALL SELECT 'posting', p.id FROM posting p WHERE p.tenant_id = $1 AND $2 IN (p.person_id, p.mentor_id, p.liaison_id)
  AND p.stage NOT IN ('COMPLETED', 'RECALLED', 'WITHDRAWN')
UNION ALL SELECT 'visit', v.id FROM visit v WHERE v.tenant_id = $1 AND v.lead_id = $2 AND v.visited_on IS NULL AND v.planned_on >= $3`

// PersonDuties implements archive.Store.
func (tx *Tx) PersonDuties(ctx context.Context, k archive.Known, adminRoles []string, at time.Time) ([]archive.Duty, error) {
	zone, err := time.LoadLocation(tx.Viewer().TimeZone)
	if err != nil {
		return nil, err
	}
	list, err := queryAll(ctx, tx, func(s scan) (archive.Duty, error) {
		var d archive.Duty
		err := s(&d.Kind, &d.ID)
		return d, err
	}, `SELECT * FROM (`+openDuties+`) d(kind, id) ORDER BY kind, id`, tx.Tenant(), k.ID, at.In(zone).Format(time.DateOnly))
	if err != nil || k.User == uuid.Nil {
		return list, err
	}
	alone, err := queryOne(ctx, tx, value[bool], `SELECT user_indispensable($1, $2)`, k.User, array(adminRoles))
	if alone {
		list = append(list, archive.Duty{Kind: "administrator", ID: k.User})
	}
	return list, err
}

// PersonMentions implements archive.Store. Every text, list of texts and document
// of every table of the tenant that the asker may read is searched, by the
// catalogue; the name itself has its own table and is not a mention.
func (tx *Tx) PersonMentions(ctx context.Context, words []string, most int) ([]archive.Mention, error) {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return nil, err
	}
	fixed, err := queryAll(ctx, tx, value[string], `SELECT DISTINCT c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE g.tgname = 'append_only'`)
	if err != nil {
		return nil, err
	}
	var found []archive.Mention
	for _, t := range tables {
		if t.kind != archive.KindRows || !t.may || t.name == "person_name" || !slices.Contains(t.columns, "id") {
			continue
		}
		query := mentionQuery(t, most-len(found))
		if query == "" {
			continue
		}
		list, err := queryAll(ctx, tx, func(s scan) (archive.Mention, error) {
			m := archive.Mention{Table: t.name, Sealed: slices.Contains(fixed, t.name)}
			err := s(&m.ID, &m.Column)
			return m, err
		}, query, tx.Tenant(), array(words))
		if err != nil {
			return nil, err
		}
		if found = append(found, list...); len(found) >= most {
			break
		}
	}
	return found, nil
}

// mentionQuery searches the texts of one table; "" for a table without any.
func mentionQuery(t ownedTable, most int) string {
	var texts []string
	for i, c := range t.columns {
		column := "t." + pq.QuoteIdentifier(c)
		switch t.types[i] {
		case "text", "character varying":
		case "text[]":
			column = `array_to_string(` + column + `, ' ')`
		case "json", "jsonb":
			column += "::text"
		default:
			continue
		}
		texts = append(texts, `(`+pq.QuoteLiteral(c)+`, `+column+`)`)
	}
	if len(texts) == 0 {
		return ""
	}
	return `SELECT t.id, x.name FROM ` + pq.QuoteIdentifier(t.name) + ` t CROSS JOIN LATERAL (VALUES ` + strings.Join(texts, `, `) +
		`) x(name, said) WHERE t.tenant_id = $1 AND EXISTS (SELECT FROM unnest($2::text[]) w WHERE strpos(x.said, w) > 0) ORDER BY t.id, x.name LIMIT ` + strconv.Itoa(max(most, 0))
}

// EndPersonInvitations implements archive.Store.
func (tx *Tx) EndPersonInvitations(ctx context.Context, person uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE invitation SET revoked_at = $3, person_name = NULL WHERE tenant_id = $1 AND person_id = $2 AND accepted_at IS NULL AND revoked_at IS NULL`,
		tx.Tenant(), person, at)
	return err
}

// EraseAccount implements archive.Store.
func (tx *Tx) EraseAccount(ctx context.Context, user uuid.UUID, at time.Time, epoch int64) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT person_account_erase($1, $2, $3)`, user, at, epoch)
}
