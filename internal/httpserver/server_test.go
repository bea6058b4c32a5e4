package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
	"leitai/internal/persisted"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// tiny is a schema of our own for the edge alone: it counts how often anything
// is resolved, so that a refusal can be shown to come before.
type tiny struct {
	resolved atomic.Int64
	schema   *ast.Schema
	begun    chan struct{} // closed when the first request is under way, when set
	hold     chan struct{} // the answer waits for it, when set
}

func newTiny() *tiny {
	return &tiny{schema: gqlparser.MustLoadSchema(&ast.Source{Input: `
		directive @idempotent(key: String!) on MUTATION
		enum Colour { RED GREEN }
		input Filter { name: String, below: [Filter!], count: Int, colour: Colour, one: Choice }
		input Choice @oneOf { id: ID, every: Boolean }
		type Query { self: Query! name: String! list(first: Int): [Query!]! named(like: String): String find(filter: Filter, any: [Filter!]): String }
		type Mutation { touch: Boolean! set(value: Int): Boolean }
		type Subscription { tick: Int! }`})}
}

func (s *tiny) Schema() *ast.Schema { return s.schema }

func (s *tiny) Complexity(_ context.Context, _, field string, child int, args map[string]any) (int, bool) {
	if first, ok := args["first"].(int64); ok && field == "list" {
		return child * int(first), true
	}
	return child + 1, true
}

func (s *tiny) Exec(context.Context) graphql.ResponseHandler {
	s.resolved.Add(1)
	if s.hold != nil {
		close(s.begun)
		<-s.hold
	}
	return graphql.OneShot(&graphql.Response{Data: json.RawMessage(`{"name":"ok"}`)})
}

// door lets everybody in whose token is well-formed.
type door struct{ ready error }

func (d door) OpenRequest(ctx context.Context, _ viewer.Credential) (context.Context, func(), error) {
	return viewer.With(ctx, &viewer.Viewer{User: uuid.New()}), func() {}, nil
}
func (d door) Ready(context.Context) error { return d.ready }

func present(_ context.Context, err error) *gqlerror.Error {
	var shown *gqlerror.Error
	if errors.As(err, &shown) {
		return shown
	}
	return gqlerror.Wrap(err)
}

func server(schema graphql.ExecutableSchema, opener Opener) *Server {
	options := Defaults()
	options.Listen = "127.0.0.1:0"
	return New(Deps{Opener: opener, Schema: schema, Present: present, Metrics: telemetry.NewMetrics("test"),
		Logger: slog.New(slog.DiscardHandler), Trusted: nothingTrusted{}}, options)
}

// nothingTrusted is a tenant that registered nothing and holds nobody to it.
type nothingTrusted struct{}

func (nothingTrusted) Text(context.Context, persisted.Hash) (string, error) {
	return "", fault.New(fault.PersistedQueryNotFound)
}

func (nothingTrusted) PolicyOf(context.Context) (*persisted.Policy, error) {
	return persisted.NewPolicy(0, nil, nil), nil
}

// goodToken is well-formed; nobody ever gets it.
const goodToken = "leitai_pat_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"

func ask(t *testing.T, s *Server, r *http.Request) (int, string, http.Header) {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(body), w.Header()
}

func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.AddCookie(&http.Cookie{Name: "__Host-leitai", Value: strings.Repeat("A", 43)})
	return r
}

func query(text string) string {
	body, _ := json.Marshal(map[string]string{"query": text})
	return string(body)
}

// A malformed token never reaches the database.
func TestMalformedCredentialsAreRefusedAtTheDoor(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"Bearer x", "Bearer " + goodToken + "zzzzzz", "Basic Zm9vOmJhcg=="} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader("{}"))
		r.Header.Set("Authorization", value)
		schema := newTiny()
		if status, body, header := ask(t, server(schema, door{}), r); status != 401 || header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d %s", value, status, body)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]fault.Language{"": fault.Chinese, "en-GB,en;q=0.9": fault.English, "zh-TW": fault.Chinese,
		"fr": fault.Chinese, "zh-CN,zh;q=0.9,en;q=0.8": fault.Chinese, strings.Repeat("en,", 100): fault.Chinese} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", header)
		if got := languageOf(r); got != want {
			t.Errorf("%q: %s", header, got)
		}
	}
}

func TestRedirectsStayHere(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{"/documents/bulletin/1?format=html": "/documents/bulletin/1?format=html", "https://elsewhere.example/": "/",
		"//elsewhere.example/": "/", "": "/explorer/", "javascript:alert(1)": "/", "/a\\b": "/", "/\r\nX: y": "/"} {
		if got := local(next); got != want {
			t.Errorf("%q: %q", next, got)
		}
	}
}

func TestHealthAndReadiness(t *testing.T) {
	t.Parallel()
	s := server(newTiny(), door{ready: errors.New("no database")})
	if status, _, _ := ask(t, s, httptest.NewRequest(http.MethodGet, "/healthz", nil)); status != 200 {
		t.Errorf("healthz %d", status)
	}
	if status, body, _ := ask(t, s, httptest.NewRequest(http.MethodGet, "/readyz", nil)); status != 503 || strings.Contains(body, "no database") {
		t.Errorf("readyz %d %s", status, body)
	}
}

// A stop takes no new requests and finishes those under way.
func TestGracefulStop(t *testing.T) {
	t.Parallel()
	schema := newTiny()
	schema.begun, schema.hold = make(chan struct{}), make(chan struct{})
	s := server(schema, door{})
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	listening, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- s.Run(ctx, func(a net.Addr) { listening <- a }) }()
	address := (<-listening).String()
	answered := make(chan int, 1)
	go func() {
		r := post(query("{ name }"))
		r.RequestURI = ""
		r.URL.Scheme, r.URL.Host = "http", address
		response, err := (&http.Client{Timeout: time.Minute}).Do(r)
		if err != nil {
			answered <- 0
			return
		}
		defer func() { _ = response.Body.Close() }()
		answered <- response.StatusCode
	}()
	<-schema.begun
	stop()
	close(schema.hold)
	if status := <-answered; status != 200 {
		t.Errorf("the request under way got %d", status)
	}
	if err := <-done; err != nil {
		t.Errorf("stop: %v", err)
	}
	if _, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		t.Error("still listening after the stop")
	}
}
