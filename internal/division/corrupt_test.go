package division_test

import (
	"strings"
	"testing"

	"leitai/internal/division"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

// damage is one way to spoil a row of a right table.
type damage struct {
	name  string
	spoil func(code, name, parent string) string
	want  fault.Code // of the spoilt row
}

var damages = []damage{
	{"code cut", func(code, name, parent string) string { return code[:len(code)-1] + "x," + name + "," + parent }, fault.DivisionCodeInvalid},
	{"no name", func(code, _, parent string) string { return code + ",," + parent }, fault.DivisionNameEmpty},
	{"own parent", func(code, name, _ string) string { return code + "," + name + "," + code }, fault.DivisionCycle},
	{"no such parent", func(code, name, _ string) string { return code + "," + name + ",99" }, fault.DivisionParentLevel},
	{"no columns", func(code, _, _ string) string { return code }, fault.DivisionRowInvalid},
	{"written twice", func(code, name, parent string) string {
		row := code + "," + name + "," + parent
		return row + "\n" + row
	}, fault.DivisionCodeDuplicate},
}

// One spoilt row of any tree refuses the whole table, names that row, and
// blames no row that is not its child.
func TestOneBadRowOfAnyTreeIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := anyTree(t)
		at := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
		d := rapid.SampledFrom(damages).Draw(t, "damage")
		fields := strings.Split(rows[at], ",")
		rows[at] = d.spoil(fields[0], fields[1], fields[2])
		table, err := read(header + strings.Join(rows, "\n"))
		row := at + 2
		if d.want == fault.DivisionCodeDuplicate {
			row++
		}
		found := false
		for _, f := range fault.All(err) {
			orphan := f.Code == fault.DivisionParentMissing && f.Args["parent"] == fields[0]
			switch {
			case f.Place.Row == row:
				found = found || f.Code == d.want || d.want == fault.DivisionParentLevel && f.Code == fault.DivisionParentMismatch
			case !orphan:
				t.Fatalf("%s of row %d blames row %d: %v", d.name, row, f.Place.Row, f)
			}
		}
		if table != nil || !found {
			t.Fatalf("%s of row %d (%q): %v", d.name, row, rows[at], err)
		}
	})
}

func TestHostileValuesStayPresentable(t *testing.T) {
	t.Parallel()
	for _, value := range []string{strings.Repeat("9", 3000), "\x1b[31m12", "\xff\xfe\x00", "12\u202e34", "=cmd|'/c calc'!A0"} {
		_, err := read(header + value + ",某地,\n")
		for _, f := range fault.All(err) {
			if shown := f.Message(fault.Chinese); len(shown) > 400 || strings.ContainsAny(shown, "\x1b\x00") || !strings.Contains(shown, "区划代码") {
				t.Errorf("%.20q is shown as %q", value, shown)
			}
		}
		if fault.CodeOf(err) != fault.DivisionCodeInvalid {
			t.Errorf("%.20q: %v", value, err)
		}
	}
}

// What a table gives back, written down again, is the same table.
func TestATableWrittenDownReadsTheSame(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(header)
	for row := range mustRead(t, nationalShapes).All() {
		b.WriteString(row.Code + "," + row.Name + "," + row.Parent + "\n")
	}
	again := mustRead(t, b.String())
	for _, level := range division.Levels() {
		if again.Count()[level] != mustRead(t, nationalShapes).Count()[level] {
			t.Errorf("%s: %d", level, again.Count()[level])
		}
	}
}

func mustRead(t *testing.T, text string) *division.Table {
	t.Helper()
	table, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
