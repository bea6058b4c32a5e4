package graphtest

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"leitai/internal/nodetest"
)

// consoleSources is where the console's operations are written.
const consoleSources = "internal/console/app/src"

// ConsoleOperation is an operation that the console sends.
type ConsoleOperation struct {
	Name, Area string // the area is the folder of its page
	Text       string // with the fragments it uses
	Document   *ast.QueryDocument
	Definition *ast.OperationDefinition
}

// ConsoleOperations reads every operation of the console's sources by name. One
// that the contract does not answer, or a name that two have, fails the test.
func ConsoleOperations(t testing.TB) []ConsoleOperation {
	t.Helper()
	schema, folders := Schema(), map[string]string{}
	sources := os.DirFS(filepath.Join(nodetest.Root(t), filepath.FromSlash(consoleSources)))
	err := fs.WalkDir(sources, ".", func(at string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(at, ".graphql") {
			return err
		}
		text, err := fs.ReadFile(sources, at)
		folders[path.Base(path.Dir(at))] += string(text) + "\n"
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("no operations under %s (%v)", consoleSources, err)
	}
	var all []ConsoleOperation
	for area, text := range folders {
		document, err := parser.ParseQuery(&ast.Source{Name: area, Input: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, definition := range document.Operations {
			one := &ast.QueryDocument{Operations: ast.OperationList{definition}, Fragments: fragmentsOf(document, definition.SelectionSet)}
			if faults := validator.ValidateWithRules(schema, one, rules.NewDefaultRules()); faults != nil {
				t.Fatalf("%s: %v", definition.Name, faults)
			}
			var printed strings.Builder
			formatter.NewFormatter(&printed).FormatQueryDocument(one)
			all = append(all, ConsoleOperation{definition.Name, area, printed.String(), one, definition})
		}
	}
	slices.SortFunc(all, func(a, b ConsoleOperation) int { return strings.Compare(a.Name, b.Name) })
	for i := range all[1:] {
		if all[i].Name == all[i+1].Name {
			t.Errorf("two operations of the console are called %s", all[i].Name)
		}
	}
	return all
}

// fragmentsOf are the fragments that a selection names, and those that they name.
func fragmentsOf(document *ast.QueryDocument, set ast.SelectionSet) (used ast.FragmentDefinitionList) {
	var walk func(set ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				if f := document.Fragments.ForName(s.Name); f != nil && !slices.Contains(used, f) {
					used = append(used, f)
					walk(f.SelectionSet)
				}
			}
		}
	}
	walk(set)
	return used
}

// ConsoleStatements is how many SQL statements an operation of the console takes.
type ConsoleStatements struct {
	Here int // in the county of the tests; 0: it is played in the browser alone
	Most int // of one request in the browser, whatever is looked at or sent
}

// ConsoleTable reads testdata/console_statements.txt: a name, the number in the
// county of the tests or -, and the most of one request in the browser. Where
// that is not said it is twice the number and thirty: a page looks at a round in
// another state, too, but never asks once more for each village.
func ConsoleTable(t testing.TB) map[string]ConsoleStatements {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(nodetest.Root(t), "internal", "graphtest", "testdata", "console_statements.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]ConsoleStatements{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) < 2 || len(words) > 3 || all[words[0]] != (ConsoleStatements{}) {
			t.Fatalf("testdata/console_statements.txt: %q", lines.Text())
		}
		var numbers [2]int
		for i, word := range words[1:] {
			if word == "-" {
				continue
			}
			if numbers[i], err = strconv.Atoi(word); err != nil || numbers[i] < 1 {
				t.Fatalf("testdata/console_statements.txt: %q", lines.Text())
			}
		}
		if numbers[1] == 0 {
			numbers[1] = 2*numbers[0] + 30
		}
		all[words[0]] = ConsoleStatements{numbers[0], numbers[1]}
	}
	return all
}
