package variables

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// check holds a value that is not null against a type.
func check(schema *ast.Schema, t *ast.Type, value any) (any, *misfit) {
	if t.Elem != nil {
		return list(schema, t, value)
	}
	definition := schema.Types[t.NamedType]
	switch {
	case definition == nil:
		return nil, bad(foreign)
	case definition.Kind == ast.Enum:
		return value, enum(definition, value)
	case definition.Kind == ast.Scalar:
		return value, scalar(t.NamedType, value)
	case definition.Kind == ast.InputObject:
		return value, object(schema, definition, value)
	}
	return nil, bad(foreign)
}

// list holds every member against the type of members; a single value stands for
// a list of one.
func list(schema *ast.Schema, t *ast.Type, value any) (any, *misfit) {
	members, is := value.([]any)
	if !is {
		if kindOf(value) == reflect.Slice {
			return nil, bad(foreign)
		}
		if _, wrong := check(schema, t.Elem, value); wrong != nil {
			return nil, wrong.at(ast.PathIndex(0))
		}
		return alone(value)
	}
	for i, member := range members {
		if member == nil {
			if t.Elem.NonNull {
				return nil, bad("cannot be null").at(ast.PathIndex(i))
			}
			continue
		}
		if _, wrong := check(schema, t.Elem, member); wrong != nil {
			return nil, wrong.at(ast.PathIndex(i))
		}
	}
	return value, nil
}

// alone makes a slice of its own type of a value.
func alone(value any) (any, *misfit) {
	switch v := value.(type) {
	case string:
		return []string{v}, nil
	case json.Number:
		return []json.Number{v}, nil
	case bool:
		return []bool{v}, nil
	case map[string]any:
		return []map[string]any{v}, nil
	case int64:
		return []int64{v}, nil
	case float64:
		return []float64{v}, nil
	}
	return nil, bad(foreign)
}

// kindOf is the kind of a value that is not null; a json.Number is a text.
func kindOf(value any) reflect.Kind { return reflect.TypeOf(value).Kind() }

func whole(kind reflect.Kind) bool {
	return kind == reflect.Int || kind == reflect.Int32 || kind == reflect.Int64
}

func enum(definition *ast.Definition, value any) *misfit {
	kind := kindOf(value)
	if kind != reflect.String && !whole(kind) {
		return bad("enums must be ints or strings")
	}
	text := reflect.ValueOf(value).String()
	if !slices.ContainsFunc(definition.EnumValues, func(v *ast.EnumValueDefinition) bool { return strings.EqualFold(text, v.Name) }) {
		return bad(text, " is not a valid ", definition.Name)
	}
	return nil
}

// scalar knows those that GraphQL has; what others take is for whoever reads them.
func scalar(name string, value any) *misfit {
	kind := kindOf(value)
	fits := true
	switch name {
	case "Int":
		fits = whole(kind) || kind == reflect.Float32 || kind == reflect.Float64 || kind == reflect.String && parses(value, true)
	case "Float":
		fits = whole(kind) || kind == reflect.Float32 || kind == reflect.Float64 || kind == reflect.String && parses(value, false)
	case "String":
		fits = kind == reflect.String
	case "Boolean":
		fits = kind == reflect.Bool
	case "ID":
		fits = kind == reflect.String || whole(kind)
	}
	if !fits {
		return bad("cannot use ", kind.String(), " as ", name)
	}
	return nil
}

// parses says whether a text is a number.
func parses(value any, integer bool) bool {
	text := reflect.ValueOf(value).String()
	if integer {
		_, err := strconv.ParseInt(text, 10, 64)
		return err == nil
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

const typeName = "__typename"

// object holds every field of an input against its type. What is not a field of
// it is refused before anything else is looked at.
func object(schema *ast.Schema, definition *ast.Definition, value any) *misfit {
	fields, is := value.(map[string]any)
	if kind := kindOf(value); !is && kind != reflect.Map {
		return bad("must be a ", definition.Name, ", not a ", kind.String())
	} else if !is {
		return bad(foreign)
	}
	if wrong := unknown(definition, fields); wrong != nil {
		return wrong
	}
	for _, field := range definition.Fields {
		one, sent := fields[field.Name]
		switch {
		case !sent && (!field.Type.NonNull || defaulted(field)):
			continue
		case !sent:
			return bad("must be defined").at(ast.PathName(field.Name))
		case one == nil && field.Type.NonNull:
			return bad("cannot be null").at(ast.PathName(field.Name))
		case one == nil:
			continue
		}
		checked, wrong := check(schema, field.Type, one)
		if wrong != nil {
			return wrong.at(ast.PathName(field.Name))
		}
		if _, many := one.([]any); field.Type.Elem != nil && !many {
			fields[field.Name] = checked
		}
	}
	return nil
}

// unknown finds what is not a field of an input. That there is nothing of the
// kind is found by counting.
func unknown(definition *ast.Definition, fields map[string]any) *misfit {
	known := 0
	for _, field := range definition.Fields {
		if _, sent := fields[field.Name]; sent {
			known++
		}
	}
	if known == len(fields) {
		return nil
	}
	first, found := "", false
	for name := range fields {
		if name != typeName && definition.Fields.ForName(name) == nil && (!found || name < first) {
			first, found = name, true
		}
	}
	if !found {
		return nil
	}
	return bad("unknown field").at(ast.PathName(first))
}

// defaulted says whether a field has a value of its own.
func defaulted(field *ast.FieldDefinition) bool {
	if field.DefaultValue == nil {
		return false
	}
	_, err := field.DefaultValue.Value(nil)
	return err == nil
}
