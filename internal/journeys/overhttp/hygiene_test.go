package overhttp_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// written collects what a program logs.
type written struct {
	sync.Mutex
	bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	return w.Buffer.Write(p)
}

// canary is in everything that this test enters.
const canary = "KANARIENVOGEL"

// A month played with everything logged, and a crowd of hostile requests: no
// token, password, login, name, code, address or path in the log, and no
// village, person or id in any label.
//
// covers T32
func TestNothingPrivateIsLoggedOrMeasured(t *testing.T) {
	t.Parallel()
	base, log, metrics := dbtest.New(t), &written{}, telemetry.NewMetrics("test")
	if _, err := postgres.ImportDivisions(t.Context(), base.MaintDSN, sample.FictionalTable(), postgres.Import{}); err != nil {
		t.Fatal(err)
	}
	clock := sample.NewClock(time.Now(), time.Now)
	app, err := wiring.New(t.Context(), wiring.Options{DSN: base.AppDSN, Keys: freshKeys(t), Now: clock.Now, Logger: telemetry.NewLogger(log, slog.LevelDebug),
		Metrics: metrics, Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	world, err := sample.Build(t.Context(), app, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := world.PlayMonth(t.Context(), "2023-04"); err != nil {
		t.Fatal(err)
	}
	front := edge.New(app, httpserver.Defaults())
	server := httptest.NewServer(front.Handler())
	t.Cleanup(server.Close)
	d := openDesk(t, server.URL, world.Manifest())
	for _, query := range []string{"whoami", "rounds", "competitions", "people", "board"} {
		d.ask(t, sample.Clerk, query, vars{"round": graphtest.ID("Round", world.Rounds["2023-04"]), "query": canary})
	}
	for _, l := range world.Manifest().Roles[:3] {
		hostile(t, server.URL, l)
	}
	w := httptest.NewRecorder()
	front.Operations().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	said := log.String()
	if strings.Count(said, `"msg":"request"`) < 30 {
		t.Fatalf("hardly anything was logged: %s", said)
	}
	private := []string{canary, "CANA-RY", "晴禾", "127.0.0.1:", "/evidence/x"}
	for _, l := range world.Manifest().Roles {
		private = append(private, l.Token, l.Password, l.Login)
	}
	for _, p := range private {
		if p == "" {
			continue
		}
		for where, text := range map[string]string{"the log": said, "the metrics": w.Body.String()} {
			if i := strings.Index(text, p); i >= 0 {
				t.Errorf("%q is in %s: …%s…", p, where, text[max(0, i-200):min(len(text), i+100)])
			}
		}
	}
	if id := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-|\{[^}]*"99[0-9]{4,}`).FindString(w.Body.String()); id != "" {
		t.Errorf("an id is a label: %s", id)
	}
}

func freshKeys(t *testing.T) config.Keys {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// hostile sends what nobody should send, everywhere something is read.
func hostile(t *testing.T, at string, l sample.Login) {
	t.Helper()
	send := func(method, path, kind, body string, header ...string) {
		r, err := http.NewRequestWithContext(t.Context(), method, at+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", kind)
		r.Header.Set("User-Agent", canary)
		r.Header.Set("X-Request-Id", canary)
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body) // only what is logged counts
		_ = answer.Body.Close()
	}
	const json, form = "application/json", "application/x-www-form-urlencoded"
	bearer := "Bearer " + l.Token
	send("POST", "/auth/login", json, `{"login":"`+l.Login+`","password":"`+canary+`-Wrong-1"}`)
	send("POST", "/auth/login", json, `{"login":"`+canary+`","password":"`+l.Password+`"}`)
	send("POST", "/auth/login", json, `{"login":"`+l.Login+`","password":"`+l.Password+`"}`)
	send("POST", "/auth/login", json, `{"`+canary+`":1}`)
	send("POST", "/signin", form, url.Values{"login": {l.Login}, "password": {canary}, "next": {"/" + canary}}.Encode())
	for _, query := range []string{`{"query":"{ ` + canary + ` }"}`, `{"query":"query ` + canary + ` { viewer { today } }","operationName":"` + canary + `"}`,
		`{"query":"query($id: ID!) { node(id: $id) { id } }","variables":{"id":"` + canary + `"}}`, `{"query":"{ viewer { today } }","` + canary + `":1}`, `{"query":"{ a` + canary} {
		send("POST", "/graphql", json, query, "Authorization", bearer)
	}
	send("GET", "/graphql?query="+canary, json, "", "Authorization", bearer)
	send("POST", "/graphql", json, `{"query":"{ viewer { today } }"}`, "Authorization", bearer+canary)
	send("POST", "/graphql", json, `{"query":"{ viewer { today } }"}`, "Cookie", "__Host-leitai="+canary)
	send("GET", "/documents/bulletin/"+canary, json, "", "Authorization", bearer)
	send("GET", "/evidence/x?pass="+canary, json, "")
	send("GET", "/"+canary+"?x="+canary, json, "")
	send("POST", "/imports/marks?source="+canary, "text/csv", canary+"\x00,"+canary, "Authorization", bearer)
	send("POST", "/forms/bulletin?name="+canary, "application/octet-stream", canary, "Authorization", bearer)
	for _, code := range []string{canary, "CANA-RY00-0000-0000-0000-0000-00"} {
		send("POST", "/ballot", form, url.Values{"code": {code}}.Encode())
		send("POST", "/ballot/cast", form, url.Values{"code": {code}, "choice." + canary: {canary}}.Encode())
	}
	send("POST", "/signup", json, `{"unitCode":"`+canary+`","applicant":"`+canary+`","login":"`+canary+`","password":"`+canary+`-Long-1"}`)
}
