package programme

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// ProgrammeEntry is one planned round of a year's programme (B21): when, under
// which version of the rules, and what has to be done by when.
type ProgrammeEntry struct {
	CalendarEntry

	Version    RuleVersion
	Priorities []template.Text // the items of that version: what the quarter looks at (B18)
	CoveredBy  calendar.Date   // every subject is visited by this day (B01); zero: no such rule
	Papers     []PaperDue      // due in this period (E27), by date
}

// PaperDue is a paper with its due date and the most characters of its text; 0
// for any length.
type PaperDue struct {
	Document      string
	Due           calendar.Date
	MaxCharacters int
}

// YearProgramme lays out the programme of a competition for a year: every
// period of its cadence, dated as PlanRounds would date it, whether its round is
// planned yet or not (B21). It stores nothing.
func (s *Service) YearProgramme(ctx context.Context, competition uuid.UUID, year int) (entries []ProgrammeEntry, err error) {
	if err := s.gate.Require(ctx, authz.CompetitionRead, uuid.Nil); err != nil {
		return nil, err
	}
	if _, err := calendar.NewDate(year, 1, 1); err != nil {
		return nil, err
	}
	if _, err := viewer.From(ctx); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		c, err := st.CompetitionByID(ctx, competition)
		if err != nil {
			return fault.NotFoundAt(err, "competition")
		}
		p := newPlanner(c)
		if err := p.load(ctx, st); err != nil {
			return err
		}
		entries, err = p.year(ctx, st, year)
		return err
	})
	return entries, err
}

// year dates the periods of a year that begin under a rule of the competition;
// the cadence may change from one period to the next with the version.
func (p *planner) year(ctx context.Context, st Store, year int) ([]ProgrammeEntry, error) {
	end, err := calendar.NewDate(year, 12, 31)
	if err != nil {
		return nil, err
	}
	var entries []ProgrammeEntry
	day, err := calendar.NewDate(year, 1, 1)
	for err == nil && !day.After(end) {
		v := p.rulingOn(day)
		if v == nil {
			day = calendar.PeriodOf(calendar.Month, day).Next().First()
			continue
		}
		doc, err := p.versionAt(ctx, st, v.FromPeriod)
		if err != nil {
			return nil, err
		}
		period := calendar.PeriodOf(calendar.Cadence(doc.Calendar.Every), day)
		if err := p.date(ctx, st, period); err != nil {
			return nil, err
		}
		entries = append(entries, programmeEntry(doc, *v, period, p.plan.Entries[len(p.plan.Entries)-1]))
		day = period.Next().First()
	}
	return entries, err
}

// rulingOn is the last version whose first period has begun on a day; nil when
// none has.
func (p *planner) rulingOn(day calendar.Date) *RuleVersion {
	var found *RuleVersion
	for i := range p.competition.Versions {
		from, err := calendar.ParsePeriod(p.competition.Versions[i].FromPeriod)
		if err == nil && !from.First().After(day) {
			found = &p.competition.Versions[i]
		}
	}
	return found
}

func programmeEntry(doc *template.Document, v RuleVersion, period calendar.Period, e CalendarEntry) ProgrammeEntry {
	out := ProgrammeEntry{CalendarEntry: e, Version: v}
	for _, i := range doc.Items {
		name := i.Name
		if name == (template.Text{}) {
			name.ZH = i.Key
		}
		out.Priorities = append(out.Priorities, name)
	}
	if doc.Coverage != nil {
		out.CoveredBy = period.Last()
		if due, ok := dueIn(doc.Coverage.AllSubjectsBy, doc, period); ok {
			out.CoveredBy = due
		}
	}
	for _, d := range doc.Deadlines {
		if due, ok := dueIn(d.Due, doc, period); ok {
			out.Papers = append(out.Papers, PaperDue{Document: d.Document, Due: due, MaxCharacters: d.MaxCharacters})
		}
	}
	return out
}

// dueIn gives the date of a month-day in a period, or in the year of its window
// when that is the year after; false when the day is not of this period.
func dueIn(monthDay string, doc *template.Document, period calendar.Period) (calendar.Date, bool) {
	m, err := calendar.ParseMonthDay(monthDay)
	if err != nil {
		return calendar.Date{}, false // none is given, or the document would not have been read
	}
	if w := doc.Calendar.Window; w != nil {
		year := period.Year()
		if w.In == "next-year" {
			year++
		}
		return m.In(year), true
	}
	d := m.In(period.Year())
	return d, period.Contains(d)
}

// planWindow reads the window of a template's calendar; false when it has none.
func planWindow(doc *template.Document) (calendar.Window, bool, error) {
	w := doc.Calendar.Window
	if w == nil {
		return calendar.Window{}, false, nil
	}
	from, err := calendar.ParseMonthDay(w.From)
	if err != nil {
		return calendar.Window{}, false, err
	}
	to, err := calendar.ParseMonthDay(w.To)
	if err != nil {
		return calendar.Window{}, false, err
	}
	return calendar.Window{From: from, To: to, NextYear: w.In == "next-year"}, true, nil
}

// occasion dates one period by the template's day or window; until is the last
// day of the window, or zero.
func (p *planner) occasion(doc *template.Document, period calendar.Period) (o calendar.Occasion, until calendar.Date, err error) {
	w, windowed, err := planWindow(doc)
	switch {
	case err != nil:
		return o, until, err
	case windowed:
		return calendar.ScheduleWindow(ruleOf(doc), w, period, p.days)
	case doc.Calendar.Day == 0:
		return o, until, fault.New(fault.PlanWithoutDay).At("competition")
	}
	o, err = calendar.Schedule(ruleOf(doc), period, p.days)
	return o, until, err
}
