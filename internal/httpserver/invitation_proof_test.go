package httpserver

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

// invited makes an invitation by somebody of the house and gives its secret.
func (h *house) invited(by, unit string) string {
	h.t.Helper()
	p := h.person()
	p.login(by, secretWord)
	session, err := identity.SessionCredential(p.cookie("__Host-leitai"))
	h.must(err)
	ctx, request, _, err := h.db.Begin(h.t.Context(), session)
	h.must(err)
	defer func() { h.must(request.End()) }()
	_, secret, err := h.who.Invite(ctx, identity.InvitationInput{Role: authz.Judge, Name: "某评委", UnitCode: unit})
	h.must(err)
	return secret
}

// prove looks an invitation up, goes to a provider for it and comes back.
func (p *person) prove(secret, key, user string) {
	p.h.t.Helper()
	if a := p.json(http.MethodPost, "/auth/invitations/look", map[string]string{"secret": secret}); a.status != http.StatusOK {
		p.h.t.Fatalf("%d %s", a.status, a.body)
	}
	a := p.send(http.MethodGet, "/auth/oidc/"+key+"/start?for=invitation&next=%2Fjoin", "")
	if a.status != http.StatusSeeOther || strings.Contains(a.header.Get("Location"), secret) {
		p.h.t.Fatalf("%d %s", a.status, a.body)
	}
	back := p.send(http.MethodGet, p.vouched(a.header.Get("Location"), user), "")
	if back.status != http.StatusSeeOther || back.header.Get("Location") != "/join" || p.cookie(proofName) == "" || p.signedIn() {
		p.h.t.Fatalf("%d to %q: %s", back.status, back.header.Get("Location"), back.body)
	}
}

const proofName, offerName = "__Host-leitai-proof", "__Host-leitai-offer"

func (p *person) accept(secret string, more map[string]any) seen {
	p.h.t.Helper()
	body := map[string]any{"secret": secret}
	for name, value := range more {
		body[name] = value
	}
	return p.json(http.MethodPost, "/auth/invitations/accept", body)
}

// is holds an answer against a refusal.
func (a seen) is(t *testing.T, what string, code fault.Code, field string) {
	t.Helper()
	if a.code() != string(code) || field != "" && !strings.Contains(a.body, `"field":"`+field+`"`) {
		t.Errorf("%s: want %s at %q: %d %s", what, code, field, a.status, a.body)
	}
}

// nothing holds that no refusal left anything behind.
func (h *house) nothing(login string) {
	h.t.Helper()
	if h.count(`SELECT count(*) FROM app_user WHERE login = $1`, login) != 0 || h.count(`SELECT count(*) FROM external_login`) != 0 ||
		h.count(`SELECT count(*) FROM invitation WHERE accepted_at IS NOT NULL`) != 0 || h.count(`SELECT count(*) FROM role_grant WHERE role = 'judge'`) != 0 {
		h.t.Error("something is left of a refused acceptance")
	}
}

