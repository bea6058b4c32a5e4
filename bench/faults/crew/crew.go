// Package crew owns the clients of a proof: a clerk and an approver in every
// township who play one month after the other through the contract, to its
// publication and on to corrections, and bring every act through as the
// documentation tells clients to: the same request under the same key, to any
// server, until there is an answer.
//
// It does not own what must hold afterwards (history).
package crew

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
)

// Crew is all clients of a run.
type Crew struct {
	Log     *history.Log
	Servers []string      // addresses, any of which will do
	Pause   time.Duration // between two acts of a township
	Batch   int           // marks a submission
	Seed    uint64
	client  *http.Client
}

// New makes the clients of some servers.
func New(log *history.Log, servers []string, pause time.Duration, seed uint64) *Crew {
	return &Crew{Log: log, Servers: servers, Pause: pause, Batch: 12, Seed: seed,
		client: &http.Client{Timeout: 40 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 5 * time.Second}}}
}

// patience is how long acts under way may take to be answered once the time is
// over: a key is held for a minute by a server that was killed.
const patience = 3 * time.Minute

// Play lets every township work until its first context is over, and then brings
// what is under way to its end. The error is that of a township that could not go on.
func (c *Crew) Play(until context.Context, towns []*world.Town) error {
	ctx, cancel := context.WithCancel(context.WithoutCancel(until))
	defer cancel()
	stop := context.AfterFunc(until, func() { time.AfterFunc(patience, cancel) })
	defer stop()
	var group sync.WaitGroup
	var once sync.Once
	var failed error
	for i, town := range towns {
		group.Go(func() {
			t := &clients{crew: c, town: town, source: rand.New(rand.NewPCG(c.Seed, uint64(i))), server: i} //nolint:gosec // no secret
			if err := t.work(until, ctx); err != nil {
				once.Do(func() { failed = fmt.Errorf("the township %s: %w", town.Code, err) })
			}
		})
	}
	group.Wait()
	return failed
}

// clients are those of one township.
type clients struct {
	crew   *Crew
	town   *world.Town
	source *rand.Rand
	server int // index of the server that answers at the moment
}

// more pauses and says whether there is time for another act.
func (t *clients) more(until context.Context) bool {
	if until.Err() != nil {
		return false
	}
	pause := time.NewTimer(t.crew.Pause/2 + time.Duration(t.source.Int64N(int64(t.crew.Pause)+1)))
	defer pause.Stop()
	select {
	case <-until.Done():
		return false
	case <-pause.C:
		return true
	}
}
