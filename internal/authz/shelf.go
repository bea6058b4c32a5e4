package authz

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"
)

// keptBytes is how much the books of all tenants may take before those that
// nobody has opened for the longest are let go. A township's takes some
// kilobytes; those of the whole country together would take about 200 MB.
const keptBytes = 256 << 20

// slot is the place of one tenant's book on the shelf. A request keeps the slot
// that it was opened with, so that a book that is let go meanwhile still decides
// for it, and for nobody else.
type slot struct {
	loading sync.Mutex // held while the book is read
	book    atomic.Pointer[book]
	need    atomic.Int64 // epoch of the last change of the tenant's grants or own roles that is known
	used    atomic.Int64 // turn of the last opening
	size    int64        // of the book; guarded by the shelf's lock
}

// heard is how far changes are known: every grant and role up to epoch, and the
// last change of the tree of units up to it.
type heard struct{ epoch, units int64 }

// shelf holds the books of the tenants that somebody works in.
type shelf struct {
	lock  sync.RWMutex
	slots map[uuid.UUID]*slot
	size  int64
	most  int64 // bytes; 0 is keptBytes
	heard atomic.Pointer[heard]
	turn  atomic.Int64
}

// slot gives a tenant's place. A new one needs everything that is known to have
// changed so far, because nobody marked it while it was away.
func (s *shelf) slot(tenant uuid.UUID) *slot {
	s.lock.RLock()
	have := s.slots[tenant]
	s.lock.RUnlock()
	if have == nil {
		s.lock.Lock()
		defer s.lock.Unlock()
		if have = s.slots[tenant]; have == nil {
			have = &slot{}
			have.need.Store(s.known().epoch)
			if s.slots == nil {
				s.slots = map[uuid.UUID]*slot{}
			}
			s.slots[tenant] = have
		}
	}
	have.used.Store(s.turn.Add(1))
	return have
}

// known is how far changes are known.
func (s *shelf) known() heard {
	if h := s.heard.Load(); h != nil {
		return *h
	}
	return heard{}
}

// mark notes which tenants changed, and only then how far changes are known, so
// that no book passes for newer than it is.
func (s *shelf) mark(news News) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if news.Epoch <= s.known().epoch {
		return
	}
	for _, tenant := range news.Tenants {
		if at := s.slots[tenant]; at != nil {
			at.need.Store(news.Epoch)
		}
	}
	if news.Many {
		for _, at := range s.slots {
			at.need.Store(news.Epoch)
		}
	}
	s.heard.Store(&heard{epoch: news.Epoch, units: news.Units})
}

// put sets a tenant's book, and lets books go while they take too much.
func (s *shelf) put(tenant uuid.UUID, at *slot, b *book) {
	s.lock.Lock()
	defer s.lock.Unlock()
	at.book.Store(b)
	if s.slots[tenant] != at {
		return // let go meanwhile: it serves the requests that have it
	}
	size := b.bytes()
	s.size += size - at.size
	at.size = size
	most := cmp.Or(s.most, keptBytes)
	if s.size <= most {
		return
	}
	type place struct {
		tenant uuid.UUID
		used   int64
	}
	idle := make([]place, 0, len(s.slots))
	for tenant, other := range s.slots {
		if other != at {
			idle = append(idle, place{tenant, other.used.Load()})
		}
	}
	slices.SortFunc(idle, func(x, y place) int { return int(x.used - y.used) })
	for _, p := range idle {
		if s.size <= most/8*7 {
			return
		}
		s.size -= s.slots[p.tenant].size
		delete(s.slots, p.tenant)
	}
}

// Kept tells how many tenants' books are in memory and about how many bytes
// they take; it never grows far beyond 256 MB.
func (a *Authz) Kept() (tenants int, bytes int64) {
	a.shelf.lock.RLock()
	defer a.shelf.lock.RUnlock()
	return len(a.shelf.slots), a.shelf.size
}
