package graph

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// thing is something with a key and an owner.
type thing struct{ id, owner uuid.UUID }

func keys(n int) []uuid.UUID {
	out := make([]uuid.UUID, n)
	for i := range out {
		out[i] = uuid.Must(uuid.NewV7())
	}
	return out
}

func TestLoadsAreBatched(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	ids := keys(100)
	loader := batched(func(_ context.Context, want []uuid.UUID) ([]thing, error) {
		asked.Add(1)
		var found []thing
		for i := range want { // in another order, and the last one unknown
			if id := want[len(want)-1-i]; id != ids[99] {
				found = append(found, thing{id: id})
			}
		}
		return found, nil
	}, func(x thing) uuid.UUID { return x.id })
	var wait sync.WaitGroup
	for range 3 {
		for i, id := range ids {
			wait.Go(func() {
				got, err := loader.Load(t.Context(), id)
				if unknown := fault.CodeOf(err) == fault.NotFound; unknown != (i == 99) || !unknown && got.id != id {
					t.Errorf("%d: %v, %v", i, got, err)
				}
			})
		}
	}
	wait.Wait()
	if n := asked.Load(); n > 10 { // one, where the machine is not busy
		t.Errorf("300 loads of 100 keys asked %d times", n)
	}
}

func TestAFailedBatchFailsAll(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	loader := batched(func(context.Context, []uuid.UUID) ([]thing, error) { return nil, broken }, func(x thing) uuid.UUID { return x.id })
	if _, err := loader.LoadAll(t.Context(), keys(3)); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestGroupsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	ids := keys(3)
	all := []thing{{ids[0], ids[1]}, {ids[1], ids[0]}, {ids[2], ids[1]}}
	loader := grouped(func(context.Context, []uuid.UUID) ([]thing, error) { return all, nil }, func(x thing) uuid.UUID { return x.owner })
	got, err := loader.LoadAll(t.Context(), ids)
	if err != nil || len(got[0]) != 1 || len(got[1]) != 2 || got[1][1].id != ids[2] || got[2] != nil {
		t.Error(got, err)
	}
}

// Every operation has its own loaders, and a mutation forgets what was loaded.
//
// covers T33
func TestLoadersBelongToTheOperation(t *testing.T) {
	t.Parallel()
	r := &Resolver{}
	one, other := WithLoaders(t.Context(), r), WithLoaders(t.Context(), r)
	if loadersOf(one) == loadersOf(other) {
		t.Error("two operations share their loaders")
	}
	before := loadersOf(one)
	if _, err := settled(one, nil); err != nil || loadersOf(one) == before {
		t.Errorf("a mutation keeps what was loaded before it (%v)", err)
	}
}
