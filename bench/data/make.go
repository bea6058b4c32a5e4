package data

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"

	"github.com/google/uuid"

	"leitai/internal/round"
)

// maker is one run.
type maker struct {
	Options
	tx     *sql.Tx
	seal   round.Seal
	report Report
}

func (m *maker) run(ctx context.Context) error {
	plan, err := program(m.Items, m.Judges, m.Rounds, m.Open)
	if err != nil {
		return err
	}
	p := settle(m.Scale, m.Seed)
	p.outskirts(m.More, m.Seed)
	m.report = Report{Counties: len(p.counties), Townships: len(p.townships), Villages: p.villages}
	m.tell("%d counties, %d townships, %d villages", m.report.Counties, m.report.Townships, m.report.Villages)
	if err := m.tenants(ctx, p); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop() // those who play ahead stop with an error
	for future := range ahead(ctx, p.townships, plan, m.seal) {
		if err := m.keep(ctx, <-future); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return m.grants(ctx)
}

// played is a township that is played, or why not.
type played struct {
	town *town
	err  error
}

// ahead plays townships on all processors and gives them in their order; no more
// are kept in memory than there are processors, and a few.
func ahead(ctx context.Context, all []*township, plan *scheme, seal round.Seal) <-chan chan played {
	futures := make(chan chan played, runtime.GOMAXPROCS(0))
	lesser := plan.lesser()
	go func() {
		defer close(futures)
		for _, t := range all {
			future := make(chan played, 1)
			select {
			case futures <- future:
			case <-ctx.Done():
				return
			}
			own := plan
			if t.small {
				own = lesser
			}
			go func() {
				w, err := play(ctx, t, own, seal)
				future <- played{w, err}
			}()
		}
	}()
	return futures
}

// keep writes a township.
func (m *maker) keep(ctx context.Context, p played) error {
	if p.err != nil {
		return p.err
	}
	w := p.town
	if err := w.write(ctx, m.tx); err != nil {
		return err
	}
	if err := m.close(ctx, w.tenant); err != nil {
		return err
	}
	m.report.Rounds += len(w.plan.months)
	m.report.Marks += w.marks
	if done := w.number + 1; done%10 == 0 && !w.small || done%500 == 0 || done == m.report.Townships {
		m.tell("%d of %d townships, %d marks", done, m.report.Townships, m.report.Marks)
	}
	return nil
}

// close takes a township's rounds from open, which they had to be for marks to
// enter, to published; those being marked were never announced.
func (m *maker) close(ctx context.Context, tenant uuid.UUID) error {
	_, err := m.tx.ExecContext(ctx, `UPDATE round SET state = 'published' WHERE tenant_id = $1 AND announced_at IS NOT NULL`, tenant)
	return err
}

func (m *maker) tell(format string, args ...any) {
	if m.Progress != nil {
		m.Progress(fmt.Sprintf(format, args...))
	}
}
