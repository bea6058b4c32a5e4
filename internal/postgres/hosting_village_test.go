package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"leitai/ent/mixin"
	"leitai/internal/audit"
	"leitai/internal/calendar"
	"leitai/internal/hosting"
	"leitai/internal/template"
)

// A village that a township leaves out is on no roster that is drawn from then
// on, and back on it when it takes part again; another township's is untouched.
func TestALeftOutVillageIsOnNoRoster(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	town, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	second := mixin.NewID()
	w.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region) VALUES ($1, '990101001999', 'village', '留出村', '留出村', $2, $3)`, second, town.unit, town.region)
	roster := func(h home) (n int) {
		t.Helper()
		ctx, r := w.as(t, h)
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			field, err := tx.ContestantsOn(ctx, &template.Document{Subject: template.Village}, calendar.MustDate("2023-04-30"))
			n = len(field)
			return err
		})
		if err := errors.Join(err, r.End()); err != nil {
			t.Fatal(err)
		}
		return n
	}
	take := func(part bool) {
		t.Helper()
		err := w.doing(t, town, func(ctx context.Context, tx *Tx) error {
			all, err := tx.SetupVillages(ctx)
			if err != nil {
				return err
			}
			for _, v := range all {
				if v.Unit == second {
					v.TakesPart = part
				}
			}
			return errors.Join(tx.ConfirmVillages(ctx, all, town.user, time.Now()), audit.Record(ctx, "village:confirm", "tenant", town.tenant, nil))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := roster(town); n != 2 {
		t.Fatalf("%d villages before anybody said anything", n)
	}
	take(false)
	if n := roster(town); n != 1 {
		t.Errorf("%d villages with one left out", n)
	}
	ctx, _ := w.as(t, town)
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		standing, err := tx.Standing(ctx, time.Now())
		progress, bad := tx.Progress(ctx)
		if err == nil && bad == nil && (standing.Villages != 1 || progress.Villages != 2 || progress.Confirmed != 2 || standing.State != hosting.Active) {
			t.Errorf("%+v, %+v", standing, progress)
		}
		return errors.Join(err, bad)
	})
	if err != nil {
		t.Error(err)
	}
	take(true)
	if n := roster(town); n != 2 {
		t.Errorf("%d villages with it back", n)
	}
	if n := roster(other); n != 1 {
		t.Errorf("%d villages of another township", n)
	}
}
