package httpserver

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"leitai/internal/fault"
)

var requestID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// vouched goes to the provider, signs in there and gives the address it sends
// the browser back to, without going there.
func (p *person) vouched(address, user string) string {
	p.h.t.Helper()
	at := p.send(http.MethodGet, address, "")
	if at.status != http.StatusFound {
		p.h.t.Fatalf("the provider answers %d %s", at.status, at.body)
	}
	form := p.send(http.MethodGet, p.h.provider.URL+at.header.Get("Location"), "")
	id := requestID.FindStringSubmatch(form.body)
	if id == nil {
		p.h.t.Fatalf("the provider's form: %s", form.body)
	}
	values := url.Values{"id": {id[1]}, "username": {user}, "password": {"verysecure"}}
	in := p.send(http.MethodPost, p.h.provider.URL+"/login/username", values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	next := in.header.Get("Location")
	if strings.HasPrefix(next, "/") {
		next = p.h.provider.URL + next
	}
	back := p.send(http.MethodGet, next, "")
	if back.status != http.StatusFound {
		p.h.t.Fatalf("the provider sends nobody back: %d %s", back.status, back.body)
	}
	return back.header.Get("Location")
}

// start begins to sign in with an issuer and gives where the browser is sent.
func (p *person) start(key, next string) string {
	p.h.t.Helper()
	a := p.send(http.MethodGet, "/auth/oidc/"+key+"/start?next="+url.QueryEscape(next), "")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), p.h.provider.URL) {
		p.h.t.Fatalf("%d %s %s", a.status, a.header.Get("Location"), a.body)
	}
	return a.header.Get("Location")
}

// link links a provider's user with the one who is signed in.
func (p *person) link(key, user string) seen {
	p.h.t.Helper()
	a := p.json(http.MethodPost, "/auth/oidc/"+key+"/link", map[string]string{"password": secretWord, "next": "/linked"})
	if a.status != http.StatusOK {
		p.h.t.Fatalf("%d %s", a.status, a.body)
	}
	return p.send(http.MethodGet, p.vouched(a.has("location"), user), "")
}

const html = "text/html,application/xhtml+xml"

// A person links an identity of a real provider with their user and signs in
// with it from then on.
func TestSigningInAtARealProvider(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p := h.person()
	page := p.send(http.MethodGet, "/signin?next=/documents", "")
	if !strings.Contains(page.body, `href="/auth/oidc/county/start?next=%2fdocuments"`) || !strings.Contains(page.body, "统一认证990101") {
		t.Errorf("the page has no button: %s", page.body)
	}
	stranger := p.send(http.MethodGet, p.vouched(p.start("county", "/"), "test-user2"), "", "Accept", html)
	if stranger.status != http.StatusUnauthorized || !strings.Contains(stranger.body, "尚未关联任何账号") || p.signedIn() {
		t.Errorf("an identity of nobody: %d %s", stranger.status, stranger.body)
	}
	p.login("clerk", secretWord)
	if done := p.link("county", "test-user2"); done.status != http.StatusSeeOther || done.header.Get("Location") != "/linked" {
		t.Fatalf("%d %s", done.status, done.body)
	}
	if links := p.send(http.MethodGet, "/auth/links", ""); !strings.Contains(links.body, `"key":"county"`) {
		t.Errorf("%s", links.body)
	}
	p.send(http.MethodPost, "/auth/logout", "")
	if p.signedIn() {
		t.Fatal("signed in after the logout")
	}
	back := p.send(http.MethodGet, p.vouched(p.start("county", "/documents?x=1"), "test-user2"), "")
	if back.status != http.StatusSeeOther || back.header.Get("Location") != "/documents?x=1" || !p.signedIn() {
		t.Errorf("%d to %q: %s", back.status, back.header.Get("Location"), back.body)
	}
	for _, c := range back.header.Values("Set-Cookie") {
		if !strings.HasPrefix(c, "__Host-leitai") || !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "Secure") || !strings.Contains(c, "SameSite=Lax") || !strings.Contains(c, "Path=/") {
			t.Errorf("a cookie: %s", c)
		}
	}
	if sessions := p.send(http.MethodGet, "/auth/sessions", ""); !strings.Contains(sessions.body, `"method":"oidc:county"`) {
		t.Errorf("%s", sessions.body)
	}
}

