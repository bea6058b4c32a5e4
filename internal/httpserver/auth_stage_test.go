package httpserver

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"leitai/internal/authz"
	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/identity"
	"leitai/internal/oidc"
	"leitai/internal/postgres"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

const secretWord = "Correct-Horse-1"

// gated counts hash operations.
type gated struct {
	identity.Hasher
	derived atomic.Int64
}

func (g *gated) Derive(ctx context.Context, password, setting string) ([]byte, error) {
	g.derived.Add(1)
	return g.Hasher.Derive(ctx, password, setting)
}

// house is a township with people, served over TLS beside a real provider of
// identities.
type house struct {
	t        *testing.T
	db       *postgres.DB
	maint    *sql.DB
	who      *identity.Service
	hasher   *gated
	served   *httptest.Server
	provider *httptest.Server
	tenants  map[string]uuid.UUID
	users    map[string]uuid.UUID
	ahead    atomic.Int64
}

type housed struct{ db *postgres.DB }

func (h housed) OpenRequest(ctx context.Context, c viewer.Credential) (context.Context, func(), error) {
	ctx, request, _, err := h.db.Begin(ctx, c)
	if err != nil {
		return ctx, nil, err
	}
	return ctx, func() { _ = request.End() }, nil
}
func (h housed) Ready(ctx context.Context) error { return h.db.Ping(ctx) }

func (h *house) now() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }

