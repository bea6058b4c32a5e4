package paperwork

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// node is an element of a form's part with everything as it was written: what a
// form says in ways unknown here stays as it is.
type node struct {
	name  string // as written, with its prefix: w:t; "" for the document and for what is no element
	open  string // the start tag as written, or a text, a comment or an instruction
	close string // the end tag as written; "" where the start tag is the whole
	text  string // of a text node, decoded
	isTxt bool
	fresh bool // a run's text that was replaced
	inner []*node
}

const nestedMost = 200

var errXML = errors.New("paperwork: the part is no well-formed XML")

// parse reads a part. Names and tags are taken as written; only text is decoded.
func parse(body []byte) (*node, error) {
	root := &node{}
	stack := []*node{root}
	d := xml.NewDecoder(bytes.NewReader(body))
	for from := int64(0); ; from = d.InputOffset() {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errXML
		}
		written := string(body[from:d.InputOffset()])
		top := stack[len(stack)-1]
		switch e := token.(type) {
		case xml.StartElement:
			n := &node{name: nameOf(e.Name), open: written}
			top.inner = append(top.inner, n)
			if len(stack) > nestedMost {
				return nil, errXML
			}
			stack = append(stack, n)
		case xml.EndElement:
			if len(stack) == 1 || top.name != nameOf(e.Name) {
				return nil, errXML
			}
			top.close = written // "" after <x/>, which the decoder ends by itself
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.inner = append(top.inner, &node{isTxt: true, open: written, text: string(e)})
		default:
			top.inner = append(top.inner, &node{open: written})
		}
	}
	if len(stack) != 1 {
		return nil, errXML
	}
	return root, nil
}

func nameOf(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func (n *node) clone() *node {
	c := *n
	c.inner = make([]*node, len(n.inner))
	for i, m := range n.inner {
		c.inner[i] = m.clone()
	}
	return &c
}

// write puts the part together again, as it was written but for replaced texts:
// they keep their blanks, and their tabs and line ends become what a word
// processor has for them.
func (n *node) write(b *bytes.Buffer) {
	if n.fresh {
		open, text := `<w:t xml:space="preserve">`, escaped(n.words())
		for _, c := range []struct{ from, to string }{{"&#xD;&#xA;", "br"}, {"&#xA;", "br"}, {"&#x9;", "tab"}} {
			text = strings.ReplaceAll(text, c.from, "</w:t><w:"+c.to+"/>"+open)
		}
		b.WriteString(open + text + "</w:t>")
		return
	}
	b.WriteString(n.open)
	for _, m := range n.inner {
		m.write(b)
	}
	b.WriteString(n.close)
}

// words is the text below a node.
func (n *node) words() string {
	if n.isTxt {
		return n.text
	}
	var b strings.Builder
	for _, m := range n.inner {
		b.WriteString(m.words())
	}
	return b.String()
}

// each visits every element of a name from the outside in; what visit refuses is
// not entered.
func (n *node) each(name string, visit func(*node) bool) {
	for _, m := range n.inner {
		if m.name == name && !visit(m) {
			continue
		}
		m.each(name, visit)
	}
}

// runs are the texts of a paragraph in their order, without those of paragraphs
// inside it (text boxes).
func (n *node) runs() []*node {
	var all []*node
	for _, m := range n.inner {
		switch m.name {
		case "w:t":
			all = append(all, m)
		case "w:p":
		default:
			all = append(all, m.runs()...)
		}
	}
	return all
}

// instructions are the codes of all fields, those in attributes too.
func (n *node) instructions() string {
	var b strings.Builder
	var visit func(m *node)
	visit = func(m *node) {
		_, local, _ := strings.Cut(":"+m.name, ":")
		switch local[strings.LastIndexByte(local, ':')+1:] {
		case "instrText", "delInstrText":
			b.WriteString(m.words())
		case "fldSimple", "altChunk", "object", "control":
			b.WriteString(" " + m.open + " ")
		}
		for _, inner := range m.inner {
			visit(inner)
		}
	}
	visit(n)
	return b.String()
}
