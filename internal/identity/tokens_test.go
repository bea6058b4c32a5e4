package identity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

// A token reads what its owner reads, narrowed by its scopes, and writes only
// after an approval.
// covers T29
func TestATokenIsNarrowerThanItsOwner(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	token, secret, err := s.who.CreateToken(s.as("clerk"), identity.TokenInput{Name: " 报表 ", Scopes: []string{"round:read", "round:plan"}, Write: true, Days: 365})
	must(t, err)
	if !strings.HasPrefix(secret, "leitai_pat_"+token.Handle+"_") || !token.ReadOnly || token.Name != "报表" {
		t.Fatalf("%+v", token)
	}
	must(t, s.once(secret)) // notes the first use
	ctx, v, err := s.begin(secret)
	must(t, err)
	if v.User != s.users["clerk"] || v.Credential.ID != token.ID.String() || !v.ReadOnly {
		t.Errorf("%+v", v)
	}
	if !s.authz.May(ctx, authz.RoundRead, uuid.Nil) || s.authz.May(ctx, authz.RoundPlan, uuid.Nil) || s.authz.May(ctx, authz.PublicationRead, uuid.Nil) {
		t.Error("a read-only token of two scopes reads the one")
	}
	_, err = s.who.ApproveToken(s.as("clerk"), token.ID)
	refused(t, err, fault.Forbidden, "")
	_, err = s.who.ApproveToken(s.as("stranger"), token.ID)
	refused(t, err, fault.NotFound, "")
	approved, err := s.who.ApproveToken(s.as("approver"), token.ID)
	if err != nil || approved.ReadOnly {
		t.Fatalf("%+v %v", approved, err)
	}
	ctx, _, err = s.begin(secret)
	must(t, err)
	if !s.authz.May(ctx, authz.RoundPlan, uuid.Nil) || s.authz.May(ctx, authz.PanelWrite, uuid.Nil) {
		t.Error("an approved token writes what its scopes name")
	}
	s.put(`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		UPDATE role_grant g SET revoked_at = now(), epoch = e.epoch FROM e WHERE user_id = $1`, s.users["clerk"])
	ctx, _, err = s.begin(secret)
	must(t, err)
	if s.authz.Anywhere(ctx, authz.RoundPlan) == nil || s.authz.Anywhere(ctx, authz.RoundRead) == nil {
		t.Error("the token keeps what its owner lost")
	}
}

func TestARevokedOrExpiredTokenIsRefusedAtTheNextRequest(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	token, secret, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "导出", Write: true, Days: 1})
	must(t, err)
	if token.ReadOnly {
		t.Error("who may approve makes writing tokens")
	}
	must(t, s.once(secret)) // notes the first use
	running, _, err := s.begin(secret)
	must(t, err)
	_, err = s.who.RevokeToken(s.as("judge"), token.ID)
	refused(t, err, fault.NotFound, "")
	revoked, err := s.who.RevokeToken(s.as("approver"), token.ID)
	if err != nil || revoked.RevokedAt == nil {
		t.Fatalf("%+v %v", revoked, err)
	}
	if _, _, err := s.begin(secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the next request: %v", err)
	}
	_, err = s.who.CreateUser(running, identity.NewUser{Login: "late-user", Password: password})
	refused(t, err, fault.Unauthenticated, "") // a request under way writes nothing either
	_, err = s.who.RevokeToken(s.as("approver"), token.ID)
	must(t, err)
	_, err = s.who.ApproveToken(s.as("approver"), token.ID)
	refused(t, err, fault.TokenEnded, "token")

	_, secret, err = s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "导出", Days: 1})
	must(t, err)
	s.put(`UPDATE api_token SET expires_at = now() - interval '1 second', created_at = now() - interval '1 day' WHERE revoked_at IS NULL`)
	if _, _, err := s.begin(secret); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("expired: %v", err)
	}
}

func TestBadTokensAreRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, c := range []struct {
		in    identity.TokenInput
		code  fault.Code
		field string
	}{
		{identity.TokenInput{Name: " ", Days: 1}, fault.Required, "name"},
		{identity.TokenInput{Name: "x", Days: 0}, fault.TokenDaysInvalid, "days"},
		{identity.TokenInput{Name: "x", Days: 366}, fault.TokenDaysInvalid, "days"},
		{identity.TokenInput{Name: "x", Days: 1, Scopes: []string{"round:read", "round:destroy"}}, fault.TokenScopeUnknown, "scopes[1]"},
		{identity.TokenInput{Name: "x", Days: 1, Scopes: []string{"round:read", "round:read"}}, fault.TokenScopeTwice, "scopes[1]"},
		{identity.TokenInput{Name: "x", Days: 1, Scopes: []string{"round:read"}, Write: true}, fault.TokenNothingToWrite, "write"},
		{identity.TokenInput{Name: "x", Days: 1, For: s.users["judge"]}, fault.Required, "scopes"},
		{identity.TokenInput{Name: "x", Days: 1, For: s.users["judge"], Scopes: []string{"mark:write"}}, fault.TokenScopeNotPublic, "scopes[0]"},
		{identity.TokenInput{Name: "x", Days: 1, For: s.users["judge"], Scopes: []string{"mark.draft:read"}}, fault.TokenScopeNotPublic, "scopes[0]"},
		{identity.TokenInput{Name: "x", Days: 1, For: s.users["stranger"], Scopes: []string{"publication:read"}}, fault.NotFound, "for"},
	} {
		_, _, err := s.who.CreateToken(s.as("approver"), c.in)
		refused(t, err, c.code, c.field)
	}
	_, _, err := s.who.CreateToken(s.as("clerk"), identity.TokenInput{Name: "x", Days: 1, For: s.users["judge"], Scopes: []string{"publication:read"}})
	refused(t, err, fault.Forbidden, "")
	if s.count(`SELECT count(*) FROM api_token`) != 0 {
		t.Error("a refused token is stored")
	}
}

// A dashboard gets its token from who may approve, and it reads what is
// published.
func TestATokenForADashboard(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.user("board", "east", authz.Dashboard)
	token, secret, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "看板", Days: 90, For: s.users["board"], Scopes: []string{"publication:read", "round:read"}})
	must(t, err)
	ctx, v, err := s.begin(secret)
	must(t, err)
	if v.User != s.users["board"] || len(v.Drafts) != 0 || !s.authz.May(ctx, authz.PublicationRead, uuid.Nil) || s.authz.May(ctx, authz.TenantRead, uuid.Nil) {
		t.Errorf("%+v", v)
	}
	_, err = s.who.ApproveToken(s.as("approver"), token.ID)
	refused(t, err, fault.TokenNothingToWrite, "token")
}

// A token can neither make another one nor change a password, so that it does
// not outlive itself.
func TestATokenMakesNoToken(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	_, secret, err := s.who.CreateToken(s.as("approver"), identity.TokenInput{Name: "全部", Write: true, Days: 1})
	must(t, err)
	ctx, _, err := s.begin(secret)
	must(t, err)
	_, _, err = s.who.CreateToken(ctx, identity.TokenInput{Name: "再来", Days: 365})
	refused(t, err, fault.SessionNeeded, "")
	refused(t, s.who.ChangePassword(ctx, password, "Better-Horse-2"), fault.SessionNeeded, "")
	_, err = s.who.ApproveToken(ctx, uuid.New())
	refused(t, err, fault.SessionNeeded, "")
}

func TestListingTokens(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, login := range []string{"judge", "clerk", "stranger"} {
		_, _, err := s.who.CreateToken(s.as(login), identity.TokenInput{Name: login, Days: 1})
		must(t, err)
	}
	own, err := s.who.ListTokens(s.as("judge"), false)
	if err != nil || len(own) != 1 || own[0].Name != "judge" {
		t.Errorf("%v %v", own, err)
	}
	_, err = s.who.ListTokens(s.as("judge"), true)
	refused(t, err, fault.Forbidden, "")
	all, err := s.who.ListTokens(s.as("approver"), true)
	if err != nil || len(all) != 2 || all[0].Name != "clerk" {
		t.Errorf("%v %v", all, err)
	}
	if !all[0].ExpiresAt.After(time.Now()) || all[0].UsedAt != nil {
		t.Errorf("%+v", all[0])
	}
	_, secret, err := s.who.CreateToken(s.as("judge"), identity.TokenInput{Name: "used", Days: 1})
	must(t, err)
	must(t, s.once(secret))
	if own, err := s.who.ListTokens(s.as("judge"), false); err != nil || own[0].UsedAt == nil {
		t.Errorf("the use is not noted: %+v %v", own, err)
	}
}
