package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"

	"leitai/internal/fault"
)

var choices = gqlparser.MustLoadSchema(&ast.Source{Input: `
	input Choice @oneOf { id: ID, every: Boolean, deep: Deep }
	input Deep { one: Choice, many: [Choice!], lists: [[Choice]], name: String, names: [String!], count: Int, number: Decimal }
	scalar Decimal
	type Query { pick(one: Choice, many: [Choice!], deep: Deep, name: String, any: [Deep]): Boolean }`})

// checked reads an operation as the transport does and checks its variables.
func checked(t *testing.T, text, variables string) (code string, path string) {
	t.Helper()
	document, bad := gqlparser.LoadQueryWithRules(choices, text, Rules())
	if len(bad) > 0 {
		return "QUERY_INVALID", bad[0].Message
	}
	decoder := json.NewDecoder(strings.NewReader(variables))
	decoder.UseNumber()
	var sent map[string]any
	if err := decoder.Decode(&sent); err != nil {
		t.Fatal(err)
	}
	values, err := validator.VariableValues(choices, document.Operations[0], sent)
	if err != nil {
		return "QUERY_INVALID", err.Error()
	}
	if err := (&OneOf{schema: choices}).MutateOperationContext(t.Context(), &graphql.OperationContext{Operation: document.Operations[0], Variables: values}); err != nil {
		return string(fault.CodeOf(err)), err.Path.String()
	}
	return "", ""
}

// Exactly one field that is not null, in variables as in literals, however deep
// inside of lists and inputs.
func TestOneOf(t *testing.T) {
	t.Parallel()
	const (
		one  = "query($v: Choice) { pick(one: $v) }"
		many = "query($v: [Choice!]) { pick(many: $v) }"
		deep = "query($v: Deep) { pick(deep: $v) }"
		any_ = "query($v: [Deep]) { pick(any: $v) }"
	)
	for _, c := range []struct{ text, variables, code, path string }{
		{one, `{"v": {"id": "x"}}`, "", ""},
		{one, `{"v": {"id": 1}}`, "", ""},
		{one, `{"v": {"every": false}}`, "", ""},
		{one, `{"v": null}`, "", ""},
		{one, `{}`, "", ""},
		{one, `{"v": {}}`, "ONE_OF", "variable.v"},
		{one, `{"v": {"id": null}}`, "ONE_OF", "variable.v"},
		{one, `{"v": {"id": "x", "every": true}}`, "ONE_OF", "variable.v"},
		{one, `{"v": {"id": "x", "every": null}}`, "ONE_OF", "variable.v"},
		{one, `{"v": {"deep": {"one": {}}}}`, "ONE_OF", "variable.v.deep.one"},
		{one, `{"v": {"deep": {"one": {"deep": {"many": [{"id": "x"}, {"id": "x", "every": true}]}}}}}`, "ONE_OF", "variable.v.deep.one.deep.many[1]"},
		{many, `{"v": [{"id": "x"}, {"every": true}]}`, "", ""},
		{many, `{"v": []}`, "", ""},
		{many, `{"v": [{"id": "x"}, {}]}`, "ONE_OF", "variable.v[1]"},
		{many, `{"v": {"id": "x"}}`, "", ""},
		{many, `{"v": {"id": "x", "every": true}}`, "ONE_OF", "variable.v[0]"},
		{deep, `{"v": {"many": {"id": null}}}`, "ONE_OF", "variable.v.many[0]"},
		{deep, `{"v": {"lists": [[{"id": "x"}, null], null, [{}]]}}`, "ONE_OF", "variable.v.lists[2][0]"},
		{any_, `{"v": {"one": {}}}`, "ONE_OF", "variable.v[0].one"},
		{any_, `{"v": [null, {"one": {"id": "x", "every": true}}]}`, "ONE_OF", "variable.v[1].one"},
		{"query($v: Choice = {id: null}) { pick(one: $v) }", `{}`, "QUERY_INVALID", ""},

		{deep, `{"v": {"name": 1}}`, "QUERY_INVALID", "variable.v.name"},
		{deep, `{"v": {"names": ["x", 1]}}`, "QUERY_INVALID", "variable.v.names[1]"},
		{deep, `{"v": {"names": 1}}`, "QUERY_INVALID", "variable.v.names[0]"},
		{deep, `{"v": {"count": 1, "number": 1.5}}`, "", ""},
		{"query($v: String) { pick(name: $v) }", `{"v": 1}`, "QUERY_INVALID", "variable.v"},

		{`{ pick(one: {id: "x"}) }`, `{}`, "", ""},
		{`{ pick(one: {}) }`, `{}`, "QUERY_INVALID", ""},
		{`{ pick(one: {id: null}) }`, `{}`, "QUERY_INVALID", ""},
		{`{ pick(one: {id: "x", every: true}) }`, `{}`, "QUERY_INVALID", ""},
		{`{ pick(many: [{id: "x"}, {}]) }`, `{}`, "QUERY_INVALID", ""},
		{`{ pick(deep: {lists: [[{id: "x", every: true}]]}) }`, `{}`, "QUERY_INVALID", ""},
		{`query($id: ID!) { pick(one: {id: $id}) }`, `{"id": "x"}`, "", ""},
		{`query($id: ID) { pick(one: {id: $id}) }`, `{}`, "QUERY_INVALID", ""},
		{`query($id: ID!, $every: Boolean!) { pick(many: [{id: $id, every: $every}]) }`, `{"id": "x", "every": true}`, "QUERY_INVALID", ""},
	} {
		code, path := checked(t, c.text, c.variables)
		if code != c.code || c.path != "" && path != c.path {
			t.Errorf("%s with %s: %q at %q", c.text, c.variables, code, path)
		}
	}
}

