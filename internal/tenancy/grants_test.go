package tenancy_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/tenancy"
)

func TestARoleIsGivenAndTakenAtOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	g := w.user("judge", authz.Judge, township)
	ctx := w.as("judge")
	if !w.authz.May(ctx, authz.MarkWrite, w.unit(village1)) || w.authz.May(ctx, authz.MarkWrite, w.unit(elsewhere)) {
		t.Fatal("a judge marks the township's villages")
	}
	taken, err := w.use.RevokeRole(w.as("approver"), g.ID)
	must(t, err)
	if taken.RevokedAt == nil {
		t.Error("not revoked")
	}
	_, err = w.who.Login(t.Context(), identity.LoginInput{Login: "judge", Password: password, Address: "192.0.2.1"})
	refused(t, err, fault.LoginNoTenant, "")
	again, err := w.use.RevokeRole(w.as("approver"), g.ID)
	if err != nil || again.RevokedAt == nil {
		t.Errorf("twice: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM role_grant WHERE id = $1 AND epoch = (SELECT epoch FROM authz_epoch)`, g.ID); n != 1 {
		t.Error("the change does not carry the epoch")
	}
}

// A session that lives on loses the right with its next transaction, reading or
// writing.
func TestARunningSessionLosesTheRole(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	g := w.user("clerk", authz.TownshipClerk, township)
	w.user("clerk2", authz.TownshipClerk, township)
	in, err := w.who.Login(t.Context(), identity.LoginInput{Login: "clerk", Password: password, Address: "192.0.2.1"})
	must(t, err)
	cred, err := identity.SessionCredential(in.Secret)
	must(t, err)
	ctx, request, _, err := w.db.Begin(t.Context(), cred)
	must(t, err)
	defer func() { _ = request.End() }()
	if !w.authz.May(ctx, authz.CalendarWrite, uuid.Nil) {
		t.Fatal("a clerk writes the calendar")
	}
	_, err = w.use.RevokeRole(w.as("approver"), g.ID)
	must(t, err)
	worked := true
	_, err = w.use.SetDay(ctx, day("2023-04-29"), &worked, "")
	refused(t, err, fault.Forbidden, "")
	if w.count(`SELECT count(*) FROM calendar_day`) != 0 {
		t.Error("a day was written")
	}
	next, again, _, err := w.db.Begin(t.Context(), cred)
	must(t, err)
	defer func() { _ = again.End() }()
	if w.authz.Anywhere(next, authz.CalendarRead) == nil {
		t.Error("the next request still may")
	}
}

func TestOnlyWhatOneHoldsIsGiven(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.user("clerk", authz.TownshipClerk, township)
	past := time.Now().Add(-time.Hour)
	for _, c := range []struct {
		name, by string
		in       tenancy.GrantInput
		code     fault.Code
		field    string
	}{
		{"a clerk gives nothing", "clerk", tenancy.GrantInput{Login: "clerk", Role: authz.Judge, UnitCode: township}, fault.Forbidden, ""},
		{"an unknown role", "approver", tenancy.GrantInput{Login: "clerk", Role: "emperor", UnitCode: township}, fault.RoleUnknown, "role"},
		{"a county's role", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.CountyAnalyst, UnitCode: township}, fault.RoleNotHere, "role"},
		{"the platform's role", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.PlatformOperator, UnitCode: township}, fault.RoleNotHere, "role"},
		{"a township's role by the county", "county", tenancy.GrantInput{Login: "county", Role: authz.Judge, UnitCode: township}, fault.RoleBeyondYours, "role"},
		{"in another township", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.Judge, UnitCode: elsewhere}, fault.UnitUnknown, "unitCode"},
		{"above", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.Judge, UnitCode: county}, fault.UnitUnknown, "unitCode"},
		{"a village's role above villages", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.VillageSecretary, UnitCode: township}, fault.RoleUnitLevel, "unitCode"},
		{"to nobody", "approver", tenancy.GrantInput{Login: "ghost", Role: authz.Judge, UnitCode: township}, fault.LoginUnknown, "login"},
		{"until before", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.Judge, UnitCode: township, Until: &past}, fault.RolePeriodInvalid, "validUntil"},
		{"a dimension", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.Judge, UnitCode: township, Dimensions: []string{"safety", "Safety!"}}, fault.DimensionInvalid, "dimensions[1]"},
		{"a dimension twice", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.Judge, UnitCode: township, Dimensions: []string{"safety", "safety"}}, fault.DimensionInvalid, "dimensions[1]"},
		{"the same twice", "approver", tenancy.GrantInput{Login: "clerk", Role: authz.TownshipClerk, UnitCode: township}, fault.RoleHeldAlready, "role"},
	} {
		before := w.count(`SELECT count(*) FROM role_grant`)
		_, err := w.use.GiveRole(w.as(c.by), c.in)
		refused(t, err, c.code, c.field)
		if w.count(`SELECT count(*) FROM role_grant`) != before {
			t.Errorf("%s: a grant remains", c.name)
		}
	}
}

// Somebody who may grant below cannot give what reaches above.
func TestAnApproverOfOneVillageGivesNothingBeyond(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.user("lower", authz.TownshipApprover, village1)
	_, err := w.use.GiveRole(w.as("lower"), tenancy.GrantInput{Login: "lower", Role: authz.TownshipApprover, UnitCode: township})
	refused(t, err, fault.Forbidden, "")
}

