package contest

import (
	"runtime"
	"sync"
)

// alone is below how many things sharing the work costs more than it saves.
const alone = 2048

// share does something with 0 … n−1 in as many stretches as there are
// processors, at once. Stretches are numbered from 0 in their order, so that
// what each found can be put together as if one had done it all.
func share(n int, do func(stretch, from, to int)) {
	stretches := 1
	if n >= alone {
		stretches = min(runtime.GOMAXPROCS(0), n/alone+1)
	}
	var all sync.WaitGroup
	for s := range stretches {
		all.Add(1)
		work := func() {
			defer all.Done()
			do(s, n*s/stretches, n*(s+1)/stretches)
		}
		if s == stretches-1 {
			work()
			continue
		}
		go work()
	}
	all.Wait()
}

// gather is share where each stretch gives a list; the lists follow each other
// in the order of the stretches.
func gather[T any](n int, do func(from, to int) []T) []T {
	parts := make([][]T, runtime.GOMAXPROCS(0)+1)
	share(n, func(stretch, from, to int) { parts[stretch] = do(from, to) })
	var out []T
	for _, part := range parts {
		out = append(out, part...)
	}
	return out
}
