// Package budget owns how much one asker may take of what all share: a rate of
// requests for every token, session and tenant (Meter), and places among a
// bounded number of connections or heavy jobs, given out in turns (Shares).
//
// It does not own who asks (viewer), what a request costs (httpserver) or the
// connections themselves (postgres). Everything is in the memory of one
// replica and bounded; nothing is stored.
package budget

import (
	"math"
	"strconv"
	"time"

	"leitai/internal/fault"
)

// Limit is a rate: Burst units at once, and another unit every Every. The zero
// Limit limits nothing.
type Limit struct {
	Every time.Duration
	Burst int64
}

// Decision is what a Limit says to a request.
type Decision struct {
	Allowed   bool
	Wait      time.Duration // until the same request would be allowed; 0 when it is
	Remaining int64         // units left at once
	Reset     time.Duration // until all of Burst is back
}

// Take is the generic cell rate algorithm as a pure function. due is the moment
// until which what was taken so far is paid for, in nanoseconds; a fresh asker
// has 0. It gives the due to keep, which is the one before when the request is
// not allowed. A cost above Burst counts as Burst: it passes when nothing was
// taken for a while, and alone.
func (l Limit) Take(due, now, cost int64) (int64, Decision) {
	next, d := l.charge(due, now, cost)
	if !d.Allowed {
		d.Remaining = l.remaining(max(due, now), now)
		d.Reset = time.Duration(max(due-now, 0))
		return due, d
	}
	return next, d
}

// Owe is Take for what must not be refused: it is charged in any case, and Wait
// tells by how much it should be slowed. What one asker can owe is bounded by
// another Burst, so that nobody works off an old debt for ever.
func (l Limit) Owe(due, now, cost int64) (int64, Decision) {
	next, d := l.charge(due, now, cost)
	return min(next, now+2*l.span()), d
}

func (l Limit) charge(due, now, cost int64) (int64, Decision) {
	if l.Every <= 0 {
		return 0, Decision{Allowed: true, Remaining: math.MaxInt64}
	}
	next := max(due, now) + max(1, min(cost, l.Burst))*int64(l.Every)
	wait := max(next-now-l.span(), 0)
	return next, Decision{Allowed: wait == 0, Wait: time.Duration(wait), Remaining: l.remaining(next, now), Reset: time.Duration(next - now)}
}

// span is how far ahead of now a due may lie.
func (l Limit) span() int64 { return l.Burst * int64(l.Every) }

// remaining is how many units are left at once; rounded down.
func (l Limit) remaining(due, now int64) int64 {
	if l.Every <= 0 {
		return math.MaxInt64
	}
	return max((l.span()-(due-now))/int64(l.Every), 0)
}

// Throttled is the refusal THROTTLED with the whole seconds to wait, at least 1,
// rounded up.
func Throttled(wait time.Duration) *fault.Fault {
	return fault.New(fault.Throttled, "seconds", strconv.FormatInt(max(1, int64((wait+time.Second-1)/time.Second)), 10))
}
