package calendar_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

func TestOfficialTable(t *testing.T) {
	t.Parallel()
	days := calendar.Official()
	holidays, workdays := 0, 0
	for d := calendar.MustDate("2004-01-01"); d.Year() <= 2026; d = d.AddDays(1) {
		e, ok := days.Entry(d)
		switch {
		case ok && e.Name == "":
			t.Errorf("%v has no name", d)
		case ok && e.Kind == calendar.Holiday:
			holidays++
		case ok:
			workdays++
			if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
				t.Errorf("%v is made up for on a %v", d, wd)
			}
		}
	}
	if holidays+workdays != 769 || holidays < 500 {
		t.Errorf("%d holidays and %d make-up workdays", holidays, workdays)
	}
	for year := 2004; year <= 2026; year++ {
		for _, day := range []string{"-01-01", "-05-01", "-10-01"} {
			d := calendar.MustDate(calendar.PeriodOf(calendar.Year, calendar.MustDate("2004-01-01")).Add(year-2004).String() + day)
			if worked, why := days.Worked(d, calendar.OfficialWorkdays); worked || why.Reason != calendar.IsHoliday {
				t.Errorf("%v is worked", d)
			}
		}
		if !days.Known(year) {
			t.Errorf("%d is not known", year)
		}
	}
	if days.Known(2003) || days.Known(2027) {
		t.Error("years without data are known")
	}
}

func TestUnknownYearWarnsOnceAndUsesWeekends(t *testing.T) {
	t.Parallel()
	o, err := calendar.Schedule(calendar.Rule{Day: 1}, calendar.MustPeriod("2027-10"), calendar.Official())
	if err != nil || o.Held.String() != "2027-10-01" || len(o.Warnings) != 1 || o.Warnings[0].Code != fault.CalendarYearUnknown || o.Warnings[0].Args["year"] != "2027" {
		t.Fatalf("%+v, %v", o, err)
	}
	across, err := calendar.Schedule(thirtieth, calendar.MustPeriod("2028-12"), calendar.Official())
	if err != nil || across.Held.String() != "2029-01-01" || len(across.Warnings) != 2 {
		t.Errorf("%+v, %v", across, err)
	}
	year, _ := calendar.Range(calendar.MustPeriod("2026-11"), calendar.MustPeriod("2027-12"))
	_, warnings, err := calendar.Plan(thirtieth, year, calendar.Official())
	if err != nil || len(warnings) != 1 {
		t.Errorf("a plan into 2027 warns %v, %v", warnings, err)
	}
}

func entry(date string, kind calendar.EntryKind) calendar.Entry {
	return calendar.Entry{Date: calendar.MustDate(date), Kind: kind, Name: "赶集日"}
}

// covers A18, Q2
func TestTenantOverrides(t *testing.T) {
	t.Parallel()
	own, err := calendar.Official().With("overrides", []calendar.Entry{
		entry("2023-05-30", calendar.Holiday), entry("2023-07-30", calendar.Workday), entry("2023-05-03", calendar.Workday),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ period, own, literal, official string }{
		{"2023-05", "2023-05-31", "2023-05-31", "2023-05-30"}, // a day off of the tenant
		{"2023-07", "2023-07-30", "2023-07-31", "2023-07-31"}, // a Sunday the tenant works
		{"2023-04", "2023-05-03", "2023-05-03", "2023-05-04"}, // an official holiday the tenant works
	} {
		literal := thirtieth
		literal.Workdays = calendar.LiteralWorkdays
		period := calendar.MustPeriod(c.period)
		mine, _ := calendar.Schedule(thirtieth, period, own)
		read, _ := calendar.Schedule(literal, period, own)
		all, _ := calendar.Schedule(thirtieth, period, calendar.Official())
		if mine.Held.String() != c.own || read.Held.String() != c.literal || all.Held.String() != c.official {
			t.Errorf("%s: %v, literally %v, officially %v", c.period, mine.Held, read.Held, all.Held)
		}
	}
}

func TestOverridesDoNotMakeAYearKnownUnlessComplete(t *testing.T) {
	t.Parallel()
	fair := []calendar.Entry{entry("2027-03-01", calendar.Holiday)}
	some, _ := calendar.Official().With("overrides", fair)
	whole, _ := calendar.Official().With("overrides", fair, 2027)
	if some.Known(2027) || !whole.Known(2027) || calendar.Official().Known(2027) {
		t.Error("the years known are wrong")
	}
	if _, ok := calendar.Official().Entry(calendar.MustDate("2027-03-01")); ok {
		t.Error("an override reached the official table")
	}
}

func TestBadEntriesAreAllListed(t *testing.T) {
	t.Parallel()
	_, err := calendar.Official().With("overrides", []calendar.Entry{
		entry("2023-05-30", calendar.Holiday), {Kind: calendar.Holiday}, entry("2023-05-30", calendar.Workday), entry("2023-06-01", "off"),
	})
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, string(f.Code)+" "+f.Field)
	}
	want := []string{"DATE_INVALID overrides[1].date", "CALENDAR_DAY_DUPLICATE overrides[2].date", "CALENDAR_KIND_INVALID overrides[3].kind"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if _, err := calendar.NewDays("days", []calendar.Entry{{}}); err == nil {
		t.Error("a table with an empty entry was made")
	}
}

