package archtest

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// numbered is how many rows each letter has: the requirements of the five
// schemes (A41 has a second one), the readings and the guard-rails.
var numbered = map[byte]int{'A': 44, 'B': 23, 'C': 18, 'D': 40, 'E': 29, 'Q': 36, 'G': 12}

// The table of requirements is true: every test it names is there, and every
// requirement, reading and guard-rail of it is cited by a test.
func TestRequirementsAreCited(t *testing.T) {
	t.Parallel()
	tests, cited := testsAndCitations(t)
	table, err := os.ReadFile(filepath.Join(root, "docs", "requirements.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[byte]int{}
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		key := strings.TrimSpace(cells[0])
		if !regexp.MustCompile(`^[A-EQG]\d+b?$`).MatchString(key) {
			continue
		}
		rows[key[0]]++
		if !cited[key] {
			t.Errorf("%s: no test cites it", key)
		}
		last := strings.TrimSpace(cells[len(cells)-1])
		named := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(last, -1)
		if len(named) == 0 {
			t.Errorf("%s: the row ends with %q", key, last)
		}
		for _, name := range named {
			if !tests[name[1]] {
				t.Errorf("%s: there is no test %s", key, name[1])
			}
		}
	}
	if !maps.Equal(rows, numbered) {
		t.Errorf("rows %v, want %v", rows, numbered)
	}
}

// testsAndCitations reads the names of all tests and what their comments cite.
func testsAndCitations(t *testing.T) (tests, cited map[string]bool) {
	t.Helper()
	tests, cited = map[string]bool{}, map[string]bool{}
	name, cites := regexp.MustCompile(`(?m)^func (Test\w+)\(`), regexp.MustCompile(`//.*\bcovers ((?:[A-Z]\d+b?(?:, )?)+)`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range name.FindAllStringSubmatch(string(text), -1) {
			tests[m[1]] = true
		}
		for _, m := range cites.FindAllStringSubmatch(string(text), -1) {
			for _, key := range strings.Split(m[1], ", ") {
				cited[key] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return tests, cited
}
