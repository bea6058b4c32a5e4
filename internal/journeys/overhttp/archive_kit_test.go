package overhttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/archive"
	"leitai/internal/blob"
	"leitai/internal/budget"
	"leitai/internal/config"
	"leitai/internal/contest"
	"leitai/internal/dbtest"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// twin is another service on a database of its own, at the same business time.
type twin struct {
	db      *dbtest.DB
	app     *wiring.App
	handler http.Handler
}

func newTwin(t *testing.T, k *graphtest.Kit) *twin {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	w := &twin{db: dbtest.New(t)}
	w.app, err = wiring.New(t.Context(), wiring.Options{DSN: w.db.AppDSN, Keys: keys, Now: k.Clock.Now, Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1},
		Logger: telemetry.NewLogger(os.Stderr, slog.LevelError), Metrics: telemetry.NewMetrics("twin")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.app.Close() })
	w.handler = edge.New(w.app, calm()).Handler()
	return w
}

// home is the service of the kit, asked like its twin.
func home(k *graphtest.Kit) *twin {
	return &twin{db: k.DB, app: k.App, handler: edge.New(k.App, calm()).Handler()}
}

// calm lets a test ask as much as it likes.
func calm() httpserver.Options {
	o := httpserver.Defaults()
	endless := budget.Limit{Every: time.Nanosecond, Burst: 1 << 40}
	o.Budgets.Token, o.Budgets.TenantTokens, o.Budgets.Session, o.Budgets.TenantSessions = endless, endless, endless, endless
	return o
}

// send asks the twin as a client does.
func (w *twin) send(t *testing.T, method, address, token string, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, address, bytes.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	return recorder
}

func (w *twin) ask(t *testing.T, token, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return w.send(t, http.MethodPost, "/graphql", token, body).Body.String()
}

func maintenance(t *testing.T, db *dbtest.DB) *postgres.Maintenance {
	t.Helper()
	m, err := postgres.OpenMaintenance(t.Context(), db.MaintDSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// exported is the operator's archive of a tenant.
func exported(t *testing.T, db *dbtest.DB, files *blob.Store, signer contest.Signer, tenant uuid.UUID) []byte {
	t.Helper()
	var out bytes.Buffer
	w := archive.NewWriter(&out, archive.OfOperator)
	if err := maintenance(t, db).Read(t.Context(), tenant, func(ctx context.Context, tx *postgres.Tx) error { return w.Rows(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
	if err := w.Files(t.Context(), files, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(signer, time.Now()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// take puts an archive into the twin.
func (w *twin) take(t *testing.T, body []byte, signer contest.Signer, how archive.Taking) error {
	t.Helper()
	a, err := archive.Open(t.Context(), bytes.NewReader(body), int64(len(body)), []string{contest.Fingerprint(signer.PublicKey())}, archive.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return maintenance(t, w.db).ImportTenant(t.Context(), a.Manifest.Tenant.ID, func(ctx context.Context, into archive.Target) error {
		return archive.Take(ctx, a, into, w.app.Files, how)
	})
}

// said is an operation's answer.
type said struct {
	Data   map[string]map[string]any `json:"data"`
	Errors []struct {
		Extensions struct {
			Code string `json:"code"`
		} `json:"extensions"`
	} `json:"errors"`
}

// codes lists the codes of an answer, those of the payload too.
func (s said) codes() []string {
	var all []string
	for _, e := range s.Errors {
		all = append(all, e.Extensions.Code)
	}
	for _, field := range s.Data {
		list, _ := field["userErrors"].([]any)
		for _, item := range list {
			refused, _ := item.(map[string]any)
			code, _ := refused["code"].(string)
			all = append(all, code)
		}
	}
	return all
}

// tell asks with a token, or with the cookie of a session.
func (w *twin) tell(t *testing.T, credential, query string) said {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	if strings.Contains(credential, "=") {
		request.Header.Set("Cookie", credential)
	} else {
		request.Header.Set("Authorization", "Bearer "+credential)
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	var s said
	if err := json.Unmarshal(recorder.Body.Bytes(), &s); err != nil {
		t.Fatalf("%v: %s", err, recorder.Body)
	}
	return s
}

// want checks the codes of an answer.
func (w *twin) want(t *testing.T, credential, query string, codes ...string) said {
	t.Helper()
	s := w.tell(t, credential, query)
	if !slices.Equal(s.codes(), codes) {
		t.Errorf("%s: %v, want %v", query, s.codes(), codes)
	}
	return s
}

// signIn gives the cookie of a session; "" when it was refused.
func (w *twin) signIn(t *testing.T, login, password string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"login": login, "password": password})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/auth/login", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	cookie, _, _ := strings.Cut(recorder.Header().Get("Set-Cookie"), ";")
	if recorder.Code != http.StatusOK {
		return ""
	}
	return cookie
}