func TestAYearOfHolidaysIsRefused(t *testing.T) {
	t.Parallel()
	var all []calendar.Entry
	for d := calendar.MustDate("2023-04-01"); d.Year() == 2023; d = d.AddDays(1) {
		all = append(all, entry(d.String(), calendar.Holiday))
	}
	days, err := calendar.NewDays("days", all)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := calendar.Schedule(thirtieth, calendar.MustPeriod("2023-04"), days); fault.CodeOf(err) != fault.CalendarNoWorkday {
		t.Errorf("scheduled: %v", err)
	}
	if _, err := calendar.AfterWorkdays(calendar.MustDate("2023-04-30"), 3, calendar.OfficialWorkdays, days); fault.CodeOf(err) != fault.CalendarNoWorkday {
		t.Errorf("deadline: %v", err)
	}
	if _, err := calendar.AfterDays(calendar.MustDate("2023-04-30"), 3, calendar.RollNext, calendar.OfficialWorkdays, days); fault.CodeOf(err) != fault.CalendarNoWorkday {
		t.Errorf("rolled deadline: %v", err)
	}
}

func TestReadEntries(t *testing.T) {
	t.Parallel()
	entries, err := calendar.ReadEntries(strings.NewReader("\ufeffdate,kind,name\r\n2027-01-01,holiday,元旦\r\n\r\n2027-01-03,workday,\"元旦, 补班\"\r\n"))
	if err != nil || len(entries) != 2 || entries[1].Kind != calendar.Workday || entries[1].Name != "元旦, 补班" {
		t.Fatalf("%+v, %v", entries, err)
	}
	table := "date,kind,name\n2027-02-30,holiday,x\n2027-01-01,holiday,x\n\n2027-01-01,off,x\n2027-01-05,holiday\n2027-01-06,ho\"liday,x\n2027-01-07,holiday,x\n"
	_, err = calendar.ReadEntries(strings.NewReader(table))
	type at struct {
		code   fault.Code
		row    int
		column string
	}
	var got []at
	for _, f := range fault.All(err) {
		got = append(got, at{f.Code, f.Place.Row, f.Place.Column})
	}
	want := []at{
		{fault.DateInvalid, 2, "date"}, {fault.CalendarDayDuplicate, 5, "date"}, {fault.CalendarKindInvalid, 5, "kind"},
		{fault.CalendarRowInvalid, 6, "date"}, {fault.CalendarRowInvalid, 7, "date"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	for _, header := range []string{"", "date;kind;name\n", "name,kind,date\n", "date,kind\n", "\"date,kind,name\n"} {
		if _, err := calendar.ReadEntries(strings.NewReader(header)); fault.CodeOf(err) != fault.CalendarHeaderInvalid {
			t.Errorf("header %q: %v", header, err)
		}
	}
	long := "date,kind,name\n" + strings.Repeat("x\n", 20_000)
	if _, err := calendar.ReadEntries(strings.NewReader(long)); !errors.Is(err, fault.New(fault.CalendarTooLong)) {
		t.Errorf("a long table: %.100v", err)
	}
}

func TestReadEntriesPassesOnWhatTheReaderSays(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line is cut")
	for _, text := range []string{"", "date,kind,name\n2027-01-01,holiday,元旦\n"} {
		if _, err := calendar.ReadEntries(&cut{text: strings.NewReader(text), err: broken}); !errors.Is(err, broken) {
			t.Errorf("after %q: %v", text, err)
		}
	}
}

// cut is a reader that fails with err where the text ends.
type cut struct {
	text *strings.Reader
	err  error
}

func (c *cut) Read(p []byte) (int, error) {
	if c.text.Len() == 0 {
		return 0, c.err
	}
	return c.text.Read(p)
}
