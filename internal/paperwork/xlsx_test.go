package paperwork

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"leitai/internal/fault"
)

// opened opens a workbook with the library that offices' programs agree with.
func opened(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// Every paper with a table is a workbook too: it opens, each sheet has a title,
// headings and rows, no cell is a formula, and it says it is a demonstration.
// covers T22
func TestPapersAsWorkbooks(t *testing.T) {
	t.Parallel()
	for name, data := range all() {
		d, err := data.Document()
		if err != nil {
			t.Fatal(err)
		}
		content, err := d.XLSX()
		if !d.HasTable() {
			if fault.CodeOf(err) != fault.PaperNoTable {
				t.Errorf("%s has no table, and %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		f := opened(t, content)
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil || len(rows) < 3 || !strings.Contains(rows[0][0], "【演示数据】") || !strings.Contains(rows[0][0], d.Title()) && name != "score-sheets" {
				t.Fatalf("%s, %s: %v, %v", name, sheet, rows, err)
			}
			for i := range rows {
				for j := range rows[i] {
					cell, err := excelize.CoordinatesToCellName(j+1, i+1)
					if err != nil {
						t.Fatal(err)
					}
					if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
						t.Errorf("%s, %s!%s is the formula %q, %v", name, sheet, cell, formula, err)
					}
				}
			}
		}
	}
}

// Totals are numbers with the decimals that were published, codes are text, and
// a name that looks like a formula is a name.
// covers T22
func TestCellsOfAWorkbook(t *testing.T) {
	t.Parallel()
	b := bulletin()
	b.Standings[0].Village, b.Standings[1].Village, b.Standings[2].Total = `=HYPERLINK("http://evil","松岭村")`, "431226216001", "90.60"
	d, err := b.Document()
	if err != nil {
		t.Fatal(err)
	}
	content, err := d.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, content)
	sheet := f.GetSheetList()[0]
	if sheet != "一、评比结果" {
		t.Errorf("the sheet is called %s", sheet)
	}
	for cell, want := range map[string]string{"B3": `'=HYPERLINK("http://evil","松岭村")`, "B4": "431226216001", "C3": "92.97", "C5": "90.60", "A3": "1"} {
		if got, err := f.GetCellValue(sheet, cell); err != nil || got != want {
			t.Errorf("%s shows %q, want %q (%v)", cell, got, want, err)
		}
	}
	numbers := []excelize.CellType{excelize.CellTypeUnset, excelize.CellTypeNumber}
	for cell, number := range map[string]bool{"C3": true, "C5": true, "A3": true, "B3": false, "B4": false} {
		if kind, err := f.GetCellType(sheet, cell); err != nil || slices.Contains(numbers, kind) != number {
			t.Errorf("%s has the type %v (%v)", cell, kind, err)
		}
	}
}

// Score sheets become a workbook with a sheet a village.
func TestScoreSheetsAsAWorkbook(t *testing.T) {
	t.Parallel()
	d, err := scoreSheets().Document()
	if err != nil {
		t.Fatal(err)
	}
	content, err := d.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	if names := opened(t, content).GetSheetList(); len(names) != 2 || names[0] != "松岭村 现场督查" || names[1] != "竹溪村 现场督查" {
		t.Errorf("sheets are %q", names)
	}
}
