package hosting

import (
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"leitai/internal/budget"
	"leitai/internal/fault"
)

// addressLimit is how many applications an address may send: five at once, and
// one more each time a share of an hour has passed.
var addressLimit = budget.Limit{Every: 12 * time.Minute, Burst: 5}

const addresses = 10_000 // remembered

// limiter holds each address to its limit. It is bounded; the addresses seen
// longest ago are forgotten.
type limiter struct {
	now  func() time.Time
	lock sync.Mutex
	due  *simplelru.LRU[string, int64] // see budget.Limit
}

func newLimiter(now func() time.Time) *limiter {
	due, err := simplelru.NewLRU[string, int64](addresses, nil)
	if err != nil {
		panic(err) // the size is positive
	}
	return &limiter{now: now, due: due}
}

// take lets an application through and counts it, or says how long to wait.
func (l *limiter) take(address string) error {
	l.lock.Lock()
	defer l.lock.Unlock()
	key := budget.Network(address)
	due, _ := l.due.Get(key)
	due, said := addressLimit.Take(due, l.now().UnixNano(), 1)
	if !said.Allowed {
		return fault.New(fault.SignupThrottled, "seconds", strconv.Itoa(int(math.Ceil(said.Wait.Seconds()))))
	}
	l.due.Add(key, due)
	return nil
}
