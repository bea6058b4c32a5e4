package journeys

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const invite = `mutation($role: String!, $code: String!, $name: String!) {
	invitationCreate(input: {role: $role, unitCode: $code, name: $name}) { invitation { id state role unit { code } } secret path userErrors { code field } } }`

// ask sends an operation with the browser's session and gives the field's value.
func (b *browser) ask(t testing.TB, query string, vars graphtest.Vars, field string) map[string]any {
	t.Helper()
	a := b.post(t, "/graphql", map[string]any{"query": query, "variables": vars})
	var data struct {
		Data   map[string]map[string]any
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(a.Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Errors) > 0 {
		return map[string]any{"userErrors": []any{map[string]any{"code": data.Errors[0].Extensions.Code}}}
	}
	return data.Data[field]
}

// firstCode is the code of the first refusal; "" when there is none.
func firstCode(answer map[string]any) string {
	list, _ := answer["userErrors"].([]any)
	if len(list) == 0 {
		return ""
	}
	code, _ := list[0].(map[string]any)["code"].(string)
	return code
}

// in signs somebody in with a browser of their own.
func (s *stage) in(t testing.TB, who string) *browser {
	t.Helper()
	b := newBrowser(s)
	if a := b.login(t, who); a.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", who, a.Code, a.text)
	}
	return b
}

func (b *browser) invited(t testing.TB, role, code, name string) (secret string) {
	t.Helper()
	made := b.ask(t, invite, graphtest.Vars{"role": role, "code": code, "name": name}, "invitationCreate")
	secret, _ = made["secret"].(string)
	if made["path"] != "/join#"+secret || firstCode(made) != "" || secret == "" {
		t.Fatalf("%v", made)
	}
	return secret
}

// From the approver's invitation to the newcomer's first look, over HTTP: what
// is offered is told to whoever holds the secret, accepting takes a login and
// password, and neither log nor address ever holds the secret.
func TestInvitingAClerkOverHTTP(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	approver := s.in(t, sample.Approver)
	secret := approver.invited(t, "township-clerk", sample.TownshipCode, "某经办")

	nobody := newBrowser(s)
	look := nobody.post(t, "/auth/invitations/look", map[string]string{"secret": secret}, "Accept-Language", "en")
	for _, want := range []string{`"role":"township-clerk"`, `"label":"clerk"`, `"invited":"某经办"`, `"kind":"township"`} {
		if look.Code != http.StatusOK || !strings.Contains(look.text, want) {
			t.Errorf("look: %d %s lacks %s", look.Code, look.text, want)
		}
	}
	if a := nobody.send(t, http.MethodGet, "/auth/invitations/look?secret="+secret, ""); a.Code != http.StatusMethodNotAllowed {
		t.Errorf("a secret in an address: %d", a.Code)
	}
	accept := func(b *browser, body map[string]any, headers ...string) answer {
		body["secret"] = secret
		return b.post(t, "/auth/invitations/accept", body, headers...)
	}
	for want, a := range map[string]answer{
		string(fault.CrossSite):       accept(nobody, map[string]any{"login": "x-clerk", "password": "Richtig-Pferd-1"}, "Sec-Fetch-Site", "cross-site"),
		string(fault.PasswordWeak):    accept(nobody, map[string]any{"login": "x-clerk", "password": "short"}),
		string(fault.Unauthenticated): accept(nobody, map[string]any{"signedIn": true}),
		string(fault.AlreadyExists):   accept(nobody, map[string]any{"login": s.World.Person(sample.Clerk).Login, "password": "Richtig-Pferd-1"}),
		string(fault.BodyMalformed):   accept(nobody, map[string]any{"login": "x-clerk", "password": "Richtig-Pferd-1", "role": "township-approver"}),
	} {
		if a.code(t) != want {
			t.Errorf("want %s: %d %s", want, a.Code, a.text)
		}
	}
	if a := accept(nobody, map[string]any{"login": "x-clerk", "password": "Richtig-Pferd-1"}); a.Code != http.StatusOK || !strings.Contains(a.text, `"login":"x-clerk"`) {
		t.Fatalf("accept: %d %s", a.Code, a.text)
	}
	if a := accept(nobody, map[string]any{"login": "y-clerk", "password": "Richtig-Pferd-1"}); a.code(t) != string(fault.InvitationInvalid) {
		t.Errorf("twice: %d %s", a.Code, a.text)
	}
	if a := nobody.post(t, "/auth/login", map[string]string{"login": "x-clerk", "password": "Richtig-Pferd-1"}); a.Code != http.StatusOK || nobody.who(t) != sample.TownshipCode {
		t.Errorf("the newcomer: %d %s", a.Code, a.text)
	}
	if strings.Contains(s.Log(), secret) || strings.Contains(s.Log(), "Richtig-Pferd-1") || strings.Contains(s.Log(), "leitai_inv_") {
		t.Error("the log holds a secret")
	}
}

