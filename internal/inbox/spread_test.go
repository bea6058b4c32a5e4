package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/authz"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// held is a gate of a test: who holds what where; the zero unit is everywhere.
type held map[uuid.UUID]map[authz.Permission][]uuid.UUID

func (h held) May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool {
	v, err := viewer.From(ctx)
	return err == nil && (slices.Contains(h[v.User][p], unit) || slices.Contains(h[v.User][p], uuid.Nil))
}

func (h held) Anywhere(ctx context.Context, p authz.Permission) error {
	if v, err := viewer.From(ctx); err == nil && len(h[v.User][p]) > 0 {
		return nil
	}
	return fault.New(fault.Forbidden, "permission", string(p))
}

// kept is a store of a test that remembers who was given what.
type kept struct {
	Store
	events []*event.Stored
	users  []User
	given  map[uuid.UUID][]Draft
	last   int64
}

func (k *kept) InboxEvents(context.Context, int) ([]*event.Stored, error) { return k.events, nil }
func (k *kept) InboxUsers(context.Context, int) ([]User, error)           { return k.users, nil }
func (k *kept) PassInbox(_ context.Context, last int64) error             { k.last = last; return nil }
func (k *kept) GiveInbox(_ context.Context, d Draft, users []uuid.UUID, _ time.Time) ([]uuid.UUID, error) {
	for _, u := range users {
		k.given[u] = append(k.given[u], d)
	}
	return users, nil
}

type woken []event.Event

func (w *woken) Happened(e event.Event) { *w = append(*w, e) }

func spread(t *testing.T, gate Gate, k *kept) *woken {
	t.Helper()
	k.given = map[uuid.UUID][]Draft{}
	w := &woken{}
	s := New(Config{Gate: gate, Now: time.Now, Write: func(ctx context.Context, do func(context.Context, Store) error) error {
		return do(event.Into(ctx, w), k)
	}})
	if err := s.Spread(viewer.With(t.Context(), &viewer.Viewer{Tenant: uuid.New()})); err != nil {
		t.Fatal(err)
	}
	return w
}

func stored(seq int64, kind event.Kind, unit uuid.UUID, persons ...uuid.UUID) *event.Stored {
	return &event.Stored{ID: uuid.New(), Seq: seq, Kind: kind, Unit: unit, Object: uuid.New(), ObjectKind: "issue", Persons: persons, Data: json.RawMessage(`{}`)}
}

// Those who hold the right where it happened, and those who are named and may
// still read it, are told once; nobody else is, and streams of just these wake.
func TestWhomAnEventConcerns(t *testing.T) {
	t.Parallel()
	here, there := uuid.New(), uuid.New()
	user := func() User { return User{uuid.New(), uuid.New()} }
	answers, elsewhere, named, former, both, idle := user(), user(), user(), user(), user(), user()
	gate := held{
		answers.User: {authz.IssueAnswer: {here}, authz.IssueRead: {here}}, elsewhere.User: {authz.IssueAnswer: {there}, authz.IssueRead: {there}},
		named.User: {authz.IssueRead: {there}}, both.User: {authz.IssueAnswer: {here}, authz.IssueRead: {here}},
	}
	k := &kept{users: []User{answers, elsewhere, named, former, both, idle}, events: []*event.Stored{
		stored(4, event.IssueOpened, here, named.Person, former.Person, both.Person), stored(5, event.MarksSubmitted, here), stored(6, event.InboxNew, here, idle.Person)}}
	w := spread(t, gate, k)
	for who, want := range map[uuid.UUID]int{answers.User: 1, named.User: 1, both.User: 1, elsewhere.User: 0, former.User: 0, idle.User: 0} {
		if len(k.given[who]) != want {
			t.Errorf("given %d items, want %d", len(k.given[who]), want)
		}
	}
	if k.last != 6 {
		t.Errorf("told up to %d", k.last)
	}
	if d := k.given[answers.User][0]; d.Needs.Permission != authz.IssueAnswer || d.Needs.Unit == nil || *d.Needs.Unit != here {
		t.Errorf("a holder needs %+v", d.Needs)
	}
	if d := k.given[named.User][0]; d.Needs.Permission != authz.IssueRead || d.Needs.Unit != nil {
		t.Errorf("who is named needs %+v", d.Needs)
	}
	var persons []uuid.UUID
	for _, e := range *w {
		persons = append(persons, e.Persons...)
	}
	if len(persons) != 3 || slices.Contains(persons, former.Person) || slices.Contains(persons, elsewhere.Person) {
		t.Errorf("%d persons are woken", len(persons))
	}
}

