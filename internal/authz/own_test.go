package authz

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

const archivist Role = "own-archivist"

func TestAnOwnRoleGivesWhatItSays(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.define("township", archivist, SubmissionRead, SubmissionWrite, RoundRead)
	w.put(gives("archivist", archivist, "village 1", "township"))
	ctx := w.as(t, a, "archivist", "township")
	for _, info := range Catalogue() {
		want := slices.Contains([]Permission{SubmissionRead, SubmissionWrite, RoundRead}, info.Permission)
		if got := a.May(ctx, info.Permission, place("group")); got != want {
			t.Errorf("%s below the unit: %v", info.Permission, got)
		}
	}
	if a.May(ctx, SubmissionRead, uuid.Nil) || a.May(ctx, SubmissionRead, place("village 2")) || !a.May(ctx, RoundRead, uuid.Nil) {
		t.Error("it holds at its unit and below, and everywhere for what is the township's")
	}
	if got := a.Roles(ctx, place("group")); !slices.Equal(got, []Role{archivist}) {
		t.Errorf("roles: %v", got)
	}
	if got := a.Scope(ctx, SubmissionRead); !slices.Equal(got, []uuid.UUID{place("village 1")}) {
		t.Errorf("scope: %v", got)
	}
	if held := a.Held(ctx); len(held) != 1 || held[0].Role != archivist || held[0].Zh != "自定" || held[0].En != "自定" {
		t.Errorf("held: %v", held)
	}
	if given, known := a.Given(ctx, archivist); !known || !slices.Equal(given, []Permission{RoundRead, SubmissionRead, SubmissionWrite}) {
		t.Errorf("given: %v", given)
	}
}

// The same key in two tenants is two roles, and a role of one tenant is none in
// another, not even in the tenant above.
func TestAnOwnRoleCountsInItsTenantAlone(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.define("township", archivist, SubmissionWrite)
	w.define("other township", archivist, IssueRead)
	w.put(gives("somebody", archivist, "township", "township"))
	w.put(gives("somebody", archivist, "other township", "other township"))
	w.put(gives("somebody", archivist, "county", "county"))
	here, there, above := w.as(t, a, "somebody", "township"), w.as(t, a, "somebody", "other township"), w.as(t, a, "somebody", "county")
	if !a.May(here, SubmissionWrite, uuid.Nil) || a.May(here, IssueRead, uuid.Nil) || a.May(there, SubmissionWrite, uuid.Nil) || !a.May(there, IssueRead, uuid.Nil) {
		t.Error("a role means what another tenant defined")
	}
	if a.Anywhere(above, SubmissionWrite) == nil || a.Anywhere(above, IssueRead) == nil || len(a.Held(above)) != 0 {
		t.Error("a township's role counts in its county")
	}
	if _, known := a.RoleNamed(above, archivist); known {
		t.Error("the county knows a township's role")
	}
}

// Whatever the store holds, an own role never gives what may not be handed on,
// and none is taken for a built-in one.
func TestAnOwnRoleNeverGivesWhatIsReserved(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.define("township", archivist, everything()...)
	w.define("township", "township-approver", RoundRead)
	w.define("township", "emperor", RoundRead)
	w.put(gives("archivist", archivist, "township", "township"))
	w.put(gives("stranger", "emperor", "township", "township"))
	ctx := w.as(t, a, "archivist", "township")
	for _, info := range Catalogue() {
		if got := a.May(ctx, info.Permission, uuid.Nil); got != info.Delegable {
			t.Errorf("%s: %v", info.Permission, got)
		}
	}
	if a.Anywhere(w.as(t, a, "stranger", "township"), RoundRead) == nil {
		t.Error("a role without the prefix counts")
	}
}

// What gives rights, makes tenants, approves, publishes or decides money stays
// with built-in roles.
func TestWhatMayNotBeHandedOn(t *testing.T) {
	t.Parallel()
	for _, p := range []Permission{GrantWrite, UserCreate, TokenApprove, TenantProvision, TenantAdopt, UnitDecide, TemplateActivate, RoundPublish,
		RollupPublish, OutcomeConfirm, MoneyDecide, MoneyApprove, MoneyExecute, SealedRead, BallotClose, TrialWipe, AuditRead, PersonRead} {
		if info, known := InfoOf(p); !known || info.Delegable {
			t.Errorf("%s may be handed on", p)
		}
	}
	for p := range delegable {
		if !Known(p) {
			t.Errorf("%s is not in the catalogue", p)
		}
	}
}

// A change of a role counts for its holders at the next request, and one that is
// retired gives nothing.
func TestAChangedOwnRoleCountsAtOnce(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.define("township", archivist, SubmissionRead, SubmissionWrite)
	w.put(gives("archivist", archivist, "township", "township"))
	if !a.May(w.as(t, a, "archivist", "township"), SubmissionWrite, uuid.Nil) {
		t.Fatal("the role gives nothing")
	}
	w.define("township", archivist, SubmissionRead)
	if ctx := w.as(t, a, "archivist", "township"); a.May(ctx, SubmissionWrite, uuid.Nil) || !a.May(ctx, SubmissionRead, uuid.Nil) {
		t.Error("what was taken is still held")
	}
	w.define("township", "own-another", IssueRead)
	w.define("township", archivist)
	if ctx := w.as(t, a, "archivist", "township"); a.Anywhere(ctx, SubmissionRead) == nil || a.Anywhere(ctx, IssueRead) == nil {
		t.Error("a retired role gives something, or its place was taken")
	}
}

