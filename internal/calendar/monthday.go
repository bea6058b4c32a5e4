package calendar

import (
	"fmt"
	"time"

	"leitai/internal/fault"
)

// MonthDay is a day of every year, such as the due date 06-30 of a document or
// an end of a yearly window (E01, E27).
type MonthDay struct {
	month time.Month
	day   int
}

// ParseMonthDay reads exactly "06-30"; "02-29" is allowed. Anything else is a
// *fault.Fault MONTH_DAY_INVALID.
func ParseMonthDay(s string) (MonthDay, error) {
	const leapYear = 2000
	month, day := 0, 0
	if len(s) == 5 && s[2] == '-' {
		month, day = digits(s[:2]), digits(s[3:])
	}
	if month < 1 || month > 12 || day < 1 || day > daysIn(leapYear, time.Month(month)) {
		return MonthDay{}, fault.New(fault.MonthDayInvalid, "value", short(s))
	}
	return MonthDay{time.Month(month), day}, nil
}

// In gives the date in a year; 29 February becomes the 28th in a common year.
func (m MonthDay) In(year int) Date {
	return Date{year, m.month, min(m.day, daysIn(year, m.month))}
}

// String prints "06-30".
func (m MonthDay) String() string { return fmt.Sprintf("%02d-%02d", int(m.month), m.day) }
