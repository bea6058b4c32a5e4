package tenancy_test

import (
	"context"
	"testing"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/tenancy"

	"github.com/google/uuid"
)

func TestProvision(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	own, err := w.use.Tenant(w.as("approver"))
	must(t, err)
	if own.Kind != "township" || own.Name != "东乡" || own.Region != county || own.TimeZone != "Asia/Shanghai" || own.Unit != w.unit(township) {
		t.Errorf("provisioned as %+v", own)
	}
	admin := w.admin("second")
	for _, c := range []struct {
		name, by string
		in       tenancy.Opened
		code     fault.Code
		field    string
	}{
		{"a township provisions nobody", "approver", tenancy.Opened{UnitCode: village1, Admin: admin}, fault.Forbidden, ""},
		{"nor does a county a village", "county", tenancy.Opened{UnitCode: village1, Admin: admin}, fault.TenantLevel, "unitCode"},
		{"nor itself", "county", tenancy.Opened{UnitCode: county, Admin: admin}, fault.TenantSelf, "unitCode"},
		{"nor what is above", "county", tenancy.Opened{UnitCode: prefecture, Admin: admin}, fault.UnitUnknown, "unitCode"},
		{"nor what does not exist", "county", tenancy.Opened{UnitCode: "990109", Admin: admin}, fault.UnitUnknown, "unitCode"},
		{"nor the same twice", "county", tenancy.Opened{UnitCode: township, Admin: admin}, fault.AlreadyExists, "unitCode"},
		{"a login is taken once", "county", tenancy.Opened{UnitCode: township, Admin: w.admin("approver")}, fault.AlreadyExists, "adminLogin"},
		{"a zone exists", "county", tenancy.Opened{UnitCode: township, TimeZone: "Asia/Nowhere", Admin: admin}, fault.Invalid, "timeZone"},
		{"a person has a name", "county", tenancy.Opened{UnitCode: township, Admin: tenancy.FirstAdmin{User: admin.User, Login: "x1", Name: " "}}, fault.PersonNameInvalid, "adminName"},
	} {
		before := w.count(`SELECT count(*) FROM tenant`)
		_, err := w.use.Provision(w.as(c.by), c.in)
		refused(t, err, c.code, c.field)
		if w.count(`SELECT count(*) FROM tenant`) != before {
			t.Errorf("%s: a tenant remains", c.name)
		}
	}
	if w.count(`SELECT count(*) FROM audit_entry WHERE tenant_id = $1 AND action = 'tenant:provision'`, w.ids[county]) != 2 {
		t.Error("provisioning is not in the audit")
	}
}

func TestFoundingIsTheProgramsAlone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, err := w.use.Found(w.as("county"), tenancy.Opened{UnitCode: prefecture, Admin: w.admin("city")})
	refused(t, err, fault.ProgramOnly, "")
	admin := w.admin("city")
	ctx, request, _, err := w.db.AsTenant(t.Context(), postgres.Service{Tenant: uuid.New(), Region: "9902", User: admin.User})
	must(t, err)
	defer func() { _ = request.End() }()
	_, err = w.use.Found(ctx, tenancy.Opened{UnitCode: prefecture, Admin: admin})
	refused(t, err, fault.TenantRegion, "")
}

// The region is the county's code, and the prefecture's for its own rows.
func TestRegionOfAPrefecture(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	admin := w.admin("city")
	ctx, request, _, err := w.db.AsTenant(t.Context(), postgres.Service{Tenant: uuid.New(), Region: prefecture, User: admin.User})
	must(t, err)
	defer func() { _ = request.End() }()
	made, err := w.use.Found(ctx, tenancy.Opened{UnitCode: prefecture, Demo: true, Admin: admin})
	must(t, err)
	if made.Region != prefecture || !made.Demo || made.Kind != "prefecture" {
		t.Errorf("founded as %+v", made)
	}
}

func TestAdoptionNeedsBothSides(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	readable := func(login string) int {
		list, err := w.use.Tenants(w.as(login))
		must(t, err)
		return len(list)
	}
	yes, no := true, false
	if a, err := w.use.Agree(w.as("county"), township, nil); err != nil || !a.Upper || !a.AgreedHere || a.AgreedThere || a.InForce() {
		t.Fatalf("offered: %+v %v", a, err)
	}
	if readable("county") != 1 {
		t.Error("an offer alone lets the county read")
	}
	if a, err := w.use.Agree(w.as("approver"), county, nil); err != nil || a.Upper || !a.InForce() || a.Drafts {
		t.Fatalf("accepted: %+v %v", a, err)
	}
	if readable("county") != 2 || readable("approver") != 1 || readable("neighbour") != 1 {
		t.Error("the county reads its township, and nobody else anything")
	}
	_, err := w.use.Agree(w.as("county"), township, &yes)
	refused(t, err, fault.AdoptionDraftsUpper, "drafts")
	if a, err := w.use.Agree(w.as("approver"), county, &yes); err != nil || !a.Drafts {
		t.Fatalf("drafts: %+v %v", a, err)
	}
	list, err := w.use.Adoptions(w.as("county"))
	must(t, err)
	if len(list) != 1 || list[0].Other != w.ids[township] || !list[0].Drafts || list[0].OtherName != "东乡" {
		t.Errorf("the county's list: %+v", list)
	}
	if a, err := w.use.Agree(w.as("approver"), county, &no); err != nil || a.Drafts || !a.InForce() {
		t.Fatalf("drafts taken back: %+v %v", a, err)
	}
	if a, err := w.use.EndAdoption(w.as("approver"), county); err != nil || a.InForce() || !a.AgreedThere {
		t.Fatalf("ended: %+v %v", a, err)
	}
	if readable("county") != 1 {
		t.Error("the county still reads")
	}
	_, err = w.use.EndAdoption(w.as("approver"), county)
	refused(t, err, fault.AdoptionNotAgreed, "otherUnitCode")
}

