package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/graph"
)

// Schema is the contract as the service runs it.
func Schema() *ast.Schema { return graph.NewSchema(&graph.Resolver{}).Schema() }

// NodeKinds lists the types that can be fetched by id.
func NodeKinds() []string {
	var kinds []string
	for _, d := range Schema().PossibleTypes["Node"] {
		kinds = append(kinds, d.Name)
	}
	slices.Sort(kinds)
	return kinds
}

// Streamed reports whether a field of a type is reached by subscriptions alone,
// each of which TestNoStreamTellsOfANeighbour follows: made of the contract, too.
func Streamed(field string) bool {
	name, _, _ := strings.Cut(field, ".")
	return !slices.Contains(asked(), name)
}

// asked lists the types that queries and mutations reach.
var asked = sync.OnceValue(func() []string {
	schema, seen := Schema(), []string{}
	var walk func(of *ast.Definition)
	walk = func(of *ast.Definition) {
		if of == nil || slices.Contains(seen, of.Name) {
			return
		}
		seen = append(seen, of.Name)
		for _, f := range of.Fields {
			walk(schema.Types[f.Type.Name()])
		}
		for _, p := range schema.PossibleTypes[of.Name] {
			walk(p)
		}
	}
	walk(schema.Query)
	walk(schema.Mutation)
	return seen
})

// Root is one field of Query or Mutation.
type Root struct {
	Name       string
	Mutation   bool
	Permission string // "" for a public field

	field  *ast.FieldDefinition
	schema *ast.Schema
}

// Roots lists the fields of Query and Mutation.
func Roots() []*Root {
	var all []*Root
	schema := Schema()
	for _, object := range []*ast.Definition{schema.Query, schema.Mutation} {
		for _, f := range object.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			root := &Root{Name: f.Name, field: f, schema: schema, Mutation: object == schema.Mutation}
			if can := f.Directives.ForName("can"); can != nil {
				root.Permission = can.Arguments.ForName("permission").Value.Raw
			}
			all = append(all, root)
		}
	}
	return all
}

// IDs gives the id to send for the argument or input field at a path, for
// example input.marks.judge; kind is the type it should name, "" for a UUID
// that the client makes itself.
type IDs func(kind, path string) string

// Call writes an operation that calls the field with every argument filled, and
// selects everything that takes no argument of its own, down to a depth.
func (r *Root) Call(depth int, ids IDs) string {
	var args []string
	for _, a := range r.field.Arguments {
		if value := r.value(a.Type, r.Name+"."+a.Name, ids); value != "" {
			args = append(args, a.Name+": "+value)
		}
	}
	operation, list := "query", ""
	if r.Mutation {
		operation = "mutation"
	}
	if len(args) > 0 {
		list = "(" + strings.Join(args, ", ") + ")"
	}
	return fmt.Sprintf("%s { %s%s %s }", operation, r.Name, list, r.selection(r.field.Type.Name(), depth))
}

// Paths of arguments that a generated call leaves out.
var leftOut = []string{"last", "after", "before", "state", "level", "revision", "all", "search", "clientMutationId", "unitCode", "validUntil", "organisation", "to", "preset"}

// value writes a value of a type; "" leaves an optional argument out.
func (r *Root) value(t *ast.Type, path string, ids IDs) string {
	name := path[strings.LastIndexByte(path, '.')+1:]
	if !t.NonNull && slices.Contains(leftOut, name) {
		return ""
	}
	if t.Elem != nil {
		return "[" + r.value(t.Elem, path, ids) + "]"
	}
	definition := r.schema.Types[t.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return definition.EnumValues[0].Name
	case ast.InputObject:
		var fields []string
		for _, f := range definition.Fields {
			if value := r.value(f.Type, path+"."+f.Name, ids); value != "" {
				fields = append(fields, f.Name+": "+value)
			}
			if isOneOf(definition) && len(fields) == 1 {
				break
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	}
	return scalar(t.NamedType, name, path, ids)
}

// texts are values that pass the first look of their use case.
var texts = map[string]string{
	"unitCode": "990101201001", "otherUnitCode": "990101201", "code": "990101201001", "from": "2023-04", "to": "2023-09", "fromPeriod": "2023-10",
	"seat": "head", "kind": "office", "post": "office-staff", "pseudonym": "zz-9", "key": "half-year", "number": "演发〔2023〕9号",
	"login": "nobody@demo", "adminLogin": "nobody@demo", "password": "long-enough-87", "adminPassword": "long-enough-87", "role": "judge",
}

func scalar(typeName, name, path string, ids IDs) string {
	switch typeName {
	case "ID":
		return `"` + ids(kindOf(path), path) + `"`
	case "Int":
		if name == "year" {
			return "2023"
		}
		return "2"
	case "Boolean":
		return "true"
	case "Decimal":
		return `"1"`
	case "Date":
		return `"2023-10-20"`
	case "DateTime":
		return `"2023-10-20T08:00:00+08:00"`
	}
	if text, known := texts[name]; known {
		return `"` + text + `"`
	}
	return `"x"`
}

// kinds of what an id names, by the last step of its path.
var kinds = map[string]string{
	"round": "Round", "competition": "Competition", "template": "TemplateVersion", "outcome": "Outcome", "outcomes": "Outcome", "mark": "Mark",
	"issue": "Issue", "grant": "Grant", "token": "ApiToken", "post": "Post", "user": "User", "for": "User", "organisation": "Organisation",
	"from": "TemplateVersion", "to": "TemplateVersion",
}

func kindOf(path string) string {
	switch name := path[strings.LastIndexByte(path, '.')+1:]; {
	case followKind(path, name) != "":
		return followKind(path, name)
	case postingKind(path, name) != "":
		return postingKind(path, name)
	case path == "units.parent":
		return "Unit"
	case path == "round.id", path == "node.id":
		return "Round"
	case strings.HasSuffix(path, "marks.id"), strings.HasSuffix(path, "input.id"):
		return "" // a UUID of the client's own
	case path == "marksConfirm.input.marks", path == "marksReject.input.marks":
		return "Mark"
	case path == "templateDerive.input.parent":
		return "TemplateVersion"
	case name == "parent":
		return "Organisation"
	case kinds[name] != "":
		return kinds[name]
	}
	return "Person"
}

// selection selects what a type has, down to a depth; pages are kept small.
func (r *Root) selection(typeName string, depth int) string {
	definition := r.schema.Types[typeName]
	if definition.Kind == ast.Interface {
		return "{ __typename id }"
	}
	if definition.Kind != ast.Object {
		return ""
	}
	parts := []string{"__typename"}
	for _, f := range definition.Fields {
		below := r.schema.Types[f.Type.Name()]
		switch {
		case f.Name == "edges", f.Name == "blockers" && len(f.Arguments) > 0, below.Kind == ast.Object && depth == 0:
			continue
		case f.Arguments.ForName("first") != nil:
			parts = append(parts, f.Name+"(first: 2) "+r.selection(below.Name, depth-1))
		default:
			parts = append(parts, f.Name+r.required(f)+" "+r.selection(below.Name, depth-1))
		}
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// required fills the arguments without which a field inside cannot be asked for.
func (r *Root) required(f *ast.FieldDefinition) string {
	var args []string
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			args = append(args, a.Name+": "+r.value(a.Type, f.Name+"."+a.Name, Unknown))
		}
	}
	if len(args) == 0 {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// Unknown gives ids that name nothing.
func Unknown(kind, _ string) string {
	if kind == "" {
		return uuid.NewString()
	}
	return UnknownID(kind)
}
