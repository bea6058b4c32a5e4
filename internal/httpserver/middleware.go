package httpserver

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/telemetry"
)

// requestHeader carries the request id back, so that a person can tell it to
// the operator.
const requestHeader = "X-Request-Id"

// identify gives every request an id of our own: one sent by a client is not
// trusted, because it would end up in the audit.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := uuid.NewString()
		w.Header().Set(requestHeader, id)
		s.ownHeaders(w.Header())
		next.ServeHTTP(w, r.WithContext(telemetry.WithRequestID(r.Context(), id)))
	})
}

// survive turns a panic into a 500 without telling the caller more.
func (s *Server) survive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil {
				if cause == http.ErrAbortHandler { //nolint:errorlint // the sentinel is compared by identity, as net/http does
					panic(cause)
				}
				s.deps.Logger.ErrorContext(r.Context(), "a handler panicked", slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
				writeInternal(w, r)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// limit bounds what a request may cost before anything reads it.
func (s *Server) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, s.bodyLimit(r))
		if unhurried(r) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.options.RequestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// observe logs and measures a route by its pattern, never by its path, which
// may hold an id.
func (s *Server) observe(pattern string, next http.Handler) http.Handler {
	s.patterns = append(s.patterns, pattern)
	measure := s.deps.Metrics.Route(pattern)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		ctx, level, over := r.Context(), slog.LevelInfo, func(int) {}
		switch {
		case pattern == "GET /healthz" || pattern == "GET /readyz":
			level = slog.LevelDebug
		case s.deps.Traces != nil:
			ctx, over = s.deps.Traces.Request(ctx, pattern)
			r = r.WithContext(ctx)
		}
		defer func() {
			took := time.Since(begun)
			measure(statusClass(recorder.status), took)
			over(recorder.status)
			s.deps.Logger.LogAttrs(ctx, level, "request", slog.String("route", pattern), slog.Int("status", recorder.status),
				slog.Int64("micros", took.Microseconds()), slog.Int64("bytes", recorder.written))
		}()
		next.ServeHTTP(recorder, r)
	})
}

// statusClass is 2xx for every status from 200 to 299, and so on.
func statusClass(status int) string {
	if class := status / 100; class >= 1 && class <= len(statusClasses) {
		return statusClasses[class-1]
	}
	return strconv.Itoa(status/100) + "xx"
}

var statusClasses = [...]string{"1xx", "2xx", "3xx", "4xx", "5xx"}

// statusRecorder notes the status and size of an answer.
type statusRecorder struct {
	http.ResponseWriter
	status  int
	written int64
	wrote   bool
}

func (w *statusRecorder) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusRecorder) Write(p []byte) (int, error) {
	w.wrote = true
	n, err := w.ResponseWriter.Write(p)
	w.written += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
