package graph

import (
	"testing"

	gqlcomplexity "github.com/99designs/gqlgen/complexity"
	"github.com/vektah/gqlparser/v2"
)

// What an operation costs follows from what it asks for, pages multiplied; the
// query over a thousand million nodes is far beyond every limit.
func TestWhatOperationsCost(t *testing.T) {
	t.Parallel()
	schema := NewSchema(&Resolver{})
	for _, c := range []struct {
		name, query string
		least, most int
	}{
		{"a leaf", `{ viewer { today } }`, 1, 5},
		{"a board", `query($r: ID!) { board(round: $r) { rows { name total rank bands } } }`, 90, 200},
		{"ten rounds", `{ rounds(first: 10) { nodes { period } } }`, 10, 40},
		{"a hundred rounds", `{ rounds(first: 100) { nodes { period } } }`, 100, 400},
		{"a page without a size", `{ people { nodes { name } } }`, 50, 200},
		{"a page beyond the largest counts as the largest", `{ people(first: 1000000) { nodes { name } } }`, 100, 400},
		{"the accounts of a township", `query($c: ID!) { accounts(competition: $c) { holder balance entries { points rule } } }`, 1500, 6000},
		{"a month's explanation of a village", `query($r: ID!) { explain(round: $r, unitCode: "x") { sentence lines { formula points channels { value } } } }`, 300, 2000},
		{"a thousand million nodes", `{ units(first: 100) { nodes { children(first: 100) { nodes { children(first: 100) { nodes {
			children(first: 100) { nodes { children(first: 10) { nodes { id } } } } } } } } } } }`, 1_000_000_000, 1 << 40},
	} {
		document, err := gqlparser.LoadQueryWithRules(schema.Schema(), c.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := gqlcomplexity.Calculate(t.Context(), schema, document.Operations[0], nil); got < c.least || got > c.most {
			t.Errorf("%s costs %d, not %d to %d", c.name, got, c.least, c.most)
		}
	}
}
