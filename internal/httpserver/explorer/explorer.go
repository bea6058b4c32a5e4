// Package explorer owns the page at /explorer, where signed-in people and
// token holders read the schema and try queries: GraphiQL, built from app/ into
// dist/, committed and embedded, so that building the product needs no npm and
// running it needs no network.
//
// It does not own the API, nor who may see what: the page sends what a person
// types to /graphql, which decides. Rebuild it with make explorer.
package explorer

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed dist
var built embed.FS

// Prefix is where the page is mounted; the built files name it.
const Prefix = "/explorer/"

// index is the file that is the page itself.
const index = "index.html"

// policy lets the page run its own scripts and workers and talk to its own
// server, and nothing else. The editor sets its styles from scripts, hence
// unsafe-inline for styles alone; data: is for its small pictures.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// asset is one built file, ready to be sent.
type asset struct {
	content []byte
	kind    string
	tag     string
	fixed   bool // its name changes with its content
	zipped  func() []byte
}

// demoMark lies over the corner of the page of a demonstration; what is under
// it can still be clicked.
const demoMark = `<p style="position:fixed;right:1rem;bottom:.5rem;z-index:99;margin:0;padding:.2em .8em;background:#ffe9a8;color:#222;pointer-events:none">演示数据 Demonstration data</p>`

// Handler serves the page for paths that begin with Prefix. Anything that was
// not built is 404; any method but GET and HEAD is 405. The page of a
// demonstration says 演示数据.
func Handler(demo bool) http.Handler {
	assets, err := load(built)
	if err != nil {
		panic("explorer: the embedded files cannot be read: " + err.Error())
	}
	if demo {
		page := bytes.Replace(assets[index].content, []byte("</body>"), []byte(demoMark+"</body>"), 1)
		assets[index] = assetOf(index, page)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "请使用 GET 访问 / use GET", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(r.URL.Path+"/", Prefix)
		name = strings.TrimSuffix(name, "/")
		if name == "" {
			name = index
		}
		a, ok := assets[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", a.kind)
	header.Set("ETag", a.tag)
	header.Set("Vary", "Accept-Encoding")
	header.Set("Cache-Control", "no-cache")
	if a.fixed {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content := a.content
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Header.Get("Range") == "" {
		header.Set("Content-Encoding", "gzip")
		header.Set("ETag", strings.TrimSuffix(a.tag, `"`)+`-gzip"`)
		content = a.zipped()
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// load reads the built files by their path below dist.
func load(files fs.FS) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, "dist", func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, at)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(at, "dist/")
		assets[name] = assetOf(name, content)
		return nil
	})
	return assets, err
}

func assetOf(name string, content []byte) asset {
	sum := sha256.Sum256(content)
	return asset{
		content: content,
		kind:    kindOf(name),
		tag:     `"` + hex.EncodeToString(sum[:8]) + `"`,
		fixed:   strings.HasPrefix(name, "assets/"),
		zipped:  sync.OnceValue(func() []byte { return compress(content) }),
	}
}

// kindOf does not ask the machine's table of types for what the page is made
// of: a wrong entry there would stop every script under nosniff.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".ttf":
		return "font/ttf"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// compress is done once a file, on its first request.
func compress(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		panic("explorer: a buffer refused to be written: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("explorer: a buffer refused to be closed: " + err.Error())
	}
	return b.Bytes()
}
