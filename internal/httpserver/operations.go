package httpserver

import (
	"context"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Operations is what operators ask, on a listener of its own that no proxy
// publishes: metrics, and the signs of life that the service's listener has, too.
func (s *Server) Operations() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.deps.Metrics.Registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	return s.identify(s.survive(mux))
}

// serveOperations listens for operators until stop is called; without an
// address it does nothing.
func (s *Server) serveOperations(ctx context.Context) (stop func(), err error) {
	if s.options.Operations == "" {
		return func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.options.Operations)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: s.Operations(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(s.deps.Logger.Handler(), slog.LevelWarn)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // it ends when it is closed
	}()
	s.deps.Logger.InfoContext(ctx, "operations", slog.String("address", listener.Addr().String()))
	return func() { _ = server.Close(); <-done }, nil
}

// ownHeaders are those of every answer; a page that needs more says so itself.
func (s *Server) ownHeaders(h http.Header) {
	maps.Copy(h, everyAnswer)    // the lists have room for one: what is added later is added to a copy
	if s.options.SecureCookies { // plain http is for loopback only
		h["Strict-Transport-Security"] = overTLS
	}
}

var (
	everyAnswer = http.Header{
		"X-Content-Type-Options":       {"nosniff"},
		"Referrer-Policy":              {"same-origin"},
		"X-Frame-Options":              {"DENY"},
		"Content-Security-Policy":      {"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
		"Cross-Origin-Opener-Policy":   {"same-origin"},
		"Cross-Origin-Resource-Policy": {"same-origin"},
		"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	}
	overTLS = []string{"max-age=31536000"}
)
