// Package console owns the web console at /console/, with which people who do
// not write GraphQL do everything: written in app/, built into dist/, committed
// and embedded, so that building the product needs no npm and running it needs
// no network.
//
// It does not own any rule nor who may see what: the page sends what a person
// does to the public API, which decides. Rebuild it with make console.
package console

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Prefix is where the console is mounted; the built files name it.
const Prefix = "/console/"

// Policy lets the console run its own scripts and its own worker, talk to its
// own server, and show its own pictures and those a person is about to send
// (blob:). Styles are set from scripts, hence unsafe-inline for styles alone;
// data: is for small pictures and QR codes.
const Policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; manifest-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'"

// DemoMark ends every page of a demonstration; the console's styles place it.
const DemoMark = `<footer class="demo-mark">演示数据 Demonstration data</footer>`

// Files are the built files by their path below Prefix.
func Files() fs.FS {
	files, err := fs.Sub(built, "dist")
	if err != nil {
		panic("console: the embedded files cannot be read: " + err.Error())
	}
	return files
}
