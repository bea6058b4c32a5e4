package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Value is one cell to be written.
type Value struct {
	Text   string
	Number bool // Text is a decimal and is written as a number
}

// Text is a cell of text; text that a program might take for a formula is kept
// from it when it is written.
func Text(text string) Value { return Value{Text: text} }

// Number is a cell of a decimal number such as 79.50, shown with the decimals
// it has; what is no decimal, and what is longer than a spreadsheet can hold
// exactly, is written as text.
func Number(decimal string) Value {
	digits := strings.TrimLeft(strings.ReplaceAll(strings.TrimPrefix(decimal, "-"), ".", ""), "0")
	m := stored.FindStringSubmatch(decimal)
	return Value{Text: decimal, Number: m != nil && m[1] != "+" && m[2] != "" && m[4] == "" && !strings.HasSuffix(decimal, ".") &&
		!strings.ContainsAny(decimal, "eE") && len(digits) <= significant && (len(m[2]) == 1 || m[2][0] != '0')}
}

// Page is one sheet to be written: a title above, headings, rows, and a note
// below.
type Page struct {
	Name   string
	Title  string
	Head   []string
	Widths []int // of the columns, in characters; 0: fitted
	Rows   [][]Value
	Note   string
	Wide   bool // printed across
}

// Workbook is sheets to be written together.
type Workbook struct{ Pages []Page }

// dangerous reports whether a spreadsheet might take a text for a formula; the
// full-width signs are those that Chinese input turns into narrow ones.
func dangerous(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// safe puts an apostrophe before a text that might be taken for a formula.
func safe(text string) string {
	if dangerous(text) {
		return "'" + text
	}
	return text
}

// CSV writes headings and rows with a mark of UTF-8, so that office programs
// read Chinese as it is.
func CSV(p Page) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head := make([]string, len(p.Head))
	for i, text := range p.Head {
		head[i] = safe(text)
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, row := range p.Rows {
		record := make([]string, len(row))
		for i, v := range row {
			record[i] = v.Safe()
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// XLSX writes a workbook. The same pages give the same bytes.
func XLSX(w Workbook) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // nothing of it is on a disk
	styles, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for i, p := range w.Pages {
		name := sheetName(p.Name, i, names)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = (&pageWriter{f: f, styles: styles, sheet: name, page: p}).write()
		}
		if err != nil {
			return nil, err
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "leitai", LastModifiedBy: "leitai", Created: "1980-01-01T00:00:00Z", Modified: "1980-01-01T00:00:00Z"}); err != nil {
		return nil, err
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return restamped(out.Bytes())
}

// sheetName makes a name that spreadsheets accept: at most 31 characters, none
// of :\/?*[] and no other sheet's.
func sheetName(name string, index int, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, c) || c < ' ' {
			return '_'
		}
		return c
	}, name), " ")
	if name == "" {
		name = "表" + itoa(index+1)
	}
	runes := []rune(name)
	name = string(runes[:min(len(runes), 28)])
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = string(runes[:min(len(runes), 26)]) + "~" + itoa(n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// Safe gives the text of a cell as every table written here holds it: kept from
// being taken for a formula by an apostrophe, unless it is a number.
func (v Value) Safe() string {
	if v.Number {
		return v.Text
	}
	return safe(v.Text)
}
