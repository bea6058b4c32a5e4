package authz

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

// A refusal at a unit of another tenant is told apart from one at home, for the
// operator's count.
func TestStepsOutOfTheTenantAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.put(gives("clerk", TownshipClerk, "township", "township"))
	a, err := New(func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	crossed := 0
	a.Crossed = func() { crossed++ }
	ctx := w.as(t, a, "clerk", "township")
	for unit, want := range map[uuid.UUID]int{uuid.Nil: 0, place("township"): 0, place("village 1"): 0, place("other township"): 1, place("other village"): 1, uuid.New(): 1} {
		crossed = 0
		if err := a.Require(ctx, TenantProvision, unit); err == nil || crossed != want {
			t.Errorf("%s: %v, told %d times, want %d", unit, err, crossed, want)
		}
	}
	crossed = 0
	if err := a.Require(ctx, RoundRead, place("village 1")); err != nil || crossed != 0 {
		t.Errorf("what is allowed: %v, told %d times", err, crossed)
	}
}