// What is personal reaches the persons it is for, whatever others may do.
func TestPersonalEventsReachTheirPersons(t *testing.T) {
	t.Parallel()
	me, other := User{uuid.New(), uuid.New()}, User{uuid.New(), uuid.New()}
	all := map[authz.Permission][]uuid.UUID{}
	for _, p := range authz.Catalogue() {
		all[p.Permission] = []uuid.UUID{uuid.Nil}
	}
	k := &kept{users: []User{me, other, {User: uuid.New()}}, events: []*event.Stored{stored(1, event.JobFinished, uuid.New(), me.Person), stored(2, event.TaskOpened, uuid.New(), me.Person)}}
	spread(t, held{other.User: all, me.User: {authz.TaskRead: {uuid.Nil}}}, k)
	if len(k.given[me.User]) != 2 || len(k.given) != 1 {
		t.Errorf("%v", k.given)
	}
}

// However rights and names fall, nobody is given two items of one event, and
// everybody who is given one holds what it needs.
func TestNobodyIsToldTwice(t *testing.T) {
	t.Parallel()
	units := []uuid.UUID{uuid.New(), uuid.New(), uuid.Nil}
	rapid.Check(t, func(r *rapid.T) {
		gate, k := held{}, &kept{}
		for range rapid.IntRange(0, 6).Draw(r, "users") {
			u := User{uuid.New(), uuid.New()}
			k.users, gate[u.User] = append(k.users, u), map[authz.Permission][]uuid.UUID{}
			for _, one := range rules {
				for _, p := range []authz.Permission{one.to, one.named().Permission} {
					if p != "" && rapid.Bool().Draw(r, "holds") {
						gate[u.User][p] = append(gate[u.User][p], rapid.SampledFrom(units).Draw(r, "where"))
					}
				}
			}
		}
		for seq := range rapid.Int64Range(1, 5).Draw(r, "events") {
			e := stored(seq, rapid.SampledFrom(event.Kinds()).Draw(r, "kind"), rapid.SampledFrom(units[:2]).Draw(r, "unit"))
			for _, u := range k.users {
				if rapid.Bool().Draw(r, "named") {
					e.Persons = append(e.Persons, u.Person)
				}
			}
			k.events = append(k.events, e)
		}
		spread(t, gate, k)
		for user, drafts := range k.given {
			seen := map[uuid.UUID]bool{}
			for _, d := range drafts {
				s := New(Config{Gate: gate, Now: time.Now})
				if seen[d.Source] || !s.holds(viewer.With(context.Background(), &viewer.Viewer{User: user}), d.Needs) {
					r.Errorf("%s: twice %v, or without %+v", d.Kind, seen[d.Source], d.Needs)
				}
				seen[d.Source] = true
			}
		}
	})
}

// Every rule is of a kind that there is, once, and says whom it concerns.
func TestRulesAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range rules {
		_, known := event.InfoOf(event.Kind(r.kind))
		if seen[r.kind] || r.to == "" && !r.persons || !known && r.kind != IssueOverdue && r.kind != WebhookDisabled || r.to != "" && !authz.Known(r.to) {
			t.Errorf("%+v", r)
		}
		seen[r.kind] = true
	}
	if len(Kinds()) != len(rules) {
		t.Error("a kind is missing")
	}
}

// A tenant that cannot be told stops nobody else.
func TestOneTenantStopsNobody(t *testing.T) {
	t.Parallel()
	bad, good := uuid.New(), uuid.New()
	var told []uuid.UUID
	s := New(Config{Now: time.Now, Queue: func(ctx context.Context, do func(context.Context, Queue) error) error {
		return do(ctx, queue{bad, good})
	},
		Within: func(_ context.Context, tenant uuid.UUID, _ func(context.Context) error) error {
			if tenant == bad {
				return errors.New("broken")
			}
			told = append(told, tenant)
			return nil
		}})
	if did, err := s.Turn(t.Context()); err != nil || !did || !slices.Contains(told, good) {
		t.Errorf("%v %v %v", did, err, told)
	}
}

// A wake-up makes the next look at once; without one it is made anyway.
func TestAWakeUpIsALook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		looks, wake := 0, make(chan struct{}, 1)
		s := New(Config{Now: time.Now, Queue: func(ctx context.Context, do func(context.Context, Queue) error) error {
			looks++
			return do(ctx, queue{})
		}})
		ctx, stop := context.WithCancel(t.Context())
		go s.Run(ctx, wake)
		synctest.Wait()
		before, begun := looks, time.Now()
		wake <- struct{}{}
		synctest.Wait()
		if looks <= before || time.Since(begun) != 0 {
			t.Errorf("%d looks, then %d after %v", before, looks, time.Since(begun))
		}
		before = looks
		time.Sleep(pausing)
		synctest.Wait()
		if looks <= before {
			t.Error("nobody looks who is not woken")
		}
		stop()
	})
}

type queue []uuid.UUID

func (q queue) InboxBehind(context.Context, int) ([]uuid.UUID, error)              { return q, nil }
func (q queue) OverdueBehind(context.Context, time.Time, int) ([]uuid.UUID, error) { return nil, nil }
func (q queue) SweepInbox(context.Context, time.Time, int) (int, error)            { return 0, nil }
