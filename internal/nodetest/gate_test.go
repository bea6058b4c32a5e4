package nodetest_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/nodetest"
)

// change is one of those that graphql-inspector finds between two schemas.
type change struct{ Level, Type, Path, Message string }

// exception lets one breaking change through, in tools/contract/breaking.json.
// What it takes away has to have been deprecated in the released schema for six
// months, so that nobody's client breaks without notice.
type exception struct{ Type, Path, Why string }

// notice is how long something stays after it was deprecated.
const noticeMonths = 6

// A client of the last release still works: nothing of the contract is taken
// away or narrowed but what was deprecated for six months and is listed.
func TestNothingBreaksSinceTheRelease(t *testing.T) {
	t.Parallel()
	var listed []exception
	if err := json.Unmarshal([]byte(text(t, "tools/contract/breaking.json")), &listed); err != nil {
		t.Fatal(err)
	}
	released := text(t, "graph/released.graphql")
	for _, problem := range gate(changes(t, released, text(t, "graph/schema.graphql")), schemaOf(t, released), listed, time.Now()) {
		t.Error(problem)
	}
}

// The released schema is that of the version at hand, and the changelog tells
// what changed since: the next release moves both.
func TestTheReleasedSchemaIsOfThisVersion(t *testing.T) {
	t.Parallel()
	version := strings.TrimSpace(text(t, "VERSION"))
	if released := text(t, "graph/released.graphql"); !strings.HasPrefix(released, "# Released as "+version+".\n") {
		t.Errorf("graph/released.graphql is not that of %s: run make schema-release", version)
	}
	if want := string(nodetest.Run(t, "changelog.mjs", nil)); want != text(t, "docs/schema-changelog.md") {
		t.Error("docs/schema-changelog.md is not current: run make schema-changelog")
	}
}

// The gate holds: every way to break a client is found, on the released schema
// itself with one line changed.
func TestTheGateHolds(t *testing.T) {
	t.Parallel()
	released := text(t, "graph/released.graphql")
	schema := schemaOf(t, released)
	for name, c := range map[string]struct{ within, old, changed, path string }{
		"a field is removed":         {"\ntype Board {", "  \"\"\"\n  Whether a later revision replaced it (是否被替代).\n  \"\"\"\n  superseded: Boolean!\n", "", "Board.superseded"},
		"a field may be null":        {"\ntype Board {", "\n  superseded: Boolean!\n", "\n  superseded: Boolean\n", "Board.superseded"},
		"a field has another type":   {"\ntype Board {", "\n  superseded: Boolean!\n", "\n  superseded: String!\n", "Board.superseded"},
		"an argument is removed":     {"\n  board(", "\n\n    \"\"\"\n    Revision of the publication, from 1; the latest when none is given (版次).\n    \"\"\"\n    revision: Int\n", "\n", "Query.board.revision"},
		"an argument is wanted":      {"\n  board(", "\n    revision: Int\n", "\n    revision: Int!\n", "Query.board.revision"},
		"a value is removed":         {"\nenum TemplateFormat {", "  YAML\n", "  YML\n", "TemplateFormat.YAML"},
		"an input field is wanted":   {"\ninput MarksSubmitInput {", "\n  clientMutationId: String\n", "\n  clientMutationId: String!\n", "MarksSubmitInput.clientMutationId"},
		"nothing but more is there":  {"\ntype Board {", "\n  superseded: Boolean!\n", "\n  superseded: Boolean!\n  added: Int\n", ""},
		"nothing but words is other": {"\ntype Query {", "The board of a published round", "The scores of a published round", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from := strings.Index(released, c.within)
			if from < 0 || !strings.Contains(released[from:], c.old) {
				t.Fatalf("the released schema has no %q in %q", c.old, c.within)
			}
			broken := released[:from] + strings.Replace(released[from:], c.old, c.changed, 1)
			problems := gate(changes(t, released, broken), schema, nil, time.Now())
			if c.path == "" && len(problems) > 0 || c.path != "" && !slices.ContainsFunc(problems, func(p string) bool { return strings.HasPrefix(p, c.path+":") }) {
				t.Errorf("%v", problems)
			}
		})
	}
}

// What was deprecated for six months may go when it is listed; not earlier, not
// unlisted, and a list entry that nothing needs is told.
func TestWhatWasDeprecatedLongEnoughMayGo(t *testing.T) {
	t.Parallel()
	const before = `"Q (查)." type Query { "A (甲)." a: Int "B (乙)." b: T @deprecated(reason: "2026-01-15: use a") "C (丙)." c: Int @deprecated(reason: "some day") } "T (丁)." type T { "D (戊)." d: Int }`
	const after = `"Q (查)." type Query { "A (甲)." a: Int "C (丙)." c: Int @deprecated(reason: "some day") }`
	all := changes(t, before, after)
	schema := schemaOf(t, before)
	listed := []exception{{"FIELD_REMOVED", "Query.b", "a tells it"}, {"TYPE_REMOVED", "T", "nothing gives it"}}
	for _, c := range []struct {
		on       string
		listed   []exception
		problems int
	}{
		{"2026-07-15", listed, 0}, {"2026-07-14", listed, 2}, {"2027-01-01", nil, 2},
		{"2026-07-15", append(slices.Clone(listed), exception{"FIELD_REMOVED", "Query.a", "gone"}), 1},
		{"2026-07-15", []exception{{"FIELD_REMOVED", "Query.b", ""}, listed[1]}, 1},
	} {
		on, err := time.Parse(time.DateOnly, c.on)
		if err != nil {
			t.Fatal(err)
		}
		if problems := gate(all, schema, c.listed, on); len(problems) != c.problems {
			t.Errorf("on %s with %d exceptions: %v", c.on, len(c.listed), problems)
		}
	}
	without := `"Q (查)." type Query { "A (甲)." a: Int "B (乙)." b: T @deprecated(reason: "2026-01-15: use a") } "T (丁)." type T { "D (戊)." d: Int }`
	if problems := gate(changes(t, before, without), schema, []exception{{"FIELD_REMOVED", "Query.c", "old"}}, time.Now()); len(problems) != 1 {
		t.Errorf("a deprecation without a date lets a field go: %v", problems)
	}
}

