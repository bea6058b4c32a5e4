package static

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func site(whole bool) http.Handler {
	return Handler(Site{Prefix: "/p/", Policy: "default-src 'none'", Whole: whole, Files: fstest.MapFS{
		"index.html":      {Data: []byte("<body>page</body>")},
		"assets/a-1.js":   {Data: []byte(strings.Repeat("let a = 1;", 100))},
		"site.svg":        {Data: []byte("<svg/>")},
		"m.webmanifest":   {Data: []byte("{}")},
		"nested/deep.css": {Data: []byte("b{}")},
	}})
}

func asked(h http.Handler, method, at string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, at, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// An address below the page is the page where the page reads addresses itself,
// but a file of an earlier version is missing: a page must not come as a script.
func TestAddressesBelowThePage(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]struct {
		whole, strict int
		kind          string
	}{
		"/p/":                {200, 200, "text/html; charset=utf-8"},
		"/p":                 {200, 200, "text/html; charset=utf-8"},
		"/p/rounds/4711":     {200, 404, "text/html; charset=utf-8"},
		"/p/assets/a-1.js":   {200, 200, "text/javascript; charset=utf-8"},
		"/p/assets/a-0.js":   {404, 404, ""},
		"/p/site.svg":        {200, 200, "image/svg+xml"},
		"/p/m.webmanifest":   {200, 200, "application/manifest+json"},
		"/p/../etc/x.passwd": {404, 404, ""},
		"/p/nested/deep.css": {200, 200, "text/css; charset=utf-8"},
	} {
		w, s := asked(site(true), http.MethodGet, at), asked(site(false), http.MethodGet, at)
		if w.Code != want.whole || s.Code != want.strict {
			t.Errorf("%s: %d and %d, want %d and %d", at, w.Code, s.Code, want.whole, want.strict)
		}
		if want.kind != "" && w.Header().Get("Content-Type") != want.kind {
			t.Errorf("%s is %q, want %q", at, w.Header().Get("Content-Type"), want.kind)
		}
		if w.Header().Get("Content-Security-Policy") != "default-src 'none'" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s comes without its policy: %v", at, w.Header())
		}
	}
}

// What has its content in its name is kept for ever; the page is asked for anew
// and answered with 304 while it is the same; nothing is changed by a request.
func TestKeptByBrowsers(t *testing.T) {
	t.Parallel()
	h := site(true)
	if got := asked(h, http.MethodGet, "/p/assets/a-1.js").Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("a fixed file is %q", got)
	}
	page := asked(h, http.MethodGet, "/p/")
	if page.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("the page is %q", page.Header().Get("Cache-Control"))
	}
	if again := asked(h, http.MethodGet, "/p/", "If-None-Match", page.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("the same page again: %d", again.Code)
	}
	if zipped := asked(h, http.MethodGet, "/p/assets/a-1.js", "Accept-Encoding", "gzip"); zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() > 200 {
		t.Errorf("not compressed: %v, %d bytes", zipped.Header(), zipped.Body.Len())
	}
	if refused := asked(h, http.MethodPost, "/p/"); refused.Code != http.StatusMethodNotAllowed || refused.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", refused.Code, refused.Header())
	}
}
