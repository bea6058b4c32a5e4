package calendar_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

func TestParseDateRefusesWhatIsNoDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "2023-02-30", "2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-04-00", "2023-4-30", "23-04-30",
		"2023/04/30", "20230430", "2023-04-30T00:00:00Z", " 2023-04-30", "2023-04-30 ", "+023-04-30", "2023--4-30", "-023-04-30",
		"0203-04-30", "1899-12-31", "3000-01-01", "２０２３-04-30", "2023-0４-30", "2023-04-3\n", "1900-02-29",
	} {
		d, err := calendar.ParseDateAt("notice.date", s)
		if !errors.Is(err, fault.New(fault.DateInvalid)) || !d.IsZero() {
			t.Errorf("%q: got %v, %v", s, d, err)
			continue
		}
		f := fault.All(err)[0]
		if f.Field != "notice.date" || f.Args["value"] != s {
			t.Errorf("%q: fault names field %q, value %q", s, f.Field, f.Args["value"])
		}
	}
	for _, s := range []string{"2024-02-29", "2000-02-29", "1900-01-01", "2999-12-31"} {
		if d, err := calendar.ParseDate(s); err != nil || d.String() != s {
			t.Errorf("%q: got %v, %v", s, d, err)
		}
	}
}

func TestParseDateKeepsHostileValuesShort(t *testing.T) {
	t.Parallel()
	_, err := calendar.ParseDate(string(make([]byte, 1<<20)))
	if got := fault.All(err)[0].Args["value"]; len(got) > 200 {
		t.Errorf("the message carries %d bytes of the input", len(got))
	}
}

func anyDate() *rapid.Generator[calendar.Date] {
	return rapid.Custom(func(t *rapid.T) calendar.Date {
		return calendar.MustDate("1950-01-01").AddDays(rapid.IntRange(0, 60_000).Draw(t, "days"))
	})
}

func TestDateArithmeticAgreesWithTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDate().Draw(t, "date"), rapid.IntRange(-4000, 4000).Draw(t, "n")
		moved := d.AddDays(n)
		if moved.Since(d) != n || moved.AddDays(-n) != d {
			t.Fatalf("%v + %d = %v", d, n, moved)
		}
		if want := d.Start(time.UTC).AddDate(0, 0, n); moved.Weekday() != want.Weekday() || moved.String() != want.Format(time.DateOnly) {
			t.Fatalf("%v + %d = %v, want %v", d, n, moved, want)
		}
		if d.Before(moved) != (n > 0) || d.After(moved) != (n < 0) || (d.Compare(moved) == 0) != (n == 0) {
			t.Fatalf("%v and %v are ordered wrongly", d, moved)
		}
		back, err := calendar.ParseDate(moved.String())
		if err != nil || back != moved {
			t.Fatalf("%v reads back as %v, %v", moved, back, err)
		}
	})
}

func TestDateOfAnInstantIsThatOfTheZone(t *testing.T) {
	t.Parallel()
	shanghai := time.FixedZone("Asia/Shanghai", 8*3600)
	instant := time.Date(2023, 4, 29, 16, 0, 0, 0, time.UTC)
	if got := calendar.FromTime(instant, shanghai); got != calendar.MustDate("2023-04-30") {
		t.Errorf("in Shanghai it is %v", got)
	}
	if got := calendar.FromTime(instant.Add(-time.Nanosecond), shanghai); got != calendar.MustDate("2023-04-29") {
		t.Errorf("a nanosecond before midnight it is %v", got)
	}
	if got := calendar.MustDate("2023-04-30").Start(shanghai); !got.Equal(instant) {
		t.Errorf("the day starts at %v", got)
	}
	d := calendar.MustDate("2023-04-30")
	if d.Year() != 2023 || d.Month() != time.April || d.Day() != 30 || d.Weekday() != time.Sunday {
		t.Errorf("parts of %v", d)
	}
	if _, err := calendar.NewDate(2023, time.February, 29); err == nil {
		t.Error("29 February 2023 was made")
	}
}

func TestDateAndPeriodInJSON(t *testing.T) {
	t.Parallel()
	type doc struct {
		On     calendar.Date         `json:"on"`
		Period calendar.Period       `json:"period"`
		ByDay  map[calendar.Date]int `json:"byDay"`
		None   calendar.Date         `json:"none"`
	}
	in := doc{On: calendar.MustDate("2023-04-30"), Period: calendar.MustPeriod("2023-H1"), ByDay: map[calendar.Date]int{calendar.MustDate("2024-02-29"): 1}}
	data, err := json.Marshal(in)
	if want := `{"on":"2023-04-30","period":"2023-H1","byDay":{"2024-02-29":1},"none":""}`; err != nil || string(data) != want {
		t.Fatalf("got %s, %v", data, err)
	}
	var out doc
	if err := json.Unmarshal(data, &out); err != nil || out.On != in.On || out.Period != in.Period || !out.None.IsZero() {
		t.Fatalf("read back %+v, %v", out, err)
	}
	for _, bad := range []string{`{"on":"2023-02-30"}`, `{"period":"2023-13"}`, `{"on":20230430}`} {
		kept := in
		if err := json.Unmarshal([]byte(bad), &kept); err == nil || kept.On != in.On || kept.Period != in.Period {
			t.Errorf("%s: read as %+v, %v", bad, kept, err)
		}
	}
}

func TestMonthDay(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"06-30": "2023-06-30", "02-29": "2023-02-28", "01-07": "2023-01-07", "12-31": "2023-12-31"} {
		m, err := calendar.ParseMonthDay(s)
		if err != nil || m.In(2023).String() != want || m.String() != s {
			t.Errorf("%s: %v in 2023, %v", s, m.In(2023), err)
		}
	}
	if leap, _ := calendar.ParseMonthDay("02-29"); leap.In(2024).String() != "2024-02-29" {
		t.Errorf("29 February 2024 is %v", leap.In(2024))
	}
	for _, s := range []string{"", "6-30", "06-31", "13-01", "00-01", "02-30", "06/30", "2023-06-30", "06-3a"} {
		if _, err := calendar.ParseMonthDay(s); !errors.Is(err, fault.New(fault.MonthDayInvalid)) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2023-04-30", "2023-02-30", "0000-00-00", "2024-02-29", "\xff023-04-30", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		if (err == nil) != (d.String() == s && s != "") {
			t.Errorf("%q: %v, %v", s, d, err)
		}
		want, timeErr := time.Parse(time.DateOnly, s)
		if err == nil && (timeErr != nil || want.Format(time.DateOnly) != s) {
			t.Errorf("%q is a date here and none for the standard library", s)
		}
	})
}
