package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"leitai/bench/load"
	"leitai/bench/stand"
)

// mixed measures the 99th percentile of times to answer under a load that does
// not wait for answers: boards and, where there are, comparisons of a county, at
// half of what the service can do, while others write (P4).
func (b *bench) mixed(ctx context.Context) error {
	d, err := b.province(ctx)
	if err != nil {
		return err
	}
	asked, err := subjectsOf(ctx, d, mostSubjects)
	if err != nil {
		return err
	}
	own, err := b.leitai(ctx, d, true)
	if err != nil {
		return err
	}
	defer own.stop()
	floor, err := b.bare(ctx, d)
	if err != nil {
		return err
	}
	defer floor.stop()
	most, err := load.Closed(ctx, b.server(own), own.mix(asked), saturating, 2*b.length)
	if err != nil {
		return err
	}
	rate := most.PerSecond() / 2
	stop, err := b.writers(ctx, d)
	if err != nil {
		return err
	}
	under := func(c *contestant) turn {
		return turn{&figures{Name: c.name}, func(ctx context.Context) (load.Figures, error) {
			return load.Open(ctx, b.server(c), c.mix(asked), rate, 2*b.length)
		}}
	}
	turns := []turn{under(own), under(floor)}
	err = interleave(ctx, b.runs, turns)
	written, failed := stop()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	for _, t := range turns {
		f := t.figures
		fmt.Printf("%-8s %-16s half %.2f ms, 99 of 100 %.2f ms, %s\n", "mixed", f.Name, millis(f.Wait(0.5)), millis(f.Wait(0.99)), f)
	}
	a, o := turns[0].figures.Wait(0.99), turns[1].figures.Wait(0.99)
	b.atMost("P4", fmt.Sprintf("99th percentile at %.0f a second, beside the bare handler's", rate), float64(a)/float64(o), 1.3,
		fmt.Sprintf("%.2f ms and %.2f ms, %d writes meanwhile", millis(a), millis(o), written))
	return nil
}

// saturating is how many clients ask at a time to find what a server can do.
const saturating = 16

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// mix asks 17 boards and 3 comparisons of twenty requests.
func (c *contestant) mix(asked map[string][]subject) load.Ask {
	return func(n int64) (*http.Request, error) {
		question := board
		if n%20 >= 17 && len(asked[county]) > 0 {
			question = county
		}
		return c.ask[question](asked[question][n%int64(len(asked[question]))])
	}
}

// pace of the writers.
const pace = 50 * time.Millisecond

// village is how many marks are entered in one write: one village's.
const village = 40

// writers enter one village's marks of a round being marked, take them out
// again, and change somebody's rights, in turn. The function they give stops
// them and says how many writes there were.
func (b *bench) writers(ctx context.Context, d *stand.Database) (stop func() (int, error), err error) {
	sheets, err := openSheets(ctx, d)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("postgres", d.Maint())
	if err != nil {
		return nil, err
	}
	plain := &raw{db: db}
	var group sync.WaitGroup
	var writes int
	var failed error
	end := make(chan struct{})
	group.Go(func() {
		tick := time.NewTicker(pace)
		defer tick.Stop()
		for {
			select {
			case <-end:
				return
			case <-tick.C:
			}
			s := *sheets[writes/3%len(sheets)]
			s.marks = s.marks[:min(village, len(s.marks))]
			if failed = plain.write(ctx, &s, writes%3); failed != nil {
				return
			}
			writes++
		}
	})
	return func() (int, error) {
		close(end)
		group.Wait()
		plain.close()
		return writes, failed
	}, nil
}

// write makes one of the three kinds of write.
func (r *raw) write(ctx context.Context, s *sheet, kind int) error {
	switch kind {
	case 0:
		return r.insert(ctx, s, 0)
	case 1:
		_, err := r.db.ExecContext(ctx, `DELETE FROM mark WHERE tenant_id = $1 AND round_id = $2`, s.tenant, s.rounds[0].id)
		return err
	}
	_, err := r.db.ExecContext(ctx, `WITH next AS (UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch)
		UPDATE role_grant SET epoch = next.epoch FROM next WHERE id = (SELECT id FROM role_grant WHERE tenant_id = $1 ORDER BY id LIMIT 1)`, s.tenant)
	return err
}
