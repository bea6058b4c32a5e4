package calendar_test

import (
	"testing"
	"time"

	"leitai/internal/calendar"
)

// The first day of the lunar year, an astronomical fact that the table must
// agree with: it is a holiday everywhere, and named.
func TestSpringFestivals(t *testing.T) {
	t.Parallel()
	for _, date := range []string{
		"2004-01-22", "2005-02-09", "2006-01-29", "2007-02-18", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03", "2012-01-23",
		"2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12",
		"2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17",
	} {
		d := calendar.MustDate(date)
		if e, ok := calendar.Official().Entry(d); !ok || e.Kind != calendar.Holiday || e.Name != "春节" {
			t.Errorf("%s: %+v", date, e)
		}
		worked, why := calendar.Official().Worked(d, calendar.OfficialWorkdays)
		if worked || why.Reason != calendar.IsHoliday || why.Name != "春节" {
			t.Errorf("%s: worked %v, %v", date, worked, why)
		}
	}
}

// Each year's working days, counted apart from the product: an edit of the
// table that drops or adds a day is seen here.
func TestWorkingDaysOfEachYear(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]int{
		2004: 252, 2005: 250, 2006: 251, 2007: 249, 2008: 251, 2009: 250, 2010: 250, 2011: 250, 2012: 249, 2013: 250, 2014: 250, 2015: 249,
		2016: 250, 2017: 249, 2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248,
	} {
		got := 0
		first, _ := calendar.NewDate(year, time.January, 1)
		for d := first; d.Year() == year; d = d.AddDays(1) {
			if worked, _ := calendar.Official().Worked(d, calendar.OfficialWorkdays); worked {
				got++
			}
		}
		if got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

func TestTheZeroTableKnowsWeekendsOnly(t *testing.T) {
	t.Parallel()
	var none calendar.Days
	for date, want := range map[string]bool{"2023-10-01": false, "2023-10-02": true, "2023-10-07": false, "2023-09-30": false, "2023-09-29": true} {
		worked, why := none.Worked(calendar.MustDate(date), calendar.OfficialWorkdays)
		if worked != want || !worked && why.Reason != calendar.IsWeekend {
			t.Errorf("%s: worked %v, %v", date, worked, why)
		}
	}
	o, err := calendar.Schedule(thirtieth, calendar.MustPeriod("2023-09"), none)
	if err != nil || o.Held.String() != "2023-10-02" || len(o.Warnings) != 1 || none.Known(2023) {
		t.Errorf("%+v, %v", o, err)
	}
	own, err := none.With("overrides", []calendar.Entry{entry("2023-10-02", calendar.Holiday)})
	if err != nil {
		t.Fatal(err)
	}
	if o, err := calendar.Schedule(thirtieth, calendar.MustPeriod("2023-09"), own); err != nil || o.Held.String() != "2023-10-03" {
		t.Errorf("with a day off of the tenant: %+v, %v", o, err)
	}
}
