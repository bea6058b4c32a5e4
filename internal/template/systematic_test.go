package template

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

// spot is one value of a document and where it stands.
type spot struct {
	path  string
	value *yaml.Node
}

// spots walks a document and gives every value in it.
func spots(n *yaml.Node, path string) []spot {
	all := []spot{{path, n}}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			all = append(all, spots(n.Content[i+1], join(path, n.Content[i].Value))...)
		}
	case yaml.SequenceNode:
		for i, m := range n.Content {
			all = append(all, spots(m, index(path, i))...)
		}
	}
	return all
}

// tryWith reads the document with one value put in the place of another.
func tryWith(t *testing.T, root, at *yaml.Node, instead yaml.Node) fault.List {
	t.Helper()
	kept := *at
	instead.Line, instead.Column = kept.Line, kept.Column
	*at = instead
	_, err := decode(root)
	*at = kept
	return fault.All(err)
}

func everythingNodes(t *testing.T) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(everythingSource(t), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Content[0]
}

// Every value of the shape, when it has the wrong type, is refused at its own
// path and with a line, whatever else the document says.
func TestEveryValueOfAWrongTypeIsRefusedAtItsPlace(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	all := spots(root, "")
	if len(all) < 450 {
		t.Fatalf("only %d values are tried", len(all))
	}
	wrongs := []yaml.Node{
		{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"},
		{Kind: yaml.SequenceNode, Content: []*yaml.Node{{Kind: yaml.SequenceNode, Line: 1}}},
		{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "9", Line: 1}, {Kind: yaml.ScalarNode, Value: "9", Line: 1}}},
	}
	for i, s := range all {
		wrong := wrongs[i%len(wrongs)]
		l := tryWith(t, root, s.value, wrong)
		if !slices.ContainsFunc(l, func(f *fault.Fault) bool { return inside(f.Field, s.path) && f.Place.Row > 0 }) {
			t.Errorf("%s as %v: %v", s.path, wrong, l)
		}
	}
}

// A key nobody knows is refused in every map that has known keys.
func TestEveryMapRefusesAnUnknownKey(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	open := []string{"options", "table", "levels"} // any key is a member of these, worth so many points
	tried := 0
	for _, s := range spots(root, "") {
		if s.value.Kind != yaml.MappingNode || slices.ContainsFunc(open, func(o string) bool { return strings.HasSuffix(s.path, "."+o) }) {
			continue
		}
		more := *s.value
		more.Content = append(slices.Clone(more.Content), &yaml.Node{Kind: yaml.ScalarNode, Value: "zzz"}, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: "7"})
		l := tryWith(t, root, s.value, more)
		tried++
		if !slices.ContainsFunc(l, func(f *fault.Fault) bool { return strings.HasPrefix(f.Field, join(s.path, "zzz")) }) {
			t.Errorf("%s: %v", s.path, l)
		}
	}
	if tried < 90 {
		t.Errorf("only %d maps are tried", tried)
	}
}

// The document with every key really has every key of the schema, so that the
// tests above leave none out.
func TestEverythingHoldsEveryKey(t *testing.T) {
	t.Parallel()
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, s := range spots(everythingNodes(t), "") {
		have[s.path[strings.LastIndexAny(s.path, ".]")+1:]] = true
	}
	for _, elsewhere := range []string{"window", "to", "in", "grade"} { // a window instead of a day; a grade written short
		have[elsewhere] = true
	}
	for _, key := range schemaKeys(schema) {
		if !have[key] {
			t.Errorf("no document of the tests has the key %s", key)
		}
	}
}

// schemaKeys lists every key that any object of the schema knows.
func schemaKeys(v any) []string {
	var all []string
	switch v := v.(type) {
	case map[string]any:
		if props, ok := v["properties"].(map[string]any); ok {
			for k := range props {
				all = append(all, k)
			}
		}
		for _, m := range v {
			all = append(all, schemaKeys(m)...)
		}
	case []any:
		for _, m := range v {
			all = append(all, schemaKeys(m)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Leaving out any key gives a default, a refusal or an absence, but never a
// document that prints to something else than it reads.
func TestLeavingOutAnyKeyIsStable(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	read := 0
	for _, s := range spots(root, "") {
		if s.value.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i < len(s.value.Content); i += 2 {
			less := *s.value
			less.Content = slices.Delete(slices.Clone(less.Content), i, i+2)
			kept := *s.value
			*s.value = less
			d, err := decode(root)
			*s.value = kept
			if err != nil {
				continue
			}
			read++
			again, err := decode(shape.write(d).node())
			if err != nil || !Equal(d, again) {
				t.Errorf("without %s: %v", join(s.path, s.value.Content[i].Value), Diff(d, again))
			}
		}
	}
	if read < 100 {
		t.Errorf("only %d keys can be left out", read)
	}
}
