// Command lighten rewrites the generated execution code in graph/exec, after
// gqlgen, where gqlgen does more than plain data needs: a field context, a
// chain of closures and a deferred recover for every leaf, and a goroutine for
// every member of a list.
//
// A leaf that is a field of its object, without resolver and directive, is
// marshalled without any of that. An object below which every field is of that
// kind is written into one piece of memory with everything below it, and so is a
// list of such objects (straight.go). Everything else stays as gqlgen made it:
// errors of resolvers keep their path, and resolvers of a list run side by side.
package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	files, err := filepath.Glob("exec/*.generated.go")
	if err == nil {
		err = rewrite(files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var (
	// fieldFunc is the function of one field: type, field, Go type of the object, body.
	fieldFunc = regexp.MustCompile(`(?m)^func \(ec \*executionContext\) _([A-Za-z0-9]+)_(\w+)\(ctx context\.Context, field graphql\.CollectedField, obj \S+\) \(ret graphql\.Marshaler\) \{\n((?:\t.*\n|\n)*)\}\n`)
	// plainBody reads a struct field, through no chain, and marshals it.
	plainBody = regexp.MustCompile(`(?s)^\treturn graphql\.ResolveField\(.*?func\(ctx context\.Context\) \(any, error\) \{\n\t\t\treturn (obj\.\w+), nil\n\t\t\},\n\t\tnil,\n\t\tfunc\(.*?\) graphql\.Marshaler \{\n\t\t\treturn (ec\.marshal\S+)\(ctx, selections, v\)\n\t\t\},\n\t\ttrue,\n\t\t(?:true|false),\n\t\)\n$`)
	// leaf is told by the field's context, child by the type below it.
	leaf  = regexp.MustCompile(`func \(ec \*executionContext\) fieldContext_([A-Za-z0-9]+)_(\w+)\(.*\{\n\treturn graphql\.NewScalarFieldContext\("\w+", field,(?: false,){2}`)
	child = regexp.MustCompile(`(?s)func \(ec \*executionContext\) fieldContext_([A-Za-z0-9]+)_(\w+)\([^\n]*\{\n(?:[^\n]+\n)*?[^\n]*return ec\.childFields_(\w+)\(ctx, field\)`)
	// list is a list written by goroutines: what marshals a member, its type, the
	// rest of its name, and the check that no member is null.
	list = regexp.MustCompile(`(?m)^\tret := graphql\.MarshalSliceConcurrently\(ctx, len\(v\), 0, false, func\(ctx context\.Context, i int\) graphql\.Marshaler \{\n\t\tfc := graphql\.GetFieldContext\(ctx\)\n\t\tfc\.Result = &v\[i\]\n\t\treturn (ec\.marshal[NO]([A-Za-z0-9]+)2(\S+))\(ctx, sel, v\[i\]\)\n\t\}\)\n(\n\tfor _, e := range ret \{\n\t\tif e == graphql\.Null \{\n\t\t\treturn graphql\.Null\n\t\t\}\n\t\}\n)?\n\treturn ret\n`)
)

// shape is what is known of one field.
type shape struct {
	plain bool   // read from the object, through nothing
	leaf  bool   // a scalar or enum, or a list of them
	child string // the object type below; empty for a leaf and for interfaces

	value, marshal string // of a plain one: where it is read, and what marshals it
}

func rewrite(files []string) error {
	texts := make(map[string]string, len(files))
	shapes := map[string]map[string]*shape{}
	for _, name := range files {
		text, err := os.ReadFile(name) //nolint:gosec // a file of the folder it rewrites
		if err != nil {
			return err
		}
		texts[name] = string(text)
		learn(string(text), shapes)
	}
	straight := straightTypes(texts, shapes, resolverFree(shapes))
	leaves, objects := 0, 0
	for _, name := range files {
		text := straighten(texts[name], shapes, straight)
		objects += strings.Count(text, ") write_")
		text = fieldFunc.ReplaceAllStringFunc(text, func(whole string) string {
			m := fieldFunc.FindStringSubmatch(whole)
			s := shapes[m[1]][m[2]]
			if !s.plain || !s.leaf {
				return whole
			}
			leaves++
			return strings.Replace(whole, m[3], "\treturn "+s.marshal+"(ctx, field.Selections, "+s.value+")\n", 1)
		})
		if filepath.Base(name) == "root_.generated.go" {
			var err error
			if text, err = withoutUnmarshalers(text); err != nil {
				return err
			}
		}
		if text == texts[name] {
			continue
		}
		if err := save(name, text); err != nil {
			return fmt.Errorf("lighten: %s: %w", name, err)
		}
	}
	if leaves == 0 || objects == 0 {
		return fmt.Errorf("lighten: %d leaves and %d objects were rewritten: gqlgen writes differently now", leaves, objects)
	}
	return nil
}

// save writes a file that compiles and is formatted.
func save(name, text string) error {
	text, err := withoutUnused(text)
	if err != nil {
		return err
	}
	source, err := format.Source([]byte(text))
	if err != nil {
		return err
	}
	return os.WriteFile(name, source, 0o644) //nolint:gosec // source code
}

// withoutUnused takes out the imports that nothing names any more.
func withoutUnused(text string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, 0)
	if err != nil {
		return "", err
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, i := range file.Imports {
		called, line := path.Base(strings.Trim(i.Path.Value, `"`)), i.Path.Value
		if i.Name != nil {
			called, line = i.Name.Name, i.Name.Name+" "+line
		}
		if !used[called] {
			text = strings.Replace(text, "\t"+line+"\n", "", 1)
		}
	}
	return text, nil
}

// learn gathers what a file tells of fields.
func learn(text string, shapes map[string]map[string]*shape) {
	of := func(m []string) *shape {
		if shapes[m[1]] == nil {
			shapes[m[1]] = map[string]*shape{}
		}
		if shapes[m[1]][m[2]] == nil {
			shapes[m[1]][m[2]] = &shape{}
		}
		return shapes[m[1]][m[2]]
	}
	for _, m := range fieldFunc.FindAllStringSubmatch(text, -1) {
		if body := plainBody.FindStringSubmatch(m[3]); body != nil {
			s := of(m)
			s.plain, s.value, s.marshal = true, body[1], body[2]
		} else {
			of(m).plain = false
		}
	}
	for _, m := range leaf.FindAllStringSubmatch(text, -1) {
		of(m).leaf = true
	}
	for _, m := range child.FindAllStringSubmatch(text, -1) {
		of(m).child = m[3]
	}
}

// resolverFree finds the types below which every field is plain. It begins with
// all types and takes out what is not, until nothing changes.
func resolverFree(shapes map[string]map[string]*shape) map[string]bool {
	free := make(map[string]bool, len(shapes))
	for name := range shapes {
		free[name] = true
	}
	for changed := true; changed; {
		changed = false
		for name, fields := range shapes {
			if free[name] && !slices.ContainsFunc(values(fields), func(s *shape) bool { return !s.plain || !s.leaf && !free[s.child] }) {
				continue
			}
			changed = changed || free[name]
			free[name] = false
		}
	}
	return free
}

func values(fields map[string]*shape) []*shape {
	all := make([]*shape, 0, len(fields))
	for _, s := range fields {
		all = append(all, s)
	}
	return all
}