// Somebody invited accepts with an identity of a real provider: a user without a
// password, the link, the role and the audit are there together, and the proof
// is gone. From then on the provider signs them in, and no password does.
func TestAcceptingWithARealProvider(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	secret := h.invited("approver", "990101101")
	p := h.person()
	p.prove(secret, "county", "test-user2")
	p.accept(secret, map[string]any{"proof": true, "login": "clerk"}).is(t, "a login that is taken", fault.AlreadyExists, "login")
	p.accept(secret, map[string]any{"proof": true}).is(t, "no login", fault.LoginNameInvalid, "login")
	h.nothing("newcomer")
	if p.cookie(proofName) == "" {
		t.Fatal("a login that is taken costs a second visit")
	}
	done := p.accept(secret, map[string]any{"proof": true, "login": "Newcomer"})
	if done.status != http.StatusOK || done.has("login") != "newcomer" || p.signedIn() {
		t.Fatalf("%d %s", done.status, done.body)
	}
	if p.cookie(proofName) != "" || p.cookie(offerName) != "" {
		t.Error("the proof is kept")
	}
	user := done.has("user")
	for what, query := range map[string]string{
		"the user":  `SELECT count(*) FROM app_user u JOIN tenant t ON t.id = u.home_tenant WHERE u.id = $1 AND t.name = 'east' AND u.password_hash = ''`,
		"the link":  `SELECT count(*) FROM external_login WHERE user_id = $1 AND issuer_key = 'county'`,
		"the grant": `SELECT count(*) FROM role_grant WHERE user_id = $1 AND role = 'judge'`,
		"the audit": `SELECT count(*) FROM audit_entry WHERE object_id = $1 AND action = 'external:link' AND actor = $1`,
		"its user":  `SELECT count(*) FROM audit_entry WHERE object_id = $1 AND action = 'user:create'`,
		"its role":  `SELECT count(*) FROM audit_entry WHERE actor = $1 AND action = 'invitation:accept'`,
	} {
		if h.count(query, user) != 1 {
			t.Errorf("%s is missing", what)
		}
	}
	for _, word := range []string{"", secretWord} {
		p.login("newcomer", word).is(t, "a password", fault.LoginFailed, "")
	}
	back := p.send(http.MethodGet, p.vouched(p.start("county", "/"), "test-user2"), "")
	if back.status != http.StatusSeeOther || !p.signedIn() {
		t.Fatalf("signing in: %d %s", back.status, back.body)
	}
	link := h.text(`SELECT id FROM external_login WHERE user_id = $1`, user)
	p.json(http.MethodPost, "/auth/links/"+link+"/remove", map[string]string{}).is(t, "the only way in", fault.ExternalLast, "")
	p.json(http.MethodPost, "/auth/password", map[string]string{"current": "", "new": "Better-Horse-2"}).is(t, "a password over none", fault.PasswordWrong, "current")
	if h.count(`SELECT count(*) FROM external_login`) != 1 {
		t.Error("the only link is gone")
	}
}

// Who accepts is proved in one way; an account is not taken along by the way.
func TestOneWayOfAccepting(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	secret := h.invited("approver", "990101101")
	p := h.person()
	p.prove(secret, "county", "test-user2")
	p.accept(secret, map[string]any{"login": "newcomer"}).is(t, "neither", fault.InvitationOneProof, "password")
	p.accept(secret, map[string]any{"login": "newcomer", "password": "Richtig-Pferd-1", "proof": true}).is(t, "both", fault.InvitationOneProof, "proof")
	p.accept(secret, map[string]any{"signedIn": true, "proof": true}).is(t, "a session, too", fault.InvitationSignedIn, "proof")
	h.nothing("newcomer")

	// A password works with a proof at hand; the proof is of no use afterwards.
	p.prove(secret, "county", "test-user2")
	if a := p.accept(secret, map[string]any{"login": "newcomer", "password": "Richtig-Pferd-1"}); a.status != http.StatusOK || p.cookie(proofName) != "" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if h.count(`SELECT count(*) FROM external_login`) != 0 {
		t.Error("linked without having been asked to")
	}
}

