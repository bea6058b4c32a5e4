package journeys

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/sample"
)

// A session lives in a cookie that scripts, other sites and plain connections
// never see; its id is new at every login, and what is stored of it opens
// nothing.
// covers T28
func TestSessionCookie(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	if code := b.who(t); code != string(fault.Unauthenticated) {
		t.Errorf("without a cookie: %q", code)
	}
	planted := "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	b.cookie = &http.Cookie{Name: "__Host-leitai", Value: planted}
	in := b.login(t, sample.Clerk)
	c := b.cookie
	if in.Code != http.StatusOK || c.Name != "__Host-leitai" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Expires.IsZero() {
		t.Errorf("login: %d, cookie %s", in.Code, c)
	}
	if c.Value == planted || strings.Contains(in.text, c.Value) || in.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the id of the session: %s, answer %s", c.Value, in.text)
	}
	if code := b.who(t); code != sample.TownshipCode {
		t.Errorf("signed in: %q", code)
	}

	first := b.cookie
	if b.login(t, sample.Clerk); b.cookie.Value == first.Value || b.who(t) != sample.TownshipCode {
		t.Error("the id is the same after a second login")
	}
	second := b.cookie
	b.cookie = first
	if code := b.who(t); code != string(fault.Unauthenticated) {
		t.Errorf("the id from before the login: %q", code)
	}
	var stored []byte
	if err := s.DB.Maint(t).QueryRowContext(t.Context(), `SELECT hash FROM session WHERE user_id = $1`, s.World.Person(sample.Clerk).User).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	for _, copied := range []string{hex.EncodeToString(stored), base64.RawURLEncoding.EncodeToString(stored)} {
		b.cookie = &http.Cookie{Name: "__Host-leitai", Value: copied}
		if code := b.who(t); code != string(fault.Unauthenticated) || copied == second.Value {
			t.Errorf("what is stored opens the door as %q", code)
		}
	}

	b.cookie = second
	out := b.send(t, http.MethodPost, "/auth/logout", "")
	if out.Code != http.StatusNoContent || b.cookie.Value != "" || b.cookie.Expires.After(time.Now()) {
		t.Errorf("logout: %d, cookie %s", out.Code, b.cookie)
	}
	b.cookie = second
	if code := b.who(t); code != string(fault.Unauthenticated) {
		t.Errorf("after the logout: %q", code)
	}
	if again := b.send(t, http.MethodPost, "/auth/logout", ""); again.Code != http.StatusNoContent {
		t.Errorf("logging out twice: %d", again.Code)
	}
}

// A wrong password and an unknown account are answered alike; after some tries
// an account has to wait, for the right password, too, and others do not.
func TestGuessingPasswords(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	try := func(login, password string) answer {
		return b.post(t, "/auth/login", map[string]string{"login": login, "password": password})
	}
	known, unknown := try("c1@demo", "Wrong-password-1"), try("nobody@demo", "Wrong-password-1")
	if known.Code != http.StatusUnauthorized || known.code(t) != string(fault.LoginFailed) || known.text != unknown.text || unknown.Code != known.Code {
		t.Errorf("known: %d %s, unknown: %d %s", known.Code, known.text, unknown.Code, unknown.text)
	}
	if b.cookie != nil {
		t.Errorf("a refused login sets %s", b.cookie)
	}
	for _, login := range []string{"c1@demo", "nobody@demo"} {
		var last answer
		for range 20 { // the delay grows faster than any machine is slow
			if last = try(login, "Wrong-password-1"); last.Code != http.StatusUnauthorized {
				break
			}
		}
		if wait := last.Header().Get("Retry-After"); last.Code != http.StatusTooManyRequests || last.code(t) != string(fault.LoginThrottled) || wait == "" || wait == "0" {
			t.Errorf("%s after many tries: %d %s, Retry-After %q", login, last.Code, last.text, wait)
		}
	}
	if right := b.login(t, sample.Clerk); right.Code != http.StatusTooManyRequests {
		t.Errorf("the right password at once: %d", right.Code)
	}
	if other := b.login(t, "S1"); other.Code != http.StatusOK {
		t.Errorf("somebody else: %d %s", other.Code, other.text)
	}
	for _, body := range []string{`{"login":"c1@demo"`, `{"login":"c1@demo","password":"x","role":"admin"}`, `[]`} {
		if a := b.send(t, http.MethodPost, "/auth/login", body, "Content-Type", "application/json"); a.Code != http.StatusBadRequest || a.code(t) != string(fault.BodyMalformed) {
			t.Errorf("%s: %d %s", body, a.Code, a.text)
		}
	}
	if form := b.send(t, http.MethodPost, "/auth/login", "login=c1%40demo", "Content-Type", "application/x-www-form-urlencoded"); form.Code != http.StatusUnsupportedMediaType {
		t.Errorf("a form: %d", form.Code)
	}
}

