// Package supply owns what the release tells of others' work inside it: every
// Go module linked into the program and every npm package bundled into its
// pages, with their licences, as a table for people and as a CycloneDX bill of
// materials.
//
// It does not own which of them are used (go.mod, package-lock.json), and
// nothing of it is linked into the program.
package supply

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// Component is one work of others in the release.
type Component struct {
	Kind     string // "golang" or "npm"
	Name     string
	Version  string
	Hash     string   // of the module as go.sum has it, or npm's integrity
	Licences []string // SPDX ids, sorted
}

// Allowed are the licences under which a work may be part of the release. None
// of them asks anything of those who run it.
var Allowed = []string{"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MPL-2.0", "Python-2.0", "Unicode-DFS-2016", "Unlicense", "Zlib"}

// Read lists everything in the release of the checkout at root, sorted.
func Read(ctx context.Context, root string) ([]Component, error) {
	modules, err := modules(ctx, root)
	if err != nil {
		return nil, err
	}
	all := modules
	for _, page := range pages {
		packages, err := packages(filepath.Join(root, filepath.FromSlash(page), "package-lock.json"))
		if err != nil {
			return nil, err
		}
		all = append(all, packages...)
	}
	order := func(a, b Component) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version))
	}
	slices.SortFunc(all, order)
	return slices.CompactFunc(all, func(a, b Component) bool { return order(a, b) == 0 }), nil
}

// pages are the sources of what is built by npm and embedded.
var pages = []string{"internal/httpserver/explorer/app", "internal/console/app"}

// Check tells every component whose licence is not known or not allowed.
func Check(all []Component) error {
	var wrong []error
	for _, c := range all {
		if len(c.Licences) == 0 {
			wrong = append(wrong, fmt.Errorf("%s %s: no licence was recognised", c.Name, c.Version))
		}
		for _, l := range c.Licences {
			if !slices.Contains(Allowed, l) {
				wrong = append(wrong, fmt.Errorf("%s %s: %s is not on the list of allowed licences", c.Name, c.Version, l))
			}
		}
	}
	return errors.Join(wrong...)
}

// modules lists what is linked into the program: not all of go.mod, which also
// has what tests and generators need.
func modules(ctx context.Context, root string) ([]Component, error) {
	const format = `{{with .Module}}{{if not .Main}}{{.Path}}	{{.Version}}	{{.Dir}}	{{.Sum}}{{end}}{{end}}`
	list := exec.CommandContext(ctx, "go", "list", "-deps", "-f", format, "./cmd/leitai")
	list.Dir, list.Stderr = root, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list the modules: %w", err)
	}
	lines := slices.Compact(slices.Sorted(strings.Lines(string(out))))
	var all []Component
	for _, line := range lines {
		field := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(field) != 4 {
			continue
		}
		found, err := licencesOf(field[2])
		if err != nil {
			return nil, err
		}
		all = append(all, Component{Kind: "golang", Name: field[0], Version: field[1], Hash: field[3], Licences: found})
	}
	return all, nil
}

// recognised is how much of a licence's file has to be a known text, in percent.
const recognised = 70

// licencesOf reads the licences of a module's folder.
func licencesOf(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") && !strings.HasPrefix(name, "UNLICENSE") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name())) //nolint:gosec // of a module in the cache
		if err != nil {
			return nil, err
		}
		ids = append(ids, Recognise(text)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Recognise gives the SPDX ids of the licences a text consists of; nothing when
// too much of it is something else.
func Recognise(text []byte) []string {
	cover := licensecheck.Scan(text)
	if cover.Percent < recognised {
		return nil
	}
	var ids []string
	for _, m := range cover.Match {
		if !m.IsURL {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// packages lists what npm may bundle: everything but the build's own tools.
func packages(lock string) ([]Component, error) {
	text, err := os.ReadFile(lock) //nolint:gosec // of this checkout
	if err != nil {
		return nil, err
	}
	var file struct {
		Packages map[string]struct {
			Version, License, Integrity string
			Dev, Optional               bool
		}
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", lock, err)
	}
	var all []Component
	for path, p := range file.Packages {
		at := strings.LastIndex(path, "node_modules/")
		if at < 0 || p.Dev {
			continue
		}
		c := Component{Kind: "npm", Name: path[at+len("node_modules/"):], Version: p.Version, Hash: p.Integrity}
		if p.License != "" {
			c.Licences = []string{p.License}
		}
		all = append(all, c)
	}
	return all, nil
}
