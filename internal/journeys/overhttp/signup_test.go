package overhttp_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/tenancy"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

const (
	firstPassword = "Qinghe-2026-first"
	oneOperator   = "operator-1"
)

// service is a served database that holds the division table and the platform,
// and nothing else.
type service struct {
	url   string
	app   *wiring.App
	maint *sql.DB
	log   *bytes.Buffer
}

func newService(t *testing.T) *service {
	t.Helper()
	base := dbtest.New(t)
	s := &service{maint: base.Maint(t)}
	if _, err := postgres.ImportDivisions(t.Context(), base.MaintDSN, sample.FictionalTable(), postgres.Import{}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	s.log = &bytes.Buffer{}
	s.app, err = wiring.New(t.Context(), wiring.Options{DSN: base.AppDSN, Keys: keys, Now: time.Now, Logger: telemetry.NewLogger(&locked{to: s.log}, 0),
		Metrics: telemetry.NewMetrics("test"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.app.Close()
		if t.Failed() {
			t.Log(s.log.String())
		}
	})
	s.platform(t)
	options := httpserver.Defaults()
	options.SecureCookies = false // plain http on loopback
	server := httptest.NewServer(edge.New(s.app, options).Handler())
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// platform does what `leitai platform found` does.
func (s *service) platform(t *testing.T) {
	t.Helper()
	made, err := s.app.Identity.Prepare(t.Context(), oneOperator, firstPassword)
	if err != nil {
		t.Fatal(err)
	}
	ctx, request, _, err := s.app.DB.AsTenant(t.Context(), postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: tenancy.PlatformRegion, User: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.app.Tenancy.FoundPlatform(ctx, "", tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: "运维甲"})
	if err := errors.Join(err, request.End()); err != nil {
		t.Fatal(err)
	}
}

// caller is a browser: it keeps its session.
type caller struct {
	url    string
	client *http.Client
}

func (s *service) caller(t *testing.T) *caller {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &caller{url: s.url, client: &http.Client{Jar: jar, Timeout: time.Minute}}
}

// signedIn is a browser after POST /auth/login.
func (s *service) signedIn(t *testing.T, login string) *caller {
	t.Helper()
	c := s.caller(t)
	r := c.send(t, http.MethodPost, "/auth/login", vars{"login": login, "password": firstPassword})
	if r.Status == http.StatusAccepted && read[map[string]any](t, r)["step"] == "enrol" { // operators need a second factor
		made := read[map[string]string](t, c.send(t, http.MethodPost, "/auth/login/enrol", vars{}))
		code, err := totp.GenerateCode(made["secret"], time.Now())
		if err != nil {
			t.Fatal(err)
		}
		r = c.send(t, http.MethodPost, "/auth/login/confirm", vars{"code": code})
	}
	if r.Status != http.StatusOK {
		t.Fatalf("%s cannot sign in: %d %s", login, r.Status, r.Body)
	}
	return c
}

// send sends JSON, or nothing for nil.
func (c *caller) send(t *testing.T, method, path string, body any) *graphtest.Result {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, c.url+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var into bytes.Buffer
	if _, err := into.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	r := &graphtest.Result{Status: answer.StatusCode, Header: answer.Header, Body: into.String()}
	_ = json.Unmarshal(into.Bytes(), r) // files and plain answers are no GraphQL
	return r
}

// read decodes a plain JSON answer.
func read[T any](t *testing.T, r *graphtest.Result) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.Body), &v); err != nil {
		t.Fatalf("%v: %s", err, r.Body)
	}
	return v
}

// ask sends one of the documented queries.
func (c *caller) ask(t *testing.T, name string, v vars) *graphtest.Result {
	t.Helper()
	return c.send(t, http.MethodPost, "/graphql", vars{"query": (&desk{}).document(t, name), "variables": v})
}

func (c *caller) must(t *testing.T, name string, v vars) *graphtest.Result {
	t.Helper()
	r := c.ask(t, name, v)
	if codes := r.Codes(); len(codes) > 0 || r.Status != http.StatusOK {
		t.Fatalf("%s: status %d, codes %v\n%s", name, r.Status, codes, r.Body)
	}
	return r
}

func (c *caller) refused(t *testing.T, name string, v vars, code string) {
	t.Helper()
	if r := c.ask(t, name, v); !slices.Contains(r.Codes(), code) {
		t.Errorf("%s: the codes are %v, want %s\n%s", name, r.Codes(), code, r.Body)
	}
}

