package nodetest_test

import (
	"slices"
	"testing"

	"leitai/internal/nodetest"
)

// linted is what tools/contract/lint.mjs prints.
type linted struct {
	Rules    []string
	Findings []struct {
		Rule, At, Message string
		Line              int
	}
	Excepted int
	Unused   []struct{ Rule, Why string }
}

// The merged schema satisfies every recommended rule and every Relay rule of
// graphql-eslint; what is let through is listed with its reason, and needed.
func TestTheSchemaIsLinted(t *testing.T) {
	t.Parallel()
	var found linted
	nodetest.Printed(t, &found, "lint.mjs", nil, at(t, "graph/schema.graphql"))
	for _, f := range found.Findings {
		t.Errorf("graph/schema.graphql:%d: %s: %s (%s)", f.Line, f.At, f.Message, f.Rule)
	}
	for _, e := range found.Unused {
		t.Errorf("an exception of %s is needed no more: %s", e.Rule, e.Why)
	}
	for _, rule := range []string{"relay-arguments", "relay-connection-types", "relay-edge-types", "relay-page-info", "require-description", "naming-convention"} {
		if !slices.Contains(found.Rules, "@graphql-eslint/"+rule) {
			t.Errorf("the rule %s is not looked at", rule)
		}
	}
}

// The linter is not blind: what breaks a rule is found, and where.
func TestTheLinterFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	file := written(t, "broken.graphql", `
"Root (根)." type Query {
  "Things (东西)." things("How many (数)." first: Int): ThingConnection!
  undescribed: String
}
"A page (页)." type ThingConnection { "Where (页)." pageInfo: PageInfo! }
"Page (页)." type PageInfo { "Next (后)." hasNextPage: Boolean! }
`)
	var found linted
	nodetest.Printed(t, &found, "lint.mjs", nil, file)
	for rule, where := range map[string]string{
		"require-description": "Query.undescribed", "relay-arguments": "Query.things", "relay-connection-types": "ThingConnection", "relay-page-info": "PageInfo",
	} {
		if !slices.ContainsFunc(found.Findings, func(f struct {
			Rule, At, Message string
			Line              int
		},
		) bool {
			return f.Rule == rule && f.At == where
		}) {
			t.Errorf("%s at %s is not found: %+v", rule, where, found.Findings)
		}
	}
}
