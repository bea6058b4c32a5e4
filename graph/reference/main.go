// Command reference writes docs/reference from graph/schema: a page for every
// domain with what can be asked, what can be done, and the types of both, in
// the words of the schema itself. It is run by go generate in graph.
//
// It owns how the pages look. What they say stands in the schema.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

func main() {
	if err := run("schema", filepath.Join("..", "docs", "reference")); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

// run writes a page for every file of a folder and removes those of files that
// are gone.
func run(folder, into string) error {
	domains, err := read(os.DirFS(folder))
	if err != nil {
		return err
	}
	if err := os.RemoveAll(into); err != nil {
		return err
	}
	if err := os.MkdirAll(into, 0o755); err != nil { //nolint:gosec // read by everybody
		return err
	}
	for name, text := range pages(domains) {
		if err := os.WriteFile(filepath.Join(into, name), []byte(text), 0o644); err != nil { //nolint:gosec // read by everybody
			return err
		}
	}
	return nil
}

// domain is one file of the schema.
type domain struct {
	name string
	doc  *ast.SchemaDocument
}

// read parses every file of the schema by itself, so that what belongs to a
// domain stays together.
func read(files fs.FS) ([]domain, error) {
	names, err := fs.Glob(files, "*.graphql")
	if err != nil {
		return nil, err
	}
	var all []domain
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		doc, err := parser.ParseSchema(&ast.Source{Name: name, Input: string(text)})
		if err != nil {
			return nil, err
		}
		all = append(all, domain{name: strings.TrimSuffix(name, ".graphql"), doc: doc})
	}
	return all, nil
}

// pages renders every domain and the index of them all.
func pages(domains []domain) map[string]string {
	at := places(domains)
	all := map[string]string{"README.md": index(domains)}
	for _, d := range domains {
		all[d.name+".md"] = page(d, at)
	}
	return all
}

// places tells on which page a type stands.
func places(domains []domain) map[string]string {
	at := map[string]string{}
	for _, d := range domains {
		for _, t := range d.doc.Definitions {
			at[t.Name] = d.name
		}
	}
	return at
}
