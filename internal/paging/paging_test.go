package paging_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/paging"

	"pgregory.net/rapid"
)

func ptr[T any](v T) *T { return &v }

func TestOpenDefaultsAndBounds(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	cursor := ptr(c.Encode("s", paging.Text("7")))
	for _, x := range []struct {
		name     string
		args     paging.Args
		size     int
		backward bool
	}{
		{"nothing asked", paging.Args{}, 50, false},
		{"first", paging.Args{First: ptr(1)}, 1, false},
		{"none wanted", paging.Args{First: ptr(0)}, 0, false},
		{"the most", paging.Args{First: ptr(100), After: cursor}, 100, false},
		{"last", paging.Args{Last: ptr(3), Before: cursor}, 3, true},
		{"before alone still pages forward", paging.Args{Before: cursor}, 50, false},
	} {
		w, err := c.Open(x.args, "s", 1)
		if err != nil || w.Size != x.size || w.Backward != x.backward || w.Fetch() != x.size+1 || (w.After != nil) != (x.args.After != nil) || (w.Before != nil) != (x.args.Before != nil) {
			t.Errorf("%s: %+v, %v", x.name, w, err)
		}
	}
}

func TestOpenListsEveryFault(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	own := ptr(c.Encode("s", paging.Text("7")))
	for _, x := range []struct {
		name string
		args paging.Args
		want []string
	}{
		{"too many", paging.Args{First: ptr(101)}, []string{"PAGE_SIZE_INVALID first"}},
		{"fewer than none", paging.Args{Last: ptr(-1)}, []string{"PAGE_SIZE_INVALID last"}},
		{"both ways", paging.Args{First: ptr(1), Last: ptr(1)}, []string{"PAGE_DIRECTION_INVALID last"}},
		{"empty cursor", paging.Args{After: ptr("")}, []string{"INVALID_CURSOR after"}},
		{"foreign cursor", paging.Args{Before: ptr(c.Encode("other", paging.Text("7")))}, []string{"INVALID_CURSOR before"}},
		{"cursor of another width", paging.Args{After: ptr(c.Encode("s", paging.Text("7"), paging.Null))}, []string{"INVALID_CURSOR after"}},
		{"everything", paging.Args{First: ptr(1 << 40), Last: ptr(-5), After: ptr("x"), Before: own}, []string{"PAGE_DIRECTION_INVALID last", "PAGE_SIZE_INVALID first", "PAGE_SIZE_INVALID last", "INVALID_CURSOR after"}},
	} {
		w, err := c.Open(x.args, "s", 1)
		var got []string
		for _, f := range fault.All(err) {
			got = append(got, string(f.Code)+" "+f.Field)
		}
		if !slices.Equal(got, x.want) || w.Size != 0 || w.After != nil || w.Before != nil {
			t.Errorf("%s: %v, %+v", x.name, got, w)
		}
	}
}

// store is a sorted list that answers a window as a database would.
type store struct {
	c    paging.Codec
	rows []int
}

func (s store) cursor(row int) string { return s.c.Encode("s", paging.Text(strconv.Itoa(row))) }

func (s store) fetch(w paging.Window) []int {
	bound := func(values []paging.Value, open int) int {
		if values == nil {
			return open
		}
		n, _ := strconv.Atoi(values[0].Text)
		return n
	}
	low, high := bound(w.After, -1), bound(w.Before, 1<<30)
	var hits []int
	for _, row := range s.rows {
		if row > low && row < high {
			hits = append(hits, row)
		}
	}
	if w.Backward {
		slices.Reverse(hits)
	}
	return hits[:min(len(hits), w.Fetch())]
}

func (s store) page(t interface{ Fatal(...any) }, args paging.Args) paging.Page[int] {
	w, err := s.c.Open(args, "s", 1)
	if err != nil {
		t.Fatal(err)
	}
	return paging.Cut(s.fetch(w), w, s.cursor)
}

func anyStore(t *rapid.T) store {
	rows := rapid.SliceOfNDistinct(rapid.IntRange(0, 1000), 0, 60, rapid.ID[int]).Draw(t, "rows")
	slices.Sort(rows)
	return store{codec(key(1)), rows}
}

