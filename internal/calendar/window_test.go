package calendar_test

import (
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

func window(t *testing.T, from, to string, next bool) calendar.Window {
	t.Helper()
	first, err := calendar.ParseMonthDay(from)
	if err != nil {
		t.Fatal(err)
	}
	last, err := calendar.ParseMonthDay(to)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Window{From: first, To: last, NextYear: next}
}

// A yearly window begins on its first working day, in the year or the one after.
// covers E01
func TestScheduleWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from, to, period string
		next                   bool
		roll                   calendar.Roll
		held, until            string
		rolled                 int
	}{
		{"assessed in January of the next year", "01-07", "01-17", "2021", true, calendar.RollNext, "2022-01-07", "2022-01-17", 0},
		{"the same year", "12-01", "12-31", "2022", false, calendar.RollNext, "2022-12-01", "2022-12-31", 0},
		{"begins on a holiday", "10-01", "10-20", "2023", false, calendar.RollNext, "2023-10-07", "2023-10-20", 6},
		{"regardless of days off", "10-01", "10-20", "2023", false, calendar.RollNone, "2023-10-01", "2023-10-20", 0},
		{"never before its first day", "10-01", "10-20", "2023", false, calendar.RollPrevious, "2023-10-07", "2023-10-20", 6},
		{"no working day in it", "10-01", "10-05", "2023", false, calendar.RollNext, "2023-10-01", "2023-10-05", 0},
		{"one day", "03-01", "03-01", "2023", false, calendar.RollNext, "2023-03-01", "2023-03-01", 0},
		{"to the end of February", "02-20", "02-29", "2023", false, calendar.RollNext, "2023-02-20", "2023-02-28", 0},
	} {
		o, until, err := calendar.ScheduleWindow(calendar.Rule{Roll: c.roll}, window(t, c.from, c.to, c.next), calendar.MustPeriod(c.period), calendar.Official())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if o.Held.String() != c.held || until.String() != c.until || o.RolledDays != c.rolled || o.Period.String() != c.period || o.Held.After(until) || len(o.Why) != c.rolled {
			t.Errorf("%s: held %s until %s, %d days later, passed over %v", c.name, o.Held, until, o.RolledDays, o.Why)
		}
	}
}

func TestAWindowIsOfAYear(t *testing.T) {
	t.Parallel()
	for _, period := range []calendar.Period{calendar.MustPeriod("2023-04"), calendar.MustPeriod("2023-Q2"), {}} {
		if _, _, err := calendar.ScheduleWindow(calendar.Rule{}, window(t, "01-07", "01-17", false), period, calendar.Official()); fault.CodeOf(err) != fault.PeriodCadence {
			t.Errorf("%s: %v", period, err)
		}
	}
	o, _, err := calendar.ScheduleWindow(calendar.Rule{}, window(t, "01-07", "01-17", false), calendar.MustPeriod("2099"), calendar.Official())
	if err != nil || len(o.Warnings) != 1 || o.Warnings[0].Code != fault.CalendarYearUnknown {
		t.Errorf("2099: %v, %v", o.Warnings, err)
	}
}
