package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// The committed pages are what go generate makes of the schema, and no other
// page stands beside them.
func TestTheReferenceIsCurrent(t *testing.T) {
	t.Parallel()
	domains, err := read(os.DirFS(filepath.Join("..", "schema")))
	if err != nil {
		t.Fatal(err)
	}
	want, folder := pages(domains), filepath.Join("..", "..", "docs", "reference")
	for name, text := range want {
		if have, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(have) != text {
			t.Errorf("docs/reference/%s is not current (%v): run go generate ./graph", name, err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(want) {
		t.Errorf("docs/reference holds %d files, want %d", len(entries), len(want))
	}
}

// Everything that a client can meet is on its page: fields, arguments,
// defaults, permissions, deprecations, and a table survives what descriptions hold.
func TestAPageTellsEverything(t *testing.T) {
	t.Parallel()
	domains, err := read(fstest.MapFS{
		"a.graphql": {Data: []byte(`"A thing | of <b> (东西)." type Thing implements Node { "Id (编号)." id: ID! "Parts (部分)." parts("How many (数)." first: Int = 3): [Other!]! @can(permission: "thing:read") @deprecated(reason: "2026-11-22: gone") }
			extend type Query { "Things (东西)." things("Which (哪些)." kind: Kind): [Thing!]! @can(permission: "thing:read") "Now (现在)." now: String @public }`)},
		"b.graphql": {Data: []byte(`"Another (另一)." type Other { "Id (编号)." id: ID! } "A kind (种类)." enum Kind { "One (一)." ONE } "A number (数)." scalar N @specifiedBy(url: "https://example.org")
			"One of (其一)." input I @oneOf { "A (甲)." a: Int } union U = Thing | Other
			extend type Mutation { "Does (做)." do("What (操作)." input: I!): Thing! @can(permission: "thing:write") } "Marks (标)." directive @mark("How (如何)." how: Int!) on FIELD`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	all := pages(domains)
	for name, wanted := range map[string][]string{
		"a.md": {"### `Thing`", "A thing \\| of &lt;b&gt; (东西).", "implements `Node`", "| `parts` | [`[Other!]!`](b.md#other) | Parts (部分). · `thing:read` **弃用 Deprecated: 2026-11-22: gone** |",
			"| &nbsp;&nbsp;↳ `first` | `Int` = `3` | How many (数). |", "### `things`", "权限 permission `thing:read`", "anybody who is signed in", "[`[Thing!]!`](#thing)"},
		"b.md":      {"| `ONE` | One (一). |", "<https://example.org>", "Exactly one field is given", "- [`Thing`](a.md#thing)", "## 操作 Mutations", "### `@mark`"},
		"README.md": {"| [`do`](b.md#do) | `thing:write` | Does (做). |", "| [`now`](a.md#now) | – | Now (现在). |"},
	} {
		for _, text := range wanted {
			if !strings.Contains(all[name], text) {
				t.Errorf("%s lacks %q:\n%s", name, text, all[name])
			}
		}
	}
	if strings.Contains(all["a.md"], "### `Query`") || len(all) != 3 {
		t.Error("root types are no types of a page")
	}
	if _, err := read(fstest.MapFS{"broken.graphql": {Data: []byte("type {")}}); err == nil {
		t.Error("a broken file is read")
	}
}

// What is written replaces the pages of files that are gone.
func TestPagesOfFilesThatAreGoneGo(t *testing.T) {
	t.Parallel()
	into := filepath.Join(t.TempDir(), "reference")
	if err := os.MkdirAll(into, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(into, "old.md"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(filepath.Join("..", "schema"), into); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(into, "old.md")); err == nil {
		t.Error("the page of a file that is gone is still there")
	}
	if _, err := os.Stat(filepath.Join(into, "round.md")); err != nil {
		t.Error(err)
	}
	if err := run(t.TempDir(), filepath.Join(into, "README.md", "x")); err == nil {
		t.Error("pages are written below a file")
	}
}
