package calendar

import (
	"strconv"

	"leitai/internal/fault"
)

// maxDeadline is the longest period that is counted in days: ten years.
const maxDeadline = 3660

// Deadline is the last day, inclusive, of a number of days that starts the day
// after From: three days from Monday end on Thursday (公示期三天). Zero days end
// on From itself.
type Deadline struct {
	From     Date       `json:"from"`
	Due      Date       `json:"due"`
	Passed   []Passed   `json:"passed"` // days that did not count, in order
	Warnings fault.List `json:"-"`      // CALENDAR_YEAR_UNKNOWN, one a year
}

// AfterWorkdays counts n working days (0 to 3660); days off in between do not
// count and are listed. A count out of range is DAY_COUNT_INVALID.
func AfterWorkdays(from Date, n int, workdays Workdays, days Days) (Deadline, error) {
	if err := checkCount(n); err != nil {
		return Deadline{}, err
	}
	m := move{to: from}
	for left, idle := n, 0; left > 0; {
		m.to = m.to.AddDays(1)
		if m.see(days, workdays) {
			left, idle = left-1, 0
		} else if idle++; idle > maxRoll {
			return Deadline{}, fault.New(fault.CalendarNoWorkday, "date", m.to.AddDays(-idle).String(), "days", strconv.Itoa(maxRoll))
		}
	}
	return Deadline{From: from, Due: m.to, Passed: append([]Passed{}, m.passed...), Warnings: m.warnings()}, nil
}

// AfterDays counts n calendar days (0 to 3660). With RollNext a deadline that
// falls on a day off moves to the next working day; with RollNone it stays. A
// count out of range is DAY_COUNT_INVALID.
func AfterDays(from Date, n int, way Roll, workdays Workdays, days Days) (Deadline, error) {
	if err := checkCount(n); err != nil {
		return Deadline{}, err
	}
	m, err := days.roll(from.AddDays(n), way, workdays)
	if err != nil {
		return Deadline{}, err
	}
	return Deadline{From: from, Due: m.to, Passed: append([]Passed{}, m.passed...), Warnings: m.warnings()}, nil
}

func checkCount(n int) error {
	if n < 0 || n > maxDeadline {
		return fault.New(fault.DayCountInvalid, "value", strconv.Itoa(n), "most", strconv.Itoa(maxDeadline))
	}
	return nil
}
