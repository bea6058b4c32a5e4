package identity_test

import (
	"context"
	"crypto/sha256"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
)

const east = "990101101"

// invited gives the secret of an invitation by the approver of the east.
func (s *stage) invited(in identity.InvitationInput) (*identity.Invitation, string) {
	s.t.Helper()
	if in.UnitCode == "" {
		in.UnitCode = east
	}
	offer, secret, err := s.who.Invite(s.as("approver"), in)
	must(s.t, err)
	return offer, secret
}

func (s *stage) accept(secret, login string) (*identity.Accepted, error) {
	return s.who.AcceptInvitation(s.t.Context(), identity.Acceptance{Secret: secret, Login: login, Password: password, Address: "192.0.2.7"})
}

// Somebody without an account accepts with a login and password of their own:
// user, home, person, grant and audit are there together.
func TestAnInvitationMakesUserPersonAndGrant(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	until := time.Now().AddDate(0, 6, 0)
	offer, secret := s.invited(identity.InvitationInput{Role: authz.TownshipClerk, Name: " 某经办 ", Until: &until})
	if !strings.HasPrefix(secret, identity.InvitationPrefix) || offer.State(time.Now()) != "OPEN" {
		t.Fatalf("%q %+v", secret, offer)
	}
	sum := sha256.Sum256([]byte(secret))
	if s.count(`SELECT count(*) FROM invitation WHERE secret_hash = $1 AND person_name = '某经办'`, sum[:]) != 1 {
		t.Error("not kept as a hash")
	}
	told, err := s.who.LookInvitation(t.Context(), secret, "192.0.2.7")
	must(t, err)
	if told.Tenant != s.tenants["east"] || told.TenantName != "east" || told.Role != authz.TownshipClerk || told.UnitName != "east" ||
		told.InvitedBy != "approver" || told.Invited != "某经办" || told.Until == nil {
		t.Errorf("%+v", told)
	}
	_, err = s.accept(secret, "judge")
	refused(t, err, fault.AlreadyExists, "login") // and the invitation stays open
	done, err := s.accept(secret, "Newcomer")
	must(t, err)
	if done.Login != "newcomer" || done.Tenant != s.tenants["east"] {
		t.Errorf("%+v", done)
	}
	ctx := s.as("newcomer")
	if !s.authz.May(ctx, authz.MarkConfirm, uuid.Nil) && !s.authz.May(ctx, authz.RoundPlan, uuid.Nil) {
		t.Error("the role does not count")
	}
	for name, query := range map[string]string{
		"home":   `SELECT count(*) FROM app_user WHERE id = $1 AND home_tenant = (SELECT id FROM tenant WHERE name = 'east')`,
		"person": `SELECT count(*) FROM person p JOIN person_name n ON n.person_id = p.id WHERE p.user_id = $1 AND n.name = '某经办' AND p.pseudonym LIKE 'p-%'`,
		"grant": `SELECT count(*) FROM role_grant g JOIN app_user b ON b.id = g.granted_by WHERE g.user_id = $1 AND b.login = 'approver'
			AND g.role = 'township-clerk' AND g.valid_until IS NOT NULL AND g.tenant_id = (SELECT id FROM tenant WHERE name = 'east')`,
		"audit": `SELECT count(*) FROM audit_entry WHERE actor = $1 AND action = 'invitation:accept' AND tenant_id = (SELECT id FROM tenant WHERE name = 'east')`,
		"end":   `SELECT count(*) FROM invitation WHERE accepted_by = $1 AND person_name IS NULL AND person_id IS NOT NULL`,
	} {
		if s.count(query, done.User) != 1 {
			t.Errorf("%s is missing", name)
		}
	}
	if s.count(`SELECT count(*) FROM audit_entry WHERE detail::text LIKE '%某经办%' OR detail::text LIKE '%leitai_inv_%'`) != 0 {
		t.Error("the audit, which is for ever, holds a name or a secret")
	}
	_, err = s.accept(secret, "another")
	refused(t, err, fault.InvitationInvalid, "")
	_, err = s.who.LookInvitation(t.Context(), secret, "192.0.2.7")
	refused(t, err, fault.InvitationInvalid, "")
}

