package httpserver

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

// factored sets up a second factor over HTTP; the clock of the house goes on by
// a step with every code.
type factored struct {
	h      *house
	secret string
	backup []string
}

func (f *factored) next() string {
	f.h.t.Helper()
	f.h.ahead.Add(int64(30 * time.Second))
	code, err := totp.GenerateCode(f.secret, f.h.now())
	f.h.must(err)
	return code
}

func (p *person) factor() *factored {
	p.h.t.Helper()
	made := p.json(http.MethodPost, "/auth/factor/begin", map[string]string{"password": secretWord})
	f := &factored{h: p.h, secret: made.has("secret")}
	if made.status != http.StatusOK || f.secret == "" || !strings.HasPrefix(made.has("svg"), "<svg") || !strings.HasPrefix(made.has("png"), "data:image/png;base64,") {
		p.h.t.Fatalf("%d %s", made.status, made.body)
	}
	done := p.json(http.MethodPost, "/auth/factor/confirm", map[string]string{"code": f.next()})
	if done.status != http.StatusOK {
		p.h.t.Fatalf("%d %s", done.status, done.body)
	}
	for part := range strings.SplitSeq(done.body, `"`) {
		if len(part) == 23 && strings.Count(part, "-") == 3 {
			f.backup = append(f.backup, part)
		}
	}
	return f
}

// A second factor over HTTP: the password alone opens nothing, the step is worth
// nothing as a session, and the page asks for the code.
func TestTheSecondStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p := h.person()
	p.login("clerk", secretWord)
	before := p.cookie("__Host-leitai")
	f := p.factor()
	if p.cookie("__Host-leitai") == before || len(f.backup) != 10 || !p.signedIn() {
		t.Errorf("the session was not renewed, or %d recovery codes", len(f.backup))
	}
	b := h.person()
	step := b.login("clerk", secretWord)
	if step.status != http.StatusAccepted || step.has("step") != "code" || b.signedIn() || strings.Contains(step.body, h.users["clerk"].String()) {
		t.Fatalf("%d %s", step.status, step.body)
	}
	secret := b.cookie("__Host-leitai-step")
	b.keep("__Host-leitai", secret)
	if b.signedIn() || strings.Contains(step.body, secret) {
		t.Error("the step is a session, or tells its secret")
	}
	if a := b.json(http.MethodPost, "/auth/login/code", map[string]string{"code": "000000"}); a.status != http.StatusUnauthorized || a.code() != string(fault.CodeWrong) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := b.json(http.MethodPost, "/auth/login/code", map[string]string{"code": f.next()}); a.status != http.StatusOK || !b.signedIn() {
		t.Errorf("%d %s", a.status, a.body)
	}
	form := h.person()
	in := form.send(http.MethodPost, "/signin", "login=clerk&password="+secretWord+"&next=%2Fdocuments", "Content-Type", "application/x-www-form-urlencoded")
	page := form.send(http.MethodGet, in.header.Get("Location"), "")
	if in.status != http.StatusSeeOther || !strings.Contains(page.body, `name="code"`) || !strings.Contains(page.body, `value="/documents"`) {
		t.Errorf("%d %s: %s", in.status, in.header.Get("Location"), page.body)
	}
	wrong := form.send(http.MethodPost, "/signin/step", "kind=code&code=111111&next=%2Fdocuments", "Content-Type", "application/x-www-form-urlencoded")
	if wrong.status != http.StatusUnauthorized || !strings.Contains(wrong.body, `name="code"`) || strings.Contains(wrong.body, "111111") {
		t.Errorf("%d %s", wrong.status, wrong.body)
	}
	right := form.send(http.MethodPost, "/signin/step", "kind=code&code="+f.next()+"&next=%2Fdocuments", "Content-Type", "application/x-www-form-urlencoded")
	if right.status != http.StatusSeeOther || right.header.Get("Location") != "/documents" || !form.signedIn() {
		t.Errorf("%d %s", right.status, right.body)
	}
}

