package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/examples/templates"
	"leitai/internal/calendar"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/template"
)

// Played names what each tenant of the demonstration plays, in the order in which
// a visitor is told.
var Played = []struct{ Unit, Name string }{
	{TownshipCode, "月评比 monthly contest"},
	{ObservedTownCode, "逐村观摩 observation of 24 villages"},
	{SecretaryTownCode, "村书记擂台 secretaries' arena"},
	{StreetCode, "年度考核 year-end with ballots and ceilings"},
	{CountyCode, "第一书记 twelve first secretaries"},
	{SharedTownCode, "邻乡月评比，供横向比对 a neighbour's monthly contest, for the comparison"},
}

// PlaySchemes plays the other schemes, each in a tenant of its own that the
// county opens for it, and leaves the clock where it stood. The units of
// SchemesTable must be there.
func (w *World) PlaySchemes(ctx context.Context) error {
	day, at := w.Clock.Today(), w.Clock.Now().In(zone).Format("15:04")
	defer func() { w.Clock.Set(day, at) }()
	for _, play := range []func(context.Context) error{w.PlayObservation, w.PlaySecretaries, w.PlayYearEnd, w.PlayTerm, w.PlayNeighbours} {
		if err := play(ctx); err != nil {
			return fmt.Errorf("sample: %w", err)
		}
	}
	return nil
}

// Scheme is a tenant that plays a scheme: its competition, and its rounds by
// period. Tests read what was played from it.
type Scheme struct {
	*World
	Unit            string // code of the tenant
	Clerk, Approver string // pseudonyms of who runs it
	Competition     uuid.UUID
	Rounds          map[string]uuid.UUID
	Document        *template.Document // the template in force
	Polls           []uuid.UUID        // democratic evaluations, oldest first

	round *round.Round // the one at hand
}

// found lets the county open the tenant on a day, gives it its people and lets
// both agree that the county reads what is published.
func (s *Scheme) found(ctx context.Context, day calendar.Date, cast []*Person) error {
	s.Clock.Set(day, "09:00")
	s.Rounds = map[string]uuid.UUID{}
	if err := s.settle(ctx, s.Unit, cast); err != nil {
		return err
	}
	return s.agree(ctx, s.Unit, s.Approver)
}

// preset is one of the templates that are delivered, to be adapted.
func preset(key string) (*template.Document, error) {
	source, found := templates.Source(key)
	if !found {
		return nil, fmt.Errorf("the preset %s is missing", key)
	}
	doc, err := template.Parse(source)
	return &doc, err
}

// enact lets the clerk enter a template and the approver activate it, with
// everything confirmed that a person has to confirm, then confirms the villages,
// opens the competition and dates its rounds.
func (s *Scheme) enact(ctx context.Context, day calendar.Date, doc *template.Document, c programme.CompetitionCreate, last string) error {
	text := string(template.Print(*doc))
	var made *programme.TemplateVersion
	var confirm []string
	err := s.on(ctx, day, "09:00", s.Clerk, func(ctx context.Context) (err error) {
		if made, err = s.app.Programme.CreateTemplate(ctx, text); err == nil {
			confirm = made.Report().Confirm
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	err = s.on(ctx, day, "15:00", s.Approver, func(ctx context.Context) (err error) {
		made, err = s.app.Programme.ActivateTemplate(ctx, made.ID, made.Revision, confirm)
		return err
	})
	if err != nil {
		return fmt.Errorf("activate: %w", err)
	}
	s.Document, c.Template = doc, made.ID
	return s.on(ctx, day, "16:00", s.Clerk, func(ctx context.Context) error {
		if s.Unit != CountyCode { // the villages are confirmed by the townships
			if _, err := s.app.Hosting.ConfirmVillages(ctx, nil); err != nil {
				return fmt.Errorf("villages: %w", err)
			}
		}
		opened, err := s.app.Programme.CreateCompetition(ctx, c)
		if err != nil {
			return fmt.Errorf("competition: %w", err)
		}
		s.Competition = opened.ID
		plan, err := s.app.Programme.PlanRounds(ctx, opened.ID, c.FromPeriod, last)
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
		for _, e := range plan.Entries {
			s.Rounds[e.Period] = e.Round
		}
		return nil
	})
}

// on moves the clock to a time of a day and does something as a person.
func (s *Scheme) on(ctx context.Context, day calendar.Date, timeOfDay, who string, do func(ctx context.Context) error) error {
	s.Clock.Set(day, timeOfDay)
	return s.As(ctx, who, do)
}

// take reads the round of a period, which becomes the one at hand.
func (s *Scheme) take(ctx context.Context, period string) error {
	return s.As(ctx, s.Clerk, func(ctx context.Context) (err error) {
		s.round, err = s.app.Rounds.Round(ctx, s.Rounds[period])
		return err
	})
}

// step takes a step with the round at hand as a person and keeps what the round
// became.
func (s *Scheme) step(ctx context.Context, day calendar.Date, timeOfDay, who, what string, do func(ctx context.Context, at round.Step) (*round.Answer, error)) error {
	err := s.on(ctx, day, timeOfDay, who, func(ctx context.Context) error {
		answer, err := do(ctx, round.Step{Round: s.round.ID, Revision: s.round.Revision})
		if err == nil {
			s.round = answer.Round
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// finish closes the round at hand on a day, computes and announces it.
func (s *Scheme) finish(ctx context.Context, day calendar.Date) error {
	for _, one := range []struct {
		at, what string
		do       func(ctx context.Context, in round.Step) (*round.Answer, error)
	}{{"17:00", "close", s.app.Rounds.Close}, {"17:10", "compute", s.app.Rounds.Compute}, {"17:30", "announce", s.app.Rounds.Announce}} {
		if err := s.step(ctx, day, one.at, s.Clerk, one.what, one.do); err != nil {
			return err
		}
	}
	return nil
}

// publish lets somebody approve the result on the first working day after the
// objection period, and gives that day.
func (s *Scheme) publish(ctx context.Context, who, comment, number string) (calendar.Date, error) {
	day := nextWorkday(s.round.ObjectionsUntil.AddDays(1))
	err := s.step(ctx, day, "10:00", who, "publish", func(ctx context.Context, at round.Step) (*round.Answer, error) {
		return s.app.Rounds.Publish(ctx, round.Publish{Round: at.Round, Revision: at.Revision, Comment: comment, BulletinNumber: number})
	})
	return day, err
}

// village gives the code of the n-th village of the tenant, from 1.
func (s *Scheme) village(n int) string { return fmt.Sprintf("%s%03d", s.Unit, n) }

// workdaysBefore are the last n working days before a day, in their order.
func workdaysBefore(day calendar.Date, n int) []calendar.Date {
	var all []calendar.Date
	days := calendar.Official()
	for before := day.AddDays(-1); len(all) < n; before = before.AddDays(-1) {
		if worked, _ := days.Worked(before, calendar.OfficialWorkdays); worked {
			all = append(all, before)
		}
	}
	slices.Reverse(all)
	return all
}
