package httpserver

import (
	"bytes"
	"net/http"
	"strconv"
)

// released sends the answer of a handler when the handler is done, its
// transaction with it: whoever reads slowly holds no connection of the database.
func released(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := &heldAnswer{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(held, r)
		body := held.whole
		if held.body.Len() > 0 {
			body = append(body[:len(body):len(body)], held.body.Bytes()...)
		}
		if len(body) > 0 { // the answer goes out in one piece
			held.header.Set("Content-Length", strconv.Itoa(len(body)))
		}
		w.WriteHeader(held.status)
		_, _ = w.Write(body) // the reader may have gone; there is nobody to tell
	})
}

// heldAnswer keeps an answer until it is sent.
type heldAnswer struct {
	header http.Header
	status int
	wrote  bool
	whole  []byte // what came first in one piece that nobody changes any more
	body   bytes.Buffer
}

// take is Write of a piece that nobody changes any more: it is not copied.
func (a *heldAnswer) take(whole []byte) {
	if a.whole != nil || a.body.Len() > 0 {
		_, _ = a.Write(whole) // to a buffer
		return
	}
	a.wrote, a.whole = true, whole
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
