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
			covered(t, filepath.Join(root, d.Package), d.Test, d.Attack)
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
	cites := regexp.MustCompile(`// .*\bcovers [^\n]*\b` + attack + `\b`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "\nfunc "+test+"(") {
			if !cites.Match(source) {
				t.Errorf("%s has no test that says it covers %s", filepath.Base(file), attack)
			}
			return
		}
	}
	t.Errorf("there is no %s in %s", test, folder)
}
