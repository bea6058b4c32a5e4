package main

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"leitai/bench/load"
)

// figures are the turns of one contestant with one question.
type figures struct {
	Name  string
	turns []load.Figures
}

// CPU is the median of the processor time of a request, in microseconds, with
// PostgreSQL's.
func (f *figures) CPU() float64 {
	return median(f.turns, func(t load.Figures) float64 { return t.AllCPU })
}

// Server is the same of the server alone.
func (f *figures) Server() float64 {
	return median(f.turns, func(t load.Figures) float64 { return t.ServerCPU })
}

// PerSecond is the median throughput.
func (f *figures) PerSecond() float64 {
	return median(f.turns, func(t load.Figures) float64 { return t.PerSecond() })
}

// Wait is the median over the turns of a percentile of the times to answer.
func (f *figures) Wait(part float64) time.Duration {
	return median(f.turns, func(t load.Figures) time.Duration { return t.Wait(part) })
}

// spread is the least and the most of the processor time.
func (f *figures) spread() (least, most float64) {
	of := func(a, b load.Figures) int { return cmp.Compare(a.AllCPU, b.AllCPU) }
	return slices.MinFunc(f.turns, of).AllCPU, slices.MaxFunc(f.turns, of).AllCPU
}

func median[T any, V cmp.Ordered](all []T, of func(T) V) V {
	values := make([]V, len(all))
	for i, one := range all {
		values[i] = of(one)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// turn is one turn of one contestant.
type turn struct {
	figures *figures
	run     func(ctx context.Context) (load.Figures, error)
}

// interleave lets contestants take turns; who begins changes from round to
// round, and the first round warms up and is not counted.
func interleave(ctx context.Context, runs int, all []turn) error {
	for round := range runs + 1 {
		for i := range all {
			t := all[(i+round)%len(all)]
			f, err := t.run(ctx)
			if err != nil {
				return err
			}
			if round > 0 {
				t.figures.turns = append(t.figures.turns, f)
			}
		}
	}
	return nil
}

// closed makes the turn of a contestant with a question under closed load, over
// all subjects one after the other.
func (b *bench) closed(c *contestant, question string, subjects []subject) turn {
	return turn{&figures{Name: c.name}, func(ctx context.Context) (load.Figures, error) {
		return load.Closed(ctx, b.server(c), c.asking(question, subjects), b.clients, b.length)
	}}
}

// asking goes through the subjects.
func (c *contestant) asking(question string, subjects []subject) load.Ask {
	ask := c.ask[question]
	return func(n int64) (r *http.Request, err error) { return ask(subjects[n%int64(len(subjects))]) }
}
