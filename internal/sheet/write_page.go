package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// styles are the looks of cells; numbers have one per count of decimals.
type styles struct {
	file               *excelize.File
	title, head, text  int
	note               int
	decimals           map[int]int
	border             []excelize.Border
	centred, leftBound *excelize.Alignment
}

func newStyles(f *excelize.File) (*styles, error) {
	s := &styles{file: f, decimals: map[int]int{}}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		s.border = append(s.border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	s.centred = &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	s.leftBound = &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}
	for _, made := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: "方正小标宋简体", Size: 18}, Alignment: s.centred}},
		{&s.head, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 11}, Alignment: s.centred, Border: s.border}},
		{&s.text, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 11}, Alignment: s.leftBound, Border: s.border, NumFmt: 49}},
		{&s.note, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 10}, Alignment: s.leftBound}},
	} {
		id, err := f.NewStyle(&made.style)
		if err != nil {
			return nil, err
		}
		*made.id = id
	}
	return s, nil
}

// number is the style of a number with so many decimals.
func (s *styles) number(decimals int) (int, error) {
	if id, known := s.decimals[decimals]; known {
		return id, nil
	}
	format := "0"
	if decimals > 0 {
		format += "." + strings.Repeat("0", decimals)
	}
	id, err := s.file.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 11}, Alignment: s.centred, Border: s.border, CustomNumFmt: &format})
	s.decimals[decimals] = id
	return id, err
}

// pageWriter writes one page; the first error stops it.
type pageWriter struct {
	f      *excelize.File
	styles *styles
	sheet  string
	page   Page
	row    int
	err    error
}

func (w *pageWriter) write() error {
	width := max(len(w.page.Head), 1)
	last := columnName(width - 1)
	if w.page.Title != "" {
		w.row++
		w.put(0, Text(w.page.Title), w.styles.title)
		w.try(func() error { return w.f.MergeCell(w.sheet, "A1", last+"1") })
		w.try(func() error { return w.f.SetRowHeight(w.sheet, 1, 32) })
	}
	w.row++
	head := w.row
	for i, text := range w.page.Head {
		w.put(i, Text(text), w.styles.head)
	}
	for _, row := range w.page.Rows {
		w.row++
		for i, v := range row {
			w.put(i, v, w.styles.text)
		}
	}
	if w.page.Note != "" {
		w.row++
		w.put(0, Text(w.page.Note), w.styles.note)
		w.try(func() error { return w.f.MergeCell(w.sheet, "A"+itoa(w.row), last+itoa(w.row)) })
		w.try(func() error { return w.f.SetRowHeight(w.sheet, w.row, 45) })
	}
	for i := range w.page.Head {
		w.try(func() error { return w.widen(columnName(i), fitted(w.page, i)) })
	}
	w.layout(head)
	return w.err
}

// layout freezes the headings, repeats them on every printed page and fits the
// page to the paper's width.
func (w *pageWriter) layout(head int) {
	w.try(func() error {
		return w.f.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: "A" + itoa(head+1), ActivePane: "bottomLeft"})
	})
	orientation, a4, once, endless := "portrait", 9, 1, 0
	if w.page.Wide {
		orientation = "landscape"
	}
	fit := true
	w.try(func() error { return w.f.SetSheetProps(w.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}) })
	w.try(func() error {
		return w.f.SetPageLayout(w.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &once, FitToHeight: &endless})
	})
	w.try(func() error {
		quoted := "'" + strings.ReplaceAll(w.sheet, "'", "''") + "'"
		return w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: w.sheet, RefersTo: quoted + "!$" + itoa(head) + ":$" + itoa(head)})
	})
}

// widen sets the width of a column, in the steps that a page needs: the library
// takes a width as a float, which this room has none of.
func (w *pageWriter) widen(column string, characters int) error {
	switch {
	case characters <= 6:
		return w.f.SetColWidth(w.sheet, column, column, 8)
	case characters <= 10:
		return w.f.SetColWidth(w.sheet, column, column, 12)
	case characters <= 14:
		return w.f.SetColWidth(w.sheet, column, column, 16)
	case characters <= 20:
		return w.f.SetColWidth(w.sheet, column, column, 22)
	case characters <= 32:
		return w.f.SetColWidth(w.sheet, column, column, 34)
	}
	return w.f.SetColWidth(w.sheet, column, column, 50)
}

// fitted is the width of a column: as the page says, or of its longest text,
// where a Chinese character counts two.
func fitted(p Page, column int) int {
	if column < len(p.Widths) && p.Widths[column] > 0 {
		return p.Widths[column]
	}
	widest := columns(p.Head[column])
	for _, row := range p.Rows {
		if column < len(row) {
			widest = max(widest, columns(row[column].Text))
		}
	}
	return widest
}

func columns(text string) int {
	n := 0
	for _, c := range text {
		n++
		if c >= 0x2000 {
			n++
		}
	}
	return n
}

func (w *pageWriter) try(do func() error) {
	if w.err == nil {
		w.err = do()
	}
}

// put writes a cell: a number in its own digits, everything else as text.
func (w *pageWriter) put(column int, v Value, style int) {
	cell := columnName(column) + itoa(w.row)
	w.try(func() (err error) {
		if v.Number {
			_, fraction, _ := strings.Cut(v.Text, ".")
			if style, err = w.styles.number(len(fraction)); err == nil {
				err = w.f.SetCellDefault(w.sheet, cell, v.Text)
			}
		} else {
			err = w.f.SetCellStr(w.sheet, cell, safe(v.Text))
		}
		if err != nil {
			return err
		}
		return w.f.SetCellStyle(w.sheet, cell, cell, style)
	})
}

// restamped writes the archive again with one time for every part and the parts
// in one order, so that the same pages give the same bytes.
func restamped(content []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(archive.File, func(a, b *zip.File) int {
		first := func(f *zip.File) int {
			if f.Name == "[Content_Types].xml" {
				return 0
			}
			return 1
		}
		if d := first(a) - first(b); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range archive.File {
		if err := again(w, f); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func again(w *zip.Writer, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = io.Copy(part, r) //nolint:gosec // our own archive
	return err
}