func TestForwardPagesAreTheWholeList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, size := anyStore(t), rapid.IntRange(1, 20).Draw(t, "size")
		args, got := paging.Args{First: &size}, []int{}
		for {
			p := s.page(t, args)
			if p.HasPrevious != (len(got) > 0) || len(p.Items) != len(p.Cursors) {
				t.Fatalf("after %v: %+v", got, p)
			}
			got = append(got, p.Items...)
			if !p.HasNext {
				break
			}
			if len(p.Items) != size {
				t.Fatalf("a page of %d before the last: %+v", size, p)
			}
			args.After = ptr(p.End())
		}
		if !slices.Equal(got, s.rows) {
			t.Fatalf("got %v", got)
		}
	})
}

func TestBackwardPagesAreTheWholeList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, size := anyStore(t), rapid.IntRange(1, 20).Draw(t, "size")
		args, got := paging.Args{Last: &size}, []int{}
		for {
			p := s.page(t, args)
			if p.HasNext != (len(got) > 0) || !slices.IsSorted(p.Items) {
				t.Fatalf("before %v: %+v", got, p)
			}
			got = append(slices.Clone(p.Items), got...)
			if !p.HasPrevious {
				break
			}
			args.Before = ptr(p.Start())
		}
		if !slices.Equal(got, s.rows) {
			t.Fatalf("got %v", got)
		}
	})
}

func TestAnyWindowIsWhatRelaySays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, args := anyStore(t), paging.Args{}
		want := s.rows
		if len(want) > 0 && rapid.Bool().Draw(t, "after") {
			i := rapid.IntRange(0, len(want)-1).Draw(t, "i")
			args.After, want = ptr(s.cursor(want[i])), want[i+1:]
		}
		if len(want) > 0 && rapid.Bool().Draw(t, "before") {
			i := rapid.IntRange(0, len(want)-1).Draw(t, "j")
			args.Before, want = ptr(s.cursor(want[i])), want[:i]
		}
		size, all := rapid.IntRange(0, 20).Draw(t, "size"), len(want)
		n := min(size, all)
		if rapid.Bool().Draw(t, "backward") {
			args.Last, want = &size, want[all-n:]
		} else {
			args.First, want = &size, want[:n]
		}
		p := s.page(t, args)
		if !slices.Equal(p.Items, want) {
			t.Fatalf("got %v, want %v", p.Items, want)
		}
		next, previous := args.Before != nil, args.After != nil
		if args.Last != nil {
			previous = previous || all > size
		} else {
			next = next || all > size
		}
		if p.HasNext != next || p.HasPrevious != previous {
			t.Fatalf("%+v: next should be %v, previous %v", p, next, previous)
		}
	})
}

func TestEmptyPage(t *testing.T) {
	t.Parallel()
	p := store{codec(key(1)), nil}.page(t, paging.Args{})
	if p.Start() != "" || p.End() != "" || p.HasNext || p.HasPrevious || p.Items == nil || p.Cursors == nil {
		t.Errorf("%+v", p)
	}
}

func TestCutLeavesTheFetchedRowsAlone(t *testing.T) {
	t.Parallel()
	fetched := []int{3, 2, 1}
	p := paging.Cut(fetched, paging.Window{Size: 2, Backward: true}, strconv.Itoa)
	if !slices.Equal(fetched, []int{3, 2, 1}) || !slices.Equal(p.Items, []int{2, 3}) || p.Start() != "2" || p.End() != "3" || !p.HasPrevious {
		t.Errorf("%v became %+v", fetched, p)
	}
}

// covers T8
func TestCursorOfOneListOpensNoOther(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	cursor := ptr(c.Encode(paging.Scope("tenant-a", "rounds"), paging.Text("7")))
	for _, scope := range []string{paging.Scope("tenant-b", "rounds"), paging.Scope("tenant-a", "accounts")} {
		for _, args := range []paging.Args{{After: cursor}, {Last: ptr(5), Before: cursor}} {
			if _, err := c.Open(args, scope, 1); !errors.Is(err, fault.New(fault.InvalidCursor)) {
				t.Errorf("opened: %v", err)
			}
		}
	}
}