// What a browser brings back is taken once, from the browser that went, as the
// provider sent it.
func TestReturnsThatAreNotTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p := h.person()
	p.login("clerk", secretWord)
	p.link("county", "test-user2")
	p.send(http.MethodPost, "/auth/logout", "")
	altered := func(address, name, value string) string {
		u, err := url.Parse(address)
		h.must(err)
		q := u.Query()
		q.Set(name, value)
		u.RawQuery = q.Encode()
		return u.String()
	}
	refused := func(what string, p *person, address string) {
		t.Helper()
		if a := p.send(http.MethodGet, address, ""); a.status != http.StatusUnauthorized || a.code() != string(fault.IssuerRefused) || p.signedIn() {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	for what, alter := range map[string]func(string) string{
		"another state":         func(a string) string { return altered(a, "state", "guessed") },
		"a code of nobody":      func(a string) string { return altered(a, "code", "guessed") },
		"another issuer's name": func(a string) string { return altered(a, "iss", "https://evil.example") },
		"another issuer's path": func(a string) string { return strings.Replace(a, "/county/", "/other/", 1) },
	} {
		b := h.person()
		refused(what, b, alter(b.vouched(b.start("county", "/"), "test-user2")))
	}

	// Somebody is made to open the return of another: they have not begun it.
	thief := h.person()
	bait := thief.vouched(thief.start("county", "/"), "test-user2")
	refused("somebody else's return", h.person(), bait)
	// Nor does it fit a visit that they have begun: state, nonce and verifier are theirs.
	victim := h.person()
	own := victim.vouched(victim.start("county", "/"), "test-user2")
	code, err := url.Parse(bait)
	h.must(err)
	refused("somebody else's code", victim, altered(own, "code", code.Query().Get("code")))

	// A return works once, with the cookie kept, too.
	again := h.person()
	address := again.start("county", "/")
	kept := again.cookie("__Host-leitai-visit")
	back := again.vouched(address, "test-user2")
	if a := again.send(http.MethodGet, back, ""); a.status != http.StatusSeeOther || !again.signedIn() {
		t.Fatalf("the honest return: %d %s", a.status, a.body)
	}
	again.send(http.MethodPost, "/auth/logout", "")
	refused("a second return", again, back)
	again.keep("__Host-leitai-visit", kept)
	refused("a second return with the cookie", again, back)
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
		b := h.person()
		a := b.send(http.MethodGet, b.vouched(b.start("county", next), "test-user2"), "")
		if to := a.header.Get("Location"); a.status != http.StatusSeeOther || !strings.HasPrefix(to, "/") || strings.Contains(to, "evil") {
			t.Errorf("%s leads to %q", next, to)
		}
	}
	if a := p.send(http.MethodGet, "/auth/oidc/nobody/start", ""); a.status != http.StatusNotFound || a.code() != string(fault.IssuerUnknown) {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// The provider of one county signs nobody of another in, even if it was linked
// while they belonged there.
func TestAProviderOfAnotherCounty(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p := h.person()
	p.login("clerk", secretWord)
	if a := p.link("other", "test-user2"); a.status != http.StatusForbidden || a.code() != string(fault.IssuerForeignRegion) {
		t.Errorf("linking: %d %s", a.status, a.body)
	}
	p.link("county", "test-user2")
	h.put(`UPDATE app_user SET home_tenant = $1 WHERE login = 'clerk'`, h.tenants["far"])
	b := h.person()
	if a := b.send(http.MethodGet, b.vouched(b.start("county", "/"), "test-user2"), ""); a.status != http.StatusForbidden || a.code() != string(fault.IssuerForeignRegion) || b.signedIn() {
		t.Errorf("signing in: %d %s", a.status, a.body)
	}
}
