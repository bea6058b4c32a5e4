package event

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// ear is a listener that is ready at once and ends with its context.
func ear(started *int) func(ctx context.Context, h *Hub) {
	return func(ctx context.Context, h *Hub) {
		*started++
		h.Ready()
		<-ctx.Done()
	}
}

func woken(w *Waiter) bool {
	select {
	case <-w.Woken():
		return true
	default:
		return false
	}
}

func TestAHubWakesWhomItConcerns(t *testing.T) {
	t.Parallel()
	started := 0
	h := NewHub(ear(&started))
	here, there := uuid.New(), uuid.New()
	var waiters [3]*Waiter
	for i := range waiters {
		w, err := h.Join(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		waiters[i] = w
	}
	if !waiters[0].Watch(here) || waiters[0].Watch(here) || !waiters[1].Watch(there, here) {
		t.Error("a waiter does not know whom it watches")
	}
	h.Moved(here)
	h.Moved(here)
	if !woken(waiters[0]) || !woken(waiters[1]) || woken(waiters[2]) || woken(waiters[0]) {
		t.Error("the wrong ones were woken, or one twice")
	}
	h.Moved(there)
	if woken(waiters[0]) || !woken(waiters[1]) {
		t.Error("the wrong ones were woken")
	}
	h.All()
	for i, w := range waiters {
		if !woken(w) {
			t.Errorf("%d sleeps", i)
		}
	}
	waiters[1].Leave()
	waiters[1].Leave()
	h.Moved(there)
	h.All()
	if woken(waiters[1]) || waiters[1].Watch(uuid.New()) || h.Waiting() != 2 || len(h.tenants) != 1 {
		t.Errorf("who left is still here: %d wait for %d tenants", h.Waiting(), len(h.tenants))
	}
	h.Close()
	if started != 1 {
		t.Errorf("the database is listened to %d times", started)
	}
}

func TestAHubThatNobodyWaitsForListensToNothing(t *testing.T) {
	t.Parallel()
	h := NewHub(func(context.Context, *Hub) { t.Error("it listens") })
	h.Moved(uuid.New())
	h.All()
	h.Close()
	h.Close()
}

func TestNobodyJoinsBeforeItIsHeardOrAfterTheEnd(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	h := NewHub(func(ctx context.Context, h *Hub) { <-hold; h.Ready(); h.Ready(); <-ctx.Done() })
	early, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Join(early); err == nil || h.Waiting() != 0 {
		t.Errorf("%v, %d wait", err, h.Waiting())
	}
	close(hold)
	if _, err := h.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Drain()
	<-h.Draining()
	if _, err := h.Join(t.Context()); fault.CodeOf(err) != fault.StreamEnding {
		t.Errorf("joined a hub that ends: %v", err)
	}
	h.Close()
}

// However many come, go and are woken at once, a waiter that watches a tenant is
// woken after the last thing that happened there.
func TestNoWakeUpIsLost(t *testing.T) {
	t.Parallel()
	started := 0
	h := NewHub(ear(&started))
	defer h.Close()
	tenant := uuid.New()
	var happened, seen sync.Map
	var group sync.WaitGroup
	const readers, deeds = 20, 200
	for r := range readers {
		w, err := h.Join(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.Watch(tenant)
		group.Go(func() {
			defer w.Leave()
			for {
				if last, ok := happened.Load(tenant); ok && last == deeds {
					seen.Store(r, true)
					return
				}
				<-w.Woken()
			}
		})
	}
	for n := 1; n <= deeds; n++ {
		happened.Store(tenant, n)
		h.Moved(tenant)
	}
	group.Wait()
	if h.Waiting() != 0 {
		t.Error("somebody still waits")
	}
}

// Who overhears is woken by every tenant at once, of a burst once more, holds
// nobody up before the process hears anything, and is left alone when it has left
// or the hub is drained.
func TestWhoOverhearsIsWokenByEveryTenant(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHub(func(ctx context.Context, _ *Hub) { <-ctx.Done() }) // never ready
		defer h.Close()
		w, gone := h.Overhear(), h.Overhear()
		gone.Leave()
		h.Moved(uuid.New())
		if !woken(w) {
			t.Error("the first tenant woke nobody")
		}
		for range 100 {
			h.Moved(uuid.New())
		}
		if woken(w) {
			t.Error("a burst wakes for every commit")
		}
		for _, want := range []bool{true, false} { // what was missed, and nothing more
			time.Sleep(gathering)
			synctest.Wait()
			if woken(w) != want {
				t.Errorf("after a rest woken is not %v", want)
			}
		}
		h.Drain()
		late := h.Overhear()
		h.Moved(uuid.New())
		if woken(late) || !woken(w) || woken(gone) {
			t.Error("who came after the end was woken, or who was there was not")
		}
		time.Sleep(gathering)
	})
}
