package calendar

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"

	"leitai/internal/fault"
)

// holidaysCN is the table of public holidays and make-up workdays of mainland
// China, 2004–2026, as announced each year by the General Office of the State
// Council (国务院办公厅关于部分节假日安排的通知). A new year is added by appending
// its rows.
//
//go:embed holidays-cn.csv
var holidaysCN string

// Official gives the embedded table of public holidays and make-up workdays.
func Official() Days { return official() }

var official = sync.OnceValue(func() Days {
	entries, err := ReadEntries(strings.NewReader(holidaysCN))
	if err != nil {
		panic("calendar: the embedded holidays: " + err.Error())
	}
	days, err := NewDays("holidays", entries)
	if err != nil {
		panic("calendar: the embedded holidays: " + err.Error())
	}
	return days
})

// maxEntries bounds a table that a tenant sends: a century of busy years.
const maxEntries = 10_000

// ReadEntries reads a `date,kind,name` table with its header. It gives either
// every entry or every bad row with its row (the header is row 1), column and
// code; repeated dates are bad. Other errors are those of the reader.
func ReadEntries(r io.Reader) ([]Entry, error) {
	table := csv.NewReader(r)
	table.FieldsPerRecord = -1
	if err := readHeader(table); err != nil {
		return nil, err
	}
	var entries []Entry
	var bad fault.List
	seen := map[Date]bool{}
	for len(entries)+len(bad) < maxEntries {
		record, err := table.Read()
		var damaged *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return entries, bad.Err()
		case errors.As(err, &damaged):
			bad = append(bad, fault.New(fault.CalendarRowInvalid).In(damaged.Line, "date"))
			continue
		case err != nil:
			return nil, err
		}
		row, _ := table.FieldPos(0)
		if len(record) != 3 {
			bad = append(bad, fault.New(fault.CalendarRowInvalid).In(row, "date"))
			continue
		}
		e, faults := readEntry(row, record, seen)
		entries, bad = append(entries, e), append(bad, faults...)
	}
	return nil, append(bad, fault.New(fault.CalendarTooLong, "most", strconv.Itoa(maxEntries)))
}

// readHeader reads the first row, with or without a byte order mark.
func readHeader(table *csv.Reader) error {
	record, err := table.Read()
	var damaged *csv.ParseError
	if err != nil && !errors.Is(err, io.EOF) && !errors.As(err, &damaged) {
		return err
	}
	if header := strings.TrimPrefix(strings.Join(record, ","), "\ufeff"); header != "date,kind,name" {
		return fault.List{fault.New(fault.CalendarHeaderInvalid, "value", short(header)).In(1, "date")}
	}
	return nil
}

// readEntry reads one row and remembers its date.
func readEntry(row int, record []string, seen map[Date]bool) (Entry, fault.List) {
	var bad fault.List
	date, err := ParseDate(record[0])
	for _, f := range fault.All(err) {
		bad = append(bad, f.In(row, "date"))
	}
	if err == nil && seen[date] {
		bad = append(bad, fault.New(fault.CalendarDayDuplicate, "date", record[0]).In(row, "date"))
	}
	seen[date] = true
	kind := EntryKind(record[1])
	if kind != Holiday && kind != Workday {
		bad = append(bad, fault.New(fault.CalendarKindInvalid, "value", short(record[1])).In(row, "kind"))
	}
	return Entry{date, kind, record[2]}, bad
}
