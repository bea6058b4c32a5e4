package authz

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

func TestSight(t *testing.T) {
	t.Parallel()
	limited := func(unit string, role Role, keys ...string) given {
		g := gives("reader", role, unit, "township")
		g.Dimensions = keys
		return g
	}
	type seen struct {
		unit, dimension string
		want            bool
	}
	for _, c := range []struct {
		name   string
		grants []given
		p      Permission
		want   []seen
	}{
		{"nothing is held", nil, IssueRead, []seen{{"village 1", "safety", false}, {"", "", false}}},
		{"no limit", []given{limited("township", DepartmentAnalyst)}, IssueRead, []seen{{"village 1", "safety", true}, {"", "", true}}},
		{"one department", []given{limited("township", DepartmentAnalyst, "safety", "stability")}, IssueRead,
			[]seen{{"village 1", "safety", true}, {"", "stability", true}, {"village 1", "habitat", false}, {"village 1", "", false}}},
		{"two departments", []given{limited("township", DepartmentAnalyst, "safety"), limited("township", ReviewGroup, "habitat")}, IssueRead,
			[]seen{{"", "safety", true}, {"", "habitat", true}, {"", "party-building", false}}},
		{"a limit lifted by another role", []given{limited("township", DepartmentAnalyst, "safety"), limited("township", ReviewGroup)}, IssueRead,
			[]seen{{"village 2", "habitat", true}, {"", "", true}}},
		{"a village of one's own beside a department", []given{limited("township", DepartmentAnalyst, "safety"), limited("village 1", VillageSecretary)}, IssueRead,
			[]seen{{"village 1", "habitat", true}, {"village 1", "", true}, {"village 2", "habitat", false}, {"village 2", "safety", true}}},
		{"a limited village adds nothing to a department", []given{limited("township", DepartmentAnalyst, "safety"), limited("village 1", VillageSecretary, "habitat")}, IssueRead,
			[]seen{{"village 1", "habitat", false}, {"village 2", "habitat", false}, {"village 2", "safety", true}}},
		{"two limited villages see what both are given", []given{limited("village 1", VillageSecretary, "habitat", "safety"), limited("village 2", VillageSecretary, "safety")}, IssueRead,
			[]seen{{"village 1", "habitat", false}, {"village 1", "safety", true}, {"village 2", "safety", true}}},
		{"limited by place alone", []given{limited("village 1", VillageSecretary)}, IssueRead, []seen{{"village 1", "habitat", true}, {"", "", true}}},
		{"a wide permission is the whole township's", []given{limited("village 1", VillageSecretary, "safety"), limited("village 2", VillageSecretary)}, PublicationRead,
			[]seen{{"village 1", "habitat", true}}},
		{"another permission", []given{limited("township", DepartmentAnalyst)}, MarkWrite, []seen{{"village 1", "safety", false}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, a := newWorld(), newAuthz(t)
			for _, g := range c.grants {
				w.put(g)
			}
			s := a.Sight(w.as(t, a, "reader", "township"), c.p)
			for _, at := range c.want {
				unit := uuid.Nil
				if at.unit != "" {
					unit = place(at.unit)
				}
				if got := s.Sees(unit, at.dimension); got != at.want {
					t.Errorf("%q of %q: %v in %+v", at.dimension, at.unit, got, s)
				}
			}
		})
	}
}

// A limit is given with roles that read, or that write item by item, alone.
func TestWhatCanBeLimited(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("approver", TownshipApprover, "township", "township"))
	ctx := w.as(t, a, "approver", "township")
	for role, want := range map[Role]bool{
		DepartmentAnalyst: true, Judge: true, Confirmer: true, ItemOwner: true, ReviewGroup: true, LinkedLeader: true, Dashboard: true,
		TownshipApprover: false, TownshipClerk: false,
	} {
		err := a.Givable(ctx, role, "township", []string{"safety"})
		if got := err == nil; got != want || err != nil && fault.CodeOf(err) != fault.DimensionRole {
			t.Errorf("%s: %v", role, err)
		}
		if err := a.Givable(ctx, role, "township", nil); err != nil {
			t.Errorf("%s without a limit: %v", role, err)
		}
	}
}

func TestSightOfNobody(t *testing.T) {
	t.Parallel()
	s := newAuthz(t).Sight(context.Background(), PublicationRead)
	if s.Sees(uuid.Nil, "safety") || s.Sees(place("village 1"), "safety") {
		t.Error("nobody sees something")
	}
}

func TestTheScopeOfASightTellsItApart(t *testing.T) {
	t.Parallel()
	one, other := Sight{Dimensions: []string{"safety"}}, Sight{Dimensions: []string{"habitat"}}
	if slices.Equal(one.Scope(), other.Scope()) || len(Sight{All: true}.Scope()) != 0 || slices.Equal(Sight{}.Scope(), Sight{All: true}.Scope()) {
		t.Error("two sights share a scope")
	}
}