// A role that was accepted begins by the business clock, by which rights are
// asked, and the invitation was accepted when it was. (A demonstration stands in
// another year.)
func TestAnAcceptedRoleBeginsInBusinessTime(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.behind = 3 * 365 * 24 * time.Hour
	_, secret := s.invited(identity.InvitationInput{Role: authz.TownshipClerk, Name: "某经办"})
	_, err := s.accept(secret, "newcomer")
	must(t, err)
	if s.count(`SELECT count(*) FROM role_grant g JOIN app_user u ON u.id = g.user_id WHERE u.login = 'newcomer' AND g.valid_from BETWEEN now() - interval '3 years 3 days' AND now() - interval '2 years'`) != 1 {
		t.Error("the role does not begin by the business clock")
	}
	if s.count(`SELECT count(*) FROM invitation WHERE accepted_at > now() - interval '1 day'`) != 1 {
		t.Error("the invitation was not accepted now")
	}
}

// Somebody with an account of another tenant accepts while signed in. The home
// stays what it was, and gives the inviting tenant no power over the account.
func TestAnInvitationIsAcceptedWithThePresentSession(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	_, secret := s.invited(identity.InvitationInput{Role: authz.Judge, Name: "某评委"})
	session := s.signIn("stranger")
	with := func(session, login string) error {
		_, err := s.who.AcceptInvitation(t.Context(), identity.Acceptance{Secret: secret, Session: session, Login: login, Address: "192.0.2.7"})
		return err
	}
	refused(t, with("none", ""), fault.Unauthenticated, "")
	refused(t, with(session[1:]+session[:1], ""), fault.Unauthenticated, "")
	refused(t, with(session, "second-self"), fault.InvitationSignedIn, "login")
	must(t, with(session, ""))
	in, err := s.login("stranger", password)
	must(t, err)
	if len(in.Tenants) != 2 {
		t.Errorf("%+v", in.Tenants)
	}
	if s.count(`SELECT count(*) FROM app_user WHERE login = 'stranger' AND home_tenant = $1`, s.tenants["west"]) != 1 {
		t.Error("the home moved")
	}
	approver := s.as("approver")
	refused(t, s.who.SetPassword(approver, s.users["stranger"], "Better-Horse-2"), fault.UserNotHome, "user")
	refused(t, s.who.DisableUser(approver, s.users["stranger"], "换人"), fault.UserNotHome, "user")
	refused(t, s.who.EnableUser(approver, s.users["stranger"], "换人"), fault.UserNotHome, "user")
}

// Nobody invites to more than they may give, at a place of another tenant, by a
// token, or in nonsense.
// covers T14
func TestInvitationsThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	gone := time.Now().Add(-time.Hour)
	person := uuid.New()
	for _, c := range []struct {
		by    string
		in    identity.InvitationInput
		code  fault.Code
		field string
	}{
		{"judge", identity.InvitationInput{Role: authz.Judge, Name: "某"}, fault.Forbidden, ""},
		{"clerk", identity.InvitationInput{Role: authz.Judge, Name: "某"}, fault.Forbidden, ""},
		{"approver", identity.InvitationInput{Role: authz.CountyAdmin, Name: "某"}, fault.RoleNotHere, "role"},
		{"approver", identity.InvitationInput{Role: authz.PlatformOperator, Name: "某"}, fault.RoleNotHere, "role"},
		{"approver", identity.InvitationInput{Role: "emperor", Name: "某"}, fault.RoleUnknown, "role"},
		{"approver", identity.InvitationInput{Role: "own-none", Name: "某"}, fault.RoleUnknown, "role"},
		{"approver", identity.InvitationInput{Role: authz.VillageSecretary, Name: "某"}, fault.RoleUnitLevel, "unitCode"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", UnitCode: "990101102"}, fault.UnitUnknown, "unitCode"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", UnitCode: "1"}, fault.UnitUnknown, "unitCode"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", Dimensions: []string{"x", "x"}}, fault.DimensionInvalid, "dimensions[1]"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", Days: 15}, fault.InvitationDays, "days"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", Days: -1}, fault.InvitationDays, "days"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", Until: &gone}, fault.RolePeriodInvalid, "validUntil"},
		{"approver", identity.InvitationInput{Role: authz.Judge}, fault.InvitationPerson, "name"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某", Person: &person}, fault.InvitationPerson, "name"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Person: &person}, fault.NotFound, "person"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: strings.Repeat("某", 51)}, fault.PersonNameInvalid, "name"},
		{"approver", identity.InvitationInput{Role: authz.Judge, Name: "某\n" + "某"}, fault.PersonNameInvalid, "name"},
	} {
		if c.in.UnitCode == "" {
			c.in.UnitCode = east
		}
		_, _, err := s.who.Invite(s.as(c.by), c.in)
		refused(t, err, c.code, c.field)
	}
	_, token, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "全部", Write: true, Days: 1})
	must(t, err)
	ctx, _, err := s.begin(token)
	must(t, err)
	_, _, err = s.who.Invite(ctx, identity.InvitationInput{Role: authz.Judge, Name: "某", UnitCode: east})
	refused(t, err, fault.SessionNeeded, "")
	if s.count(`SELECT count(*) FROM invitation`) != 0 {
		t.Error("a refused invitation is stored")
	}
}

