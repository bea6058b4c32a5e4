package template

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// lineWidth is how long a map or list may be to stand on one line of YAML; with
// its indentation it stays below the 80 columns at which the encoder breaks.
const lineWidth = 70

// Print writes a document as readable YAML: keys in their stated order, short
// maps on one line, every default written out. Parse reads it back unchanged,
// and printing that again gives the same bytes.
func Print(d Document) []byte {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	root := shape.write(d).node()
	root.Style = 0
	err := enc.Encode(root)
	if err == nil {
		err = enc.Close()
	}
	if err != nil {
		panic("template: printing into memory: " + err.Error()) // cannot happen: plain nodes, no file
	}
	return b.Bytes()
}

// Canonical writes a document as canonical JSON for hashing and storage: keys
// sorted, no space, every default explicit, exact numbers as strings and counts
// as whole numbers; what has an order (channels, bands, grades …) is a list
// whose members carry their key. Equal documents give equal bytes; Read reads
// them back.
func Canonical(d Document) []byte {
	var b bytes.Buffer
	shape.write(d).json(&b)
	return b.Bytes()
}

// JSON writes a document as indented canonical JSON, for a person or a program
// of another office to read; Parse reads it back unchanged.
func JSON(d Document) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, Canonical(d), "", "  "); err != nil {
		panic("template: the canonical form is no JSON: " + err.Error()) // cannot happen
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// Read reads canonical JSON back; it is Parse under the name of its use.
func Read(data []byte) (Document, error) { return Parse(data) }

// Equal reports whether two documents say the same.
func Equal(a, b Document) bool { return bytes.Equal(Canonical(a), Canonical(b)) }

// MarshalJSON gives the canonical form, so that a document inside another JSON
// value keeps its exact numbers.
func (d Document) MarshalJSON() ([]byte, error) { return Canonical(d), nil }

// UnmarshalJSON reads and validates a document inside another JSON value; the
// error is a fault.List.
func (d *Document) UnmarshalJSON(data []byte) error {
	read, err := Parse(data)
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// node gives the YAML form: short maps and lists on one line.
func (t *tree) node() *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: t.text}
	switch t.kind {
	case mapTree, keyedTree:
		n.Kind = yaml.MappingNode
		for _, e := range t.entries {
			n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: e.key}, e.value.node())
		}
	case listTree:
		n.Kind = yaml.SequenceNode
		for _, m := range t.list {
			n.Content = append(n.Content, m.node())
		}
	case textTree:
		n.Tag = "!!str"
		n.Style = textStyle(t.text)
	case dateTree:
		n.Tag = "!!timestamp"
	case countTree:
		n.Tag = "!!int"
	case boolTree:
		n.Tag = "!!bool"
	case numberTree:
		n.Tag = plainTag(t.text)
	}
	if !t.isScalar() && t.width() <= lineWidth {
		n.Style = yaml.FlowStyle
	}
	return n
}

// otherwiseRead are words that YAML, or an older reader of it, takes for
// something else than text; the encoder leaves them bare.
var otherwiseRead = []string{"<<", "=", "y", "n", "yes", "no", "on", "off"}

// textStyle quotes what would be misread and gives paragraphs their lines.
func textStyle(text string) yaml.Style {
	switch {
	case strings.Contains(text, "\n"):
		return yaml.LiteralStyle
	case slices.Contains(otherwiseRead, strings.ToLower(text)):
		return yaml.DoubleQuotedStyle
	}
	return 0
}

// plainTag is the tag that a number has without quotes in YAML.
func plainTag(text string) string {
	switch {
	case countShape.MatchString(text):
		return "!!int"
	case strings.ContainsAny(text, "/%"):
		return "!!str"
	}
	return "!!float"
}

// json writes canonical JSON.
func (t *tree) json(b *bytes.Buffer) {
	switch t.kind {
	case mapTree:
		sorted := slices.Clone(t.entries)
		slices.SortFunc(sorted, func(a, b entry) int { return strings.Compare(a.key, b.key) })
		b.WriteByte('{')
		for i, e := range sorted {
			comma(b, i)
			quote(b, e.key)
			b.WriteByte(':')
			e.value.json(b)
		}
		b.WriteByte('}')
	case keyedTree:
		t.rows().json(b)
	case listTree:
		b.WriteByte('[')
		for i, m := range t.list {
			comma(b, i)
			m.json(b)
		}
		b.WriteByte(']')
	case countTree, boolTree:
		b.WriteString(t.text)
	default:
		quote(b, t.text)
	}
}

// rows is the form of an ordered map in canonical JSON, where maps are sorted:
// a list whose members carry their key. A member that is not a map stands under
// value.
func (t *tree) rows() *tree {
	list := &tree{kind: listTree}
	for _, e := range t.entries {
		row := &tree{kind: mapTree, entries: []entry{{"key", scalar(textTree, e.key)}}}
		if e.value.kind == mapTree {
			row.entries = append(row.entries, e.value.entries...)
		} else {
			row.entries = append(row.entries, entry{"value", e.value})
		}
		list.list = append(list.list, row)
	}
	return list
}

func comma(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

// quote writes a JSON string without escaping what only HTML would need.
func quote(b *bytes.Buffer, s string) {
	if isASCIIWord(s) {
		b.WriteByte('"')
		b.WriteString(s)
		b.WriteByte('"')
		return
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("template: a string as JSON: " + err.Error()) // cannot happen
	}
	b.Truncate(b.Len() - 1) // the encoder ends with a line feed
}

// isASCIIWord reports whether a string stands in JSON as it is; keys, numbers
// and named values do, which are most of a document.
func isASCIIWord(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return true
}
