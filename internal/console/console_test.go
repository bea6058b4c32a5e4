package console

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// scripts is the text of every built script, by its name below assets.
func scripts(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	names, err := fs.Glob(Files(), "assets/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimPrefix(name, "assets/")] = string(text)
	}
	return all
}

// imports are the scripts that a script cannot do without.
var imports = regexp.MustCompile("(?:from|import)\\s*[\"'`]\\./([\\w.-]+\\.js)[\"'`]")

// needed adds a script with everything it imports at once, not when asked.
func needed(all map[string]string, name string, into map[string]bool) {
	if into[name] {
		return
	}
	into[name] = true
	for _, m := range imports.FindAllStringSubmatch(all[name], -1) {
		needed(all, m[1], into)
	}
}

// What a person loads to sign in and to see the home page stays below 300 kB of
// compressed script, charts and editors are not among it.
func TestTheFirstLoadIsSmall(t *testing.T) {
	t.Parallel()
	all := scripts(t)
	page, err := fs.ReadFile(Files(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]bool{}
	for _, m := range regexp.MustCompile(`/console/assets/([\w.-]+\.js)`).FindAllStringSubmatch(string(page), -1) {
		needed(all, m[1], first)
	}
	for _, begin := range []string{"signin-", "home-"} {
		found := 0
		for name := range all {
			if strings.HasPrefix(name, begin) {
				needed(all, name, first)
				found++
			}
		}
		if found != 1 {
			t.Errorf("%d scripts begin with %s", found, begin)
		}
	}
	size := 0
	for _, name := range slices.Sorted(maps.Keys(first)) {
		if strings.HasPrefix(name, "chart-") || strings.HasPrefix(name, "editor-") {
			t.Errorf("%s is loaded first", name)
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(all[name])); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		size += b.Len()
	}
	if len(first) < 5 || size > 300_000 {
		t.Errorf("%d bytes of %d scripts are loaded first", size, len(first))
	}
}

// The page runs no script of its own text and loads nothing from elsewhere; the
// lock file names no registry, so that it installs from any mirror.
func TestNothingComesFromElsewhere(t *testing.T) {
	t.Parallel()
	page, err := fs.ReadFile(Files(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if inline := regexp.MustCompile(`<script(?:[^>]*)>[^<]`).FindString(string(page)); inline != "" || strings.Contains(string(page), "//") {
		t.Errorf("the page is not its own: %s", page)
	}
	if strings.Contains(Policy, "script-src 'self' 'unsafe") || !strings.Contains(Policy, "default-src 'none'; script-src 'self';") {
		t.Errorf("the policy is %q", Policy)
	}
	lock, err := os.ReadFile("app/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(lock, []byte(`"resolved"`)) {
		t.Error("the lock file names a registry")
	}
}
