package template

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

// jsonNodes builds the same nodes from JSON as YAML gives, with line and column
// of every value and the digits of every number as they were written.
func jsonNodes(data []byte) (*yaml.Node, *fault.Fault) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	w := jsonWalk{dec: dec, data: data}
	root, err := w.value()
	if err != nil {
		return nil, fault.New(fault.TemplateSyntax, "reason", err.Error())
	}
	return root, nil
}

type jsonWalk struct {
	dec  *json.Decoder
	data []byte
	from int // bytes already counted into line and column
	line int // lines before from, counted from 0
	col  int // characters of the current line before from
}

// place moves on to the byte where the next token starts.
func (w *jsonWalk) place() (line, column int) {
	to := int(w.dec.InputOffset())
	for to < len(w.data) && strings.IndexByte(" \t\r\n,:", w.data[to]) >= 0 {
		to++
	}
	for ; w.from < to; w.from++ {
		if utf8.RuneStart(w.data[w.from]) {
			w.col++ // columns count characters, as those of YAML do
		}
		if w.data[w.from] == '\n' {
			w.line, w.col = w.line+1, 0
		}
	}
	return w.line + 1, w.col + 1
}

// value reads one value with all that is in it.
func (w *jsonWalk) value() (*yaml.Node, error) {
	line, col := w.place()
	n := &yaml.Node{Line: line, Column: col}
	token, err := w.dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		n.Kind = yaml.SequenceNode
		if t == '{' {
			n.Kind = yaml.MappingNode
		}
		return n, w.inside(n)
	case string:
		scalarNode(n, "!!str", t)
		n.Style = yaml.DoubleQuotedStyle
	case json.Number:
		tag := "!!float"
		if countShape.MatchString(t.String()) {
			tag = "!!int"
		}
		scalarNode(n, tag, t.String())
	case bool:
		scalarNode(n, "!!bool", strconv.FormatBool(t))
	case nil:
		scalarNode(n, "!!null", "null")
	}
	return n, nil
}

func scalarNode(n *yaml.Node, tag, value string) {
	n.Kind, n.Tag, n.Value = yaml.ScalarNode, tag, value
}

// inside reads the members of a map or list and its closing sign. How deep that
// may go is bounded by the JSON check before it and judged by clean after it.
func (w *jsonWalk) inside(n *yaml.Node) error {
	for w.dec.More() {
		m, err := w.value()
		if err != nil {
			return err
		}
		n.Content = append(n.Content, m)
	}
	_, err := w.dec.Token()
	return err
}
