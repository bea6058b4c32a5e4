package consequences

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/template"
)

// Asked is one document that is asked of one subject, with what was handed in.
type Asked struct {
	Document   string
	Most       int // characters; 0: any length
	Due        calendar.Date
	Subject    Known
	Submission *Submission // the last hand-in; nil: none yet
	First      calendar.Date
	Late       bool // handed in late, or not yet although it was due
}

// AskedOf lists what is asked in a year, by due date and subject, with what was
// handed in: the office sees all of it, a village what is asked of it (G9).
func (s *Service) AskedOf(ctx context.Context, competition uuid.UUID, year int) ([]Asked, error) {
	if err := s.gate.Anywhere(ctx, authz.SubmissionRead); err != nil {
		return nil, err
	}
	today, err := s.Today(ctx)
	if err != nil {
		return nil, err
	}
	var all []Asked
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		doc, err := st.RulingTemplate(ctx, competition, lastMonth(year))
		if err != nil {
			return err
		}
		subjects, err := st.SubjectsIn(ctx, competition, nil)
		if err != nil {
			return err
		}
		subjects = slices.DeleteFunc(subjects, func(k Known) bool { return !s.gate.May(ctx, authz.SubmissionRead, k.Unit) })
		handed, err := st.SubmissionsOf(ctx, competition, strconv.Itoa(year))
		if err != nil {
			return err
		}
		all, err = asked(doc, subjects, handed, year, today)
		return err
	})
	return all, err
}

// asked crosses deadlines with subjects; hand-ins come by number.
func asked(doc *template.Document, subjects []Known, handed []*Submission, year int, today calendar.Date) ([]Asked, error) {
	var all []Asked
	for _, d := range doc.Deadlines {
		due, err := dueIn(d, year)
		if err != nil {
			return nil, err
		}
		for _, k := range subjects {
			a := Asked{Document: d.Document, Most: d.MaxCharacters, Due: due, Subject: k, Late: due.Before(today)}
			for _, h := range handed {
				if h.Document != d.Document || h.Subject != k.Subject {
					continue
				}
				if a.Submission == nil {
					a.First, a.Late = h.HandedOn, h.HandedOn.After(due)
				}
				a.Submission = h
			}
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b Asked) int { return a.Due.Compare(b.Due) })
	return all, nil
}
