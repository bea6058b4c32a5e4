package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

// codec reads one Go type from a node, writes it to its neutral form, and says
// what is allowed as a JSON Schema. The three live together so that what is
// documented, read and printed is one thing.
type codec[T any] struct {
	read   func(r *reader, n *yaml.Node, path string) (T, bool)
	write  func(v T) *tree
	empty  func(v T) bool
	schema func() *tree
}

// reader collects every fault of a document and remembers where each path
// stands, so that faults found later by the rules carry the same place.
type reader struct {
	faults fault.List
	places map[string]fault.Place
}

// note remembers where a path stands; the first place (that of the key) stays.
func (r *reader) note(n *yaml.Node, path string) {
	if _, known := r.places[path]; !known {
		r.places[path] = placeOf(n)
	}
}

func (r *reader) add(n *yaml.Node, path string, f *fault.Fault) {
	f.Field, f.Place = path, placeOf(n)
	r.faults = append(r.faults, f)
}

// placeOf gives line and column of a node, both from 1.
func placeOf(n *yaml.Node) fault.Place {
	return fault.Place{Row: n.Line, Column: strconv.Itoa(n.Column)}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func index(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// field is one key of an object.
type field[S any] struct {
	key      string
	about    Text
	required bool
	read     func(r *reader, n *yaml.Node, path string, into *S)
	absent   func(r *reader, parent *yaml.Node, path string, into *S)
	write    func(s *S) *tree // nil: the key is left out
	schema   func() *tree
}

func bind[S, T any](key string, at func(*S) *T, c codec[T], about Text) field[S] {
	return field[S]{
		key: key, about: about, schema: c.schema,
		read: func(r *reader, n *yaml.Node, path string, into *S) {
			if v, ok := c.read(r, n, path); ok {
				*at(into) = v
			}
		},
		absent: func(*reader, *yaml.Node, string, *S) {},
		write:  func(s *S) *tree { return c.write(*at(s)) },
	}
}

// need is a key that must be there.
func need[S, T any](key string, at func(*S) *T, c codec[T], zh, en string) field[S] {
	f := bind(key, at, c, Text{zh, en})
	f.required = true
	f.absent = func(r *reader, parent *yaml.Node, path string, _ *S) {
		r.add(parent, path, fault.New(fault.TemplateMissingKey, "key", key, "zh", zh, "en", en))
	}
	return f
}

// may is a key that may be left out and is left out in print when empty.
func may[S, T any](key string, at func(*S) *T, c codec[T], zh, en string) field[S] {
	f := bind(key, at, c, Text{zh, en})
	f.write = func(s *S) *tree {
		if c.empty(*at(s)) {
			return nil
		}
		return c.write(*at(s))
	}
	return f
}

// otherwise is a key with a stated default; it is always printed, so that no
// reading of a notice is hidden in code.
func otherwise[S, T any](key string, at func(*S) *T, c codec[T], def T, zh, en string) field[S] {
	f := bind(key, at, c, Text{zh, en})
	f.absent = func(r *reader, _ *yaml.Node, path string, into *S) {
		f.read(r, c.write(def).node(), path, into) // read anew, so that no two documents share a list
	}
	f.schema = func() *tree {
		s := *c.schema()
		s.entries = append(slices.Clone(s.entries), entry{"default", c.write(def)})
		return &s
	}
	return f
}

// quiet is a key with a stated default that is printed only when it says
// something else: it came to the shape after documents without it were
// published, and their bytes may not change.
func quiet[S any](key string, at func(*S) *string, c codec[string], def, zh, en string) field[S] {
	f := may(key, at, c, zh, en)
	printed := f.write
	f.write = func(s *S) *tree {
		if *at(s) == def {
			return nil
		}
		return printed(s)
	}
	f.schema = func() *tree {
		s := *c.schema()
		s.entries = append(slices.Clone(s.entries), entry{"default", c.write(def)})
		return &s
	}
	return f
}

// filled is an object that, when left out, stands with the defaults of its keys.
func filled[S, T any](key string, at func(*S) *T, c codec[T], zh, en string) field[S] {
	f := bind(key, at, c, Text{zh, en})
	f.absent = func(r *reader, parent *yaml.Node, path string, into *S) {
		f.read(r, &yaml.Node{Kind: yaml.MappingNode, Line: parent.Line, Column: parent.Column}, path, into)
	}
	return f
}

// object is a map with known keys, printed in the order of its fields.
func object[S any](fields ...field[S]) codec[S] {
	return codec[S]{
		read: func(r *reader, n *yaml.Node, path string) (S, bool) {
			var s S
			return s, readObject(r, n, path, fields, &s)
		},
		write: func(s S) *tree {
			t := &tree{kind: mapTree}
			for _, f := range fields {
				if v := f.write(&s); v != nil {
					t.entries = append(t.entries, entry{f.key, v})
				}
			}
			return t
		},
		empty:  func(S) bool { return false },
		schema: func() *tree { return objectSchema(fields) },
	}
}

// readObject reads every key it knows and reports every key it does not.
func readObject[S any](r *reader, n *yaml.Node, path string, fields []field[S], into *S) bool {
	if n.Kind != yaml.MappingNode {
		r.add(n, path, wrongType("映射（键: 值）", "a map of keys"))
		return false
	}
	r.note(n, path)
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		at := slices.IndexFunc(fields, func(f field[S]) bool { return f.key == key })
		if at < 0 {
			r.add(n.Content[i], join(path, clip(key)), fault.New(fault.TemplateUnknownKey, "key", clip(key), "want", keysOf(fields)))
			continue
		}
		seen[key] = true
		r.note(n.Content[i], join(path, key))
		fields[at].read(r, n.Content[i+1], join(path, key), into)
	}
	for _, f := range fields {
		if !seen[f.key] {
			f.absent(r, n, join(path, f.key), into)
		}
	}
	return true
}

func keysOf[S any](fields []field[S]) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return strings.Join(keys, ", ")
}

func wrongType(zh, en string) *fault.Fault {
	return fault.New(fault.TemplateWrongType, "zh", zh, "en", en)
}
