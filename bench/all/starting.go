package main

import (
	"context"
	"fmt"
	"time"

	"leitai/bench/load"
	"leitai/bench/usage"
)

func (c *child) memory() (int64, error) { return usage.Memory(c.pid()) }

// starting measures how long the service and PostGraphile take from their start
// to their first answer, and what they hold in memory after load (P8).
func (b *bench) starting(ctx context.Context) error {
	d, err := b.province(ctx)
	if err != nil {
		return err
	}
	subjects, err := boards(ctx, d, mostSubjects)
	if err != nil {
		return err
	}
	var ready [2][]time.Duration
	var memory [2][]int64
	for range b.runs {
		for i, begin := range []func() (*contestant, error){
			func() (*contestant, error) { return b.leitai(ctx, d, false) },
			func() (*contestant, error) { return b.postgraphile(ctx, d, subjects) },
		} {
			c, err := begin()
			if err != nil {
				return err
			}
			_, err = load.Closed(ctx, b.server(c), c.asking(board, subjects), b.clients, b.length)
			var held int64
			if err == nil {
				held, err = c.memory()
			}
			c.stop()
			if err != nil {
				return err
			}
			ready[i], memory[i] = append(ready[i], c.ready), append(memory[i], held)
		}
	}
	own, other := median(ready[0], itself), median(ready[1], itself)
	b.atLeast("P8", "time to the first answer, PostGraphile's beside its own", float64(other)/float64(own), 20, fmt.Sprintf("%d ms and %d ms", own.Milliseconds(), other.Milliseconds()))
	held, otherHeld := median(memory[0], itself), median(memory[1], itself)
	b.atMost("P8", "memory after load, beside PostGraphile's", float64(held)/float64(otherHeld), 0.5, fmt.Sprintf("%d MB and %d MB", held>>20, otherHeld>>20))
	return nil
}

func itself[T any](v T) T { return v }
