package load

import (
	"sync/atomic"
	"time"

	"leitai/bench/usage"
)

// Batches lets so many lanes work through as many pieces of work, each of which
// says how many things it did; the figures are those of one thing.
func Batches(s Server, lanes, pieces int, do func(i int) (int, error)) (Figures, error) {
	before, err := usage.Of(s.PID, s.Postmaster)
	if err != nil {
		return Figures{}, err
	}
	var next, done atomic.Int64
	begun := time.Now()
	err = together(lanes, func(int) error {
		for i := int(next.Add(1) - 1); i < pieces; i = int(next.Add(1) - 1) {
			n, err := do(i)
			if err != nil {
				return err
			}
			done.Add(int64(n))
		}
		return nil
	})
	if err != nil {
		return Figures{}, err
	}
	took := time.Since(begun)
	after, err := usage.Of(s.PID, s.Postmaster)
	if err != nil {
		return Figures{}, err
	}
	n := float64(done.Load())
	server := (after.Server - before.Server) / n
	return Figures{Requests: done.Load(), Length: took, ServerCPU: server, AllCPU: server + (after.Postgres-before.Postgres)/n}, nil
}
