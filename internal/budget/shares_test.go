package budget

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"

	"pgregory.net/rapid"
)

func tenant(b byte) uuid.UUID { return uuid.UUID{b} }

// crowd enters and notes in which order places were given.
type crowd struct {
	t      *testing.T
	lock   sync.Mutex
	shares *Shares
	order  []string
	places map[string]*Place
	failed map[string]error
}

func newCrowd(t *testing.T, o ShareOptions) *crowd {
	t.Helper()
	return &crowd{t: t, shares: NewShares(o), places: map[string]*Place{}, failed: map[string]error{}}
}

// enter starts an entry and lets it come as far as it can.
func (c *crowd) enter(ctx context.Context, name string, of uuid.UUID, alone bool) {
	go func() {
		place, err := c.shares.Enter(ctx, of, alone)
		c.lock.Lock()
		defer c.lock.Unlock()
		if err != nil {
			c.failed[name] = err
			return
		}
		c.order = append(c.order, name)
		c.places[name] = place
	}()
	synctest.Wait()
}

func (c *crowd) leave(name string) {
	c.t.Helper()
	if c.places[name] == nil {
		c.t.Fatalf("%s has no place", name)
	}
	c.places[name].Leave()
	synctest.Wait()
}

func (c *crowd) ordered(want ...string) {
	c.t.Helper()
	if len(c.order) != len(want) {
		c.t.Fatalf("served %v, want %v", c.order, want)
	}
	for i := range want {
		if c.order[i] != want[i] {
			c.t.Fatalf("served %v, want %v", c.order, want)
		}
	}
}

// However many of one tenant come, another one is served at once.
//
// covers T36
func TestOneTenantNeverTakesAnothersShare(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, ShareOptions{Capacity: 8, Queue: 1000})
		for i := range 400 {
			c.enter(t.Context(), "A"+strconv.Itoa(i), tenant(1), false)
		}
		if n := c.shares.Counts(); n != (Counts{Held: 4, Waiting: 396, Most: 4}) {
			t.Fatalf("%+v", n)
		}
		for _, name := range []string{"B1", "B2", "B3", "B4"} {
			c.enter(t.Context(), name, tenant(2), false)
			if c.places[name] == nil {
				t.Fatalf("%s waits for the other tenant", name)
			}
		}
		for c.shares.Counts().Held > 0 {
			for _, p := range c.places {
				p.Leave()
			}
			synctest.Wait()
		}
	})
}

func TestPartiesTakeTurnsAndEachWaitsInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, ShareOptions{Capacity: 1, Share: 1})
		for _, name := range []string{"a1", "a2", "a3"} {
			c.enter(t.Context(), name, tenant(1), false)
		}
		for _, name := range []string{"b1", "b2"} {
			c.enter(t.Context(), name, tenant(2), false)
		}
		for _, name := range []string{"a1", "a2", "b1", "a3", "b2"} { // who came first goes first, then in turns
			c.leave(name)
		}
		c.ordered("a1", "a2", "b1", "a3", "b2")
	})
}

func TestComingAndGoingIsNoWayToTheFront(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, ShareOptions{Capacity: 2, Share: 1})
		c.enter(t.Context(), "a1", tenant(1), false)
		c.enter(t.Context(), "x1", tenant(9), false)
		c.enter(t.Context(), "b1", tenant(2), false)
		c.leave("a1") // tenant 1 is forgotten; b1 goes in
		c.enter(t.Context(), "c1", tenant(3), false)
		c.enter(t.Context(), "a2", tenant(1), false)
		c.leave("x1")
		c.ordered("a1", "x1", "b1", "c1")
		c.leave("b1")
		c.leave("c1")
		c.leave("a2")
	})
}

func TestWeightsDecideWhoGoesFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, ShareOptions{Capacity: 4, Share: 4, Weight: func(p uuid.UUID) int {
			if p == Anonymous {
				return 1
			}
			return 3
		}})
		for _, name := range []string{"n1", "n2", "n3", "n4", "n5"} {
			c.enter(t.Context(), name, Anonymous, false)
		}
		for _, name := range []string{"t1", "t2", "t3"} {
			c.enter(t.Context(), name, tenant(1), false)
		}
		c.leave("n1")
		c.leave("n2")
		c.leave("n3")
		c.ordered("n1", "n2", "n3", "n4", "t1", "t2", "t3")
		for _, name := range []string{"n4", "t1", "t2", "t3", "n5"} {
			c.leave(name)
		}
	})
}

func TestAWaitingWriterHoldsNoPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, ShareOptions{Capacity: 4, Share: 4})
		for _, name := range []string{"w1", "w2", "w3"} {
			c.enter(t.Context(), name, tenant(1), true)
		}
		if n := c.shares.Counts(); n.Held != 1 || n.Waiting != 2 {
			t.Fatalf("%+v", n)
		}
		c.enter(t.Context(), "r1", tenant(1), false) // a reader passes the writers that wait
		c.enter(t.Context(), "w4", tenant(2), true)  // and another tenant writes meanwhile
		c.ordered("w1", "r1", "w4")
		c.leave("w1")
		c.leave("w2")
		c.leave("w3")
		c.ordered("w1", "r1", "w4", "w2", "w3")
		c.leave("r1")
		c.leave("w4")
	})
}

func TestQueuesAndPatienceAreBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var waits []time.Duration
		c := newCrowd(t, ShareOptions{Capacity: 1, Queue: 2, Patience: 3 * time.Second, Now: time.Now,
			Waited: func(wait time.Duration, refused bool) {
				if refused {
					waits = append(waits, wait)
				}
			}})
		c.enter(t.Context(), "1", tenant(1), false)
		c.enter(t.Context(), "2", tenant(1), false)
		ctx, cancel := context.WithCancel(t.Context())
		c.enter(ctx, "3", tenant(1), false)
		c.enter(t.Context(), "4", tenant(1), false)
		if fault.CodeOf(c.failed["4"]) != fault.Throttled {
			t.Fatalf("the queue has no bound: %v", c.failed)
		}
		cancel()
		synctest.Wait()
		if !errors.Is(c.failed["3"], context.Canceled) {
			t.Fatalf("%v", c.failed)
		}
		time.Sleep(3 * time.Second) // of the bubble's clock
		synctest.Wait()
		if fault.CodeOf(c.failed["2"]) != fault.Throttled {
			t.Fatalf("patience has no end: %v", c.failed)
		}
		if len(waits) != 3 || waits[2] != 3*time.Second {
			t.Errorf("waited %v", waits)
		}
		c.leave("1")
		if n := c.shares.Counts(); n != (Counts{}) || len(c.shares.parties) != 0 || len(c.shares.waiting) != 0 {
			t.Errorf("something is left: %+v %v", n, c.shares.parties)
		}
	})
}

func TestAPlaceMovesToWhomItIsFor(t *testing.T) {
	t.Parallel()
	s := NewShares(ShareOptions{Capacity: 6, Share: 2})
	enter := func(of uuid.UUID) *Place {
		p, err := s.Enter(t.Context(), of, false)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first, second := enter(Strangers), enter(Strangers)
	if !first.Move(tenant(1)) || !second.Move(tenant(1)) || !second.Move(tenant(1)) {
		t.Fatal("a place cannot be moved")
	}
	third := enter(Strangers) // there is room again
	if third.Move(tenant(1)) {
		t.Fatal("moving goes beyond the share")
	}
	first.Leave()
	first.Leave()
	if !third.Move(tenant(1)) {
		t.Fatal("what was left cannot be taken")
	}
	second.Leave()
	third.Leave()
	if len(s.parties) != 0 || s.Counts() != (Counts{}) {
		t.Fatalf("something is left: %+v", s.Counts())
	}
}

// Whatever comes, goes and gives up: no party beyond its share, no two alone,
// nobody waits who could go, and nothing is left over.
func TestSharesKeepTheirBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		o := ShareOptions{Capacity: rapid.IntRange(1, 6).Draw(rt, "capacity"), Share: rapid.IntRange(0, 4).Draw(rt, "share"), Queue: 5}
		s := NewShares(o)
		var open []*entry
		of := map[*entry]uuid.UUID{}
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			if n := len(open); n > 0 && rapid.IntRange(0, 2).Draw(rt, "go") == 0 {
				i := rapid.IntRange(0, n-1).Draw(rt, "which")
				e := open[i]
				open = append(open[:i], open[i+1:]...)
				s.withdraw(of[e], e) // gives up, or leaves if it has a place
			} else {
				party := tenant(rapid.Byte().Draw(rt, "party") % 3)
				if _, e, err := s.enqueue(party, rapid.Bool().Draw(rt, "alone")); err == nil {
					open, of[e] = append(open, e), party
				}
			}
			checkBounds(rt, s)
		}
		for _, e := range open {
			s.withdraw(of[e], e)
		}
		if len(s.parties) != 0 || len(s.waiting) != 0 || s.held != 0 {
			rt.Fatalf("left over: %+v", s.parties)
		}
	})
}

func checkBounds(t *rapid.T, s *Shares) {
	held := 0
	for _, p := range s.parties {
		held += p.held
		if p.held > s.options.Share {
			t.Fatalf("%v holds %d of %d", p.id, p.held, s.options.Share)
		}
		if s.held < s.options.Capacity && p.held < s.options.Share && p.first() >= 0 {
			t.Fatalf("%v waits although it could go", p.id)
		}
	}
	if held != s.held || held > s.options.Capacity {
		t.Fatalf("%d places are held, %d counted", held, s.held)
	}
}
