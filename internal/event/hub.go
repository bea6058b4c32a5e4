package event

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// Hub wakes the readers of one process. It knows neither events nor rights: it
// hears that something about a tenant moved and wakes whoever waits for that
// tenant, who then reads anew with the rights of that moment. However many wait,
// the process listens to the database once.
type Hub struct {
	listen func(ctx context.Context, h *Hub) // runs until its context ends

	mu         sync.Mutex
	waiters    map[*Waiter]bool
	tenants    map[uuid.UUID]map[*Waiter]bool
	everywhere map[*Waiter]bool   // who is woken by every tenant
	resting    bool               // they were woken just now
	missed     bool               // something moved meanwhile
	stop       context.CancelFunc // of listen; nil before the first waiter
	ended      chan struct{}      // closed when listen has returned
	ready      chan struct{}      // closed when the first connection listens
	isReady    bool
	draining   chan struct{} // closed when everybody should leave
	closed     bool
}

// NewHub makes a hub. listen is run by the first who waits, and never in a
// process in which nobody does; it calls Ready, Moved and All.
func NewHub(listen func(ctx context.Context, h *Hub)) *Hub {
	return &Hub{listen: listen, waiters: map[*Waiter]bool{}, tenants: map[uuid.UUID]map[*Waiter]bool{}, everywhere: map[*Waiter]bool{},
		ended: make(chan struct{}), ready: make(chan struct{}), draining: make(chan struct{})}
}

// Waiter is one reader who waits. Wake-ups that come while it reads are one.
type Waiter struct {
	hub     *Hub
	wake    chan struct{}
	tenants map[uuid.UUID]bool
}

// Join adds a waiter, and begins to listen to the database when it is the first.
// It returns when the process hears what is committed from now on, or when the
// context ends. Leave must follow.
func (h *Hub) Join(ctx context.Context) (*Waiter, error) {
	w := h.newWaiter()
	if !h.admit(w) {
		return nil, fault.New(fault.StreamEnding)
	}
	select {
	case <-h.ready:
		return w, nil
	case <-ctx.Done():
		w.Leave()
		return nil, ctx.Err()
	}
}

// Overhear adds a waiter that every tenant wakes, at once and then now and then,
// for who looks from time to time anyway: it does not wait for the process to
// hear, and with a hub that is drained nobody wakes it. Leave must follow.
func (h *Hub) Overhear() *Waiter {
	w := h.newWaiter()
	if h.admit(w) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.everywhere[w] = true
	}
	return w
}

func (h *Hub) newWaiter() *Waiter {
	return &Waiter{hub: h, wake: make(chan struct{}, 1), tenants: map[uuid.UUID]bool{}}
}

// admit takes a waiter in and runs the listener for the first one.
func (h *Hub) admit(w *Waiter) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.waiters[w] = true
	if h.stop != nil {
		return true
	}
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() {
		defer close(h.ended)
		h.listen(ctx, h)
	}()
	return true
}

// Watch adds tenants to those whose waiter this is. It reports whether one was
// new: what was read before may lack what this tenant did since.
func (w *Waiter) Watch(tenants ...uuid.UUID) (grew bool) {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	for _, t := range tenants {
		if w.tenants[t] || !w.hub.waiters[w] {
			continue
		}
		grew, w.tenants[t] = true, true
		if w.hub.tenants[t] == nil {
			w.hub.tenants[t] = map[*Waiter]bool{}
		}
		w.hub.tenants[t][w] = true
	}
	return grew
}

// Woken receives when something moved since it was last received from.
func (w *Waiter) Woken() <-chan struct{} { return w.wake }

// Leave ends the waiting; it may be called more than once.
func (w *Waiter) Leave() {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	delete(w.hub.waiters, w)
	delete(w.hub.everywhere, w)
	for t := range w.tenants {
		delete(w.hub.tenants[t], w)
		if len(w.hub.tenants[t]) == 0 {
			delete(w.hub.tenants, t)
		}
	}
}

// Waiting is how many wait.
func (h *Hub) Waiting() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.waiters)
}

// Ready says that the process hears what is committed from now on.
func (h *Hub) Ready() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.isReady {
		h.isReady = true
		close(h.ready)
	}
}

// Moved wakes whoever watches a tenant.
func (h *Hub) Moved(tenant uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.tenants[tenant] {
		w.rouse()
	}
	h.overheard()
}

// gathering is for how long those who are woken by every tenant rest, so that
// their work does not grow with the number of commits.
const gathering = 500 * time.Millisecond

// overheard wakes those who are woken by every tenant, or lets it be done when
// they have rested.
func (h *Hub) overheard() {
	if h.resting || len(h.everywhere) == 0 {
		h.missed = h.resting
		return
	}
	for w := range h.everywhere {
		w.rouse()
	}
	h.resting, h.missed = true, false
	time.AfterFunc(gathering, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.resting = false; h.missed {
			h.overheard()
		}
	})
}

// All wakes everybody: something moved, and nobody knows where.
func (h *Hub) All() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.waiters {
		w.rouse()
	}
}

func (w *Waiter) rouse() {
	select {
	case w.wake <- struct{}{}:
	default: // it is to wake already
	}
}

// Draining is closed when everybody should leave.
func (h *Hub) Draining() <-chan struct{} { return h.draining }

// Drain asks everybody to leave; it may be called more than once.
func (h *Hub) Drain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.closed = true
		close(h.draining)
	}
}

// Close asks everybody to leave and ends the listening.
func (h *Hub) Close() {
	h.Drain()
	h.mu.Lock()
	stop := h.stop
	h.mu.Unlock()
	if stop != nil {
		stop()
		<-h.ended
	}
}
