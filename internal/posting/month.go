package posting

import (
	"leitai/internal/calendar"
	"leitai/internal/template"
)

// State is how a month of days in the village stands.
type State string

// The states of a month. None of them leads to a penalty by itself (Q23).
const (
	OK      State = "OK"
	Excused State = "EXCUSED" // short, and enough of it was approved leave
	Short   State = "SHORT"
)

// Month tells how a month stands: enough days present is OK; with the days of
// approved leave added enough is EXCUSED; else SHORT (D24, Q23). Days excused
// are never counted as days present.
func Month(rule template.Statement, days, excused int) State {
	switch {
	case days >= rule.MinDays:
		return OK
	case days+excused >= rule.MinDays:
		return Excused
	}
	return Short
}

// Days gives how many days a month has, the most that can be stated.
func Days(month calendar.Period) int { return month.Last().Since(month.First()) + 1 }

// TermEnd is the last day of a term of so many months that begins on a day
// (D10): two years from 1 October end on 30 September. A month without the day
// ends the term on its last day.
func TermEnd(from calendar.Date, months int) calendar.Date {
	month := calendar.PeriodOf(calendar.Month, from).Add(months)
	if last := Days(month); from.Day() > last {
		return month.Last()
	}
	return month.First().AddDays(from.Day() - 2)
}
