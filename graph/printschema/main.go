// Command printschema merges graph/schema/*.graphql into graph/schema.graphql,
// the one file that clients and linters of the contract read. It is run by
// go generate in graph.
package main

import (
	"fmt"
	"io/fs"
	"os"

	"leitai/graph/sdl"
)

func main() {
	if err := run("schema", "schema.graphql"); err != nil {
		fmt.Fprintln(os.Stderr, "printschema:", err)
		os.Exit(1)
	}
}

func run(folder, into string) error {
	schema := os.DirFS(folder)
	files, err := fs.Glob(schema, "*.graphql")
	if err != nil {
		return err
	}
	var sources []sdl.File
	for _, name := range files {
		text, err := fs.ReadFile(schema, name)
		if err != nil {
			return err
		}
		sources = append(sources, sdl.File{Name: name, Text: string(text)})
	}
	merged, err := sdl.Merge(sources)
	if err != nil {
		return err
	}
	return os.WriteFile(into, []byte(merged), 0o644) //nolint:gosec // read by everybody
}