// A tenant asks for a factor: the page has the person set one up on the way in.
func TestSettingUpAFactorOnTheWayIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.put(`INSERT INTO sign_in_policy (id, tenant_id, region, second_factor, changed_by, changed_at) VALUES (gen_random_uuid(), $1, '990101', true, $1, now())`, h.tenants["east"])
	p := h.person()
	const form = "application/x-www-form-urlencoded"
	in := p.send(http.MethodPost, "/signin", "login=clerk&password="+secretWord, "Content-Type", form)
	page := p.send(http.MethodGet, in.header.Get("Location"), "")
	if !strings.Contains(page.body, "开始设置") || p.signedIn() {
		t.Fatalf("%d %s", page.status, page.body)
	}
	shown := p.send(http.MethodPost, "/signin/step", "kind=enrol&next=%2F", "Content-Type", form)
	_, after, _ := strings.Cut(shown.body, "<code>")
	secret, _, _ := strings.Cut(after, "</code>")
	if len(secret) != 32 || !strings.Contains(shown.body, "<svg") || shown.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s", shown.body)
	}
	f := &factored{h: h, secret: secret}
	if wrong := p.send(http.MethodPost, "/signin/step", "kind=confirm&code=000000&next=%2F", "Content-Type", form); wrong.status != http.StatusUnauthorized || strings.Contains(wrong.body, secret) {
		t.Errorf("%d %s", wrong.status, wrong.body)
	}
	done := p.send(http.MethodPost, "/signin/step", "kind=confirm&code="+f.next()+"&next=%2F", "Content-Type", form)
	if done.status != http.StatusOK || strings.Count(done.body, "<li>") != 10 || !p.signedIn() {
		t.Errorf("%d %s", done.status, done.body)
	}
	b := h.person()
	if a := b.login("clerk", secretWord); a.has("step") != "code" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A password that is older than allowed opens no session until it is replaced,
// and the old ones are not taken again.
func TestAPasswordGrowsOld(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *identity.Config, _ *Options) { c.Passwords = identity.PasswordPolicy{Days: 90, Remembered: 2} })
	p := h.person()
	h.put(`UPDATE app_user SET password_set_at = now() - interval '91 days' WHERE login = 'clerk'`)
	if a := p.login("clerk", secretWord); a.status != http.StatusAccepted || a.has("step") != "renew" || p.signedIn() {
		t.Fatalf("%d %s", a.status, a.body)
	}
	renew := func(word string) seen {
		return p.json(http.MethodPost, "/auth/login/renew", map[string]string{"new": word})
	}
	for word, code := range map[string]fault.Code{secretWord: fault.PasswordReused, "short": fault.PasswordWeak, "Password2024!": fault.PasswordCommon} {
		if a := renew(word); a.code() != string(code) {
			t.Errorf("%s: %d %s", word, a.status, a.body)
		}
	}
	if a := renew("Better-Horse-2"); a.status != http.StatusOK || !p.signedIn() {
		t.Errorf("%d %s", a.status, a.body)
	}
	change := func(old, fresh string) seen {
		return p.json(http.MethodPost, "/auth/password", map[string]string{"current": old, "new": fresh})
	}
	if a := change("Better-Horse-2", secretWord); a.code() != string(fault.PasswordReused) {
		t.Errorf("%d %s", a.status, a.body)
	}
	before := p.cookie("__Host-leitai")
	if a := change("Better-Horse-2", "Better-Horse-3"); a.status != http.StatusNoContent || p.cookie("__Host-leitai") == before || !p.signedIn() {
		t.Errorf("%d %s", a.status, a.body)
	}
	p.keep("__Host-leitai", before)
	if p.signedIn() {
		t.Error("the session from before the change is still worth something")
	}
	if a := h.person().login("clerk", "Better-Horse-3"); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Sessions are seen and ended by their user alone.
func TestOwnSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p, other, stranger := h.person(), h.person(), h.person()
	p.login("clerk", secretWord)
	other.agent = "Another <浏览器> Browser"
	other.login("clerk", secretWord)
	stranger.login("stranger", secretWord)
	list := p.send(http.MethodGet, "/auth/sessions", "")
	if list.status != http.StatusOK || strings.Count(list.body, `"id":`) != 4 || strings.Count(list.body, `"current":true`) != 1 || strings.Contains(list.body, p.cookie("__Host-leitai")) {
		t.Errorf("%d %s", list.status, list.body)
	}
	var id uuid.UUID
	h.must(h.maint.QueryRowContext(t.Context(), `SELECT id FROM session WHERE agent LIKE 'Another%'`).Scan(&id))
	for _, address := range []string{"/auth/sessions/" + id.String(), "/auth/sessions/nonsense", "/auth/sessions/" + uuid.NewString()} {
		if a := stranger.send(http.MethodDelete, address, ""); a.status != http.StatusNotFound || !other.signedIn() {
			t.Errorf("somebody else: %d %s", a.status, a.body)
		}
	}
	if a := p.send(http.MethodDelete, "/auth/sessions/"+id.String(), ""); a.status != http.StatusNoContent || other.signedIn() || !p.signedIn() {
		t.Errorf("%d %s", a.status, a.body)
	}
	other.login("clerk", secretWord)
	if a := p.send(http.MethodDelete, "/auth/sessions", ""); a.status != http.StatusNoContent || other.signedIn() || !p.signedIn() || !stranger.signedIn() {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Where one may go is told to oneself, for a session: as the sign-in tells it, with
// the tenant one is in; a role that is over and a token are told of nothing else.
func TestOwnTenants(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p, stranger := h.person(), h.person()
	p.login("clerk", secretWord)
	stranger.login("stranger", secretWord)
	list := p.send(http.MethodGet, "/auth/tenants", "")
	if list.status != http.StatusOK || strings.Count(list.body, `"id":`) != 1 || strings.Count(list.body, `"current":true`) != 1 || !strings.Contains(list.body, `"kind":"township"`) {
		t.Fatalf("%d %s", list.status, list.body)
	}
	if other := stranger.send(http.MethodGet, "/auth/tenants", ""); other.status != http.StatusOK || other.body == list.body {
		t.Errorf("somebody of another tenant: %d %s", other.status, other.body)
	}
	h.put(`INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), tenant_id, region, $1, unit_id, role, granted_by, valid_from, epoch FROM role_grant WHERE user_id = $2`, h.users["clerk"], h.users["stranger"])
	two := p.send(http.MethodGet, "/auth/tenants", "")
	if strings.Count(two.body, `"id":`) != 2 || strings.Count(two.body, `"current":true`) != 1 {
		t.Errorf("with a role elsewhere: %s", two.body)
	}
	if a := h.person().send(http.MethodGet, "/auth/tenants", ""); a.status != http.StatusUnauthorized {
		t.Errorf("nobody: %d %s", a.status, a.body)
	}
}

// A tenant is stricter than the operator, never laxer, by whoever may grant.
func TestTheTenantsPolicy(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	clerk, approver, stranger := h.person(), h.person(), h.person()
	clerk.login("clerk", secretWord)
	approver.login("approver", secretWord)
	stranger.login("stranger", secretWord)
	strict := map[string]any{"idleMinutes": 15, "absoluteMinutes": 60, "passwordLeast": 14, "passwordDays": 90, "passwordRemembered": 5}
	if a := clerk.json(http.MethodPut, "/auth/policy", strict); a.status != http.StatusForbidden {
		t.Errorf("a clerk: %d %s", a.status, a.body)
	}
	for field, value := range map[string]any{"idleMinutes": 121, "absoluteMinutes": 721, "passwordLeast": 9, "passwordDays": 29, "passwordRemembered": 25} {
		a := approver.json(http.MethodPut, "/auth/policy", map[string]any{field: value})
		if a.code() != string(fault.PolicyOutOfRange) || !strings.Contains(a.body, `"field":"`+field+`"`) {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	if a := approver.json(http.MethodPut, "/auth/policy", map[string]any{"secondFactor": true}); a.code() != string(fault.PolicyFactorFirst) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := approver.json(http.MethodPut, "/auth/policy", strict); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := clerk.send(http.MethodGet, "/auth/policy", ""); !strings.Contains(a.body, `"passwordLeast":14`) || !strings.Contains(a.body, `"idleMinutes":15`) {
		t.Errorf("%s", a.body)
	}
	if a := stranger.send(http.MethodGet, "/auth/policy", ""); strings.Contains(a.body, `"passwordLeast":14`) || !strings.Contains(a.body, `"passwordLeast":10`) {
		t.Errorf("another township: %s", a.body)
	}
	h.person().login("clerk", secretWord)
	if n := h.count(`SELECT count(*) FROM session s JOIN app_user u ON u.id = s.user_id WHERE u.login = 'clerk'
		AND s.idle_until = s.seen_at + interval '15 minutes' AND s.expires_at = s.created_at + interval '1 hour'`); n != 1 {
		t.Errorf("%d sessions with the times of the tenant", n)
	}
	if a := clerk.json(http.MethodPost, "/auth/password", map[string]string{"current": secretWord, "new": "Better-Hors-2"}); a.code() != string(fault.PasswordWeak) {
		t.Errorf("13 characters: %d %s", a.status, a.body)
	}
	if n := h.count(`SELECT count(*) FROM audit_entry WHERE action = 'sign-in-policy:change'`); n != 1 {
		t.Errorf("%d entries of the audit", n)
	}
}

func TestTheClientsAddress(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, c := range map[string]struct {
		peer string
		said []string
		want string
	}{
		"no proxy":               {"203.0.113.9:5", []string{"198.51.100.1"}, ""},
		"one proxy":              {"10.0.0.1:5", []string{"198.51.100.1"}, "198.51.100.1"},
		"what the client wrote":  {"10.0.0.1:5", []string{"192.0.2.66, 198.51.100.1"}, "198.51.100.1"},
		"two proxies":            {"10.0.0.1:5", []string{"192.0.2.66, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		"two headers":            {"10.0.0.1:5", []string{"192.0.2.66", "198.51.100.1"}, "198.51.100.1"},
		"nothing said":           {"10.0.0.1:5", nil, ""},
		"nonsense":               {"10.0.0.1:5", []string{"unknown"}, ""},
		"nonsense on the left":   {"10.0.0.1:5", []string{"x, 198.51.100.1"}, "198.51.100.1"},
		"nonsense on the right":  {"10.0.0.1:5", []string{"198.51.100.1, x"}, ""},
		"nonsense in the middle": {"10.0.0.1:5", []string{"198.51.100.1, x, 10.0.0.3"}, "10.0.0.3"},
		"proxies only":           {"10.0.0.1:5", []string{"10.0.0.7, 10.0.0.2"}, "10.0.0.7"},
		"version six":            {"[fd00::1]:5", []string{"2001:db8::7"}, "2001:db8::7"},
		"mapped":                 {"[::ffff:10.0.0.1]:5", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		"no address":             {"@", []string{"198.51.100.1"}, ""},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.said}}
		if got := clientBehind(r, trusted); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Behind a trusted proxy every client has a bucket of its own; without trust the
// header changes nothing.
func TestThrottlesBehindAProxy(t *testing.T) {
	t.Parallel()
	tight := identity.Bucket{Free: 2, Forget: time.Hour, First: time.Hour, Most: time.Hour}
	for name, trusted := range map[string][]netip.Prefix{"trusted": {netip.MustParsePrefix("127.0.0.0/8")}, "not trusted": nil} {
		h := newHouse(t, func(c *identity.Config, o *Options) {
			c.Throttle.PerAddress, o.TrustedProxies = tight, trusted
		})
		try := func(client string) int {
			p := h.person()
			a := p.send(http.MethodPost, "/auth/login", `{"login":"x`+uuid.NewString()[:8]+`","password":"Wrong-Horse-1"}`, "Content-Type", "application/json", "X-Forwarded-For", "192.0.2.1, "+client)
			return a.status
		}
		got := []int{try("198.51.100.1"), try("198.51.100.1"), try("198.51.100.1"), try("198.51.100.2")}
		last := http.StatusUnauthorized
		if trusted == nil {
			last = http.StatusTooManyRequests
		}
		if got[1] != http.StatusUnauthorized || got[2] != http.StatusTooManyRequests || got[3] != last {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Tries at an identity provider's return are throttled by address as sign-ins are.
func TestReturnsAreThrottled(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *identity.Config, _ *Options) {
		c.Throttle.PerAddress = identity.Bucket{Free: 3, Forget: time.Hour, First: time.Hour, Most: time.Hour}
	})
	p := h.person()
	for range 3 {
		if a := p.send(http.MethodGet, "/auth/oidc/county/callback?state=x&code=y", ""); a.status != http.StatusUnauthorized {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if a := p.send(http.MethodGet, "/auth/oidc/county/callback?state=x&code=y", ""); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", a.status, a.body)
	}
}
