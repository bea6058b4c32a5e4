package journeys

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// browser sends requests to the edge and keeps the cookie of its session.
type browser struct {
	*stage
	edge   http.Handler
	cookie *http.Cookie
}

func newBrowser(s *stage) *browser {
	return &browser{stage: s, edge: edge.New(s.App, httpserver.Defaults()).Handler()}
}

// newReplica serves the same database from a program of its own, with a memory
// of grants of its own.
func newReplica(t testing.TB, s *stage) *browser {
	t.Helper()
	app, err := wiring.New(t.Context(), wiring.Options{DSN: s.DB.AppDSN, Keys: *s.Keys, Now: s.Clock.Now, Logger: slog.New(slog.DiscardHandler),
		Metrics: telemetry.NewMetrics("test"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return &browser{stage: s, edge: edge.New(app, httpserver.Defaults()).Handler()}
}

// answer is what came back; text leaves the request id out.
type answer struct {
	*httptest.ResponseRecorder
	text string
}

func (a answer) code(t testing.TB) string {
	t.Helper()
	var refusal struct {
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(a.Body.Bytes(), &refusal); err != nil || len(refusal.Errors) == 0 {
		return ""
	}
	return refusal.Errors[0].Extensions.Code
}

// send sends one request; headers are name, value pairs. The cookie of a session
// that comes back is kept.
func (b *browser) send(t testing.TB, method, path, body string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	w := httptest.NewRecorder()
	b.edge.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Name == "__Host-leitai" { // the session; the steps to one have cookies of their own
			b.cookie = c
		}
	}
	return answer{w, requestID.ReplaceAllString(w.Body.String(), "")}
}

func (b *browser) post(t testing.TB, path string, body any, headers ...string) answer {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return b.send(t, http.MethodPost, path, string(text), append([]string{"Content-Type", "application/json"}, headers...)...)
}

func (b *browser) login(t testing.TB, who string) answer {
	t.Helper()
	p := b.World.Person(who)
	return b.post(t, "/auth/login", map[string]string{"login": p.Login, "password": p.Password})
}

// who asks the API who the cookie stands for: the user's id, or the code of the
// refusal.
func (b *browser) who(t testing.TB) string {
	t.Helper()
	a := b.post(t, "/graphql", map[string]string{"query": `{ viewer { userId tenant { unit { code } } } }`})
	var data struct {
		Data struct {
			Viewer struct {
				Tenant struct{ Unit struct{ Code string } }
			}
		}
	}
	if err := json.Unmarshal(a.Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	if a.Code != http.StatusOK {
		return a.code(t)
	}
	return data.Data.Viewer.Tenant.Unit.Code
}
