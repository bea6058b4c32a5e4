package graph

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
)

// OneOf refuses variables in which an input marked @oneOf, however deep inside
// of lists and inputs, has not exactly one field, or null in it, and numbers
// where texts are wanted. Literals are
// checked by the rules of validation, which also let no variable that may be
// null stand in one.
type OneOf struct{ schema *ast.Schema }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = (*OneOf)(nil)

// ExtensionName names the extension.
func (*OneOf) ExtensionName() string { return "OneOf" }

// Validate takes over the schema whose inputs are checked.
func (o *OneOf) Validate(schema graphql.ExecutableSchema) error {
	o.schema = schema.Schema()
	return nil
}

// MutateOperationContext checks the variables of the operation.
func (o *OneOf) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	for _, v := range operation.Operation.VariableDefinitions {
		if wrong := o.check(v.Type, operation.Variables[v.Variable]); wrong != nil {
			return wrong.at(ast.PathName(v.Variable)).at(ast.PathName("variable")).refusal()
		}
	}
	return nil
}

// misfit is a value that OneOf refuses, with the way to it from the inside out:
// most values fit, and a path for each would cost more than looking at them.
type misfit struct {
	input    *ast.Definition // whose fields are not exactly one; nil: a number instead of a text
	reversed ast.Path
}

func (m *misfit) at(e ast.PathElement) *misfit {
	m.reversed = append(m.reversed, e)
	return m
}

func (m *misfit) refusal() *gqlerror.Error {
	path := m.reversed
	slices.Reverse(path)
	var f *fault.Fault
	if m.input == nil {
		f = fault.New(fault.QueryInvalid, "detail", path.String()+": cannot use a number as String")
	} else {
		names := make([]string, len(m.input.Fields))
		for i, field := range m.input.Fields {
			names[i] = field.Name
		}
		f = fault.New(fault.OneOf, "want", strings.Join(names, ", ")).At("%s", path.String())
	}
	return &gqlerror.Error{Err: f, Message: f.Message(fault.Chinese), Path: path, Extensions: map[string]any{"code": string(f.Code)}}
}

func (o *OneOf) check(t *ast.Type, value any) *misfit {
	switch v := value.(type) {
	case nil, string, bool:
		return nil
	case json.Number: // gqlparser takes it for a text, because it is kept as one until its type is known
		if t.Name() == "String" {
			return &misfit{}
		}
		return nil
	case map[string]any:
		return o.object(o.schema.Types[t.Name()], v)
	}
	of := t
	if t.Elem != nil {
		of = t.Elem
	}
	if reflect.TypeOf(value).Kind() != reflect.Slice {
		return nil
	}
	for i, member := range graphql.CoerceList(value) { // a single value that stood for a list of one is a slice of its own type by now
		if wrong := o.check(of, member); wrong != nil {
			return wrong.at(ast.PathIndex(i))
		}
	}
	return nil
}

func (o *OneOf) object(input *ast.Definition, value map[string]any) *misfit {
	if input == nil || input.Kind != ast.InputObject {
		return nil
	}
	if input.Directives.ForName("oneOf") != nil && !exactlyOne(value) {
		return &misfit{input: input}
	}
	for _, f := range input.Fields {
		if wrong := o.check(f.Type, value[f.Name]); wrong != nil {
			return wrong.at(ast.PathName(f.Name))
		}
	}
	return nil
}

// exactlyOne says whether there is one field, and not null.
func exactlyOne(value map[string]any) bool {
	if len(value) != 1 {
		return false
	}
	for _, one := range value {
		if one == nil {
			return false
		}
	}
	return true
}