func TestAdoptionIsVertical(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for _, code := range []string{neighbour, township, village1, "12"} {
		_, err := w.use.Agree(w.as("approver"), code, nil)
		refused(t, err, fault.TenantUnrelated, "otherUnitCode")
	}
	w.user("clerk", authz.TownshipClerk, township)
	_, err := w.use.Agree(w.as("clerk"), county, nil)
	refused(t, err, fault.Forbidden, "")
}

// A county reads drafts of a township only where both sides stand and the
// township said so.
func TestDraftsFollowTheConsent(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	yes := true
	_, err := w.use.ImportRoster(w.as("approver"), []tenancy.RosterRow{{Name: "甲某", Pseudonym: "L1", Post: "linked-leader", UnitCode: village1, From: day("2023-01-01")}})
	must(t, err)
	seen := func() int {
		n := 0
		read := postgres.Read[tenancy.Store](w.db)
		must(t, read(w.as("county"), func(ctx context.Context, st tenancy.Store) error {
			tx, ok := st.(*postgres.Tx)
			if !ok {
				t.Fatalf("the store is a %T", st)
			}
			posts, err := tx.Ent().Post.Query().Count(ctx)
			n = posts
			return err
		}))
		return n
	}
	_, err = w.use.Agree(w.as("county"), township, nil)
	must(t, err)
	_, err = w.use.Agree(w.as("approver"), county, nil)
	must(t, err)
	if seen() != 0 {
		t.Error("unpublished rows are read without consent")
	}
	_, err = w.use.Agree(w.as("approver"), county, &yes)
	must(t, err)
	if seen() != 1 {
		t.Error("consent changes nothing")
	}
}

func TestASecondTenantIsInvisible(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), []tenancy.RosterRow{{Name: "甲某", Pseudonym: "L1", Post: "linked-leader", UnitCode: village1, From: day("2023-01-01")}})
	must(t, err)
	theirs := w.as("neighbour")
	if page, err := w.use.People(theirs, paging.Args{}); err != nil || len(page.Items) != 1 || page.Items[0].Pseudonym == "L1" {
		t.Errorf("people: %v %v", page.Items, err)
	}
	if list, err := w.use.PersonsByID(theirs, []uuid.UUID{people[0].ID}); err != nil || len(list) != 0 {
		t.Errorf("by id: %v %v", list, err)
	}
	if posts, err := w.use.PostsOf(theirs, []uuid.UUID{people[0].ID}); err != nil || len(posts) != 0 {
		t.Errorf("posts: %v %v", posts, err)
	}
	if links, err := w.use.Links(theirs, nil, day("2023-04-28")); err != nil || len(links) != 0 {
		t.Errorf("links: %v %v", links, err)
	}
	grants, err := w.use.Grants(theirs)
	must(t, err)
	for _, g := range grants {
		if g.Login != "neighbour" {
			t.Errorf("grants: %+v", g)
		}
	}
	posts, err := w.use.PostsOf(w.as("approver"), []uuid.UUID{people[0].ID})
	must(t, err)
	_, err = w.use.EndPost(w.as("neighbour"), posts[0].ID, day("2024-01-01"))
	refused(t, err, fault.NotFound, "post")
	mine, err := w.use.Grants(w.as("approver"))
	must(t, err)
	_, err = w.use.RevokeRole(w.as("neighbour"), mine[0].ID)
	refused(t, err, fault.NotFound, "grant")
	_, err = w.use.GiveRole(w.as("neighbour"), tenancy.GrantInput{Login: "neighbour", Role: authz.Judge, UnitCode: village1})
	refused(t, err, fault.UnitUnknown, "unitCode")
	_, err = w.who.CreateUser(theirs, identity.NewUser{Login: "spy", Password: password, Person: &people[0].ID})
	refused(t, err, fault.NotFound, "person")
}

func TestUnitsArePagedByCode(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := w.as("approver")
	parent, two := w.unit(county), 1
	first, err := w.use.Units(ctx, tenancy.UnitFilter{Parent: &parent}, paging.Args{First: &two})
	must(t, err)
	if len(first.Items) != 1 || first.Items[0].Code != township || !first.HasNext {
		t.Fatalf("first page: %+v", first)
	}
	after := first.End()
	second, err := w.use.Units(ctx, tenancy.UnitFilter{Parent: &parent}, paging.Args{First: &two, After: &after})
	must(t, err)
	if len(second.Items) != 1 || second.Items[0].Code != neighbour || second.HasNext {
		t.Fatalf("second page: %+v", second)
	}
	_, err = w.use.Units(ctx, tenancy.UnitFilter{}, paging.Args{After: &after})
	refused(t, err, fault.InvalidCursor, "after")
	found, err := w.use.Units(ctx, tenancy.UnitFilter{Search: "二", Level: "village"}, paging.Args{})
	must(t, err)
	if len(found.Items) != 1 || found.Items[0].Code != village2 {
		t.Errorf("by name: %+v", found.Items)
	}
	if all, err := w.use.Units(ctx, tenancy.UnitFilter{Search: "9901"}, paging.Args{Last: &two}); err != nil || all.Items[0].Code != elsewhere || !all.HasPrevious {
		t.Errorf("from the end: %+v %v", all, err)
	}
	if u, err := w.use.UnitByCode(ctx, village1); err != nil || u.Parent != w.unit(township) {
		t.Errorf("by code: %+v %v", u, err)
	}
	_, err = w.use.UnitByCode(ctx, "'; DROP")
	refused(t, err, fault.NotFound, "code")
}
