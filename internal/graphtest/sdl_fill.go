package graphtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Param is one value that a field takes: an argument, or a field of an input.
type Param struct {
	Path     string // for example marksSubmit.input.marks.judge
	Type     string // of the leaf: ID, String, an enum …
	Optional bool   // it, or something that it is inside of
}

// Params lists every value that the field takes, however deep.
func (r *Root) Params() []Param {
	var all []Param
	for _, a := range r.field.Arguments {
		all = append(all, r.params(a.Type, r.Name+"."+a.Name, !a.Type.NonNull, nil)...)
	}
	return all
}

func (r *Root) params(t *ast.Type, path string, optional bool, above []string) []Param {
	definition := r.schema.Types[t.Name()]
	if definition.Kind != ast.InputObject {
		return []Param{{Path: path, Type: definition.Name, Optional: optional}}
	}
	if slices.Contains(above, definition.Name) {
		return nil
	}
	var all []Param
	for _, f := range definition.Fields {
		all = append(all, r.params(f.Type, path+"."+f.Name, optional || !f.Type.NonNull, append(above, definition.Name))...)
	}
	return all
}

// Filling says with what a field is called.
type Filling struct {
	Depth int
	// With says whether an optional argument or input field is sent.
	With func(path string) bool
	// Value is the literal of a leaf; "" takes what a generated call sends.
	Value func(p Param) string
}

// Write writes an operation that calls the field with a filling.
func (r *Root) Write(f Filling) string {
	var args []string
	for _, a := range r.field.Arguments {
		if a.Type.NonNull || f.With(r.Name+"."+a.Name) {
			args = append(args, a.Name+": "+r.fill(a.Type, r.Name+"."+a.Name, f))
		}
	}
	operation, list := "query", ""
	if r.Mutation {
		operation = "mutation"
	}
	if len(args) > 0 {
		list = "(" + strings.Join(args, ", ") + ")"
	}
	return fmt.Sprintf("%s { %s%s %s }", operation, r.Name, list, r.selection(r.field.Type.Name(), f.Depth))
}

func (r *Root) fill(t *ast.Type, path string, f Filling) string {
	if t.Elem != nil {
		return "[" + r.fill(t.Elem, path, f) + "]"
	}
	definition := r.schema.Types[t.NamedType]
	if definition.Kind != ast.InputObject {
		if text := f.Value(Param{Path: path, Type: t.NamedType}); text != "" {
			return text
		}
		if definition.Kind == ast.Enum {
			return definition.EnumValues[0].Name
		}
		return scalar(t.NamedType, path[strings.LastIndexByte(path, '.')+1:], path, Unknown)
	}
	var fields []string
	for _, field := range definition.Fields {
		if below := path + "." + field.Name; field.Type.NonNull || f.With(below) {
			fields = append(fields, field.Name+": "+r.fill(field.Type, below, f))
			if isOneOf(definition) {
				break
			}
		}
	}
	if first := definition.Fields[0]; isOneOf(definition) && len(fields) == 0 {
		fields = append(fields, first.Name+": "+r.fill(first.Type, path+"."+first.Name, f))
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// isOneOf says whether exactly one field of an input is sent.
func isOneOf(d *ast.Definition) bool { return d.Directives.ForName("oneOf") != nil }

// Enum lists the values of an enum; none for another type.
func (r *Root) Enum(name string) []string {
	var all []string
	for _, v := range r.schema.Types[name].EnumValues {
		all = append(all, v.Name)
	}
	return all
}

// borrowed is the type whose ids are those of the objects it stands for.
const borrowed = "SearchHit"

// Kinds lists the types whose objects have global ids.
func Kinds() []string {
	all := []string{"User"} // named by arguments only
	for name, d := range Schema().Types {
		if id := d.Fields.ForName("id"); d.Kind == ast.Object && name != borrowed && id != nil && id.Type.String() == "ID!" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// Inside reports whether path is what is wanted or something that it is inside of.
func Inside(path, wanted string) bool { return wanted == path || strings.HasPrefix(wanted, path+".") }
