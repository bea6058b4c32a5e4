package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

// rule is the schema of one value of testdata/everything.yaml.
type rule struct {
	spot
	schema map[string]any
}

// jsonObject gives a JSON object, or none.
func jsonObject(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// alternatives are the schemas of anyOf, or the schema itself.
func alternatives(schema map[string]any) []map[string]any {
	either, ok := schema["anyOf"].([]any)
	if !ok {
		return []map[string]any{schema}
	}
	var all []map[string]any
	for _, one := range either {
		all = append(all, jsonObject(one))
	}
	return all
}

// walkSchema pairs every value of a document with what the schema says of it;
// a value the schema does not describe is given without a schema.
func walkSchema(path string, n *yaml.Node, schema map[string]any) []rule {
	all := []rule{{spot{path, n}, schema}}
	under := func(path string, n *yaml.Node, pick func(map[string]any) any) {
		for _, one := range alternatives(schema) {
			if next := jsonObject(pick(one)); next != nil {
				all = append(all, walkSchema(path, n, next)...)
				return
			}
		}
		all = append(all, rule{spot{path, n}, nil})
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			under(join(path, key), n.Content[i+1], func(s map[string]any) any {
				if p := jsonObject(s["properties"]); p != nil {
					return p[key]
				}
				return s["additionalProperties"]
			})
		}
	case yaml.SequenceNode:
		for i, m := range n.Content {
			under(index(path, i), m, func(s map[string]any) any { return s["items"] })
		}
	}
	return all
}

// rules reads the schema beside the document that has every key.
func rules(t *testing.T) (root *yaml.Node, all []rule) {
	t.Helper()
	root = everythingNodes(t)
	return root, walkSchema("", root, decodedSchema(t))
}

// decodedSchema reads the schema, its numbers as they are written.
func decodedSchema(t *testing.T) map[string]any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(Schema()))
	dec.UseNumber()
	var schema map[string]any
	if err := dec.Decode(&schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// The schema describes every value of every document that comes with leitai.
func TestSchemaDescribesEveryValue(t *testing.T) {
	t.Parallel()
	_, all := rules(t)
	if len(all) < 450 {
		t.Errorf("only %d values are described", len(all))
	}
	schema := decodedSchema(t)
	for _, key := range exampleKeys {
		var doc yaml.Node
		if err := yaml.Unmarshal(exampleSource(t, key), &doc); err != nil {
			t.Fatal(err)
		}
		all = append(all, walkSchema("", doc.Content[0], schema)...)
	}
	for _, r := range all {
		if r.schema == nil {
			t.Errorf("%s is not described", r.path)
		}
	}
}

// The named values of the schema are those that are read, no more and no less.
func TestSchemaNamesTheValuesThatAreRead(t *testing.T) {
	t.Parallel()
	root, all := rules(t)
	tried := 0
	for _, r := range all {
		for _, schema := range alternatives(r.schema) {
			values, _ := schema["enum"].([]any)
			for _, value := range values {
				if l := readWith(root, r.spot, fmt.Sprint(value)); len(l) > 0 {
					t.Errorf("%s may be %v by the schema: %v", r.path, value, l)
				}
				tried++
			}
			if len(values) > 0 {
				if l := readWith(root, r.spot, "zzz"); !has(l, fault.TemplateUnknownValue, r.path) {
					t.Errorf("%s is read as zzz: %v", r.path, l)
				}
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d values are tried", tried)
	}
}

// Counts go as far in the schema as in the reader.
func TestSchemaBoundsCountsAsTheReaderDoes(t *testing.T) {
	t.Parallel()
	root, all := rules(t)
	tried := 0
	for _, r := range all {
		if r.schema["minimum"] == nil {
			continue
		}
		least, most := whole(t, r.schema["minimum"]), whole(t, r.schema["maximum"])
		tried++
		for value, refused := range map[int]bool{least: false, most: false, least - 1: true, most + 1: true} {
			if l := readWith(root, r.spot, fmt.Sprint(value)); has(l, fault.TemplateOutOfRange, r.path) != refused {
				t.Errorf("%s of %d: %v; the schema goes from %v to %v", r.path, value, l, least, most)
			}
		}
	}
	if tried < 25 {
		t.Errorf("only %d counts are tried", tried)
	}
}

func whole(t *testing.T, v any) int {
	t.Helper()
	n, err := strconv.Atoi(fmt.Sprint(v))
	if err != nil {
		t.Fatalf("%v is no whole number", v)
	}
	return n
}

// What the schema requires is missed by the reader, and only that.
func TestSchemaRequiresWhatTheReaderMisses(t *testing.T) {
	t.Parallel()
	root, all := rules(t)
	needed := 0
	for _, r := range all {
		var required []string
		for _, schema := range alternatives(r.schema) {
			keys, _ := schema["required"].([]any)
			for _, key := range keys {
				if s, ok := key.(string); ok && schema["properties"] != nil {
					required = append(required, s)
				}
			}
		}
		if r.value.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i < len(r.value.Content); i += 2 {
			key := r.value.Content[i].Value
			kept := *r.value
			r.value.Content = slices.Delete(slices.Clone(kept.Content), i, i+2)
			missed := has(readPart(root, join(r.path, key)), fault.TemplateMissingKey, join(r.path, key))
			*r.value = kept
			if missed != slices.Contains(required, key) {
				t.Errorf("without %s: missed %v, required by the schema %v", join(r.path, key), missed, required)
			}
			if missed {
				needed++
			}
		}
	}
	if needed < 60 {
		t.Errorf("only %d keys are needed", needed)
	}
}

// Editors that know the schema complete and check what is written: it says its
// dialect, names no other file, and every default is one of the named values.
func TestSchemaIsWholeAndSound(t *testing.T) {
	t.Parallel()
	schema := decodedSchema(t)
	if schema["$schema"] != "https://json-schema.org/draft/2020-12/schema" || schema["additionalProperties"] != false {
		t.Errorf("it says %v, other keys: %v", schema["$schema"], schema["additionalProperties"])
	}
	known := []string{"$schema", "title", "description", "type", "properties", "required", "additionalProperties", "propertyNames", "maxProperties", "items", "maxItems", "anyOf", "enum", "const", "default", "minimum", "maximum", "minLength", "maxLength", "pattern", "format"}
	var walk func(path string, s map[string]any)
	walk = func(path string, s map[string]any) {
		for _, keyword := range slices.Sorted(maps.Keys(s)) {
			if !slices.Contains(known, keyword) {
				t.Errorf("%s: no reader of schemas knows %s", path, keyword)
			}
		}
		if values, ok := s["enum"].([]any); ok && s["default"] != nil && !slices.Contains(values, s["default"]) {
			t.Errorf("%s: the default %v is none of %v", path, s["default"], values)
		}
		for key, p := range jsonObject(s["properties"]) {
			walk(join(path, key), jsonObject(p))
		}
		for _, key := range []string{"items", "additionalProperties", "propertyNames"} {
			if next := jsonObject(s[key]); next != nil {
				walk(strings.TrimPrefix(path+"."+key, "."), next)
			}
		}
		if s["anyOf"] != nil {
			for _, one := range alternatives(s) {
				walk(path, one)
			}
		}
	}
	walk("", schema)
}
