package persisted

import (
	"math"
	"sync"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Shelf remembers what was used last, within a number of bytes. It is safe for
// concurrent use.
type Shelf[K comparable, V any] struct {
	lock   sync.Mutex
	most   int
	held   int
	weigh  func(K, V) int
	things *simplelru.LRU[K, V]
}

// NewShelf makes a shelf of at most so many bytes, as weigh tells them. What
// alone weighs more than an eighth of it is not taken.
func NewShelf[K comparable, V any](most int, weigh func(K, V) int) *Shelf[K, V] {
	s := &Shelf[K, V]{most: most, weigh: weigh}
	s.things, _ = simplelru.NewLRU(math.MaxInt, func(k K, v V) { s.held -= weigh(k, v) }) // fails for sizes below one only
	return s
}

// Get gives what is remembered under a key.
func (s *Shelf[K, V]) Get(k K) (V, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.things.Get(k)
}

// Has is Get without taking it for a use.
func (s *Shelf[K, V]) Has(k K) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.things.Contains(k)
}

// Put remembers something, and forgets what was not used for longest until all
// fits.
func (s *Shelf[K, V]) Put(k K, v V) {
	weight := s.weigh(k, v)
	s.lock.Lock()
	defer s.lock.Unlock()
	if weight > s.most/8 {
		return
	}
	s.things.Remove(k)
	s.things.Add(k, v)
	s.held += weight
	for s.held > s.most {
		s.things.RemoveOldest()
	}
}

// Bytes is what everything on the shelf weighs.
func (s *Shelf[K, V]) Bytes() int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.held
}

// Hash is the SHA-256 of an operation's text, by which it is known.
type Hash = [32]byte

const (
	// eachTenant is how many bytes of operations one tenant has remembered, and
	// all is how many all of them have together, on one replica.
	eachTenant = 1 << 20
	all        = 64 << 20
	// around is what the bookkeeping of one text takes.
	around = 200
)

// Memory remembers the texts of operations that clients sent with their hash,
// each tenant's apart: nobody finds out what another asks, and nobody's flood
// takes another's place.
type Memory struct {
	lock    sync.Mutex
	held    int
	tenants *simplelru.LRU[uuid.UUID, *Shelf[Hash, string]]
}

// NewMemory makes an empty memory.
func NewMemory() *Memory {
	m := &Memory{}
	m.tenants, _ = simplelru.NewLRU(math.MaxInt, func(_ uuid.UUID, s *Shelf[Hash, string]) { m.held -= s.Bytes() + around })
	return m
}

// Get gives the text that the tenant sent under a hash.
func (m *Memory) Get(tenant uuid.UUID, h Hash) (string, bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	shelf, known := m.tenants.Get(tenant)
	if !known {
		return "", false
	}
	return shelf.Get(h)
}

// Put remembers a text for a tenant; h is the hash of the text, which the caller
// has verified. When all of it is too much, the tenants that asked for nothing
// for longest are forgotten whole.
func (m *Memory) Put(tenant uuid.UUID, h Hash, text string) {
	m.lock.Lock()
	defer m.lock.Unlock()
	shelf, known := m.tenants.Get(tenant)
	if !known {
		shelf = NewShelf(eachTenant, func(_ Hash, text string) int { return len(text) + around })
		m.tenants.Add(tenant, shelf)
		m.held += around
	}
	before := shelf.Bytes()
	shelf.Put(h, text)
	m.held += shelf.Bytes() - before
	for m.held > all {
		m.tenants.RemoveOldest()
	}
}

// Bytes is what is held, of all tenants together.
func (m *Memory) Bytes() int {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.held
}
