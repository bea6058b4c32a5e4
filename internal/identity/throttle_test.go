package identity

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheDelayGrowsAndAlwaysEnds(t *testing.T) {
	t.Parallel()
	moment := time.Date(2023, 4, 28, 9, 0, 0, 0, time.UTC)
	b := newThrottle(func() time.Time { return moment }, 10, Bucket{Free: 3, Forget: time.Minute, First: time.Second, Most: 10 * time.Second})
	for i := range 3 {
		if wait := b.take("a"); wait != 0 {
			t.Fatalf("attempt %d waits %s", i, wait)
		}
	}
	for i, seconds := range []int{1, 2, 4, 8, 10, 10, 10} {
		want := time.Duration(seconds) * time.Second
		if wait := b.take("a"); wait != want {
			t.Fatalf("waits %s, want %s", wait, want)
		}
		if i == 0 && b.take("b") != 0 {
			t.Fatal("another account waits")
		}
		moment = moment.Add(want)
		if wait := b.take("a"); wait != 0 {
			t.Fatalf("after the delay it still waits %s", wait)
		}
	}
	b.forget("a")
	if b.take("a") != 0 {
		t.Error("a success does not clear")
	}
}

func TestAttemptsAreForgottenInTime(t *testing.T) {
	t.Parallel()
	moment := time.Date(2023, 4, 28, 9, 0, 0, 0, time.UTC)
	b := newThrottle(func() time.Time { return moment }, 10, Bucket{Free: 2, Forget: time.Minute, First: time.Hour, Most: time.Hour})
	b.take("a")
	b.take("a")
	if b.take("a") == 0 {
		t.Fatal("a third attempt at once is free")
	}
	moment = moment.Add(time.Minute)
	if b.take("a") != 0 {
		t.Error("after a minute one attempt is not forgotten")
	}
	b.giveBack("a")
	if b.take("a") != 0 {
		t.Error("a success gives nothing back")
	}
	b.giveBack("nobody")
}

// Whatever the pace: nobody waits longer than the longest delay, and waiting it
// out lets one in.
func TestNobodyIsLockedOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		moment := time.Date(2023, 4, 28, 9, 0, 0, 0, time.UTC)
		bucket := Bucket{Free: rapid.IntRange(1, 5).Draw(r, "free"), Forget: time.Duration(rapid.IntRange(1, 100).Draw(r, "forget")) * time.Second, First: time.Second, Most: 30 * time.Second}
		b := newThrottle(func() time.Time { return moment }, 4, bucket)
		for range rapid.IntRange(1, 200).Draw(r, "attempts") {
			wait := b.take("a")
			if wait > bucket.Most {
				r.Fatalf("waits %s", wait)
			}
			if wait > 0 && rapid.Bool().Draw(r, "patient") {
				moment = moment.Add(wait)
				if b.take("a") != 0 {
					r.Fatal("waiting did not help")
				}
			}
			moment = moment.Add(time.Duration(rapid.IntRange(0, 5000).Draw(r, "pause")) * time.Millisecond)
		}
	})
}

func TestTheThrottleIsBounded(t *testing.T) {
	t.Parallel()
	b := newThrottle(time.Now, 100, Bucket{Free: 1, Forget: time.Minute, First: time.Second, Most: time.Minute})
	for i := range 100_000 {
		b.take(fmt.Sprint(i))
	}
	if b.kept.Len() != 100 {
		t.Errorf("remembers %d", b.kept.Len())
	}
}
