package calendar

import (
	"fmt"
	"time"

	"leitai/internal/fault"
)

// The years a date or period may be written in: wide enough for any birth date
// or plan, narrow enough to catch a slip such as 0203-04-30.
const (
	firstYear = 1900
	lastYear  = 2999
)

// Date is a day of the calendar: no time, no zone. Dates may be compared with
// == and used as map keys. The zero value means "no date".
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate makes a date; a day that does not exist (30 February) or a year
// outside 1900–2999 is DATE_INVALID.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{year, month, day}
	if year < firstYear || year > lastYear || month < time.January || month > time.December || day < 1 || day > daysIn(year, month) {
		return Date{}, fault.New(fault.DateInvalid, "value", d.String())
	}
	return d, nil
}

// ParseDate reads exactly "2023-04-30". Anything else, and a day that does not
// exist, is a *fault.Fault DATE_INVALID; name its field with ParseDateAt.
func ParseDate(s string) (Date, error) {
	year, month, day, ok := 0, 0, 0, len(s) == 10 && s[4] == '-' && s[7] == '-'
	if ok {
		year, month, day = digits(s[:4]), digits(s[5:7]), digits(s[8:])
	}
	d, err := NewDate(year, time.Month(month), day)
	if err != nil {
		return Date{}, fault.New(fault.DateInvalid, "value", short(s))
	}
	return d, nil
}

// ParseDateAt is ParseDate with the input field named in the fault.
func ParseDateAt(field, s string) (Date, error) {
	d, err := ParseDate(s)
	if err != nil {
		return Date{}, fault.New(fault.DateInvalid, "value", short(s)).At("%s", field)
	}
	return d, nil
}

// MustDate is ParseDate for constants of the program; it panics on an error.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// FromTime gives the date on which an instant falls in a time zone; the zone
// is the tenant's business zone.
func FromTime(t time.Time, zone *time.Location) Date {
	year, month, day := t.In(zone).Date()
	return Date{year, month, day}
}

func fromUTC(t time.Time) Date { return FromTime(t, time.UTC) }

// Start gives the first instant of the date in a time zone.
func (d Date) Start(zone *time.Location) time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, zone)
}

// Year gives the year, for example 2023.
func (d Date) Year() int { return d.year }

// Month gives the month of the year.
func (d Date) Month() time.Month { return d.month }

// Day gives the day of the month, from 1.
func (d Date) Day() int { return d.day }

// IsZero reports whether this is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.Start(time.UTC).Weekday() }

// AddDays gives the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	return fromUTC(time.Date(d.year, d.month, d.day+n, 0, 0, 0, 0, time.UTC))
}

// Since gives the number of days from earlier to d; negative when d is before.
func (d Date) Since(earlier Date) int {
	return int(d.Start(time.UTC).Sub(earlier.Start(time.UTC)) / (24 * time.Hour))
}

// Compare gives −1, 0 or 1 as d is before, on or after other.
func (d Date) Compare(other Date) int {
	return d.Start(time.UTC).Compare(other.Start(time.UTC))
}

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// String prints "2023-04-30"; the zero date prints "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, int(d.month), d.day)
}

// MarshalText writes String, also as a JSON string and as a JSON map key.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote: "" is the zero date, anything
// else goes through ParseDate. Where a date is required, check IsZero.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// daysIn gives the length of a month; day 0 of the next month is its last day.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// digits reads an unsigned number; −1 when there is anything but ASCII digits.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// short keeps an offending value presentable in a message.
func short(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
