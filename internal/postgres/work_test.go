package postgres

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"leitai/internal/audit"
	"leitai/internal/fault"
)

// What PostgreSQL asks to try again is tried again, from the beginning and with
// nothing left of the first try; what it does not ask for is not.
func TestTransactionsAreTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, _ := w.as(t, w.settle(t, "township", "990101001"))
	for code, want := range map[pqerror.Code]int{serialization: 3, deadlock: 3, "23514": 1} {
		runs := 0
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			runs++
			if err := audit.Record(ctx, "calendar:write", "calendar_day", tx.Tenant(), map[string]int{"run": runs}); err != nil {
				return err
			}
			if err := tx.Ent().CalendarDay.Create().SetDay(time.Unix(0, 0).UTC()).SetKind("holiday").Exec(ctx); err != nil {
				return err
			}
			if runs < 3 {
				return &pq.Error{Code: code}
			}
			return nil
		})
		if runs != want || (err == nil) != (want == 3) {
			t.Errorf("%s: %d runs, %v", code, runs, err)
		}
		if want == 3 {
			if n := w.count(t, `SELECT count(*) FROM audit_entry WHERE detail = '{"run": 3}'`); n != 1 {
				t.Errorf("%s: %d entries", code, n)
			}
			w.put(t, `DELETE FROM calendar_day`)
			w.put(t, `DELETE FROM audit_entry`)
			w.put(t, `DELETE FROM audit_tip`)
		}
	}
	runs := 0
	err := w.db.write(ctx, func(context.Context, *Tx) error { runs++; return &pq.Error{Code: serialization} })
	if runs != tries || pq.As(err, serialization) == nil {
		t.Errorf("%d runs, %v", runs, err)
	}
}

// Writers of one tenant follow each other: what one read is still so when it
// writes. Each puts the next day after the last it saw; none meets another.
func TestOneWriterATenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	const writers, each = 8, 5
	var wait sync.WaitGroup
	for range writers {
		ctx, _ := w.as(t, h)
		wait.Go(func() {
			for range each {
				runs := 0
				err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
					runs++
					n, err := tx.Ent().CalendarDay.Query().Count(ctx)
					if err != nil {
						return err
					}
					return tx.Ent().CalendarDay.Create().SetDay(time.Unix(0, 0).UTC().AddDate(0, 0, n)).SetKind("holiday").Exec(ctx)
				})
				if err != nil || runs != 1 {
					t.Errorf("%d runs, %v", runs, err)
				}
			}
		})
	}
	wait.Wait()
	if n := w.count(t, `SELECT max(day) - min(day) + 1 FROM calendar_day`); n != writers*each {
		t.Errorf("%d days", n)
	}
}

// A writer of one tenant does not wait for another tenant's.
func TestWritersOfTwoTenantsDoNotWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	ctxA, _ := w.as(t, a)
	ctxB, _ := w.as(t, b)
	err := w.db.write(ctxA, func(context.Context, *Tx) error {
		return w.db.write(ctxB, func(ctx context.Context, tx *Tx) error { // while A's transaction is open
			if tx.Tenant() != b.tenant {
				t.Error("B's writer writes for another")
			}
			return tx.Ent().CalendarDay.Create().SetDay(time.Unix(0, 0).UTC()).SetKind("holiday").Exec(ctx)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestErrorsThatAreForNobodysEyesStayErrors(t *testing.T) {
	t.Parallel()
	for code, want := range map[pqerror.Code]fault.Code{
		"23505": fault.AlreadyExists, "23503": fault.NotFound, "LT001": fault.RecordSealed, "LT002": fault.RecordHomeFixed,
		"LT003": fault.TemplateFrozen, "LT004": fault.RoundNotOpenForMarks, "42501": "", "23514": "",
		"57014": fault.RequestTimeout, "55P03": fault.Throttled,
	} {
		if have := fault.CodeOf(faultOf(errors.Join(&pq.Error{Code: code}))); have != want {
			t.Errorf("%s: %q, want %q", code, have, want)
		}
	}
	if faultOf(nil) != nil {
		t.Error("no error became one")
	}
}
