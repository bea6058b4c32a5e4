package identity_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

func TestCreatingAUser(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id, err := s.who.CreateUser(s.as("clerk"), identity.NewUser{Login: " New.User ", Password: password})
	must(t, err)
	if s.count(`SELECT count(*) FROM app_user WHERE id = $1 AND login = 'new.user' AND password_hash LIKE '$argon2id$%'`, id) != 1 {
		t.Error("not stored as it should be")
	}
	if _, err := s.login("new.user", password); fault.CodeOf(err) != fault.LoginNoTenant {
		t.Errorf("a user without a role: %v", err)
	}
	_, err = s.who.CreateUser(s.as("clerk"), identity.NewUser{Login: "new.user", Password: password})
	refused(t, err, fault.AlreadyExists, "login")
	_, err = s.who.CreateUser(s.as("clerk"), identity.NewUser{Login: "-", Password: "short"})
	if all := fault.All(err); len(all) != 2 || all[0].Code != fault.LoginNameInvalid || all[1].Code != fault.PasswordWeak {
		t.Errorf("both faults are listed: %v", err)
	}
	_, err = s.who.CreateUser(s.as("judge"), identity.NewUser{Login: "x-user", Password: password})
	refused(t, err, fault.Forbidden, "")
	person := uuid.New()
	_, err = s.who.CreateUser(s.as("clerk"), identity.NewUser{Login: "x-user", Password: password, Person: &person})
	refused(t, err, fault.NotFound, "person")
	s.put(`INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES ($1, $2, '990101', 'P1', $3, now())`, person, s.tenants["east"], s.users["judge"])
	_, err = s.who.CreateUser(s.as("clerk"), identity.NewUser{Login: "x-user", Password: password, Person: &person})
	refused(t, err, fault.PersonHasUser, "person")
	if s.count(`SELECT count(*) FROM app_user WHERE login = 'x-user'`) != 0 {
		t.Error("a refused user is stored")
	}
	if s.count(`SELECT count(*) FROM audit_entry WHERE action = 'user:create' AND actor = $1`, s.users["clerk"]) != 1 {
		t.Error("not in the audit")
	}
}

// Changing the password ends every other session of the user at once.
func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	other, own := s.signIn("judge"), s.signIn("judge")
	ctx, _, err := s.begin(own)
	must(t, err)
	refused(t, s.who.ChangePassword(ctx, "Wrong-Horse-1", "Better-Horse-2"), fault.PasswordWrong, "current")
	refused(t, s.who.ChangePassword(ctx, password, "weak"), fault.PasswordWeak, "password")
	refused(t, s.who.ChangePassword(ctx, password, "My-JUDGE-pass-1"), fault.PasswordWeak, "password")
	must(t, s.who.ChangePassword(ctx, password, "Better-Horse-2"))
	if _, _, err := s.begin(own); err != nil {
		t.Errorf("the own session: %v", err)
	}
	if _, _, err := s.begin(other); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the other session: %v", err)
	}
	_, err = s.login("judge", password)
	refused(t, err, fault.LoginFailed, "")
	_, err = s.login("judge", "Better-Horse-2")
	must(t, err)
}

func TestGuessingTheCurrentPasswordIsSlowedDown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ctx := s.as("judge")
	for range 5 {
		refused(t, s.who.ChangePassword(ctx, "Wrong-Horse-1", "Better-Horse-2"), fault.PasswordWrong, "current")
	}
	refused(t, s.who.ChangePassword(ctx, password, "Better-Horse-2"), fault.LoginThrottled, "")
}

// Whoever resets a password could act as that user: it takes the right to
// grant, all that the user holds, and a user of this tenant alone.
func TestResettingAPassword(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	refused(t, s.who.SetPassword(s.as("clerk"), s.users["judge"], "Better-Horse-2"), fault.Forbidden, "")
	refused(t, s.who.SetPassword(s.as("approver"), s.users["stranger"], "Better-Horse-2"), fault.NotFound, "user")
	refused(t, s.who.SetPassword(s.as("approver"), uuid.New(), "Better-Horse-2"), fault.NotFound, "user")
	session := s.signIn("judge")
	refused(t, s.who.SetPassword(s.as("approver"), s.users["judge"], "weak"), fault.PasswordWeak, "password")
	must(t, s.who.SetPassword(s.as("approver"), s.users["judge"], "Better-Horse-2"))
	if _, _, err := s.begin(session); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a session lives on: %v", err)
	}
	_, err := s.login("judge", "Better-Horse-2")
	must(t, err)
	s.grant("clerk", "west", authz.Judge)
	refused(t, s.who.SetPassword(s.as("approver"), s.users["clerk"], "Better-Horse-2"), fault.UserHoldsElsewhere, "user")
	s.put(`UPDATE role_grant SET role = 'county-admin' WHERE user_id = $1`, s.users["judge"])
	refused(t, s.who.SetPassword(s.as("approver"), s.users["judge"], "Better-Horse-3"), fault.UserAboveYou, "user")
}