// A proof is of this browser, for this invitation, young, whole and of our own
// making; any other makes nobody a user.
func TestProofsThatAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	secret, other := h.invited("approver", "990101101"), h.invited("approver", "990101101")
	p := h.person()
	if a := p.send(http.MethodGet, "/auth/oidc/county/start?for=invitation", ""); a.code() != string(fault.InvitationInvalid) {
		t.Errorf("a proof for no invitation: %d %s", a.status, a.body)
	}
	p.prove(secret, "county", "test-user2")
	proof, offer := p.cookie(proofName), p.cookie(offerName)
	begun := h.person()
	begun.prove(secret, "county", "test-user2")
	begun.start("county", "/")
	middle := len(proof) / 2
	forged := proof[:middle] + map[bool]string{true: "B", false: "A"}[proof[middle] == 'A'] + proof[middle+1:]
	for what, value := range map[string]string{"none": "", "forged": forged, "cut": proof[:middle], "an offer": offer,
		"a visit": begun.cookie("__Host-leitai-visit"), "a session": "none"} {
		b := h.person()
		if value != "" {
			b.keep(proofName, value)
		}
		a := b.accept(secret, map[string]any{"proof": true, "login": "newcomer"})
		a.is(t, what, fault.IssuerRefused, "proof")
		if a.status != http.StatusUnauthorized || b.cookie(proofName) != "" {
			t.Errorf("%s: %d, and the cookie is %q", what, a.status, b.cookie(proofName))
		}
	}
	p.accept(other, map[string]any{"proof": true, "login": "newcomer"}).is(t, "another invitation", fault.IssuerRefused, "proof")
	h.nothing("newcomer")

	// Once: not even when all it led to has been undone.
	p.keep(proofName, proof)
	if a := p.accept(secret, map[string]any{"proof": true, "login": "newcomer"}); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	h.put(`DELETE FROM external_login`)
	h.put(`UPDATE invitation SET accepted_at = NULL, accepted_by = NULL, person_id = NULL, person_name = '某'`)
	p.keep(proofName, proof)
	p.accept(secret, map[string]any{"proof": true, "login": "second"}).is(t, "a second time", fault.IssuerRefused, "proof")
	if h.count(`SELECT count(*) FROM external_login`) != 0 || h.count(`SELECT count(*) FROM app_user WHERE login = 'second'`) != 0 {
		t.Error("a proof was taken twice")
	}

	p.prove(other, "county", "test-user2")
	late := p.cookie(proofName)
	h.ahead.Store(int64(11 * time.Minute))
	p.keep(proofName, late)
	p.accept(other, map[string]any{"proof": true, "login": "late"}).is(t, "eleven minutes later", fault.IssuerRefused, "proof")
	if h.count(`SELECT count(*) FROM app_user WHERE login = 'late'`) != 0 {
		t.Error("a proof that is too old made a user")
	}
}

