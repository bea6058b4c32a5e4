package graph

import (
	"context"
	"encoding/json"
	"reflect"
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
		if err := o.check(v.Type, operation.Variables[v.Variable], ast.Path{ast.PathName("variable"), ast.PathName(v.Variable)}); err != nil {
			return err
		}
	}
	return nil
}

func (o *OneOf) check(t *ast.Type, value any, path ast.Path) *gqlerror.Error {
	switch v := value.(type) {
	case nil, string, bool:
		return nil
	case json.Number:
		return o.number(t, path)
	case map[string]any:
		return o.object(o.schema.Types[t.Name()], v, path)
	}
	list := reflect.ValueOf(value) // a single value that stood for a list of one is a slice of its own type by now
	if list.Kind() != reflect.Slice {
		return nil
	}
	of := t
	if t.Elem != nil {
		of = t.Elem
	}
	for i := range list.Len() {
		if err := o.check(of, list.Index(i).Interface(), append(path[:len(path):len(path)], ast.PathIndex(i))); err != nil {
			return err
		}
	}
	return nil
}

// number refuses a number where a String is wanted: the validation before takes
// it for a text, because it is kept as one until its type is known.
func (o *OneOf) number(t *ast.Type, path ast.Path) *gqlerror.Error {
	if t.Name() != "String" {
		return nil
	}
	f := fault.New(fault.QueryInvalid, "detail", path.String()+": cannot use a number as String")
	return &gqlerror.Error{Err: f, Message: f.Message(fault.Chinese), Path: path, Extensions: map[string]any{"code": string(f.Code)}}
}

func (o *OneOf) object(input *ast.Definition, value map[string]any, path ast.Path) *gqlerror.Error {
	if input == nil || input.Kind != ast.InputObject {
		return nil
	}
	if input.Directives.ForName("oneOf") != nil && !exactlyOne(value) {
		return oneOfRefused(input, path)
	}
	for _, f := range input.Fields {
		if err := o.check(f.Type, value[f.Name], append(path[:len(path):len(path)], ast.PathName(f.Name))); err != nil {
			return err
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

func oneOfRefused(input *ast.Definition, path ast.Path) *gqlerror.Error {
	names := make([]string, len(input.Fields))
	for i, f := range input.Fields {
		names[i] = f.Name
	}
	f := fault.New(fault.OneOf, "want", strings.Join(names, ", ")).At("%s", path.String())
	return &gqlerror.Error{Err: f, Message: f.Message(fault.Chinese), Path: path, Extensions: map[string]any{"code": string(f.Code)}}
}
