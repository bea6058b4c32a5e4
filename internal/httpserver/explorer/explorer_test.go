package explorer

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func get(t *testing.T, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Handler(false).ServeHTTP(w, r)
	return w.Result()
}

// kinds of the built files by their ending.
var kinds = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".ttf": "font/ttf"}

// builtFiles are the built files by their path.
func builtFiles(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(built, "dist", func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(built, at)
		all[strings.TrimPrefix(at, "dist/")] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	defer func() { _ = r.Body.Close() }()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The page comes with its title, a strict policy and no sniffing, and is
// asked for anew each time.
func TestPage(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"/explorer", "/explorer/"} {
		r := get(t, at)
		if text := body(t, r); r.StatusCode != http.StatusOK || !strings.Contains(text, "<title>擂台 接口浏览器</title>") || !strings.Contains(text, `lang="zh-Hans"`) {
			t.Errorf("%s: %d %s", at, r.StatusCode, text)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer", "Content-Type": "text/html; charset=utf-8"} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", at, name, got, want)
			}
		}
		csp := r.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self'", "worker-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("the policy lacks %s: %s", want, csp)
			}
		}
		for _, bad := range []string{"unsafe-eval", "script-src 'self' 'unsafe-inline'", "http", "*"} {
			if strings.Contains(csp, bad) {
				t.Errorf("the policy allows %s", bad)
			}
		}
	}
}

// The page of a demonstration says so, once and under a tag of its own, so that
// no browser shows the other page from its store.
func TestDemonstrationIsMarked(t *testing.T) {
	t.Parallel()
	plain := get(t, Prefix)
	w := httptest.NewRecorder()
	Handler(true).ServeHTTP(w, httptest.NewRequest(http.MethodGet, Prefix, nil))
	if n := strings.Count(w.Body.String(), "演示数据"); n != 1 || w.Header().Get("ETag") == plain.Header.Get("ETag") {
		t.Errorf("marked %d times, tags %s and %s", n, w.Header().Get("ETag"), plain.Header.Get("ETag"))
	}
	if strings.Contains(body(t, plain), "演示数据") {
		t.Error("a real service is marked as a demonstration")
	}
}

// Every file that any built file refers to is served, with its type and for
// ever, since its name changes with its content.
func TestEveryReferenceIsServed(t *testing.T) {
	t.Parallel()
	assets := builtFiles(t)
	reference := regexp.MustCompile(`(?:/explorer/|\./|url\(|["'` + "`" + `])((?:assets/)?[A-Za-z][\w.-]*-[\w-]{8}\.(?:js|css|ttf|woff2?|svg|png))`)
	seen := 0
	for name, a := range assets {
		for _, m := range reference.FindAllStringSubmatch(a, -1) {
			seen++
			target := m[1]
			if !strings.HasPrefix(target, "assets/") {
				target = "assets/" + target
			}
			r := get(t, Prefix+target)
			if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || r.Header.Get("Content-Type") != kinds[path.Ext(target)] {
				t.Errorf("%s refers to %s: %d %v", name, target, r.StatusCode, r.Header)
			}
		}
	}
	if page := assets["index.html"]; seen < 10 || strings.Count(page, "/explorer/assets/") < 2 {
		t.Errorf("only %d references were seen; the page is\n%s", seen, page)
	}
}

// Nothing is loaded from any other address: whatever the page, its styles or
// its scripts load is named relative to the page or below /explorer/.
func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	t.Parallel()
	assets := builtFiles(t)
	loads := regexp.MustCompile(`(?i)(?:\b(?:src|srcset|action|poster)\s*=\s*["']?|<link[^>]*href\s*=\s*["']?|url\(\s*["']?|@import\s*["']?|\bimport\(\s*["'` + "`" + `]|\bfrom\s*["']|new Worker\(\s*["'` + "`" + `]|importScripts\(\s*["'` + "`" + `]|\bfetch\(\s*["'` + "`" + `])\s*(?:https?:)?//[\w.-]+`)
	hosts := regexp.MustCompile(`(?i)\b(?:unpkg\.com|jsdelivr\.net|cdnjs\.|esm\.sh|skypack\.dev|googleapis\.com|gstatic\.com|bootcdn|staticfile|registry\.npm)`)
	total := 0
	for name, a := range assets {
		total += len(a)
		if found := loads.FindString(a); found != "" {
			t.Errorf("%s loads from elsewhere: %s", name, found)
		}
		if found := hosts.FindString(a); found != "" {
			t.Errorf("%s names %s", name, found)
		}
	}
	if total > 6_000_000 {
		t.Errorf("the built files have grown to %d bytes; 6,000,000 is the most", total)
	}
}

// An unknown file, a folder and a way out are not there; other methods are
// refused with the ones allowed.
func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"/explorer/nothing.js", "/explorer/assets", "/explorer/assets/", "/explorer/../explorer.go", "/explorer/dist/index.html"} {
		if r := get(t, at); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", at, r.StatusCode)
		}
	}
	w := httptest.NewRecorder()
	Handler(false).ServeHTTP(w, httptest.NewRequest(http.MethodPost, Prefix, nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", w.Code, w.Header())
	}
}

// A browser that has the page is told so; one that can unzip gets less to load
// and the same content.
func TestTransfer(t *testing.T) {
	t.Parallel()
	plain := get(t, Prefix)
	if again := get(t, Prefix, "If-None-Match", plain.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("a known page: %d", again.StatusCode)
	}
	zipped := get(t, Prefix, "Accept-Encoding", "gzip, br")
	if zipped.Header.Get("Content-Encoding") != "gzip" || zipped.Header.Get("ETag") == plain.Header.Get("ETag") || zipped.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("headers of the zipped page: %v", zipped.Header)
	}
	reader, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	if string(unzipped) != body(t, plain) {
		t.Error("zipped and plain content differ")
	}
}

// The query shown first is valid for the schema as it is, and is the one built in.
func TestExampleIsValid(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../graph/schema/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema files (%v)", err)
	}
	var sources []*ast.Source
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("app/src/example.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if _, errs := gqlparser.LoadQueryWithRules(schema, string(example), nil); len(errs) > 0 {
		t.Error(errs)
	}
	assets := builtFiles(t)
	found := false
	for _, a := range assets {
		found = found || strings.Contains(a, "query LatestResult {")
	}
	if !found {
		t.Error("the built page does not hold the example: run make explorer")
	}
}

// The lock file names no registry, so that it installs from any mirror.
func TestLockNamesNoRegistry(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"app/package-lock.json", "../../../tools/postgres/package-lock.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"resolved"`) || strings.Contains(string(text), "registry.") {
			t.Errorf("%s names a registry", name)
		}
	}
}
