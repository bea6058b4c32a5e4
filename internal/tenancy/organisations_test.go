package tenancy_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/tenancy"
)

func TestOrganisations(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := w.as("approver")
	office, err := w.use.CreateOrganisation(ctx, tenancy.OrganisationInput{Kind: "office", Name: " 党建办 ", From: day("2023-01-01")})
	must(t, err)
	if office.Name != "党建办" {
		t.Errorf("named %q", office.Name)
	}
	branch, err := w.use.CreateOrganisation(ctx, tenancy.OrganisationInput{Kind: "party-branch", Name: "机关支部", Parent: office.ID})
	must(t, err)
	_, err = w.use.CreateOrganisation(ctx, tenancy.OrganisationInput{Kind: "office", Name: "党建办"})
	refused(t, err, fault.AlreadyExists, "name")
	_, err = w.use.CreateOrganisation(ctx, tenancy.OrganisationInput{Kind: "guild", Name: "行会"})
	refused(t, err, fault.OrganisationKind, "kind")
	_, err = w.use.CreateOrganisation(ctx, tenancy.OrganisationInput{Kind: "office", Name: "站", Parent: uuid.New()})
	refused(t, err, fault.NotFound, "parent")
	_, err = w.use.UpdateOrganisation(ctx, office.ID, tenancy.OrganisationInput{Name: "党建办", Parent: branch.ID})
	refused(t, err, fault.OrganisationCycle, "parent")
	renamed, err := w.use.UpdateOrganisation(ctx, branch.ID, tenancy.OrganisationInput{Name: "机关党支部"})
	if err != nil || renamed.Parent != uuid.Nil {
		t.Errorf("%+v %v", renamed, err)
	}
	_, err = w.use.ImportRoster(ctx, []tenancy.RosterRow{{Name: "甲某", Post: "office-head", Organisation: "党建办", Title: "主任", From: day("2023-01-01")}})
	must(t, err)
	_, err = w.use.CloseOrganisation(ctx, office.ID, day("2022-01-01"))
	refused(t, err, fault.PostPeriodInvalid, "on")
	_, err = w.use.CloseOrganisation(ctx, office.ID, day("2023-06-01"))
	must(t, err)
	_, err = w.use.UpdateOrganisation(ctx, office.ID, tenancy.OrganisationInput{Name: "x"})
	refused(t, err, fault.OrganisationClosed, "organisation")
	_, err = w.use.CreateOrganisation(ctx, tenancy.OrganisationInput{Kind: "office", Name: "党建办"})
	must(t, err) // the name is free again
	list, err := w.use.Organisations(ctx)
	if err != nil || len(list) != 3 {
		t.Errorf("%d organisations, %v", len(list), err)
	}
	if list, err := w.use.Organisations(w.as("neighbour")); err != nil || len(list) != 0 {
		t.Errorf("the neighbour sees %v %v", list, err)
	}
}

func TestOwnDays(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := w.as("approver")
	yes, no := true, false
	_, err := w.use.SetDay(ctx, day("2023-04-29"), &no, "村庙会")
	must(t, err)
	days, err := w.use.SetDay(ctx, day("2023-04-29"), &yes, "")
	must(t, err)
	if len(days) != 1 || !days[0].Workday || days[0].Name != "" {
		t.Errorf("%+v", days)
	}
	if days, err := w.use.SetDay(ctx, day("2023-04-29"), nil, ""); err != nil || len(days) != 0 {
		t.Errorf("%+v %v", days, err)
	}
	_, err = w.use.Days(ctx, 1800)
	refused(t, err, fault.Invalid, "year")
	_, err = w.use.SetDay(w.as("county"), day("2023-04-29"), &yes, "x\ny")
	refused(t, err, fault.NameInvalid, "name")
	w.user("judge", authz.Judge, township)
	_, err = w.use.SetDay(w.as("judge"), day("2023-04-29"), &yes, "")
	refused(t, err, fault.Forbidden, "")
	if days, err := w.use.Days(w.as("judge"), 2023); err != nil || len(days) != 0 {
		t.Errorf("%+v %v", days, err)
	}
}

func TestKindsOfPosts(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range tenancy.PostKinds() {
		if seen[k.Key] || k.Zh == "" || k.En == "" {
			t.Errorf("kind %+v", k)
		}
		seen[k.Key] = true
	}
	for _, key := range tenancy.LinkKinds() {
		if k, known := tenancy.PostKindOf(key); !known || !k.Village {
			t.Errorf("link %s", key)
		}
	}
	for _, key := range []string{"linked-leader", "resident-cadre", "village-secretary", "leading-group-head", "organisation-member"} {
		if !seen[key] {
			t.Errorf("no kind %s", key)
		}
	}
}