func newHouse(t *testing.T, more func(*identity.Config, *Options)) *house {
	t.Helper()
	base := dbtest.New(t)
	h := &house{t: t, maint: base.Maint(t), tenants: map[string]uuid.UUID{}, users: map[string]uuid.UUID{}}
	gate, err := authz.New(time.Now)
	h.must(err)
	h.db, err = postgres.Open(t.Context(), base.AppDSN, postgres.Options{DraftRoles: gate.DraftRoles(), MaxOpen: 16})
	h.must(err)
	t.Cleanup(func() { _ = h.db.Close() })
	h.db.OnOpen(gate.Refresh)
	var handler http.Handler
	h.served = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	h.served.StartTLS()
	t.Cleanup(h.served.Close)
	h.provide()
	h.hasher = &gated{Hasher: identity.NewArgon2(identity.Argon2Options{MemoryKiB: 64, Iterations: 1})}
	keys := config.Ring{bytes.Repeat([]byte{9}, 32)}
	settings := identity.Config{Write: postgres.Write[identity.Store](h.db), Read: postgres.Read[identity.Store](h.db), Outside: postgres.Outside[identity.Directory](h.db), Within: postgres.Within(h.db), Admit: postgres.Invited(h.db),
		Gate: gate, Hasher: h.hasher, Now: h.now, Secrets: func() config.Ring { return keys }, Issuers: h.issuers()}
	options := Defaults()
	if more != nil {
		more(&settings, &options)
	}
	h.who = identity.New(settings)
	handler = New(Deps{Opener: housed{h.db}, Identity: h.who, Schema: newTiny(), Present: present, Metrics: telemetry.NewMetrics("test"),
		Logger: slog.New(slog.DiscardHandler)}, options).Handler()
	h.tenant("east", "990101101")
	h.tenant("far", "990102101")
	h.user("approver", "east", authz.TownshipApprover)
	h.user("clerk", "east", authz.TownshipClerk)
	h.user("stranger", "far", authz.TownshipApprover)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// provide runs a provider of identities that is not ours.
func (h *house) provide() {
	h.t.Helper()
	var handler http.Handler
	h.provider = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	h.provider.StartTLS()
	h.t.Cleanup(h.provider.Close)
	clients := map[string]*storage.Client{}
	for _, key := range []string{"county", "other"} {
		clients["leitai-"+key] = storage.WebClient("leitai-"+key, "s3cret", h.served.URL+"/auth/oidc/"+key+"/callback")
	}
	handler = exampleop.SetupServer(h.provider.URL, storage.NewStorageWithClients(storage.NewUserStore(h.provider.URL), clients), slog.New(slog.DiscardHandler), false)
}

// issuers are two counties that trust the same provider.
func (h *house) issuers() identity.Issuers {
	h.t.Helper()
	folder := h.t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		h.must(os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	write("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.provider.Certificate().Raw})))
	write("secret", "s3cret")
	text := "public_url: " + h.served.URL + "\nallow_networks: [127.0.0.0/8]\nissuers:\n"
	for key, region := range map[string]string{"county": "990101", "other": "990102"} {
		text += "  - {key: " + key + ", title: {zh: 统一认证" + region + ", en: " + key + "}, regions: ['" + region + "'], issuer: '" + h.provider.URL +
			"', client_id: leitai-" + key + ", client_secret_file: secret, ca_file: ca.pem}\n"
	}
	file, err := oidc.Load(write("issuers.yaml", text))
	h.must(err)
	return oidc.New(file, h.now, slog.New(slog.DiscardHandler))
}

func (h *house) put(query string, args ...any) {
	h.t.Helper()
	_, err := h.maint.ExecContext(h.t.Context(), query, args...)
	h.must(err)
}

func (h *house) count(query string, args ...any) int {
	h.t.Helper()
	n := 0
	h.must(h.maint.QueryRowContext(h.t.Context(), query, args...).Scan(&n))
	return n
}

func (h *house) tenant(name, code string) {
	h.t.Helper()
	id, unit := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	h.tenants[name] = id
	h.put(`INSERT INTO unit (id, code, level, legal_name, shown_name, region) VALUES ($1, $2, 'township', $3, $3, $4)`, unit, code, name, code[:6])
	h.put(`INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, $2, 'township', $3, $4, now())`, id, code[:6], unit, name)
}

func (h *house) user(login, tenant string, role authz.Role) {
	h.t.Helper()
	made, err := h.who.Prepare(h.t.Context(), login, secretWord)
	h.must(err)
	h.users[login] = made.ID
	h.put(`INSERT INTO app_user (id, login, password_hash, created_at) VALUES ($1, $2, $3, now())`, made.ID, login, made.Hash)
	h.put(`WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), t.id, t.region, $2, t.unit_id, $3, $2, now() - interval '1 day', epoch FROM e, tenant t WHERE t.id = $1`,
		h.tenants[tenant], made.ID, string(role))
}

// person is a browser with its cookies.
type person struct {
	h      *house
	client *http.Client
	jar    *cookiejar.Jar
	agent  string
}

func (h *house) person() *person {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	h.must(err)
	roots := x509.NewCertPool()
	roots.AddCert(h.served.Certificate())
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	h.t.Cleanup(transport.CloseIdleConnections)
	return &person{h: h, jar: jar, agent: "Test Browser", client: &http.Client{Jar: jar, Transport: transport, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// seen is an answer, read whole.
type seen struct {
	status int
	header http.Header
	body   string
}

func (a seen) code() string {
	var r refusal
	if json.Unmarshal([]byte(a.body), &r) != nil || len(r.Errors) == 0 {
		return ""
	}
	return r.Errors[0].Extensions.Code
}

func (a seen) has(name string) string {
	var all map[string]any
	_ = json.Unmarshal([]byte(a.body), &all)
	text, _ := all[name].(string)
	return text
}

func (p *person) send(method, address, body string, headers ...string) seen {
	p.h.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = p.h.served.URL + address
	}
	r, err := http.NewRequestWithContext(p.h.t.Context(), method, address, strings.NewReader(body))
	p.h.must(err)
	r.Header.Set("User-Agent", p.agent)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := p.client.Do(r)
	p.h.must(err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	p.h.must(err)
	return seen{answer.StatusCode, answer.Header, string(text)}
}

func (p *person) json(method, address string, body any) seen {
	p.h.t.Helper()
	text, err := json.Marshal(body)
	p.h.must(err)
	return p.send(method, address, string(text), "Content-Type", "application/json")
}

func (p *person) login(login, password string) seen {
	p.h.t.Helper()
	return p.json(http.MethodPost, "/auth/login", map[string]string{"login": login, "password": password})
}

// cookie is the value of a cookie of ours.
func (p *person) cookie(name string) string {
	u, err := url.Parse(p.h.served.URL)
	p.h.must(err)
	for _, c := range p.jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (p *person) keep(name, value string) {
	u, err := url.Parse(p.h.served.URL)
	p.h.must(err)
	p.jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/", Secure: true}})
}

// signedIn tells whether the session of the browser is worth anything.
func (p *person) signedIn() bool {
	p.h.t.Helper()
	return p.send(http.MethodGet, "/auth/factor", "").status == http.StatusOK
}
