package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Schema gives the JSON Schema of schemaVersion 1, with every key described in
// Chinese and English. It is made from the same description that reads and
// prints documents; what only rules can say (sums, references) is not in it.
func Schema() []byte {
	s := shape.schema()
	s.entries = append([]entry{
		{"$schema", scalar(textTree, "https://json-schema.org/draft/2020-12/schema")},
		{"title", scalar(textTree, "模板文档 / template document, schemaVersion 1")},
	}, s.entries...)
	var compact, out bytes.Buffer
	s.json(&compact)
	if err := json.Indent(&out, compact.Bytes(), "", "  "); err != nil {
		panic("template: the schema is no JSON: " + err.Error()) // a test reads it
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// schemaOf builds a schema from pairs of key and value.
func schemaOf(pairs ...any) *tree {
	t := &tree{kind: mapTree}
	for pair := range slices.Chunk(pairs, 2) {
		key, ok := pair[0].(string)
		if !ok || len(pair) != 2 {
			panic(fmt.Sprintf("template: %v is no key of a schema with its value", pair)) // a mistake in the program
		}
		t.entries = append(t.entries, entry{key, schemaValue(pair[1])})
	}
	return t
}

func schemaValue(v any) *tree {
	switch v := v.(type) {
	case *tree:
		return v
	case []*tree:
		return &tree{kind: listTree, list: v}
	case string:
		return scalar(textTree, v)
	case int:
		return scalar(countTree, strconv.Itoa(v))
	case bool:
		return scalar(boolTree, strconv.FormatBool(v))
	case []string:
		t := &tree{kind: listTree}
		for _, s := range v {
			t.list = append(t.list, scalar(textTree, s))
		}
		return t
	}
	panic(fmt.Sprintf("template: no schema for %T", v))
}

// objectSchema describes every key in both languages.
func objectSchema[S any](fields []field[S]) *tree {
	keys, required := &tree{kind: mapTree}, []string{}
	for _, f := range fields {
		one := *f.schema()
		one.entries = append([]entry{
			{"title", scalar(textTree, f.about.ZH)},
			{"description", scalar(textTree, f.about.EN)},
		}, one.entries...)
		keys.entries = append(keys.entries, entry{f.key, &one})
		if f.required {
			required = append(required, f.key)
		}
	}
	return schemaOf("type", "object", "additionalProperties", false, "properties", keys, "required", required)
}
