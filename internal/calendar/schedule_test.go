package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

var thirtieth = calendar.Rule{Day: 30, Clamp: calendar.ClampMonthEnd, Roll: calendar.RollNext, Workdays: calendar.OfficialWorkdays}

// covers A17, A18, Q1, Q2, Q3
func TestScheduleOfTheThirtieth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		period, nominal, held, literal string
		clamped, crosses               bool
		rolled                         int
		why                            string
	}{
		{period: "2023-02", nominal: "2023-02-28", held: "2023-02-28", literal: "2023-02-28", clamped: true},
		{period: "2023-03", nominal: "2023-03-30", held: "2023-03-30", literal: "2023-03-30"},
		{"2023-04", "2023-04-30", "2023-05-04", "2023-05-04", false, true, 4, "2023-04-30 holiday, 2023-05-01 holiday, 2023-05-02 holiday, 2023-05-03 holiday"},
		{period: "2023-05", nominal: "2023-05-30", held: "2023-05-30", literal: "2023-05-30"},
		{"2023-07", "2023-07-30", "2023-07-31", "2023-07-31", false, false, 1, "2023-07-30 weekend"},
		{"2023-09", "2023-09-30", "2023-10-07", "2023-10-09", false, true, 7, "2023-09-30 holiday, 2023-10-01 holiday, 2023-10-02 holiday, 2023-10-03 holiday, 2023-10-04 holiday, 2023-10-05 holiday, 2023-10-06 holiday"},
		{"2023-12", "2023-12-30", "2024-01-02", "2024-01-02", false, true, 3, "2023-12-30 weekend, 2023-12-31 weekend, 2024-01-01 holiday"},
		{period: "2024-02", nominal: "2024-02-29", held: "2024-02-29", literal: "2024-02-29", clamped: true},
		{"2024-03", "2024-03-30", "2024-04-01", "2024-04-01", false, true, 2, "2024-03-30 weekend, 2024-03-31 weekend"},
	} {
		o, err := calendar.Schedule(thirtieth, calendar.MustPeriod(c.period), calendar.Official())
		if err != nil {
			t.Fatal(c.period, err)
		}
		if o.Period.String() != c.period || o.Nominal.String() != c.nominal || o.Held.String() != c.held || o.Clamped != c.clamped ||
			o.CrossesMonth != c.crosses || o.RolledDays != c.rolled || joined(o.Why) != c.why || o.Skipped || len(o.Warnings) != 0 {
			t.Errorf("%s: %+v", c.period, o)
		}
		literal := thirtieth
		literal.Workdays = calendar.LiteralWorkdays
		if o, err := calendar.Schedule(literal, calendar.MustPeriod(c.period), calendar.Official()); err != nil || o.Held.String() != c.literal {
			t.Errorf("%s without make-up days: %+v, %v", c.period, o, err)
		}
	}
}

func joined(passed []calendar.Passed) string {
	words := make([]string, len(passed))
	for i, p := range passed {
		words[i] = p.String()
	}
	return strings.Join(words, ", ")
}

// April's round is held in May, and so is May's: both keep their period.
//
// covers Q3
func TestTwoRoundsMayFallInOneMonth(t *testing.T) {
	t.Parallel()
	months, _ := calendar.Range(calendar.MustPeriod("2023-04"), calendar.MustPeriod("2023-05"))
	plan, warnings, err := calendar.Plan(thirtieth, months, calendar.Official())
	if err != nil || len(warnings) != 0 || len(plan) != 2 {
		t.Fatal(plan, warnings, err)
	}
	if plan[0].Held.Month() != time.May || plan[1].Held.Month() != time.May || plan[0].Period == plan[1].Period {
		t.Errorf("held on %v and %v", plan[0].Held, plan[1].Held)
	}
}

// covers Q2
func TestPassedMakeupDayIsNamed(t *testing.T) {
	t.Parallel()
	rule := thirtieth
	rule.Workdays = calendar.LiteralWorkdays
	o, err := calendar.Schedule(rule, calendar.MustPeriod("2023-09"), calendar.Official())
	if err != nil {
		t.Fatal(err)
	}
	if got := joined(o.Why[7:]); got != "2023-10-07 makeup-not-counted, 2023-10-08 makeup-not-counted" {
		t.Error(got)
	}
	if o.Why[0].Name != "国庆节" || o.RolledDays != 9 {
		t.Errorf("%+v", o)
	}
}

// covers Q1
func TestClampOrSkip(t *testing.T) {
	t.Parallel()
	rule := thirtieth
	rule.Clamp = calendar.ClampSkip
	for period, skipped := range map[string]bool{"2023-02": true, "2024-02": true, "2023-03": false, "2023-04": false} {
		o, err := calendar.Schedule(rule, calendar.MustPeriod(period), calendar.Official())
		if err != nil || o.Skipped != skipped || o.Held.IsZero() != skipped || o.Clamped {
			t.Errorf("%s: %+v, %v", period, o, err)
		}
	}
	rule.Day, rule.Clamp = 31, calendar.ClampMonthEnd
	if o, err := calendar.Schedule(rule, calendar.MustPeriod("2023-06"), calendar.Official()); err != nil || !o.Clamped || o.Nominal.String() != "2023-06-30" {
		t.Errorf("31 June: %+v, %v", o, err)
	}
}

