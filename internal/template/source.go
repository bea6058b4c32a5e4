package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

const (
	// MaxBytes is the largest document that is read.
	MaxBytes = 256 << 10
	// maxDepth is how deep maps and lists may stand in each other.
	maxDepth = 12
)

// source turns bytes into one clean node tree: YAML or JSON, one document, and
// nothing in it that could mean something else elsewhere (aliases, tags, merge
// keys, a key twice).
func source(data []byte) (*yaml.Node, fault.List) {
	if len(data) > MaxBytes {
		return nil, fault.List{fault.New(fault.TemplateTooLarge, "have", strconv.Itoa(len(data)), "max", strconv.Itoa(MaxBytes))}
	}
	root, bad := nodes(data)
	if bad != nil {
		return nil, fault.List{bad}
	}
	r := &reader{places: map[string]fault.Place{}}
	r.clean(root, "", 1)
	return root, r.faults
}

// nodes parses JSON as JSON, since YAML reads some of its escapes otherwise,
// and anything else as YAML.
func nodes(data []byte) (*yaml.Node, *fault.Fault) {
	if json.Valid(data) {
		return jsonNodes(data)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		return nil, syntax(err)
	}
	var second yaml.Node
	switch err := dec.Decode(&second); {
	case err == nil:
		f := fault.New(fault.TemplateManyDocuments)
		f.Place = placeOf(&second)
		return nil, f
	case !errors.Is(err, io.EOF):
		return nil, syntax(err)
	}
	if len(doc.Content) != 1 {
		return nil, fault.New(fault.TemplateSyntax, "reason", "empty document")
	}
	return doc.Content[0], nil
}

var (
	errorLine = regexp.MustCompile(`^line (\d+): `)
	// zeroBased are the parser's messages that count lines from 0; the scanner's count from 1.
	zeroBased = regexp.MustCompile(`^did not find expected (<document start>|',' or|'-' indicator|key|node content)`)
)

// syntax keeps the parser's reason and the line it names.
func syntax(err error) *fault.Fault {
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	if errors.Is(err, io.EOF) {
		reason = "empty document"
	}
	row := 0
	if m := errorLine.FindStringSubmatch(reason); m != nil {
		reason = strings.TrimPrefix(reason, m[0])
		row, _ = strconv.Atoi(m[1]) // digits by the pattern; a number too large to be a line leaves 0
		if zeroBased.MatchString(reason) {
			row++
		}
	}
	f := fault.New(fault.TemplateSyntax, "reason", reason)
	if row > 0 {
		f.Place = fault.Place{Row: row, Column: "1"}
	}
	return f
}

// clean walks the tree once and reports everything that is not plain data.
func (r *reader) clean(n *yaml.Node, path string, depth int) {
	if depth > maxDepth {
		r.add(n, path, fault.New(fault.TemplateTooDeep, "max", strconv.Itoa(maxDepth)))
		return
	}
	switch {
	case n.Kind == yaml.AliasNode:
		r.add(n, path, fault.New(fault.TemplateNotPlain, "what", "*"+clip(n.Value)))
		return
	case n.Anchor != "":
		r.add(n, path, fault.New(fault.TemplateNotPlain, "what", "&"+clip(n.Anchor)))
	case n.Style&yaml.TaggedStyle != 0:
		r.add(n, path, fault.New(fault.TemplateNotPlain, "what", clip(n.Tag)))
	}
	switch n.Kind {
	case yaml.SequenceNode:
		for i, m := range n.Content {
			r.clean(m, index(path, i), depth+1)
		}
	case yaml.MappingNode:
		r.cleanMap(n, path, depth)
	}
}

func (r *reader) cleanMap(n *yaml.Node, path string, depth int) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		at := join(path, clip(k.Value))
		switch {
		case k.Kind != yaml.ScalarNode || k.Anchor != "" || k.Style&yaml.TaggedStyle != 0:
			r.add(k, path, fault.New(fault.TemplateNotPlain, "what", "?"))
		case k.ShortTag() == "!!merge":
			r.add(k, at, fault.New(fault.TemplateNotPlain, "what", "<<"))
		case k.ShortTag() == "!!null":
			r.add(k, at, wrongType("键", "a key"))
		case seen[k.Value]:
			r.add(k, at, fault.New(fault.TemplateDuplicateKey, "key", clip(k.Value)))
		}
		seen[k.Value] = true
		r.clean(n.Content[i+1], at, depth+1)
	}
}
