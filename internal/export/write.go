package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"

	"leitai/internal/sheet"
)

// writer writes rows one after another. discard follows in any case and gives
// back what close left.
type writer interface {
	row(values []sheet.Value) error
	close() error
	discard()
}

func newWriter(out io.Writer, r Request, columns []Column) (writer, error) {
	head := make([]sheet.Value, len(columns))
	for i, c := range columns {
		head[i] = sheet.Text(c.in(r.Language))
	}
	switch r.Format {
	case JSONL:
		return &jsonLines{out: bufio.NewWriter(out), columns: columns}, nil
	case XLSX:
		return newWorkbook(out, names[r.Kind].in(r.Language), head)
	default:
		if _, err := io.WriteString(out, "\xef\xbb\xbf"); err != nil { // so that office programs read Chinese as it is
			return nil, err
		}
		w := &commas{out: csv.NewWriter(out), record: make([]string, len(columns))}
		w.out.UseCRLF = true
		return w, w.row(head)
	}
}

// commas writes CSV.
type commas struct {
	out    *csv.Writer
	record []string
}

func (w *commas) row(values []sheet.Value) error {
	for i, v := range values {
		w.record[i] = v.Safe()
	}
	return w.out.Write(w.record)
}

func (w *commas) close() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *commas) discard() {}

// jsonLines writes an object a line: numbers with the digits they have, what is
// empty as null. Programs read it, so that no text is changed.
type jsonLines struct {
	out     *bufio.Writer
	columns []Column
	line    []byte
}

func (w *jsonLines) row(values []sheet.Value) error {
	w.line = append(w.line[:0], '{')
	for i, v := range values {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		name, err := json.Marshal(w.columns[i].Key)
		if err != nil {
			return err
		}
		w.line = append(append(w.line, name...), ':')
		switch {
		case v.Text == "":
			w.line = append(w.line, "null"...)
		case v.Number:
			w.line = append(w.line, v.Text...)
		default:
			text, err := json.Marshal(v.Text)
			if err != nil {
				return err
			}
			w.line = append(w.line, text...)
		}
	}
	_, err := w.out.Write(append(w.line, "}\n"...))
	return err
}

func (w *jsonLines) close() error { return w.out.Flush() }

func (w *jsonLines) discard() {}
