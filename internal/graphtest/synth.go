package graphtest

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/sample"
)

// column is one of a table, as the catalogue knows it.
type column struct {
	Name, Type         string
	Target, Pointed    string // the table and column that a foreign key points to, "" for none
	NotNull, Generated bool
}

// table is a table with rows of tenants.
type table struct {
	Name    string
	Columns []column
	Checks  map[string]check // by name
}

type check struct {
	columns  []string
	literals []string // in its text: the words it allows
}

const catalogueSQL = `SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull, a.attgenerated <> '' OR a.attidentity <> '',
	coalesce((SELECT k.confrelid::regclass::text FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey[cardinality(k.conkey)] = a.attnum LIMIT 1), ''),
	coalesce((SELECT x.attname FROM pg_constraint k JOIN pg_attribute x ON x.attrelid = k.confrelid AND x.attnum = k.confkey[cardinality(k.confkey)]
	  WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey[cardinality(k.conkey)] = a.attnum LIMIT 1), '')
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attname = 'tenant_id')
	ORDER BY 1, a.attnum`

// tables reads every table that has a tenant's rows from the catalogue.
func tables(t testing.TB, db *sql.Conn) map[string]*table {
	t.Helper()
	all := map[string]*table{}
	rows, err := db.QueryContext(t.Context(), catalogueSQL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		var c column
		if err := rows.Scan(&name, &c.Name, &c.Type, &c.NotNull, &c.Generated, &c.Target, &c.Pointed); err != nil {
			t.Fatal(err)
		}
		if all[name] == nil {
			all[name] = &table{Name: name, Checks: map[string]check{}}
		}
		all[name].Columns = append(all[name].Columns, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	readChecks(t, db, all)
	return all
}

var literal = regexp.MustCompile(`'((?:[^']|'')*)'::`)

func readChecks(t testing.TB, db *sql.Conn, all map[string]*table) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT k.conrelid::regclass::text, k.conname, pg_get_constraintdef(k.oid),
		ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
		FROM pg_constraint k WHERE k.contype = 'c' AND k.connamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name, constraint, text string
		var c check
		if err := rows.Scan(&name, &constraint, &text, pq.Array(&c.columns)); err != nil {
			t.Fatal(err)
		}
		for _, found := range literal.FindAllStringSubmatch(text, -1) {
			c.literals = append(c.literals, found[1])
		}
		if all[name] != nil {
			all[name].Checks[constraint] = c
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// Spared are tables in which no row is made, with the reason.
var Spared = map[string]string{
	"adoption":       "a county that adopted the neighbour reads what it published: there is a crawl of its own for that",
	"tenant_hold":    "a tenant that is held answers nobody",
	"tenant_leaving": "as above",
}

// synth makes rows of a tenant in tables that have none, from the catalogue
// alone: keys point to the tenant's own rows, other values are what the checks
// let through.
type synth struct {
	db     *sql.Conn
	all    map[string]*table
	tenant uuid.UUID
	busy   map[string]bool
}

// fill gives every table a row; it names those that took none.
func (s *synth) fill(t testing.TB) (failed []string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(s.all)) {
		if Spared[name] != "" {
			continue
		}
		if err := s.row(t.Context(), s.all[name]); err != nil {
			failed = append(failed, fmt.Sprintf("%s: %v", name, err))
		}
	}
	return failed
}

// some are ids of the tenant's rows, at most two.
func (s *synth) some(ctx context.Context, name string) []any {
	where, first := ` WHERE tenant_id = $1`, ``
	switch name {
	case "unit":
		where = ` WHERE code LIKE (SELECT u.code || '___' FROM unit u JOIN tenant t ON t.unit_id = u.id WHERE t.id = $1)`
	case "app_user":
		where = ` WHERE id IN (SELECT user_id FROM person WHERE tenant_id = $1)`
		// What is somebody's own is the approver's, who asks for it in the crawl.
		first = `id <> (SELECT user_id FROM person WHERE tenant_id = $1 AND pseudonym = '` + sample.Approver + `'), `
	case "plan":
		where = ` WHERE $1::uuid IS NOT NULL`
	case "tenant":
		return []any{s.tenant.String()}
	}
	var ids []string
	if err := s.db.QueryRowContext(ctx, `SELECT ARRAY(SELECT id::text FROM `+pq.QuoteIdentifier(name)+where+` ORDER BY `+first+`id LIMIT 2)`, s.tenant).Scan(pq.Array(&ids)); err != nil {
		return nil
	}
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}

// row inserts one where there is none.
func (s *synth) row(ctx context.Context, of *table) error {
	var has bool
	if err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM `+pq.QuoteIdentifier(of.Name)+` WHERE tenant_id = $1)`, s.tenant).Scan(&has); err != nil || has || s.busy[of.Name] {
		return err
	}
	s.busy[of.Name] = true
	for _, c := range of.Columns {
		if target := s.all[c.Target]; target != nil && c.Target != of.Name {
			if err := s.row(ctx, target); err != nil {
				return fmt.Errorf("needs %w", err)
			}
		}
	}
	choice := map[string][]any{}
	for _, c := range of.Columns {
		if !c.Generated {
			choice[c.Name] = s.candidates(ctx, of, c)
		}
	}
	return s.try(ctx, of, choice)
}

// try inserts the first candidates, and for a check that refuses them the next
// ones of its columns.
func (s *synth) try(ctx context.Context, of *table, choice map[string][]any) error {
	var last error
	seen := map[string]bool{}
	var columns []string
	for range 24 {
		refused := s.insert(ctx, of, choice)
		if refused == nil {
			return nil
		}
		last = refused
		broken := pq.As(refused)
		if broken == nil || broken.Constraint == "" {
			return refused
		}
		seen[broken.Constraint] = true
		columns = slices.Compact(slices.Sorted(slices.Values(slices.Concat(columns, of.Checks[broken.Constraint].columns))))
		if !s.vary(ctx, of, choice, columns, seen) {
			return refused
		}
	}
	return last
}

// vary looks for values of some columns that all checks seen so far let through.
func (s *synth) vary(ctx context.Context, of *table, choice map[string][]any, columns []string, seen map[string]bool) bool {
	total := 1
	for _, c := range columns {
		total *= max(len(choice[c]), 1)
	}
	for n := range min(total, 4000) {
		next := maps.Clone(choice)
		for _, c := range columns {
			if size := len(choice[c]); size > 0 {
				next[c] = append(slices.Clone(choice[c][n%size:]), choice[c][:n%size]...)
				n /= size
			}
		}
		refused := s.insert(ctx, of, next)
		if broken := pq.As(refused); refused == nil || broken != nil && !seen[broken.Constraint] {
			if refused == nil {
				_, _ = s.db.ExecContext(ctx, `DELETE FROM `+pq.QuoteIdentifier(of.Name)+` WHERE tenant_id = $1`, s.tenant)
			}
			maps.Copy(choice, next)
			return true
		}
	}
	return false
}

// insert tries the first candidate of every column.
func (s *synth) insert(ctx context.Context, of *table, choice map[string][]any) error {
	var names, places []string
	var values []any
	for _, c := range of.Columns {
		if of := choice[c.Name]; len(of) > 0 && of[0] != nil {
			values = append(values, of[0])
			names, places = append(names, pq.QuoteIdentifier(c.Name)), append(places, fmt.Sprintf("$%d::%s", len(values), c.Type))
		}
	}
	_, err := s.db.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s)`, pq.QuoteIdentifier(of.Name), strings.Join(names, ","), strings.Join(places, ",")), values...)
	return err
}
