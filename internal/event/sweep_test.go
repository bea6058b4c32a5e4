package event

import (
	"context"
	"errors"
	"testing"
	"time"
)

// attic gives away what it holds, as much at a time as it is asked for.
type attic struct {
	held   int
	before time.Time
	broken error
}

func (a *attic) SweepEvents(_ context.Context, before time.Time, most int) (int, error) {
	n := min(a.held, most)
	a.held, a.before = a.held-n, before
	return n, a.broken
}

func (a *attic) run(ctx context.Context, do func(context.Context, Attic) error) error {
	return do(ctx, a)
}

// Sweeping goes on until little is left, keeps what is young, and stops where it
// cannot go on.
func TestSweepingGoesOnToTheEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	a := &attic{held: 2*mostSwept + 7}
	if n, err := Sweep(t.Context(), a.run, now); n != 2*mostSwept+7 || err != nil || a.held != 0 {
		t.Errorf("%d removed, %d left, %v", n, a.held, err)
	}
	if !a.before.Equal(now.AddDate(0, 0, -200)) {
		t.Errorf("what is older than %v", a.before)
	}
	a = &attic{held: 3 * mostSwept, broken: errors.New("no connection")}
	if _, err := Sweep(t.Context(), a.run, now); !errors.Is(err, a.broken) || a.held != 2*mostSwept {
		t.Errorf("%d left, %v", a.held, err)
	}
}
