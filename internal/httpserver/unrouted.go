package httpserver

import (
	"net/http"
	"strings"

	"leitai/internal/fault"
)

// routed answers what no route takes in the shape of every other refusal: an
// unknown address is NOT_FOUND, a wrong method METHOD_NOT_ALLOWED with the
// methods that would be right. Both are logged and measured under one name,
// because a path is the caller's to choose.
func (s *Server) routed(mux *http.ServeMux) http.Handler {
	unrouted := s.observe("unrouted", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if allow := allowed(mux, r); allow != "" {
			w.Header().Set("Allow", allow)
			s.refuse(w, r, fault.New(fault.WrongMethod, "have", methodName(r.Method), "want", allow))
			return
		}
		s.refuse(w, r, fault.New(fault.NotFound))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		switch {
		case pattern == "":
			unrouted.ServeHTTP(w, r)
		case strings.Contains(pattern, "{"): // the mux itself tells the handler what stands there
			mux.ServeHTTP(w, r)
		default: // it need not be looked for once more
			handler.ServeHTTP(w, r)
		}
	})
}

// allowed reads off the mux's own refusal which methods an address takes; empty
// when it knows none.
func allowed(mux *http.ServeMux, r *http.Request) string {
	refusal, _ := mux.Handler(r)
	answer := headersOnly{}
	refusal.ServeHTTP(answer, r)
	return http.Header(answer).Get("Allow")
}

// headersOnly is an answer of which nothing but the headers is kept.
type headersOnly http.Header

func (h headersOnly) Header() http.Header       { return http.Header(h) }
func (headersOnly) Write(p []byte) (int, error) { return len(p), nil }
func (headersOnly) WriteHeader(int)             {}

// methodName echoes the methods of HTTP only.
func methodName(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "?"
}
