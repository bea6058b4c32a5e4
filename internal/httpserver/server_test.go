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
		type Query { self: Query! name: String! list(first: Int): [Query!]! }
		type Mutation { touch: Boolean! }`})}
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
		Logger: slog.New(slog.DiscardHandler)}, options)
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

// Whatever is too much is refused before anything is resolved. covers T1, T2, T3
func TestTooMuchIsRefusedUnresolved(t *testing.T) {
	t.Parallel()
	aliases := "{"
	for i := range 31 {
		aliases += " a" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ": name"
	}
	deep := strings.Repeat("{ self ", 13) + "{ name }" + strings.Repeat("}", 13)
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"aliases":        {query(aliases + "}"), 400, "TOO_MANY_ALIASES"},
		"depth":          {query(deep), 400, "QUERY_TOO_DEEP"},
		"fragment cycle": {query("{ ...a } fragment a on Query { self { ...b } } fragment b on Query { self { ...a } }"), 400, "QUERY_INVALID"},
		"a billion":      {query("{ list(first: 1000) { list(first: 1000) { list(first: 1000) { name } } } }"), 400, "QUERY_TOO_COMPLEX"},
		"tokens":         {query("{ " + strings.Repeat("name ", 6000) + "}"), 400, "QUERY_INVALID"},
		"batch":          {"[" + query("{ name }") + "]", 400, "BODY_MALFORMED"},
		"two bodies":     {query("{ name }") + query("{ name }"), 400, "BODY_MALFORMED"},
		"half a body":    {`{"query":"{ na`, 400, "BODY_MALFORMED"},
		"too large":      {query("{ name } #" + strings.Repeat("x", 1<<20)), 413, "BODY_TOO_LARGE"},
		"no query":       {`{}`, 400, "REQUIRED"},
		"typo":           {query("{ names }"), 400, "QUERY_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema := newTiny()
			begun := time.Now()
			status, body, _ := ask(t, server(schema, door{}), post(c.body))
			if status != c.status || !strings.Contains(body, c.code) {
				t.Errorf("status %d, body %.300s", status, body)
			}
			if n := schema.resolved.Load(); n != 0 {
				t.Errorf("resolved %d times", n)
			}
			if strings.Contains(body, "Did you mean") || strings.Contains(body, "did you mean") {
				t.Errorf("the answer suggests names: %s", body)
			}
			if took := time.Since(begun); took > time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestTransport(t *testing.T) {
	t.Parallel()
	get := func(target string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.AddCookie(&http.Cookie{Name: "__Host-leitai", Value: strings.Repeat("A", 43)})
		return r
	}
	typed := func(kind string) *http.Request {
		r := post(query("{ name }"))
		r.Header.Set("Content-Type", kind)
		return r
	}
	foreign := post(query("mutation { touch }"))
	foreign.Header.Set("Origin", "https://elsewhere.example")
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	wanting := post(query("{ name }"))
	wanting.Header.Set("Accept", "application/graphql-response+json")
	for name, c := range map[string]struct {
		request  *http.Request
		status   int
		contains string
		resolved int64
	}{
		"post":            {post(query("{ name }")), 200, `"data"`, 1},
		"get":             {get("/graphql?query=%7Bname%7D"), 200, `"data"`, 1},
		"get mutation":    {get("/graphql?query=mutation%7Btouch%7D"), 400, "MUTATION_BY_GET", 0},
		"get bad json":    {get("/graphql?query=%7Bname%7D&variables=%7B"), 400, "BODY_MALFORMED", 0},
		"form":            {typed("application/x-www-form-urlencoded"), 415, "MEDIA_TYPE", 0},
		"plain text":      {typed("text/plain"), 415, "MEDIA_TYPE", 0},
		"cross-site form": {foreign, 403, "", 0},
		"accept":          {wanting, 200, `"data"`, 1},
		"nobody":          {httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader("{}")), 401, "UNAUTHENTICATED", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema := newTiny()
			status, body, header := ask(t, server(schema, door{}), c.request)
			if status != c.status || !strings.Contains(body, c.contains) || schema.resolved.Load() != c.resolved {
				t.Errorf("status %d, resolved %d, body %s", status, schema.resolved.Load(), body)
			}
			if header.Get("X-Request-Id") == "" || header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers %v", header)
			}
		})
	}
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
		response, err := (&http.Client{Timeout: 10 * time.Second}).Do(r)
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