// next is the step that setup names.
func (c *caller) next(t *testing.T) string {
	t.Helper()
	for _, step := range c.must(t, "setup", nil).List(t, "setup", "steps") {
		if s, ok := step.(map[string]any); ok && s["next"] == true {
			return fmt.Sprint(s["key"])
		}
	}
	return ""
}

func (c *caller) expect(t *testing.T, step string) {
	t.Helper()
	if got := c.next(t); got != step {
		t.Errorf("the next step is %q, want %q", got, step)
	}
}

// form is what an applicant enters.
func form(unit, login string) vars {
	return vars{"unitCode": unit, "applicant": "张书记", "office": "党政办", "phone": "0000-1234567", "login": login, "password": firstPassword, "preset": "town-observation", "note": ""}
}

// apply signs a unit up and gives the receipt.
func (s *service) apply(t *testing.T, unit, login string) string {
	t.Helper()
	r := s.caller(t).send(t, http.MethodPost, "/signup", form(unit, login))
	if r.Status != http.StatusAccepted {
		t.Fatalf("sign up %s: %d %s", unit, r.Status, r.Body)
	}
	return read[map[string]string](t, r)["receipt"]
}

// decide decides on the application that a login sent.
func (c *caller) decide(t *testing.T, login string, v vars) *graphtest.Result {
	t.Helper()
	for _, n := range c.must(t, "signups", vars{"state": "WAITING"}).List(t, "signups") {
		if one, ok := n.(map[string]any); ok && one["login"] == login {
			v["signup"] = one["id"]
			return c.ask(t, "signup-decide", v)
		}
	}
	t.Fatalf("nobody with the login %s waits", login)
	return nil
}

// TestSignUpToTheFirstNotice goes the whole way over HTTP in one sequence, on a
// database with nothing in it but the division table and the platform.
func TestSignUpToTheFirstNotice(t *testing.T) {
	t.Parallel()
	s := newService(t)
	visitor := s.caller(t)
	unit := ""
	for _, under := range []string{"", "99", "9901", sample.CountyCode} { // province, prefecture, county, township
		answer := read[struct {
			Units []struct{ Code, Name string }
		}](t, visitor.send(t, http.MethodGet, "/signup/units?under="+under, nil))
		for _, u := range answer.Units {
			if strings.HasPrefix(sample.TownshipCode, u.Code) {
				unit = u.Code
			}
		}
	}
	if unit != sample.TownshipCode {
		t.Fatalf("the table leads to %q", unit)
	}
	receipt := s.apply(t, unit, "qinghe-admin")
	state := func() map[string]any {
		return read[map[string]any](t, visitor.send(t, http.MethodPost, "/signup/state", vars{"receipt": receipt}))
	}
	if got := state(); got["state"] != "waiting" || got["unitName"] == "" {
		t.Errorf("the receipt tells %v", got)
	}
	if r := visitor.send(t, http.MethodPost, "/auth/login", vars{"login": "qinghe-admin", "password": firstPassword}); r.Status != http.StatusUnauthorized {
		t.Errorf("somebody who waits signs in: %d", r.Status)
	}
	operator := s.signedIn(t, oneOperator)
	if r := operator.decide(t, "qinghe-admin", vars{"approve": true}); len(r.Codes()) > 0 {
		t.Fatalf("approve: %s", r.Body)
	}
	if got := state(); got["state"] != "approved" || got["login"] != "qinghe-admin" {
		t.Errorf("the receipt tells %v", got)
	}
	var left int
	if err := s.maint.QueryRowContext(t.Context(), `SELECT count(*) FROM signup WHERE password_hash IS NOT NULL`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d hashes of passwords are kept after the decision, %v", left, err)
	}
	admin := s.signedIn(t, "qinghe-admin")
	plan := admin.must(t, "setup", nil)
	if plan.Text(t, "setup", "plan", "key") != "trial" || plan.At(t, "setup", "planUntil") == nil {
		t.Errorf("the plan is %v", plan.At(t, "setup", "plan"))
	}
	round, revision := s.untilTheRound(t, admin)
	clerk := s.peopled(t, admin)
	clerk.expect(t, "NOTICE")
	s.notified(t, clerk, round, revision)
	clerk.expect(t, "")
	if strings.Contains(s.log.String(), firstPassword) || strings.Contains(s.log.String(), receipt) {
		t.Error("a password or a receipt stands in the log")
	}
}

