package journeys

import (
	"context"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/sample"
)

// Messages come in the caller's language, Chinese first.
func TestMessagesInTheCallersLanguage(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	for header, want := range map[string]string{
		"": "账号或密码不正确", "zh-CN": "账号或密码不正确", "en": "the login or the password is not right", "en-GB,zh;q=0.5": "the login or the password is not right",
		"fr,en;q=0.4": "the login or the password is not right", "ja": "账号或密码不正确", "not a header": "账号或密码不正确",
	} {
		a := b.post(t, "/auth/login", map[string]string{"login": "stranger-" + hex.EncodeToString([]byte(header)) + "@demo", "password": "x"}, "Accept-Language", header)
		if !strings.Contains(a.text, want) {
			t.Errorf("%q is answered %s", header, a.text)
		}
	}
	mutation := `mutation($c: ID!) { roundsPlan(input: {competition: $c, from: "2023-01", to: "2023-02"}) { userErrors { code message field } } }`
	for language, want := range map[string]string{"zh": "早于首个适用期次", "en": "is before the first one"} {
		r := s.Speak(t, s.Token(sample.Clerk), language, mutation, graphtest.Vars{"c": s.CompetitionID()})
		if !strings.Contains(r.Body, want) {
			t.Errorf("%s: %s", language, r.Body)
		}
	}
}

// A token dies with its revocation, its day and the roles of its owner, at the
// next request, on every replica.
// covers T29
func TestTokensEndAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	replica := newReplica(t, s)
	ask := func(who string) (codes []string) {
		for _, at := range []*browser{b, replica} {
			a := at.post(t, "/graphql", map[string]any{"query": `query($c: ID!) { accounts(competition: $c) { balance } }`, "variables": map[string]string{"c": s.CompetitionID()}},
				"Authorization", "Bearer "+s.Token(who))
			codes = append(codes, a.code(t))
		}
		return codes
	}
	fine, out, forbidden := []string{"", ""}, []string{"UNAUTHENTICATED", "UNAUTHENTICATED"}, []string{"FORBIDDEN", "FORBIDDEN"}
	equal(t, "before", [][]string{ask("S1"), ask("L1"), ask(sample.Clerk), ask("dashboard")}, [][]string{fine, fine, fine, forbidden})

	s.must(t, sample.Approver, func(ctx context.Context) error {
		grants, err := s.App.Tenancy.Grants(ctx)
		if err != nil {
			return err
		}
		for _, g := range grants {
			if g.Login == s.World.Person("S1").Login {
				if _, err := s.App.Tenancy.RevokeRole(ctx, g.ID); err != nil {
					return err
				}
			}
		}
		tokens, err := s.App.Identity.ListTokens(ctx, true)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(tokens, func(token *identity.Token) bool { return token.User == s.World.Person("L1").User })
		_, err = s.App.Identity.RevokeToken(ctx, tokens[i].ID)
		return err
	})
	equal(t, "the owner lost the role", ask("S1"), forbidden)
	equal(t, "revoked", ask("L1"), out)
	if _, err := s.DB.Maint(t).ExecContext(t.Context(), `UPDATE api_token SET expires_at = now() - interval '1 second' WHERE user_id = $1`, s.World.Person(sample.Clerk).User); err != nil {
		t.Fatal(err)
	}
	equal(t, "expired", ask(sample.Clerk), out)
	err := s.World.As(t.Context(), sample.Clerk, func(context.Context) error { return nil })
	if fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("an expired token opens a request: %v", err)
	}
}

// Changing the password ends the user's other sessions and keeps the one it was
// done in.
func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	here, there := newBrowser(s), newBrowser(s)
	here.login(t, "S1")
	there.login(t, "S1")
	p := s.World.Person("S1")
	change := func(b *browser, current, next string) answer {
		return b.post(t, "/auth/password", map[string]string{"current": current, "new": next})
	}
	if a := change(here, "Wrong-password-1", "Neues-Passwort-1"); a.code(t) != string(fault.PasswordWrong) {
		t.Errorf("a wrong current password: %d %s", a.Code, a.text)
	}
	if a := change(here, p.Password, "short"); a.code(t) != string(fault.PasswordWeak) {
		t.Errorf("a weak password: %d %s", a.Code, a.text)
	}
	if a := change(newBrowser(s), p.Password, "Neues-Passwort-1"); a.Code != http.StatusUnauthorized {
		t.Errorf("nobody changes a password: %d", a.Code)
	}
	if a := change(here, p.Password, "Neues-Passwort-1"); a.Code != http.StatusNoContent {
		t.Fatalf("changed: %d %s", a.Code, a.text)
	}
	if here.who(t) != sample.TownshipCode || there.who(t) != string(fault.Unauthenticated) {
		t.Errorf("here %s, elsewhere %s", here.who(t), there.who(t))
	}
	if a := there.login(t, "S1"); a.Code != http.StatusUnauthorized {
		t.Errorf("the old password: %d", a.Code)
	}
	if strings.Contains(s.Log(), "Neues-Passwort-1") || strings.Contains(s.Log(), here.cookie.Value) {
		t.Error("the log holds a secret")
	}
}
