// Package static owns how pages that were built beforehand are served: every
// file from memory under its own tag, compressed once, named for ever when its
// name changes with its content, and with the headers that keep a page to its
// own server.
//
// It does not own what is built nor its content policy: the rooms that embed
// pages (explorer, console) say both.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// index is the file that is the page itself.
const index = "index.html"

// Site is one built page with its files.
type Site struct {
	Files  fs.FS  // the built files, by their path below the address
	Prefix string // where it is mounted, with both slashes; the built files name it
	Policy string // its Content-Security-Policy
	// Whole lets every address below Prefix that names no file answer with the
	// page, which reads the address itself; otherwise it is 404.
	Whole bool
	// Mark is put before the end of the page's body; "" is nothing.
	Mark string
}

// asset is one built file, ready to be sent.
type asset struct {
	content []byte
	kind    string
	tag     string
	fixed   bool // its name changes with its content
	zipped  func() []byte
}

// Handler serves the site. Any method but GET and HEAD is 405. The files are read
// when somebody first asks for one, so that no program waits for its pages before
// it serves; it panics when they cannot be read, which embedded ones can.
func Handler(site Site) http.Handler {
	ready := sync.OnceValue(site.ready)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", site.Policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "请使用 GET 访问 / use GET", http.StatusMethodNotAllowed)
			return
		}
		assets := ready()
		a, ok := assets[site.named(r.URL.Path, assets)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

// ready gives the files as they are sent.
func (s Site) ready() map[string]asset {
	assets, err := load(s.Files)
	if err != nil {
		panic("static: the embedded files cannot be read: " + err.Error())
	}
	if s.Mark != "" {
		page := bytes.Replace(assets[index].content, []byte("</body>"), []byte(s.Mark+"</body>"), 1)
		assets[index] = assetOf(index, page)
	}
	return assets
}

// named is the file that an address means. A file that an earlier version had
// (its name has an ending) is missing, not the page.
func (s Site) named(at string, assets map[string]asset) string {
	name := strings.TrimSuffix(strings.TrimPrefix(at+"/", s.Prefix), "/")
	if _, found := assets[name]; name == "" || !found && s.Whole && path.Ext(name) == "" {
		return index
	}
	return name
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

// load reads the built files by their path.
func load(files fs.FS) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, at)
		if err != nil {
			return err
		}
		assets[at] = assetOf(at, content)
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
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
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
		panic("static: a buffer refused to be written: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("static: a buffer refused to be closed: " + err.Error())
	}
	return b.Bytes()
}
