package postgres

import (
	"context"
	"fmt"
	"testing"

	"leitai/internal/fault"
)

// prepared counts the statements the session holds.
const prepared = `SELECT count(*) FROM pg_prepared_statements WHERE $1`

func TestStatementsArePreparedOnceAConnection(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		unnamed bool
		kept    int
	}{"prepared": {false, statementsPerConnection}, "unnamed": {true, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *Options) { o.MaxOpen, o.Unnamed = 1, c.unnamed })
			h := w.settle(t, "township", "990101001")
			for range 3 {
				ctx, r := w.as(t, h)
				err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
					for i := range 200 {
						if n, err := queryOne(ctx, tx, value[int], fmt.Sprintf(`SELECT $1::int + %d`, i), 1); err != nil || n != i+1 {
							return fmt.Errorf("%d: %w", n, err)
						}
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				if err := r.End(); err != nil {
					t.Fatal(err)
				}
			}
			ctx, _ := w.as(t, h)
			err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
				n, err := queryOne(ctx, tx, value[int], prepared, true)
				if err != nil {
					return err
				}
				if c.unnamed && n != 0 || !c.unnamed && n != 202 { // 200, the opening one and this
					t.Errorf("%d prepared statements", n)
				}
				for i := range 300 { // more than a connection keeps
					if _, err := queryOne(ctx, tx, value[int], fmt.Sprintf(`SELECT $1::int - %d`, i), 1); err != nil {
						return err
					}
				}
				n, err = queryOne(ctx, tx, value[int], prepared, true)
				if n != c.kept {
					t.Errorf("%d prepared statements, at most %d", n, c.kept)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A migration under a running server makes plans stale: the write is tried
// again with a new one.
func TestAStalePlanIsMadeAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen = 1 })
	ctx, _ := w.as(t, w.settle(t, "township", "990101001"))
	all := func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `SELECT * FROM calendar_day WHERE name <> $1`, "x")
		return err
	}
	if err := w.db.write(ctx, all); err != nil {
		t.Fatal(err)
	}
	w.admin(t, `ALTER TABLE calendar_day ADD COLUMN later text`)
	if err := w.db.write(ctx, all); err != nil {
		t.Error(err)
	}
}

// JSON, arrays, numbers, dates and nothing at all come back as they were sent,
// prepared and unprepared.
func TestValuesComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	for name, unnamed := range map[string]bool{"prepared": false, "unnamed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *Options) { o.Unnamed = unnamed })
			h := w.settle(t, "township", "990101001")
			w.fill(t, h)
			ctx, _ := w.as(t, h)
			err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error { return roundTrip(ctx, t, tx, h) })
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func roundTrip(ctx context.Context, t *testing.T, tx *Tx, h home) error {
	t.Helper()
	db := tx.Ent()
	r, err := db.Round.UpdateOneID(h.id("round")).SetNotice([]byte(`{"标题": "通知", "n": 1.50}`)).Save(ctx)
	if err != nil {
		return err
	}
	if r, err = db.Round.Get(ctx, r.ID); err != nil {
		return err
	}
	if string(r.Notice) != `{"n": 1.50, "标题": "通知"}` || r.OpenedAt != nil || dateOf(r.Held).String() != "2023-04-28" || !dateOfPtr(r.ObjectionsUntil).IsZero() {
		t.Errorf("round %s %v %v", r.Notice, r.OpenedAt, r.Held)
	}
	p, err := db.Panel.Create().SetRoundID(r.ID).SetNumber(2).SetName("二组").SetItems([]string{"甲,\"乙", "丙"}).SetUnits(nil).Save(ctx)
	if err != nil {
		return err
	}
	if p, err = db.Panel.Get(ctx, p.ID); err != nil {
		return err
	}
	if len(p.Items) != 2 || p.Items[0] != `甲,"乙` || len(p.Units) != 0 || len(p.Channels) != 0 {
		t.Errorf("panel %q %v %v", p.Items, p.Units, p.Channels)
	}
	m, err := db.Mark.Get(ctx, h.id("mark"))
	if err != nil {
		return err
	}
	if n, err := numberOf(m.Value); err != nil || n.String() != "93.5" || m.Supersedes != nil {
		t.Errorf("mark %v %v %v", n, m.Supersedes, err)
	}
	if _, err := db.Outcome.Get(ctx, h.id("round")); fault.CodeOf(faultOf(err)) != fault.NotFound {
		t.Errorf("an outcome that is none: %v", err)
	}
	return nil
}
