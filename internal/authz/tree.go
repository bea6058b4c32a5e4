package authz

import (
	"hash/maphash"

	"github.com/google/uuid"
)

// deepest is the longest path from a unit to a tenant's unit, both included:
// prefecture, county, township, village, group, and room for one more level.
const deepest = 8

// fewIDs is how many ids are compared one by one rather than hashed.
const fewIDs = 8

// hashing keeps whoever chooses ids from choosing where they fall.
var hashing = maphash.MakeSeed()

// index knows each id by its place in a list: 24 bytes an id, where a map of ids
// to ids takes three times as many. It is never changed after it is made.
type index struct {
	ids   []uuid.UUID
	slots []int32 // open addressing: place + 1, 0 is free; a power of two; none for a few
}

// newIndex makes the index of distinct ids, which it keeps.
func newIndex(ids []uuid.UUID) index {
	x := index{ids: ids}
	if len(ids) <= fewIDs {
		return x
	}
	size := 16
	for size < len(ids)+len(ids)/2 {
		size *= 2
	}
	x.slots = make([]int32, size)
	for i, id := range ids {
		at := maphash.Bytes(hashing, id[:]) & uint64(size-1)
		for x.slots[at] != 0 {
			at = (at + 1) & uint64(size-1)
		}
		x.slots[at] = int32(i) + 1
	}
	return x
}

// find gives the place of an id; false when it is not there.
func (x *index) find(id uuid.UUID) (int32, bool) {
	if x.slots == nil {
		for i := range x.ids {
			if x.ids[i] == id {
				return int32(i), true
			}
		}
		return 0, false
	}
	mask := uint64(len(x.slots) - 1)
	for at := maphash.Bytes(hashing, id[:]) & mask; ; at = (at + 1) & mask {
		switch i := x.slots[at]; {
		case i == 0:
			return 0, false
		case x.ids[i-1] == id:
			return i - 1, true
		}
	}
}

// bytes is what the index takes.
func (x *index) bytes() int64 { return int64(len(x.ids))*16 + int64(len(x.slots))*4 }

// Units are the units at and below one, each with its parent.
type Units struct {
	IDs     []uuid.UUID // distinct
	Parents []uuid.UUID // of the unit at the same place
}

// tree is the units at and below one tenant's unit. It is never changed after it
// is made: a unit that moves makes another tree.
type tree struct {
	units   index
	parents []int32 // place of the parent; -1 for one outside of the tree
	at      int32   // of the root; -1 when the tree lacks it
	root    uuid.UUID
}

func newTree(root uuid.UUID, below Units) tree {
	t := tree{root: root, at: -1, units: newIndex(below.IDs), parents: make([]int32, len(below.IDs))}
	for i := range below.IDs {
		t.parents[i] = -1
		if parent, in := t.units.find(below.Parents[i]); in {
			t.parents[i] = parent
		}
	}
	if at, in := t.units.find(root); in {
		t.at = at
	}
	return t
}

// path lists the place of a unit and those of its ancestors up to the root;
// length 0 when it is not at or below the root.
func (t *tree) path(unit uuid.UUID) (path [deepest]int32, length int) {
	at, in := t.units.find(unit)
	if !in {
		return path, 0
	}
	return t.pathFrom(at)
}

func (t *tree) pathFrom(at int32) (path [deepest]int32, length int) {
	for length < deepest && at >= 0 {
		path[length] = at
		length++
		if at == t.at {
			return path, length
		}
		at = t.parents[at]
	}
	return path, 0
}

// within says whether a unit lies at or below the root.
func (t *tree) within(unit uuid.UUID) bool {
	_, length := t.path(unit)
	return length > 0
}

// lower gives the one of two places that lies at or below the other; false when
// neither does.
func (t *tree) lower(x, y int32) (int32, bool) {
	path, length := t.pathFrom(x)
	if onPath(path[:length], y) {
		return x, true
	}
	path, length = t.pathFrom(y)
	return y, onPath(path[:length], x)
}

// onPath is slices.Contains for places, which the compiler inlines.
func onPath(path []int32, unit int32) bool {
	for _, at := range path {
		if at == unit {
			return true
		}
	}
	return false
}

func (t *tree) bytes() int64 { return t.units.bytes() + int64(len(t.parents))*4 }
