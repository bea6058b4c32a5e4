package fault_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// sources parses the hand-written Go of a folder and what lies below it, tests
// left out.
func sources(t *testing.T, root string) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "gen" || d.Name() == "exec") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files[path], err = parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// variables gives the code of each variable of the catalogue.
func variables(files map[string]*ast.File) map[string]fault.Code {
	codes := map[string]fault.Code{}
	for path, file := range files {
		if !strings.HasPrefix(filepath.Base(path), "codes_") {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if call, ok := spec.Values[0].(*ast.CallExpr); ok {
				codes[spec.Names[0].Name] = fault.Code(literal(call.Args[0]))
			}
			return true
		})
	}
	return codes
}

// literal gives the text of a string literal, "" for any other expression.
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}

// argumentsOf gives the variable and the argument names of a call of
// fault.New whose names are all literals.
func argumentsOf(n ast.Node) (variable string, names []string, ok bool) {
	call, isCall := n.(*ast.CallExpr)
	if !isCall || call.Ellipsis.IsValid() || len(call.Args) == 0 || !is(call.Fun, "fault", "New") {
		return "", nil, false
	}
	code, isSelector := call.Args[0].(*ast.SelectorExpr)
	if !isSelector {
		return "", nil, false
	}
	for i := 1; i < len(call.Args); i += 2 {
		name := literal(call.Args[i])
		if name == "" {
			return "", nil, false
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return code.Sel.Name, names, true
}

func is(e ast.Expr, pkg, name string) bool {
	selector, ok := e.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != name {
		return false
	}
	id, ok := selector.X.(*ast.Ident)
	return ok && id.Name == pkg
}

// isMark reports whether a fault made below is compared and never shown: the
// target of errors.Is, or a mark that is converted to error.
func isMark(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := call.Fun.(*ast.Ident)
	return is(call.Fun, "errors", "Is") || ok && id.Name == "error"
}

// A message with a hole ("the value “{value}” …") reaches a clerk only when a
// call forgot an argument, which no compiler sees.
func TestEveryCallFillsItsMessage(t *testing.T) {
	t.Parallel()
	files := sources(t, "..")
	codes, messages, calls := variables(files), fault.Codes(), 0
	for path, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			variable, names, ok := argumentsOf(n)
			if !ok {
				return !isMark(n)
			}
			calls++
			zh, en := placeholders(messages[codes[variable]][0], ""), placeholders(messages[codes[variable]][1], "")
			for _, hole := range append(zh, en...) {
				if !slices.Contains(names, hole) {
					t.Errorf("%s: fault.New(fault.%s, …) does not name {%s}", path, variable, hole)
				}
			}
			for _, name := range names {
				if !slices.Contains(zh, name) && !slices.Contains(en, name) {
					t.Errorf("%s: fault.New(fault.%s, …) names %s, which the message does not have", path, variable, name)
				}
			}
			return true
		})
	}
	if calls < 50 {
		t.Errorf("only %d calls were found", calls)
	}
}
