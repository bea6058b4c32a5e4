package template

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// treeKind is what a node of a document's neutral form holds.
type treeKind int

const (
	mapTree   treeKind = iota
	keyedTree          // a map whose order has a meaning (bands, channels, grades)
	listTree
	textTree   // a sentence, a name, a key
	dateTree   // a calendar date, written without quotes in YAML
	numberTree // an exact number: plain in YAML, a string in JSON
	countTree  // a whole number that counts something: a number in JSON too
	boolTree
)

// tree is the neutral form of a document between Go values and bytes: printing,
// canonical JSON, comparison and locks all read it, so that they can never
// disagree about what a document says.
type tree struct {
	kind    treeKind
	text    string // of a scalar
	list    []*tree
	entries []entry // of a map, in document order
}

type entry struct {
	key   string
	value *tree
}

func scalar(kind treeKind, text string) *tree { return &tree{kind: kind, text: text} }

// get gives the value under a key of a map, or nil.
func (t *tree) get(key string) *tree {
	if t == nil {
		return nil
	}
	for _, e := range t.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// at follows a dotted path such as bands.bottom.worst; a list is searched by
// the key of its members (items.party). It gives nil where nothing is.
func (t *tree) at(path string) *tree {
	for step := range strings.SplitSeq(path, ".") {
		if t == nil {
			return nil
		}
		if t.kind == listTree {
			t = t.member(step)
			continue
		}
		t = t.get(step)
	}
	return t
}

func (t *tree) member(key string) *tree {
	for _, m := range t.list {
		if k := m.get("key"); k != nil && k.text == key {
			return m
		}
	}
	return nil
}

// isScalar reports whether the node is a leaf.
func (t *tree) isScalar() bool { return t.kind > listTree }

// width is about how many characters the node takes on one line of YAML.
func (t *tree) width() int {
	w := 0
	for _, e := range t.entries {
		w += len(e.key) + len(": , ") + e.value.width()
	}
	for _, m := range t.list {
		w += len(", ") + m.width()
	}
	return w + utf8.RuneCountInString(t.text)
}

// inline prints the node on one line, for messages and differences.
func (t *tree) inline() string {
	if t == nil {
		return ""
	}
	var parts []string
	switch t.kind {
	case mapTree, keyedTree:
		for _, e := range t.entries {
			parts = append(parts, e.key+": "+e.value.inline())
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case listTree:
		for _, m := range t.list {
			parts = append(parts, m.inline())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return t.text
}

// same reports whether two nodes say the same; nothing is only like nothing.
func (t *tree) same(other *tree) bool {
	if t == nil || other == nil {
		return t == other
	}
	var a, b bytes.Buffer
	t.json(&a)
	other.json(&b)
	return bytes.Equal(a.Bytes(), b.Bytes())
}
