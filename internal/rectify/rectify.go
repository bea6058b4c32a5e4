// Package rectify owns what an issue costs and how it stands on a day: whether
// it is in time or overdue, by how many days, the doubled deduction, the light
// shown beside it, the prompt to open an accountability procedure, and the
// steps an issue may take from assigned to closed.
//
// It does not own who may take a step, the evidence, or the accounts that a
// deduction is posted to.
package rectify

import (
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// State is how an issue stands on a day.
type State string

// The states. An issue is closed when its closing was verified.
const (
	Open         State = "OPEN"
	OpenOverdue  State = "OPEN_OVERDUE"
	ClosedOnTime State = "CLOSED_ON_TIME"
	ClosedLate   State = "CLOSED_LATE"
)

// Issue is what the assessment needs to know (A39).
type Issue struct {
	Base   exact.Number // points deducted for the issue itself, 0 or more
	Due    calendar.Date
	Closed calendar.Date // zero while it is open
}

// Assessment is an issue on a day.
type Assessment struct {
	State          State
	DaysLate       int          // calendar days after the due date until closed, or until the day; 0 when in time
	Penalty        exact.Number // points to deduct: the base, multiplied when overdue
	Accountability bool         // the system prompts a person to consider the accountability procedure (A41b)
	Light          Light
}

// DueDayLate is the setting by which closing on the due day is late already.
const DueDayLate = "late"

// Assess tells how an issue stands at the end of a day (A40, Q15): an overdue
// issue costs Times its base, once, or once more for every round held while it
// was overdue; closing late does not undo it. A closing after the day has not
// happened yet. Rounds are the days on which rounds of the competition were
// held; they matter only when the rule is not "once".
func Assess(rule template.Issues, issue Issue, day calendar.Date, rounds []calendar.Date) Assessment {
	closed := !issue.Closed.IsZero() && !issue.Closed.After(day)
	until := day
	if closed {
		until = issue.Closed
	}
	a := Assessment{State: Open, Penalty: issue.Base}
	late := until.After(issue.Due) || rule.Overdue.DueDay == DueDayLate && until == issue.Due
	switch {
	case closed && late:
		a.State = ClosedLate
	case closed:
		a.State = ClosedOnTime
	case late:
		a.State = OpenOverdue
	}
	if late {
		a.DaysLate = until.Since(issue.Due)
		a.Penalty = multiplied(rule.Overdue, issue, until, rounds)
	}
	a.Accountability = a.State == OpenOverdue
	a.Light = light(a.State, issue.Due, day)
	return a
}

// multiplied is the deduction of an overdue issue.
func multiplied(rule template.IssueOverdue, issue Issue, until calendar.Date, rounds []calendar.Date) exact.Number {
	times := rule.Times
	if times.Sign() == 0 {
		times = exact.Int(2)
	}
	penalty := issue.Base.Mul(times)
	if rule.Once {
		return penalty
	}
	overdue := slices.DeleteFunc(slices.Clone(rounds), func(held calendar.Date) bool {
		return !held.After(issue.Due) || held.After(until)
	})
	for range len(overdue) - 1 { // the first overdue round is the doubling already counted
		penalty = penalty.Mul(times)
	}
	return penalty
}

// Light is the colour beside an issue; none when it is closed.
type Light string

// Blue: in time. Yellow: due within three days. Red: overdue.
const (
	NoLight Light = ""
	Blue    Light = "BLUE"
	Yellow  Light = "YELLOW"
	Red     Light = "RED"
)

const yellowDays = 3

func light(state State, due, day calendar.Date) Light {
	switch {
	case state == OpenOverdue:
		return Red
	case state != Open:
		return NoLight
	case due.Since(day) <= yellowDays:
		return Yellow
	}
	return Blue
}
