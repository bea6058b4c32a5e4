package httpserver

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"leitai/internal/fault"
)

// readiness is whether the server takes requests.
type readiness struct{ on atomic.Bool }

func (r *readiness) set(on bool) { r.on.Store(on) }

// healthz answers while the process lives; it asks nobody, so that a slow
// database never restarts a healthy server.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz answers 200 while requests can be served: listening, database
// reachable, schema known.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	err := errors.New("stopping")
	if s.ready.on.Load() {
		err = s.deps.Opener.Ready(ctx)
	}
	if err != nil {
		s.deps.Logger.WarnContext(ctx, "not ready", slog.Any("error", err))
		writeJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "unavailable"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"status": "ready"})
}

// bodyFault tells a body that is too large from one that is no JSON.
func bodyFault(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.New(fault.BodyTooLarge)
	}
	return fault.New(fault.BodyMalformed)
}
