package inbrowser

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

// heldToTheTable holds what each request of a journey sent to PostgreSQL, by its
// operation, to testdata/console_statements.txt of graphtest: whatever a page
// looks at or changes, it does so with few statements.
func (s *stage) heldToTheTable(t *testing.T) {
	t.Helper()
	table, noted := graphtest.ConsoleTable(t), s.Noted()
	for _, name := range slices.Sorted(maps.Keys(noted)) {
		sent, row := noted[name], table[name]
		if row.Most == 0 {
			continue // what a journey asks for somebody else is none of the console's
		}
		t.Logf("%s %d", name, len(sent))
		if len(sent) > row.Most {
			shown := make([]string, len(sent))
			for i, statement := range sent {
				statement = strings.Join(strings.Fields(statement), " ")
				shown[i] = statement[:min(110, len(statement))]
			}
			t.Errorf("%s took %d statements, and testdata/console_statements.txt allows %d:\n  %s", name, len(sent), row.Most, strings.Join(shown, "\n  "))
		}
	}
}
