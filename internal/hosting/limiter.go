package hosting

import (
	"math"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"leitai/internal/fault"
)

// An address may send so many applications at once, and one more each time a
// share of an hour has passed.
const (
	burst       = 5
	refillEvery = 12 * time.Minute
	addresses   = 10_000 // remembered
)

// limiter is a bucket for each address: a debt that melts with time. It is
// bounded; the addresses seen longest ago are forgotten.
type limiter struct {
	now  func() time.Time
	lock sync.Mutex
	kept *simplelru.LRU[string, debt]
}

type debt struct {
	owed time.Duration
	at   time.Time
}

func newLimiter(now func() time.Time) *limiter {
	kept, err := simplelru.NewLRU[string, debt](addresses, nil)
	if err != nil {
		panic(err) // the size is positive
	}
	return &limiter{now: now, kept: kept}
}

// take lets an application through and counts it, or says how long to wait.
func (l *limiter) take(address string) error {
	l.lock.Lock()
	defer l.lock.Unlock()
	key, moment := network(address), l.now()
	d, _ := l.kept.Get(key)
	owed := max(d.owed-moment.Sub(d.at), 0)
	if over := owed - (burst-1)*refillEvery; over > 0 {
		return fault.New(fault.SignupThrottled, "seconds", strconv.Itoa(int(math.Ceil(over.Seconds()))))
	}
	l.kept.Add(key, debt{owed: owed + refillEvery, at: moment})
	return nil
}

// network is an address, or the network of an IPv6 one, of which everybody has
// as many as they like.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		if net, err := ip.Prefix(64); err == nil {
			return net.String()
		}
	}
	return ip.String()
}
