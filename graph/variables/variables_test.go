package variables

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"pgregory.net/rapid"
)

// odd has what the contract has not: numbers, defaults, lists in lists, an input
// in itself.
var odd = gqlparser.MustLoadSchema(&ast.Source{Input: `
	enum Colour { RED GREEN }
	scalar Decimal
	input Odd { name: String! = "x", must: Int!, size: Float, on: Boolean, id: ID, colour: Colour, free: Decimal, odd: Odd, odds: [Odd!], grid: [[Int]!], names: [String!]!, reds: [Colour] }
	type Query { f(odd: Odd, odds: [Odd!], grid: [[Int!]!], n: Int, x: Float, c: Colour, s: String, b: Boolean, d: Decimal, id: ID): Int }`})

func contract(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// sent reads variables as the transport does, each time anew: both sides put
// lists into what was sent.
func sent(t interface{ Fatal(args ...any) }, text string) map[string]any {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var all map[string]any
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(text, err)
	}
	return all
}

// same holds our answer against gqlparser's.
func same(t interface {
	Fatal(args ...any)
	Errorf(format string, args ...any)
}, schema *ast.Schema, operation *ast.OperationDefinition, text string,
) {
	ours, theirs := sent(t, text), sent(t, text)
	have, refused := Values(schema, operation, ours)
	want, because := validator.VariableValues(schema, operation, theirs)
	if (refused == nil) != (because == nil) {
		t.Errorf("%s: %v, by gqlparser %v", text, refused, because)
		return
	}
	if refused == nil {
		if !reflect.DeepEqual(have, want) || !reflect.DeepEqual(ours, theirs) {
			t.Errorf("%s is %#v, by gqlparser %#v", text, have, want)
		}
		return
	}
	var ourFault, theirFault *gqlerror.Error
	if !errors.As(refused, &ourFault) || !errors.As(because, &theirFault) {
		t.Fatal(text, refused, because)
	}
	if theirFault.Message == "unknown field" { // any of several
		up := func(p ast.Path) ast.Path { return p[:max(0, len(p)-1)] }
		ourFault.Path, theirFault.Path = up(ourFault.Path), up(theirFault.Path)
	}
	if ourFault.Message != theirFault.Message || ourFault.Path.String() != theirFault.Path.String() || have != nil {
		t.Errorf("%s: %q at %s, by gqlparser %q at %s", text, ourFault.Message, ourFault.Path, theirFault.Message, theirFault.Path)
	}
}

