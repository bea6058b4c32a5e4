package httpserver

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

// Another site acts on none of the routes of signing in, whatever it sends; a
// program that names no site sends JSON or nothing happens.
// covers T25
func TestOtherSitesCannotChangeHowSomebodySignsIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p := h.person()
	p.login("approver", secretWord)
	picture := func() int {
		return h.count(`SELECT (SELECT count(*) FROM session) * 1000000 + (SELECT count(*) FROM audit_entry) * 10000 + (SELECT count(*) FROM totp_factor) * 1000
			+ (SELECT count(*) FROM external_login) * 100 + (SELECT count(*) FROM sign_in_policy) * 10 + (SELECT count(*) FROM sign_in_step)`)
	}
	before := picture()
	routes := []string{"POST /auth/login", "POST /auth/logout", "POST /auth/tenant", "POST /auth/password", "POST /auth/login/code", "POST /auth/login/renew",
		"POST /auth/login/enrol", "POST /auth/login/confirm", "POST /auth/factor/begin", "POST /auth/factor/confirm", "POST /auth/factor/recovery",
		"POST /auth/factor/remove", "POST /auth/oidc/county/link", "POST /auth/links/" + uuid.NewString() + "/remove", "PUT /auth/policy",
		"DELETE /auth/sessions", "DELETE /auth/sessions/" + uuid.NewString(), "DELETE /auth/users/" + h.users["clerk"].String() + "/factors",
		"POST /signin", "POST /signin/step", "POST /auth/invitations/accept", "POST /graphql"}
	kinds := []string{"application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}
	body := `{"password":"` + secretWord + `","login":"approver","query":"mutation { touch }"}`
	for _, route := range routes {
		method, path, _ := strings.Cut(route, " ")
		for _, site := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
			for _, kind := range kinds {
				if a := p.send(method, path, body, append([]string{"Content-Type", kind}, site...)...); a.status != http.StatusForbidden || a.code() != string(fault.CrossSite) {
					t.Errorf("%s as %s from %v: %d %s", route, kind, site, a.status, a.body)
				}
			}
		}
		if !strings.HasPrefix(route, "POST /auth/") || path == "/auth/logout" {
			continue
		}
		for _, kind := range append(kinds[1:], "") { // no site is named: a form of an old browser cannot send JSON
			if a := p.send(method, path, body, "Content-Type", kind); a.code() != string(fault.MediaType) {
				t.Errorf("%s as %q: %d %s", route, kind, a.status, a.body)
			}
		}
	}
	if after := picture(); after != before || !p.signedIn() {
		t.Errorf("something was done: %d, before %d", after, before)
	}
	if a := p.json(http.MethodPost, "/auth/factor/begin", map[string]string{"password": secretWord}); a.status != http.StatusOK || picture() == before {
		t.Errorf("the own page did nothing, so that the refusals prove nothing: %d %s", a.status, a.body)
	}
}

// A copy of the database signs nobody in: nothing in any table of identity works
// as a cookie, a step, a code or a token; nor does a cookie from before the
// sign-in.
// covers T28
func TestNothingStoredOpensTheDoor(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	p := h.person()
	planted := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("p", 32)))
	p.keep("__Host-leitai", planted)
	p.login("clerk", secretWord)
	if p.cookie("__Host-leitai") == planted || !p.signedIn() {
		t.Fatal("the session is the one that was planted")
	}
	p.keep("__Host-leitai", planted)
	if p.signedIn() {
		t.Error("what was there before the sign-in is worth something after it")
	}
	p.login("clerk", secretWord)
	f := p.factor()
	a := p.json(http.MethodPost, "/auth/oidc/county/link", map[string]string{"password": secretWord, "code": f.next(), "next": "/"})
	p.send(http.MethodGet, p.vouched(a.has("location"), "test-user2"), "")
	step := h.person()
	step.login("clerk", secretWord) // a step under way
	stored := h.dump(t)
	for _, secret := range append([]string{f.secret, secretWord, p.cookie("__Host-leitai"), step.cookie("__Host-leitai-step")}, f.backup...) {
		for table, rows := range stored {
			for _, hidden := range []string{secret, strings.ReplaceAll(secret, "-", "")} {
				for _, row := range rows {
					if strings.Contains(row, hidden) || strings.Contains(row, hex.EncodeToString([]byte(hidden))) {
						t.Errorf("%s holds a secret", table)
					}
				}
			}
		}
	}
	tried := 0
	for table, rows := range stored {
		for _, value := range candidates(rows) {
			b := h.person()
			b.keep("__Host-leitai", value)
			b.keep("__Host-leitai-step", value)
			if b.signedIn() || b.send(http.MethodGet, "/signin/step", "").status == http.StatusOK {
				t.Errorf("a value of %s opens the door", table)
			}
			h.put(`UPDATE sign_in_step SET tries = 0`)
			h.ahead.Add(int64(time.Hour))
			step.keep("__Host-leitai-step", step.cookie("__Host-leitai-step"))
			if a := step.json(http.MethodPost, "/auth/login/code", map[string]string{"code": value}); a.status == http.StatusOK {
				t.Errorf("a value of %s is a code", table)
			}
			tried++
		}
	}
	if tried < 20 {
		t.Errorf("only %d values were tried", tried)
	}
}