// What the inviter lost until the acceptance cannot be promised any more; a
// disabled inviter's and a closed tenant's invitations open nothing.
// covers T14
func TestTheInvitersRightCountsAtTheAcceptance(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for name, c := range map[string]struct {
		lose string
		code fault.Code
	}{
		"the role":     {`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch) UPDATE role_grant g SET revoked_at = now(), epoch = e.epoch FROM e WHERE user_id = $1`, fault.InvitationVoid},
		"over all":     {`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch) UPDATE role_grant g SET dimensions = '{safety}', epoch = e.epoch FROM e WHERE user_id = $1`, fault.InvitationVoid},
		"in time":      {`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch) UPDATE role_grant g SET valid_until = now(), epoch = e.epoch FROM e WHERE user_id = $1`, fault.InvitationVoid},
		"the account":  {`UPDATE app_user SET status = 'disabled' WHERE id = $1`, fault.InvitationInvalid},
		"the whole":    {`UPDATE tenant SET status = 'suspended' WHERE id = (SELECT home_tenant FROM app_user WHERE id = $1)`, fault.InvitationInvalid},
		"the deadline": {`UPDATE invitation SET created_at = created_at - interval '8 days', expires_at = now() - interval '1 second' WHERE invited_by = $1`, fault.InvitationInvalid},
	} {
		login := "chief-" + strings.ReplaceAll(name, " ", "-")
		s.user(login, "east", authz.TownshipApprover)
		_, secret, err := s.who.Invite(s.as(login), identity.InvitationInput{Role: authz.TownshipApprover, Name: "某", UnitCode: east})
		must(t, err)
		s.put(c.lose, s.users[login])
		_, err = s.accept(secret, "heir-"+login)
		refused(t, err, c.code, "")
		if s.count(`SELECT count(*) FROM app_user WHERE login = $1`, "heir-"+login) != 0 {
			t.Errorf("%s: a user is left", name)
		}
		s.put(`UPDATE tenant SET status = 'active'`)
	}
}

