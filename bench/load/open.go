package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"leitai/bench/usage"
)

// mostUnderWay bounds the requests of an open load that wait for their answers:
// a server that cannot keep up ends the turn instead of filling the memory.
const mostUnderWay = 4096

var errBehind = errors.New("the server does not keep up with the rate")

// Open asks at an even rate, whether earlier requests were answered or not. The
// time to answer counts from when a request was due, not from when it was sent,
// so that one slow answer is not counted once for all that had to wait for it.
func Open(ctx context.Context, s Server, ask Ask, perSecond float64, length time.Duration) (Figures, error) {
	if perSecond <= 0 {
		return Figures{}, fmt.Errorf("a rate of %.1f a second", perSecond)
	}
	total := int64(length.Seconds() * perSecond)
	waits := make([]time.Duration, total)
	before, err := usage.Of(s.PID, s.Postmaster)
	if err != nil {
		return Figures{}, err
	}
	var group sync.WaitGroup
	var underWay atomic.Int64
	var failed atomic.Pointer[error]
	begun := time.Now()
	for i := range total {
		due := begun.Add(time.Duration(float64(i) / perSecond * float64(time.Second)))
		time.Sleep(time.Until(due))
		if failed.Load() != nil || ctx.Err() != nil {
			break
		}
		if underWay.Add(1) > mostUnderWay {
			failed.CompareAndSwap(nil, &errBehind)
			underWay.Add(-1)
			break
		}
		group.Go(func() {
			defer underWay.Add(-1)
			r, err := ask(i)
			if err == nil {
				err = send(r)
			}
			if err != nil {
				failed.CompareAndSwap(nil, &err)
			}
			waits[i] = time.Since(due)
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return Figures{}, *err
	}
	if err := ctx.Err(); err != nil {
		return Figures{}, err
	}
	return figures(s, before, time.Since(begun), waits)
}
