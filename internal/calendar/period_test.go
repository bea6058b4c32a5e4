package calendar_test

import (
	"errors"
	"slices"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

func TestPeriodEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ period, first, last, next, previous string }{
		{"2023-04", "2023-04-01", "2023-04-30", "2023-05", "2023-03"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-03", "2024-01"},
		{"2023-12", "2023-12-01", "2023-12-31", "2024-01", "2023-11"},
		{"2023-01", "2023-01-01", "2023-01-31", "2023-02", "2022-12"},
		{"2023-Q1", "2023-01-01", "2023-03-31", "2023-Q2", "2022-Q4"},
		{"2023-Q4", "2023-10-01", "2023-12-31", "2024-Q1", "2023-Q3"},
		{"2023-H1", "2023-01-01", "2023-06-30", "2023-H2", "2022-H2"},
		{"2023-H2", "2023-07-01", "2023-12-31", "2024-H1", "2023-H1"},
		{"2023", "2023-01-01", "2023-12-31", "2024", "2022"},
	} {
		p := calendar.MustPeriod(c.period)
		got := []string{p.String(), p.First().String(), p.Last().String(), p.Next().String(), p.Previous().String()}
		if want := []string{c.period, c.first, c.last, c.next, c.previous}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if !p.Contains(p.First()) || !p.Contains(p.Last()) || p.Contains(p.Last().AddDays(1)) || p.Contains(p.First().AddDays(-1)) {
			t.Errorf("%v contains the wrong days", p)
		}
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "2023-", "2023-00", "2023-13", "2023-4", "2023-Q0", "2023-Q5", "2023-H3", "2023-H0", "2023-q1", "2023-04-01", "23-04",
		"202304", "1899", "3000-01", "-023-04", "2023-Q", "2023-QQ", "2023-0a", "２０２３", "20233", "2023-+1", "2023--1",
	} {
		if p, err := calendar.ParsePeriod(s); !errors.Is(err, fault.New(fault.PeriodInvalid)) || !p.IsZero() {
			t.Errorf("%q: %v, %v", s, p, err)
		}
	}
}

func TestPeriodWithinLongerOnes(t *testing.T) {
	t.Parallel()
	april := calendar.MustPeriod("2023-04")
	for cadence, want := range map[calendar.Cadence]string{
		calendar.Month: "2023-04", calendar.Quarter: "2023-Q2", calendar.HalfYear: "2023-H1", calendar.Year: "2023",
	} {
		if p, ok := april.In(cadence); !ok || p.String() != want || p.Cadence() != cadence || p.Year() != 2023 {
			t.Errorf("%s: %v, %v", cadence, p, ok)
		}
	}
	if p, ok := calendar.MustPeriod("2023-H1").In(calendar.Month); ok {
		t.Errorf("a half-year lies in the month %v", p)
	}
	if p, ok := april.In("week"); ok {
		t.Errorf("a month lies in the week %v", p)
	}
	months := calendar.MustPeriod("2023-H2").Months()
	if len(months) != 6 || months[0].String() != "2023-07" || months[5].String() != "2023-12" {
		t.Errorf("the months of 2023-H2 are %v", months)
	}
}

func TestRange(t *testing.T) {
	t.Parallel()
	got, err := calendar.Range(calendar.MustPeriod("2023-11"), calendar.MustPeriod("2024-02"))
	if err != nil || len(got) != 4 || got[2].String() != "2024-01" {
		t.Errorf("got %v, %v", got, err)
	}
	if one, err := calendar.Range(got[0], got[0]); err != nil || len(one) != 1 {
		t.Errorf("one period: %v, %v", one, err)
	}
	for _, c := range [][2]calendar.Period{
		{calendar.MustPeriod("2023-04"), calendar.MustPeriod("2023-03")},
		{calendar.MustPeriod("2023-04"), calendar.MustPeriod("2023-Q4")},
		{calendar.MustPeriod("1900-01"), calendar.MustPeriod("2999-12")},
		{{}, {}}, {{}, calendar.MustPeriod("2023-04")},
	} {
		if got, err := calendar.Range(c[0], c[1]); !errors.Is(err, fault.New(fault.PeriodRangeInvalid)) {
			t.Errorf("%v to %v: %v, %v", c[0], c[1], got, err)
		}
	}
}

func TestPeriodsTileTheCalendar(t *testing.T) {
	t.Parallel()
	cadences := []calendar.Cadence{calendar.Month, calendar.Quarter, calendar.HalfYear, calendar.Year}
	rapid.Check(t, func(t *rapid.T) {
		d, c := anyDate().Draw(t, "date"), rapid.SampledFrom(cadences).Draw(t, "cadence")
		n := rapid.IntRange(-300, 300).Draw(t, "n")
		p := calendar.PeriodOf(c, d)
		if !p.Contains(d) || p.Next().First() != p.Last().AddDays(1) || p.Next().Previous() != p {
			t.Fatalf("%v of %v", p, d)
		}
		if p.Add(n).Add(-n) != p || p.Add(n).Compare(p) != max(-1, min(1, n)) {
			t.Fatalf("%v + %d = %v", p, n, p.Add(n))
		}
		back, err := calendar.ParsePeriod(p.String())
		if err != nil || back != p {
			t.Fatalf("%v reads back as %v, %v", p, back, err)
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2023", "2023-04", "2023-Q2", "2023-H1", "2023-", "2023-Q9", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if (err == nil) != (p.String() == s && s != "") {
			t.Errorf("%q: %v, %v", s, p, err)
		}
	})
}

func TestPeriodsSortByStartThenLength(t *testing.T) {
	t.Parallel()
	want := []string{"2022-12", "2023-01", "2023-Q1", "2023-H1", "2023", "2023-04", "2023-Q2", "2023-07", "2023-H2", "2024-01"}
	periods := make([]calendar.Period, len(want))
	for i, s := range want {
		periods[len(want)-1-i] = calendar.MustPeriod(s)
	}
	slices.SortFunc(periods, calendar.Period.Compare)
	for i, p := range periods {
		if p.String() != want[i] {
			t.Fatalf("sorted %v", periods)
		}
	}
}

func TestMistakesOfTheProgramPanic(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(){
		"an unknown cadence": func() { calendar.PeriodOf("week", calendar.MustDate("2023-04-30")) },
		"a constant period":  func() { calendar.MustPeriod("2023-13") }, "a constant date": func() { calendar.MustDate("2023-02-30") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error(name, "does not panic")
				}
			}()
			f()
		}()
	}
}
