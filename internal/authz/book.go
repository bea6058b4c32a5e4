package authz

import (
	"bytes"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Grant is one role given to a user at a unit, as the store knows it. A revoked
// one is not told at all.
type Grant struct {
	User       uuid.UUID
	Unit       uuid.UUID
	Role       Role
	Dimensions []string  // empty: all
	From       time.Time // counts from this moment
	Until      time.Time // no longer at this moment; zero: without end
}

// entry is what the memory keeps of a grant: 32 bytes.
type entry struct {
	from, until int64 // Unix nanoseconds, [from, until)
	unit        int32 // place in the tenant's tree
	dimensions  int32 // place among the book's lists of dimensions; 0: all
	role        uint8 // place of a built-in role, or firstOwn and that of one of the tenant's own
}

// counts says whether the grant does at a moment.
func (e *entry) counts(moment int64) bool { return e.from <= moment && moment < e.until }

// book is all that decides in one tenant: its tree of units, its own roles, and
// who holds what where. It is never changed after it is made: a change makes
// another book, and whoever reads the old one is not disturbed.
type book struct {
	tree    tree
	users   index
	starts  []int32 // of each user's entries, and the end of the last
	entries []entry
	changed map[uuid.UUID][]entry // of users whose grants changed since; these count instead

	own        *ownRoles
	dimensions [][]string // the first is none
	have       int64      // epoch of everything in it
}

// entriesOf lists a user's grants.
func (b *book) entriesOf(user uuid.UUID) []entry {
	if len(b.changed) > 0 {
		if list, changed := b.changed[user]; changed {
			return list
		}
	}
	at, known := b.users.find(user)
	if !known {
		return nil
	}
	return b.entries[b.starts[at]:b.starts[at+1]]
}

// newBook writes a book from everything that stands. It takes grants over.
func newBook(have int64, t tree, own *ownRoles, grants []Grant) *book {
	b := &book{have: have, tree: t, own: own, dimensions: [][]string{nil}}
	slices.SortStableFunc(grants, func(x, y Grant) int { return bytes.Compare(x.User[:], y.User[:]) })
	lists := map[string]int32{}
	b.entries = make([]entry, 0, len(grants))
	var users []uuid.UUID
	for i := range grants {
		if i == 0 || grants[i].User != grants[i-1].User {
			users = append(users, grants[i].User)
			b.starts = append(b.starts, int32(len(b.entries)))
		}
		if e, counts := b.entry(&grants[i], lists); counts {
			b.entries = append(b.entries, e)
		}
	}
	b.starts = append(b.starts, int32(len(b.entries)))
	b.users = newIndex(slices.Clip(users))
	return b
}

// entry makes the entry of a grant. One of a role that neither this program nor
// the tenant knows, or at a unit that is not the tenant's, gives nothing.
func (b *book) entry(g *Grant, lists map[string]int32) (entry, bool) {
	e := entry{from: nanoseconds(g.From), until: end(g.Until)}
	if at, builtIn := rolePosition[g.Role]; builtIn {
		e.role = uint8(at)
	} else if at, own := b.own.find(g.Role); own {
		e.role = firstOwn + uint8(at)
	} else {
		return entry{}, false
	}
	at, in := b.tree.units.find(g.Unit)
	if !in {
		return entry{}, false
	}
	e.unit = at
	if len(g.Dimensions) > 0 {
		key := strings.Join(g.Dimensions, ",")
		list, known := lists[key]
		if !known {
			list = int32(len(b.dimensions))
			b.dimensions, lists[key] = append(b.dimensions, g.Dimensions), list
		}
		e.dimensions = list
	}
	return e, true
}

// keptChanges is how many changed users stand beside the book before it is
// written anew: a sixteenth of all, or this many.
const keptChanges = 256

// amended is the book with the grants of some users replaced; users without any
// hold nothing more.
func (b *book) amended(have int64, users []uuid.UUID, grants []Grant) *book {
	next := *b
	next.have = have
	if len(users) == 0 {
		return &next
	}
	next.changed = make(map[uuid.UUID][]entry, len(b.changed)+len(users))
	maps.Copy(next.changed, b.changed)
	for _, user := range users {
		next.changed[user] = nil
	}
	next.dimensions = slices.Clip(b.dimensions)
	lists := map[string]int32{}
	for i, keys := range b.dimensions {
		lists[strings.Join(keys, ",")] = int32(i)
	}
	for i := range grants {
		if e, counts := next.entry(&grants[i], lists); counts {
			next.changed[grants[i].User] = append(next.changed[grants[i].User], e)
		}
	}
	if len(next.changed) > max(keptChanges, len(b.users.ids)/16) {
		next.settle()
	}
	return &next
}

// settle writes the changed users' entries among the others.
func (b *book) settle() {
	users := make([]uuid.UUID, 0, len(b.users.ids)+len(b.changed))
	for _, user := range b.users.ids {
		if _, changed := b.changed[user]; !changed {
			users = append(users, user)
		}
	}
	for user, list := range b.changed {
		if len(list) > 0 {
			users = append(users, user)
		}
	}
	starts, entries := make([]int32, 0, len(users)+1), make([]entry, 0, len(b.entries))
	for _, user := range users {
		starts = append(starts, int32(len(entries)))
		entries = append(entries, b.entriesOf(user)...)
	}
	b.starts, b.entries = append(starts, int32(len(entries))), entries
	b.users, b.changed = newIndex(users), nil
}

// bytes is what the book takes, to within a few hundred.
func (b *book) bytes() int64 {
	return 512 + b.tree.bytes() + b.users.bytes() + int64(len(b.starts))*4 + int64(cap(b.entries))*32 + int64(len(b.changed))*128
}

func end(t time.Time) int64 {
	if t.IsZero() {
		return math.MaxInt64
	}
	return nanoseconds(t)
}

// nanoseconds is t.UnixNano within its range, and the nearest end beyond it.
func nanoseconds(t time.Time) int64 {
	switch year := t.Year(); {
	case year < 1700:
		return math.MinInt64
	case year > 2200:
		return math.MaxInt64
	}
	return t.UnixNano()
}