// dump is every row of every table of identity, as text.
func (h *house) dump(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, table := range []string{"app_user", "session", "api_token", "password_past", "totp_factor", "recovery_code", "external_login", "sign_in_step", "used_state", "audit_entry"} {
		all[table] = h.rows(table)
		if len(all[table]) == 0 && table != "api_token" && table != "password_past" {
			t.Errorf("%s is empty, so that nothing is shown of it", table)
		}
	}
	return all
}

func (h *house) rows(table string) (all []string) {
	h.t.Helper()
	rows, err := h.maint.QueryContext(h.t.Context(), `SELECT t::text FROM `+table+` t`)
	h.must(err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var row string
		h.must(rows.Scan(&row))
		all = append(all, row)
	}
	h.must(rows.Err())
	return all
}

// candidates are the values of rows in every spelling in which they might be
// taken for a secret.
func candidates(rows []string) []string {
	var out []string
	for _, row := range rows {
		for _, value := range strings.FieldsFunc(row, func(r rune) bool { return strings.ContainsRune(`(),"`, r) }) {
			raw, err := hex.DecodeString(strings.TrimLeft(value, `\x`))
			if err != nil || len(raw) < 16 {
				continue
			}
			out = append(out, hex.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw))
		}
	}
	return out
}

// Two hundred sign in at once: known, unknown and disabled accounts cost one
// hash operation each, and never more than two hashes run at a time, which is
// the memory they take.
// covers T27
func TestManySignInsAtOnce(t *testing.T) {
	t.Parallel()
	var argon *identity.Argon2
	var under, most, weight int64
	var lock sync.Mutex
	h := newHouse(t, func(c *identity.Config, _ *Options) {
		argon = identity.NewArgon2(identity.Argon2Options{MemoryKiB: 256, Iterations: 1})
		argon.Observe(func(kib int64) {
			lock.Lock()
			defer lock.Unlock()
			under += kib
			most, weight = max(most, under), max(weight, kib)
		})
		counted, _ := c.Hasher.(*gated)
		counted.Hasher = argon
		c.Throttle.PerAddress = identity.Bucket{Free: 1000, Forget: time.Second, First: time.Second, Most: time.Second}
	})
	h.user("gone", "east", "judge")
	h.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'gone'`)
	answers := map[string]string{}
	for _, login := range []string{"clerk", "nobody", "gone"} {
		before := h.hasher.derived.Load()
		a := h.person().login(login, "Wrong-Horse-1")
		if n := h.hasher.derived.Load() - before; n != 1 || a.status != http.StatusUnauthorized || a.code() != string(fault.LoginFailed) {
			t.Errorf("%s: %d hash operations, %d %s", login, n, a.status, a.body)
		}
		answers[requestIDs.ReplaceAllString(a.body, "")] = login
	}
	if len(answers) != 1 {
		t.Errorf("the answers differ: %v", answers)
	}
	before := h.hasher.derived.Load()
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			login := "nobody" + uuid.NewString()[:8]
			if i%2 == 0 {
				login = []string{"clerk", "approver", "stranger", "gone"}[i%4]
			}
			h.person().login(login, "Wrong-Horse-1")
		})
	}
	all.Wait()
	if n := h.hasher.derived.Load() - before; n < 100 || n > 200 {
		t.Errorf("%d hash operations for 200 sign-ins", n)
	}
	if weight != 256 || most > 2*256 || most == 0 {
		t.Errorf("%d KiB at a time, of %d KiB each", most, weight)
	}
}

var requestIDs = regexp.MustCompile(`"requestId":"[^"]*"`)
