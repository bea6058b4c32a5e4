package budget

import (
	"slices"

	"github.com/google/uuid"
)

type party struct {
	id     uuid.UUID
	held   int
	alone  bool
	served uint64 // the last turn
	queue  []*entry
}

type entry struct {
	alone bool
	place *Place      // that was given; guarded by the lock
	given chan *Place // of one; nil as long as nobody waits for it
}

// party gives the account of a party. A new one counts as just served, so that
// coming and going is no way to the front.
func (s *Shares) party(id uuid.UUID) *party {
	p := s.parties[id]
	if p == nil {
		p = &party{id: id, served: s.turn}
		s.parties[id] = p
	}
	return p
}

func (s *Shares) release(place *Place) {
	p := place.party
	s.held--
	p.held--
	if place.alone {
		p.alone = false
	}
	s.settle(p)
	s.give()
}

// settle forgets a party that neither holds nor waits, and takes one out of the
// waiting list that waits no longer.
func (s *Shares) settle(p *party) {
	if len(p.queue) > 0 {
		return
	}
	s.waiting = slices.DeleteFunc(s.waiting, func(other *party) bool { return other == p })
	if p.held == 0 {
		delete(s.parties, p.id)
	}
}

// give hands out places while there are any and somebody may have one.
func (s *Shares) give() {
	for s.held < s.options.Capacity {
		p, at := s.next()
		if p == nil {
			return
		}
		e := p.queue[at]
		p.queue = slices.Delete(p.queue, at, at+1)
		s.held++
		p.held++
		s.turn++
		p.served = s.turn
		if e.alone {
			p.alone = true
		}
		e.place = &Place{shares: s, party: p, alone: e.alone}
		if e.given != nil {
			e.given <- e.place
		}
		s.settle(p)
	}
}

// next is whose turn it is and which entry of its queue may go.
func (s *Shares) next() (*party, int) {
	var best *party
	entry := 0
	for _, p := range s.waiting {
		at := p.first()
		if p.held >= s.options.Share || at < 0 {
			continue
		}
		if best == nil || s.before(p, best) {
			best, entry = p, at
		}
	}
	return best, entry
}

// first is the entry of the queue that may go: the first, or the first that
// need not be alone while another is.
func (p *party) first() int {
	for i, e := range p.queue {
		if !e.alone || !p.alone {
			return i
		}
	}
	return -1
}

// before compares what two parties hold for their weight, then who was served
// longer ago.
func (s *Shares) before(a, b *party) bool {
	left, right := a.held*s.options.Weight(b.id), b.held*s.options.Weight(a.id)
	if left != right {
		return left < right
	}
	return a.served < b.served
}