// An identity that somebody has makes no second user: the role goes to the one
// it is linked to, unless a new login is asked for; a disabled one gets nothing.
func TestAcceptingWithAnIdentityThatIsLinked(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	clerk := h.person()
	clerk.login("clerk", secretWord)
	clerk.link("county", "test-user2")
	judges := func() int { return h.count(`SELECT count(*) FROM role_grant WHERE role = 'judge'`) }

	secret := h.invited("approver", "990101101")
	p := h.person()
	p.prove(secret, "county", "test-user2")
	p.accept(secret, map[string]any{"proof": true, "login": "second-self"}).is(t, "a second user", fault.ExternalTaken, "proof")
	if p.cookie(proofName) != "" || h.count(`SELECT count(*) FROM app_user WHERE login = 'second-self'`) != 0 || judges() != 0 {
		t.Error("something is left of a refused acceptance")
	}
	h.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'clerk'`)
	p.prove(secret, "county", "test-user2")
	p.accept(secret, map[string]any{"proof": true}).is(t, "a disabled user", fault.ExternalUnlinked, "proof")
	h.put(`UPDATE app_user SET status = 'active' WHERE login = 'clerk'`)
	if judges() != 0 {
		t.Error("a disabled user got a role")
	}
	p.prove(secret, "county", "test-user2")
	a := p.accept(secret, map[string]any{"proof": true})
	if a.status != http.StatusOK || a.has("user") != h.users["clerk"].String() || a.has("login") != "" || p.signedIn() || p.cookie(proofName) != "" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if h.count(`SELECT count(*) FROM role_grant WHERE user_id = $1 AND role = 'judge'`, h.users["clerk"]) != 1 || judges() != 1 ||
		h.count(`SELECT count(*) FROM external_login`) != 1 {
		t.Error("the role is not the clerk's alone, or linked twice")
	}
}

// A provider of one county binds nobody to a tenant of another, whether they are
// new or known.
func TestAProofOfAnotherCounty(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	secret := h.invited("approver", "990101101")
	p := h.person()
	p.prove(secret, "other", "test-user2")
	a := p.accept(secret, map[string]any{"proof": true, "login": "newcomer"})
	a.is(t, "a new user", fault.IssuerForeignRegion, "proof")
	if a.status != http.StatusForbidden || p.cookie(proofName) != "" {
		t.Errorf("%d, and the cookie is %q", a.status, p.cookie(proofName))
	}
	h.nothing("newcomer")

	clerk := h.person()
	clerk.login("clerk", secretWord)
	clerk.link("county", "test-user2")
	far := h.invited("stranger", "990102101")
	p.prove(far, "county", "test-user2")
	p.accept(far, map[string]any{"proof": true}).is(t, "a known user", fault.IssuerForeignRegion, "proof")
	h.put(`UPDATE app_user SET home_tenant = $1 WHERE login = 'clerk'`, h.tenants["far"])
	p.prove(secret, "county", "test-user2")
	p.accept(secret, map[string]any{"proof": true}).is(t, "a user at home elsewhere", fault.IssuerForeignRegion, "proof")
	if h.count(`SELECT count(*) FROM role_grant WHERE role = 'judge'`) != 0 {
		t.Error("bound across counties")
	}
}

// The page offers the providers, shows the offer again to whoever comes back,
// and accepts without a password.
func TestJoiningWithAProviderOnThePage(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	secret := h.invited("approver", "990101101")
	p := h.person()
	form := func(path string, values url.Values) seen {
		values.Set("secret", secret)
		return p.send(http.MethodPost, path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	}
	offer := form("/join", url.Values{})
	const begin = "/auth/oidc/county/start?for=invitation&amp;next=%2Fjoin"
	if !strings.Contains(offer.body, `href="`+begin+`"`) || strings.Contains(offer.body, `name="proof"`) {
		t.Fatalf("%s", offer.body)
	}
	away := p.send(http.MethodGet, strings.ReplaceAll(begin, "&amp;", "&"), "")
	back := p.send(http.MethodGet, p.vouched(away.header.Get("Location"), "test-user2"), "")
	page := p.send(http.MethodGet, back.header.Get("Location"), "")
	if page.status != http.StatusOK || !strings.Contains(page.body, `name="proof"`) || !strings.Contains(page.body, "身份已验证，无须设密码") ||
		!strings.Contains(page.body, secret) || page.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s", page.status, page.body)
	}
	if a := h.person().send(http.MethodGet, "/join", ""); strings.Contains(a.body, secret) {
		t.Error("another browser is shown the invitation")
	}
	if a := form("/join/accept", url.Values{"proof": {"yes"}, "login": {"clerk"}}); a.status == http.StatusOK || !strings.Contains(a.body, `name="proof"`) {
		t.Errorf("a login that is taken: %d %s", a.status, a.body)
	}
	if a := form("/join/accept", url.Values{"proof": {"yes"}, "login": {"newcomer"}}); a.status != http.StatusOK || !strings.Contains(a.body, "“newcomer”已开设") || p.cookie(proofName) != "" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := p.send(http.MethodGet, "/join", ""); strings.Contains(a.body, secret) {
		t.Error("an accepted invitation is shown again")
	}
	if h.count(`SELECT count(*) FROM external_login e JOIN app_user u ON u.id = e.user_id WHERE u.login = 'newcomer'`) != 1 {
		t.Error("not linked")
	}
}

func (h *house) text(query string, args ...any) (text string) {
	h.t.Helper()
	h.must(h.maint.QueryRowContext(h.t.Context(), query, args...).Scan(&text))
	return text
}
