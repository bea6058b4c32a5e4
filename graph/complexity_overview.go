package graph

import (
	"leitai/graph/exec"
	"leitai/graph/model"
	"leitai/internal/search"
)

// overlooking gives the costs of what looks across the others: a search reads
// nine lists, an agenda some tables and what blocks three rounds.
func overlooking(c *exec.ComplexityRoot) {
	c.Query.Search = func(child int, _ string, _ []model.SearchKind, first *int) int {
		return computing/3 + min(max(orElse(first, search.Usual), 1), search.Most)*child
	}
	c.Query.Agenda = func(child int) int { return computing + listed*child }
	c.AgendaEntry.Blockers, c.Viewer.Permissions = times(few), times(few)
}
