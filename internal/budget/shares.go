package budget

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Parties that are no tenant: work before a tenant is known (logins, ballots),
// and credentials that were not seen before.
var (
	Anonymous = uuid.UUID{15: 1}
	Strangers = uuid.UUID{15: 2}
)

// ShareOptions bound what one party may hold of the places all share.
type ShareOptions struct {
	Capacity int           // places altogether, at least 1
	Share    int           // of one party at most; 0 means half, rounded up
	Queue    int           // waiting of one party at most; 0 means 64
	Patience time.Duration // longest wait for a place; 0 means 10 seconds
	// Weight of a party's claim when places are short; nil means 1 for all.
	Weight func(party uuid.UUID) int
	// Waited is told how long an entry waited and whether it was refused.
	Waited func(wait time.Duration, refused bool)
	Now    func() time.Time // by which waits are told; nil tells 0
}

// Shares gives out places in turns: a party never holds more than its share,
// waits in order, and among parties that wait the one with least in hand, for
// its weight, is served first. Of one party at most one entry at a time is
// alone, for writers: those behind it wait without a place. It is safe for
// concurrent use.
type Shares struct {
	options ShareOptions
	lock    sync.Mutex
	held    int
	turn    uint64 // counts what was given out
	parties map[uuid.UUID]*party
	waiting []*party // with somebody in the queue, in the order in which they came
}

// Place is a place that is held until Leave.
type Place struct {
	shares *Shares
	party  *party
	alone  bool
	once   sync.Once
}

// NewShares makes the places.
func NewShares(o ShareOptions) *Shares {
	o.Capacity = max(o.Capacity, 1)
	if o.Share == 0 {
		o.Share = (o.Capacity + 1) / 2
	}
	o.Share = max(1, min(o.Share, o.Capacity))
	if o.Queue == 0 {
		o.Queue = 64
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.Weight == nil {
		o.Weight = func(uuid.UUID) int { return 1 }
	}
	if o.Waited == nil {
		o.Waited = func(time.Duration, bool) {}
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Time{} }
	}
	return &Shares{options: o, parties: map[uuid.UUID]*party{}}
}

// Enter waits for a place of a party. It is refused THROTTLED when the party's
// queue is full or its turn did not come in time; the context's error when that
// ended first.
func (s *Shares) Enter(ctx context.Context, of uuid.UUID, alone bool) (*Place, error) {
	place, e, err := s.enqueue(of, alone)
	switch {
	case err != nil:
		s.options.Waited(0, true)
		return nil, err
	case place != nil: // nobody was before us
		s.options.Waited(0, false)
		return place, nil
	}
	return s.await(ctx, of, e)
}

// enqueue gives a place at once, or else the entry to wait with.
func (s *Shares) enqueue(of uuid.UUID, alone bool) (*Place, *entry, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	p := s.party(of)
	if len(p.queue) >= s.options.Queue {
		return nil, nil, Throttled(s.options.Patience)
	}
	if len(p.queue) == 0 {
		s.waiting = append(s.waiting, p)
	}
	e := &entry{alone: alone}
	p.queue = append(p.queue, e)
	s.give()
	if e.place == nil {
		e.given = make(chan *Place, 1)
	}
	return e.place, e, nil
}

func (s *Shares) await(ctx context.Context, of uuid.UUID, e *entry) (*Place, error) {
	begun := s.options.Now()
	timer := time.NewTimer(s.options.Patience)
	defer timer.Stop()
	var err error
	select {
	case place := <-e.given:
		s.options.Waited(s.options.Now().Sub(begun), false)
		return place, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = Throttled(s.options.Patience)
	}
	s.options.Waited(s.options.Now().Sub(begun), true)
	s.withdraw(of, e)
	return nil, err
}

// withdraw takes an entry that waits no longer out of its queue, and gives a
// place back that came in the same moment.
func (s *Shares) withdraw(of uuid.UUID, e *entry) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if e.place != nil {
		s.release(e.place)
		return
	}
	p := s.parties[of]
	p.queue = slices.DeleteFunc(p.queue, func(other *entry) bool { return other == e })
	s.settle(p)
	s.give() // who stood behind it may be free to go
}

// Leave gives the place back; it may be called more than once, and of no place,
// which work has that does not share.
func (p *Place) Leave() {
	if p == nil {
		return
	}
	p.once.Do(func() {
		p.shares.lock.Lock()
		defer p.shares.lock.Unlock()
		p.shares.release(p)
	})
}

// Move puts a place on another party's account, when it turned out for whom it
// is. It says false, and changes nothing, when that party holds its share.
func (p *Place) Move(to uuid.UUID) bool {
	s := p.shares
	s.lock.Lock()
	defer s.lock.Unlock()
	if p.party.id == to {
		return true
	}
	next := s.party(to)
	if next.held >= s.options.Share || p.alone && next.alone {
		s.settle(next)
		return false
	}
	before := p.party
	before.held--
	next.held++
	if p.alone {
		before.alone, next.alone = false, true
	}
	p.party = next
	s.settle(before)
	s.give()
	return true
}

// Counts is how things stand, for metrics.
type Counts struct{ Held, Waiting, Most int } // Most: of one party

// Counts tells how many places are held, how many entries wait, and how many
// places the party with most has.
func (s *Shares) Counts() Counts {
	s.lock.Lock()
	defer s.lock.Unlock()
	c := Counts{Held: s.held}
	for _, p := range s.parties {
		c.Waiting += len(p.queue)
		c.Most = max(c.Most, p.held)
	}
	return c
}
