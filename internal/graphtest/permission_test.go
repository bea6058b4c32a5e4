package graphtest_test

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/graphtest"
)

// Every field of the contract, asked for by people of every role with ids that
// name nothing: who holds the permission nowhere is told FORBIDDEN before
// anything runs, and nobody ever meets an internal error.
func TestEveryFieldAsksItsPermission(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	denied := 0
	for _, who := range []string{"A1", "C1", "L4", "J1", "R1", "S1", "K1", "L1", "XC1", "CA1", "CN1", "CD1", dashboard} {
		holds, before := permissionsOf(t, k, who), k.Fingerprint(t, uuid.Nil)
		for _, root := range graphtest.Roots() {
			if root.Permission == "" || holds[root.Permission] {
				continue
			}
			denied++
			r := k.As(t, who, root.Call(1, graphtest.Unknown), nil)
			if codes := r.Codes(); !slices.Equal(codes, []string{"FORBIDDEN"}) || r.Status != http.StatusOK {
				t.Errorf("%s may not %s, yet %s answers %d %v", who, root.Permission, root.Name, r.Status, codes)
			}
		}
		if k.Fingerprint(t, uuid.Nil) != before {
			t.Errorf("%s changed rows without a permission", who)
		}
	}
	if denied < 300 {
		t.Errorf("only %d pairs of actor and field are denied", denied)
	}
}

// dashboard is the name under which the cast knows the login without a person.
const dashboard = "dashboard"

func permissionsOf(t *testing.T, k *graphtest.Kit, who string) map[string]bool {
	t.Helper()
	holds := map[string]bool{}
	err := k.World.As(t.Context(), who, func(ctx context.Context) error {
		for _, info := range authz.Catalogue() {
			holds[string(info.Permission)] = k.App.Authz.Anywhere(ctx, info.Permission) == nil
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return holds
}

// Whoever holds a permission is answered in the words of the contract, never by
// an internal error, whatever ids and values are sent.
func TestNoFieldFailsInside(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	for _, who := range []string{"A1", "C1", "J1", "S1", "XA1", "CA1", dashboard} {
		for _, root := range graphtest.Roots() {
			r := k.As(t, who, root.Call(1, graphtest.Unknown), nil)
			if r.Status != http.StatusOK || slices.Contains(r.Codes(), string(fault.Internal)) {
				t.Errorf("%s by %s: %d %s", root.Name, who, r.Status, r.Body)
			}
		}
	}
	if t.Failed() {
		t.Log(k.Log())
	}
}
