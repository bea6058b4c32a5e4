package journeys

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// codes of the publishers in a file.
func (f factsFile) publishers() (codes []string) {
	for _, one := range f.Facts {
		if code := fmt.Sprint(one["publisherCode"]); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// An app is registered once, by the county, and reads nothing by that. A township
// that consents is read from then on, by that app and under its own name only,
// and no more from the moment it takes its consent back; with the county's
// consent the app reads the county, and of its townships those alone that
// consented, too.
func TestAnAppReadsWithConsentOnly(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(t, "2023-04", nil)
	county, township, b := s.in(t, "CA1"), s.in(t, sample.Approver), newBrowser(s)
	app, secret := county.app(t, "县域大屏", nil)
	other, otherSecret := county.app(t, "另一应用", nil)
	reads := func(secret, tenant string) (codes []string, status int) {
		file, a := b.load(t, secret, "?measures=TOTAL", "Leitai-Tenant", tenant)
		return file.publishers(), a.Code
	}
	nothing := func(when, secret, tenant string) {
		t.Helper()
		if codes, status := reads(secret, tenant); status != http.StatusUnauthorized || codes != nil {
			t.Errorf("%s: %d, %v", when, status, codes)
		}
	}
	nothing("before any consent", secret, sample.TownshipCode)
	nothing("the county, which registered it", secret, sample.CountyCode)
	consent, key := township.consent(t, app, 30)
	if key != sample.TownshipCode {
		t.Errorf("the app names the township %s", key)
	}
	if codes, status := reads(secret, key); status != http.StatusOK || !slices.Equal(codes, []string{sample.TownshipCode}) {
		t.Errorf("with the consent: %d, %v", status, codes)
	}
	basic := b.send(t, http.MethodGet, "/export/facts.json?measures=TOTAL", "", "Authorization", basicOf(key, secret))
	if basic.Code != http.StatusOK {
		t.Errorf("by Basic with the code as user: %d", basic.Code)
	}
	nothing("under the neighbour's name", secret, sample.SiblingCode)
	nothing("another app", otherSecret, key)
	nothing("a name that is none", secret, "'; DROP TABLE app_consent; --")
	if _, a := b.load(t, secret, ""); a.Code != http.StatusBadRequest || a.code(t) != "APP_TENANT_WANTED" {
		t.Errorf("without a name: %d %s", a.Code, a.code(t))
	}
	for field, query := range map[string]string{"issues": `{ issues { nodes { id } } }`, "people": `{ people { nodes { id } } }`, "calendar": `{ calendar(year: 2023) { period } }`,
		"mutation": `mutation { appEnd(input: {app: "` + app + `"}) { userErrors { code } } }`} {
		if a := b.post(t, "/graphql", map[string]any{"query": query}, "Authorization", "Bearer "+secret, "Leitai-Tenant", key); a.code(t) != "FORBIDDEN" {
			t.Errorf("%s beside its scopes: %s", field, a.text)
		}
	}

	county.consent(t, app, 30)
	if codes, _ := reads(secret, sample.CountyCode); !slices.Equal(codes, []string{sample.TownshipCode}) {
		t.Errorf("the county with one township that consented: %v", codes)
	}
	county.consent(t, other, 30)
	if codes, status := reads(otherSecret, sample.CountyCode); status != http.StatusOK || codes != nil {
		t.Errorf("the county with none that consented: %d, %v", status, codes)
	}
	township.mutate(t, `mutation($c: ID!) { appWithdraw(input: {consent: $c, reason: "项目结束"}) { consent { live } userErrors { code } } }`, "appWithdraw", graphtest.Vars{"c": consent})
	nothing("after the consent was taken back", secret, key)
	if codes, status := reads(secret, sample.CountyCode); status != http.StatusOK || codes != nil {
		t.Errorf("the county, when the township took its consent back: %d, %v", status, codes)
	}
	s.rotated(t, county, township, app, secret)
}

// rotated changes an app's secret and ends it.
func (s *stage) rotated(t *testing.T, county, township *browser, app, old string) {
	t.Helper()
	township.consent(t, app, 1)
	made := county.mutate(t, `mutation($a: ID!) { appRotate(input: {app: $a}) { app { readers } secret userErrors { code } } }`, "appRotate", graphtest.Vars{"a": app})
	fresh, _ := made["secret"].(string)
	b := newBrowser(s)
	for secret, want := range map[string]int{old: http.StatusUnauthorized, fresh: http.StatusOK} {
		if _, a := b.load(t, secret, "", "Leitai-Tenant", sample.TownshipCode); a.Code != want {
			t.Errorf("after another secret was made: %d, want %d", a.Code, want)
		}
	}
	county.mutate(t, `mutation($a: ID!) { appEnd(input: {app: $a}) { app { endedAt } userErrors { code } } }`, "appEnd", graphtest.Vars{"a": app})
	if _, a := b.load(t, fresh, "", "Leitai-Tenant", sample.TownshipCode); a.Code != http.StatusUnauthorized {
		t.Errorf("after its end: %d", a.Code)
	}
}

// Who registers, who consents, and for what: a clerk does neither, a township
// registers nothing, an app asks for nothing that a dashboard may not read, a
// tenant consents to nothing that is not offered to it.
func TestWhoMayRegisterAndConsent(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	county, township := s.in(t, "CA1"), s.in(t, sample.Approver)
	app, _ := county.app(t, "县域大屏", graphtest.Vars{"origins": []string{"https://dash.example.cn"}})
	const register = `mutation($i: AppRegisterInput!) { appRegister(input: $i) { userErrors { code field } } }`
	input := func(more graphtest.Vars) graphtest.Vars {
		all := graphtest.Vars{"name": "甲", "maker": "乙", "contact": "丙", "purpose": "丁"}
		for k, v := range more {
			all[k] = v
		}
		return graphtest.Vars{"i": all}
	}
	for name, c := range map[string]struct {
		more graphtest.Vars
		want string
	}{
		"a right to write": {graphtest.Vars{"scopes": []string{"mark:write"}}, "APP_SCOPE"}, "names": {graphtest.Vars{"scopes": []string{"person:read"}}, "APP_SCOPE"},
		"every page": {graphtest.Vars{"origins": []string{"*"}}, "APP_ORIGIN"}, "plain http": {graphtest.Vars{"origins": []string{"http://dash.example.cn"}}, "APP_ORIGIN"},
		"no contact": {graphtest.Vars{"contact": " "}, "REQUIRED"}, "a name that is taken": {graphtest.Vars{"name": "县域大屏"}, "ALREADY_EXISTS"},
	} {
		if code := firstCode(county.ask(t, register, input(c.more), "appRegister")); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
	}
	const consent = `mutation($a: ID!, $d: Int!) { appConsent(input: {app: $a, days: $d}) { userErrors { code } } }`
	for name, c := range map[string]struct {
		app  string
		days int
		want string
	}{"for ever": {app, 3660, "APP_DAYS"}, "not a day": {app, 0, "APP_DAYS"}, "no app": {graphtest.ID("App", s.World.Competition), 3, "NOT_FOUND"}} {
		if code := firstCode(township.ask(t, consent, graphtest.Vars{"a": c.app, "d": c.days}, "appConsent")); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
	}
	township.consent(t, app, 3)
	if code := firstCode(township.ask(t, consent, graphtest.Vars{"a": app, "d": 3}, "appConsent")); code != "APP_CONSENTED" {
		t.Errorf("twice: %s", code)
	}
	for who, query := range map[string]string{sample.Approver: register, sample.Clerk: consent} {
		a := s.in(t, who).post(t, "/graphql", map[string]any{"query": query, "variables": map[string]any{"i": input(nil)["i"], "a": app, "d": 3}})
		if a.code(t) != "FORBIDDEN" {
			t.Errorf("%s: %s", who, a.text)
		}
	}
	if a := s.Post(t, s.Token("CA1"), register, input(nil)); !strings.Contains(fmt.Sprint(a), "SESSION_NEEDED") && !strings.Contains(fmt.Sprint(a), "FORBIDDEN") {
		t.Errorf("a token registers an app: %v", a)
	}
}

// A page from elsewhere is let in when the app whose secret it sends lists its
// origin, and asks as the app: never by a cookie, never with credentials, never
// for another origin, and nothing by default.
func TestPagesFromElsewhere(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(t, "2023-04", nil)
	county, b := s.in(t, "CA1"), newBrowser(s)
	const listed, foreign = "https://dash.example.cn", "https://evil.example.cn"
	app, secret := county.app(t, "县域大屏", graphtest.Vars{"origins": []string{listed}})
	silent, silentSecret := county.app(t, "无网页应用", nil)
	township := s.in(t, sample.Approver)
	township.consent(t, app, 3)
	township.consent(t, silent, 3)
	allowed := func(a answer) string { return a.Header().Get("Access-Control-Allow-Origin") }
	for origin, want := range map[string]int{listed: http.StatusNoContent, foreign: http.StatusForbidden, "null": http.StatusForbidden, listed + ".cn": http.StatusForbidden, "http://dash.example.cn": http.StatusForbidden} {
		for _, path := range []string{"/graphql", "/export/facts.json"} {
			a := b.send(t, http.MethodOptions, path, "", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization, content-type")
			if a.Code != want || (allowed(a) == origin) != (want == http.StatusNoContent) || allowed(a) == "*" || a.Header().Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s asks %s beforehand: %d %q", origin, path, a.Code, allowed(a))
			}
		}
	}
	if a := b.send(t, http.MethodOptions, "/auth/login", "", "Origin", listed, "Access-Control-Request-Method", "POST"); allowed(a) != "" {
		t.Error("signing in is open to pages from elsewhere")
	}
	ask := func(origin, secret string, more ...string) answer {
		return b.post(t, "/graphql", map[string]any{"query": `{ facts(measures: [TOTAL], first: 1) { nodes { valueText } } }`},
			append([]string{"Origin", origin, "Sec-Fetch-Site", "cross-site", "Authorization", "Bearer " + secret, "Leitai-Tenant", sample.TownshipCode}, more...)...)
	}
	if a := ask(listed, secret); a.Code != http.StatusOK || allowed(a) != listed || !strings.Contains(a.text, "valueText") || !strings.Contains(strings.Join(a.Header().Values("Vary"), ","), "Origin") {
		t.Errorf("the listed page: %d %q %s", a.Code, allowed(a), a.text)
	}
	for name, a := range map[string]answer{"a foreign page": ask(foreign, secret), "an app without pages": ask(listed, silentSecret),
		"a person's token": ask(listed, s.Token("dashboard"))} {
		if a.Code != http.StatusForbidden || allowed(a) != "" {
			t.Errorf("%s: %d %q", name, a.Code, allowed(a))
		}
	}
	withCookie := township.send(t, http.MethodGet, "/export/facts.json", "", "Origin", listed, "Sec-Fetch-Site", "cross-site")
	if allowed(withCookie) != "" {
		t.Error("a page from elsewhere reads by the cookie of a person")
	}
	if _, a := b.load(t, secret, "", "Leitai-Tenant", sample.TownshipCode, "Origin", foreign); allowed(a) != "" {
		t.Errorf("a foreign page is let in to a file: %q", allowed(a))
	}
}
