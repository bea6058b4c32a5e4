package postgres

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
)

// One process has the turn to count, keeps it as long as it asks again, and
// loses it when it is silent.
func TestOneProcessHasTheTurnToCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, other := uuid.New(), uuid.New()
	take := func(who uuid.UUID, lasting time.Duration) (own bool) {
		t.Helper()
		err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) (err error) {
			own, err = tx.TakeFiguresTurn(ctx, who, lasting)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return own
	}
	for n, step := range []struct {
		who uuid.UUID
		own bool
	}{{one, true}, {other, false}, {one, true}, {other, false}} {
		if own := take(step.who, time.Minute); own != step.own {
			t.Errorf("step %d: %v", n+1, own)
		}
	}
	if !take(one, 0) || !take(other, time.Minute) || take(one, time.Minute) {
		t.Error("a process that is silent keeps its turn")
	}
}

// Days past due are told by four words; what is not counted is refused; and what
// is counted is told without any tenant in sight.
func TestFiguresCountByWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for days, want := range map[int]string{-400: "none", 0: "none", 1: "1-3", 3: "1-3", 4: "4-7", 7: "4-7", 8: "over-7", 900: "over-7"} {
		if n := w.count(t, `SELECT count(*) FROM figures_late($1) f WHERE f = $2`, days, want); n != 1 {
			t.Errorf("%d days are not %q", days, want)
		}
	}
	w.settle(t, "county", "990101")
	w.settle(t, "township", "990101001")
	err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
		all, err := tx.CountFigures(ctx, "tenants", time.Now())
		if len(all) != 2 || all[0].Count+all[1].Count != 2 || all[0].Late != "none" {
			t.Errorf("tenants: %+v", all)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	err = w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
		_, err := tx.CountFigures(ctx, "persons", time.Now())
		return err
	})
	if err == nil {
		t.Error("persons are counted")
	}
}

// What row-level security refuses is counted, and what is allowed is not.
func TestStepsOverTheBorderAreCounted(t *testing.T) {
	t.Parallel()
	var crossed []string
	w := newWorld(t, func(o *Options) { o.Crossed = func(layer string) { crossed = append(crossed, layer) } })
	home, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	ctx, _ := w.as(t, home)
	insert := func(tenant uuid.UUID) error {
		return w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, `INSERT INTO job (id, tenant_id, region, kind, input, asked_by, asked_at, due_at) VALUES (gen_random_uuid(), $1, $2, 'export', '{}', $3, now(), now())`,
				tenant, tx.region(), home.user)
			return err
		})
	}
	if err := insert(home.tenant); err != nil || crossed != nil {
		t.Errorf("the own row: %v %v", err, crossed)
	}
	if err := insert(other.tenant); err == nil || len(crossed) != 1 || crossed[0] != "database" {
		t.Errorf("another's row: %v %v", err, crossed)
	}
}
