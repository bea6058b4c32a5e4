package authz

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestSince(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	give := func(user string, role Role, unit string, days int) {
		g := gives(user, role, unit, "township")
		g.From = noon.AddDate(0, 0, -days)
		w.put(g)
	}
	give("secretary", VillageSecretary, "village 1", 3)
	give("secretary", VillageClerk, "village 1", 9)
	give("secretary", VillageSecretary, "village 2", 1)
	give("clerk", TownshipClerk, "township", 5)
	for _, c := range []struct {
		who  string
		p    Permission
		unit string
		days int
		held bool
	}{
		{"secretary", ResultDraftRead, "village 1", 9, true},
		{"secretary", ResultDraftRead, "village 2", 1, true},
		{"secretary", ResultDraftRead, "township", 0, false},
		{"secretary", PublicationRead, "village 2", 9, true}, // published results are the township's
		{"clerk", ResultDraftRead, "village 2", 5, true},
		{"clerk", RoundPublish, "township", 0, false},
	} {
		from, held := a.Since(w.as(t, a, c.who, "township"), c.p, place(c.unit))
		if held != c.held || held && !from.Equal(noon.AddDate(0, 0, -c.days)) {
			t.Errorf("%s %s at %s: %v %v", c.who, c.p, c.unit, from, held)
		}
	}
	if _, held := a.Since(context.Background(), UnitRead, uuid.Nil); held {
		t.Error("nobody holds something")
	}
	if from, held := a.Since(w.as(t, a, "clerk", "township"), RoundPlan, uuid.Nil); !held || from.After(time.Now()) {
		t.Error("the tenant's own unit stands for none")
	}
}
