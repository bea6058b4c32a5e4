package graphtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Tour is one operation that selects everything that a type has of its own.
type Tour struct {
	Type  string
	Root  *Root
	Write func(value func(Param) string) string
}

// Tours gives one for every object type: by node where objects have ids,
// otherwise along the shortest way from a field of Query, or of Mutation.
func Tours() []Tour {
	schema := Schema()
	var all []Tour
	var node *Root
	ways := map[string][]*ast.FieldDefinition{}
	starts := map[string]*Root{}
	var queue []string
	reach := func(name string, root *Root, way []*ast.FieldDefinition) {
		if d := schema.Types[name]; d.Kind == ast.Object && starts[name] == nil {
			starts[name], ways[name] = root, way
			queue = append(queue, name)
		}
	}
	for _, root := range Roots() {
		if root.Name == "node" {
			node = root
			continue
		}
		reach(root.field.Type.Name(), root, nil)
		for ; len(queue) > 0 && !root.Mutation; queue = queue[1:] {
			from := queue[0]
			for _, f := range schema.Types[from].Fields {
				reach(f.Type.Name(), root, append(slices.Clone(ways[from]), f))
			}
		}
	}
	for ; len(queue) > 0; queue = queue[1:] { // what only mutations answer with
		for _, f := range schema.Types[queue[0]].Fields {
			reach(f.Type.Name(), starts[queue[0]], append(slices.Clone(ways[queue[0]]), f))
		}
	}
	for _, d := range schema.PossibleTypes["Node"] {
		all = append(all, Tour{Type: d.Name, Root: node, Write: node.tour(d.Name, "... on "+d.Name+" "+node.own(d), nil)})
		delete(starts, d.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(starts)) {
		root := starts[name]
		all = append(all, Tour{Type: name, Root: root, Write: root.tour(name, root.own(schema.Types[name]), ways[name])})
	}
	return all
}

// tour writes the operation along a way.
func (r *Root) tour(name, selection string, way []*ast.FieldDefinition) func(func(Param) string) string {
	if strings.HasPrefix(selection, "...") {
		selection = "{ " + selection + " }"
	}
	for i := len(way) - 1; i >= 0; i-- {
		selection = "{ " + way[i].Name + r.required(way[i]) + " " + selection + " }"
	}
	return func(value func(Param) string) string {
		var args []string
		for _, a := range r.field.Arguments {
			if a.Type.NonNull {
				args = append(args, a.Name+": "+r.fill(a.Type, r.Name+"."+a.Name, Filling{With: func(string) bool { return false }, Value: value}))
			}
		}
		operation, list := "query", ""
		if r.Mutation {
			operation = "mutation"
		}
		if len(args) > 0 {
			list = "(" + strings.Join(args, ", ") + ")"
		}
		return fmt.Sprintf("%s %s { %s%s %s }", operation, "Of"+name, r.Name, list, selection)
	}
}

// own selects every field of a type; of what is an object only its type.
func (r *Root) own(d *ast.Definition) string {
	parts := []string{"__typename"}
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		part := f.Name + r.required(f)
		switch r.schema.Types[f.Type.Name()].Kind {
		case ast.Object, ast.Interface, ast.Union:
			part += " { __typename }"
		}
		parts = append(parts, part)
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// Fields lists every field of every object type of the contract, as Type.field.
func Fields() []string {
	var all []string
	for _, d := range Schema().Types {
		if d.Kind != ast.Object || strings.HasPrefix(d.Name, "__") {
			continue
		}
		for _, f := range d.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				all = append(all, d.Name+"."+f.Name)
			}
		}
	}
	slices.Sort(all)
	return all
}

// Selected notes in seen which fields an operation selects.
func Selected(schema *ast.Schema, query string, seen map[string]bool) error {
	doc, err := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
	if err != nil {
		return err
	}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				seen[s.ObjectDefinition.Name+"."+s.Name] = true
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			}
		}
	}
	for _, operation := range doc.Operations {
		walk(operation.SelectionSet)
	}
	return nil
}
