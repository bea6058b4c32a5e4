package postgres

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"
)

// One connection serves two tenants in turn, thousands of times, with requests
// that fail, panic and are cancelled in between, prepared and unprepared.
// covers T17
func TestOneConnectionForTwoTenants(t *testing.T) {
	t.Parallel()
	for name, unnamed := range map[string]bool{"prepared": false, "unnamed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *Options) { o.MaxOpen, o.Unnamed = 1, unnamed })
			homes := []home{w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")}
			for _, h := range homes {
				w.fill(t, h)
			}
			for i := range 1000 {
				own := homes[i%2]
				alternate(t, w, own, i)
				if i%10 == 9 {
					afterwards(t, w)
				}
			}
			for _, h := range homes {
				if n := w.count(t, `SELECT count(DISTINCT venue) FROM round WHERE tenant_id = $1 AND venue IN ('', $2)`, h.tenant, h.tenant.String()); n != 1 {
					t.Error("a venue of the other tenant was stored")
				}
			}
		})
	}
}

func alternate(t *testing.T, w *world, own home, i int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ctx, r, who, err := w.db.Begin(ctx, own.cred)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.End() }()
	if who.Tenant != own.tenant {
		t.Fatal("another tenant's viewer")
	}
	seen := func(ctx context.Context, tx *Tx) error {
		tenants, err := queryAll(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM round UNION SELECT tenant_id FROM mark UNION SELECT tenant_id FROM standing`)
		if err == nil && !slices.Equal(tenants, []uuid.UUID{own.tenant}) {
			t.Fatalf("%v sees %v", own.tenant, tenants)
		}
		return err
	}
	if err := w.db.read(ctx, seen); err != nil {
		t.Fatal(err)
	}
	set := func(ctx context.Context, tx *Tx) error {
		if err := seen(ctx, tx); err != nil {
			return err
		}
		return tx.Ent().Round.Update().SetVenue(own.tenant.String()).Exec(ctx)
	}
	switch i % 40 {
	case 3, 4, 13, 14, 23, 24: // written
		if err := w.db.write(ctx, set); err != nil {
			t.Fatal(err)
		}
	case 5, 6: // failed in the middle
		_ = w.db.write(ctx, func(ctx context.Context, tx *Tx) error { return errors.Join(set(ctx, tx), errors.New("no")) })
	case 7: // a panic in the middle
		func() {
			defer func() { _ = recover() }()
			_ = w.db.write(ctx, func(ctx context.Context, tx *Tx) error { _ = set(ctx, tx); panic("boom") })
		}()
	case 8: // cancelled in the middle
		_ = w.db.write(ctx, func(ctx context.Context, tx *Tx) error { cancel(); return set(ctx, tx) })
	}
}

// afterwards is what a transaction without a tenant meets on the connection that
// served one: no setting of it, and no row.
func afterwards(t *testing.T, w *world) {
	t.Helper()
	err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
		left, err := queryOne(ctx, tx, value[string], `SELECT concat(current_setting('app.tenant', true), current_setting('app.tenants', true),
			current_setting('app.draft_tenants', true), current_setting('app.ancestors', true))`)
		if err != nil || left != "" {
			return errors.Join(err, errors.New("left on the connection: "+left))
		}
		rows, err := queryOne(ctx, tx, value[int], `SELECT (SELECT count(*) FROM round) + (SELECT count(*) FROM mark) + (SELECT count(*) FROM person)`)
		if err != nil || rows != 0 {
			return errors.Join(err, errors.New("rows are seen without a tenant"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
