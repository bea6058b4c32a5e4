package calendar

import "leitai/internal/fault"

// Window is a span of days of a year in which a yearly round is held (E01).
// From is not after To.
type Window struct {
	From, To MonthDay
	NextYear bool // of the year after the period: 2021 is assessed in January 2022
}

// ScheduleWindow dates the round of a year by a window: its nominal day is the
// first of the window, and it begins on the first working day in it, by the
// rule's Roll and Workdays. A window without a working day begins on its first
// day all the same. It also gives the last day of the window. A period that is
// no year is PERIOD_CADENCE.
func ScheduleWindow(rule Rule, w Window, period Period, days Days) (Occasion, Date, error) {
	if period.IsZero() || period.Cadence() != Year {
		return Occasion{}, Date{}, fault.New(fault.PeriodCadence, "value", period.String(), "want", "2023").At("period")
	}
	rule = rule.withDefaults()
	year := period.Year()
	if w.NextYear {
		year++
	}
	first, last := w.From.In(year), w.To.In(year)
	moved := move{to: first}
	if rule.Roll != RollNone {
		var err error
		if moved, err = days.roll(first, RollNext, rule.Workdays); err != nil {
			return Occasion{}, Date{}, err
		}
	}
	if moved.to.After(last) {
		moved.to, moved.passed = first, nil
	}
	o := Occasion{Period: period, Nominal: first, Held: moved.to, RolledDays: moved.to.Since(first), Warnings: moved.warnings()}
	o.Why, o.CrossesMonth = append([]Passed{}, moved.passed...), moved.to.month != first.month
	return o, last, nil
}
