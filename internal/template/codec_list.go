package template

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// longestList bounds every list and keyed map of a document.
const longestList = 200

// list is a sequence of members, at most longestList of them.
func list[T any](c codec[T]) codec[[]T] {
	return codec[[]T]{
		read: func(r *reader, n *yaml.Node, path string) ([]T, bool) {
			if n.Kind != yaml.SequenceNode {
				r.add(n, path, wrongType("列表", "a list"))
				return nil, false
			}
			if tooMany(r, n, path, len(n.Content)) {
				return nil, false
			}
			var all []T
			for i, m := range n.Content {
				r.note(m, index(path, i))
				v, _ := c.read(r, m, index(path, i)) // a refused member keeps its place, so that later paths stay true
				all = append(all, v)
			}
			return all, true
		},
		write: func(all []T) *tree {
			t := &tree{kind: listTree}
			for _, v := range all {
				t.list = append(t.list, c.write(v))
			}
			return t
		},
		empty: func(all []T) bool { return len(all) == 0 },
		schema: func() *tree {
			return schemaOf("type", "array", "maxItems", longestList, "items", c.schema())
		},
	}
}

func tooMany(r *reader, n *yaml.Node, path string, have int) bool {
	if have > longestList {
		r.add(n, path, fault.New(fault.TemplateTooMany, "have", strconv.Itoa(have), "max", strconv.Itoa(longestList)))
		return true
	}
	return false
}

// keyed is a map from keys to members, kept in document order, since order has
// a meaning for bands, steps and channels. It is also read from the list that
// canonical JSON has for it.
func keyed[T any](c codec[T], key func(*T) *string) codec[[]T] {
	return codec[[]T]{
		read: func(r *reader, n *yaml.Node, path string) ([]T, bool) {
			pairs, ok := r.pairs(n, path)
			if !ok || tooMany(r, n, path, len(pairs)) {
				return nil, false
			}
			var all []T
			for _, p := range pairs {
				at := join(path, clip(p.key.Value))
				if len(p.key.Value) > keyLength || !keyShape.MatchString(p.key.Value) {
					r.add(p.key, at, badKey(clip(p.key.Value)))
					continue
				}
				r.note(p.key, at)
				v, _ := c.read(r, p.value, at)
				*key(&v) = p.key.Value
				all = append(all, v)
			}
			return all, true
		},
		write: func(all []T) *tree {
			t := &tree{kind: keyedTree}
			for i := range all {
				t.entries = append(t.entries, entry{*key(&all[i]), c.write(all[i])})
			}
			return t
		},
		empty: func(all []T) bool { return len(all) == 0 },
		schema: func() *tree {
			return schemaOf("anyOf", []*tree{
				schemaOf("type", "object", "maxProperties", longestList, "propertyNames", schemaOf("pattern", keyShape.String()), "additionalProperties", c.schema()),
				schemaOf("type", "array", "maxItems", longestList, "items", schemaOf("type", "object", "required", []string{"key"})),
			})
		},
	}
}

type pair struct{ key, value *yaml.Node }

// pairs gives keys and values of an ordered map, or of the list of rows that
// stands for it in canonical JSON.
func (r *reader) pairs(n *yaml.Node, path string) ([]pair, bool) {
	var all []pair
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			all = append(all, pair{n.Content[i], n.Content[i+1]})
		}
		return all, true
	case yaml.SequenceNode:
		seen := map[string]bool{}
		for i, m := range n.Content {
			p, ok := row(m)
			if !ok {
				r.add(m, index(path, i), wrongType("带 key 的映射", "a map with its key"))
				return nil, false
			}
			if seen[p.key.Value] {
				r.add(p.key, join(path, clip(p.key.Value)), fault.New(fault.TemplateDuplicateKey, "key", clip(p.key.Value)))
				return nil, false
			}
			seen[p.key.Value] = true
			all = append(all, p)
		}
		return all, true
	}
	r.add(n, path, wrongType("映射（键: 值）", "a map of keys"))
	return nil, false
}

// row takes the key out of a member; what is left, or what stands under value,
// is the member itself.
func row(m *yaml.Node) (pair, bool) {
	if m.Kind != yaml.MappingNode {
		return pair{}, false
	}
	p := pair{}
	rest := *m
	rest.Content = nil
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == "key" && p.key == nil && m.Content[i+1].ShortTag() == "!!str" {
			p.key = m.Content[i+1]
			continue
		}
		rest.Content = append(rest.Content, m.Content[i], m.Content[i+1])
	}
	p.value = &rest
	if len(rest.Content) == 2 && rest.Content[0].Value == "value" {
		p.value = rest.Content[1]
	}
	return p, p.key != nil
}

// pointer is an optional value: nil when the key is left out.
func pointer[T any](c codec[T]) codec[*T] {
	return codec[*T]{
		read: func(r *reader, n *yaml.Node, path string) (*T, bool) {
			v, ok := c.read(r, n, path)
			return &v, ok
		},
		write:  func(v *T) *tree { return c.write(*v) },
		empty:  func(v *T) bool { return v == nil },
		schema: c.schema,
	}
}

// either accepts a bare scalar for an object of which only one key is given,
// and prints it so again.
func either[T, B any](whole codec[T], bare codec[B], set func(B) T, alone func(T) (B, bool)) codec[T] {
	return codec[T]{
		read: func(r *reader, n *yaml.Node, path string) (T, bool) {
			if n.Kind != yaml.ScalarNode {
				return whole.read(r, n, path)
			}
			v, ok := bare.read(r, n, path)
			return set(v), ok
		},
		write: func(v T) *tree {
			if b, ok := alone(v); ok {
				return bare.write(b)
			}
			return whole.write(v)
		},
		empty:  whole.empty,
		schema: func() *tree { return schemaOf("anyOf", []*tree{bare.schema(), whole.schema()}) },
	}
}

// bounds is a pair [from, to] of exact numbers.
func bounds() codec[[2]exact.Number] {
	each := list(number("-1000000", "1000000"))
	return codec[[2]exact.Number]{
		read: func(r *reader, n *yaml.Node, path string) ([2]exact.Number, bool) {
			before := len(r.faults)
			all, ok := each.read(r, n, path)
			if !ok || len(r.faults) > before {
				return [2]exact.Number{}, false
			}
			if len(all) != 2 || all[0].Cmp(all[1]) >= 0 {
				r.add(n, path, wrongType("[下限, 上限]，下限小于上限", "[lowest, highest], the first below the second"))
				return [2]exact.Number{}, false
			}
			return [2]exact.Number{all[0], all[1]}, true
		},
		write:  func(v [2]exact.Number) *tree { return each.write(v[:]) },
		empty:  func([2]exact.Number) bool { return false },
		schema: each.schema,
	}
}

// text is a name in both languages, or a bare string that is Chinese only.
func bilingual(c codec[string]) codec[Text] {
	whole := object(
		need("zh-Hans", func(t *Text) *string { return &t.ZH }, c, "中文", "Chinese"),
		may("en", func(t *Text) *string { return &t.EN }, c, "英文", "English"),
	)
	t := either(whole, c,
		func(s string) Text { return Text{ZH: s} },
		func(t Text) (string, bool) { return t.ZH, t.EN == "" })
	t.empty = func(t Text) bool { return t == Text{} }
	return t
}

var text = bilingual(name)

// periods are counted in months from 1 to ten years.
var months = count(1, 120)
