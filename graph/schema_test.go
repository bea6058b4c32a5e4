package graph

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"leitai/graph/sdl"
	"leitai/internal/authz"
)

func contract() *ast.Schema { return NewSchema(&Resolver{}).Schema() }

// own lists the types of the contract, those of introspection left out.
func own(kinds ...ast.DefinitionKind) []*ast.Definition {
	var all []*ast.Definition
	for name, d := range contract().Types {
		for _, kind := range kinds {
			if d.Kind == kind && !strings.HasPrefix(name, "__") {
				all = append(all, d)
			}
		}
	}
	return all
}

// Every query and mutation names the one permission it needs, or that it needs
// none; every permission named anywhere is one of the catalogue.
func TestEveryRootFieldNamesItsPermission(t *testing.T) {
	t.Parallel()
	schema := contract()
	roots := 0
	for _, object := range []*ast.Definition{schema.Query, schema.Mutation} {
		for _, f := range object.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			roots++
			can, public := f.Directives.ForName("can"), f.Directives.ForName("public")
			if (can == nil) == (public == nil) {
				t.Errorf("%s.%s has to carry one of @can and @public", object.Name, f.Name)
			}
			if object == schema.Mutation && can == nil {
				t.Errorf("the mutation %s is public", f.Name)
			}
		}
	}
	if roots < 80 {
		t.Errorf("only %d fields", roots)
	}
}

// refusedInside are permissions that count as reading: their use cases refuse a
// read-only token themselves, or a reader may do what they do.
var refusedInside = map[authz.Permission]string{
	authz.TenantLeave:   "a tenant that is read-only calls its end off",
	authz.ExportRequest: "whoever reads may export what it reads; nothing changes but its own list of jobs",
}

func TestPermissionsAreOfTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, object := range own(ast.Object) {
		for _, f := range object.Fields {
			can := f.Directives.ForName("can")
			if can == nil {
				continue
			}
			permission := authz.Permission(can.Arguments.ForName("permission").Value.Raw)
			info, known := authz.InfoOf(permission)
			if !known {
				t.Errorf("%s.%s: no permission is called %s", object.Name, f.Name, permission)
			}
			if object.Name == "Mutation" && !info.Writes && refusedInside[permission] == "" {
				t.Errorf("the mutation %s asks for %s, which a read-only token holds", f.Name, permission)
			}
		}
	}
}

// No input can say for which tenant, by whom or in which state something is
// written: the viewer and the use case do.
//
// covers T11
func TestNoInputSaysWhatTheServerKnows(t *testing.T) {
	t.Parallel()
	known := regexp.MustCompile(`(?i)tenant|region|locked|(created|entered|decided|approved|confirmed|executed|published|granted|posted|verified)(By|At)?$|^state$|epoch|hash|audit`)
	for _, input := range own(ast.InputObject) {
		for _, f := range input.Fields {
			if known.MatchString(f.Name) {
				t.Errorf("%s.%s is for the server to know", input.Name, f.Name)
			}
		}
	}
	for _, f := range contract().Mutation.Fields {
		if len(f.Arguments) != 1 || f.Arguments[0].Name != "input" {
			t.Errorf("%s takes something beside its input", f.Name)
		}
	}
}

// Mutations are alike: an input that may carry the client's own mark, and a
// payload that gives it back with the user errors.
func TestMutationsAreAlike(t *testing.T) {
	t.Parallel()
	schema := contract()
	for _, f := range schema.Mutation.Fields {
		payload := schema.Types[f.Type.Name()]
		if !f.Type.NonNull || !strings.HasSuffix(payload.Name, "Payload") {
			t.Errorf("%s answers %s", f.Name, f.Type)
		}
		for name, want := range map[string]string{"userErrors": "[UserError!]!", "clientMutationId": "String"} {
			if field := payload.Fields.ForName(name); field == nil || field.Type.String() != want {
				t.Errorf("%s has to have %s: %s", payload.Name, name, want)
			}
		}
		input := schema.Types[f.Arguments[0].Type.Name()]
		if input.Fields.ForName("clientMutationId") == nil {
			t.Errorf("%s has no clientMutationId", input.Name)
		}
	}
}

// Connections are Relay's: edges with cursors, nodes, page information, and
// the four arguments on every field that gives one.
func TestConnectionsAreRelays(t *testing.T) {
	t.Parallel()
	schema := contract()
	for _, d := range own(ast.Object) {
		for _, f := range d.Fields {
			if !strings.HasSuffix(f.Type.Name(), "Connection") {
				continue
			}
			for _, arg := range []string{"first", "after", "last", "before"} {
				if f.Arguments.ForName(arg) == nil {
					t.Errorf("%s.%s lacks %s", d.Name, f.Name, arg)
				}
			}
			connection := schema.Types[f.Type.Name()]
			for name, want := range map[string]string{"pageInfo": "PageInfo!"} {
				if got := connection.Fields.ForName(name); got == nil || got.Type.String() != want {
					t.Errorf("%s.%s should be %s", connection.Name, name, want)
				}
			}
		}
	}
}

// The committed schema.graphql is what go generate makes of the files.
func TestTheMergedSchemaIsCurrent(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir("schema")
	if err != nil {
		t.Fatal(err)
	}
	var files []sdl.File
	for _, e := range entries {
		text, err := os.ReadFile("schema/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, sdl.File{Name: e.Name(), Text: string(text)})
	}
	want, err := sdl.Merge(files)
	if err != nil {
		t.Fatal(err)
	}
	if have, err := os.ReadFile("schema.graphql"); err != nil || string(have) != want {
		t.Errorf("graph/schema.graphql is not current (%v): run go generate ./graph", err)
	}
	if _, err := sdl.Merge([]sdl.File{{Name: "broken.graphql", Text: "type Query { x: Nothing }"}}); err == nil {
		t.Error("a schema with a type that does not exist is merged")
	}
}
