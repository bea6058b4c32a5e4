package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var page = Page{Name: "成绩", Title: "四月成绩", Head: []string{"=单位", "总分", "备注"}, Note: "+说明", Rows: [][]Value{
	{Text("晴禾村"), Number("79.50"), Text(`=HYPERLINK("http://x","y")`)},
	{Text("@村"), Number("-3"), Text("\t制表")},
	{Text("＝全角"), Number("990101102201"), Text("-5")},
	{Text("—"), Number("007"), Text("1+1")},
}}

// What looks like a formula is text on every way out, and numbers stay numbers.
// covers T22
func TestNoTextBecomesAFormula(t *testing.T) {
	t.Parallel()
	plain, err := CSV(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(plain, []byte("\xef\xbb\xbf")) {
		t.Error("a CSV without a mark")
	}
	records, err := csv.NewReader(bytes.NewReader(plain[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"'=单位", "总分", "备注"}, {"晴禾村", "79.50", `'=HYPERLINK("http://x","y")`}, {"'@村", "-3", "'\t制表"}, {"'＝全角", "990101102201", "'-5"}, {"—", "007", "1+1"}}
	for i := range want {
		if strings.Join(records[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d is %q, want %q", i, records[i], want[i])
		}
	}
	content, err := XLSX(Workbook{Pages: []Page{page}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // nothing of it is on a disk
	for i := range want {
		for j := range want[i] {
			cell := columnName(j) + itoa(i+2)
			formula, err := f.GetCellFormula("成绩", cell)
			if err != nil || formula != "" {
				t.Errorf("%s is the formula %q, %v", cell, formula, err)
			}
			if text, err := f.GetCellValue("成绩", cell); err != nil || text != want[i][j] {
				t.Errorf("%s shows %q, want %q, %v", cell, text, want[i][j], err)
			}
			kind, err := f.GetCellType("成绩", cell)
			number := i > 0 && j == 1 && i < 4
			if err != nil || number != (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber) {
				t.Errorf("%s has the type %v, %v", cell, kind, err)
			}
		}
	}
}

// The same pages give the same bytes, whatever their names.
func TestWorkbooksAreReproducible(t *testing.T) {
	t.Parallel()
	w := Workbook{Pages: []Page{page, {Name: "a/b:c", Head: []string{"x"}, Wide: true}, {Name: "A_B_C", Head: []string{"x"}}, {Name: strings.Repeat("长", 40), Head: []string{"x"}},
		{Name: strings.Repeat("长", 41), Head: []string{"x"}}, {Head: []string{"x"}}}}
	first, err := XLSX(w)
	if err != nil {
		t.Fatal(err)
	}
	second, err := XLSX(w)
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("two workbooks of the same pages differ (%v)", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // nothing of it is on a disk
	names := f.GetSheetList()
	if len(names) != 6 || names[1] != "a_b_c" || names[2] != "A_B_C~2" || names[5] != "表6" {
		t.Errorf("sheets are %q", names)
	}
}

// Whatever text and whatever decimal is written is read back as it was.
func TestWritingAndReadingAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringMatching(`[=+@'"<&a-z0-9,;村 ]{0,12}`), 1, 8).Draw(t, "texts")
		number := rapid.StringMatching(`-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,5})?`).Draw(t, "number")
		p := Page{Name: "x", Head: []string{"文字", "数"}}
		for _, text := range texts {
			p.Rows = append(p.Rows, []Value{Text("v" + text), Number(number)}, []Value{Text(text), Number(number)})
		}
		for _, write := range []func() ([]byte, error){func() ([]byte, error) { return XLSX(Workbook{Pages: []Page{p}}) }, func() ([]byte, error) { return CSV(p) }} {
			content, err := write()
			if err != nil {
				t.Fatal(err)
			}
			book, err := Read(content, Defaults())
			if err != nil {
				t.Fatal(err)
			}
			table := book.Table([]Column{{Key: "t", Names: []string{"文字"}, Required: true}, {Key: "n", Names: []string{"数"}}}, false)
			if len(table.Faults) > 0 || len(table.Rows) != 2*len(texts) {
				t.Fatalf("%v, %d rows of %d", table.Faults, len(table.Rows), 2*len(texts))
			}
			for i, text := range texts {
				if got := table.Rows[2*i].Text("t"); got != strings.TrimSpace("v"+text) {
					t.Fatalf("%q is read as %q", "v"+text, got)
				}
				want, _ := plain(number)
				got, _ := plain(table.Rows[2*i].Text("n"))
				if got != want {
					t.Fatalf("%s is read as %s", number, got)
				}
			}
		}
	})
}

// A number that a spreadsheet could not hold, or that is none, is text.
func TestNumbersThatAreText(t *testing.T) {
	t.Parallel()
	for text, number := range map[string]bool{"79.50": true, "0": true, "-0.5": true, "123456789012345": true, "1234567890123456": false, "007": false, "1e5": false,
		"": false, "—": false, "+5": false, "5.": false, ".5": false, "0.1234567890123456": false, "NaN": false, "0x10": false, "1_000": false} {
		if Number(text).Number != number {
			t.Errorf("%q is a number: %t", text, !number)
		}
	}
}