func TestRollDirections(t *testing.T) {
	t.Parallel()
	rule := thirtieth
	rule.Roll = calendar.RollPrevious
	o, err := calendar.Schedule(rule, calendar.MustPeriod("2023-04"), calendar.Official())
	if err != nil || o.Held.String() != "2023-04-28" || o.RolledDays != -2 || o.CrossesMonth || joined(o.Why) != "2023-04-30 holiday, 2023-04-29 holiday" {
		t.Errorf("brought forward: %+v, %v", o, err)
	}
	rule.Roll = calendar.RollNone
	o, err = calendar.Schedule(rule, calendar.MustPeriod("2031-08"), calendar.Official())
	if err != nil || o.Held != o.Nominal || o.RolledDays != 0 || len(o.Why) != 0 || len(o.Warnings) != 0 {
		t.Errorf("held regardless: %+v, %v", o, err)
	}
}

func TestLongerPeriodsAreHeldInTheirLastMonth(t *testing.T) {
	t.Parallel()
	for period, want := range map[string]string{"2023-Q2": "2023-06-30", "2023-H1": "2023-06-30", "2022": "2022-12-30", "2023-Q4": "2024-01-02"} {
		if o, err := calendar.Schedule(thirtieth, calendar.MustPeriod(period), calendar.Official()); err != nil || o.Held.String() != want {
			t.Errorf("%s: %+v, %v", period, o, err)
		}
	}
}

func TestEmptySettingsAreTheDefaults(t *testing.T) {
	t.Parallel()
	for _, period := range []string{"2023-02", "2023-04", "2023-09"} {
		want, _ := calendar.Schedule(thirtieth, calendar.MustPeriod(period), calendar.Official())
		got, err := calendar.Schedule(calendar.Rule{Day: 30}, calendar.MustPeriod(period), calendar.Official())
		if err != nil || got.Held != want.Held || got.Clamped != want.Clamped {
			t.Errorf("%s: %+v, %v", period, got, err)
		}
	}
}

func TestBadRuleListsEverySetting(t *testing.T) {
	t.Parallel()
	rule := calendar.Rule{Day: 32, Clamp: "x", Roll: "FORWARD", Workdays: "y"}
	_, err := calendar.Schedule(rule, calendar.MustPeriod("2023-04"), calendar.Official())
	var fields []string
	for _, f := range fault.All(err) {
		fields = append(fields, f.Field)
	}
	if want := []string{"calendar.day", "calendar.clamp", "calendar.roll", "calendar.workdays"}; !slices.Equal(fields, want) {
		t.Errorf("got %v", fields)
	}
	if bad := (calendar.Rule{}).Check("c"); len(bad) != 1 || bad[0].Field != "c.day" {
		t.Errorf("a rule without a day: %v", bad)
	}
	if _, err := calendar.Schedule(thirtieth, calendar.Period{}, calendar.Official()); fault.CodeOf(err) != fault.PeriodInvalid {
		t.Errorf("no period: %v", err)
	}
	if _, _, err := calendar.Plan(thirtieth, []calendar.Period{{}}, calendar.Official()); fault.CodeOf(err) != fault.PeriodInvalid {
		t.Errorf("a plan of no period: %v", err)
	}
}

// covers A18
func TestHeldDayIsTheNearestWorkday(t *testing.T) {
	t.Parallel()
	first := calendar.MustPeriod("2004-01")
	rapid.Check(t, func(t *rapid.T) {
		rule := calendar.Rule{
			Day:      rapid.IntRange(1, 31).Draw(t, "day"),
			Roll:     rapid.SampledFrom([]calendar.Roll{calendar.RollNext, calendar.RollPrevious}).Draw(t, "roll"),
			Workdays: rapid.SampledFrom([]calendar.Workdays{calendar.OfficialWorkdays, calendar.LiteralWorkdays}).Draw(t, "workdays"),
		}
		o, err := calendar.Schedule(rule, first.Add(rapid.IntRange(0, 400).Draw(t, "month")), calendar.Official())
		if err != nil {
			t.Fatal(err)
		}
		if worked, _ := calendar.Official().Worked(o.Held, rule.Workdays); !worked {
			t.Fatalf("held on a day off: %+v", o)
		}
		if o.RolledDays != o.Held.Since(o.Nominal) || len(o.Why) != max(o.RolledDays, -o.RolledDays) || !o.Period.Contains(o.Nominal) {
			t.Fatalf("days passed over do not lead from nominal to held: %+v", o)
		}
		for _, p := range o.Why {
			if worked, why := calendar.Official().Worked(p.Date, rule.Workdays); worked || why != p {
				t.Fatalf("%v was passed over: %+v", p, o)
			}
		}
		if unknown := !calendar.Official().Known(o.Nominal.Year()) || !calendar.Official().Known(o.Held.Year()); unknown != (len(o.Warnings) > 0) {
			t.Fatalf("warnings %v for %+v", o.Warnings, o)
		}
	})
}
