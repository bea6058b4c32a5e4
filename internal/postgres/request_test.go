package postgres

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/gen/calendarday"
	"leitai/ent/mixin"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

type anyStore interface{ Tenant() uuid.UUID }

func TestARequestReadsInOneTransactionAndWritesInItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen = 1 }) // a second connection would never come
	h := w.settle(t, "township", "990101001")
	ctx, r := w.as(t, h)
	v, err := viewer.From(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if v.Tenant != h.tenant || v.User != h.user || v.Person != h.person || v.Region != h.region || v.TenantUnit != h.unit ||
		v.TimeZone != "Asia/Shanghai" || !slices.Equal(v.Drafts, []uuid.UUID{h.tenant}) || v.Language != fault.Chinese {
		t.Fatalf("viewer: %+v", v)
	}
	if n := r.Statements(); n != 1 {
		t.Errorf("opening took %d statements", n)
	}
	days := func(ctx context.Context) (n int) {
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			var err error
			n, err = tx.Ent().CalendarDay.Query().Count(ctx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if days(ctx) != 0 || r.Statements() != 2 {
		t.Errorf("reading took %d statements", r.Statements())
	}
	day := time.Date(2023, 4, 30, 0, 0, 0, 0, time.UTC)
	err = w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		made, err := tx.Ent().CalendarDay.Create().SetDay(day).SetKind("holiday").Save(ctx)
		if err != nil {
			return err
		}
		if made.TenantID != h.tenant || made.Region != h.region {
			t.Errorf("the row's home is %v %v", made.TenantID, made.Region)
		}
		if days(ctx) != 1 {
			t.Error("a read inside the write does not see what was written")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if days(ctx) != 1 {
		t.Error("a read after the write does not see what was written")
	}
	stored, err := queryOneAs(ctx, w.db, `SELECT day FROM calendar_day`)
	if err != nil || dateOf(stored).String() != "2023-04-30" {
		t.Errorf("stored %v, %v", stored, err)
	}
}

func queryOneAs(ctx context.Context, db *DB, query string) (at time.Time, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *Tx) error {
		at, err = queryOne(ctx, tx, value[time.Time], query)
		return err
	})
	return at, err
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	put := func(ctx context.Context, tx *Tx) error {
		return tx.Ent().CalendarDay.Create().SetDay(time.Unix(0, 0).UTC()).SetKind("holiday").Exec(ctx)
	}
	wanted := fault.New(fault.WrongState, "state", "x", "want", "y")
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error { return errors.Join(put(ctx, tx), wanted) })
	if !errors.Is(err, wanted) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = w.db.write(ctx, func(ctx context.Context, tx *Tx) error { _ = put(ctx, tx); panic("boom") })
	}()
	if n := w.count(t, `SELECT count(*) FROM calendar_day`); n != 0 {
		t.Errorf("%d rows remain", n)
	}
	if err := w.db.write(ctx, put); err != nil {
		t.Errorf("the request is of no use after a panic: %v", err)
	}
}

func TestWritesInsideReadsAreRefusedAndReadsWriteNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, _ := w.as(t, w.settle(t, "township", "990101001"))
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		if err := w.db.write(ctx, func(context.Context, *Tx) error { return nil }); !errors.Is(err, errWriteInRead) {
			t.Errorf("a write inside a read: %v", err)
		}
		return tx.Ent().CalendarDay.Create().SetDay(time.Unix(0, 0).UTC()).SetKind("holiday").Exec(ctx)
	})
	if sqlstate(err) != "25006" {
		t.Errorf("a read transaction took a row: %v", err)
	}
}

func TestGoroutinesShareARead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	for i := range 50 {
		w.put(t, `INSERT INTO calendar_day (id, tenant_id, region, day, kind) VALUES ($1,$2,$3,date '2023-01-01' + $4::int,'holiday')`,
			mixin.NewID(), h.tenant, h.region, i)
	}
	ctx, _ := w.as(t, h)
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
				all, err := tx.Ent().CalendarDay.Query().Order(calendarday.ByDay()).All(ctx)
				if err == nil && len(all) != 50 {
					t.Errorf("%d rows", len(all))
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

func TestWhatIsMissingOrDoubleIsAFault(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, r := w.as(t, h)
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Ent().CalendarDay.Get(ctx, uuid.New())
		return err
	})
	if fault.CodeOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
	for _, want := range []fault.Code{"", fault.AlreadyExists} {
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			return tx.Ent().Organisation.Create().SetKind("office").SetName("党政办").SetValidFrom(time.Unix(0, 0).UTC()).Exec(ctx)
		})
		if fault.CodeOf(err) != want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	if err := w.db.read(ctx, func(context.Context, *Tx) error { return nil }); !errors.Is(err, errEnded) {
		t.Errorf("reading after the end: %v", err)
	}
}

func TestStoresAreCheckedWhenTheyAreWired(t *testing.T) {
	t.Parallel()
	Read[anyStore](nil)
	defer func() {
		if recover() == nil {
			t.Error("a store that Tx does not implement was accepted")
		}
	}()
	Write[interface{ NobodyImplementsThis() }](nil)
}
