package authz

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/viewer"
)

// limited narrows the viewer of a context to units, as a token does.
func limited(ctx context.Context, units ...string) context.Context {
	v, _ := viewer.From(ctx)
	own := *v
	for _, unit := range units {
		own.Units = append(own.Units, place(unit))
	}
	return viewer.With(ctx, &own)
}

// A token that is limited to units does there what its owner does, and nothing
// elsewhere; a limit beside or above what the owner holds adds nothing.
// covers T29
func TestATokenCountsAtItsUnitsOnly(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("clerk", TownshipClerk, "township", "township"))
	w.put(gives("secretary", VillageSecretary, "village 1", "township"))
	clerk, secretary := w.as(t, a, "clerk", "township"), w.as(t, a, "secretary", "township")
	for _, c := range []struct {
		name string
		ctx  context.Context
		want []string // where issues may be read
	}{
		{"no limit", clerk, []string{"township", "village 1", "village 2", "group"}},
		{"a village", limited(clerk, "village 1"), []string{"village 1", "group"}},
		{"two villages", limited(clerk, "village 2", "group"), []string{"village 2", "group"}},
		{"the township", limited(clerk, "township"), []string{"township", "village 1", "village 2", "group"}},
		{"another township", limited(clerk, "other township", "other village"), nil},
		{"above the tenant", limited(clerk, "county"), nil},
		{"a limit above the grant", limited(secretary, "township"), []string{"village 1", "group"}},
		{"a limit beside the grant", limited(secretary, "village 2"), nil},
		{"a limit below the grant", limited(secretary, "group"), []string{"group"}},
	} {
		for unit := range parentOf {
			if got, want := a.May(c.ctx, IssueRead, place(unit)), slices.Contains(c.want, unit); got != want {
				t.Errorf("%s: issues of %s may be read: %v", c.name, unit, got)
			}
		}
		if got, want := a.Anywhere(c.ctx, IssueRead) == nil, len(c.want) > 0; got != want {
			t.Errorf("%s: anywhere: %v", c.name, got)
		}
		if got, want := len(a.Scope(c.ctx, IssueRead)) > 0, len(c.want) > 0; got != want {
			t.Errorf("%s: scope: %v", c.name, a.Scope(c.ctx, IssueRead))
		}
	}
	if got := a.Scope(limited(clerk, "village 2", "group"), IssueRead); len(got) != 2 {
		t.Errorf("the scope of two units is %v", got)
	}
	if a.May(limited(clerk, "village 1"), RoundOpen, uuid.Nil) {
		t.Error("a token of a village opens the township's round")
	}
	if !a.May(limited(clerk, "village 1"), RoundRead, uuid.Nil) {
		t.Error("a token of a village does not read the township's rounds, which every village does")
	}
	if a.May(limited(clerk, "other village"), RoundRead, uuid.Nil) {
		t.Error("a token of nowhere reads the township's rounds")
	}
	if len(a.Beyond(limited(clerk, "village 1"), Judge, uuid.Nil, nil)) == 0 || len(a.Held(limited(clerk, "other village"))) != 0 {
		t.Error("what is held is not narrowed")
	}
}

// Narrowed to one unit, nobody may appoint who runs a county's competitions.
func TestATokenOfOneUnitAppointsNobody(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("admin", CountyAdmin, "county", "county"))
	if admin := w.as(t, a, "admin", "county"); len(a.Beyond(limited(admin, "county"), Judge, uuid.Nil, nil)) == 0 {
		t.Error("a narrowed token appoints")
	}
}

// Whatever the limit, a token may nothing that its owner may not: at any unit,
// any permission. And a narrower limit never allows more.
// covers T29
func TestALimitNeverAdds(t *testing.T) {
	t.Parallel()
	units := []string{"prefecture", "county", "township", "other township", "village 1", "village 2", "group", "other village"}
	names := make([]Role, len(roles))
	for i, info := range roles {
		names[i] = info.Role
	}
	rapid.Check(t, func(r *rapid.T) {
		w, a := newWorld(), newAuthz(t)
		for range rapid.IntRange(1, 3).Draw(r, "grants") {
			w.put(gives("owner", rapid.SampledFrom(names).Draw(r, "role"), rapid.SampledFrom(units).Draw(r, "at"), "township"))
		}
		owner := w.as(t, a, "owner", "township")
		limits := rapid.SliceOfNDistinct(rapid.SampledFrom(units), 1, 3, rapid.ID).Draw(r, "limits")
		wide, narrow := limited(owner, limits...), limited(owner, limits[0])
		for _, info := range catalogue {
			for _, unit := range units {
				whole, some, less := a.May(owner, info.Permission, place(unit)), a.May(wide, info.Permission, place(unit)), a.May(narrow, info.Permission, place(unit))
				if some && !whole || less && !some {
					r.Fatalf("%s at %s: owner %v, limited to %v %v, to %s %v", info.Permission, unit, whole, limits, some, limits[0], less)
				}
			}
		}
	})
}
