package archtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// root of the checkout, seen from this folder.
const root = "../.."

// The house itself: no arrow turns and no measure is broken.
func TestTheHouseIsInOrder(t *testing.T) {
	t.Parallel()
	found, err := Check(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}

// Every planted breach is found, at its line and by its rule, and nothing else
// is. Each case of testdata is a small house; its comment lists what is wanted
// as "file:line rule", one a line.
func TestTheCheckerSeesWhatIsPlanted(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases in testdata (%v)", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := summary(t, build(t, archive))
			if want := wanted(string(archive.Comment)); got != want {
				t.Errorf("found\n%swant\n%s", got, want)
			}
		})
	}
}

// A file of 501 lines and a function of 81 are too long, 500 and 80 are not.
func TestLengthIsMeasuredToTheLine(t *testing.T) {
	t.Parallel()
	long := func(file, function int) string {
		head := "// Package fault is long.\npackage fault\n\nfunc f() {\n"
		body := strings.Repeat("\t_ = 0\n", function-2) + "}\n"
		return head + body + strings.Repeat("\n", file-function-3)
	}
	for _, c := range []struct {
		file, function int
		want           string
	}{
		{500, 80, ""},
		{501, 80, "internal/fault/f.go:0 length\n"},
		{500, 81, "internal/fault/f.go:4 length\n"},
	} {
		archive := &txtar.Archive{Files: []txtar.File{
			{Name: "go.mod", Data: []byte("module leitai\n")},
			{Name: "internal/fault/f.go", Data: []byte(long(c.file, c.function))},
		}}
		if got := summary(t, build(t, archive)); got != c.want {
			t.Errorf("file of %d, function of %d: found %q, want %q", c.file, c.function, got, c.want)
		}
	}
}

// A file that does not parse is an error, not a clean bill.
func TestBrokenSourceIsAnError(t *testing.T) {
	t.Parallel()
	dir := build(t, &txtar.Archive{Files: []txtar.File{
		{Name: "go.mod", Data: []byte("module leitai\n")},
		{Name: "cmd/x/main.go", Data: []byte("package main\nfunc {")},
	}})
	if _, err := Check(dir); err == nil {
		t.Error("a file that does not parse must be an error")
	}
	if _, err := Check(t.TempDir()); err == nil {
		t.Error("a folder without go.mod must be an error")
	}
}

func build(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		at := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func summary(t *testing.T, dir string) string {
	t.Helper()
	found, err := Check(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range found {
		if !strings.HasPrefix(f.String(), f.File+":") || f.Text == "" {
			t.Errorf("a finding begins with its place and says what would be right: %s", f)
		}
		b.WriteString(place(f) + "\n")
	}
	return b.String()
}
