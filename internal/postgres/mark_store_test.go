package postgres

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/exact"
	contestround "leitai/internal/round"
	"leitai/internal/scoring"
)

// Marks that share some of what they say and differ in the rest are read back as
// they were entered: first ones, a finding and a correction in one statement.
func TestMarksComeBackAsTheyWereInserted(t *testing.T) {
	t.Parallel()
	w, h := newFilledWorld(t)
	sent := []*contestround.Mark{h.mark("party", "on-site", "93.5"), h.mark("rural", "ledger", "0.333333"), h.mark("party", "ledger", "-2"), h.mark("rural", "on-site", "7")}
	sent[1].Detail = &scoring.Detail{Level: "好", Note: `"引号", {括号}\`}
	old := h.id("mark")
	sent[3].Item, sent[3].Supersedes, sent[3].Reason = "party", &old, "漏计"
	sent[0].Item, sent[0].Channel = `"x", y`, "on{site}"
	var have []*contestround.Mark
	w.writing(t, h, func(ctx context.Context, tx *Tx) error {
		taken, err := tx.InsertMarks(ctx, sent)
		if err != nil || taken {
			t.Errorf("taken %t, %v", taken, err)
			return err
		}
		ids := make([]uuid.UUID, len(sent))
		for i, m := range sent {
			ids[i] = m.ID
		}
		have, err = tx.MarksByID(ctx, ids)
		return err
	})
	if len(have) != len(sent) {
		t.Fatalf("%d of %d marks", len(have), len(sent))
	}
	for i, m := range have {
		m.SubjectKind, m.JudgeAlias = "", "" // of other tables
		if !m.EnteredAt.Equal(sent[i].EnteredAt) || !m.Value.Equal(sent[i].Value) {
			t.Errorf("mark %d: at %v, %v", i, m.EnteredAt, m.Value)
		}
		m.EnteredAt, m.Value = sent[i].EnteredAt, sent[i].Value
		if !reflect.DeepEqual(m, sent[i]) {
			t.Errorf("mark %d is stored as %+v, was %+v", i, *m, *sent[i])
		}
	}
}

// An id that is taken, here or in a tenant that nothing else is known of, keeps
// the whole batch out, and the transaction goes on.
func TestATakenIDKeepsTheBatchOut(t *testing.T) {
	t.Parallel()
	w, h := newFilledWorld(t)
	other := w.settle(t, "township", "990202202")
	w.fill(t, other)
	for _, id := range []uuid.UUID{h.id("mark"), other.id("mark")} {
		w.writing(t, h, func(ctx context.Context, tx *Tx) error {
			again := []*contestround.Mark{h.mark("rural", "on-site", "1"), h.mark("rural", "ledger", "2")}
			again[1].ID = id
			if taken, err := tx.InsertMarks(ctx, again); err != nil || !taken {
				t.Errorf("taken %t, %v", taken, err)
			}
			if found, err := tx.MarksByID(ctx, []uuid.UUID{again[0].ID}); err != nil || len(found) != 0 {
				t.Errorf("%d marks of a batch that was kept out, %v", len(found), err)
			}
			if taken, err := tx.InsertMarks(ctx, again[:1]); err != nil || taken {
				t.Errorf("afterwards: taken %t, %v", taken, err)
			}
			return errUndone
		})
	}
	if n := w.count(t, `SELECT count(*) FROM mark`); n != 2 {
		t.Errorf("%d marks", n)
	}
}

// One statement names round, person and moment once.
func TestMixedMarksAreRefused(t *testing.T) {
	t.Parallel()
	w, h := newFilledWorld(t)
	for name, change := range map[string]func(*contestround.Mark){
		"round": func(m *contestround.Mark) { m.Round = uuid.New() }, "person": func(m *contestround.Mark) { m.EnteredBy = uuid.New() },
		"moment": func(m *contestround.Mark) { m.EnteredAt = m.EnteredAt.Add(time.Second) },
	} {
		mixed := []*contestround.Mark{h.mark("rural", "on-site", "1"), h.mark("rural", "ledger", "2")}
		change(mixed[1])
		w.writing(t, h, func(ctx context.Context, tx *Tx) error {
			if _, err := tx.InsertMarks(ctx, mixed); !errors.Is(err, errMixedMarks) {
				t.Errorf("%s: %v", name, err)
			}
			return errUndone
		})
	}
}

var errUndone = errors.New("nothing of this is to stay")

// newFilledWorld is a world with one tenant that has a row of everything.
func newFilledWorld(t *testing.T) (*world, home) {
	t.Helper()
	w := newWorld(t)
	h := w.settle(t, "township", "990101201")
	w.fill(t, h)
	return w, h
}

// writing works in a transaction of the tenant's clerk.
func (w *world) writing(t *testing.T, h home, do func(context.Context, *Tx) error) {
	t.Helper()
	ctx, _ := w.as(t, h)
	if err := w.db.write(ctx, do); err != nil && !errors.Is(err, errUndone) {
		t.Fatal(err)
	}
}

var entered = time.Date(2023, 4, 28, 3, 0, 0, 1000, time.UTC)

func (h home) mark(item, channel, value string) *contestround.Mark {
	return &contestround.Mark{ID: uuid.New(), Round: h.id("round"), Item: item, Channel: channel, Subject: h.village, Unit: h.village,
		Judge: h.person, Value: exact.Must(value), EnteredBy: h.person, EnteredAt: entered, State: contestround.MarkEntered}
}