// Of many who accept one invitation at a time, one gets in; one that was taken
// back lets nobody in.
func TestAnInvitationIsForOne(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	_, secret := s.invited(identity.InvitationInput{Role: authz.Judge, Name: "某"})
	var all sync.WaitGroup
	var in atomic.Int64
	for i := range 8 {
		all.Go(func() {
			if _, err := s.accept(secret, "racer"+string(rune('a'+i))); err == nil {
				in.Add(1)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 || s.count(`SELECT count(*) FROM app_user WHERE login LIKE 'racer%'`) != 1 {
		t.Errorf("%d got in", in.Load())
	}
	offer, secret := s.invited(identity.InvitationInput{Role: authz.Judge, Name: "某乙"})
	for _, by := range []string{"judge", "clerk"} {
		_, err := s.who.RevokeInvitation(s.as(by), offer.ID)
		refused(t, err, fault.Forbidden, "")
	}
	_, err := s.who.RevokeInvitation(s.as("stranger"), offer.ID)
	refused(t, err, fault.NotFound, "")
	back, err := s.who.RevokeInvitation(s.as("approver"), offer.ID)
	if err != nil || back.State(time.Now()) != "REVOKED" || back.Name != "" {
		t.Fatalf("%+v %v", back, err)
	}
	_, err = s.accept(secret, "late")
	refused(t, err, fault.InvitationInvalid, "")
	_, err = s.who.RevokeInvitation(s.as("approver"), offer.ID)
	must(t, err)
	first := s.listed("approver")[1]
	_, err = s.who.RevokeInvitation(s.as("approver"), first.ID)
	refused(t, err, fault.InvitationEnded, "invitation")
}

func (s *stage) listed(login string) []*identity.Invitation {
	s.t.Helper()
	page, err := s.who.Invitations(s.as(login), paging.Args{})
	must(s.t, err)
	return page.Items
}

// An invitation of a person links that person, and waits for nobody else.
func TestAnInvitationOfAPerson(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	persons := map[string]uuid.UUID{}
	for _, name := range []string{"free", "taken"} {
		persons[name] = uuid.New()
		s.put(`INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, '990101', $3, now())`, persons[name], s.tenants["east"], name)
	}
	free, taken := persons["free"], persons["taken"]
	_, first := s.invited(identity.InvitationInput{Role: authz.Judge, Person: &free})
	done, err := s.accept(first, "free-one")
	must(t, err)
	if s.count(`SELECT count(*) FROM person WHERE id = $1 AND user_id = $2`, free, done.User) != 1 {
		t.Error("not linked")
	}
	_, second := s.invited(identity.InvitationInput{Role: authz.Judge, Person: &taken})
	s.put(`UPDATE person SET user_id = $2 WHERE id = $1`, taken, s.users["clerk"])
	_, err = s.accept(second, "taken-one")
	refused(t, err, fault.PersonHasUser, "person")
	_, _, err = s.who.Invite(s.as("approver"), identity.InvitationInput{Role: authz.Judge, Person: &taken, UnitCode: east})
	refused(t, err, fault.PersonHasUser, "person")
	s.put(`UPDATE person SET user_id = NULL WHERE id = $1`, taken)
	_, err = s.who.AcceptInvitation(t.Context(), identity.Acceptance{Secret: second, Session: s.signIn("free-one"), Address: "192.0.2.7"})
	refused(t, err, fault.UserHasPerson, "")
}

// Lists go to those who read grants, newest first, page by page; names of what
// has expired are forgotten.
func TestListingInvitations(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, name := range []string{"甲", "乙", "丙"} {
		s.invited(identity.InvitationInput{Role: authz.Judge, Name: name})
	}
	page := func(args paging.Args) (names string, p paging.Page[*identity.Invitation]) {
		p, err := s.who.Invitations(s.as("approver"), args)
		must(t, err)
		for _, i := range p.Items {
			names += i.Name
		}
		return names, p
	}
	two := 2
	names, p := page(paging.Args{First: &two})
	if names != "丙乙" || !p.HasNext {
		t.Errorf("%q %v", names, p.HasNext)
	}
	after := p.End()
	if names, _ := page(paging.Args{First: &two, After: &after}); names != "甲" {
		t.Errorf("%q", names)
	}
	if names, _ := page(paging.Args{Last: &two}); names != "乙甲" {
		t.Errorf("%q", names)
	}
	_, err := s.who.Invitations(s.as("stranger"), paging.Args{After: &after})
	refused(t, err, fault.InvalidCursor, "after")
	if theirs := s.listed("stranger"); len(theirs) != 0 {
		t.Errorf("another tenant's: %+v", theirs)
	}
	_, err = s.who.Invitations(s.as("judge"), paging.Args{})
	refused(t, err, fault.Forbidden, "")
	s.put(`UPDATE invitation SET created_at = created_at - interval '9 days', expires_at = now() - interval '1 day' WHERE person_name = '甲'`)
	s.invited(identity.InvitationInput{Role: authz.Judge, Name: "丁"})
	if s.count(`SELECT count(*) FROM invitation WHERE person_name = '甲'`) != 0 || s.count(`SELECT count(*) FROM invitation WHERE person_name IS NOT NULL`) != 3 {
		t.Error("the name of an expired invitation is kept")
	}
}

// Guessing secrets is held off by address before the database is asked.
func TestGuessingInvitationsIsSlowedDown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	_, secret := s.invited(identity.InvitationInput{Role: authz.Judge, Name: "某"})
	for _, no := range []string{"", "leitai_inv_", secret[1:], secret[:len(secret)-1] + "!", strings.ToUpper(secret), secret + "0"} {
		_, err := s.who.LookInvitation(t.Context(), no, "192.0.2.9")
		refused(t, err, fault.InvitationInvalid, "")
	}
	look := func(address string) error {
		_, err := s.who.LookInvitation(context.Background(), secret, address)
		return err
	}
	for range 100 {
		must(t, look("192.0.2.9")) // a right one costs nothing
	}
	s.put(`UPDATE invitation SET revoked_at = now()`)
	var last error
	for range 60 {
		last = look("192.0.2.9")
	}
	refused(t, last, fault.LoginThrottled, "")
	refused(t, look("198.51.100.7"), fault.InvitationInvalid, "")
}
