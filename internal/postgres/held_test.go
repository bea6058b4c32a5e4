package postgres

import (
	"context"
	"errors"
	"sync"
	"testing"

	"leitai/internal/fault"
)

// backends counts the connections of the application's role to this database.
const backends = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'leitai_app'`

// A write whose asker went away is not committed, though nothing in it failed,
// and its connection serves nobody else.
func TestNothingIsCommittedForOneWhoWentAway(t *testing.T) {
	t.Parallel()
	for name, unnamed := range map[string]bool{"prepared": false, "unnamed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *Options) { o.MaxOpen, o.Unnamed = 1, unnamed })
			h := w.settle(t, "township", "990101001")
			asked, cancel := context.WithCancel(t.Context())
			ctx, r, _, err := w.db.Begin(asked, h.cred)
			if err != nil {
				t.Fatal(err)
			}
			var pid int
			err = w.db.write(ctx, func(ctx context.Context, tx *Tx) (err error) {
				if pid, err = queryOne(ctx, tx, value[int], `SELECT pg_backend_pid() WHERE $1`, true); err != nil {
					return err
				}
				_, err = tx.exec(ctx, `UPDATE tenant SET name = 'changed' WHERE id = $1`, h.tenant)
				cancel()
				return err
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
			_ = r.End()
			if n := w.count(t, `SELECT count(*) FROM tenant WHERE name = 'changed'`); n != 0 {
				t.Error("it was committed")
			}
			next, _ := w.as(t, h) // there is one connection only: it waits until the other is gone
			err = w.db.read(next, func(ctx context.Context, tx *Tx) error {
				other, err := queryOne(ctx, tx, value[int], `SELECT pg_backend_pid() WHERE $1`, true)
				if other == pid {
					t.Error("the connection is used again")
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// One who went away before asking is told so, and holds nothing.
func TestAnEndedContextHoldsNoConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen = 1 })
	h := w.settle(t, "township", "990101001")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, _, err := w.db.Begin(ended, h.cred); !errors.Is(err, context.Canceled) {
		t.Errorf("began: %v", err)
	}
	if _, _, err := w.db.Stamp(ended, h.cred); !errors.Is(err, context.Canceled) {
		t.Errorf("stamped: %v", err)
	}
	if n := w.db.Stats().InUse; n != 0 {
		t.Errorf("%d connections are held", n)
	}
	w.as(t, h)
}

// Connections that broke while they were idle, all of them, are replaced: nobody
// who asks afterwards notices.
func TestBrokenConnectionsAreReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen = 4 })
	h := w.settle(t, "township", "990101001")
	breakAll := func() {
		var all sync.WaitGroup
		gate := make(chan struct{})
		for range 3 { // of a tenant's own share there are two places; the third is the program's
			all.Go(func() {
				c, err := w.db.hold(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				<-gate
				c.release()
			})
		}
		until(t, func() bool { return w.db.Stats().InUse == 3 })
		close(gate)
		all.Wait()
		admin := w.Admin(t)
		if _, err := admin.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'leitai_app'`); err != nil {
			t.Fatal(err)
		}
		until(t, func() bool {
			var n int
			err := admin.QueryRowContext(t.Context(), backends).Scan(&n)
			return err == nil && n == 0
		})
	}
	breakAll()
	_, r := w.as(t, h)
	if err := r.End(); err != nil {
		t.Error(err)
	}
	breakAll()
	if _, _, err := w.db.Stamp(t.Context(), h.cred); err != nil {
		t.Error(err)
	}
	other := h.cred
	other.Hash[0]++
	if _, _, err := w.db.Stamp(t.Context(), other); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("an unknown credential: %v", err)
	}
}