// The plain page does the same without a script: it asks for the secret, shows
// the offer, and accepts with a new user or the one signed in.
func TestJoiningOnThePage(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	secret := s.in(t, sample.Approver).invited(t, "judge", sample.TownshipCode, "某评委<b>")
	form := func(b *browser, path string, values url.Values) answer {
		return b.send(t, http.MethodPost, path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	}
	nobody := newBrowser(s)
	page := nobody.send(t, http.MethodGet, "/join", "")
	policy := page.Header().Get("Content-Security-Policy")
	if page.Code != http.StatusOK || !strings.Contains(page.text, `action="/join"`) || !strings.Contains(policy, "default-src 'none'") ||
		!strings.Contains(policy, "script-src 'sha256-") || page.Header().Get("Referrer-Policy") != "no-referrer" || page.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", page.Code, page.Header())
	}
	if a := form(nobody, "/join", url.Values{"secret": {"leitai_inv_nonsense"}}); a.Code != http.StatusBadRequest || !strings.Contains(a.text, "邀请链接不正确") {
		t.Errorf("nonsense: %d %s", a.Code, a.text)
	}
	offer := form(nobody, "/join", url.Values{"secret": {secret}})
	if !strings.Contains(offer.text, "评比小组成员") || !strings.Contains(offer.text, "某评委&lt;b&gt;") || strings.Contains(offer.text, "某评委<b>") ||
		strings.Contains(offer.text, `name="signedIn"`) {
		t.Errorf("the offer: %s", offer.text)
	}
	again := form(nobody, "/join/accept", url.Values{"secret": {secret}, "login": {"z-judge"}, "password": {"weak"}})
	if again.Code != http.StatusBadRequest || !strings.Contains(again.text, "密码不符合要求") || !strings.Contains(again.text, `value="z-judge"`) {
		t.Errorf("a weak password: %d %s", again.Code, again.text)
	}
	neighbour := s.in(t, "XC1")
	if a := form(neighbour, "/join", url.Values{"secret": {secret}}); !strings.Contains(a.text, `name="signedIn"`) {
		t.Errorf("signed in: %s", a.text)
	}
	done := form(neighbour, "/join/accept", url.Values{"secret": {secret}, "signedIn": {"yes"}})
	if done.Code != http.StatusOK || !strings.Contains(done.text, "已接受邀请") {
		t.Fatalf("accepted: %d %s", done.Code, done.text)
	}
	home := s.TenantOf(t, sample.TownshipCode)
	if a := neighbour.post(t, "/auth/tenant", map[string]uuid.UUID{"tenant": home}); a.Code != http.StatusNoContent || neighbour.who(t) != sample.TownshipCode {
		t.Errorf("in the inviting township: %d %s", a.Code, a.text)
	}
}