// untilTheRound confirms the villages, chooses and activates a scheme, opens the
// competition and dates its first round.
func (s *service) untilTheRound(t *testing.T, admin *caller) (round string, revision int) {
	t.Helper()
	admin.expect(t, "VILLAGES")
	villages := admin.must(t, "setup", nil).List(t, "setup", "villages")
	out, _ := villages[len(villages)-1].(map[string]any)["unit"].(map[string]any)
	admin.refused(t, "villages-confirm", vars{"leaveOut": []string{graphtest.UnknownID("Unit")}}, "NOT_FOUND")
	confirmed := admin.must(t, "villages-confirm", vars{"leaveOut": []any{out["id"]}})
	if n := len(confirmed.List(t, "villagesConfirm", "setup", "villages")); n != len(villages) || n < 5 {
		t.Errorf("%d villages are told", n)
	}
	admin.expect(t, "TEMPLATE")
	draft := admin.must(t, "template-from-preset", vars{"preset": "town-observation"})
	admin.expect(t, "ACTIVATE")
	template := draft.Text(t, "templateFromPreset", "template", "id")
	admin.must(t, "template-activate", vars{"template": template, "revision": draft.Int(t, "templateFromPreset", "template", "revision"),
		"confirm": draft.At(t, "templateFromPreset", "template", "toConfirm")})
	admin.expect(t, "COMPETITION")
	year, quarter := time.Now().Year(), (int(time.Now().Month())+2)/3
	period := fmt.Sprintf("%d-Q%d", year, quarter)
	made := admin.must(t, "competition-create", vars{"input": vars{"name": "逐村观摩", "template": template, "fromPeriod": period, "filingNumber": "备〔1〕号",
		"notice":       vars{"number": "晴委发〔1〕号", "issuer": "中共晴禾乡委员会", "date": fmt.Sprintf("%d-01-02", year), "title": "关于开展逐村观摩的通知"},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "title": "乡党委书记"}}, "offices": []string{"党建办"}, "officeHead": "组织委员"}}})
	admin.expect(t, "CALENDAR")
	plan := admin.must(t, "rounds-plan", vars{"competition": made.Text(t, "competitionCreate", "competition", "id"), "from": period, "to": period})
	admin.expect(t, "PEOPLE")
	round = plan.Text(t, "roundsPlan", "entries", 0, "round", "id")
	return round, admin.must(t, "round", vars{"round": round}).Int(t, "round", "revision")
}

// peopled invites a clerk and two judges, who accept in their own browsers; it
// gives the clerk.
func (s *service) peopled(t *testing.T, admin *caller) *caller {
	t.Helper()
	for login, role := range map[string]string{"qinghe-clerk": "township-clerk", "judge-1": "judge", "judge-2": "judge"} {
		sent := admin.must(t, "invitation-create", vars{"role": role, "unitCode": sample.TownshipCode, "name": "某" + login})
		accepted := s.caller(t).send(t, http.MethodPost, "/auth/invitations/accept",
			vars{"secret": sent.Text(t, "invitationCreate", "secret"), "login": login, "password": firstPassword})
		if accepted.Status != http.StatusOK {
			t.Fatalf("%s accepts: %d %s", login, accepted.Status, accepted.Body)
		}
	}
	return s.signedIn(t, "qinghe-clerk")
}

// notified forms the group, publishes the rubric and issues the notice.
func (s *service) notified(t *testing.T, clerk *caller, round string, revision int) {
	t.Helper()
	var judges []any
	for _, n := range clerk.must(t, "people", nil).List(t, "people", "nodes") {
		if one, ok := n.(map[string]any); ok && strings.HasPrefix(fmt.Sprint(one["name"]), "某judge") {
			judges = append(judges, one["id"])
		}
	}
	set := clerk.must(t, "panels-set", vars{"round": round, "revision": revision, "panels": []vars{{"name": "观摩组", "members": judges}}, "seconded": vars{"assigned": []vars{}}})
	revision = set.Int(t, "panelsSet", "round", "revision")
	published := clerk.must(t, "rubric-publish", vars{"round": round, "revision": revision})
	revision = published.Int(t, "rubricPublish", "round", "revision")
	done := clerk.must(t, "round-notify", vars{"round": round, "revision": revision, "number": "晴观〔1〕号", "venue": "乡政府"})
	if done.Text(t, "roundNotify", "round", "state") != "NOTIFIED" {
		t.Errorf("the round is %s", done.Body)
	}
}
