package calendar

import (
	"strconv"

	"leitai/internal/fault"
)

// Clamp says what becomes of a day that a month does not have (Q1). Empty
// means ClampMonthEnd.
type Clamp string

// ClampMonthEnd takes the last day of the month, ClampSkip holds no round.
const (
	ClampMonthEnd Clamp = "month-end"
	ClampSkip     Clamp = "skip"
)

// Roll says where a round goes whose day is not worked (A18). Empty means
// RollNext.
type Roll string

// RollNext postpones to the next working day (顺延), RollPrevious brings
// forward to the one before, RollNone holds the round regardless.
const (
	RollNext     Roll = "next-workday"
	RollPrevious Roll = "previous-workday"
	RollNone     Roll = "none"
)

// Rule is how a template dates its rounds (A17, A18, Q1–Q3). Day, 1 to 31, is a
// day of the period's last month: a quarterly round on the 30th is held at the
// end of the quarter. An empty setting is its default.
type Rule struct {
	Day      int
	Clamp    Clamp
	Roll     Roll
	Workdays Workdays
}

// withDefaults fills in the stated defaults of Q1, A18 and Q2.
func (r Rule) withDefaults() Rule {
	if r.Clamp == "" {
		r.Clamp = ClampMonthEnd
	}
	if r.Roll == "" {
		r.Roll = RollNext
	}
	if r.Workdays == "" {
		r.Workdays = OfficialWorkdays
	}
	return r
}

// Check lists every setting that is not one of its values, as
// CALENDAR_RULE_INVALID with the path of the setting under field.
func (r Rule) Check(field string) fault.List {
	var bad fault.List
	refuse := func(part, value, want string) {
		bad = append(bad, fault.New(fault.CalendarRuleInvalid, "part", part, "value", short(value), "want", want).At("%s.%s", field, part))
	}
	r = r.withDefaults()
	if r.Day < 1 || r.Day > 31 {
		refuse("day", strconv.Itoa(r.Day), "1–31")
	}
	if r.Clamp != ClampMonthEnd && r.Clamp != ClampSkip {
		refuse("clamp", string(r.Clamp), "month-end, skip")
	}
	if r.Roll != RollNext && r.Roll != RollPrevious && r.Roll != RollNone {
		refuse("roll", string(r.Roll), "next-workday, previous-workday, none")
	}
	if r.Workdays != OfficialWorkdays && r.Workdays != LiteralWorkdays {
		refuse("workdays", string(r.Workdays), "official, literal")
	}
	return bad
}

// Passed is a day that was passed over, and why.
type Passed struct {
	Date   Date   `json:"date"`
	Reason Reason `json:"reason"`
	Name   string `json:"name,omitempty"` // of the holiday
}

// String prints "2023-04-30 holiday".
func (p Passed) String() string { return p.Date.String() + " " + string(p.Reason) }

// Occasion is the dated round of one period. Its Period stays the nominal one
// when the day rolls into another month (Q3), so two rounds may be held in one
// month.
type Occasion struct {
	Period       Period     `json:"period"`
	Skipped      bool       `json:"skipped,omitempty"` // the month has no such day and the rule skips it; no dates then
	Nominal      Date       `json:"nominal,omitzero"`  // the day of the rule, after clamping
	Clamped      bool       `json:"clamped"`
	Held         Date       `json:"held,omitzero"`
	RolledDays   int        `json:"rolledDays"` // Held − Nominal in days; negative when brought forward
	CrossesMonth bool       `json:"crossesMonth"`
	Why          []Passed   `json:"why"` // days passed over, from Nominal on
	Warnings     fault.List `json:"-"`   // CALENDAR_YEAR_UNKNOWN, one a year
}

// Schedule dates the round of a period. A rule that is not one is a fault.List
// of CALENDAR_RULE_INVALID; a zero period PERIOD_INVALID; a year without a
// single working day ahead CALENDAR_NO_WORKDAY. A year whose holidays are not
// known is no error: weekends alone are off then, and a warning says so.
func Schedule(rule Rule, period Period, days Days) (Occasion, error) {
	if bad := rule.Check("calendar"); len(bad) > 0 {
		return Occasion{}, bad
	}
	if period.IsZero() {
		return Occasion{}, fault.New(fault.PeriodInvalid, "value", "").At("period")
	}
	rule = rule.withDefaults()
	last := period.Last()
	nominal := Date{last.year, last.month, min(rule.Day, last.day)}
	o := Occasion{Period: period, Clamped: rule.Day > last.day, Why: []Passed{}}
	if o.Clamped && rule.Clamp == ClampSkip {
		return Occasion{Period: period, Skipped: true, Why: []Passed{}}, nil
	}
	moved, err := days.roll(nominal, rule.Roll, rule.Workdays)
	if err != nil {
		return Occasion{}, err
	}
	o.Nominal, o.Held = nominal, moved.to
	o.RolledDays = moved.to.Since(nominal)
	o.CrossesMonth = moved.to.month != nominal.month
	o.Why, o.Warnings = append(o.Why, moved.passed...), moved.warnings()
	return o, nil
}

// Plan dates the rounds of several periods in order, a skipped one included;
// the warnings of all are gathered once a year in the list returned.
func Plan(rule Rule, periods []Period, days Days) ([]Occasion, fault.List, error) {
	occasions := make([]Occasion, 0, len(periods))
	var warnings fault.List
	warned := map[string]bool{}
	for _, period := range periods {
		o, err := Schedule(rule, period, days)
		if err != nil {
			return nil, nil, err
		}
		for _, w := range o.Warnings {
			if year := w.Args["year"]; !warned[year] {
				warned[year] = true
				warnings = append(warnings, w)
			}
		}
		occasions = append(occasions, o)
	}
	return occasions, warnings, nil
}
