package archtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// later are the requirements that no test asserts yet; each row of theirs says
// so with a dash, and no other row may.
var later = map[string]bool{"A13": true, "A37": true, "A38": true, "A42": true, "G4": true}

// The table of requirements is true: every test it names is there, every
// requirement, reading and guard-rail of it is cited by a test, and what is not
// says so.
func TestRequirementsAreCited(t *testing.T) {
	t.Parallel()
	tests, cited := testsAndCitations(t)
	table, err := os.ReadFile(filepath.Join(root, "docs", "requirements.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		key := strings.TrimSpace(cells[0])
		if !regexp.MustCompile(`^[AQG]\d+b?$`).MatchString(key) {
			continue
		}
		rows++
		last := strings.TrimSpace(cells[len(cells)-1])
		if (last == "–") != later[key] {
			t.Errorf("%s: the row ends with %q", key, last)
		}
		if !later[key] && !cited[key] {
			t.Errorf("%s: no test cites it", key)
		}
		for _, name := range regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(last, -1) {
			if !tests[name[1]] {
				t.Errorf("%s: there is no test %s", key, name[1])
			}
		}
	}
	if rows != 44+36+12 {
		t.Errorf("%d rows", rows)
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
