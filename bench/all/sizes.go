package main

import (
	"context"
	"fmt"
	"time"

	"leitai/bench/load"
	"leitai/bench/stand"
)

// Databases with little in a round: what a board and a comparison read does not
// depend on how many items and judges there are behind a total.
const littleItems, littleJudges = 2, 1

// oneCounty is the scale of a county of fifteen townships.
const oneCounty = 15. / 1360

// months of the short history, and how many times as many the long one has.
const shortHistory, times = 12, 24

// history measures what 24 times the results cost (P6).
func (b *bench) history(ctx context.Context) error {
	long := shortHistory * times
	if b.quick {
		long = shortHistory * 4
	}
	var all [2]*stand.Database
	for i, rounds := range []int{shortHistory, long} {
		var err error
		name := []string{"short", "long"}[i]
		if all[i], err = b.stand.Database(ctx, name, stand.Shape{Scale: oneCounty, Rounds: rounds, Items: littleItems, Judges: littleJudges, Seed: 1}); err != nil {
			return err
		}
	}
	found, err := b.beside(ctx, all, 15)
	if err != nil {
		return err
	}
	for question, bound := range map[string]float64{board: 1.5, county: 1.1} {
		if f, asked := found[question]; asked {
			b.atMost("P6", fmt.Sprintf("%s: processor time of a request with %d months, beside %d", question, long, shortHistory), f[1].CPU()/f[0].CPU(), bound, compared(f[1], f[0]))
		}
	}
	return nil
}

// policies measures row-level security on beside off (P7).
func (b *bench) policies(ctx context.Context) error {
	shape := stand.Shape{Scale: oneCounty, Rounds: shortHistory, Items: littleItems, Judges: littleJudges, Seed: 1}
	without := shape
	without.WithoutRowSecurity = true
	var all [2]*stand.Database
	var err error
	if all[0], err = b.stand.Database(ctx, "policies_off", without); err != nil {
		return err
	}
	if all[1], err = b.stand.Database(ctx, "short", shape); err != nil {
		return err
	}
	found, err := b.beside(ctx, all, 15)
	if err != nil {
		return err
	}
	for _, question := range questions {
		if f, asked := found[question]; asked {
			b.atMost("P7", question+": processor time with row-level security on, beside off", f[1].CPU()/f[0].CPU(), 1.5, compared(f[1], f[0]))
		}
	}
	return nil
}

// beside starts the service on two databases and lets both answer the questions,
// the boards of the first townships in turn.
func (b *bench) beside(ctx context.Context, databases [2]*stand.Database, townships int) (map[string][2]*figures, error) {
	var servers []*contestant
	defer func() { stopAll(servers) }()
	var subjects [2]map[string][]subject
	for i, d := range databases {
		c, err := b.leitai(ctx, d, false)
		if err != nil {
			return nil, err
		}
		c.name = d.Name()
		servers = append(servers, c)
		if subjects[i], err = subjectsOf(ctx, d, townships); err != nil {
			return nil, err
		}
	}
	found := map[string][2]*figures{}
	for _, question := range questions {
		for i := range subjects { // the same places in both
			subjects[i][question] = subjects[i][question][:min(len(subjects[0][question]), len(subjects[1][question]))]
		}
		turns := []turn{b.closed(servers[0], question, subjects[0][question]), b.closed(servers[1], question, subjects[1][question])}
		if err := interleave(ctx, b.runs, turns); err != nil {
			return nil, err
		}
		found[question] = [2]*figures{turns[0].figures, turns[1].figures}
		for _, t := range turns {
			fmt.Printf("%-8s %-16s %s\n", question, t.figures.Name, t.figures)
		}
	}
	return found, nil
}

// tenants measures three thousand counties beside few, with a million grants
// (P11), and what the idle tenants take in memory (P8).
func (b *bench) tenants(ctx context.Context) error {
	few := stand.Shape{Scale: 30. / 90, Rounds: shortHistory, Items: littleItems, Judges: littleJudges, Seed: 1}
	more, rights := 2970, grants
	if b.quick {
		few.Scale, more, rights = 2./90, 100, 20_000
	}
	many := few
	many.More, many.Grants = more, rights
	var all [2]*stand.Database
	var err error
	if all[0], err = b.stand.Database(ctx, "few", few); err != nil {
		return err
	}
	if all[1], err = b.stand.Database(ctx, "many", many); err != nil {
		return err
	}
	if err := b.idle(ctx, all[1]); err != nil {
		return err
	}
	found, err := b.beside(ctx, all, 400)
	if err != nil {
		return err
	}
	for _, question := range questions {
		if f, asked := found[question]; asked {
			b.atMost("P11", fmt.Sprintf("%s: processor time with %d counties, beside %d", question, all[1].Report.Counties, all[0].Report.Counties), f[1].CPU()/f[0].CPU(), flat, compared(f[1], f[0]))
		}
	}
	return nil
}

// flat is what a cost that does not grow may seem to grow by, between two runs.
const flat = 1.15

// idle asks once as everybody's dashboard and notes what the server took for
// that; before, it is warmed up by as many requests of one tenant.
func (b *bench) idle(ctx context.Context, d *stand.Database) error {
	c, err := b.leitai(ctx, d, false)
	if err != nil {
		return err
	}
	defer c.stop()
	tokens := d.Report.Tokens
	each := func(token func(n int) string) (int64, error) {
		for n := range tokens {
			r, err := graphQL(c.address, token(n), `{ viewer { roles { role } } }`, nil)
			if err != nil {
				return 0, err
			}
			if _, err := load.Once(r); err != nil {
				return 0, err
			}
		}
		time.Sleep(settling)
		return c.memory()
	}
	before, err := each(func(int) string { return tokens[0].Token })
	if err != nil {
		return err
	}
	after, err := each(func(n int) string { return tokens[n].Token })
	if err != nil {
		return err
	}
	b.atMost("P8", fmt.Sprintf("KB for each of %d idle tenants", len(tokens)), float64(after-before)/1024/float64(len(tokens)), 256,
		fmt.Sprintf("%d MB and %d MB", before>>20, after>>20))
	return nil
}

// settling is how long a server is left alone before its memory is read.
const settling = 2 * time.Second
