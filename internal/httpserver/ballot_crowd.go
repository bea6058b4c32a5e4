package httpserver

import (
	"hash/maphash"
	"sync"
	"time"
)

// crowd holds off whoever sends many wrong codes within a minute. It keeps no
// address: wrong codes are counted in a table under a hash whose key is drawn
// anew every minute and never leaves the process, and the counts are thrown away
// with it. A hall full of phones behind one address casts unhindered, because
// right codes do not count.
type crowd struct {
	now    func() time.Time
	lock   sync.Mutex
	minute int64
	seed   maphash.Seed
	wrong  [4096]uint16
}

// mostWrong is how many wrong codes a minute are looked up for one place of the
// table. A code has 128 bits: the bound spares the database, it does not keep
// guesses from succeeding.
const mostWrong = 60

func newCrowd(now func() time.Time) *crowd { return &crowd{now: now} }

// place gives the counter of an address in this minute; the caller holds the lock.
func (c *crowd) place(address string) *uint16 {
	if minute := c.now().Unix() / 60; minute != c.minute || c.seed == (maphash.Seed{}) {
		c.minute, c.seed, c.wrong = minute, maphash.MakeSeed(), [4096]uint16{}
	}
	return &c.wrong[maphash.String(c.seed, address)%uint64(len(c.wrong))]
}

// failed counts a wrong code.
func (c *crowd) failed(address string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if n := c.place(address); *n < mostWrong {
		*n++
	}
}

// full reports whether an address has to wait for the next minute.
func (c *crowd) full(address string) bool {
	c.lock.Lock()
	defer c.lock.Unlock()
	return *c.place(address) >= mostWrong
}
