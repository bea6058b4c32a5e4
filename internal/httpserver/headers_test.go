package httpserver

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"leitai/internal/fault"
)

// Every route, asked without any sign-in, answers with the headers that keep a
// browser from guessing, framing and plain http.
func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	t.Parallel()
	s := server(newTiny(), door{ready: fault.New(fault.Internal)})
	patterns := append([]string{"GET /nowhere", "PUT /graphql"}, s.patterns...)
	if len(patterns) < 30 {
		t.Fatalf("only %d routes are known", len(patterns))
	}
	for _, pattern := range patterns {
		method, path, ok := strings.Cut(pattern, " ")
		if !ok { // unrouted
			continue
		}
		path = strings.NewReplacer("{$}", "", "{", "", "}", "").Replace(path)
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(method, path, nil))
		h := w.Header()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Strict-Transport-Security": "max-age=31536000", "Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "",
			"Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=()", "X-Request-Id": "-"} {
			if got := h.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", pattern, name, got)
			}
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe-eval") || h.Get("Server") != "" || h.Get("X-Powered-By") != "" {
			t.Errorf("%s: %v", pattern, h)
		}
	}
	options := Defaults()
	options.SecureCookies = false
	plain := New(s.deps, options)
	w := httptest.NewRecorder()
	plain.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
	if w.Header().Get("Strict-Transport-Security") != "" {
		t.Error("plain http asks for https")
	}
}

func TestOperatorsHaveAListenerOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := server(newTiny(), door{})
	if status, _, _ := ask(t, s, httptest.NewRequest(http.MethodGet, "/metrics", nil)); status != http.StatusNotFound {
		t.Errorf("the public listener tells metrics: %d", status)
	}
	for path, want := range map[string]string{"/metrics": "leitai_build_info", "/healthz": "ok"} {
		w := httptest.NewRecorder()
		s.Operations().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/graphql", "/debug/pprof/", "/"} {
		w := httptest.NewRecorder()
		s.Operations().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// The listener comes and goes with the service's, and an address that is taken
// stops the start.
func TestTheOperationsListenerRunsBesideTheService(t *testing.T) {
	t.Parallel()
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := server(newTiny(), door{})
	s.options.Operations = taken.Addr().String()
	if err := s.Run(t.Context(), nil); err == nil {
		t.Error("it serves although operators cannot look")
	}
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	listening, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- s.Run(ctx, func(a net.Addr) { listening <- a }) }()
	select {
	case <-listening:
	case err := <-done:
		t.Fatalf("it does not start: %v", err)
	}
	response, err := (&http.Client{Timeout: time.Minute}).Get("http://" + s.options.Operations + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if c, err := net.DialTimeout("tcp", s.options.Operations, time.Second); err == nil {
		_ = c.Close()
		t.Error("it listens after the stop")
	}
}
