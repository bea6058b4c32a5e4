package defences

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every defence still stands where the list says, once, and names a test that
// exists and says that it covers the attack.
func TestEveryDefenceHasItsPlace(t *testing.T) {
	t.Parallel()
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join("..", "..")
	for _, d := range all {
		t.Run(d.Attack+" "+d.What, func(t *testing.T) {
			t.Parallel()
			switch {
			case d.SQL == "" && (d.File == "" || d.Old == "" || d.Old == d.New):
				t.Error("nothing is taken away")
			case d.SQL != "" && d.File != "":
				t.Error("it is either in Go or in the database")
			case d.File != "":
				source, err := os.ReadFile(filepath.Join(root, d.File))
				if err != nil {
					t.Fatal(err)
				}
				if n := strings.Count(string(source), d.Old); n != 1 {
					t.Errorf("the defence stands %d times in %s", n, d.File)
				}
			}
			for _, attack := range d.Attacks() {
				covered(t, filepath.Join(root, d.Package), d.Test, attack)
			}
		})
	}
}

// covered looks for the test and for its comment.
func covered(t *testing.T, folder, test, attack string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	exists, cited := false, false
	cites := regexp.MustCompile(`// .*\bcovers [^\n]*\b` + attack + `\b`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		exists = exists || strings.Contains(string(source), "\nfunc "+test+"(")
		cited = cited || cites.Match(source)
	}
	if !exists || !cited {
		t.Errorf("%s: a test of that name: %v; one that says it covers %s: %v", folder, exists, attack, cited)
	}
}
