package graph_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2"

	"leitai/graph"
)

// Only what is made of published data alone may be kept: one field beside it,
// anywhere, and the answer is made anew.
func TestWhatIsMadeOfPublishedDataAlone(t *testing.T) {
	t.Parallel()
	schema := graph.NewSchema(nil).Schema()
	for query, want := range map[string]bool{
		`query($r: ID!) { board(round: $r) { period rows { rank name streaks { streak length } } tenant { name } __typename } }`:          true,
		`query($r: ID!) { a: board(round: $r) { ...b } b: board(round: $r, revision: 1) { ...b } } fragment b on Board { rows { rank } }`: true,
		`{ countyComparison(from: "2023-01", to: "2023-12") { lines { code index rounds { period } } spread { median } } }`:               true,
		`query($r: ID!) { board(round: $r) { grades { scale } } }`:                                                                        false,
		`query($r: ID!) { board(round: $r) { tenant { unit { code } } } }`:                                                                false,
		`query($r: ID!) { board(round: $r) { ...b } } fragment b on Board { rows { rank } grades { scale } }`:                             false,
		`query($r: ID!) { board(round: $r) { rows { rank } } viewer { today } }`:                                                          false,
		`{ viewer { today } }`:            false,
		`{ __schema { types { name } } }`: false,
		`{ tenants { name } }`:            false,
		`mutation { tokenRevoke(input: {token: "x"}) { userErrors { code } } }`: false,
	} {
		document, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
		if errs != nil {
			t.Errorf("%s: %v", query, errs)
			continue
		}
		if got := graph.Published(document.Operations[0]); got != want {
			t.Errorf("%s: %t", query, got)
		}
	}
}
