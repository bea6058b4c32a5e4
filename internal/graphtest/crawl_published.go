package graphtest

import (
	"slices"
	"strings"
	"testing"

	"leitai/graph"
)

// hidden is what a text shows that its reader may not see.
func (c *Crawl) hidden(text string) []string {
	shown := Shows(text)
	if !c.Reads {
		return shown
	}
	shown = slices.DeleteFunc(shown, func(mark string) bool {
		table, _, _ := strings.Cut(strings.TrimPrefix(mark, canary), ".")
		read := c.Published[table] || !strings.HasPrefix(mark, canary)
		if read && strings.HasPrefix(mark, canary) {
			c.Seen++
		}
		return read
	})
	for _, id := range GlobalIDs(text) {
		kind, key, _ := graph.OpenID(id)
		if strings.HasPrefix(key.String(), idPrefix) && !c.Published[Table(kind)] {
			shown = append(shown, "a "+kind)
		}
	}
	return shown
}

// shared are tables of which functions hand out what was published, with the
// reason; no policy says so.
var shared = map[string]string{
	"rubric_item": "the library of items by which published rounds were judged",
	"tenant_plan": "the statement of a county names the plan of each of its townships",
}

// Published are the tables of which others than their tenant may read rows,
// whether by a policy for published rows or because everybody may.
func (k *Kit) Published(t testing.TB) map[string]bool {
	t.Helper()
	all := map[string]bool{"unit": true}
	for table := range shared {
		all[table] = true
	}
	for _, table := range k.Strings(t, `SELECT DISTINCT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
		WHERE p.polcmd = 'r' AND pg_get_expr(p.polqual, p.polrelid) LIKE '%app.tenants%'`) {
		all[table] = true
	}
	return all
}
