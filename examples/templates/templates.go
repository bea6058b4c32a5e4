// Package templates owns the library of template documents that comes with
// leitai: the presets of the five schemes and a sixth one written by their
// documentation, with names in Chinese and English and a comment beside each
// key that carries a requirement out, and the JSON Schema of template
// documents. It embeds the files beside it, so that the binary can offer them
// without reading a disk.
//
// It does not own what a template means (internal/template does), and it holds
// no marks, ranks or names of anybody.
package templates

import (
	"embed"
	"regexp"
	"slices"
	"strconv"
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

// Keys lists the presets in the order of the schemes they serve.
func Keys() []string {
	keys := make([]string, len(presets))
	for i, p := range presets {
		keys[i] = p.Key
	}
	return keys
}

// Source gives the YAML of a preset, or false when there is none of that key.
func Source(key string) ([]byte, bool) {
	data, err := files.ReadFile(key + ".yaml")
	return data, err == nil
}

// Preset says of a document of the library what it is for.
type Preset struct {
	Key      string
	Scheme   string // letter of the scheme it serves; empty for one beside them
	Zh, En   string // what it is for, in a sentence
	Document string
}

// All lists the library in the order of the schemes.
func All() []Preset {
	all := slices.Clone(presets)
	for i := range all {
		source, found := Source(all[i].Key)
		if !found {
			panic("templates: no file of the preset " + all[i].Key) // a mistake in the program; a test reads them all
		}
		all[i].Document = string(source)
	}
	return all
}

var cited = regexp.MustCompile(`\b[A-EQG][0-9]{1,2}b?\b`)

// Requirements lists the numbers of requirements, readings and guard-rails that
// the comments of a preset name, in order, each once.
func (p Preset) Requirements() []string {
	var all []string
	for line := range strings.Lines(p.Document) {
		if _, comment, found := strings.Cut(line, "#"); found {
			all = append(all, cited.FindAllString(comment, -1)...)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		return number(a) - number(b)
	})
	return slices.Compact(all)
}

func number(cited string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(cited[1:], "b"))
	if err != nil {
		return 0 // the pattern lets digits pass only
	}
	return n
}
