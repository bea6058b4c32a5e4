package graphtest

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// bookkeeping are tables that reading may touch.
var bookkeeping = []string{"session", "api_token"}

// Fingerprint is a digest of every row of every table, of one tenant or, for
// uuid.Nil, of all; what a request only notes about its own credential is left
// out. Two equal ones say that nothing was changed in between.
func (k *Kit) Fingerprint(t testing.TB, tenant uuid.UUID) string {
	t.Helper()
	rows, err := k.all.QueryContext(t.Context(), `
		SELECT c.relname, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
		FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1) ORDER BY 1`, pq.Array(bookkeeping))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	all := ""
	for rows.Next() {
		var table string
		var owned bool
		if err := rows.Scan(&table, &owned); err != nil {
			t.Fatal(err)
		}
		if tenant == uuid.Nil || owned {
			all += table + " " + digest(t, k.all, table, tenant) + "\n"
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func digest(t testing.TB, db *sql.DB, table string, tenant uuid.UUID) string {
	t.Helper()
	where := ""
	if tenant != uuid.Nil {
		where = ` WHERE tenant_id = '` + tenant.String() + `'`
	}
	var sum string
	query := fmt.Sprintf(`SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\n' ORDER BY t::text)), '') FROM %s t%s`, pq.QuoteIdentifier(table), where)
	if err := db.QueryRowContext(t.Context(), query).Scan(&sum); err != nil {
		t.Fatal(err)
	}
	return sum
}

// TenantOf is the tenant of a unit's code.
func (k *Kit) TenantOf(t testing.TB, code string) uuid.UUID {
	t.Helper()
	return k.Key(t, `SELECT t.id FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE u.code = $1`, code)
}

// Key reads one id with every tenant's rows in sight.
func (k *Kit) Key(t testing.TB, query string, args ...any) uuid.UUID {
	t.Helper()
	var id uuid.UUID
	if err := k.all.QueryRowContext(t.Context(), query, args...).Scan(&id); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return id
}

// Strings reads a column of texts with every tenant's rows in sight.
func (k *Kit) Strings(t testing.TB, query string, args ...any) []string {
	t.Helper()
	rows, err := k.all.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
