package postgres

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/ent/mixin"
	"leitai/internal/event"
)

// happen records events of a kind in one transaction of a tenant's clerk.
func (w *world) happen(t testing.TB, h home, events ...event.Event) {
	t.Helper()
	ctx, r := w.as(t, h)
	err := w.db.write(ctx, func(ctx context.Context, _ *Tx) error {
		for _, e := range events {
			if err := event.Record(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, r.End()); err != nil {
		t.Fatal(err)
	}
}

// seen lists the objects of the events that a clerk of a tenant can read there.
func (w *world) seen(t testing.TB, h home, tenants ...uuid.UUID) (objects []uuid.UUID) {
	t.Helper()
	ctx, r := w.as(t, h)
	after := event.Position{}
	for _, tenant := range tenants {
		after[tenant] = 0
	}
	for {
		var found *event.Stored
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) (err error) {
			found, err = tx.EventAfter(ctx, after, event.Filter{Kinds: event.Kinds()})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found == nil {
			if err := r.End(); err != nil {
				t.Fatal(err)
			}
			return objects
		}
		objects = append(objects, found.Object)
		after[found.Tenant] = found.Seq
	}
}

func TestEventsAreKeptWithTheAct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town := w.settle(t, "township", "990101001")
	ctx, r := w.as(t, town)
	round := mixin.NewID()
	bad := errors.New("the act failed")
	for _, want := range []error{bad, nil} {
		err := w.db.write(ctx, func(ctx context.Context, _ *Tx) error {
			for _, kind := range []event.Kind{event.RoundOpened, event.MarksSubmitted} {
				if err := event.Record(ctx, event.Event{Kind: kind, Object: round, ObjectKind: "round", Round: &round, Data: map[string]any{"marks": 3}}); err != nil {
					return err
				}
			}
			if n := w.count(t, `SELECT count(*) FROM event`); n != 0 {
				t.Errorf("%d events before the commit", n)
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Fatal(err)
		}
	}
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		all, err := tx.eventsAfter(ctx, 0, event.Kinds())
		if err != nil || len(all) != 2 {
			t.Fatalf("%v, %v", all, err)
		}
		for i, e := range all {
			if e.Seq != int64(i+1) || e.Kind != []event.Kind{event.RoundOpened, event.MarksSubmitted}[i] || e.Tenant != town.tenant || e.Unit != town.unit ||
				e.Object != round || e.Round != round || string(e.Data) != `{"marks": 3}` || e.At.IsZero() || len(e.Persons) != 0 {
				t.Errorf("%d: %+v", i, e)
			}
		}
		later, err := tx.eventsAfter(ctx, 1, []event.Kind{event.MarksSubmitted})
		if err != nil || len(later) != 1 || later[0].Seq != 2 {
			t.Errorf("%v, %v", later, err)
		}
		return event.Record(ctx, event.Event{Kind: event.RoundOpened, Object: round, ObjectKind: "round"})
	})
	if err == nil {
		t.Error("a read recorded an event")
	}
	_ = r.End()
}

// A number that was taken blocks the next until its transaction ends, and comes
// back with a rollback: nobody ever sees n+1 without n.
func TestANumberIsTakenUntilTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town := w.settle(t, "township", "990101001")
	app, err := sql.Open("postgres", w.AppDSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	begin := func() *sql.Tx {
		tx, err := app.BeginTx(t.Context(), nil)
		if err == nil {
			_, err = tx.ExecContext(t.Context(), `SELECT set_config('app.tenant', $1, true), set_config('app.draft_tenants', '{' || $1 || '}', true)`, town.tenant.String())
		}
		if err != nil {
			t.Fatal(err)
		}
		return tx
	}
	insert := func(tx *sql.Tx, seq any) (got int64, err error) {
		err = tx.QueryRowContext(t.Context(), `INSERT INTO event (id, tenant_id, region, seq, kind, reach, unit_id, object_kind, object_id, at)
			VALUES ($1, $2, $3, $4, 'round.opened', 'tenant', $5, 'round', $1, now()) RETURNING seq`, mixin.NewID(), town.tenant, town.region, seq, town.unit).Scan(&got)
		return got, err
	}
	first, second := begin(), begin()
	if n, err := insert(first, 900); n != 1 || err != nil { // what the writer says is not believed
		t.Fatalf("%d, %v", n, err)
	}
	if _, err := second.ExecContext(t.Context(), `SET LOCAL lock_timeout = '100ms'`); err != nil {
		t.Fatal(err)
	}
	if n, err := insert(second, nil); err == nil {
		t.Errorf("number %d was given while 1 was not decided", n)
	}
	_, _ = second.Rollback(), first.Rollback()
	third := begin()
	if n, err := insert(third, nil); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if err := third.Commit(); err != nil {
		t.Fatal(err)
	}
	for name, statement := range map[string]string{
		"the tip is moved":      `UPDATE event_tip SET seq = 0`,
		"a tip is made":         `INSERT INTO event_tip (id, tenant_id, region, seq) VALUES (gen_random_uuid(), gen_random_uuid(), '', 1)`,
		"an event is changed":   `UPDATE event SET kind = 'round.closed'`,
		"an event is taken out": `DELETE FROM event`,
	} {
		if _, err := app.ExecContext(t.Context(), statement); err == nil {
			t.Error(name)
		}
	}
}

// Whatever the writers do side by side, some of them in vain, one who reads all
// the while is told every event once, in order and without a gap.
func TestAReaderMissesNothingOfConcurrentWriters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town := w.settle(t, "township", "990101001")
	seen := int64(0)
	rapid.Check(t, func(rt *rapid.T) {
		plans := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(-2, 3), 1, 4), 1, 6).Draw(rt, "writers")
		var told []int64
		done, finished := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(finished)
			for last := false; ; {
				select {
				case <-done:
					last = true
				default:
				}
				found := w.since(t, town, seen)
				if len(found) == 0 && last {
					return
				}
				for _, seq := range found {
					told, seen = append(told, seq), seq
				}
			}
		}()
		before, want := seen, int64(0)
		var group sync.WaitGroup
		for _, plan := range plans {
			for _, n := range plan {
				want += int64(max(n, 0))
			}
			group.Go(func() { w.deeds(t, town, plan) })
		}
		group.Wait()
		close(done)
		<-finished
		if int64(len(told)) != want || !slices.IsSorted(told) || want > 0 && (told[0] != before+1 || told[len(told)-1] != before+want) {
			rt.Fatalf("after %d told %v of %d", before, told, want)
		}
	})
}

