package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"leitai/internal/fault"
)

func itoa(n int) string { return strconv.Itoa(n) }

// grid reads one sheet row by row and gives up at the first row over what is
// left, so that a million rows cost no more than the limit.
func (p parts) grid(s tab, shared []string, limits Limits, left int) (Grid, error) {
	r := &gridReader{grid: Grid{Name: s.name}, shared: shared, limits: limits, left: left}
	err := p.tokens(s.part, func(_ *xml.Decoder, token xml.Token) error { return r.see(token) })
	return r.grid, err
}

// gridReader follows the elements of a sheet.
type gridReader struct {
	grid   Grid
	shared []string
	limits Limits
	left   int

	line   Line
	column int
	kind   string // type of the cell: s, str, inlineStr, b, e, n or ""
	cell   Cell
	value  strings.Builder
	inside bool // a v element
	text   textOf
}

func (r *gridReader) see(token xml.Token) error {
	switch e := token.(type) {
	case xml.StartElement:
		return r.start(e)
	case xml.EndElement:
		return r.end(e)
	case xml.CharData:
		if r.inside {
			r.value.Write(e)
		}
	}
	if r.kind == "inlineStr" {
		r.text.see(token)
	}
	return nil
}

func (r *gridReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		number := r.line.Number + 1
		if text := attr(e, "r"); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < number || n > 1<<20 {
				return damaged("row " + strconv.Quote(cut(text, 12)))
			}
			number = n
		}
		r.line, r.column = Line{Number: number}, -1
	case "c":
		r.column++
		if name := attr(e, "r"); name != "" {
			column, row := columnIndex(name)
			if column < r.column || row != r.line.Number {
				return damaged("cell " + strconv.Quote(cut(name, 12)))
			}
			r.column = column
		}
		r.kind, r.cell = attr(e, "t"), Cell{}
		r.value.Reset()
	case "v":
		r.inside = true
	case "f":
		r.cell.formula = true
	case "mergeCell":
		if s, ok := spanOf(attr(e, "ref")); ok {
			r.grid.merged = append(r.grid.merged, s)
		}
	}
	if r.kind == "inlineStr" {
		r.text.see(e)
	}
	return nil
}

func (r *gridReader) end(e xml.EndElement) error {
	if r.kind == "inlineStr" {
		r.text.see(e)
	}
	switch e.Name.Local {
	case "v":
		r.inside = false
	case "c":
		defer func() { r.kind = "" }()
		return r.put()
	case "row":
		if len(r.line.Cells) == 0 {
			return nil
		}
		if len(r.grid.Lines) >= r.left {
			return fault.New(fault.SheetTooManyRows, "most", itoa(r.limits.Rows)).At("file")
		}
		r.grid.Lines = append(r.grid.Lines, r.line)
	}
	return nil
}

// put takes the cell that just ended into its row, unless it is empty.
func (r *gridReader) put() error {
	raw := r.value.String()
	switch r.kind {
	case "s":
		n, err := strconv.Atoi(raw)
		if err != nil || n < 0 || n >= len(r.shared) {
			return damaged("string " + strconv.Quote(cut(raw, 12)))
		}
		r.cell.Text = tidy(r.shared[n])
	case "inlineStr":
		r.cell.Text = tidy(r.text.take())
	case "b":
		r.cell.Text = map[string]string{"0": "否", "1": "是"}[raw]
	case "e":
		r.cell.Text, r.cell.failed = raw, true
	case "", "n":
		r.cell.Text, r.cell.number = plain(raw)
	default: // str, d
		r.cell.Text = tidy(raw)
	}
	if r.cell.Text == "" && !r.cell.formula {
		return nil
	}
	name := columnName(r.column) + itoa(r.line.Number)
	if r.column >= r.limits.Columns {
		return fault.New(fault.SheetTooWide, "cell", at(r.grid.Name, name), "most", itoa(r.limits.Columns)).At("file").In(r.line.Number, columnName(r.column))
	}
	if utf8.RuneCountInString(r.cell.Text) > r.limits.Cell {
		return fault.New(fault.SheetCellTooLong, "cell", at(r.grid.Name, name), "most", itoa(r.limits.Cell)).At("file").In(r.line.Number, columnName(r.column))
	}
	for len(r.line.Cells) < r.column {
		r.line.Cells = append(r.line.Cells, Cell{})
	}
	r.line.Cells = append(r.line.Cells, r.cell)
	return nil
}

// spanOf reads a range of merged cells such as A1:C2.
func spanOf(ref string) (span, bool) {
	from, to, found := strings.Cut(ref, ":")
	if !found {
		return span{}, false
	}
	s := span{name: ref}
	s.first, s.top = columnIndex(from)
	s.until, s.bottom = columnIndex(to)
	return s, s.first >= 0 && s.until >= s.first && s.bottom >= s.top
}

// at names a cell of a sheet: 评分!B3, or B3 in a CSV.
func at(sheet, cell string) string {
	if sheet == "" {
		return cell
	}
	return sheet + "!" + cell
}

// tidy takes blanks of every kind off both ends, and one leading apostrophe
// that was put there so that the text is no formula.
func tidy(text string) string {
	text = strings.TrimSpace(strings.Trim(text, "\u3000\u00a0\ufeff \t\r\n"))
	if rest, quoted := strings.CutPrefix(text, "'"); quoted && dangerous(rest) {
		return rest
	}
	return text
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
