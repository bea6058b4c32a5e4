package round

import (
	"context"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// contestants lists who may contest under a template on a date, by the names
// under which they stand on the roster. A person goes by place and post, never
// by name (G10): who holds the same post in the same place beside others has
// the pseudonym behind it.
func contestants(ctx context.Context, st Store, doc *template.Document, date calendar.Date) ([]Contestant, error) {
	field, err := st.ContestantsOn(ctx, doc, date)
	if err != nil || doc.Subject != template.Person && doc.Subject != template.Team {
		return field, err
	}
	if doc.Subject == template.Team {
		for i := range field {
			field[i].Name = field[i].Place + phrase.Role("work-team", fault.Chinese)
		}
		return field, nil
	}
	title := phrase.Holder(doc.Holder(), fault.Chinese)
	holders := map[string]int{}
	for _, c := range field {
		holders[c.UnitCode]++
	}
	for i := range field {
		c := &field[i]
		if c.Name = c.Place + title; holders[c.UnitCode] > 1 {
			c.Name += "（" + c.Code + "）"
		}
	}
	return field, nil
}

// subjectOf is a contestant as the rules know it.
func subjectOf(e *Entry) contest.Subject {
	s := contest.Subject{ID: e.Code, Name: e.Name, Track: e.Track, Classes: e.Classes, Absent: e.Absent, Links: e.Links}
	if !IsUnit(e.Kind) {
		s.Unit = e.UnitCode
	}
	return s
}
