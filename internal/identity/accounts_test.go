package identity_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
)

const why = "调离本单位"

// in signs a user in to work in a tenant.
func (s *stage) in(login, tenant string) context.Context {
	s.t.Helper()
	in, err := s.who.Login(s.t.Context(), identity.LoginInput{Login: login, Password: password, Tenant: s.tenants[tenant], Address: "192.0.2.1"})
	must(s.t, err)
	ctx, _, err := s.begin(in.Secret)
	must(s.t, err)
	return ctx
}

// Disabling ends sessions and tokens at the next request, in every tenant, and
// enabling brings none of them back.
// covers T29
func TestADisabledUserIsOutAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.grant("clerk", "west", authz.Judge)
	here := s.signIn("clerk")
	_, token, err := s.who.CreateToken(s.as("clerk"), identity.TokenInput{Name: "导出", Days: 9})
	must(t, err)
	_, token2, err := s.who.CreateToken(s.in("clerk", "west"), identity.TokenInput{Name: "导出", Days: 9})
	must(t, err)
	running, _, err := s.begin(here)
	must(t, err)

	must(t, s.who.DisableUser(s.as("approver"), s.users["clerk"], why))
	all := []string{here, token, token2}
	for i, secret := range all {
		if err := s.once(secret); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("credential %d: %v", i, err)
		}
	}
	_, err = s.who.CreateUser(running, identity.NewUser{Login: "late-user", Password: password})
	refused(t, err, fault.Unauthenticated, "")
	_, err = s.login("clerk", password)
	refused(t, err, fault.LoginFailed, "")
	if s.count(`SELECT count(*) FROM audit_entry WHERE action = 'user:disable' AND object_id = $1`, s.users["clerk"]) != 1 {
		t.Error("not in the audit")
	}
	must(t, s.who.EnableUser(s.as("approver"), s.users["clerk"], why))
	for i, secret := range all {
		if err := s.once(secret); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("credential %d lives again: %v", i, err)
		}
	}
	_, err = s.login("clerk", password)
	must(t, err)
}

