package httpserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

// What no route takes is refused as JSON like everything else, and a wrong
// method is told the right ones.
func TestWhatNoRouteTakesIsRefusedAsJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, path, language string
		status                 int
		code, allow, message   string
	}{
		{http.MethodGet, "/nowhere", "", 404, "NOT_FOUND", "", "没有找到该对象，或您无权查看"},
		{http.MethodPost, "/graphql/more", "", 404, "NOT_FOUND", "", "没有找到该对象，或您无权查看"},
		{http.MethodGet, "/documents/bulletin", "en", 404, "NOT_FOUND", "", "nothing is found under this id, or you may not see it"},
		{http.MethodPut, "/graphql", "", 405, "METHOD_NOT_ALLOWED", "GET, HEAD, POST", "该地址不接受 PUT 请求，应使用：GET, HEAD, POST"},
		{http.MethodGet, "/auth/login", "en", 405, "METHOD_NOT_ALLOWED", "POST", "this address takes no GET; use POST"},
		{http.MethodPost, "/healthz", "en", 405, "METHOD_NOT_ALLOWED", "GET, HEAD", "this address takes no POST; use GET, HEAD"},
		{"BREW", "/auth/login", "en", 405, "METHOD_NOT_ALLOWED", "POST", "this address takes no ?; use POST"},
	} {
		r := httptest.NewRequest(c.method, c.path, nil)
		r.Header.Set("Accept-Language", c.language)
		schema := newTiny()
		status, body, header := ask(t, server(schema, door{}), r)
		var told refusal
		if err := json.Unmarshal([]byte(body), &told); err != nil || len(told.Errors) != 1 {
			t.Fatalf("%s %s: %d %q", c.method, c.path, status, body)
		}
		e := told.Errors[0]
		if status != c.status || e.Extensions.Code != c.code || e.Message != c.message || header.Get("Allow") != c.allow {
			t.Errorf("%s %s: %d %s, allow %q", c.method, c.path, status, body, header.Get("Allow"))
		}
		if header.Get("Content-Type") != "application/json; charset=utf-8" || e.Extensions.RequestID != header.Get("X-Request-Id") || schema.resolved.Load() != 0 {
			t.Errorf("%s %s: %v", c.method, c.path, header)
		}
	}
}

// The mux's own redirects stay: an address without its last slash is known.
func TestRedirectsOfTheRoutesStay(t *testing.T) {
	t.Parallel()
	status, _, header := ask(t, server(newTiny(), door{}), httptest.NewRequest(http.MethodGet, "/explorer", nil))
	if status/100 != 3 || header.Get("Location") != "/explorer/" {
		t.Errorf("%d %v", status, header)
	}
}
