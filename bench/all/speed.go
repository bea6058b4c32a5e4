package main

import (
	"context"
	"fmt"
	"slices"

	"leitai/bench/stand"
	"leitai/internal/postgres"
)

// province is the reference data.
func (b *bench) province(ctx context.Context) (*stand.Database, error) {
	return b.stand.Database(ctx, "province", stand.Shape{Scale: b.scale, Rounds: shortHistory, Items: 20, Judges: 2, Open: 1, Seed: 1})
}

// mostSubjects are asked about in turn, so that no contestant answers about one
// township alone.
const mostSubjects = 32

// speed measures one question after the other: the service, as if nothing had
// been asked before and from its cache, beside all contestants.
func (b *bench) speed(ctx context.Context) error {
	d, err := b.province(ctx)
	if err != nil {
		return err
	}
	subjects, err := subjectsOf(ctx, d, mostSubjects)
	if err != nil {
		return err
	}
	all, err := b.contestants(ctx, d, subjects)
	if err != nil {
		return err
	}
	defer func() { stopAll(all) }()
	for _, one := range []struct {
		question, goal         string
		postgraphile, overBare float64 // what is to be reached: as if nothing was kept, and from memory
	}{{board, "P1", 8, 2}, {county, "P2", 3, 5}} {
		if !b.wanted(one.goal + " P3") {
			continue
		}
		limit, err := b.limit(ctx, d, one.question, subjects[one.question][0])
		if err != nil {
			return err
		}
		found, err := b.measure(ctx, all, one.question, subjects[one.question], limit)
		if err != nil {
			return err
		}
		b.judge(found, one.goal, one.question, one.postgraphile)
		own, floor := found["leitai, cached"], found["bare handler"]
		b.atLeast("P3", one.question+" from memory: requests for a CPU-second beside the bare handler", floor.CPU()/own.CPU(), one.overBare, compared(own, floor))
	}
	return nil
}

// limit is what PostgreSQL alone needs for a question.
func (b *bench) limit(ctx context.Context, d *stand.Database, question string, s subject) (turn, error) {
	set, err := readable(ctx, d, s.Token)
	if err != nil {
		return turn{}, err
	}
	if question == board {
		return b.pgbench(d, question, s.Token, statement{postgres.BoardSQL, []string{s.Round, "0", set.Readable}})
	}
	return b.pgbench(d, question, s.Token, statement{postgres.ComparisonFrameSQL, []string{set.Tenant, set.Readable, set.Ancestors}},
		statement{postgres.RoundsComparedSQL, []string{set.Readable, set.Tenant, firstMonth + "-01", lastMonth + "-31", "{}"}})
}

// contestants starts all of them.
func (b *bench) contestants(ctx context.Context, d *stand.Database, subjects map[string][]subject) (all []*contestant, err error) {
	add := func(c *contestant, failed error) {
		if failed == nil {
			all = append(all, c)
		} else if err == nil {
			err = failed
		}
	}
	add(b.leitai(ctx, d, false))
	add(b.leitai(ctx, d, true))
	add(b.bare(ctx, d))
	add(b.postgraphile(ctx, d, slices.Concat(subjects[board], subjects[county])))
	add(b.naive(ctx, d))
	if err != nil {
		stopAll(all)
		return nil, err
	}
	return all, nil
}

// measure compares the answers, lets all take turns and prints what a request
// costs with each.
func (b *bench) measure(ctx context.Context, all []*contestant, question string, subjects []subject, more ...turn) (map[string]*figures, error) {
	all = slices.DeleteFunc(slices.Clone(all), func(c *contestant) bool { return c.ask[question] == nil })
	if err := equal(all, question, subjects); err != nil {
		return nil, err
	}
	turns := more
	for _, c := range all {
		turns = append(turns, b.closed(c, question, subjects))
	}
	if err := interleave(ctx, b.runs, turns); err != nil {
		return nil, err
	}
	found := map[string]*figures{}
	for _, t := range turns {
		f := t.figures
		found[f.Name] = f
		fmt.Printf("%-8s %-16s %s\n", question, f.Name, f)
	}
	return found, nil
}

// String is the processor time of a request and the throughput.
func (f *figures) String() string {
	least, most := f.spread()
	return fmt.Sprintf("%6.0f µs server, %6.0f µs with PostgreSQL (%.0f–%.0f), %6.0f a second", f.Server(), f.CPU(), least, most, f.PerSecond())
}

// judge holds a question's figures against its goal.
func (b *bench) judge(found map[string]*figures, goal, question string, overPostgraphile float64) {
	own, floor, other := found["leitai"], found["bare handler"], found["PostGraphile"]
	b.atLeast(goal, question+": requests for a CPU-second beside PostGraphile", other.CPU()/own.CPU(), overPostgraphile, compared(own, other))
	b.atLeast(goal, question+": requests for a CPU-second beside the bare handler", floor.CPU()/own.CPU(), 0.85, compared(own, floor))
}

func compared(own, other *figures) string {
	return fmt.Sprintf("%.0f µs and %.0f µs", own.CPU(), other.CPU())
}