// Every type that a variable may have, of the contract and of the odd schema, is
// held against values that fit, nearly fit, or are anything.
func TestValuesAreThoseOfGqlparser(t *testing.T) {
	t.Parallel()
	for _, schema := range []*ast.Schema{odd, contract(t)} {
		var names []string
		for name, definition := range schema.Types {
			if definition.IsInputType() && !strings.HasPrefix(name, "__") {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		rapid.Check(t, func(t *rapid.T) {
			kind := anyType(t, rapid.SampledFrom(names).Draw(t, "type"))
			operation := &ast.OperationDefinition{VariableDefinitions: ast.VariableDefinitionList{{Variable: "v", Type: kind, Definition: schema.Types[kind.Name()]}}}
			all := map[string]any{"v": fitting(t, schema, kind, 4)}
			text, err := json.Marshal(all)
			if err != nil {
				t.Fatal(err)
			}
			same(t, schema, operation, string(text))
		})
	}
}

func anyType(t *rapid.T, name string) *ast.Type {
	kind := &ast.Type{NamedType: name, NonNull: rapid.Bool().Draw(t, "required")}
	for range rapid.IntRange(0, 2).Draw(t, "lists") {
		kind = &ast.Type{Elem: kind, NonNull: rapid.Bool().Draw(t, "required list")}
	}
	return kind
}

// fitting draws a value of a type, most of the time.
func fitting(t *rapid.T, schema *ast.Schema, kind *ast.Type, deep int) any {
	switch luck := rapid.IntRange(0, 60).Draw(t, "luck"); {
	case luck == 0:
		return anything(t, 2)
	case luck == 1 || deep < 0 && !kind.NonNull:
		return nil
	case luck < 5 && kind.Elem != nil:
		return fitting(t, schema, kind.Elem, deep-1)
	}
	if kind.Elem != nil {
		list := make([]any, rapid.IntRange(0, 2).Draw(t, "members"))
		for i := range list {
			list[i] = fitting(t, schema, kind.Elem, deep-1)
		}
		return list
	}
	definition := schema.Types[kind.NamedType]
	switch definition.Kind {
	case ast.Enum:
		name := rapid.SampledFrom(definition.EnumValues).Draw(t, "value").Name
		return rapid.SampledFrom([]string{name, name, strings.ToLower(name), name + "S"}).Draw(t, "spelt")
	case ast.Scalar:
		return leaf(t, kind.NamedType)
	}
	return input(t, schema, definition, deep)
}

func input(t *rapid.T, schema *ast.Schema, definition *ast.Definition, deep int) map[string]any {
	fields := map[string]any{}
	for _, field := range definition.Fields {
		if luck := rapid.IntRange(0, 40).Draw(t, "sent"); luck > 0 && (field.Type.NonNull || luck < 25) {
			fields[field.Name] = fitting(t, schema, field.Type, deep-1)
		}
	}
	switch rapid.IntRange(0, 40).Draw(t, "more") {
	case 0:
		fields["unheardOf"] = 1
	case 1:
		fields["__typename"] = definition.Name
	case 2:
		fields["__typename"], fields["a"], fields["b"] = 1, nil, "x"
	}
	return fields
}

func leaf(t *rapid.T, name string) any {
	switch name {
	case "Int":
		return rapid.SampledFrom([]any{0, -7, "12", "12x", 1.5, json.Number("99999999999999999999")}).Draw(t, "int")
	case "Float":
		return rapid.SampledFrom([]any{0, 1.5, "2.5", "x", json.Number("1e999"), json.Number("-1e999")}).Draw(t, "float")
	case "Boolean":
		return rapid.SampledFrom([]any{true, false, "true", 1}).Draw(t, "boolean")
	}
	return rapid.SampledFrom([]any{"", "text", "x", 5, "文"}).Draw(t, "text")
}

func anything(t *rapid.T, deep int) any {
	n := rapid.IntRange(0, 7).Draw(t, "any")
	switch {
	case n == 6 && deep > 0:
		return []any{anything(t, deep-1), anything(t, deep-1)}
	case n == 7 && deep > 0:
		return map[string]any{"a": anything(t, deep-1)}
	}
	return []any{nil, true, "RED", 3, 1.25, []any{}, map[string]any{}, "3"}[n]
}

// Defaults, variables that were not sent, and those nobody asked for.
func TestValuesOfWholeOperations(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`query($v: Int) { f(n: $v) }`, `query($v: Int!) { f(n: $v) }`, `query($v: Int = 3) { f(n: $v) }`, `query($v: Int = null) { f(n: $v) }`, `query($v: Int! = 3) { f(n: $v) }`,
		`query($v: Float = 1.5, $w: Int = 2) { f(x: $v, n: $w) }`, `query($v: [Odd!]! = {must: 1, names: "x"}) { f(odds: $v) }`, `query($v: [Odd!]! = []) { f(odds: $v) }`,
		`query($v: [[Int!]!] = 1) { f(grid: $v) }`, `query($v: Colour = RED) { f(c: $v) }`, `query($v: Boolean = true, $w: String = "x") { f(b: $v, s: $w) }`,
		`query($v: [[Int!]!] = [[1], 2]) { f(grid: $v) }`, `query($v: Odd = {must: 2, names: ["x"], odd: {must: 3, names: []}}) { f(odd: $v) }`,
		`query($v: Decimal = {a: 1}) { f(d: $v) }`, `query($v: ID = 5) { f(id: $v) }`,
	} {
		document, bad := gqlparser.LoadQueryWithRules(odd, text, nil)
		if len(bad) > 0 {
			t.Fatal(text, bad)
		}
		for _, variables := range []string{`{}`, `{"v": null}`, `{"v": 1}`, `{"v": 1.5}`, `{"v": 1e999}`, `{"v": "x"}`, `{"v": {}}`, `{"v": {"must": 1, "names": "x"}}`,
			`{"v": [1, null]}`, `{"v": [[1], [null]]}`, `{"v": true, "w": 5, "u": 7}`, `{"v": "GREEN"}`, `{"v": {"must": 1, "names": ["x"], "grid": 5}}`, `null`} {
			same(t, odd, document.Operations[0], variables)
		}
	}
}

// Of several unknown fields the same one is told every time.
func TestTheFirstUnknownFieldIsTold(t *testing.T) {
	t.Parallel()
	operation := &ast.OperationDefinition{VariableDefinitions: ast.VariableDefinitionList{{Variable: "v", Type: ast.NamedType("Odd", nil), Definition: odd.Types["Odd"]}}}
	for range 20 {
		_, err := Values(odd, operation, sent(t, `{"v": {"q": 1, "b": 1, "z": 1, "__typename": 1}}`))
		if err == nil || err.Error() != `input: variable.v.b unknown field` {
			t.Fatal(err)
		}
	}
}

// What no JSON has is left to gqlparser.
func TestForeignValues(t *testing.T) {
	t.Parallel()
	type text string
	for _, value := range []any{[]string{"x"}, []int{1}, map[string]int{"must": 1}, text("RED"), int32(4), []map[string]any{{"must": 1, "names": []string{}}}} {
		for _, name := range []string{"Odd", "Colour", "Int", "String"} {
			for _, kind := range []*ast.Type{ast.NamedType(name, nil), ast.ListType(ast.NamedType(name, nil), nil)} {
				operation := &ast.OperationDefinition{VariableDefinitions: ast.VariableDefinitionList{{Variable: "v", Type: kind, Definition: odd.Types[name]}}}
				have, refused := Values(odd, operation, map[string]any{"v": value})
				want, because := validator.VariableValues(odd, operation, map[string]any{"v": value})
				if !reflect.DeepEqual(have, want) || (refused == nil) != (because == nil) || refused != nil && refused.Error() != because.Error() {
					t.Errorf("%#v as %s: %#v, %v; by gqlparser %#v, %v", value, kind, have, refused, want, because)
				}
			}
		}
	}
}
