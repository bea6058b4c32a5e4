package teams

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/posting"
)

// Advance is what is entered for a step.
type Advance struct {
	Posting  uuid.UUID
	Revision int
	posting.Step
	Responsibility string        // recall: what was traced back to the unit (D29)
	From           calendar.Date // posting: the first day in the village
}

// Advance takes a step from the proposal to the filing, into the village, and to
// the end or the recall (D08, D10, D29). Vetting, filing and recalling are the
// Organisation Department's. What a step lacks is listed whole.
func (s *Service) Advance(ctx context.Context, in Advance) (*Posting, error) {
	permission := authz.PostingWrite
	if in.To == posting.Filed || in.To == posting.Recalled {
		permission = authz.PostingFile
	}
	var moved *Posting
	err := s.change(ctx, permission, func(ctx context.Context, a act, st Store) error {
		p, rules, err := s.own(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if err := s.mayAdvance(ctx, st, in, p, rules, a); err != nil {
			return err
		}
		p.Stage, p.Revision = in.To, in.Revision
		if err := s.serve(ctx, st, in, p, rules); err != nil {
			return err
		}
		if err := st.UpdatePosting(ctx, p); err != nil {
			return err
		}
		step := Step{ID: newID(), Posting: p.ID, Step: in.Step, Responsibility: in.Responsibility, RecordedBy: a.who.Person, RecordedAt: a.at}
		if err := st.InsertPostingStep(ctx, step); err != nil {
			return err
		}
		moved = p
		return note(ctx, string(permission), p.ID, map[string]any{"stage": p.Stage, "record": in.Record})
	})
	return moved, err
}

// own reads a posting of the own tenant with its rules.
func (s *Service) own(ctx context.Context, st Store, id uuid.UUID) (*Posting, Rules, error) {
	p, err := st.PostingByID(ctx, id)
	if err != nil {
		return nil, Rules{}, fault.NotFoundAt(err, "posting")
	}
	rules, err := postingRules(ctx, st, p.Competition) // NOT_FOUND for another tenant's
	return p, rules, fault.NotFoundAt(err, "posting")
}

// mayAdvance asks the rule; on filing the conditions are checked once more with
// the facts as they are now.
func (s *Service) mayAdvance(ctx context.Context, st Store, in Advance, p *Posting, rules Rules, a act) error {
	if in.On.After(a.today) {
		return fault.New(fault.PostingStepFuture, "value", in.On.String()).At("on")
	}
	steps, err := st.PostingSteps(ctx, p.ID)
	if err != nil {
		return err
	}
	taken := make([]posting.Step, len(steps))
	for i, step := range steps {
		taken[i] = step.Step
	}
	var verdict posting.Verdict
	var declared posting.Declarations
	if in.To == posting.Filed {
		facts, err := st.PersonFacts(ctx, p.Person)
		if err != nil {
			return err
		}
		if facts != nil {
			declared = posting.Declarations{Political: facts.Political, Health: facts.Health}
		}
		if _, verdict, err = s.checked(ctx, st, p, rules, a); err != nil {
			return err
		}
	}
	return posting.Advance(taken, in.Step, verdict, declared)
}

// posts a posting makes at its village.
var postOf = map[posting.Role]string{posting.FirstSecretary: "first-secretary", posting.TeamMember: "work-team"}

// serve begins or ends the service in the village, with the post that the
// register and rounds know.
func (s *Service) serve(ctx context.Context, st Store, in Advance, p *Posting, rules Rules) error {
	switch in.To {
	case posting.Posted:
		if in.From.IsZero() {
			return fault.New(fault.Required, "want", "from").At("from")
		}
		if in.From.Before(p.SelectedOn) {
			return fault.New(fault.PostingStepEarly, "value", in.From.String(), "since", p.SelectedOn.String()).At("from")
		}
		p.From, p.Last = in.From, posting.TermEnd(in.From, rules.Template.Postings.Term)
		return st.OpenPost(ctx, p, postOf[p.Role])
	case posting.Completed, posting.Recalled:
		if in.On.Before(p.From) {
			return fault.New(fault.PostingStepEarly, "value", in.On.String(), "since", p.From.String()).At("on")
		}
		if in.To == posting.Completed && in.On.Before(p.Last) {
			return fault.New(fault.PostingTermRuns, "last", p.Last.String()).At("on")
		}
		if in.On.Before(p.Last) {
			p.Last = in.On
		}
		return st.ClosePost(ctx, p, postOf[p.Role])
	}
	return nil
}

// Arrangement is who stands by a posting and what has been settled for it.
type Arrangement struct {
	Posting  uuid.UUID
	Revision int
	Liaison  *uuid.UUID
	Mentor   *uuid.UUID
	Checklist
}

// Posts from which mentors come (D28), and that a liaison holds (D30).
var (
	mentorPosts  = []string{"secretary", "mayor", "deputy-secretary", "mentor"}
	liaisonPosts = []string{"unit-liaison"}
)

// Arrange names mentor and liaison and ticks off what goes with a posting: fully
// detached (D11), Party relation moved and outside the village's headcount
// (D12), recorded in the personal file (D13).
func (s *Service) Arrange(ctx context.Context, in Arrangement) (*Posting, error) {
	var arranged *Posting
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		p, _, err := s.own(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if len(p.Stage.Next()) == 0 {
			return wrongState(p, posting.Posted)
		}
		if err := knownPersons(ctx, st, map[string]*uuid.UUID{"liaison": in.Liaison, "mentor": in.Mentor}); err != nil {
			return err
		}
		if err := in.check(ctx, st, p, a.today); err != nil {
			return err
		}
		p.Revision, p.Liaison, p.Mentor, p.Checklist = in.Revision, in.Liaison, in.Mentor, in.Checklist
		if err := st.UpdatePosting(ctx, p); err != nil {
			return err
		}
		arranged = p
		return note(ctx, string(authz.PostingWrite), p.ID, map[string]any{"arranged": true, "detached": p.Detached, "outsideHeadcount": p.OutsideHeadcount})
	})
	return arranged, err
}

func (in Arrangement) check(ctx context.Context, st Store, p *Posting, today calendar.Date) error {
	var faults fault.List
	if in.Mentor != nil {
		holds, err := st.HoldsPost(ctx, *in.Mentor, mentorPosts, nil, today)
		if err != nil {
			return err
		}
		if !holds || *in.Mentor == p.Person {
			faults = append(faults, fault.New(fault.PostingMentor).At("mentor"))
		}
	}
	if in.Liaison != nil {
		holds, err := st.HoldsPost(ctx, *in.Liaison, liaisonPosts, &p.Sender, today)
		if err != nil {
			return err
		}
		if !holds || *in.Liaison == p.Person {
			faults = append(faults, fault.New(fault.PostingLiaison).At("liaison"))
		}
	}
	return faults.Err()
}

func wrongState(p *Posting, want posting.Stage) *fault.Fault {
	return fault.New(fault.WrongState, "state", string(p.Stage), "want", string(want)).At("posting")
}