// A township's approver goes after accounts of another township in every way
// the service has, and gets hold of none: not of a fresh one without a role, not
// of a clerk's, not after the clerk has accepted a role here.
// covers T14
func TestNobodyTakesAnAccountOver(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	owner, attacker := s.in(t, sample.Approver), s.in(t, "XA1")
	fresh := owner.ask(t, `mutation { userCreate(input: {login: "fresh-one", password: "Richtig-Pferd-1"}) { userId userErrors { code } } }`, nil, "userCreate")
	clerk := s.World.Person(sample.Clerk)
	person := s.PersonID("XC1")
	const word = "Gekapert-Pferd-9"
	type move struct{ query, field, code string }
	moves := func(user, login, missing string) []move {
		return []move{
			{`mutation { grantCreate(input: {login: "` + login + `", role: "judge", unitCode: "` + sample.SiblingCode + `"}) { userErrors { code } } }`, "grantCreate", "LOGIN_UNKNOWN"},
			{`mutation { personLink(input: {person: "` + person + `", login: "` + login + `"}) { userErrors { code } } }`, "personLink", "LOGIN_UNKNOWN"},
			{`mutation { userPasswordSet(input: {user: "` + user + `", password: "` + word + `"}) { userErrors { code } } }`, "userPasswordSet", missing},
			{`mutation { userDisable(input: {user: "` + user + `", reason: "换人"}) { userErrors { code } } }`, "userDisable", missing},
			{`mutation { userEnable(input: {user: "` + user + `", reason: "换人"}) { userErrors { code } } }`, "userEnable", missing},
			{`mutation { tokenCreate(input: {name: "x", days: 9, for: "` + user + `", scopes: ["publication:read"]}) { secret userErrors { code } } }`, "tokenCreate", "NOT_FOUND"},
		}
	}
	try := func(when string, all []move) {
		t.Helper()
		for _, m := range all {
			if got := firstCode(attacker.ask(t, m.query, nil, m.field)); got != m.code {
				t.Errorf("%s, %s: %q, want %s", when, m.field, got, m.code)
			}
		}
	}
	freshID, _ := fresh["userId"].(string)
	clerkID := graphtest.ID("User", clerk.User)
	try("a fresh account", moves(freshID, "fresh-one", "NOT_FOUND"))
	try("a clerk's account", moves(clerkID, clerk.Login, "NOT_FOUND"))

	// The clerk accepts a role in the attacker's township: that gives the township
	// the say over the role, never over the account.
	secret := attacker.invited(t, "judge", sample.SiblingCode, "某评委")
	victim := s.in(t, sample.Clerk)
	if a := victim.post(t, "/auth/invitations/accept", map[string]any{"secret": secret, "signedIn": true}); a.Code != http.StatusOK {
		t.Fatalf("accept: %d %s", a.Code, a.text)
	}
	try("a clerk who judges here", []move{moves(clerkID, clerk.Login, "USER_NOT_HOME")[2], moves(clerkID, clerk.Login, "USER_NOT_HOME")[3],
		moves(clerkID, clerk.Login, "USER_NOT_HOME")[4],
		{`mutation { tokenCreate(input: {name: "x", days: 9, for: "` + clerkID + `", scopes: ["mark.draft:read"]}) { userErrors { code } } }`, "tokenCreate", "TOKEN_SCOPE_NOT_PUBLISHED"}})
	made := attacker.ask(t, `mutation { tokenCreate(input: {name: "x", days: 9, for: "`+clerkID+`", scopes: ["publication:read", "round:read"]}) { secret userErrors { code } } }`, nil, "tokenCreate")
	token, _ := made["secret"].(string)
	a := newBrowser(s).post(t, "/graphql", map[string]any{"query": `{ viewer { tenant { unit { code } } } }`}, "Authorization", "Bearer "+token)
	if token == "" || !strings.Contains(a.text, sample.SiblingCode) || strings.Contains(a.text, sample.TownshipCode) {
		t.Errorf("a token for the clerk works outside of the township that made it: %v %s", made, a.text)
	}
	// The home, too, resets no password of somebody who holds a role elsewhere.
	if got := firstCode(owner.ask(t, moves(clerkID, "", "")[2].query, nil, "userPasswordSet")); got != "USER_HOLDS_ELSEWHERE" {
		t.Errorf("the home resets: %q", got)
	}
	if a := newBrowser(s).login(t, sample.Clerk); a.Code != http.StatusOK {
		t.Errorf("the clerk's own password: %d %s", a.Code, a.text)
	}
	for _, login := range []string{clerk.Login, "fresh-one"} {
		if a := newBrowser(s).post(t, "/auth/login", map[string]string{"login": login, "password": word}); a.Code != http.StatusUnauthorized {
			t.Errorf("%s is taken over: %d", login, a.Code)
		}
	}
}
