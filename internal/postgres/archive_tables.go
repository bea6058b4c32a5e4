package postgres

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/lib/pq"

	"leitai/internal/archive"
)

// Which tables an archive holds follows from the catalogue: a table with
// tenant_id is the tenant's and in the archive, a table that refers to users is
// theirs and in it with them. What is not has to stand on one of these lists,
// with its reason; a test fails for a table that is on none.

// neverLeaves are tables of tenants and users that no archive holds.
var neverLeaves = map[string]string{
	"session":         "who is signed in at this moment; nobody's session travels",
	"sign_in_step":    "sign-ins under way, minutes old",
	"ballot":          "raw ballots are read by nobody; scores and counts are in ballot_score and poll_group",
	"ballot_code":     "codes that open a ballot",
	"paper_tally":     "counts of paper before the close are read by nobody; after it they are in the scores",
	"published_stamp": "a counter of this database",
	"tenant_reach":    "follows from the tenant, its plan, holds and adoptions",
	"board":           "follows from the standings",
	"audit_tip":       "follows from the entries of the audit",

	"publication_order": "follows from the publications",
	"app_registration":  "apps are registered with this service and read its tenants",
	"app_consent":       "consents to apps of this service; the next one's are asked anew",
	"event":             "hints to subscribers of this service; what happened is in the things themselves and in the audit",
	"event_tip":         "follows from the events",
	"job":               "long work of this service; its files are exports that are asked for anew",
	"event_cursor":      "how far this service's own readers have come",
	"webhook_endpoint":  "what this service calls, sealed with its keys; the next one is given its own",
	"webhook_delivery":  "what this service sent",
	"webhook_attempt":   "what it was answered",
	"inbox_item":        "what people were told here; what happened is in the things themselves",
	"tenant_plan":       "what was agreed with this service; the next one agrees its own",
	"tenant_hold":       "what holds the tenant back in this service",
	"usage_day":         "what was metered by this service",
	"break_glass":       "readings of this service's operators; the audit tells them",

	"idempotency_key":  "answers that are given again for a day, by this service",
	"trusted_document": "operations of dashboards that ask this service; they are registered with the next one",
	"trusted_mode":     "what holds tokens, which stay behind",
}

// secretOnes are left out of what a tenant takes itself.
var secretOnes = map[string]string{
	"api_token":      "hashes of tokens; users make new ones",
	"invitation":     "hashes of links; people are invited anew",
	"password_past":  "hashes of former passwords",
	"totp_factor":    "sealed secrets of second factors",
	"recovery_code":  "hashes of recovery codes",
	"external_login": "links to accounts at other providers",
}

// ofNobody are tables that belong to no tenant and no user.
var ofNobody = map[string]string{
	"unit":           "the public tree; an archive holds the excerpt the tenant refers to",
	"unit_successor": "its history; likewise",
	"authz_epoch":    "two counters of this database",
	"registry_stamp": "a counter of this database",
	"figures_turn":   "which process counts over all tenants",
	"used_state":     "one-time states of sign-ins at other providers",
	"signup":         "wishes to become a tenant, answered by this service",
	"plan":           "what this service offers",
	"archive_event":  "what the operator did with whole tenants",
	"tombstone":      "tenants that ended",
}

// userColumns are the columns of app_user in a tenant's own archive.
var userColumns = []string{"created_at", "id", "kind", "login", "status"}

// ownedTable is one table of an archive.
type ownedTable struct {
	name    string
	kind    string   // archive.KindRows, KindUsers or KindUnits
	columns []string // sorted
	types   []string // of the columns
	key     []string // its primary key
	may     bool     // the role may read it
}

// typeOf gives the type of a column; "" for none.
func (t ownedTable) typeOf(column string) string {
	if at := slices.Index(t.columns, column); at >= 0 {
		return t.types[at]
	}
	return ""
}

// order is by which column pages follow each other.
func (t ownedTable) order() (column, kind string) {
	if t.name == "audit_entry" {
		return "seq", "bigint"
	}
	return "id", "uuid"
}

const selectTables = `
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname COLLATE "C"), array_agg(format_type(a.atttypid, NULL) ORDER BY a.attname COLLATE "C"),
       bool_or(a.attname = 'tenant_id'), c.relname = 'app_user' OR EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid = 'app_user'::regclass),
       has_table_privilege(c.oid, 'SELECT'),
       coalesce((SELECT array_agg(b.attname::text ORDER BY array_position(x.indkey::int2[], b.attnum)) FROM pg_index x JOIN pg_attribute b ON b.attrelid = x.indrelid AND b.attnum = ANY (x.indkey)
        WHERE x.indrelid = c.oid AND x.indisprimary), '{}')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.oid, c.relname`

// allTables reads the catalogue: every table with its owner, by name.
func (tx *Tx) allTables(ctx context.Context) ([]ownedTable, error) {
	tables, err := queryAll(ctx, tx, func(s scan) (ownedTable, error) {
		var t ownedTable
		var tenants, users bool
		err := s(&t.name, pq.Array(&t.columns), pq.Array(&t.types), &tenants, &users, &t.may, pq.Array(&t.key))
		switch {
		case tenants:
			t.kind = archive.KindRows
		case users:
			t.kind = archive.KindUsers
		case t.name == "unit" || t.name == "unit_successor":
			t.kind = archive.KindUnits
		}
		return t, err
	}, selectTables)
	slices.SortFunc(tables, func(a, b ownedTable) int { return cmp.Compare(a.name, b.name) })
	return tables, err
}

// ArchiveParts implements archive.Source.
func (tx *Tx) ArchiveParts(ctx context.Context, form archive.Form) ([]archive.Part, []archive.Omission, error) {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return nil, nil, err
	}
	var parts []archive.Part
	var left []archive.Omission
	for _, t := range tables {
		if t.kind == "" {
			continue
		}
		if why := leftOut(t, form); why != "" {
			left = append(left, archive.Omission{Table: t.name, Reason: why})
			continue
		}
		columns := t.columns
		if t.name == "app_user" && form == archive.OfTenant {
			columns = userColumns
		}
		parts = append(parts, archive.Part{Kind: t.kind, Table: t.name, Columns: columns})
	}
	place := map[string]int{archive.KindUnits: 0, archive.KindUsers: 1, archive.KindRows: 2}
	slices.SortStableFunc(parts, func(a, b archive.Part) int {
		return cmp.Or(cmp.Compare(place[a.Kind], place[b.Kind]), strings.Compare(a.Table, b.Table))
	})
	return parts, left, nil
}

// leftOut says why a table is not in an archive of a form; "" when it is.
func leftOut(t ownedTable, form archive.Form) string {
	if why := neverLeaves[t.name]; why != "" {
		return why
	}
	if form == archive.OfOperator {
		return ""
	}
	if why := secretOnes[t.name]; why != "" {
		return why
	}
	if !t.may && t.name != "app_user" {
		return "no login role reads it"
	}
	return ""
}
