package archtest

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// The map of the README names every room of the house, and no room that is not
// there.
func TestTheMapNamesEveryRoom(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		cell, isRow := strings.CutPrefix(line, "| `")
		if !isRow {
			continue
		}
		cell, _, _ = strings.Cut(cell, " |")
		for _, name := range strings.FieldsFunc(cell, func(r rune) bool { return r == '`' || r == ',' || r == ' ' }) {
			named[name] = true
			if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(name))); err != nil || !info.IsDir() {
				t.Errorf("the map names %s, which is no folder", name)
			}
		}
	}
	for _, above := range []string{"internal", "cmd", "bench", "examples"} {
		all, err := os.ReadDir(filepath.Join(root, above))
		if err != nil || len(all) == 0 {
			t.Fatalf("%s: %v", above, err)
		}
		for _, one := range all {
			if name := path.Join(above, one.Name()); one.IsDir() && !named[name] {
				t.Errorf("the map does not name %s", name)
			}
		}
	}
}