// Nobody defines what they do not hold over the whole tenant, in all dimensions
// and with all of a token's scopes.
func TestNobodyDefinesBeyondTheirOwn(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("approver", TownshipApprover, "township", "township"))
	w.put(gives("lower", TownshipApprover, "village 1", "township"))
	limited := gives("limited", TownshipApprover, "township", "township")
	limited.Dimensions = []string{"safety"}
	w.put(limited)
	wanted := []Permission{IssueRead, RoundPublish, GrantWrite, "round:destroy"}
	for who, want := range map[string][]Permission{
		"approver": wanted[1:], "lower": wanted, "limited": wanted, "nobody": wanted,
	} {
		if got := a.BeyondOwn(w.as(t, a, who, "township"), wanted); !slices.Equal(got, want) {
			t.Errorf("%s lacks %v, want %v", who, got, want)
		}
	}
	narrowed := w.as(t, a, "approver", "township", func(v *viewer.Viewer) { v.Scopes = []string{string(GrantWrite)} })
	if got := a.BeyondOwn(narrowed, wanted); !slices.Equal(got, wanted) {
		t.Errorf("a narrowed token lacks %v", got)
	}
	if got := a.BeyondOwn(context.Background(), wanted); !slices.Equal(got, wanted) {
		t.Errorf("nobody lacks %v", got)
	}
}

func TestNobodyGivesARoleThatIsNone(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.put(gives("approver", TownshipApprover, "township", "township"))
	ctx := w.as(t, a, "approver", "township")
	for _, role := range []Role{"own-nothing", "emperor", ""} {
		if len(a.Beyond(ctx, role, uuid.Nil, nil)) == 0 {
			t.Errorf("%q may be given", role)
		}
	}
}

// Unpublished rows are opened for whoever reads some by an own role alone, and
// for nobody else.
func TestDraftsAreOpenedForOwnRoles(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.define("township", archivist, SubmissionRead)
	w.define("township", "own-reader", PublicationRead)
	w.put(gives("archivist", archivist, "village 1", "township"))
	w.put(gives("reader", "own-reader", "village 1", "township"))
	late := gives("late", archivist, "village 1", "township")
	late.Until = noon
	w.put(late)
	for who, want := range map[string]int{"archivist": 1, "reader": 0, "late": 0, "nobody": 0} {
		before := w.opened
		w.as(t, a, who, "township")
		if got := w.opened - before; got != want {
			t.Errorf("%s: opened %d times", who, got)
		}
	}
	before := w.opened
	w.as(t, a, "archivist", "township", func(v *viewer.Viewer) { v.Drafts = []uuid.UUID{v.Tenant} })
	if w.opened != before {
		t.Error("opened again, although a built-in role did")
	}
}

func TestOwnRolesAreBounded(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	for i := range MostOwnRoles + 20 {
		w.define("township", Role(fmt.Sprintf("own-%02d", i)), IssueRead)
		w.put(gives(fmt.Sprint(i), Role(fmt.Sprintf("own-%02d", i)), "township", "township"))
	}
	for i := range MostOwnRoles + 20 {
		if got := a.May(w.as(t, a, fmt.Sprint(i), "township"), IssueRead, uuid.Nil); got != (i < MostOwnRoles) {
			t.Errorf("role %d: %v", i, got)
		}
	}
}

// Explain says of each grant what the decision makes of all of them.
func TestExplainAgreesWithTheDecision(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	w.define("township", archivist, SubmissionWrite, RoundRead)
	over := gives("over", TownshipClerk, "township", "township")
	over.Until = noon
	all := []given{over, gives("secretary", VillageSecretary, "village 1", "township"), gives("archivist", archivist, "village 2", "township"),
		gives("clerk", TownshipClerk, "township", "township"), gives("stray", TownshipClerk, "county", "township")}
	for i := range all {
		all[i] = w.put(all[i])
	}
	reader := w.as(t, a, "clerk", "township")
	for _, g := range all {
		ctx := w.as(t, a, nameOfUser(g.User), "township")
		for _, info := range Catalogue() {
			for unit := range parentOf {
				gives, _ := a.Explain(reader, g.Grant, info.Permission, place(unit))
				if want := a.May(ctx, info.Permission, place(unit)); gives != want {
					t.Errorf("%s %s at %s: explained %v, decided %v", nameOfUser(g.User), info.Permission, unit, gives, want)
				}
			}
		}
	}
	if _, wide := a.Explain(reader, all[1].Grant, RoundRead, place("village 2")); !wide {
		t.Error("a secretary reads the township's rounds because they are the township's")
	}
	if gives, _ := a.Explain(context.Background(), all[3].Grant, RoundRead, uuid.Nil); gives {
		t.Error("nobody is told")
	}
}

func nameOfUser(id uuid.UUID) string {
	for _, name := range []string{"over", "secretary", "archivist", "clerk", "stray"} {
		if place(name) == id {
			return name
		}
	}
	return ""
}
