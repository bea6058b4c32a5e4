// Package sheet owns reading spreadsheets that people send (XLSX and CSV) into
// rows of text with named columns, saying of everything that is wrong where it
// stands, and writing tables as XLSX and CSV that no program mistakes for
// formulas.
//
// It does not own what a row means: that is the use case's whose rows they are.
// Numbers never pass through a float: a cell is text, and exact.Parse reads it.
//
// A file is untrusted. It is measured while it is unpacked, so that a small file
// that unpacks to gigabytes costs no more than the caps allow, and rows are read
// one after another and given up at the first one too many.
package sheet

import (
	"strconv"

	"leitai/internal/fault"
)

// Limits bound what is read.
type Limits struct {
	Bytes    int64 // of the file as sent
	Unpacked int64 // of all parts of an XLSX together
	Rows     int   // rows with content, over all sheets
	Columns  int   // the last column that may hold something
	Sheets   int   // sheets of a workbook
	Cell     int   // characters of one cell
}

// Defaults are the limits of an import: 10 MB, 64 MB unpacked, 100,000 rows,
// 256 columns, 300 sheets, 4,000 characters a cell.
func Defaults() Limits {
	return Limits{Bytes: 10 << 20, Unpacked: 64 << 20, Rows: 100_000, Columns: 256, Sheets: 300, Cell: 4000}
}

// Book is a spreadsheet as read; a CSV is a book of one sheet without a name.
type Book struct {
	Sheets []Grid
	since  int // days between the spreadsheet's first day and 1900's
}

// Grid is one sheet: only rows with content, in their order.
type Grid struct {
	Name   string
	Lines  []Line
	merged []span
}

// Line is one row of a sheet: its number from 1, and its cells from column A.
type Line struct {
	Number int
	Cells  []Cell
}

// Cell is what one cell holds: text without blanks around it.
type Cell struct {
	Text    string
	formula bool
	failed  bool // an error value: #N/A, #REF!
	number  bool // stored as a number
}

// span is a range of merged cells, rows from 1 and columns from 0.
type span struct {
	name         string
	top, bottom  int
	first, until int
}

// Read reads a spreadsheet of either format, told by its content and never by
// its name. It answers SHEET_FORMAT, SHEET_TOO_LARGE, SHEET_UNPACKED,
// SHEET_TOO_MANY_ROWS and the like, at field file.
func Read(content []byte, limits Limits) (*Book, error) {
	if int64(len(content)) > limits.Bytes {
		return nil, fault.New(fault.SheetTooLarge, "have", size(int64(len(content))), "most", size(limits.Bytes)).At("file")
	}
	switch {
	case len(content) == 0:
		return nil, fault.New(fault.SheetFormat, "value", "0 B").At("file")
	case hasPrefix(content, "PK\x03\x04"):
		return readXLSX(content, limits)
	case hasPrefix(content, "\xd0\xcf\x11\xe0"):
		return nil, fault.New(fault.SheetFormat, "value", ".xls").At("file")
	case hasPrefix(content, "%PDF"):
		return nil, fault.New(fault.SheetFormat, "value", "PDF").At("file")
	}
	return readCSV(content, limits)
}

func hasPrefix(content []byte, magic string) bool {
	return len(content) >= len(magic) && string(content[:len(magic)]) == magic
}

// size writes a number of bytes for a message.
func size(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(n, 10) + " B"
}

// columnName is the letters of a column: 0 is A.
func columnName(index int) string {
	name := ""
	for index++; index > 0; index = (index - 1) / 26 {
		name = string(rune('A'+(index-1)%26)) + name
	}
	return name
}

// columnIndex reads letters and row of a cell's name: "B12" is 1, 12. Both are
// -1, 0 for anything else.
func columnIndex(name string) (column, row int) {
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 3; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	if i == 0 || err != nil || row < 1 || row > 1<<20 {
		return -1, 0
	}
	return column - 1, row
}
