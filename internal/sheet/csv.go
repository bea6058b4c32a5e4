package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"leitai/internal/fault"
)

// readCSV reads text separated by commas, semicolons or tabs, in UTF-8 with or
// without a mark, or in GB18030 as Chinese office programs save it.
func readCSV(content []byte, limits Limits) (*Book, error) {
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, fault.New(fault.SheetFormat, "value", "binary").At("file")
	}
	text, err := decoded(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")))
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma(text), -1, true
	grid := Grid{}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return &Book{Sheets: []Grid{grid}}, nil
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, fault.New(fault.SheetCSV, "row", itoa(wrong.Line)).At("file").In(wrong.Line, "")
		}
		if err != nil {
			return nil, err
		}
		number, _ := r.FieldPos(0)
		line, err := lineOf(record, number, limits)
		if err != nil {
			return nil, err
		}
		if len(line.Cells) == 0 {
			continue
		}
		if len(grid.Lines) >= limits.Rows {
			return nil, fault.New(fault.SheetTooManyRows, "most", itoa(limits.Rows)).At("file")
		}
		grid.Lines = append(grid.Lines, line)
	}
}

func lineOf(record []string, number int, limits Limits) (Line, error) {
	line := Line{Number: number}
	for i, field := range record {
		text := tidy(field)
		if text == "" {
			continue
		}
		name := columnName(i)
		if i >= limits.Columns {
			return line, fault.New(fault.SheetTooWide, "cell", name+itoa(number), "most", itoa(limits.Columns)).At("file").In(number, name)
		}
		if utf8.RuneCountInString(text) > limits.Cell {
			return line, fault.New(fault.SheetCellTooLong, "cell", name+itoa(number), "most", itoa(limits.Cell)).At("file").In(number, name)
		}
		for len(line.Cells) < i {
			line.Cells = append(line.Cells, Cell{})
		}
		line.Cells = append(line.Cells, Cell{Text: text})
	}
	return line, nil
}

// decoded is the text in UTF-8; bytes that are neither UTF-8 nor GB18030 are
// refused with their line.
func decoded(content []byte) (string, error) {
	if utf8.Valid(content) {
		return string(content), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
	if err != nil {
		return "", fault.New(fault.SheetEncoding, "row", "1").At("file").In(1, "")
	}
	if bad := bytes.IndexRune(text, utf8.RuneError); bad >= 0 {
		row := 1 + bytes.Count(text[:bad], []byte("\n"))
		return "", fault.New(fault.SheetEncoding, "row", itoa(row)).At("file").In(row, "")
	}
	return string(text), nil
}

// comma is the separator that stands most often in the first line.
func comma(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(first, ",")
	for _, other := range []rune{'\t', ';'} {
		if n := strings.Count(first, string(other)); n > most {
			best, most = other, n
		}
	}
	return best
}
