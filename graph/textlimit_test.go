package graph

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"

	"leitai/internal/fault"
)

// Every text is measured wherever it stands, also the single value that was sent
// for a list of one; what is as long as it may be passes.
func TestTextsAreMeasuredWhereverTheyStand(t *testing.T) {
	t.Parallel()
	const line, over = "一", "一二"
	times := func(s string, n int) string { return strings.Repeat(s, n) }
	long, fits := times(line, mostLine+1), times(line, mostLine)
	for _, c := range []struct {
		kind      *ast.Type
		variables string
		places    []string
	}{
		{ast.NamedType("String", nil), `{"v": "` + fits + `"}`, nil},
		{ast.NamedType("String", nil), `{"v": "` + long + `"}`, []string{"v"}},
		{ast.ListType(ast.NamedType("String", nil), nil), `{"v": ["` + fits + `", "` + long + `"]}`, []string{"v[1]"}},
		{ast.ListType(ast.NamedType("String", nil), nil), `{"v": "` + long + `"}`, []string{"v[0]"}},
		{ast.NamedType("Decimal", nil), `{"v": 1` + times("0", mostNumber) + `}`, []string{"v"}},
		{ast.NamedType("Deep", nil), `{"v": {"names": "` + long + `", "many": {"id": "` + long + `"}}}`, []string{"v.many[0].id", "v.names[0]"}},
		{ast.NamedType("Deep", nil), `{"v": {"names": ["` + fits + `"], "many": [{"id": "x"}, {"deep": {"name": "` + long + `"}}], "count": 5, "lists": [[{"id": "` + over + long + `"}]]}}`,
			[]string{"v.lists[0][0].id", "v.many[1].deep.name"}},
	} {
		decoder := json.NewDecoder(strings.NewReader(c.variables))
		decoder.UseNumber()
		var sent map[string]any
		if err := decoder.Decode(&sent); err != nil {
			t.Fatal(err)
		}
		operation := &ast.OperationDefinition{VariableDefinitions: ast.VariableDefinitionList{{Variable: "v", Type: c.kind, Definition: choices.Types[c.kind.Name()]}}}
		values, err := validator.VariableValues(choices, operation, sent)
		if err != nil {
			t.Fatal(c.variables, err)
		}
		var bad fault.List
		(&TextLimits{schema: choices}).measure(&bad, c.kind, "Query.pick", "v", "v", values["v"])
		var places []string
		for _, f := range bad {
			places = append(places, f.Field)
		}
		slices.Sort(places)
		if !reflect.DeepEqual(places, c.places) {
			t.Errorf("%.60s: %q are too long, want %q", c.variables, places, c.places)
		}
	}
}

// No limit is less than what is not measured at all.
func TestNothingShortIsTooLong(t *testing.T) {
	t.Parallel()
	for _, most := range []int{mostLine, mostID, mostCursor, mostPosition, mostAddress, mostParagraph, mostPaper, mostDocument} {
		if most < mostNumber {
			t.Errorf("a limit of %d", most)
		}
	}
	for name, most := range mostText {
		if most < mostNumber {
			t.Errorf("%s: a limit of %d", name, most)
		}
	}
}
