package budget

import (
	"testing"
	"time"

	"leitai/internal/fault"

	"pgregory.net/rapid"
)

func TestALimitGivesItsBurstAndThenItsRate(t *testing.T) {
	t.Parallel()
	l := Limit{Every: time.Second, Burst: 3}
	var due int64
	at := func(second, cost int64) Decision {
		var d Decision
		due, d = l.Take(due, second*int64(time.Second), cost)
		return d
	}
	for i, c := range []struct {
		second, cost int64
		want         Decision
	}{
		{100, 1, Decision{Allowed: true, Remaining: 2, Reset: time.Second}},
		{100, 2, Decision{Allowed: true, Remaining: 0, Reset: 3 * time.Second}},
		{100, 1, Decision{Wait: time.Second, Reset: 3 * time.Second}},
		{101, 1, Decision{Allowed: true, Remaining: 0, Reset: 3 * time.Second}},
		{102, 2, Decision{Wait: time.Second, Remaining: 1, Reset: 2 * time.Second}},
		{104, 9, Decision{Allowed: true, Remaining: 0, Reset: 3 * time.Second}}, // more than Burst passes alone
		{200, 0, Decision{Allowed: true, Remaining: 2, Reset: time.Second}},     // nothing is free
	} {
		if got := at(c.second, c.cost); got != c.want {
			t.Errorf("%d: %+v, want %+v", i, got, c.want)
		}
	}
}

func TestWhatIsOwedIsBounded(t *testing.T) {
	t.Parallel()
	l := Limit{Every: time.Second, Burst: 10}
	var due int64
	var d Decision
	for range 1000 {
		due, d = l.Owe(due, 0, 7)
	}
	if d.Allowed || d.Wait <= 0 || due != 2*10*int64(time.Second) {
		t.Errorf("after a flood: due %v, %+v", time.Duration(due), d)
	}
	if _, d = l.Owe(due, 20*int64(time.Second), 7); !d.Allowed {
		t.Errorf("the debt is worked off, yet %+v", d)
	}
}

func TestNoLimitLimitsNothing(t *testing.T) {
	t.Parallel()
	if due, d := (Limit{}).Take(5, 7, 1<<40); due != 0 || !d.Allowed || d.Wait != 0 {
		t.Errorf("%d %+v", due, d)
	}
}

// In any stretch of time nobody gets more than Burst and what came back in it;
// and who waits as long as told gets through.
func TestALimitIsNeverOverdrawn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := Limit{Every: time.Duration(rapid.Int64Range(1, 1000).Draw(t, "every")), Burst: rapid.Int64Range(1, 50).Draw(t, "burst")}
		type taken struct{ at, cost int64 }
		var all []taken
		var due, now int64
		for range rapid.IntRange(1, 60).Draw(t, "requests") {
			now += rapid.Int64Range(0, 5000).Draw(t, "pause")
			cost := rapid.Int64Range(1, l.Burst).Draw(t, "cost")
			next, d := l.Take(due, now, cost)
			if !d.Allowed {
				if next != due {
					t.Fatal("a refusal is charged")
				}
				if _, again := l.Take(due, now+int64(d.Wait), cost); !again.Allowed {
					t.Fatalf("waiting %d did not help", d.Wait)
				}
				if _, early := l.Take(due, now+int64(d.Wait)-1, cost); early.Allowed {
					t.Fatalf("waiting less than %d would have done", d.Wait)
				}
				continue
			}
			due = next
			all = append(all, taken{now, cost})
			sum := int64(0)
			for i := len(all) - 1; i >= 0; i-- {
				sum += all[i].cost
				if most := l.Burst + (now-all[i].at)/int64(l.Every) + 1; sum > most {
					t.Fatalf("%d units in %d ns, at most %d", sum, now-all[i].at, most)
				}
			}
		}
	})
}

func TestTheRefusalTellsWholeSeconds(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{0: "1", time.Millisecond: "1", time.Second: "1", 1001 * time.Millisecond: "2"} {
		if f := Throttled(wait); f.Code != fault.Throttled || f.Args["seconds"] != want {
			t.Errorf("%v: %v", wait, f)
		}
	}
}
