package identity

import (
	"cmp"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"leitai/internal/budget"
)

// Bucket is how attempts of one kind are slowed down.
type Bucket struct {
	Free   int           // attempts at once that cost nothing
	Forget time.Duration // after this one attempt is forgotten
	First  time.Duration // the first delay; every further attempt doubles it
	Most   time.Duration // the longest delay: nobody is ever locked out
}

// ThrottleOptions slow down logins; zero buckets take their defaults.
type ThrottleOptions struct {
	PerAccount Bucket
	PerAddress Bucket
	PerCode    Bucket // codes of a second factor, by user
	Kept       int    // accounts and addresses remembered, each; 0 means 20,000
}

func (o ThrottleOptions) withDefaults() ThrottleOptions {
	return ThrottleOptions{
		Kept:       cmp.Or(o.Kept, 20_000),
		PerAccount: cmp.Or(o.PerAccount, Bucket{Free: 5, Forget: time.Minute, First: time.Second, Most: time.Minute}),
		PerAddress: cmp.Or(o.PerAddress, Bucket{Free: 50, Forget: 10 * time.Second, First: time.Second, Most: 5 * time.Minute}),
		// Three of a million codes are right at a time: four tries an hour find one in ten years.
		PerCode: cmp.Or(o.PerCode, Bucket{Free: 5, Forget: 10 * time.Minute, First: 10 * time.Second, Most: 15 * time.Minute}),
	}
}

// throttle remembers attempts by key, the latest keys only.
type throttle struct {
	bucket Bucket
	now    func() time.Time
	lock   sync.Mutex
	kept   *simplelru.LRU[string, attempts]
}

// attempts is a debt that melts with time: one Forget for each attempt.
type attempts struct {
	debt time.Duration
	at   time.Time // of the last attempt that was let through
}

func newThrottle(now func() time.Time, kept int, bucket Bucket) *throttle {
	lru, err := simplelru.NewLRU[string, attempts](max(kept, 1), nil)
	if err != nil {
		panic(err) // the size is positive
	}
	return &throttle{bucket: bucket, now: now, kept: lru}
}

// take lets an attempt through and counts it, or says how long to wait. An
// attempt that is turned away is not counted: waiting always ends.
func (t *throttle) take(key string) time.Duration {
	t.lock.Lock()
	defer t.lock.Unlock()
	moment := t.now()
	a, _ := t.kept.Get(key)
	left := max(a.debt-moment.Sub(a.at), 0)
	known := int((left + t.bucket.Forget - 1) / t.bucket.Forget) // an attempt counts until it is wholly forgotten
	if over := known - t.bucket.Free; over >= 0 {
		wait := t.bucket.Most
		if over < 20 {
			wait = min(wait, t.bucket.First<<over)
		}
		if rest := a.at.Add(wait).Sub(moment); rest > 0 {
			return rest
		}
	}
	most := time.Duration(t.bucket.Free+20) * t.bucket.Forget
	t.kept.Add(key, attempts{debt: min(left+t.bucket.Forget, most), at: moment})
	return 0
}

// forget clears a key after a success.
func (t *throttle) forget(key string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.kept.Remove(key)
}

// giveBack takes one attempt off a key, after a success among others.
func (t *throttle) giveBack(key string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if a, known := t.kept.Peek(key); known {
		t.kept.Add(key, attempts{debt: max(a.debt-t.bucket.Forget, 0), at: a.at})
	}
}

// addressKey is by what the attempts of a client are counted.
func addressKey(address string) string { return budget.Network(address) }
