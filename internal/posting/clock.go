package posting

import (
	"leitai/internal/calendar"
	"leitai/internal/template"
)

// Term is the time somebody is posted for.
type Term struct {
	From calendar.Date
	Last calendar.Date // the last day, inclusive; earlier when the posting ended early
}

// Slot is a stretch of a term in which something falls due.
type Slot struct {
	Label   string // "2022-Q1", "2022-H1", "2022"; "term" or "months" for a whole term or its beginning
	From    calendar.Date
	Due     calendar.Date // the last day, inclusive
	Partial bool          // the posting covers only part of the calendar period: it is shown, nothing is owed for it
}

// The clocks of a milestone or duty.
const (
	ClockQuarter  = "quarterly"
	ClockHalfYear = "half-yearly"
	ClockYear     = "yearly"
	ClockTerm     = "term"
	ClockMonths   = "months"
)

var cadences = map[string]calendar.Cadence{ClockQuarter: calendar.Quarter, ClockHalfYear: calendar.HalfYear, ClockYear: calendar.Year}

// Slots lists when a clock strikes in a term. Quarters, half-years and years
// are those of the calendar, because symposia, inspections and reports are
// held by it; the first and last may be partial.
func Slots(clock string, months int, term Term) []Slot {
	switch clock {
	case ClockTerm:
		return []Slot{{Label: ClockTerm, From: term.From, Due: term.Last}}
	case ClockMonths:
		due := TermEnd(term.From, months)
		return []Slot{{Label: ClockMonths, From: term.From, Due: due, Partial: due.After(term.Last)}}
	}
	cadence, known := cadences[clock]
	if !known || term.Last.Before(term.From) {
		return nil
	}
	var out []Slot
	for p := calendar.PeriodOf(cadence, term.From); !p.First().After(term.Last); p = p.Next() {
		slot := Slot{Label: p.String(), From: p.First(), Due: p.Last()}
		if slot.From.Before(term.From) {
			slot.From, slot.Partial = term.From, true
		}
		if slot.Due.After(term.Last) {
			slot.Due, slot.Partial = term.Last, true
		}
		out = append(out, slot)
	}
	return out
}

// Over reports whether a slot has ended before the day.
func (s Slot) Over(today calendar.Date) bool { return s.Due.Before(today) }

// MilestoneSlots is Slots for a milestone of a template.
func MilestoneSlots(m template.Milestone, term Term) []Slot { return Slots(m.Clock, m.Months, term) }
