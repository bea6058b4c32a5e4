package load_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"leitai/bench/load"
)

// server counts who asked for what and answers as it is told.
func server(t *testing.T, answer func(w http.ResponseWriter, n int)) (ask load.Ask, seen func() int) {
	t.Helper()
	var lock sync.Mutex
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		lock.Lock()
		asked++
		n := asked
		lock.Unlock()
		answer(w, n)
	}))
	t.Cleanup(s.Close)
	return func(int64) (*http.Request, error) {
			return http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
		}, func() int {
			lock.Lock()
			defer lock.Unlock()
			return asked
		}
}

func self() load.Server { return load.Server{PID: os.Getpid(), Postmaster: os.Getpid()} }

func TestAnOpenLoadAsksAtItsRateWhateverIsAnswered(t *testing.T) {
	t.Parallel()
	held := make(chan struct{})
	once := sync.Once{}
	// The first request is held until the last one has come: a closed load would
	// never send that one.
	const all = 40
	ask, seen := server(t, func(_ http.ResponseWriter, n int) {
		if n == all {
			once.Do(func() { close(held) })
		}
		if n == 1 {
			<-held
		}
	})
	f, err := load.Open(t.Context(), self(), ask, 200, all*5*time.Millisecond)
	if err != nil || f.Requests != all || seen() != all {
		t.Fatalf("%d of %d asked, %v", seen(), all, err)
	}
	// The held one counts from when it was due; it was one of the first, in whatever order they came.
	if longest := f.Waits[all-1]; longest < all/2*5*time.Millisecond || f.Wait(0.5) > longest {
		t.Errorf("the longest wait is %s, half %s", longest, f.Wait(0.5))
	}
}

func TestAFailureEndsATurn(t *testing.T) {
	t.Parallel()
	refuse := func(w http.ResponseWriter, n int) {
		if n == 3 {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}
	ask, _ := server(t, refuse)
	if _, err := load.Open(t.Context(), self(), ask, 1000, 50*time.Millisecond); err == nil {
		t.Error("an open load counts refusals")
	}
	ask, _ = server(t, refuse)
	if _, err := load.Closed(t.Context(), self(), ask, 2, time.Minute); err == nil {
		t.Error("a closed load counts refusals")
	}
	if _, err := load.Open(t.Context(), self(), ask, 0, time.Second); err == nil {
		t.Error("no rate is taken")
	}
}

func TestAPercentileIsThatOfARequest(t *testing.T) {
	t.Parallel()
	var f load.Figures
	if f.Wait(0.99) != 0 {
		t.Error("no request took time")
	}
	for i := range 200 {
		f.Waits = append(f.Waits, time.Duration(i+1))
	}
	for part, want := range map[float64]time.Duration{0: 1, 0.5: 101, 0.99: 199, 1: 200} {
		if got := f.Wait(part); got != want {
			t.Errorf("%.2f: %d, not %d", part, got, want)
		}
	}
}
