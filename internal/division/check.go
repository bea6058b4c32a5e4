package division

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
)

// maxListed is how many faults of a table are listed.
const maxListed = 1000

// faults gathers the faults of a table in bounded memory. Each pass over the
// file adds its own in the order of rows.
type faults struct {
	list  fault.List
	pass  int // listed in this pass
	total int
}

func (f *faults) nextPass() { f.pass = 0 }

func (f *faults) add(bad *fault.Fault) {
	f.total++
	if f.pass < maxListed {
		f.pass++
		f.list = append(f.list, bad)
	}
}

// err gives the faults by row, or nil.
func (f *faults) err() error {
	slices.SortStableFunc(f.list, func(a, b *fault.Fault) int { return cmp.Compare(a.Place.Row, b.Place.Row) })
	if f.total > maxListed {
		f.list = append(f.list[:maxListed:maxListed], fault.New(fault.DivisionTooManyErrors, "total", strconv.Itoa(f.total), "listed", strconv.Itoa(maxListed)))
	}
	return f.list.Err()
}

// check looks at the rows together: repeated codes, and parents that are
// missing, of a wrong level, of another branch, or run in a circle.
func (t *Table) check(options Options, found *faults) {
	t.sort()
	found.nextPass()
	for i, k := range t.keys {
		first, _ := t.find(k)
		if first == i {
			continue
		}
		found.add(fault.New(fault.DivisionCodeDuplicate, "code", k.code(), "first", strconv.Itoa(int(t.lines[first]))).In(int(t.lines[i]), "code"))
	}
	found.nextPass()
	for i := range t.keys {
		if bad := t.checkParent(i, options); bad != nil {
			found.add(bad.In(int(t.lines[i]), "parent"))
		}
	}
}

// checkParent gives what is wrong with the parent of a row, or nil.
func (t *Table) checkParent(i int, options Options) *fault.Fault {
	child, parent := t.keys[i], t.parents[i]
	code := child.code()
	allowed := allowedParents(code)
	switch {
	case parent == unreadable:
		return nil
	case parent == 0 && len(allowed) == 0:
		return nil
	case parent == 0:
		return fault.New(fault.DivisionParentEmpty, "code", code)
	case slices.Contains(allowed, parent.code()):
		return t.checkPresent(code, parent, options)
	}
	if path := t.circle(i); path != nil {
		return fault.New(fault.DivisionCycle, "code", code, "path", strings.Join(path, " → "))
	}
	for _, right := range allowed {
		if len(right) == parent.length() {
			return fault.New(fault.DivisionParentMismatch, "code", code, "parent", parent.code(), "want", right)
		}
	}
	want := strings.Join(allowed, " / ")
	if want == "" {
		want = `""`
	}
	return fault.New(fault.DivisionParentLevel, "code", code, "parent", parent.code(), "want", want)
}

// allowedParents lists the codes that may stand above a code, the usual first.
func allowedParents(code string) []string {
	depth, _ := depthOf(code)
	var allowed []string
	for _, length := range parentLengths[depth] {
		allowed = append(allowed, code[:length])
	}
	return allowed
}

func (t *Table) checkPresent(code string, parent key, options Options) *fault.Fault {
	if _, ok := t.find(parent); ok {
		return nil
	}
	if options.Known != nil && options.Known(parent.code()) {
		return nil
	}
	return fault.New(fault.DivisionParentMissing, "code", code, "parent", parent.code())
}

// maxCircle bounds the circle that is looked for; a longer one is reported as
// parents of a wrong level, which at least one row of any circle is.
const maxCircle = 20

// circle follows the parents of a row and gives the codes back to it, or nil
// when they do not come back. Only rows with a wrong parent ask, and every
// circle has one, since a right parent is always shorter.
func (t *Table) circle(i int) []string {
	path := []string{t.keys[i].code()}
	at := i
	for range maxCircle {
		next, ok := t.find(t.parents[at])
		if !ok {
			return nil
		}
		path = append(path, t.keys[next].code())
		if t.keys[next] == t.keys[i] {
			return path
		}
		at = next
	}
	return nil
}
