package journeys

import (
	"context"
	"encoding/csv"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// rewrite writes the table anew, to be read line by line before it is kept.
var rewrite = flag.Bool("rewrite-duties", false, "write testdata/duties.csv from what happens")

const dutiesTable, neverTable = "testdata/duties.csv", "testdata/never.csv"

// heading are the columns of the table.
var heading = []string{"act", "事项", "role", "角色", "relation", "关系", "expected"}

// Who may do what in the life of a round, in which relation: every act by
// everybody, as the table in the repository has it. An act, an actor or an
// answer that the table does not have fails. Nothing of what is tried is kept.
// covers A07, A09, A12, A39, Q35, G10
func TestDuties(t *testing.T) {
	t.Parallel()
	d := newDuties(t)
	for _, who := range actors { // signing in is on record, so everybody does it first
		_ = d.as(t, who.who, func(context.Context) error { return nil })
	}
	before := d.Fingerprint(t, uuid.Nil)
	var have [][]string
	for _, a := range d.acts(t) {
		for _, who := range actors {
			var told string
			if err := d.as(t, who.who, func(ctx context.Context) error {
				told = toldOf(a.do(ctx))
				return nil
			}); err != nil {
				told = toldOf("", err)
			}
			have = append(have, []string{a.key, a.zh, who.role, who.zh, who.relation, who.relationZh, told})
		}
	}
	after := strings.Split(d.Fingerprint(t, uuid.Nil), "\n")
	for i, table := range strings.Split(before, "\n") {
		if table != after[i] {
			t.Errorf("what was tried was kept:\n%s\n%s", table, after[i])
		}
	}
	if *rewrite {
		write(t, dutiesTable, have)
	}
	compare(t, have, readTable(t, dutiesTable))
	never(t, have)
}

// compare holds the table against what happened, line by line.
func compare(t *testing.T, have, want [][]string) {
	t.Helper()
	line := func(row []string) string { return strings.Join(row, ",") }
	told := map[string]string{}
	for _, row := range want {
		key := line(row[:6])
		if _, twice := told[key]; twice {
			t.Errorf("the table has %s twice", key)
		}
		told[key] = row[6]
	}
	for _, row := range have {
		key := line(row[:6])
		switch want, listed := told[key]; {
		case !listed:
			t.Errorf("the table does not have %s: %s", key, row[6])
		case want != row[6]:
			t.Errorf("%s: %s, the table says %s", key, row[6], want)
		}
		delete(told, key)
	}
	for key := range told {
		t.Errorf("nobody tried %s", key)
	}
}

// never holds what no role may ever do (the last column of the table of roles)
// against what happened: each line names a
// role, an act, the relation where it matters (empty: any), and how it is refused
// where that matters (empty: anyhow).
func never(t *testing.T, have [][]string) {
	t.Helper()
	for _, row := range readTable(t, neverTable) {
		role, relation, act, least := row[0], row[2], row[3], row[5]
		tried := 0
		for _, h := range have {
			if h[2] != role || relation != "" && h[4] != relation || h[0] != act {
				continue
			}
			tried++
			refusals := strings.Fields(least)
			if told := h[6]; !slices.Contains(refusals, told) && (len(refusals) > 0 || told == "allowed" || told == "all" || told == "own") {
				t.Errorf("%s (%s) may never %s, and is told %s", role, h[4], act, told)
			}
		}
		if tried == 0 {
			t.Errorf("nobody tried whether %s (%s) may %s", role, relation, act)
		}
	}
}

func readTable(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", name, err)
	}
	return rows[1:]
}

func write(t *testing.T, name string, rows [][]string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(file)
	if err := w.WriteAll(append([][]string{heading}, rows...)); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
