package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// house is a checkout, parsed.
type house struct {
	module   string
	packages []*pkg
	sql      []sqlFile
}

// pkg is one folder of Go files, its tests included.
type pkg struct {
	folder string // from the root, with slashes; "." for the root itself
	room   string // "" when the table knows none
	files  []*file
}

type file struct {
	name      string // path from the root
	test      bool
	generated bool
	lines     int
	set       *token.FileSet
	syntax    *ast.File
}

type sqlFile struct{ name, text string }

func (f *file) line(n ast.Node) int { return f.set.Position(n.Pos()).Line }

// load walks the module: hidden folders, testdata, node_modules, build results
// and modules of their own are not part of the house.
func load(root string) (*house, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("archtest: the root must hold go.mod: %w", err)
	}
	h := &house{module: moduleName(mod)}
	byFolder := map[string]*pkg{}
	err = filepath.WalkDir(root, func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, at)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			return skipFolder(at, rel)
		}
		return h.add(byFolder, at, rel)
	})
	return h, err
}

func skipFolder(at, rel string) error {
	if rel == "." {
		return nil
	}
	name := path.Base(rel)
	if strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules" || rel == "bin" || rel == "data" {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

func (h *house) add(byFolder map[string]*pkg, at, rel string) error {
	switch path.Ext(rel) {
	case ".sql":
		text, err := os.ReadFile(at)
		h.sql = append(h.sql, sqlFile{name: rel, text: string(text)})
		return err
	case ".go":
		f, err := parse(at, rel)
		if err != nil {
			return err
		}
		folder := path.Dir(rel)
		p := byFolder[folder]
		if p == nil {
			p = &pkg{folder: folder, room: roomOf(folder)}
			byFolder[folder] = p
			h.packages = append(h.packages, p)
		}
		p.files = append(p.files, f)
	}
	return nil
}

func parse(at, rel string) (*file, error) {
	text, err := os.ReadFile(at)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, rel, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &file{
		name:      rel,
		test:      strings.HasSuffix(rel, "_test.go"),
		generated: ast.IsGenerated(syntax),
		lines:     bytes.Count(text, []byte("\n")),
		set:       set,
		syntax:    syntax,
	}, nil
}

func moduleName(mod []byte) string {
	for line := range strings.SplitSeq(string(mod), "\n") {
		if name, ok := strings.CutPrefix(line, "module "); ok {
			return strings.TrimSpace(name)
		}
	}
	return ""
}
