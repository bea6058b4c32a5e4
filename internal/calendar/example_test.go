package calendar_test

import (
	"encoding/json"
	"fmt"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// April's round of 2023: the 30th lies in the holidays of Labour Day.
func ExampleSchedule() {
	rule := calendar.Rule{Day: 30, Clamp: calendar.ClampMonthEnd, Roll: calendar.RollNext, Workdays: calendar.OfficialWorkdays}
	o, err := calendar.Schedule(rule, calendar.MustPeriod("2023-04"), calendar.Official())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(o.Period, "is held on", o.Held, o.Held.Weekday())
	for _, p := range o.Why {
		fmt.Println(p, p.Name)
	}
	// Output:
	// 2023-04 is held on 2023-05-04 Thursday
	// 2023-04-30 holiday 劳动节
	// 2023-05-01 holiday 劳动节
	// 2023-05-02 holiday 劳动节
	// 2023-05-03 holiday 劳动节
}

// What is stored of an occasion; a skipped one has no dates.
func ExampleOccasion() {
	rule := calendar.Rule{Day: 30, Clamp: calendar.ClampSkip}
	for _, period := range []string{"2023-07", "2023-02"} {
		o, _ := calendar.Schedule(rule, calendar.MustPeriod(period), calendar.Official())
		data, _ := json.Marshal(o)
		fmt.Println(string(data))
	}
	// Output:
	// {"period":"2023-07","nominal":"2023-07-30","clamped":false,"held":"2023-07-31","rolledDays":1,"crossesMonth":false,"why":[{"date":"2023-07-30","reason":"weekend"}]}
	// {"period":"2023-02","skipped":true,"clamped":false,"rolledDays":0,"crossesMonth":false,"why":[]}
}

// An announcement of three days that starts before a weekend.
func ExampleAfterWorkdays() {
	d, _ := calendar.AfterWorkdays(calendar.MustDate("2023-05-11"), 3, calendar.OfficialWorkdays, calendar.Official())
	fmt.Println(d.Due, d.Passed)
	// Output: 2023-05-16 [2023-05-13 weekend 2023-05-14 weekend]
}

// The warning of a year that the table does not reach.
func ExamplePlan() {
	months := calendar.MustPeriod("2027").Months()
	plan, warnings, _ := calendar.Plan(calendar.Rule{Day: 1}, months, calendar.Official())
	fmt.Println(len(plan), plan[4].Held)
	fmt.Println(warnings[0].Message(fault.English))
	// Output:
	// 12 2027-05-03
	// the holidays of 2027 are not known yet, so only Saturdays and Sundays count as days off; enter that year's holidays and make-up workdays once they are announced
}
