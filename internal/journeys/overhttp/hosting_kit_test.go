package overhttp_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"sync"
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

// locked lets many requests write one log.
type locked struct {
	lock sync.Mutex
	to   io.Writer
}

// Write implements io.Writer.
func (l *locked) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.to.Write(p)
}
