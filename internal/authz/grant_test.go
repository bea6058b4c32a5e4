package authz

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

func TestOnlyWhatOneHoldsMayBeGranted(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("approver", TownshipApprover, "township", "township"))
	w.put(gives("clerk", TownshipClerk, "township", "township"))
	w.put(gives("admin", CountyAdmin, "county", "county"))
	approver, clerk, admin := w.as(t, a, "approver", "township"), w.as(t, a, "clerk", "township"), w.as(t, a, "admin", "county")

	for _, info := range Roles() {
		if missing := a.Beyond(approver, info.Role, uuid.Nil, nil); slices.Contains(info.In, "township") && len(missing) > 0 {
			t.Errorf("an approver cannot give %s: lacks %v", info.Role, missing)
		}
		if missing := a.Beyond(admin, info.Role, uuid.Nil, nil); slices.Contains(info.In, "county") && len(missing) > 0 {
			t.Errorf("a county admin cannot give %s: lacks %v", info.Role, missing)
		}
	}
	if missing := a.Beyond(clerk, TownshipApprover, uuid.Nil, nil); !slices.Contains(missing, RoundPublish) || !slices.Contains(missing, GrantWrite) {
		t.Errorf("a clerk lacks %v of an approver", missing)
	}
	if missing := a.Beyond(approver, Judge, place("other township"), nil); len(missing) == 0 {
		t.Error("an approver gives roles in another township")
	}
	if missing := a.Beyond(admin, Judge, place("township"), nil); !slices.Contains(missing, MarkWrite) {
		t.Error("a county admin makes a township's judges")
	}
}

// A county runs competitions of its own: its admin, who may do none of that
// work, appoints the people at the county's unit. Nobody else there does, and
// nobody by a narrowed token.
func TestAnAdminAppointsWhoRunsTheCountysOwnCompetitions(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("admin", CountyAdmin, "county", "county"))
	w.put(gives("analyst", CountyAnalyst, "county", "county"))
	admin, analyst := w.as(t, a, "admin", "county"), w.as(t, a, "analyst", "county")
	for _, role := range running {
		if len(a.Beyond(admin, role, uuid.Nil, nil)) > 0 || len(a.Beyond(admin, role, place("county"), nil)) > 0 {
			t.Errorf("an admin cannot appoint a %s", role)
		}
		if len(a.Beyond(admin, role, place("township"), nil)) == 0 {
			t.Errorf("an admin appoints a %s of a township", role)
		}
		if len(a.Beyond(analyst, role, uuid.Nil, nil)) == 0 {
			t.Errorf("an analyst appoints a %s", role)
		}
	}
	if a.May(admin, MarkWrite, uuid.Nil) || a.May(admin, RoundPublish, uuid.Nil) {
		t.Error("an admin may do what others are appointed for")
	}
	v, err := viewer.From(admin)
	if err != nil {
		t.Fatal(err)
	}
	narrowed := *v
	narrowed.Scopes = []string{string(GrantWrite)}
	if len(a.Beyond(viewer.With(t.Context(), &narrowed), Judge, uuid.Nil, nil)) == 0 {
		t.Error("a narrowed token appoints")
	}
}

func TestALimitOfDimensionsCannotBeShedByGranting(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	g := gives("head", DepartmentAnalyst, "county", "county")
	g.Dimensions = []string{"safety", "stability"}
	w.put(g)
	ctx := w.as(t, a, "head", "county")
	if len(a.Beyond(ctx, DepartmentAnalyst, uuid.Nil, nil)) == 0 {
		t.Error("the limit is shed")
	}
	if len(a.Beyond(ctx, DepartmentAnalyst, uuid.Nil, []string{"industry"})) == 0 {
		t.Error("another dimension is given")
	}
	if missing := a.Beyond(ctx, DepartmentAnalyst, uuid.Nil, []string{"safety"}); len(missing) != 0 {
		t.Errorf("one of the own dimensions is refused: %v", missing)
	}
}

// Granting only what is not Beyond can never bring anybody a permission that no
// first holder had.
func TestNoEscalationByGranting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		w, a := newWorld(), newAuthz(t)
		first := rapid.SampledFrom(Roles()).Draw(r, "first").Role
		w.put(gives("u0", first, "township", "township"))
		had := a.PermissionsOf(first)
		users := []string{"u0", "u1", "u2"}
		for range rapid.IntRange(1, 8).Draw(r, "tries") {
			by := rapid.SampledFrom(users).Draw(r, "by")
			role := rapid.SampledFrom(Roles()).Draw(r, "role").Role
			unit := rapid.SampledFrom([]string{"township", "village 1", "county"}).Draw(r, "unit")
			if len(a.Beyond(w.as(t, a, by, "township"), role, place(unit), nil)) == 0 {
				w.put(gives(rapid.SampledFrom(users).Draw(r, "to"), role, unit, "township"))
			}
		}
		for _, user := range users {
			for _, info := range Catalogue() {
				if a.Anywhere(w.as(t, a, user, "township"), info.Permission) == nil && !slices.Contains(had, info.Permission) {
					r.Fatalf("%s reached %s from %s", user, info.Permission, first)
				}
			}
		}
	})
}

func TestWhoAdministers(t *testing.T) {
	t.Parallel()
	if got := newAuthz(t).RolesWith(GrantWrite); !slices.Equal(got, []Role{CountyAdmin, PrefectureAdmin, TownshipApprover, PlatformOperator}) {
		t.Errorf("roles that grant: %v", got)
	}
}

func TestDraftRoles(t *testing.T) {
	t.Parallel()
	drafts := newAuthz(t).DraftRoles()
	for _, role := range []Role{Dashboard, Rater} {
		if slices.Contains(drafts, string(role)) {
			t.Errorf("%s reads unpublished rows", role)
		}
	}
	for _, role := range []Role{TownshipApprover, TownshipClerk, Judge, Confirmer, ItemOwner, VillageSecretary, CountyAdmin, CountyAnalyst} {
		if !slices.Contains(drafts, string(role)) {
			t.Errorf("%s does not reach the rows it works with", role)
		}
	}
}

func TestPolicyThatNamesAStrangerIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"role":       "p, emperor, round, publish",
		"permission": "p, judge, round, destroy",
		"columns":    "p, judge, round",
	} {
		if _, err := parsePolicy(modelText, text); err == nil {
			t.Errorf("a policy with an unknown %s is read", name)
		}
	}
	if _, err := parsePolicy("[request_definition]", policyText); err == nil {
		t.Error("a broken model is read")
	}
}

func TestTheMemoIsBounded(t *testing.T) {
	t.Parallel()
	p, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	full := map[uint64]*answers{}
	for i := range uint64(keptSets) {
		full[i<<32] = &answers{}
	}
	p.memo.Store(&full)
	if judge := builtInSet(Judge); !p.allows(judge, position[MarkWrite]) || p.allows(judge, position[RoundPublish]) {
		t.Error("what was decided before is decided differently")
	}
	if kept := len(*p.memo.Load()); kept != 1 {
		t.Errorf("the memo keeps %d sets of roles", kept)
	}
}