// A session works in one tenant at a time, and moves only to one in which its
// user holds a role.
func TestSwitchingTenants(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	home, sibling, county := s.TenantOf(t, sample.TownshipCode), s.TenantOf(t, sample.SiblingCode), s.TenantOf(t, sample.CountyCode)
	move := func(to uuid.UUID) answer { return b.post(t, "/auth/tenant", map[string]uuid.UUID{"tenant": to}) }
	if a := move(home); a.Code != http.StatusUnauthorized {
		t.Errorf("nobody moves: %d %s", a.Code, a.text)
	}
	b.login(t, sample.Clerk)
	foreign, nowhere := move(sibling), move(uuid.New())
	if foreign.Code != http.StatusNotFound || foreign.text != nowhere.text {
		t.Errorf("to a tenant without a role: %d %s, to none %s", foreign.Code, foreign.text, nowhere.text)
	}
	secret := s.in(t, "XA1").invited(t, "judge", sample.SiblingCode, "某评委")
	if a := b.post(t, "/auth/invitations/accept", map[string]any{"secret": secret, "signedIn": true}); a.Code != http.StatusOK {
		t.Fatalf("accept: %d %s", a.Code, a.text)
	}
	if a := move(sibling); a.Code != http.StatusNoContent || b.who(t) != sample.SiblingCode {
		t.Errorf("to the other township: %d %s, now in %s", a.Code, a.text, b.who(t))
	}
	plan := b.post(t, "/graphql", map[string]any{"query": `{ calendar(year: 2023) { period } }`})
	if strings.Contains(plan.text, "2023-04") {
		t.Errorf("the rounds of the tenant left behind: %s", plan.text)
	}
	if a := move(county); a.Code != http.StatusNotFound {
		t.Errorf("to the county: %d", a.Code)
	}
	if a := move(home); a.Code != http.StatusNoContent || b.who(t) != sample.TownshipCode {
		t.Errorf("back home: %d %s", a.Code, a.text)
	}
	p := s.World.Person(sample.Clerk)
	in := b.post(t, "/auth/login", map[string]string{"login": p.Login, "password": p.Password, "tenant": sibling.String()})
	if in.Code != http.StatusOK || b.who(t) != sample.SiblingCode || !strings.Contains(in.text, home.String()) {
		t.Errorf("beginning in the other township: %d %s", in.Code, in.text)
	}
}

// Another site cannot act with somebody's cookie: not by a form, not by plain
// text, not by a multipart body, not by a link.
// covers T25
func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	b.login(t, sample.Clerk)
	mutation := `{"query":"mutation { roundsPlan(input: {competition: \"` + s.CompetitionID() + `\", from: \"2024-01\", to: \"2024-02\"}) { userErrors { code } } }"}`
	before := s.Fingerprint(t, uuid.Nil)
	for _, site := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		for _, kind := range []string{"application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
			for _, path := range []string{"/graphql", "/auth/login", "/auth/logout", "/auth/tenant", "/auth/password", "/signin"} {
				a := b.send(t, http.MethodPost, path, mutation, append([]string{"Content-Type", kind}, site...)...)
				if a.Code != http.StatusForbidden || a.code(t) != string(fault.CrossSite) {
					t.Errorf("%v %s to %s: %d %s", site, kind, path, a.Code, a.text)
				}
			}
		}
	}
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} { // a program that names no site
		if a := b.send(t, http.MethodPost, "/graphql", mutation, "Content-Type", kind); a.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%q: %d %s", kind, a.Code, a.text)
		}
	}
	link := "/graphql?query=" + url.QueryEscape(`mutation { roundsPlan(input: {competition: "`+s.CompetitionID()+`", from: "2024-01", to: "2024-02"}) { userErrors { code } } }`)
	if a := b.send(t, http.MethodGet, link, ""); a.Code < 400 || a.code(t) != string(fault.MutationByGet) {
		t.Errorf("a mutation by a link: %d %s", a.Code, a.text)
	}
	if after := s.Fingerprint(t, uuid.Nil); after != before {
		t.Errorf("something was done: %s", differing(before, after))
	}
	if a := b.send(t, http.MethodPost, "/graphql", mutation, "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin"); a.Code != http.StatusOK {
		t.Errorf("the own page: %d %s", a.Code, a.text)
	}
	if s.Fingerprint(t, uuid.Nil) == before {
		t.Error("the own page did nothing, so that the refusals prove nothing")
	}
}

