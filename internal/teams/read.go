package teams

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/posting"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// statementRule is the rule a posting was made under.
func statementRule(p *Posting) template.Statement { return template.Statement{MinDays: p.MinDays} }

// changeOwn runs a mutation that a relation, not the tenant's unit, allows.
func (s *Service) changeOwn(ctx context.Context, do func(ctx context.Context, a act, st Store) error) error {
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	today, err := s.today(who)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error { return do(ctx, act{who, today, s.now()}, st) })
}

// seesAll reports whether the viewer works on postings as a whole: those who run
// them, and those who state days in their own area. Everybody else sees the own
// posting and those of people one is liaison or mentor of.
func (s *Service) seesAll(ctx context.Context) bool {
	return s.gate.May(ctx, authz.PostingWrite, uuid.Nil) || s.gate.May(ctx, authz.StatementWrite, uuid.Nil)
}

// List is a page of postings, newest first.
func (s *Service) List(ctx context.Context, f Filter, args paging.Args) (paging.Page[*Posting], error) {
	var page paging.Page[*Posting]
	who, err := s.reader(ctx)
	if err != nil {
		return page, err
	}
	if f.Of = uuid.Nil; !s.seesAll(ctx) {
		if f.Of = who.Person; f.Of == uuid.Nil {
			return page, nil
		}
	}
	scope := paging.Scope("postings", who.Tenant.String(), f.Competition.String(), string(f.Stage), f.Of.String())
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.PostingPage(ctx, f, window)
		page = paging.Cut(rows, window, func(p *Posting) string { return s.cursors.Encode(scope, paging.Text(p.ID.String())) })
		return err
	})
	return page, err
}

func (s *Service) reader(ctx context.Context) (*viewer.Viewer, error) {
	if err := s.gate.Anywhere(ctx, authz.PostingRead); err != nil {
		return nil, err
	}
	return viewer.From(ctx)
}

// ByID reads everything about one posting that the viewer may see.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (*Record, error) {
	who, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	var found *Record
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PostingByID(ctx, id)
		if err != nil {
			return err
		}
		if !s.seesAll(ctx) && !p.concerns(who.Person) {
			return fault.New(fault.NotFound)
		}
		found = &Record{Posting: p}
		if err := found.days(ctx, st); err != nil {
			return err
		}
		if p.Tenant != who.Tenant {
			return nil // what the tenant above keeps beside the days is not the township's
		}
		if err := found.steps(ctx, st); err != nil {
			return err
		}
		if err := found.progress(ctx, st, today); err != nil || !s.gate.May(ctx, authz.PostingWrite, uuid.Nil) {
			return err
		}
		return found.attachment(ctx, st, today)
	})
	return found, err
}

// concerns reports whether a person is posted, liaison or mentor.
func (p *Posting) concerns(person uuid.UUID) bool {
	is := func(id *uuid.UUID) bool { return id != nil && *id == person }
	return person != uuid.Nil && (p.Person == person || is(p.Liaison) || is(p.Mentor))
}

func (r *Record) days(ctx context.Context, st Store) (err error) {
	if r.Months, err = st.PostingMonths(ctx, r.Posting); err != nil {
		return err
	}
	for i := range r.Months {
		r.Months[i].judge(r.Posting)
		r.DaysTotal += r.Months[i].Days
	}
	r.Leaves, err = st.PostingLeaves(ctx, r.Posting.ID)
	return err
}

func (r *Record) steps(ctx context.Context, st Store) (err error) {
	id := r.Posting.ID
	if r.Checks, err = st.PostingChecks(ctx, id); err != nil {
		return err
	}
	if r.Steps, err = st.PostingSteps(ctx, id); err != nil {
		return err
	}
	if r.Inspections, err = st.PostingInspections(ctx, id); err != nil {
		return err
	}
	r.Supports, err = st.PostingSupports(ctx, id)
	return err
}

// progress works out targets and duties as of today.
func (r *Record) progress(ctx context.Context, st Store, today calendar.Date) error {
	p := r.Posting
	grades, err := st.PublishedGrades(ctx, p.Competition)
	if err != nil {
		return err
	}
	r.Grades = grades[p.Pseudonym]
	if p.From.IsZero() {
		return nil
	}
	rules, err := st.PostingRules(ctx, p.Competition)
	if err != nil {
		return err
	}
	if rules.Template.Postings != nil { // a later version of the template may have none
		if err := r.targets(ctx, st, rules.Template.Postings.Milestones, today); err != nil {
			return err
		}
	}
	if r.Events, err = st.PostingEvents(ctx, p); err != nil {
		return err
	}
	r.Duties = posting.Owing(posting.Duties(), p.Term(), r.held(), today)
	return nil
}

func (r *Record) targets(ctx context.Context, st Store, milestones []template.Milestone, today calendar.Date) error {
	p := r.Posting
	entered, err := st.PostingFigures(ctx, p.ID)
	if err != nil {
		return err
	}
	figures := make([]posting.Figures, len(entered))
	for i, f := range entered {
		figures[i] = posting.Figures{Milestone: f.Milestone, Label: f.Label, Values: f.Values}
	}
	r.Targets, err = posting.Milestones(milestones, p.Term(), figures, today)
	return err
}

// attachment tells whether an attachment post is due while somebody serves.
func (r *Record) attachment(ctx context.Context, st Store, today calendar.Date) error {
	p := r.Posting
	if p.Stage != posting.Posted {
		return nil
	}
	rules, err := st.PostingRules(ctx, p.Competition)
	if err != nil {
		return err
	}
	facts, err := st.PersonFacts(ctx, p.Person)
	if err != nil || facts == nil {
		return err
	}
	_, excellent := outstanding(p, best(rules.Template), r.Grades)
	r.Attachment = posting.AttachmentDue(facts.Rank, posting.Years(p.From, today), excellent)
	return nil
}

// held lists what counts towards the duties: what was held for all, what the
// liaison confirmed, and inspections.
func (r *Record) held() []posting.Held {
	var held []posting.Held
	for _, e := range r.Events {
		if e.Posting == nil || e.ConfirmedBy != nil {
			held = append(held, posting.Held{Kind: e.Kind, On: e.On})
		}
	}
	for _, i := range r.Inspections {
		held = append(held, posting.Held{Kind: posting.Inspection, On: i.On})
	}
	return held
}
