package webhook

import (
	"math/rand/v2"
	"time"
)

// schedule is how long after a failed attempt the next one is made: 76 hours in
// all, so that a receiver that breaks on a Friday evening is still told on Monday.
var schedule = []time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

// jitter is by which part of itself a wait differs at most, so that deliveries
// that failed together do not come back together.
const jitter = 10 // a tenth

// patience is for how long an endpoint may fail without a single success before
// a delivery that is given up switches it off.
const patience = 60 * time.Hour

// next is how long to wait after the n-th failed attempt, from 1; false when it
// was the last. A receiver that asks for more time is given it, up to a day.
func next(n int, asked time.Duration) (time.Duration, bool) {
	if n < 1 || n > len(schedule) {
		return 0, false
	}
	wait := schedule[n-1]
	spread := wait / jitter
	wait += rand.N(2*spread+1) - spread //nolint:gosec // no secret
	return max(wait, min(asked, 24*time.Hour)), true
}