// Whatever is deprecated says since when, so that the notice can be counted.
func TestDeprecationsAreDated(t *testing.T) {
	t.Parallel()
	for _, d := range schemaOf(t, text(t, "graph/schema.graphql")).Types {
		note := func(path string, of ast.DirectiveList) {
			if of.ForName("deprecated") == nil {
				return
			}
			if since, dated := deprecatedSince(of); !dated || since.After(time.Now()) {
				t.Errorf(`%s: want @deprecated(reason: "2026-11-22: what to use instead")`, path)
			}
		}
		for _, f := range d.Fields {
			note(d.Name+"."+f.Name, f.Directives)
			for _, a := range f.Arguments {
				note(d.Name+"."+f.Name+"."+a.Name, a.Directives)
			}
		}
		for _, v := range d.EnumValues {
			note(d.Name+"."+v.Name, v.Directives)
		}
	}
}

func changes(t *testing.T, before, after string) []change {
	t.Helper()
	var all []change
	nodetest.Printed(t, &all, "diff.mjs", nil, written(t, "before.graphql", before), written(t, "after.graphql", after))
	return all
}

func schemaOf(t *testing.T, sdl string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: sdl})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// gate says what stands against a list of changes.
func gate(all []change, released *ast.Schema, listed []exception, now time.Time) []string {
	var problems []string
	needed := map[exception]bool{}
	for _, c := range all {
		if c.Level != "BREAKING" {
			continue
		}
		at := slices.IndexFunc(listed, func(e exception) bool { return e.Type == c.Type && e.Path == c.Path && e.Why != "" })
		if at < 0 {
			problems = append(problems, fmt.Sprintf("%s: %s (%s). Clients of the release break: deprecate it first, keep it for six months, then list it in tools/contract/breaking.json with the reason", c.Path, c.Message, c.Type))
			continue
		}
		needed[listed[at]] = true
		if since, dated := since(released, c.Path); !dated || now.Before(since.AddDate(0, noticeMonths, 0)) {
			problems = append(problems, fmt.Sprintf("%s: it is listed, and was not deprecated for six months in the released schema", c.Path))
		}
	}
	for _, e := range listed {
		if !needed[e] && e.Why != "" {
			problems = append(problems, fmt.Sprintf("%s: nothing needs this exception (%s)", e.Path, e.Type))
		}
	}
	return problems
}

// since tells when what a path names was deprecated. A type counts as
// deprecated when everything that leads to it does, from the last of them on.
func since(released *ast.Schema, path string) (time.Time, bool) {
	steps := strings.Split(path, ".")
	d := released.Types[steps[0]]
	if d == nil {
		return time.Time{}, false
	}
	if len(steps) == 1 {
		return sinceOfType(released, d.Name)
	}
	if f := d.Fields.ForName(steps[1]); f != nil {
		if len(steps) > 2 {
			if a := f.Arguments.ForName(steps[2]); a != nil {
				return deprecatedSince(a.Directives)
			}
			return time.Time{}, false
		}
		return deprecatedSince(f.Directives)
	}
	if v := d.EnumValues.ForName(steps[1]); v != nil {
		return deprecatedSince(v.Directives)
	}
	return time.Time{}, false
}

func sinceOfType(released *ast.Schema, name string) (latest time.Time, dated bool) {
	for _, d := range released.Types {
		for _, f := range d.Fields {
			for _, of := range append([]*ast.Type{f.Type}, argumentTypes(f)...) {
				if of.Name() != name {
					continue
				}
				at, ok := deprecatedSince(f.Directives)
				if !ok {
					return time.Time{}, false
				}
				if at.After(latest) {
					latest = at
				}
				dated = true
			}
		}
	}
	return latest, dated
}

func argumentTypes(f *ast.FieldDefinition) []*ast.Type {
	var all []*ast.Type
	for _, a := range f.Arguments {
		all = append(all, a.Type)
	}
	return all
}

var dated = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}): \S`)

func deprecatedSince(of ast.DirectiveList) (time.Time, bool) {
	d := of.ForName("deprecated")
	if d == nil || d.Arguments.ForName("reason") == nil {
		return time.Time{}, false
	}
	found := dated.FindStringSubmatch(d.Arguments.ForName("reason").Value.Raw)
	if found == nil {
		return time.Time{}, false
	}
	at, err := time.Parse(time.DateOnly, found[1])
	return at, err == nil
}
