package golden

import (
	"testing"

	"leitai/internal/calendar"
)

type calendarCase struct {
	Rule struct {
		DayOfMonth      int    `json:"dayOfMonth"`
		ClampToMonthEnd bool   `json:"clampToMonthEnd"`
		Roll            string `json:"roll"`
	} `json:"rule"`
	Holidays       []calendar.Date   `json:"holidays"`
	MakeupWorkdays []calendar.Date   `json:"makeupWorkdays"`
	Months         []calendar.Period `json:"months"`
}

type calendarRow struct {
	Period                  string   `json:"period"`
	Nominal                 string   `json:"nominal"`
	Clamped                 bool     `json:"clamped"`
	Held                    string   `json:"held"`
	HeldIfMakeupDaysIgnored string   `json:"heldIfMakeupDaysIgnored"`
	RolledDays              int      `json:"rolledDays"`
	CrossesMonth            bool     `json:"crossesMonth"`
	Why                     []string `json:"why"`
}

// covers A14, A17, A18, Q1, Q2, Q3
func runCalendar(t *testing.T, input, expected []byte) {
	t.Helper()
	var in calendarCase
	var want struct{ Rows []calendarRow }
	decode(t, input, &in)
	decode(t, expected, &want)

	var entries []calendar.Entry
	for _, d := range in.Holidays {
		entries = append(entries, calendar.Entry{Date: d, Kind: calendar.Holiday})
	}
	for _, d := range in.MakeupWorkdays {
		entries = append(entries, calendar.Entry{Date: d, Kind: calendar.Workday})
	}
	days, err := calendar.NewDays("holidays", entries)
	if err != nil {
		t.Fatal(err)
	}
	official := calendar.Rule{Day: in.Rule.DayOfMonth, Clamp: calendar.ClampSkip, Roll: rollOf(t, in.Rule.Roll), Workdays: calendar.OfficialWorkdays}
	if in.Rule.ClampToMonthEnd {
		official.Clamp = calendar.ClampMonthEnd
	}
	literal := official
	literal.Workdays = calendar.LiteralWorkdays

	var got []calendarRow
	for _, period := range in.Months {
		o, err := calendar.Schedule(official, period, days)
		if err != nil {
			t.Fatal(err)
		}
		ignoring, err := calendar.Schedule(literal, period, days)
		if err != nil {
			t.Fatal(err)
		}
		row := calendarRow{
			Period: period.String(), Nominal: o.Nominal.String(), Clamped: o.Clamped, Held: o.Held.String(),
			HeldIfMakeupDaysIgnored: ignoring.Held.String(), RolledDays: o.RolledDays, CrossesMonth: o.CrossesMonth, Why: []string{},
		}
		for _, passed := range o.Why {
			row.Why = append(row.Why, passed.String())
		}
		got = append(got, row)
	}
	for i := range max(len(got), len(want.Rows)) {
		if i >= len(got) || i >= len(want.Rows) {
			t.Fatalf("%d rows, want %d", len(got), len(want.Rows))
		}
		same(t, "row "+got[i].Period, got[i], want.Rows[i])
	}
}

func rollOf(t *testing.T, roll string) calendar.Roll {
	t.Helper()
	rolls := map[string]calendar.Roll{"FORWARD": calendar.RollNext, "BACKWARD": calendar.RollPrevious, "NONE": calendar.RollNone}
	r, ok := rolls[roll]
	if !ok {
		t.Fatalf("the case rolls %q, which is unknown", roll)
	}
	return r
}
