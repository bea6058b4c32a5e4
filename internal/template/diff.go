package template

import "slices"

// Change is one difference between two documents; From or To is empty when the
// field is only in the other. Fields of a list are named by the key of the
// member (items.party.points).
type Change struct{ Field, From, To string }

// Diff gives the differences between two versions field by field, in the order
// of the document; equal documents have none.
func Diff(a, b Document) []Change {
	return compare("", shape.write(a), shape.write(b))
}

func compare(path string, a, b *tree) []Change {
	switch {
	case a == nil && b == nil:
		return nil
	case a == nil || b == nil || a.kind != b.kind || a.isScalar() || !a.keyed() || !b.keyed():
		if a.oneByOne() && b.oneByOne() {
			return compareRows(path, a.list, b.list)
		}
		if a.same(b) {
			return nil
		}
		return []Change{{path, a.inline(), b.inline()}}
	}
	left, right := a.members(), b.members()
	var changes []Change
	for _, key := range union(left, right) {
		changes = append(changes, compare(join(path, key), a.part(key), b.part(key))...)
	}
	if from, to := common(left, right), common(right, left); !slices.Equal(from, to) {
		changes = append(changes, Change{path, listOf(from), listOf(to)})
	}
	return changes
}

// compareRows compares lists of maps without keys, such as outcomes: what is
// alike at both ends is left out, the rest is compared row by row.
func compareRows(path string, a, b []*tree) []Change {
	start := 0
	for start < min(len(a), len(b)) && a[start].same(b[start]) {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end].same(b[len(b)-1-end]) {
		end++
	}
	var changes []Change
	for i := start; i < max(len(a), len(b))-end; i++ {
		var from, to *tree
		if i < len(a)-end {
			from = a[i]
		}
		if i < len(b)-end {
			to = b[i]
		}
		changes = append(changes, compare(index(path, i), from, to)...)
	}
	return changes
}

// oneByOne reports whether the node is a list of maps.
func (t *tree) oneByOne() bool {
	return t != nil && t.kind == listTree && !slices.ContainsFunc(t.list, func(m *tree) bool { return m.kind != mapTree })
}

// keyed reports whether members are found by a key: of a map always, of a list
// when every member has its own.
func (t *tree) keyed() bool {
	return t.kind == mapTree || t.kind == keyedTree || len(t.list) > 0 && t.named()
}

// named reports whether every member of a list has its own key.
func (t *tree) named() bool {
	seen := map[string]bool{}
	for _, m := range t.list {
		k := m.get("key")
		if k == nil || seen[k.text] {
			return false
		}
		seen[k.text] = true
	}
	return true
}

// members lists the keys of a map, or of the members of a named list.
func (t *tree) members() []string {
	if t.kind == listTree {
		return keys(t.list, func(m *tree) string { return m.get("key").text })
	}
	return keys(t.entries, func(e entry) string { return e.key })
}

func (t *tree) part(key string) *tree {
	if t.kind == listTree {
		return t.member(key)
	}
	return t.get(key)
}

// union gives the keys of both in the order of the second, the lost ones last.
func union(a, b []string) []string {
	all := slices.Clone(b)
	for _, k := range a {
		if !slices.Contains(b, k) {
			all = append(all, k)
		}
	}
	return all
}

// common gives those of a that are in b too, in a's order.
func common(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(k string) bool { return !slices.Contains(b, k) })
}

func listOf(all []string) string {
	t := &tree{kind: listTree}
	for _, s := range all {
		t.list = append(t.list, scalar(textTree, s))
	}
	return t.inline()
}
