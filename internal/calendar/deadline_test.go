package calendar_test

import (
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

func TestAfterWorkdays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, due, literal string
		n                  int
	}{
		{"2023-05-08", "2023-05-11", "2023-05-11", 3}, // Monday to Thursday
		{"2023-05-11", "2023-05-16", "2023-05-16", 3}, // over a weekend
		{"2023-04-27", "2023-05-05", "2023-05-05", 3}, // over Labour Day
		{"2023-05-04", "2023-05-08", "2023-05-09", 3}, // Saturday the 6th is made up for
		{"2023-09-28", "2023-10-07", "2023-10-09", 1},
		{"2023-04-30", "2023-04-30", "2023-04-30", 0},
	} {
		got, err := calendar.AfterWorkdays(calendar.MustDate(c.from), c.n, calendar.OfficialWorkdays, calendar.Official())
		if err != nil || got.Due.String() != c.due || len(got.Warnings) != 0 {
			t.Errorf("%d workdays after %s: %+v, %v", c.n, c.from, got, err)
		}
		literal, err := calendar.AfterWorkdays(calendar.MustDate(c.from), c.n, calendar.LiteralWorkdays, calendar.Official())
		if err != nil || literal.Due.String() != c.literal {
			t.Errorf("%d weekdays after %s: %+v, %v", c.n, c.from, literal, err)
		}
	}
}

func TestAfterDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, stays, rolls string
		n                  int
	}{
		{"2023-05-08", "2023-05-11", "2023-05-11", 3},
		{"2023-04-28", "2023-05-01", "2023-05-04", 3},
		{"2023-09-28", "2023-10-08", "2023-10-08", 10}, // a make-up Sunday
		{"2023-07-29", "2023-07-29", "2023-07-31", 0},
	} {
		stays, err := calendar.AfterDays(calendar.MustDate(c.from), c.n, calendar.RollNone, calendar.OfficialWorkdays, calendar.Official())
		if err != nil || stays.Due.String() != c.stays || len(stays.Passed) != 0 {
			t.Errorf("%d days after %s: %+v, %v", c.n, c.from, stays, err)
		}
		rolls, err := calendar.AfterDays(calendar.MustDate(c.from), c.n, calendar.RollNext, calendar.OfficialWorkdays, calendar.Official())
		if err != nil || rolls.Due.String() != c.rolls || len(rolls.Passed) != rolls.Due.Since(stays.Due) {
			t.Errorf("%d days after %s, rolled: %+v, %v", c.n, c.from, rolls, err)
		}
	}
}

func TestDeadlineCountsEveryWorkdayOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, n := anyDate().Draw(t, "from"), rapid.IntRange(0, 60).Draw(t, "n")
		d, err := calendar.AfterWorkdays(from, n, calendar.OfficialWorkdays, calendar.Official())
		if err != nil {
			t.Fatal(err)
		}
		if worked := d.Due.Since(from) - len(d.Passed); worked != n {
			t.Fatalf("%d working days in %+v", worked, d)
		}
		if n > 0 {
			if ok, _ := calendar.Official().Worked(d.Due, calendar.OfficialWorkdays); !ok {
				t.Fatalf("due on a day off: %+v", d)
			}
		}
	})
}

func TestDeadlineBounds(t *testing.T) {
	t.Parallel()
	from := calendar.MustDate("2023-04-30")
	for _, n := range []int{-1, 3661, 1 << 40} {
		if _, err := calendar.AfterWorkdays(from, n, calendar.OfficialWorkdays, calendar.Official()); fault.CodeOf(err) != fault.DayCountInvalid {
			t.Errorf("%d workdays: %v", n, err)
		}
		if _, err := calendar.AfterDays(from, n, calendar.RollNone, calendar.OfficialWorkdays, calendar.Official()); fault.CodeOf(err) != fault.DayCountInvalid {
			t.Errorf("%d days: %v", n, err)
		}
	}
	far, err := calendar.AfterWorkdays(calendar.MustDate("2026-12-25"), 10, calendar.OfficialWorkdays, calendar.Official())
	if err != nil || len(far.Warnings) != 1 || far.Warnings[0].Args["year"] != "2027" {
		t.Errorf("%+v, %v", far, err)
	}
}
