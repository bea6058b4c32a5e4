package graph

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"leitai/internal/comparison"
)

// What is asked of a comparison is found through aliases, fragments and
// directives; what is only told with it is left out.
func TestWhatIsAskedOfAComparison(t *testing.T) {
	t.Parallel()
	const means, distribution = comparison.Means, comparison.Distribution
	for _, c := range []struct {
		below   string
		without comparison.Parts
		round   string // one field of rounds that is asked for
	}{
		{`from`, means | distribution, ""},
		{`lines { code index rank naiveMean coverage rounds { period index onTime } }`, means | distribution, "index"},
		{`lines { code domains { mean } }`, distribution, ""},
		{`lines { rounds { domains { mean } } }`, distribution, "domains"},
		{`spread { median }`, means, ""},
		{`lines { spread { histogram } }`, means, ""},
		{`lines { rounds { median } }`, means, "spread"},
		{`lines { rounds { interquartile } }`, means, "spread"},
		{`other: lines { code } lines { again: rounds { period } rounds { middle: median } }`, means, "spread"},
		{`lines { ...L }`, means, "spread"},
		{`... on Comparison { lines { ... { rounds { id } } } }`, means | distribution, "id"},
		{`lines { rounds { median @skip(if: $yes) naiveMedian @include(if: $yes) } }`, means | distribution, "naive"},
		{`spread @include(if: $no) { median } lines { rounds @skip(if: $no) { change } }`, means | distribution, "change"},
		{`lines { rounds { barriers { reason } } }`, means | distribution, "barriers"},
		{`lines { rounds { coverage } }`, means | distribution, "coverage"},
	} {
		text := `query ($yes: Boolean = true, $no: Boolean = false) { countyComparison(from: "2023-04", to: "2023-06") { ` + c.below + ` } }
			fragment L on ComparisonLine { rounds { ...R } } fragment R on ComparisonRound { median }`
		document, errs := gqlparser.LoadQueryWithRules(contractSchema(), text, rules.NewRules()) // what a case does not use is no fault
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		operation := &graphql.OperationContext{Doc: document, Operation: document.Operations[0], Variables: map[string]any{"yes": true, "no": false}}
		ctx := graphql.WithOperationContext(t.Context(), operation)
		field := graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"})[0]
		a := comparisonAskedOf(graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query", Field: field}))
		if a.without != c.without {
			t.Errorf("%s: without %b, want %b", c.below, a.without, c.without)
		}
		for name, asked := range map[string]bool{"id": a.round.id, "domains": a.round.domains, "barriers": a.round.barriers, "coverage": a.round.coverage,
			"index": a.round.index, "naive": a.round.naive, "change": a.round.change, "spread": a.round.spread} {
			if asked != (name == c.round) {
				t.Errorf("%s: %s of rounds is asked for: %v", c.below, name, asked)
			}
		}
	}
}
