package export

import (
	"archive/zip"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"leitai/internal/sheet"
)

// workbook writes one sheet row by row: rows beyond some megabytes wait in a
// file for the moment of close, which streams them.
type workbook struct {
	out   io.Writer
	file  *excelize.File
	sheet *excelize.StreamWriter
	head  int
	text  int
	digit map[int]int // style of a number with so many decimals
	next  int
	cells []any
}

func newWorkbook(out io.Writer, name string, head []sheet.Value) (*workbook, error) {
	w := &workbook{out: out, file: excelize.NewFile(), digit: map[int]int{}, next: 1, cells: make([]any, len(head))}
	err := w.begin(name, head)
	if err != nil {
		w.discard()
		return nil, err
	}
	return w, nil
}

func (w *workbook) begin(name string, head []sheet.Value) (err error) {
	if err := w.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := w.file.SetDocProps(&excelize.DocProperties{Creator: "leitai", LastModifiedBy: "leitai"}); err != nil {
		return err
	}
	if w.head, err = w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	if w.text, err = w.file.NewStyle(&excelize.Style{NumFmt: 49}); err != nil { // text, whatever it looks like
		return err
	}
	if w.sheet, err = w.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := w.sheet.SetColWidth(1, len(head), 16); err != nil {
		return err
	}
	if err := w.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, v := range head {
		w.cells[i] = excelize.Cell{StyleID: w.head, Value: v.Safe()}
	}
	return w.put()
}

func (w *workbook) put() error {
	err := w.sheet.SetRow("A"+strconv.Itoa(w.next), w.cells)
	w.next++
	return err
}

func (w *workbook) row(values []sheet.Value) error {
	for i, v := range values {
		switch {
		case v.Text == "":
			w.cells[i] = nil
		case v.Number:
			cell, err := w.number(v.Text)
			if err != nil {
				return err
			}
			w.cells[i] = cell
		default:
			w.cells[i] = excelize.Cell{StyleID: w.text, Value: v.Safe()}
		}
	}
	return w.put()
}

// number is a cell of a decimal. A number here has fifteen digits at most, so
// that its shortest form comes back from the float unchanged.
func (w *workbook) number(text string) (excelize.Cell, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return excelize.Cell{}, err
	}
	_, fraction, _ := strings.Cut(text, ".")
	style, known := w.digit[len(fraction)]
	if !known {
		format := "0"
		if fraction != "" {
			format += "." + strings.Repeat("0", len(fraction))
		}
		if style, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return excelize.Cell{}, err
		}
		w.digit[len(fraction)] = style
	}
	return excelize.Cell{StyleID: style, Value: value}, nil
}

// close streams the workbook: the library would gather it in memory, unless it
// is given another archive to write into.
func (w *workbook) close() error {
	if err := w.sheet.Flush(); err != nil {
		return err
	}
	var archive *zip.Writer
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		archive = zip.NewWriter(w.out)
		return archive
	})
	_, err := w.file.WriteToBuffer()
	return err
}

func (w *workbook) discard() { _ = w.file.Close() } // temporary files of its own
