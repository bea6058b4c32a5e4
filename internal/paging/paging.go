// Package paging owns the arithmetic of Relay connections: which window of a
// list first, after, last and before ask for, signed cursors that carry the
// keyset of a row, and whether there is a page before or behind.
//
// It does not own the query (postgres turns a window into SQL), the order of a
// list, nor who may see it (authz).
package paging

import (
	"strconv"

	"leitai/internal/fault"
)

// DefaultSize is the page size when none is asked for; MaxSize is the largest
// that may be.
const (
	DefaultSize = 50
	MaxSize     = 100
)

// Args are the four arguments of a Relay connection, as a client sends them.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Window is the stretch of a list to fetch. The list is bounded by After and
// Before, both exclusive and nil when open; Size rows of it are wanted, from
// its start or, when Backward, from its end.
type Window struct {
	Size     int
	Backward bool
	After    []Value
	Before   []Value
}

// Fetch is how many rows to ask the store for: one more than the page, which
// tells whether another page follows. A backward window is fetched in reverse
// order; Cut turns it round again.
func (w Window) Fetch() int { return w.Size + 1 }

// Open checks the arguments against the scope of the list (see Scope) and the
// number of columns its order has. Every fault is listed with its argument:
// PAGE_SIZE_INVALID, PAGE_DIRECTION_INVALID, INVALID_CURSOR.
func (c Codec) Open(args Args, scope string, columns int) (Window, error) {
	var bad fault.List
	w := Window{Size: DefaultSize, Backward: args.Last != nil}
	if args.First != nil && args.Last != nil {
		bad = append(bad, fault.New(fault.PageDirectionInvalid).At("last"))
	}
	for _, size := range []struct {
		name  string
		value *int
	}{{"first", args.First}, {"last", args.Last}} {
		if size.value == nil {
			continue
		}
		w.Size = *size.value
		if w.Size < 0 || w.Size > MaxSize {
			bad = append(bad, fault.New(fault.PageSizeInvalid, "value", strconv.Itoa(w.Size), "most", strconv.Itoa(MaxSize)).At("%s", size.name))
		}
	}
	for _, bound := range []struct {
		name   string
		cursor *string
		values *[]Value
	}{{"after", args.After, &w.After}, {"before", args.Before, &w.Before}} {
		if bound.cursor == nil {
			continue
		}
		values, err := c.Decode(scope, *bound.cursor)
		if err != nil || len(values) != columns {
			bad = append(bad, fault.New(fault.InvalidCursor).At("%s", bound.name))
		}
		*bound.values = values
	}
	if len(bad) > 0 {
		return Window{}, bad
	}
	return w, nil
}

// Page is one window of a list, in the list's own order.
type Page[T any] struct {
	Items       []T
	Cursors     []string // one an item
	HasNext     bool
	HasPrevious bool
}

// Start gives the cursor of the first item; "" on an empty page.
func (p Page[T]) Start() string {
	if len(p.Cursors) == 0 {
		return ""
	}
	return p.Cursors[0]
}

// End gives the cursor of the last item; "" on an empty page.
func (p Page[T]) End() string {
	if len(p.Cursors) == 0 {
		return ""
	}
	return p.Cursors[len(p.Cursors)-1]
}

// Cut makes the page of what the store fetched: up to w.Fetch() rows, in list
// order, or in reverse order for a backward window. In the direction of paging
// the extra row tells whether there is more; in the other direction a bound
// tells it, because the row of the cursor lies there. fetched is not changed.
func Cut[T any](fetched []T, w Window, cursor func(T) string) Page[T] {
	more := len(fetched) > w.Size
	n := min(len(fetched), w.Size)
	p := Page[T]{Items: make([]T, n), Cursors: make([]string, n), HasNext: w.Before != nil, HasPrevious: w.After != nil}
	for i, row := range fetched[:n] {
		at := i
		if w.Backward {
			at = n - 1 - i
		}
		p.Items[at], p.Cursors[at] = row, cursor(row)
	}
	if w.Backward {
		p.HasPrevious = p.HasPrevious || more
	} else {
		p.HasNext = p.HasNext || more
	}
	return p
}
