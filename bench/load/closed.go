// Package load owns asking a server: as fast as so many clients can (Closed),
// or at a rate that does not wait for the answers (Open), and what processor
// time the server and PostgreSQL use meanwhile.
//
// It does not own what is asked nor what a figure means.
package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"leitai/bench/usage"
)

// client of the load; a server that hangs ends the run.
var client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConns: 2048, MaxIdleConnsPerHost: 2048, DisableCompression: true}}

// Ask makes the n-th request; it is called by many at a time.
type Ask func(n int64) (*http.Request, error)

// Server says whose processor time counts: the server's process, and PostgreSQL's
// postmaster.
type Server struct{ PID, Postmaster int }

// Figures are what one turn came to.
type Figures struct {
	Requests  int64
	Length    time.Duration
	ServerCPU float64         // microseconds a request
	AllCPU    float64         // with PostgreSQL's
	Waits     []time.Duration // sorted: each request's time to answer
}

// PerSecond is the throughput.
func (f Figures) PerSecond() float64 { return float64(f.Requests) / f.Length.Seconds() }

// Wait is the time within which a part of the requests was answered, 0.99 for
// the 99th percentile; it is that of a request that was really made.
func (f Figures) Wait(part float64) time.Duration {
	if len(f.Waits) == 0 {
		return 0
	}
	return f.Waits[min(len(f.Waits)-1, int(part*float64(len(f.Waits))))]
}

// Once asks and gives the body of an answer that must be 200.
func Once(r *http.Request) ([]byte, error) {
	response, err := client.Do(r) //nolint:gosec // a contestant of the caller's
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %d: %.300s", r.URL, response.StatusCode, body)
	}
	return body, nil
}

// send asks and reads the answer without keeping it.
func send(r *http.Request) error {
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d", r.URL, response.StatusCode)
	}
	return nil
}

// Closed lets so many clients ask one request after the other.
func Closed(ctx context.Context, s Server, ask Ask, clients int, length time.Duration) (Figures, error) {
	var n atomic.Int64
	waits := make([][]time.Duration, clients)
	before, err := usage.Of(s.PID, s.Postmaster)
	if err != nil {
		return Figures{}, err
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	begun := time.Now()
	err = together(clients, func(client int) error {
		for time.Since(begun) < length && running.Err() == nil {
			r, err := ask(n.Add(1) - 1)
			sent := time.Now()
			if err == nil {
				err = send(r)
			}
			if err != nil {
				stop() // the others end, too
				return err
			}
			waits[client] = append(waits[client], time.Since(sent))
		}
		return ctx.Err()
	})
	if err != nil {
		return Figures{}, err
	}
	return figures(s, before, time.Since(begun), slices.Concat(waits...))
}

// figures reckons what a request cost from what was used since before.
func figures(s Server, before usage.Usage, took time.Duration, waits []time.Duration) (Figures, error) {
	after, err := usage.Of(s.PID, s.Postmaster)
	if err != nil {
		return Figures{}, err
	}
	if len(waits) == 0 {
		return Figures{}, errors.New("no request was answered")
	}
	slices.Sort(waits)
	n := float64(len(waits))
	server := (after.Server - before.Server) / n
	return Figures{Requests: int64(len(waits)), Length: took, ServerCPU: server, AllCPU: server + (after.Postgres-before.Postgres)/n, Waits: waits}, nil
}

// together runs so many at a time and gives the first error when all have ended.
func together(many int, do func(i int) error) error {
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	for i := range many {
		group.Go(func() {
			if err := do(i); err != nil {
				failed.CompareAndSwap(nil, &err)
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
