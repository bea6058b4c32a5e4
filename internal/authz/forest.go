package authz

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// deepest is the longest path from a unit to a tenant's unit, both included:
// prefecture, county, township, village, group, and room for one more level.
const deepest = 8

// keptUnits is how many units the forest keeps before it lets go of trees that
// nobody has used for idleTree.
const (
	keptUnits = 400_000
	idleTree  = 10 * time.Minute
)

// tree is the units at and below one tenant's unit, each with its parent. It is
// never changed after it is made.
type tree struct {
	parents map[uuid.UUID]uuid.UUID // the root's parent is uuid.Nil
	units   int64                   // epoch of the unit tree it was read at
	used    atomic.Int64            // Unix nanoseconds
}

// forest holds a tree for each tenant unit that somebody works in.
type forest struct {
	lock  sync.RWMutex
	trees map[uuid.UUID]*tree
	size  int
}

func (f *forest) tree(root uuid.UUID) *tree {
	f.lock.RLock()
	defer f.lock.RUnlock()
	return f.trees[root]
}

// path lists unit and its ancestors up to root; length 0 when unit is not at or
// below root or the tree is unknown.
func (f *forest) path(root, unit uuid.UUID) (path [deepest]uuid.UUID, length int) {
	t := f.tree(root)
	if t == nil {
		return path, 0
	}
	for ; length < deepest; length++ {
		parent, in := t.parents[unit]
		if !in {
			return path, 0
		}
		path[length] = unit
		if unit == root {
			return path, length + 1
		}
		unit = parent
	}
	return path, 0
}

func (f *forest) within(root, unit uuid.UUID) bool {
	t := f.tree(root)
	if t == nil {
		return false
	}
	_, in := t.parents[unit]
	return in
}

// lower gives the one of two units that lies at or below the other; false when
// neither does, or they are not of root's tree.
func (f *forest) lower(root, x, y uuid.UUID) (uuid.UUID, bool) {
	if path, length := f.path(root, x); slices.Contains(path[:length], y) {
		return x, true
	}
	path, length := f.path(root, y)
	return y, slices.Contains(path[:length], x)
}

// plant puts a tree in, and lets idle ones go when the forest is too big.
func (f *forest) plant(root uuid.UUID, t *tree, moment time.Time) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.trees == nil {
		f.trees = map[uuid.UUID]*tree{}
	}
	if old := f.trees[root]; old != nil {
		f.size -= len(old.parents)
	}
	f.trees[root] = t
	f.size += len(t.parents)
	for key, other := range f.trees {
		if f.size <= keptUnits {
			return
		}
		if key != root && other.used.Load() < moment.Add(-idleTree).UnixNano() {
			f.size -= len(other.parents)
			delete(f.trees, key)
		}
	}
}
