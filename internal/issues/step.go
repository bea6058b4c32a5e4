package issues

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/rectify"
	"leitai/internal/viewer"
)

// Step is one step with an issue, on the revision the caller has read.
type Step struct {
	Issue    uuid.UUID
	Revision int
	Note     string      // measure, reason or finding
	Evidence []uuid.UUID // of an answer: as put right; of a return visit: as seen again
}

// Answer reports the measure taken; the village does it for its own issues.
func (s *Service) Answer(ctx context.Context, in Step) (*Issue, error) {
	in.Note = strings.TrimSpace(in.Note)
	return s.step(ctx, authz.IssueAnswer, in, "answered", func(i *Issue, w rectify.Work, who *viewer.Viewer, _ calendar.Date) (rectify.Work, error) {
		w, err := w.Answer(who.Person.String(), in.Note)
		if err == nil {
			i.AnsweredBy = &who.Person
		}
		return w, err
	})
}

// Close verifies an answer and closes the issue today (销号); another person
// than the one who answered does it.
func (s *Service) Close(ctx context.Context, in Step) (*Issue, error) {
	return s.step(ctx, authz.IssueVerify, in, "closed", func(i *Issue, w rectify.Work, who *viewer.Viewer, today calendar.Date) (rectify.Work, error) {
		w, err := w.Close(who.Person.String())
		if err == nil {
			i.Closed, i.Detail.ReturnDue, i.detailed = today, rectify.ReturnDue(today), true
		}
		return w, err
	})
}

// Return sends an answer back to its sender with the reason.
func (s *Service) Return(ctx context.Context, in Step) (*Issue, error) {
	in.Note = strings.TrimSpace(in.Note)
	return s.step(ctx, authz.IssueVerify, in, "returned", func(_ *Issue, w rectify.Work, who *viewer.Viewer, _ calendar.Date) (rectify.Work, error) {
		return w.Return(who.Person.String(), in.Note)
	})
}

// DecideAccountability records what people decided about the accountability
// procedure; the system only prompts for it (A41b). Only an issue that is
// prompted for, or that a person found serious, can be decided about.
func (s *Service) DecideAccountability(ctx context.Context, in Step, open bool) (*Issue, error) {
	in.Note = strings.TrimSpace(in.Note)
	return s.step(ctx, authz.IssueVerify, in, "accountability", func(i *Issue, w rectify.Work, _ *viewer.Viewer, _ calendar.Date) (rectify.Work, error) {
		if in.Note == "" {
			return w, fault.New(fault.ReasonMissing).At("reason")
		}
		if !i.Assessment.Accountability && !i.Serious {
			return w, fault.New(fault.IssueNotPrompted).At("issue")
		}
		i.Accountability, i.Reason = AccountabilityRefused, in.Note
		if open {
			i.Accountability = AccountabilityOpened
		}
		return w, nil
	})
}

// step runs one change of an issue: permission at the issue's own village,
// revision, rule, history.
func (s *Service) step(ctx context.Context, p authz.Permission, in Step, kind string,
	do func(i *Issue, w rectify.Work, who *viewer.Viewer, today calendar.Date) (rectify.Work, error)) (*Issue, error) {
	if err := s.gate.Anywhere(ctx, p); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	var changed *Issue
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		i, err := st.IssueByID(ctx, in.Issue)
		if err != nil {
			return fault.NotFoundAt(err, "issue")
		}
		if err := s.reachable(ctx, st, p, i); err != nil {
			return fault.NotFoundAt(err, "issue")
		}
		if i.Revision != in.Revision {
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(i.Revision)).At("revision")
		}
		if err := s.assess(ctx, st, today, i); err != nil {
			return err
		}
		if err := apply(i, who, today, do); err != nil {
			return err
		}
		if err := st.UpdateIssue(ctx, i); err != nil {
			return err
		}
		if i.detailed {
			if err := st.SaveIssueDetail(ctx, i.ID, i.Detail); err != nil {
				return err
			}
		}
		if err := attach(ctx, st, i, in.Evidence, phaseOf(kind)); err != nil {
			return err
		}
		changed = i
		if err := s.note(ctx, st, i, who, kind, in.Note, today); err != nil {
			return err
		}
		return s.assess(ctx, st, today, i)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// phaseOf is what the evidence of a step shows.
func phaseOf(kind string) Phase {
	switch kind {
	case "answered":
		return After
	case "revisited":
		return OnReturn
	}
	return Before
}

// apply runs the pure rule on the work of an issue and keeps what it says.
func apply(i *Issue, who *viewer.Viewer, today calendar.Date, do func(*Issue, rectify.Work, *viewer.Viewer, calendar.Date) (rectify.Work, error)) error {
	w := rectify.Work{Stage: i.Stage, Measure: i.Measure}
	if i.AnsweredBy != nil {
		w.AnsweredBy = i.AnsweredBy.String()
	}
	w, err := do(i, w, who, today)
	if err != nil {
		for _, f := range fault.All(err) {
			if f.Code == fault.IssueMeasureMissing || f.Code == fault.IssueReasonMissing {
				f.At("note") // which is where both are entered
			}
		}
		return err
	}
	i.Stage, i.Measure = w.Stage, w.Measure
	return nil
}
