package authz

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/viewer"
)

// snapshot is the store as a transaction sees it that was opened now.
func (w *world) snapshot() *world {
	w.lock.Lock()
	defer w.lock.Unlock()
	return &world{epoch: w.epoch, units: w.units, grants: maps.Clone(w.grants), changed: maps.Clone(w.changed), own: maps.Clone(w.own),
		roles: maps.Clone(w.roles), parents: maps.Clone(w.parents)}
}

// twin is an Authz that knows nothing yet and shares the policy.
func twin(a *Authz) *Authz {
	b := &Authz{now: a.now}
	b.policy.Store(a.policy.Load())
	return b
}

// Whatever changes in whatever order, however many books are let go, and however
// late old transactions come: at every request the memory decides as one does
// that reads everything anew.
// covers T15, T16
func TestTheMemoryNeverLagsBehind(t *testing.T) {
	t.Parallel()
	first := newAuthz(t)
	tenants := []string{"county", "township", "other township"}
	units := []string{"county", "township", "other township", "village 1", "village 2", "group", "other village"}
	users := []string{"u1", "u2"}
	named := []Role{TownshipClerk, VillageSecretary, CountyAdmin, archivist}
	asked := []Permission{RoundPlan, IssueRead, GrantWrite, RoundRead}
	rapid.Check(t, func(r *rapid.T) {
		w, a := newWorld(), twin(first)
		a.shelf.most = rapid.SampledFrom([]int64{1, 2500, 1 << 20}).Draw(r, "memory")
		var grants []given
		var late []*world
		pick := func(what string, from []string) string { return rapid.SampledFrom(from).Draw(r, what) }
		open := func(source *world, tenant, user string) context.Context {
			ctx := viewer.With(context.Background(), &viewer.Viewer{User: place(user), Tenant: place("tenant " + tenant), TenantUnit: place(tenant),
				TenantKind: kindOf(tenant), Epoch: source.epoch})
			if err := a.Refresh(ctx, source); err != nil {
				r.Fatal(err)
			}
			return ctx
		}
		r.Repeat(map[string]func(*rapid.T){
			"give": func(*rapid.T) {
				grants = append(grants, w.put(gives(pick("user", users), rapid.SampledFrom(named).Draw(r, "role"), pick("unit", units), pick("tenant", tenants))))
			},
			"take": func(*rapid.T) {
				if len(grants) > 0 {
					g := rapid.SampledFrom(grants).Draw(r, "grant")
					g.Revoked = true
					w.put(g)
				}
			},
			"move": func(*rapid.T) { w.move("village 2", pick("above", []string{"township", "other township", "county"})) },
			"define": func(*rapid.T) {
				w.define(pick("tenant", tenants), archivist, rapid.SliceOfNDistinct(rapid.SampledFrom(asked), 0, 3, rapid.ID).Draw(r, "role")...)
			},
			"open": func(*rapid.T) { late = append(late, w.snapshot()) },
			"late": func(*rapid.T) {
				if len(late) > 0 {
					source := late[0]
					late = late[1:]
					open(source, pick("tenant", tenants), pick("user", users))
				}
			},
			"": func(*rapid.T) {
				tenant, user := pick("in", tenants), pick("asks", users)
				ctx, anew := open(w, tenant, user), w.as(t, twin(first), user, tenant)
				for _, p := range asked {
					for _, unit := range units {
						if got, want := a.May(ctx, p, place(unit)), first.May(anew, p, place(unit)); got != want {
							r.Fatalf("%s in %s: %s at %s is decided %v, read anew %v", user, tenant, p, unit, got, want)
						}
					}
				}
			},
		})
	})
}

// Two requests ask at a time when nothing is known yet: what changed between
// their snapshots reaches the book that the older one reads.
func TestTheFirstToAskHidesNoChange(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	g := w.put(gives("clerk", TownshipClerk, "township", "township"))
	older := w.snapshot()
	a.shelf.slot(place("tenant township")) // the older request has come so far
	g.Revoked = true
	w.put(g)
	w.as(t, a, "other", "other township")
	if !a.May(older.as(t, a, "clerk", "township"), RoundPlan, uuid.Nil) {
		t.Error("the older request decides with what it read")
	}
	if a.May(w.as(t, a, "clerk", "township"), RoundPlan, uuid.Nil) {
		t.Error("the next request still may")
	}
}

// A request that waited while a newer one read the book leaves it as it is.
func TestAnOlderReadingNeverReplacesANewerOne(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	g := w.put(gives("clerk", TownshipClerk, "township", "township"))
	older := w.snapshot()
	waiting := &viewer.Viewer{User: place("clerk"), Tenant: place("tenant township"), TenantUnit: place("township"), TenantKind: "township", Epoch: older.epoch}
	g.Revoked = true
	w.put(g)
	w.define("township", archivist, IssueRead) // so that all is read, and not what changed
	now := w.as(t, a, "clerk", "township")
	if err := a.load(viewer.With(t.Context(), waiting), waiting, a.shelf.slot(waiting.Tenant), older); err != nil {
		t.Fatal(err)
	}
	if a.May(now, RoundPlan, uuid.Nil) || a.Anywhere(now, RoundPlan) == nil {
		t.Error("a revoked grant came back")
	}
}

