package graphtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/graphtest"
)

// sender writes operations that fill what has to be filled, and one scalar.
type sender struct {
	schema *ast.Schema
	target string // path of the scalar that is filled with text
	text   string
	found  string // type of the target
}

// value fills a type with the least it takes; what is optional is left out
// unless the target lies in it.
func (s *sender) value(t *ast.Type, path string, seen []string) any {
	if t.Elem != nil {
		if v := s.value(t.Elem, path, seen); v != nil {
			return []any{v}
		}
		return []any{}
	}
	definition := s.schema.Types[t.Name()]
	switch {
	case path == s.target:
		s.found = t.Name()
		return s.text
	case definition.Kind == ast.InputObject:
		if slices.Contains(seen, t.Name()) {
			return nil
		}
		object := map[string]any{}
		for _, f := range definition.Fields {
			below := path + "." + f.Name
			if f.Type.NonNull || strings.HasPrefix(s.target+".", below+".") {
				object[f.Name] = s.value(f.Type, below, append(seen, t.Name()))
			}
		}
		if first := definition.Fields[0]; definition.Directives.ForName("oneOf") != nil && len(object) == 0 {
			object[first.Name] = s.value(first.Type, path+"."+first.Name, append(seen, t.Name()))
		}
		return object
	case definition.Kind == ast.Enum:
		return definition.EnumValues[0].Name
	}
	return map[string]any{"String": "x", "ID": "x", "Int": 1, "Float": 1, "Boolean": true, "Decimal": "1", "Date": "2023-04-30", "DateTime": "2023-04-30T08:00:00+08:00"}[t.Name()]
}

// scalars lists the paths of what is sent as text inside a type.
func scalars(schema *ast.Schema, t *ast.Type, path string, seen []string) (paths []string) {
	definition := schema.Types[t.Name()]
	switch {
	case definition.Kind == ast.InputObject:
		if slices.Contains(seen, t.Name()) {
			return nil
		}
		for _, f := range definition.Fields {
			paths = append(paths, scalars(schema, f.Type, path+"."+f.Name, append(seen, t.Name()))...)
		}
	case slices.Contains([]string{"String", "ID", "Decimal"}, t.Name()):
		paths = []string{path}
	}
	return paths
}

// Every text that a query or mutation takes is bounded: with 100,000 characters
// in any one of them nothing runs and nothing is kept. A mutation names the
// field among its user errors.
func TestEveryTextIsBounded(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	schema := graphtest.Schema()
	before, tried := k.Fingerprint(t, uuid.Nil), 0
	for _, object := range []*ast.Definition{schema.Query, schema.Mutation} {
		for _, f := range object.Fields {
			for _, a := range f.Arguments {
				for _, path := range scalars(schema, a.Type, a.Name, nil) {
					tried++
					tooLong(t, k, schema, object, f, path)
				}
			}
		}
	}
	if after := k.Fingerprint(t, uuid.Nil); after != before {
		t.Error("a text that was refused was kept")
	}
	if tried < 500 {
		t.Errorf("only %d texts were tried", tried)
	}
	t.Logf("%d texts are bounded", tried)
}

func tooLong(t *testing.T, k *graphtest.Kit, schema *ast.Schema, object *ast.Definition, f *ast.FieldDefinition, path string) {
	t.Helper()
	s := &sender{schema: schema, target: path, text: strings.Repeat("1", 100_000)}
	vars := graphtest.Vars{}
	var declared, passed []string
	for _, a := range f.Arguments {
		if a.Type.NonNull || strings.HasPrefix(path+".", a.Name+".") {
			vars[a.Name] = s.value(a.Type, a.Name, nil)
			declared, passed = append(declared, "$"+a.Name+": "+a.Type.String()), append(passed, a.Name+": $"+a.Name)
		}
	}
	mutation := object == schema.Mutation
	operation, selection := "query", "__typename"
	if mutation {
		operation, selection = "mutation", "userErrors { code field message }"
	}
	if schema.Types[f.Type.Name()].Kind != ast.Scalar {
		selection = " { " + selection + " }"
	}
	r := k.As(t, "A1", fmt.Sprintf("%s(%s) { %s(%s)%s }", operation, strings.Join(declared, ", "), f.Name, strings.Join(passed, ", "), selection), vars)
	want := "TEXT_TOO_LONG"
	if s.found == "Decimal" {
		want, mutation = "INVALID", false // a number of so many digits is none
	}
	if codes := r.Codes(); s.found == "" || !slices.Equal(codes, []string{want}) {
		t.Errorf("%s %s: %v %.300s", f.Name, path, codes, r.Body)
		return
	}
	field := strings.TrimPrefix(strings.TrimPrefix(path, "input"), ".")
	if last := field[strings.LastIndexByte(field, '.')+1:]; mutation && (len(r.Errors) > 0 || !strings.Contains(strings.ReplaceAll(r.Body, "[0]", ""), `"field":"`+field+`"`) || last == "") {
		t.Errorf("%s: the user error does not name %s: %.300s", f.Name, field, r.Body)
	}
}
