package postgres

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"leitai/ent/gen/migrate"
	"leitai/internal/dbtest"
)

// beyondEnt are columns that only plain SQL reads and writes: ent leaves them
// out of its queries, and their defaults stand in what it creates.
var beyondEnt = map[string][]string{
	"api_token": {"units"},
}

// beyondEntIndexes are indexes by which only plain SQL finds rows.
var beyondEntIndexes = map[string][]string{
	"issue": {"tenant_id unique=false partial=true"}, // what is unfinished, for figures
	"round": {"tenant_id unique=false partial=true"}, // what is under way, for figures
}

// The tables that ent knows have the columns and indexes of the migrated ones:
// names, types, what may be null, and which indexes are unique or partial.
func TestEntMatchesTheMigrations(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	if len(migrate.Tables) < 20 {
		t.Fatalf("ent knows %d tables only", len(migrate.Tables))
	}
	for _, table := range migrate.Tables {
		want, have := entColumns(t, table), sqlColumns(t, admin, table.Name)
		for _, name := range beyondEnt[table.Name] {
			if _, there := have[name]; !there {
				t.Errorf("%s has no column %s any more", table.Name, name)
			}
			delete(have, name)
		}
		if !maps.Equal(want, have) {
			t.Errorf("%s: columns differ\n ent: %v\n SQL: %v", table.Name, want, have)
		}
		wantIndexes, haveIndexes := slices.Concat(entIndexes(t, table), beyondEntIndexes[table.Name]), sqlIndexes(t, admin, table.Name)
		slices.Sort(wantIndexes)
		if !slices.Equal(wantIndexes, haveIndexes) {
			t.Errorf("%s: indexes differ\n ent: %q\n SQL: %q", table.Name, wantIndexes, haveIndexes)
		}
	}
}

func entColumns(t *testing.T, table *schema.Table) map[string]string {
	t.Helper()
	types := map[field.Type]string{
		field.TypeUUID: "uuid", field.TypeTime: "timestamp with time zone", field.TypeBool: "boolean", field.TypeInt: "bigint",
		field.TypeInt64: "bigint", field.TypeBytes: "bytea", field.TypeJSON: "jsonb",
	}
	columns := make(map[string]string, len(table.Columns))
	for _, c := range table.Columns {
		kind := types[c.Type]
		if c.Type == field.TypeString && c.Size > 1<<20 {
			kind = "text"
		}
		if own, ok := c.SchemaType[dialect.Postgres]; ok {
			kind = own
		}
		if kind == "" {
			t.Errorf("%s.%s: a type this test does not know", table.Name, c.Name)
		}
		columns[c.Name] = fmt.Sprintf("%s null=%v", kind, c.Nullable)
	}
	return columns
}

func sqlColumns(t *testing.T, admin *sql.DB, table string) map[string]string {
	t.Helper()
	columns := make(map[string]string)
	for _, line := range column(t, admin, `SELECT attname || '=' || format_type(atttypid, atttypmod) || ' null=' || NOT attnotnull
		FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`, table) {
		name, kind, _ := strings.Cut(line, "=")
		columns[name] = kind
	}
	return columns
}

func entIndexes(t *testing.T, table *schema.Table) []string {
	t.Helper()
	var all []string
	for _, index := range table.Indexes {
		names := make([]string, len(index.Columns))
		for i, c := range index.Columns {
			names[i] = c.Name
		}
		where := index.Annotation != nil && index.Annotation.Where != ""
		all = append(all, fmt.Sprintf("%s unique=%v partial=%v", strings.Join(names, ","), index.Unique, where))
	}
	slices.Sort(all)
	return all
}

func sqlIndexes(t *testing.T, admin *sql.DB, table string) []string {
	t.Helper()
	return slices.Sorted(slices.Values(column(t, admin, `SELECT string_agg(a.attname, ',' ORDER BY k.place) || ' unique=' || x.indisunique || ' partial=' || (x.indpred IS NOT NULL)
		FROM pg_index x, unnest(x.indkey) WITH ORDINALITY k(number, place), pg_attribute a
		WHERE x.indrelid = $1::regclass AND NOT x.indisprimary AND a.attrelid = x.indrelid AND a.attnum = k.number
		GROUP BY x.indexrelid, x.indisunique, x.indpred`, table)))
}
