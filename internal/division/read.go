package division

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"leitai/internal/fault"
)

// Bounds of a table: three times the national one.
const (
	maxRows  = 2_000_000
	maxBytes = 200 << 20
	maxLine  = 4096 // bytes
	maxName  = 100  // characters
)

// Options of Read.
type Options struct {
	// Known tells whether a code that is not in the file may be a parent
	// nevertheless, because it was imported before; nil: none may.
	Known func(code string) bool
}

// Read reads a whole `code,name,parent` table, with its header, in UTF-8 with or
// without a byte order mark; parents may follow their children, blank lines are
// passed over and spaces around a value dropped. It is all or nothing: either a
// table without fault, or a fault.List with every bad row, its column and code,
// in the order of the file (of more than a thousand, the first thousand and
// DIVISION_TOO_MANY_ERRORS with their number). An error of the reader itself is
// returned as it is.
func Read(r io.Reader, options Options) (*Table, error) {
	t, found := &Table{}, &faults{}
	lines := bufio.NewReaderSize(r, maxLine)
	row, total, headed := 0, 0, false
	for {
		line, size, err := nextLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, readFault(err)
		}
		if total += size; total > maxBytes || row > maxRows {
			return nil, fault.List{fault.New(fault.DivisionTableTooLarge, "rows", strconv.Itoa(maxRows), "megabytes", strconv.Itoa(maxBytes>>20)).In(row, "code")}
		}
		if size == 0 && err != nil {
			break
		}
		row++
		switch {
		case !headed:
			if bad := checkHeader(line); bad != nil {
				return nil, fault.List{bad}
			}
			headed = true
		case line != "" || size > maxLine:
			t.read(row, line, size, found)
		}
	}
	if !headed {
		return nil, fault.List{fault.New(fault.DivisionHeaderInvalid, "value", "").In(1, "code")}
	}
	t.check(options, found)
	if len(t.keys) == 0 && found.total == 0 {
		return nil, fault.List{fault.New(fault.DivisionTableEmpty).In(2, "code")}
	}
	if err := found.err(); err != nil {
		return nil, err
	}
	return t, nil
}

func checkHeader(line string) *fault.Fault {
	header := strings.TrimPrefix(line, "\ufeff")
	if strings.ReplaceAll(strings.ReplaceAll(header, `"`, ""), " ", "") != "code,name,parent" {
		return fault.New(fault.DivisionHeaderInvalid, "value", short(header)).In(1, "code")
	}
	return nil
}

// read checks one line by itself and keeps it when its code can be told, so
// that a bad name does not make its children orphans.
func (t *Table) read(row int, line string, size int, found *faults) {
	fields, ok := split(line)
	if !ok || size > maxLine {
		found.add(fault.New(fault.DivisionRowInvalid, "most", strconv.Itoa(maxLine)).In(row, "code"))
		return
	}
	code, name, parent := fields[0], fields[1], fields[2]
	if _, ok := LevelOf(code); !ok {
		found.add(fault.New(fault.DivisionCodeInvalid, "value", short(code)).In(row, "code"))
		return
	}
	switch {
	case name == "":
		found.add(fault.New(fault.DivisionNameEmpty, "code", code).In(row, "name"))
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) || utf8.RuneCountInString(name) > maxName:
		found.add(fault.New(fault.DivisionNameInvalid, "code", code, "most", strconv.Itoa(maxName)).In(row, "name"))
		name = ""
	}
	if _, ok := LevelOf(parent); parent != "" && !ok {
		found.add(fault.New(fault.DivisionCodeInvalid, "value", short(parent)).In(row, "parent"))
		t.add(row, code, name, unreadable)
		return
	}
	t.add(row, code, name, parentKey(parent))
}

// unreadable stands for a parent that is no code and was reported already.
const unreadable key = 1

func parentKey(parent string) key {
	if parent == "" {
		return 0
	}
	return keyOf(parent)
}

// split gives the three values of a line; a quoted value may hold commas.
func split(line string) ([]string, bool) {
	fields := strings.Split(line, ",")
	if strings.Contains(line, `"`) {
		var err error
		if fields, err = csv.NewReader(strings.NewReader(line)).Read(); err != nil {
			return nil, false
		}
	}
	for i, field := range fields {
		fields[i] = strings.TrimSpace(field)
	}
	return fields, len(fields) == 3
}

// short keeps an offending value presentable in a message.
func short(s string) string {
	const most = 40
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