// Every input of the contract that is marked @oneOf has only fields that may be
// left out, and none with a default.
func TestInputsMarkedOneOf(t *testing.T) {
	t.Parallel()
	marked := 0
	for _, input := range own(ast.InputObject) {
		if input.Directives.ForName("oneOf") == nil {
			continue
		}
		marked++
		for _, f := range input.Fields {
			if f.Type.NonNull || f.DefaultValue != nil {
				t.Errorf("%s.%s can never be the one", input.Name, f.Name)
			}
		}
	}
	if marked == 0 {
		t.Error("no input is marked")
	}
}

// No rule says what the author may have meant, for any kind of name of the
// contract.
//
// covers T4
func TestNothingIsSuggested(t *testing.T) {
	t.Parallel()
	schema := contract()
	mistyped := func(name string) string { return name[:len(name)-1] + "_" }
	suggested := func(text string) {
		_, bad := gqlparser.LoadQueryWithRules(schema, text, Rules())
		if len(bad) == 0 {
			t.Errorf("%s is valid", text)
		}
		for _, e := range bad {
			if strings.Contains(strings.ToLower(e.Message), "did you mean") {
				t.Errorf("%s: %s", text, e.Message)
			}
		}
	}
	for _, f := range schema.Query.Fields {
		suggested("{ " + mistyped(f.Name) + " }")
		for _, a := range f.Arguments {
			suggested("{ " + f.Name + "(" + mistyped(a.Name) + ": 1) { __typename } }")
		}
	}
	for _, d := range own(ast.Object, ast.InputObject, ast.Enum) {
		suggested("{ ...f } fragment f on " + mistyped(d.Name) + " { __typename }")
		suggested("query($v: " + mistyped(d.Name) + ") { viewer { today } }")
		for _, f := range d.Fields {
			if d.Kind == ast.InputObject {
				suggested("query($v: " + d.Name + " = {" + mistyped(f.Name) + ": 1}) { viewer { today } }")
			}
		}
		for _, v := range d.EnumValues {
			suggested("query($v: " + d.Name + " = " + mistyped(v.Name) + ") { viewer { today } }")
		}
	}
}

func TestWhatMayBeRegistered(t *testing.T) {
	t.Parallel()
	for text, valid := range map[string]bool{
		"{ viewer { today } }": true, "query a($r: ID!) { board(round: $r) { period } }": true,
		"mutation($i: TrustedDocumentsAddInput!) { trustedDocumentsAdd(input: $i) { userErrors { code } } }": true,
		"": false, "{": false, "{ viewer { todai } }": false, "query a { viewer { today } } query b { viewer { today } }": false,
		"fragment f on Query { viewer { today } }": false, "{ viewer { today } } #" + strings.Repeat(" x", 10): true,
		"{" + strings.Repeat(" viewer { today }", MostTokens/4+1) + "}": false,
	} {
		if err := checkDocument(text); (err == nil) != valid {
			t.Errorf("%.60s: %v", text, err)
		}
	}
}
