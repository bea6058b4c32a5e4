package webhook

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A delivery is tried ten times within some three days, each wait near its place
// in the schedule and never the same for all.
func TestTheScheduleLastsThreeDays(t *testing.T) {
	t.Parallel()
	var least, most time.Duration
	for n := 1; n <= len(schedule); n++ {
		low, high := time.Duration(1<<62), time.Duration(0)
		for range 200 {
			wait, again := next(n, 0)
			if !again {
				t.Fatalf("attempt %d was the last", n)
			}
			low, high = min(low, wait), max(high, wait)
		}
		if n > 1 && low == high {
			t.Errorf("after attempt %d everybody waits %s", n, low)
		}
		if low < schedule[n-1]*9/10 || high > schedule[n-1]*11/10 {
			t.Errorf("after attempt %d one waits %s to %s, not about %s", n, low, high, schedule[n-1])
		}
		least, most = least+low, most+high
	}
	if least < 60*time.Hour || most > 90*time.Hour {
		t.Errorf("all attempts take %s to %s", least, most)
	}
	for _, n := range []int{-1, 0, len(schedule) + 1, 1000} {
		if wait, again := next(n, time.Hour); again {
			t.Errorf("after attempt %d another is made in %s", n, wait)
		}
	}
}

// A receiver that asks for time is given it, but no more than a day, and never
// less than it would have had.
func TestAReceiverMayAskForTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, len(schedule)).Draw(t, "n")
		asked := time.Duration(rapid.Int64Range(0, int64(10*24*time.Hour)).Draw(t, "asked"))
		wait, again := next(n, asked)
		if !again || wait < min(asked, 24*time.Hour) || wait > max(schedule[n-1]*11/10, min(asked, 24*time.Hour)) {
			t.Errorf("after attempt %d, asked for %s: %s", n, asked, wait)
		}
	})
}

// What follows from attempts: a success ends it and forgives, a failure waits,
// the last one ends it, and an endpoint is switched off only after failing for
// long, or at its own wish.
func TestWhatFollowsFromAttempts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	s := New(Config{Now: func() time.Time { return now }})
	ago := func(d time.Duration) *time.Time { at := now.Add(-d); return &at }
	bad, good := &Attempt{Error: "WEBHOOK_TIMEOUT"}, &Attempt{Status: 204}
	for name, c := range map[string]struct {
		attempts int
		failing  *time.Time
		made     *Attempt
		last     Answer
		state    State
		off      bool
		failed   bool // the endpoint remembers a failure
	}{
		"delivered":                     {0, nil, good, Answer{Status: 204}, Delivered, false, false},
		"delivered after failures":      {7, ago(50 * time.Hour), good, Answer{Status: 204}, Delivered, false, false},
		"first failure":                 {0, nil, bad, Answer{}, Waiting, false, true},
		"ninth failure":                 {8, ago(70 * time.Hour), bad, Answer{}, Waiting, false, true},
		"given up, failing for long":    {9, ago(76 * time.Hour), bad, Answer{}, Failed, true, true},
		"given up, others got through":  {9, ago(time.Hour), bad, Answer{}, Failed, false, true},
		"wants no more":                 {0, nil, bad, Answer{Status: 410}, Failed, true, true},
		"not sent: nothing is inferred": {3, ago(76 * time.Hour), nil, Answer{}, Withheld, false, true},
	} {
		d, e := &Delivery{State: Waiting, Attempts: c.attempts, Due: now}, &Endpoint{FailingSince: c.failing}
		off := s.settle(d, e, c.made, c.last)
		if d.State != c.state || off != c.off || (e.Disabled != "") != c.off || (e.FailingSince != nil) != c.failed || (d.SettledAt == nil) != (c.state == Waiting) {
			t.Errorf("%s: %+v %+v %v", name, d, e, off)
		}
		if c.state == Waiting && !d.Due.After(now) {
			t.Errorf("%s: it is due at once", name)
		}
	}
}
