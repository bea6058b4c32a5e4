package operator

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leitai/internal/dbtest"
)

// good is a small whole table.
const good = `code,name,parent
98,演示省,
9801,演示市,98
980101,演示县,9801
980101001,演示乡,980101
980101001201,演示村村民委员会,980101001
`

// A table with a circle, a code given twice and a parent that is missing is
// refused whole: every bad row is listed with row, column, code and what would
// be right, and no unit is stored. Put right, it comes in, plain or gzip, and a
// second time changes nothing.
func TestImportRefusesABadTableWhole(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	units := func() (n int) {
		if err := db.Maint(t).QueryRowContext(t.Context(), `SELECT count(*) FROM unit`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := units()
	bad := good +
		"980102,甲县,980103\n" + // 7 and 8: a circle
		"980103,乙县,980102\n" +
		"980101001201,又一村村民委员会,980101001\n" + // 9: given twice
		"980199001,无县乡,980199\n" + // 10: its county is missing
		"980101002,,980101\n" // 11: no name
	code, said := run(t, "import", "divisions", "--maint-dsn", db.MaintDSN, table(t, "bad.csv", bad))
	for _, line := range []string{
		"DIVISION_CYCLE (7:parent): ", "DIVISION_CYCLE (8:parent): ", "DIVISION_CODE_DUPLICATE (9:code): ", "DIVISION_PARENT_MISSING (10:parent): ",
		"DIVISION_NAME_EMPTY (11:name): ",
	} {
		if want, place, _ := strings.Cut(line, " "); !containsLine(said, want, place) {
			t.Errorf("no line tells %s", line)
		}
	}
	if code != 1 || units() != before || strings.Count(strings.TrimSpace(said), "\n") != 4 {
		t.Errorf("it ends with %d and %d units more:\n%s", code, units()-before, said)
	}
	for i, file := range []string{table(t, "good.csv", good), zipped(t, good)} {
		code, said := run(t, "import", "divisions", "--maint-dsn", db.MaintDSN, file)
		want := []string{"rows 5, added 5,", "rows 5, added 0, renamed 0, moved 0, closed 0"}[i]
		if code != 0 || !strings.Contains(said, want) || units() != before+5 {
			t.Errorf("%s ends with %d: %s", file, code, said)
		}
	}
	if code, said := run(t, "import", "divisions", "--maint-dsn", db.AppDSN, table(t, "more.csv", good+"980104,丁县,9801\n")); code != 1 || units() != before+5 {
		t.Errorf("the server's role imports: %s", said)
	}
}

// containsLine looks for a code at a place with a sentence after it.
func containsLine(said, code, place string) bool {
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, code+" ") && strings.Contains(line, place) && len(line) > len(code)+len(place)+20 {
			return true
		}
	}
	return false
}

func table(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return table(t, "good.csv.gz", b.String())
}
