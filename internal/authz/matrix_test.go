package authz

import (
	"errors"
	"testing"

	"leitai/internal/fault"
)

// home is where each role is held in the matrix.
func home(role Role) string {
	switch role {
	case PrefectureAdmin, PrefectureAnalyst:
		return "prefecture"
	case CountyAdmin, CountyAnalyst, UnitLiaison:
		return "county"
	}
	return "township"
}

// Every role against every permission, as testdata/matrix.csv has it: an
// addition to either list fails here until somebody says what is right.
func TestMatrixOfRolesAndPermissions(t *testing.T) {
	t.Parallel()
	w, a := newWorld(), newAuthz(t)
	for _, info := range Roles() {
		w.put(gives(string(info.Role), info.Role, home(info.Role), home(info.Role)))
	}
	rows := table(t, "testdata/matrix.csv")
	seen := map[Permission]bool{}
	for _, row := range rows {
		p := Permission(row["permission"])
		if !Known(p) || seen[p] {
			t.Errorf("the matrix names %q twice or there is no such permission", p)
		}
		seen[p] = true
		for _, info := range Roles() {
			want, stands := row[string(info.Role)]
			if !stands {
				t.Fatalf("the matrix has no column %s", info.Role)
			}
			where := home(info.Role)
			ctx := w.as(t, a, string(info.Role), where)
			err := a.Require(ctx, p, place(where))
			if (err == nil) != expected(t, want) {
				t.Errorf("%s %s: got %v, the matrix says %s", info.Role, p, err, want)
			}
			if err != nil && !errors.Is(err, fault.New(fault.Forbidden, "permission", string(p))) {
				t.Errorf("%s %s: refused with %v", info.Role, p, err)
			}
		}
	}
	if len(seen) != len(Catalogue()) {
		t.Errorf("the matrix has %d of %d permissions", len(seen), len(Catalogue()))
	}
}

// covers G10
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, row := range table(t, "testdata/places.csv") {
		t.Run(row["role"]+" "+row["permission"]+" "+row["why"], func(t *testing.T) {
			t.Parallel()
			w, a := newWorld(), newAuthz(t)
			w.put(gives("somebody", Role(row["role"]), row["held at"], row["given by"]))
			ctx := w.as(t, a, "somebody", row["working in"])
			if got := a.May(ctx, Permission(row["permission"]), place(row["asked at"])); got != expected(t, row["expected"]) {
				t.Errorf("got %v", got)
			}
		})
	}
}

// The sentences of docs about what a role may never do, as far as no relation
// is needed to say it.
func TestNever(t *testing.T) {
	t.Parallel()
	p, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	never := map[Role][]Permission{
		CountyAdmin:       {MarkWrite, MarkConfirm, MarkDraftRead, SealedRead, RoundPublish},
		CountyAnalyst:     {MarkDraftRead, SealedRead, PersonRead},
		DepartmentAnalyst: {MarkDraftRead, SealedRead, ResultDraftRead},
		PrefectureAdmin:   {MarkWrite, MarkConfirm, MarkDraftRead},
		TownshipClerk:     {RoundPublish, RollupPublish, TemplateActivate, MoneyDecide, MoneyApprove, OutcomeConfirm, GrantWrite, TokenApprove},
		ItemOwner:         {RoundOpen, RubricPublish, MarkWrite},
		Judge:             {MarkConfirm, RoundClose, ResultDraftRead},
		Confirmer:         {MarkWrite},
		VillageSecretary:  {MarkDraftRead, SealedRead, MarkWrite, PersonRead},
		UnitLiaison:       {MarkDraftRead, ResultDraftRead, AccountRead},
		Rater:             {PublicationRead, MarkDraftRead},
		PlatformOperator:  {PublicationRead, PersonRead, AuditRead, MarkDraftRead, RoundRead},
	}
	for _, info := range Catalogue() {
		if info.Writes || info.Permission == BallotRead {
			never[BreakGlass] = append(never[BreakGlass], info.Permission)
		}
	}
	for role, list := range never {
		for _, permission := range list {
			if p.allows(builtInSet(role), position[permission]) {
				t.Errorf("%s may %s", role, permission)
			}
		}
	}
	for _, info := range Catalogue() {
		if p.allows(builtInSet(Dashboard), position[info.Permission]) && (info.Writes || info.Unpublished) {
			t.Errorf("a dashboard may %s", info.Permission)
		}
	}
}
