package event

import (
	"context"
	"time"
)

// keeping is for how long events are kept that may go at all: longer than the
// items of inboxes and the jobs that they lead to, which go after 180 days.
const keeping = 200 * 24 * time.Hour

// mostSwept bounds one step of sweeping.
const mostSwept = 1000

// InSteps removes what is old, a transaction for each thousand of them, until
// there is less, and says how many it was. run gives the transactions, step
// removes at most so many in one.
func InSteps[Q any](ctx context.Context, run func(ctx context.Context, do func(ctx context.Context, q Q) error) error,
	step func(ctx context.Context, q Q, most int) (int, error)) (removed int, err error) {
	for {
		var n int
		err = run(ctx, func(ctx context.Context, q Q) (err error) {
			n, err = step(ctx, q, mostSwept)
			return err
		})
		if removed += n; err != nil || n < mostSwept {
			return removed, err
		}
	}
}

// Attic is the old events of all tenants.
type Attic interface {
	// SweepEvents removes events of before a moment that nobody can be told of any
	// more. What a cursor promises stays: every event of a publication, however
	// old, and of each round the last event that says how it stands. So does what
	// was not handed out yet, and what a webhook's log can send again.
	SweepEvents(ctx context.Context, before time.Time, most int) (int, error)
}

// Sweep removes old events and says how many; any number of processes may.
func Sweep(ctx context.Context, run func(ctx context.Context, do func(ctx context.Context, a Attic) error) error, now time.Time) (removed int, err error) {
	return InSteps(ctx, run, func(ctx context.Context, a Attic, most int) (int, error) {
		return a.SweepEvents(ctx, now.Add(-keeping), most)
	})
}
