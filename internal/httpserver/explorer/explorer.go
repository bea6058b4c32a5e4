// Package explorer owns the page at /explorer, where signed-in people and
// token holders read the schema and try queries: GraphiQL, built from app/ into
// dist/, committed and embedded, so that building the product needs no npm and
// running it needs no network.
//
// It does not own the API, nor who may see what: the page sends what a person
// types to /graphql, which decides. Rebuild it with make explorer.
package explorer

import (
	"embed"
	"io/fs"
	"net/http"

	"leitai/internal/httpserver/static"
)

//go:embed dist
var built embed.FS

// Prefix is where the page is mounted; the built files name it.
const Prefix = "/explorer/"

// policy lets the page run its own scripts and workers and talk to its own
// server, and nothing else. The editor sets its styles from scripts, hence
// unsafe-inline for styles alone; data: is for its small pictures.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// demoMark lies over the corner of the page of a demonstration; what is under
// it can still be clicked.
const demoMark = `<p style="position:fixed;right:1rem;bottom:.5rem;z-index:99;margin:0;padding:.2em .8em;background:#ffe9a8;color:#222;pointer-events:none">演示数据 Demonstration data</p>`

// Handler serves the page for paths that begin with Prefix. Anything that was
// not built is 404; any method but GET and HEAD is 405. The page of a
// demonstration says 演示数据.
func Handler(demo bool) http.Handler {
	files, err := fs.Sub(built, "dist")
	if err != nil {
		panic("explorer: the embedded files cannot be read: " + err.Error())
	}
	site := static.Site{Files: files, Prefix: Prefix, Policy: policy}
	if demo {
		site.Mark = demoMark
	}
	return static.Handler(site)
}
