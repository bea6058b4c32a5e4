package postgres

import (
	"context"
	"testing"
	"time"

	"leitai/ent/mixin"
	"leitai/internal/consequences"
	"leitai/internal/contest"
	"leitai/internal/exact"
	contestround "leitai/internal/round"
)

// A round's history holds past ranks that people entered, and today's units
// carry on what their predecessors did before the change, while the old ones stay
// as they were. covers Q8, Q10
func TestHistoryFollowsSuccessorsAndPastRanks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	w.fill(t, h)
	heir := mixin.NewID()
	w.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region, valid_from) VALUES ($1, '990101001299', 'village', '新村', '新村', $2, $3, '2023-02-01')`,
		heir, h.unit, h.region)
	w.put(t, `INSERT INTO unit_successor VALUES ($1, $2, 'move', '2023-02-01')`, h.village, heir)
	ctx, _ := w.as(t, h)
	var rounds []contest.Held
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) (err error) {
		rounds, err = tx.HistoryOf(ctx, &contestround.Round{Tenant: h.tenant, Competition: h.id("competition"), Period: "2023-05"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var december *contest.Held
	for i := range rounds {
		if rounds[i].Period == "2022-12" {
			december = &rounds[i]
		}
		for _, s := range rounds[i].Standings {
			if s.Subject == "990101001299" && rounds[i].Period > "2023-02" {
				t.Errorf("%s: the successor inherits a round after the change", rounds[i].Period)
			}
		}
	}
	if december == nil || december.Held != "2022-12-31" || len(december.Standings) != 2 {
		t.Fatalf("December: %+v", december)
	}
	for _, s := range december.Standings {
		if s.Rank != 1 {
			t.Errorf("%s stands %d", s.Subject, s.Rank)
		}
	}
}

// What a unit had come to in another tenant is copied as an opening balance,
// once, by the tenant to which it moved and by nobody else; the old account
// stays. covers Q10
func TestBalancesMoveWithAUnit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old, next, third := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002"), w.settle(t, "township", "990102001")
	w.fill(t, old)
	w.fill(t, next)
	w.put(t, `INSERT INTO unit_successor VALUES ($1, $2, 'move', '2024-01-01')`, old.village, next.village)
	ctx, _ := w.as(t, third)
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		moved, err := tx.MovedBalances(ctx, next.village)
		if len(moved) != 0 {
			t.Errorf("a stranger reads %+v", moved)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, _ = w.as(t, next)
	err = w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		moved, err := tx.MovedBalances(ctx, next.village)
		if err != nil {
			return err
		}
		if len(moved) != 1 || !moved[0].Points.Equal(exact.Int(5)) || moved[0].FromUnit != old.village {
			t.Fatalf("moved: %+v", moved)
		}
		for want := 1; want >= 0; want-- { // the second time adds nothing
			moved[0].ID, moved[0].Unit = mixin.NewID(), next.village
			if added, err := tx.InsertOpenings(ctx, next.id("competition"), moved, next.person, time.Now()); err != nil || added != want {
				t.Errorf("added %d, want %d (%v)", added, want, err)
			}
		}
		entries, _, err := tx.AccountEntries(ctx, consequences.AccountFilter{Competition: next.id("competition"), All: true})
		found := 0
		for _, e := range entries {
			if e.Opening != nil && *e.Unit == next.village && e.Points.Equal(exact.Int(5)) && e.Note != "" {
				found++
			}
		}
		if found < 1 {
			t.Errorf("the account shows no opening balance: %+v", entries)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := w.count(t, `SELECT count(*) FROM account_entry WHERE tenant_id = $1`, old.tenant); n != 1 {
		t.Errorf("the old account has %d entries", n)
	}
}