// Who disables needs the right to grant and all that the user holds; nobody
// disables themselves or the last administrator of any tenant.
func TestWhoMayDisableWhom(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	refused(t, s.who.DisableUser(s.as("clerk"), s.users["judge"], why), fault.Forbidden, "")
	refused(t, s.who.DisableUser(s.as("approver"), s.users["stranger"], why), fault.NotFound, "user")
	refused(t, s.who.DisableUser(s.as("approver"), uuid.New(), why), fault.NotFound, "user")
	refused(t, s.who.DisableUser(s.as("approver"), s.users["approver"], why), fault.UserSelf, "user")
	refused(t, s.who.DisableUser(s.as("approver"), s.users["judge"], "  "), fault.ReasonMissing, "reason")
	s.user("deputy", "east", authz.TownshipApprover)
	s.put(`UPDATE role_grant SET role = 'county-admin' WHERE user_id = $1`, s.users["judge"])
	s.put(`UPDATE authz_epoch SET epoch = epoch + 1`)
	refused(t, s.who.DisableUser(s.as("approver"), s.users["judge"], why), fault.UserAboveYou, "user")
	s.grant("deputy", "west", authz.TownshipApprover) // beside the stranger
	must(t, s.who.DisableUser(s.as("approver"), s.users["deputy"], why))
	must(t, s.who.EnableUser(s.as("approver"), s.users["deputy"], why))
	s.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'stranger'`)
	refused(t, s.who.DisableUser(s.as("approver"), s.users["deputy"], why), fault.UserIndispensable, "user")
	s.put(`UPDATE app_user SET status = 'active' WHERE login = 'stranger'`)
	s.put(`UPDATE role_grant SET valid_until = now() + interval '1 year' WHERE user_id = $1`, s.users["stranger"])
	refused(t, s.who.DisableUser(s.as("approver"), s.users["deputy"], why), fault.UserIndispensable, "user") // an administrator for a while is none
}

// A fresh account belongs to the tenant that made it, before it holds anything.
func TestAFreshAccountHasAHome(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	made, err := s.who.CreateUser(s.as("approver"), identity.NewUser{Login: "fresh", Password: password})
	must(t, err)
	refused(t, s.who.SetPassword(s.as("stranger"), made, "Better-Horse-2"), fault.NotFound, "user")
	s.users["fresh"] = made
	s.grant("fresh", "west", authz.Judge) // even if another tenant got as far as that
	refused(t, s.who.SetPassword(s.as("stranger"), made, "Better-Horse-2"), fault.UserNotHome, "user")
	refused(t, s.who.DisableUser(s.as("stranger"), made, why), fault.UserNotHome, "user")
	refused(t, s.who.SetPassword(s.as("approver"), made, "Better-Horse-2"), fault.UserHoldsElsewhere, "user")
	s.put(`UPDATE role_grant SET revoked_at = now() WHERE user_id = $1`, made)
	must(t, s.who.SetPassword(s.as("approver"), made, "Better-Horse-2"))
}

func TestListingUsers(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.grant("stranger", "east", authz.Judge)
	two := 2
	page, err := s.who.Users(s.as("approver"), "", paging.Args{First: &two})
	must(t, err)
	if len(page.Items) != 2 || page.Items[0].Login != "approver" || page.Items[1].Login != "clerk" || !page.HasNext || !page.Items[0].Home || !page.Items[0].Active {
		t.Fatalf("%+v", page.Items)
	}
	after := page.End()
	page, err = s.who.Users(s.as("approver"), "", paging.Args{After: &after})
	must(t, err)
	if len(page.Items) != 2 || page.Items[1].Login != "stranger" || page.Items[1].Home {
		t.Fatalf("%+v", page.Items)
	}
	page, err = s.who.Users(s.in("stranger", "west"), "", paging.Args{})
	if err != nil || len(page.Items) != 1 {
		t.Errorf("%+v %v", page.Items, err)
	}
	_, err = s.who.Users(s.as("judge"), "", paging.Args{})
	refused(t, err, fault.Forbidden, "")
	found, err := s.who.Users(s.as("approver"), " STR", paging.Args{})
	if err != nil || len(found.Items) != 1 || found.Items[0].Login != "stranger" {
		t.Errorf("by the beginning of a login: %+v %v", found.Items, err)
	}
	if none, err := s.who.Users(s.as("approver"), "ranger", paging.Args{}); err != nil || len(none.Items) != 0 {
		t.Errorf("by the end of a login: %+v %v", none.Items, err)
	}
	_, err = s.who.Users(s.as("approver"), "str", paging.Args{After: &after})
	refused(t, err, fault.InvalidCursor, "after")
	_, err = s.who.UserByID(s.as("approver"), s.users["stranger"])
	must(t, err)
	s.put(`DELETE FROM role_grant WHERE user_id = $1 AND tenant_id = $2`, s.users["stranger"], s.tenants["east"])
	_, err = s.who.UserByID(s.as("approver"), s.users["stranger"])
	refused(t, err, fault.NotFound, "")
}

func (s *stage) service(name string) *identity.ServiceAccount {
	s.t.Helper()
	made, err := s.who.CreateServiceAccount(s.as("approver"), identity.ServiceAccountInput{Name: name, Department: "大数据中心", Purpose: "大屏展示"})
	must(s.t, err)
	s.users[made.Login] = made.ID
	return made
}

// A service account signs in by nothing but tokens: it has no password, its
// login is none, and no session is opened for it in whatever way.
func TestAServiceAccountHasTokensOnly(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	made := s.service("大屏")
	_, err := s.login(made.Login, password)
	refused(t, err, fault.LoginFailed, "")
	if s.count(`SELECT count(*) FROM app_user WHERE id = $1 AND kind = 'service' AND password_hash IS NULL AND home_tenant = $2`, made.ID, s.tenants["east"]) != 1 {
		t.Error("not stored as it should be")
	}
	s.grant(made.Login, "east", authz.Dashboard)
	raw := identity.LoggedIn{Secret: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
	cred, err := identity.SessionCredential(raw.Secret)
	must(t, err)
	s.put(`INSERT INTO session (hash, user_id, tenant_id, created_at, seen_at, idle_until, expires_at)
		SELECT $1, $2, $3, m, m, m + interval '1 hour', m + interval '1 hour' FROM now() m`, cred.Hash[:], made.ID, s.tenants["east"])
	if err := s.once(raw.Secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a session of a service account: %v", err)
	}
	refused(t, s.who.SetPassword(s.as("approver"), made.ID, "Better-Horse-2"), fault.ServiceAccountUser, "user")
	refused(t, s.who.EnableUser(s.as("approver"), made.ID, why), fault.ServiceAccountUser, "user")
	_, token, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "大屏", Days: 365, For: made.ID, Scopes: []string{"publication:read"}})
	must(t, err)
	must(t, s.once(token))

	disabled, err := s.who.DisableServiceAccount(s.as("approver"), made.ID)
	if err != nil || disabled.DisabledAt == nil {
		t.Fatalf("%+v %v", disabled, err)
	}
	if err := s.once(token); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the token lives: %v", err)
	}
	if s.count(`SELECT count(*) FROM role_grant WHERE user_id = $1 AND revoked_at IS NULL`, made.ID) != 0 {
		t.Error("a role is left")
	}
	_, err = s.who.ReviewServiceAccount(s.as("approver"), made.ID, calendar.Date{})
	refused(t, err, fault.ServiceDisabled, "serviceAccount")
	_, err = s.who.DisableServiceAccount(s.as("approver"), made.ID)
	must(t, err)
	_ = s.service("大屏") // the name is free again
}

func TestServiceAccountsAreReviewed(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	in := identity.ServiceAccountInput{Name: "对接", Department: "大数据中心", Purpose: "数据交换"}
	for _, by := range []string{"clerk", "judge"} {
		_, err := s.who.CreateServiceAccount(s.as(by), in)
		refused(t, err, fault.Forbidden, "")
	}
	_, err := s.who.CreateServiceAccount(s.as("approver"), identity.ServiceAccountInput{Name: " ", Department: "\n"})
	if all := fault.All(err); len(all) != 3 {
		t.Errorf("%v", err)
	}
	today := calendar.FromTime(time.Now(), time.FixedZone("CST", 8*3600))
	for _, day := range []calendar.Date{today, today.AddDays(367)} {
		in.ReviewOn = day
		_, err := s.who.CreateServiceAccount(s.as("approver"), in)
		refused(t, err, fault.ServiceReviewDate, "reviewOn")
	}
	in.ReviewOn = today.AddDays(30)
	made, err := s.who.CreateServiceAccount(s.as("approver"), in)
	must(t, err)
	_, err = s.who.CreateServiceAccount(s.as("approver"), in)
	refused(t, err, fault.AlreadyExists, "name")
	s.grant(made.Login, "east", authz.Dashboard)
	s.put(`UPDATE service_account SET review_on = current_date - 2`)
	list, err := s.who.ServiceAccounts(s.as("approver"))
	if err != nil || len(list) != 1 || !list[0].Overdue {
		t.Fatalf("%+v %v", list, err)
	}
	forIt := identity.TokenInput{Name: "x", Days: 9, For: made.ID, Scopes: []string{"publication:read"}}
	_, _, err = s.who.CreateToken(s.as("approver"), forIt)
	refused(t, err, fault.ServiceReviewDue, "for")
	reviewed, err := s.who.ReviewServiceAccount(s.as("approver"), made.ID, calendar.Date{})
	if err != nil || reviewed.Overdue {
		t.Fatalf("%+v %v", reviewed, err)
	}
	_, _, err = s.who.CreateToken(s.as("approver"), forIt)
	must(t, err)
	for _, by := range []string{"stranger", "judge"} {
		if _, err := s.who.ReviewServiceAccount(s.as(by), made.ID, calendar.Date{}); err == nil {
			t.Errorf("%s reviews it", by)
		}
		if _, err := s.who.DisableServiceAccount(s.as(by), made.ID); err == nil {
			t.Errorf("%s disables it", by)
		}
	}
	theirs, err := s.who.ServiceAccounts(s.as("stranger"))
	if err != nil || len(theirs) != 0 {
		t.Errorf("%+v %v", theirs, err)
	}
}

// Whoever makes a token of a service account knows its secret. So it may do
// nothing unpublished that its maker could not do, over all of its units and
// whatever the account is given later.
// covers T14
func TestATokenOfAServiceAccountLiftsNobody(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	village := uuid.Must(uuid.NewV7())
	s.put(`INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region) VALUES ($1, '990101101201', 'village', '一村', '一村', $2, '990101')`,
		village, s.units["east"])
	made := s.service("对接")
	s.grant(made.Login, "east", authz.TownshipApprover)
	ask := func(scopes []string, units ...uuid.UUID) (string, error) {
		_, secret, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "x", Days: 9, For: made.ID, Scopes: scopes, Units: units})
		return secret, err
	}
	_, err := ask(nil)
	refused(t, err, fault.Required, "scopes")
	_, err = ask([]string{"round:publish", "mark.draft:read"})
	must(t, err)
	s.put(`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		UPDATE role_grant g SET dimensions = '{safety}', epoch = e.epoch FROM e WHERE user_id = $1`, s.users["approver"])
	_, err = ask([]string{"publication:read", "mark.draft:read"})
	refused(t, err, fault.TokenBeyondYours, "scopes[1]")
	s.put(`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		UPDATE role_grant g SET dimensions = '{}', epoch = e.epoch FROM e WHERE user_id = $1`, s.users["approver"])
	_, err = ask([]string{"money:transfer"})
	refused(t, err, fault.TokenScopeUnknown, "scopes[0]")
	_, err = ask([]string{"issue:read"}, s.units["west"])
	refused(t, err, fault.TokenUnitOutside, "units")
	secret, err := ask([]string{"issue:read", "round:publish"}, village)
	must(t, err)
	ctx, v, err := s.begin(secret)
	must(t, err)
	if len(v.Units) != 1 || !s.authz.May(ctx, authz.IssueRead, village) || s.authz.May(ctx, authz.IssueRead, uuid.Nil) || s.authz.May(ctx, authz.RoundPublish, uuid.Nil) {
		t.Errorf("a token of one village: %+v", v.Units)
	}
}

// The owner of a token may limit it to units, too.
// covers T29
func TestATokenOfSomeUnits(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	village := uuid.Must(uuid.NewV7())
	s.put(`INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region) VALUES ($1, '990101101201', 'village', '一村', '一村', $2, '990101')`,
		village, s.units["east"])
	_, _, err := s.who.CreateToken(s.as("clerk"), identity.TokenInput{Name: "x", Days: 9, Units: []uuid.UUID{village, s.units["west"]}})
	refused(t, err, fault.TokenUnitOutside, "units")
	_, _, err = s.who.CreateToken(s.as("clerk"), identity.TokenInput{Name: "x", Days: 9, Units: []uuid.UUID{uuid.New()}})
	refused(t, err, fault.TokenUnitOutside, "units")
	_, secret, err := s.who.CreateToken(s.as("clerk"), identity.TokenInput{Name: "x", Days: 9, Units: []uuid.UUID{village}})
	must(t, err)
	ctx, _, err := s.begin(secret)
	must(t, err)
	if !s.authz.May(ctx, authz.IssueRead, village) || s.authz.May(ctx, authz.IssueRead, uuid.Nil) || s.authz.May(ctx, authz.GrantRead, uuid.Nil) {
		t.Error("the limit does not hold")
	}
	list, err := s.who.ListTokens(s.as("clerk"), false)
	if err != nil || len(list[0].Units) != 1 || list[0].Units[0] != village {
		t.Errorf("%+v %v", list, err)
	}
}
