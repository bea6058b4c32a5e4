// Package sdl owns the merged form of the public contract: every file of
// graph/schema as one document in a fixed order.
//
// It does not own the contract itself, which is written by hand per domain.
package sdl

import (
	"bytes"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// File is one schema file.
type File struct{ Name, Text string }

// Merge checks the files as one schema and prints it, extensions merged and
// types in the order of their names, descriptions kept.
func Merge(files []File) (string, error) {
	var sources []*ast.Source
	for _, f := range files {
		sources = append(sources, &ast.Source{Name: f.Name, Input: f.Text})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	out.WriteString("# Merged from graph/schema by go generate; edit those files instead.\n")
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(schema)
	return out.String(), nil
}
