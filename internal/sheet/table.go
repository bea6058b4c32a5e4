package sheet

import (
	"slices"
	"strings"

	"leitai/internal/fault"
)

// Column is one column a table may have.
type Column struct {
	Key      string   // how the program calls it
	Names    []string // headings understood, the one to be recommended first
	Required bool     // the table is refused without it
}

// Table is the rows of a book under one set of headings. Rows of several sheets
// follow each other; each sheet has its own heading row.
type Table struct {
	Rows   []Row
	Extra  []string // headings beyond the known columns, in the order first seen
	Faults fault.List

	since int
}

// Row is one row with content.
type Row struct {
	Sheet string
	Line  int // from 1, as the spreadsheet counts
	cells []Cell
	where map[string]int // column by key, or by the heading of an extra one
	head  int            // line of the headings
	table *Table
}

// Has reports whether a sheet has the column.
func (t *Table) Has(key string) bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool { _, there := r.where[key]; return there })
}

// RefuseHeading notes a fault at a further heading, in the first sheet that has it.
func (t *Table) RefuseHeading(heading string, f func(cell string) *fault.Fault) {
	for _, r := range t.Rows {
		if i, there := r.where[heading]; there {
			t.fault(r.Sheet, r.head, i, f(at(r.Sheet, columnName(i)+itoa(r.head))))
			return
		}
	}
}

// headerWithin is how far down a row of headings is looked for: titles and
// notes may stand above it.
const headerWithin = 12

// Table finds the headings of every sheet and gives the rows below them. What is
// wrong (missing, unknown and doubled columns, formulas, merged cells, error
// values) is in its Faults, each with sheet and cell, and reading goes on, so
// that everything is told at once. With extra, unknown headings are further
// columns and no mistake.
func (b *Book) Table(columns []Column, extra bool) *Table {
	t := &Table{since: b.since}
	for _, g := range b.Sheets {
		if len(g.Lines) > 0 {
			t.read(g, columns, extra)
		}
	}
	if len(t.Rows) == 0 && len(t.Faults) == 0 {
		t.Faults = append(t.Faults, fault.New(fault.SheetEmpty, "want", headings(columns)).At("file"))
	}
	return t
}

func headings(columns []Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Names[0]
	}
	return strings.Join(names, "、")
}

// read takes the rows of one sheet.
func (t *Table) read(g Grid, columns []Column, extra bool) {
	head := headerOf(g, columns)
	if head < 0 {
		t.fault(g.Name, g.Lines[0].Number, 0, fault.New(fault.SheetHeader, "want", headings(columns)))
		return
	}
	top := g.Lines[head].Number
	for _, s := range g.merged {
		if s.bottom >= top && t.holds(g, s, top) {
			t.fault(g.Name, s.top, s.first, fault.New(fault.SheetMerged, "cell", at(g.Name, s.name)))
		}
	}
	where := t.head(g, g.Lines[head], columns, extra)
	for _, line := range g.Lines[head+1:] {
		if blank(line) {
			continue
		}
		t.check(g.Name, line)
		t.Rows = append(t.Rows, Row{Sheet: g.Name, Line: line.Number, cells: line.Cells, where: where, head: top, table: t})
	}
}

// holds reports whether a merged range covers a row of the table: one that
// stands below all rows, as a note, does no harm.
func (t *Table) holds(g Grid, s span, top int) bool {
	return slices.ContainsFunc(g.Lines, func(l Line) bool {
		several := 0
		for _, c := range l.Cells {
			if c.Text != "" {
				several++
			}
		}
		return l.Number >= max(top, s.top) && l.Number <= s.bottom && (several > 1 || s.bottom > s.top)
	})
}

// headerOf is the first row that has every required column, or else the row
// that has most of the known ones; -1 when no row has any.
func headerOf(g Grid, columns []Column) int {
	best, most := -1, 0
	for i, line := range g.Lines[:min(len(g.Lines), headerWithin)] {
		found, whole := 0, true
		for _, c := range columns {
			if slices.ContainsFunc(line.Cells, func(cell Cell) bool { return c.is(cell.Text) }) {
				found++
			} else {
				whole = whole && !c.Required
			}
		}
		if whole && found > 0 {
			return i
		}
		if found > most {
			best, most = i, found
		}
	}
	return best
}

// is reports whether a heading means the column; blanks, a star for "required"
// and what is added in brackets do not matter.
func (c Column) is(heading string) bool {
	heading = headingOf(heading)
	return heading != "" && (strings.EqualFold(heading, c.Key) || slices.ContainsFunc(c.Names, func(name string) bool { return strings.EqualFold(name, heading) }))
}

func headingOf(text string) string {
	text = strings.NewReplacer(" ", "", "\n", "", "\r", "", "\u3000", "", "*", "", "＊", "").Replace(text)
	if i := strings.IndexAny(text, "(（"); i > 0 && (strings.HasSuffix(text, ")") || strings.HasSuffix(text, "）")) {
		text = text[:i]
	}
	return text
}

// head reads a heading row into places by key.
func (t *Table) head(g Grid, line Line, columns []Column, extra bool) map[string]int {
	where := map[string]int{}
	for i, cell := range line.Cells {
		if cell.Text == "" {
			continue
		}
		key := cell.Text
		if c := slices.IndexFunc(columns, func(c Column) bool { return c.is(cell.Text) }); c >= 0 {
			key = columns[c].Key
		} else if !extra {
			t.fault(g.Name, line.Number, i, fault.New(fault.SheetColumnUnknown, "cell", at(g.Name, columnName(i)+itoa(line.Number)), "value", cut(cell.Text, 40), "want", headings(columns)))
			continue
		} else if !slices.Contains(t.Extra, key) {
			t.Extra = append(t.Extra, key)
		}
		if other, twice := where[key]; twice {
			t.fault(g.Name, line.Number, i, fault.New(fault.SheetColumnTwice, "cell", at(g.Name, columnName(i)+itoa(line.Number)), "value", cut(cell.Text, 40), "other", columnName(other)+itoa(line.Number)))
			continue
		}
		where[key] = i
	}
	for _, c := range columns {
		if _, there := where[c.Key]; c.Required && !there {
			t.fault(g.Name, line.Number, -1, fault.New(fault.SheetColumnMissing, "column", c.Names[0], "want", strings.Join(append(slices.Clone(c.Names[1:]), c.Key), "、")))
		}
	}
	return where
}

// check looks for what no cell of a row may hold.
func (t *Table) check(sheet string, line Line) {
	for i, cell := range line.Cells {
		name := at(sheet, columnName(i)+itoa(line.Number))
		switch {
		case cell.formula:
			t.fault(sheet, line.Number, i, fault.New(fault.SheetFormula, "cell", name))
		case cell.failed:
			t.fault(sheet, line.Number, i, fault.New(fault.SheetCellError, "cell", name, "value", cell.Text))
		}
	}
}

func blank(line Line) bool {
	return !slices.ContainsFunc(line.Cells, func(c Cell) bool { return c.Text != "" || c.formula })
}

// fault notes a fault with its place; column -1 is the whole row.
func (t *Table) fault(sheet string, row, column int, f *fault.Fault) {
	name, cell := "", itoa(row)
	if column >= 0 {
		name = columnName(column)
		cell = name + cell
	}
	t.Faults = append(t.Faults, f.In(row, name).At("%s", at(sheet, cell)))
}
