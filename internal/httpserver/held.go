package httpserver

import (
	"bytes"
	"net/http"
)

// released sends the answer of a handler when the handler is done, its
// transaction with it: whoever reads slowly holds no connection of the database.
func released(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := &heldAnswer{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(held, r)
		w.WriteHeader(held.status)
		_, _ = w.Write(held.body.Bytes()) // the reader may have gone; there is nobody to tell
	})
}

// heldAnswer keeps an answer until it is sent.
type heldAnswer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *heldAnswer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *heldAnswer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, true
	}
}

// Write implements http.ResponseWriter.
func (a *heldAnswer) Write(p []byte) (int, error) {
	a.wrote = true
	return a.body.Write(p)
}
