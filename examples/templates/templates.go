// Package templates owns the example template documents that come with leitai:
// one for each of the five schemes, with names in Chinese and English, and the
// JSON Schema of template documents. It embeds the files beside it so that the
// binary can offer them as presets without reading a disk.
//
// It does not own what a template means (internal/template does), and it holds
// no marks, ranks or names of anybody.
package templates

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.yaml template.schema.json
var files embed.FS

// Schema is the JSON Schema of schemaVersion 1, every key described in Chinese
// and English.
func Schema() []byte {
	data, err := files.ReadFile("template.schema.json")
	if err != nil {
		panic("templates: " + err.Error()) // the file is embedded
	}
	return data
}

// Keys lists the examples in alphabetical order.
func Keys() []string {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic("templates: " + err.Error()) // the pattern is constant
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, ".yaml")
	}
	return names
}

// Source gives the YAML of an example, or false when there is none of that key.
func Source(key string) ([]byte, bool) {
	data, err := files.ReadFile(key + ".yaml")
	return data, err == nil
}