// Books that nobody opened for the longest are let go, the one just read never;
// a request that was opened before keeps deciding with what it was opened with.
func TestBooksAreLetGo(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	a.shelf.most = 1 // byte
	w.put(gives("clerk", TownshipClerk, "township", "township"))
	w.put(gives("other", TownshipClerk, "other township", "other township"))
	clerk := w.as(t, a, "clerk", "township")
	other := w.as(t, a, "other", "other township")
	if n, bytes := a.Kept(); n != 1 || bytes <= 0 {
		t.Errorf("%d books of %d bytes are kept", n, bytes)
	}
	if !a.May(clerk, RoundPlan, uuid.Nil) || !a.May(other, RoundPlan, uuid.Nil) {
		t.Error("a request lost its rights when a book was let go")
	}
	before := w.asked
	if ctx := w.as(t, a, "clerk", "township"); !a.May(ctx, RoundPlan, uuid.Nil) || w.asked == before {
		t.Error("the book was not read again")
	}
	a.shelf.most = 0
	for i := range 50 {
		w.put(gives(fmt.Sprint(i), TownshipClerk, "township", "township"))
		w.as(t, a, "clerk", "township")
		w.as(t, a, "other", "other township")
	}
	n, bytes := a.Kept()
	sum := int64(0)
	for _, at := range a.shelf.slots {
		sum += at.book.Load().bytes()
	}
	if n != 2 || bytes != sum {
		t.Errorf("%d books are said to take %d bytes, they take %d", n, bytes, sum)
	}
}

// A change in one tenant asks nothing of the store for the others.
func TestOtherTenantsAreNotReadAgain(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("clerk", TownshipClerk, "township", "township"))
	w.as(t, a, "clerk", "township")
	w.as(t, a, "other", "other township")
	w.put(gives("other", TownshipClerk, "other township", "other township"))
	before := w.asked
	w.as(t, a, "clerk", "township")
	if got := w.asked - before; got != 1 { // which tenants changed
		t.Errorf("asked %d times", got)
	}
	if ctx := w.as(t, a, "other", "other township"); !a.May(ctx, RoundPlan, uuid.Nil) {
		t.Error("the change is not seen")
	}
}

// When more changed than is told by name, every book is read again.
func TestManyChangesReachEveryBook(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	g := w.put(gives("clerk", TownshipClerk, "township", "township"))
	w.as(t, a, "clerk", "township")
	g.Revoked = true
	w.put(g)
	a.shelf.mark(News{Epoch: w.epoch, Units: w.units, Many: true})
	if a.May(w.as(t, a, "clerk", "township"), RoundPlan, uuid.Nil) {
		t.Error("the change is not seen")
	}
}

// Books are amended user by user and written anew now and then; both decide alike.
func TestManyAmendments(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	var all []given
	for i := range 3 * keptChanges {
		g := gives(fmt.Sprint(i), TownshipClerk, "township", "township")
		if i%3 == 0 {
			g.Dimensions = []string{"safety", fmt.Sprint(i % 9)}
		}
		all = append(all, w.put(g))
		w.as(t, a, "x", "township")
	}
	for i := range all {
		if i%2 == 0 {
			all[i].Revoked = true
			w.put(all[i])
			w.as(t, a, "x", "township")
		}
	}
	b := a.shelf.slots[place("tenant township")].book.Load()
	if len(b.changed) > keptChanges || len(b.users.ids) == 0 {
		t.Errorf("%d users stand beside the book of %d", len(b.changed), len(b.users.ids))
	}
	for i := range all {
		ctx := w.as(t, a, fmt.Sprint(i), "township")
		if got := a.May(ctx, RoundPlan, uuid.Nil); got != (i%2 == 1) {
			t.Fatalf("user %d: %v", i, got)
		}
		if unlimited, keys := a.Dimensions(ctx, RoundPlan); i%2 == 1 && (unlimited != (i%3 != 0) || !unlimited && !slices.Contains(keys, "safety")) {
			t.Fatalf("user %d: dimensions %v %v", i, unlimited, keys)
		}
	}
}

// Readers decide while units move, roles change and grants come and go; what a
// request is opened with is never older than the change before it.
// covers T16
func TestReadersAndWritersAtATime(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	a.shelf.most = 3000
	w.put(gives("reader", TownshipClerk, "township", "township"))
	w.put(gives("reader", TownshipClerk, "other township", "other township"))
	stop := make(chan struct{})
	var readers, writer sync.WaitGroup
	for _, tenant := range []string{"township", "other township"} {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				ctx := w.as(t, a, "reader", tenant)
				if !a.May(ctx, RoundPlan, uuid.Nil) || a.May(ctx, RoundPublish, place("village 2")) {
					t.Error("a standing grant is decided differently")
					return
				}
				a.Scope(ctx, IssueRead)
				a.May(ctx, RoundPlan, place("village 2"))
			}
		})
	}
	writer.Go(func() {
		for range 200 {
			w.move("village 2", "other township")
			if a.May(w.as(t, a, "reader", "township"), RoundPlan, place("village 2")) {
				t.Error("the old township keeps its rights")
			}
			w.move("village 2", "township")
			g := w.put(gives("guest", Judge, "township", "township"))
			w.define("township", archivist, IssueRead)
			if !a.May(w.as(t, a, "guest", "township"), MarkWrite, uuid.Nil) {
				t.Error("a new grant is not seen")
			}
			g.Revoked = true
			w.put(g)
			if a.May(w.as(t, a, "guest", "township"), MarkWrite, uuid.Nil) {
				t.Error("a revoked grant counts")
			}
		}
	})
	writer.Wait()
	close(stop)
	readers.Wait()
}
