package teams

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/posting"
)

// Nomination is what is entered to propose somebody for a village.
type Nomination struct {
	Demand     uuid.UUID
	Person     uuid.UUID
	Role       posting.Role
	Sender     uuid.UUID
	SelectedOn calendar.Date
	By         string        // the unit's personnel office
	On         calendar.Date // of the proposal
	Replaces   *uuid.UUID    // a recalled posting of the same village
}

// Nominate proposes a person for a village that is planned for, checks the
// conditions on the selection date and keeps what barred or recommended the
// person (D03–D09). A barred nomination is recorded all the same, with its
// reasons; it cannot be filed.
func (s *Service) Nominate(ctx context.Context, in Nomination) (*Posting, *Check, error) {
	var made *Posting
	var checked *Check
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		d, err := st.PostingDemandByID(ctx, in.Demand)
		if err != nil {
			return fault.NotFoundAt(err, "demand")
		}
		rules, err := postingRules(ctx, st, d.Competition)
		if err != nil {
			return err
		}
		p, err := in.posting(ctx, st, d, rules)
		if err != nil {
			return err
		}
		if in.On.After(a.today) {
			return fault.New(fault.PostingStepFuture, "value", in.On.String()).At("on")
		}
		step := posting.Step{To: posting.Proposed, By: in.By, On: in.On}
		if err := posting.Advance(nil, step, posting.Verdict{}, posting.Declarations{}); err != nil {
			return err
		}
		if err := st.InsertPosting(ctx, p); err != nil {
			return err
		}
		if err := st.InsertPostingStep(ctx, Step{ID: newID(), Posting: p.ID, Step: step, RecordedBy: a.who.Person, RecordedAt: a.at}); err != nil {
			return err
		}
		check, _, err := s.checked(ctx, st, p, rules, a)
		if err != nil {
			return err
		}
		made, checked = p, check
		return note(ctx, string(authz.PostingWrite), p.ID, map[string]any{"stage": p.Stage, "unit": p.Unit, "role": p.Role})
	})
	return made, checked, err
}

// posting makes the nomination and refuses what it names and is not there.
func (in Nomination) posting(ctx context.Context, st Store, d *Demand, rules Rules) (*Posting, error) {
	if in.Role != posting.FirstSecretary && in.Role != posting.TeamMember {
		return nil, fault.New(fault.Invalid, "value", string(in.Role), "want", "first-secretary, team-member").At("role")
	}
	if in.Role == posting.FirstSecretary && !d.FirstSecretary || in.Role == posting.TeamMember && !d.Team {
		return nil, fault.New(fault.PostingNotAsked).At("role")
	}
	if in.SelectedOn.IsZero() {
		return nil, fault.New(fault.Required, "want", "selectedOn").At("selectedOn")
	}
	pseudonym, err := st.PseudonymOf(ctx, in.Person)
	if err != nil {
		return nil, fault.NotFoundAt(err, "person")
	}
	if err := knownOrganisation(ctx, st, in.Sender, "sender"); err != nil {
		return nil, err
	}
	if in.Replaces != nil {
		before, err := st.PostingByID(ctx, *in.Replaces)
		if err != nil {
			return nil, fault.NotFoundAt(err, "replaces")
		}
		if before.Stage != posting.Recalled || before.Unit != d.Unit || before.Competition != d.Competition {
			return nil, fault.New(fault.PostingReplaces).At("replaces")
		}
	}
	return &Posting{ID: newID(), Competition: d.Competition, Demand: d.ID, Trial: rules.Trial, Unit: d.Unit, Person: in.Person, Pseudonym: pseudonym,
		Role: in.Role, Stage: posting.Proposed, Sender: in.Sender, Replaces: in.Replaces, SelectedOn: in.SelectedOn,
		MinDays: rules.Template.Postings.Statement.MinDays, Revision: 1}, nil
}

// checked runs the selection check with the facts as they are now and keeps the
// verdict.
func (s *Service) checked(ctx context.Context, st Store, p *Posting, rules Rules, a act) (*Check, posting.Verdict, error) {
	facts, err := st.PersonFacts(ctx, p.Person)
	if err != nil {
		return nil, posting.Verdict{}, err
	}
	if facts == nil {
		return nil, posting.Verdict{}, fault.New(fault.PostingFactsMissing).At("person")
	}
	verdict := posting.Check(rules.Template.Postings.Selection, facts.of(p.Role), p.SelectedOn)
	c := Check{ID: newID(), Posting: p.ID, On: p.SelectedOn, Reasons: verdict.Reasons, Flags: verdict.Flags, By: a.who.Person, At: a.at}
	return &c, verdict, st.InsertPostingCheck(ctx, c)
}