// deeds runs one transaction for each number: so many events, or as many that
// come to nothing where it is negative.
func (w *world) deeds(t testing.TB, h home, plan []int) {
	t.Helper()
	ctx, r, _, err := w.db.Begin(t.Context(), h.cred)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = r.End() }()
	vain := errors.New("in vain")
	for _, n := range plan {
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			for range max(n, -n) {
				if err := event.Record(ctx, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"}); err != nil {
					return err
				}
			}
			if n < 0 {
				return errors.Join(tx.appendEvents(ctx), vain) // the numbers are taken and given back
			}
			return nil
		})
		if err != nil && !errors.Is(err, vain) {
			t.Error(err)
		}
	}
}

// eventsAfter reads what a stream of the own tenant's events of some kinds is
// given, one after the other.
func (tx *Tx) eventsAfter(ctx context.Context, seq int64, kinds []event.Kind) (all []*event.Stored, err error) {
	for at := (event.Position{tx.Tenant(): seq}); ; {
		e, err := tx.EventAfter(ctx, at, event.Filter{Kinds: kinds})
		if err != nil || e == nil {
			return all, err
		}
		all, at = append(all, e), event.Position{tx.Tenant(): e.Seq}
	}
}

func (w *world) since(t testing.TB, h home, seq int64) (seqs []int64) {
	t.Helper()
	ctx, r, _, err := w.db.Begin(t.Context(), h.cred)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer func() { _ = r.End() }()
	err = w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		found, err := tx.eventsAfter(ctx, seq, event.Kinds())
		for _, e := range found {
			seqs = append(seqs, e.Seq)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return seqs
}

// Who sees an event at all: unpublished work where drafts are read, the rest in
// the tenant, and what is published where publications are read.
func TestTheReachOfAnEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	county, open, shut, foreign := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002"), w.settle(t, "township", "990201001")
	w.adopt(t, county, open, true)
	w.adopt(t, county, shut, false)
	drafts, within, published := uuid.New(), uuid.New(), uuid.New()
	for _, h := range []home{open, shut, foreign} {
		w.happen(t, h, event.Event{Kind: event.MarksSubmitted, Object: drafts, ObjectKind: "round"}, event.Event{Kind: event.RoundOpened, Object: within, ObjectKind: "round"},
			event.Event{Kind: event.PublicationPublished, Object: published, ObjectKind: "publication"})
	}
	everywhere := []uuid.UUID{county.tenant, open.tenant, shut.tenant, foreign.tenant}
	all := []uuid.UUID{drafts, within, published}
	if got := w.seen(t, county, open.tenant); !slices.Equal(got, all) {
		t.Errorf("where the drafts are open: %v", got)
	}
	if got := w.seen(t, county, shut.tenant); !slices.Equal(got, []uuid.UUID{published}) {
		t.Errorf("where only what is published is: %v", got)
	}
	if got := w.seen(t, county, foreign.tenant); got != nil {
		t.Errorf("elsewhere: %v", got)
	}
	if got := w.seen(t, open, everywhere...); !slices.Equal(got, all) {
		t.Errorf("in the own tenant: %v", got)
	}
	w.put(t, `UPDATE role_grant SET role = 'village-secretary', epoch = 2 WHERE tenant_id = $1`, shut.tenant)
	if got := w.seen(t, shut, everywhere...); !slices.Equal(got, []uuid.UUID{within, published}) {
		t.Errorf("in the own tenant without its drafts: %v", got)
	}
	ctx, r := w.as(t, county)
	defer func() { _ = r.End() }()
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		tips, err := tx.EventTips(ctx, everywhere)
		if err != nil || tips[county.tenant] != 0 || tips[open.tenant] != 3 || tips[shut.tenant] != 3 || tips[foreign.tenant] != 0 {
			t.Errorf("%v, %v", tips, err)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestEventsAreFoundByWhatIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town := w.settle(t, "township", "990101001")
	round, other, person := uuid.New(), uuid.New(), uuid.New()
	w.happen(t, town,
		event.Event{Kind: event.RoundOpened, Object: round, ObjectKind: "round", Round: &round},
		event.Event{Kind: event.MarksSubmitted, Object: other, ObjectKind: "round", Round: &other},
		event.Event{Kind: event.InboxNew, Object: round, ObjectKind: "round", Persons: []uuid.UUID{person, other}},
		event.Event{Kind: event.RoundClosed, Object: round, ObjectKind: "round", Round: &round})
	ctx, r := w.as(t, town)
	defer func() { _ = r.End() }()
	for name, c := range map[string]struct {
		f    event.Filter
		want int64 // 0: none
	}{
		"the first":            {event.Filter{Kinds: event.Kinds()}, 1},
		"the last":             {event.Filter{Kinds: event.Kinds(), Last: true}, 4},
		"of kinds":             {event.Filter{Kinds: []event.Kind{event.RoundClosed, event.InboxNew}}, 3},
		"of a round":           {event.Filter{Kinds: event.Kinds(), Round: other}, 2},
		"the last of a round":  {event.Filter{Kinds: event.Kinds(), Round: round, Last: true}, 4},
		"of an object":         {event.Filter{Kinds: event.OfRound(), Object: other}, 2},
		"for a person":         {event.Filter{Kinds: event.Kinds(), Persons: []uuid.UUID{uuid.New(), person}}, 3},
		"for somebody else":    {event.Filter{Kinds: event.Kinds(), Persons: []uuid.UUID{uuid.New()}}, 0},
		"of no kind":           {event.Filter{Kinds: []event.Kind{}}, 0},
		"of another round yet": {event.Filter{Kinds: event.Kinds(), Round: uuid.New()}, 0},
	} {
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			found, err := tx.EventAfter(ctx, event.Position{town.tenant: 0}, c.f)
			if err != nil || (found == nil) != (c.want == 0) || found != nil && found.Seq != c.want {
				t.Errorf("%s: %+v, %v", name, found, err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