func TestDimensionsAndDatesReachTheDecision(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, err := w.who.CreateUser(w.as("approver"), identity.NewUser{Login: "safety", Password: password})
	must(t, err)
	until := time.Now().Add(time.Hour)
	_, err = w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: "safety", Role: authz.DepartmentAnalyst, UnitCode: township, Dimensions: []string{"stability", "safety"}, Until: &until})
	must(t, err)
	all, keys := w.authz.Dimensions(w.as("safety"), authz.PublicationRead)
	if all || len(keys) != 2 || keys[0] != "safety" {
		t.Errorf("dimensions %v %v", all, keys)
	}
	later := time.Now().Add(time.Hour)
	_, err = w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: "safety", Role: authz.Judge, UnitCode: township, From: &later})
	must(t, err)
	if w.authz.May(w.as("safety"), authz.MarkWrite, uuid.Nil) {
		t.Error("a grant counts before its time")
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	grants, err := w.use.Grants(w.as("approver"))
	must(t, err)
	first := grants[0]
	_, err = w.use.RevokeRole(w.as("approver"), first.ID)
	refused(t, err, fault.LastAdmin, "grant")

	// Neither a village's approver, nor one with an end, nor one who cannot
	// sign in is an administrator of the tenant.
	w.user("lower", authz.TownshipApprover, village1)
	_, err = w.use.RevokeRole(w.as("approver"), first.ID)
	refused(t, err, fault.LastAdmin, "grant")
	until := time.Now().Add(time.Hour)
	_, err = w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: "lower", Role: authz.TownshipApprover, UnitCode: township, Until: &until})
	must(t, err)
	_, err = w.use.RevokeRole(w.as("approver"), first.ID)
	refused(t, err, fault.LastAdmin, "grant")
	w.user("second", authz.TownshipApprover, township)
	w.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'second'`)
	_, err = w.use.RevokeRole(w.as("approver"), first.ID)
	refused(t, err, fault.LastAdmin, "grant")
	w.put(`UPDATE app_user SET status = 'active' WHERE login = 'second'`)

	// Two who step down at the same time: one of them stays.
	second, err := w.use.Grants(w.as("second"))
	must(t, err)
	both := make(chan error, 2)
	for login, id := range map[string]uuid.UUID{"approver": first.ID, "second": second[0].ID} {
		ctx := w.as(login)
		go func(ctx context.Context, id uuid.UUID) {
			_, err := w.use.RevokeRole(ctx, id)
			both <- err
		}(ctx, id)
	}
	one, two := <-both, <-both
	if (one == nil) == (two == nil) {
		t.Errorf("both or none stepped down: %v, %v", one, two)
	}
	if n := w.count(`SELECT count(*) FROM role_grant WHERE tenant_id = $1 AND revoked_at IS NULL AND role = 'township-approver' AND unit_id = $2 AND valid_until IS NULL`,
		w.ids[township], w.unit(township)); n != 1 {
		t.Errorf("%d administrators are left", n)
	}
}

// Epochs are committed in their order, however many tenants change grants at a
// time, and no two changes share one.
func TestEpochsOfConcurrentChanges(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	const each = 10
	done := make(chan error, 2*each)
	for admin, code := range map[string]string{"approver": village1, "neighbour": elsewhere} {
		for range each {
			login := "u" + uuid.NewString()[:8]
			_, err := w.who.CreateUser(w.as(admin), identity.NewUser{Login: login, Password: password})
			must(t, err)
			ctx := w.as(admin)
			go func() {
				_, err := w.use.GiveRole(ctx, tenancy.GrantInput{Login: login, Role: authz.VillageSecretary, UnitCode: code})
				done <- err
			}()
		}
	}
	for range 2 * each {
		must(t, <-done)
	}
	if n := w.count(`SELECT count(DISTINCT epoch) FROM role_grant WHERE role = 'village-secretary'`); n != 2*each {
		t.Errorf("%d epochs of %d changes", n, 2*each)
	}
	w.as("approver")
	if have := w.count(`SELECT epoch FROM authz_epoch`); w.authz.Epoch() != int64(have) {
		t.Errorf("memory is at %d, the database at %d", w.authz.Epoch(), have)
	}
}

// An account of another tenant is given nothing by its login, and no person: it
// is told apart from a login that nobody has by nothing. Once it accepted an
// invitation, the tenant knows it.
// covers T14
func TestAnAccountOfAnotherTenantIsGivenNothingByItsLogin(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	person := uuid.New()
	w.put(`INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, $3, 'P-known', now())`, person, w.ids[township], county)
	w.put(`INSERT INTO person_name (id, tenant_id, region, person_id, name) VALUES (gen_random_uuid(), $2, $3, $1, '某某')`, person, w.ids[township], county)
	for _, login := range []string{"neighbour", "nobody-at-all"} {
		_, err := w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: login, Role: authz.Judge, UnitCode: township})
		refused(t, err, fault.LoginUnknown, "login")
		_, err = w.use.LinkPerson(w.as("approver"), person, login)
		refused(t, err, fault.LoginUnknown, "login")
	}
	_, secret, err := w.who.Invite(w.as("approver"), identity.InvitationInput{Role: authz.Judge, UnitCode: township, Name: "某邻"})
	must(t, err)
	in, err := w.who.Login(t.Context(), identity.LoginInput{Login: "neighbour", Password: password, Address: "192.0.2.1"})
	must(t, err)
	_, err = w.who.AcceptInvitation(t.Context(), identity.Acceptance{Secret: secret, Session: in.Secret, Address: "192.0.2.1"})
	must(t, err)
	_, err = w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: "neighbour", Role: authz.Confirmer, UnitCode: township})
	must(t, err)
}
