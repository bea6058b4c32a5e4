package calendar

import (
	"maps"
	"time"

	"leitai/internal/fault"
)

// EntryKind says what an entry makes of its date.
type EntryKind string

// Holiday is a day off, Workday a weekend day that is worked (调休上班日).
const (
	Holiday EntryKind = "holiday"
	Workday EntryKind = "workday"
)

// Entry is one exceptional day: of the official table, or of a tenant.
type Entry struct {
	Date Date      `json:"date"`
	Kind EntryKind `json:"kind"`
	Name string    `json:"name,omitempty"` // the holiday it belongs to, for example 国庆节
}

// Workdays says how make-up workdays count (Q2). Empty means Official.
type Workdays string

// Under OfficialWorkdays a weekend day declared a workday is worked; under
// LiteralWorkdays no Saturday or Sunday ever is.
const (
	OfficialWorkdays Workdays = "official"
	LiteralWorkdays  Workdays = "literal"
)

// Reason says why a day is not worked.
type Reason string

// The reasons; a holiday that falls on a weekend is a holiday, and a make-up
// workday that is passed over because of LiteralWorkdays says so.
const (
	IsHoliday      Reason = "holiday"
	IsWeekend      Reason = "weekend"
	MakeupNotTaken Reason = "makeup-not-counted"
)

// Days knows which days are worked. The zero value knows no holidays at all:
// only weekends are off, and every year is unknown. Days is never changed after
// it is made and may be shared.
type Days struct {
	entries map[Date]Entry
	years   map[int]bool
}

// NewDays makes a table from entries; the years they fall in count as known.
// Every entry without a date, of an unknown kind or with a repeated date is
// listed in the fault.List returned, with its index under field.
func NewDays(field string, entries []Entry) (Days, error) {
	days, err := Days{}.With(field, entries)
	if err != nil {
		return Days{}, err
	}
	for _, e := range entries {
		days.years[e.Date.year] = true
	}
	return days, nil
}

// With gives the table with a tenant's own entries laid over it: an entry
// replaces the official one of the same date. Entries alone do not make a year
// known, because a village fair says nothing about the Spring Festival; list
// the years whose holidays the tenant has entered completely. Bad entries are
// all listed, as in NewDays.
func (d Days) With(field string, entries []Entry, complete ...int) (Days, error) {
	if bad := check(field, entries); len(bad) > 0 {
		return Days{}, bad
	}
	merged := Days{entries: map[Date]Entry{}, years: map[int]bool{}}
	maps.Copy(merged.entries, d.entries)
	maps.Copy(merged.years, d.years)
	for _, e := range entries {
		merged.entries[e.Date] = e
	}
	for _, year := range complete {
		merged.years[year] = true
	}
	return merged, nil
}

// check lists every fault of a list of entries.
func check(field string, entries []Entry) fault.List {
	var bad fault.List
	seen := make(map[Date]bool, len(entries))
	for i, e := range entries {
		if e.Date.IsZero() {
			bad = append(bad, fault.New(fault.DateInvalid, "value", "").At("%s[%d].date", field, i))
		} else if seen[e.Date] {
			bad = append(bad, fault.New(fault.CalendarDayDuplicate, "date", e.Date.String()).At("%s[%d].date", field, i))
		}
		seen[e.Date] = true
		if e.Kind != Holiday && e.Kind != Workday {
			bad = append(bad, fault.New(fault.CalendarKindInvalid, "value", short(string(e.Kind))).At("%s[%d].kind", field, i))
		}
	}
	return bad
}

// Known reports whether the holidays of a year are known.
func (d Days) Known(year int) bool { return d.years[year] }

// Entry gives the exceptional entry of a date, if there is one.
func (d Days) Entry(date Date) (Entry, bool) {
	e, ok := d.entries[date]
	return e, ok
}

// Worked reports whether a date is a working day; when it is not, Passed says
// why.
func (d Days) Worked(date Date, workdays Workdays) (bool, Passed) {
	weekday := date.Weekday()
	weekend := weekday == time.Saturday || weekday == time.Sunday
	e := d.entries[date]
	switch {
	case e.Kind == Holiday:
		return false, Passed{date, IsHoliday, e.Name}
	case weekend && e.Kind == Workday && workdays == LiteralWorkdays:
		return false, Passed{date, MakeupNotTaken, e.Name}
	case weekend && e.Kind != Workday:
		return false, Passed{date, IsWeekend, ""}
	}
	return true, Passed{}
}