// Who opens a document without a session is asked to sign in and comes back to
// it; programs send a token, as Bearer or as a password.
func TestDocumentsAskToSignIn(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	path := "/documents/" + bulletin.KindLeadingGroup + "/" + s.World.Competition.String() + "?format=html"
	html := []string{"Accept", "text/html,application/xhtml+xml"}
	turned := b.send(t, http.MethodGet, path, "", html...)
	form := turned.Header().Get("Location")
	if turned.Code != http.StatusSeeOther || form != "/signin?next="+url.QueryEscape(path) {
		t.Fatalf("turned away with %d to %q", turned.Code, form)
	}
	page := b.send(t, http.MethodGet, form, "", html...)
	if page.Code != http.StatusOK || !strings.Contains(page.text, `value="`+path+`"`) {
		t.Errorf("the form: %d %s", page.Code, page.text)
	}
	p := s.World.Person("S1")
	enter := func(password, next string) answer {
		values := url.Values{"login": {p.Login}, "password": {password}, "next": {next}}
		return b.send(t, http.MethodPost, "/signin", values.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	}
	wrong := enter("Wrong-password-1", path)
	if wrong.Code != http.StatusUnauthorized || !strings.Contains(wrong.text, p.Login) || !strings.Contains(wrong.text, "账号或密码不正确") ||
		strings.Contains(wrong.text, "Wrong-password-1") || b.cookie != nil {
		t.Errorf("a wrong password: %d %s", wrong.Code, wrong.text)
	}
	back := enter(p.Password, path)
	if back.Code != http.StatusSeeOther || back.Header().Get("Location") != path {
		t.Errorf("signed in: %d to %q", back.Code, back.Header().Get("Location"))
	}
	paper := b.send(t, http.MethodGet, path, "", html...)
	if paper.Code != http.StatusOK || !strings.Contains(paper.text, "领导小组") || !strings.Contains(paper.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the document: %d", paper.Code)
	}
	for _, elsewhere := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
		if a := enter(p.Password, elsewhere); a.Code != http.StatusSeeOther || !strings.HasPrefix(a.Header().Get("Location"), "/") || strings.Contains(a.Header().Get("Location"), "evil") {
			t.Errorf("%s leads to %q", elsewhere, a.Header().Get("Location"))
		}
	}
	// A session that is over is asked to sign in again, a program is told.
	if _, err := s.DB.Maint(t).ExecContext(t.Context(), `UPDATE session SET expires_at = now() - interval '1 second'`); err != nil {
		t.Fatal(err)
	}
	if a := b.send(t, http.MethodGet, path, "", html...); a.Code != http.StatusSeeOther || a.Header().Get("Location") != form {
		t.Errorf("an expired session: %d %s", a.Code, a.text)
	}
	if a := b.send(t, http.MethodGet, path, "", "Accept", "application/json"); a.Code != http.StatusUnauthorized || a.code(t) != string(fault.Unauthenticated) {
		t.Errorf("a program with an expired session: %d %s", a.Code, a.text)
	}
	b.cookie = nil
	for _, header := range []string{"Bearer " + s.Token("dashboard"), "Basic " + base64.StdEncoding.EncodeToString([]byte("any:"+s.Token("dashboard")))} {
		if a := b.send(t, http.MethodGet, path, "", append(html, "Authorization", header)...); a.Code != http.StatusOK {
			t.Errorf("%s: %d %s", header[:6], a.Code, a.text)
		}
	}
	for _, header := range []string{"Bearer leitai_pat_x", "Basic " + base64.StdEncoding.EncodeToString([]byte("c1@demo:"+s.World.Person(sample.Clerk).Password))} {
		if a := b.send(t, http.MethodGet, path, "", append(html, "Authorization", header)...); a.Code != http.StatusUnauthorized || a.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d %s", header[:6], a.Code, a.text)
		}
	}
}
