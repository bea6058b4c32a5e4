package dbtest

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"sync"
	"testing"

	"github.com/lib/pq"
)

// opens recognises the opening statements of package postgres, which set the
// tenant of a transaction.
var opens = regexp.MustCompile(`open_request\(|open_job\(|open_invitation\(|set_config\('app\.tenant'`)

// words of a statement; string literals are among them, which errs on the side
// of refusing.
var words = regexp.MustCompile(`[a-z_][a-z0-9_]*`)

// Strict is a watch that fails the test, and refuses the statement, when one
// names a table with a tenant's rows before its transaction has set the tenant.
// Row-level security would show nothing then; the failure tells who forgot to
// open. The tables are those of the catalogue, so that a new one is watched
// without anybody's doing.
func (d *DB) Strict(t testing.TB) *Watch {
	t.Helper()
	return d.strict(t, func(said error) { t.Error(said) })
}

func (d *DB) strict(t testing.TB, tell func(error)) *Watch {
	t.Helper()
	admin := d.Admin(t)
	defer func() { _ = admin.Close() }()
	var tables []string
	err := admin.QueryRowContext(t.Context(), `SELECT array_agg(c.relname::text) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id'`).Scan(pq.Array(&tables))
	if err != nil || len(tables) < 30 {
		t.Fatalf("dbtest: %d tables with a tenant, %v", len(tables), err)
	}
	guarded := map[string]bool{}
	for _, table := range tables {
		guarded[table] = true
	}
	var seen sync.Map // by text: the first guarded table, "" for none
	return &Watch{Before: func(at Moment, query string, _ []driver.NamedValue) error {
		if at.Opened || opens.MatchString(query) {
			return nil
		}
		table, known := seen.Load(query)
		if !known {
			table = firstOf(guarded, query)
			seen.Store(query, table)
		}
		if table == "" {
			return nil
		}
		err := fmt.Errorf("dbtest: %s is touched without a tenant: %s", table, query)
		tell(err)
		return err
	}}
}

func firstOf(guarded map[string]bool, query string) string {
	for _, word := range words.FindAllString(query, -1) {
		if guarded[word] {
			return word
		}
	}
	return ""
}
