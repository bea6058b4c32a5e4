package issues

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/event"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/rectify"
	"leitai/internal/viewer"
)

// Open puts an issue on the list and assigns it with a deadline (A39). Every
// issue carries a base deduction, which may be 0 (Q15).
func (s *Service) Open(ctx context.Context, in Opening) (*Issue, error) {
	if err := s.gate.Require(ctx, authz.IssueOpen, uuid.Nil); err != nil {
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
	if err := in.check(today); err != nil {
		return nil, err
	}
	var opened *Issue
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		unit, number, err := in.place(ctx, st)
		if err != nil {
			return err
		}
		i := &Issue{ID: newID(), Competition: in.Competition, Round: in.Round, Unit: unit, Number: number, Item: in.Item, Title: in.Title,
			Place: in.Place, Base: in.Base, Responsible: in.Responsible, Opened: today, Due: in.Due, Stage: rectify.Assigned,
			Serious: in.Serious, OpenedBy: who.Person, Revision: 1}
		if i.Detail, err = in.detail(ctx, st, unit, today); err != nil {
			return err
		}
		if err := st.InsertIssue(ctx, i); err != nil {
			return err
		}
		if left, err := s.seen(ctx, st, authz.IssueOpen, []uuid.UUID{i.ID}); err != nil {
			return err
		} else if len(left) == 0 {
			return fault.New(fault.Forbidden, "permission", string(authz.IssueOpen))
		}
		if err := st.SaveIssueDetail(ctx, i.ID, i.Detail); err != nil {
			return err
		}
		if err := attach(ctx, st, i, in.Evidence, Before); err != nil {
			return err
		}
		if err := s.note(ctx, st, i, who, "opened", in.Title, today); err != nil {
			return err
		}
		opened = i
		return s.assess(ctx, st, today, i)
	})
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// mostBase bounds a base deduction, in points: what is posted for it stays in the
// account for ever.
var mostBase = exact.Int(1000)

func (in Opening) check(today calendar.Date) error {
	var faults fault.List
	if strings.TrimSpace(in.Title) == "" {
		faults = append(faults, fault.New(fault.IssueTitleMissing).At("title"))
	}
	if in.Base.Sign() < 0 || in.Base.Cmp(mostBase) > 0 || !in.Base.Round(2, exact.Down).Equal(in.Base) {
		faults = append(faults, fault.New(fault.IssueBaseInvalid, "value", in.Base.String()).At("base"))
	}
	if in.Due.Before(today) {
		faults = append(faults, fault.New(fault.IssueDuePast, "value", in.Due.String(), "today", today.String()).At("due"))
	}
	return faults.Err()
}

// place finds the village and the next number of the list; what an opening
// names and is not there, or is another tenant's, is told by its field.
func (in Opening) place(ctx context.Context, st Store) (unit uuid.UUID, number int, err error) {
	if unit, err = st.VillageByCode(ctx, in.UnitCode); err != nil {
		return unit, 0, err
	}
	if err = st.LockIssues(ctx, in.Competition); err != nil {
		return unit, 0, fault.NotFoundAt(err, "competition")
	}
	if number, err = st.NextIssueNumber(ctx, in.Competition); err != nil {
		return unit, 0, err
	}
	if in.Round != nil {
		known, err := st.RoundIsOf(ctx, *in.Round, in.Competition)
		if err != nil {
			return unit, 0, err
		}
		if !known {
			return unit, 0, fault.New(fault.NotFound).At("round")
		}
	}
	if in.Responsible != nil {
		strangers, err := st.UnknownPersons(ctx, []uuid.UUID{*in.Responsible})
		if err != nil {
			return unit, 0, err
		}
		if len(strangers) > 0 {
			return unit, 0, fault.New(fault.NotFound).At("responsible")
		}
	}
	return unit, number, nil
}

// note adds to the history of an issue and to the audit.
func (s *Service) note(ctx context.Context, st Store, i *Issue, who *viewer.Viewer, kind, text string, on calendar.Date) error {
	err := st.InsertIssueEvent(ctx, Event{ID: newID(), Issue: i.ID, Kind: kind, Note: text, On: on, RecordedBy: who.Person, RecordedAt: s.now()})
	if err != nil {
		return err
	}
	if err := told(ctx, i, kind); err != nil {
		return err
	}
	return audit.Record(ctx, "issue:"+kind, "issue", i.ID, map[string]any{"stage": i.Stage}, audit.At(i.Unit), audit.Because(text))
}

// toldOf are the steps of an issue that others are told of.
var toldOf = map[string]event.Kind{"opened": event.IssueOpened, "answered": event.IssueAnswered, "closed": event.IssueClosed}

// told tells of a step: who is responsible is named where somebody is.
func told(ctx context.Context, i *Issue, step string) error {
	kind, known := toldOf[step]
	if !known {
		return nil
	}
	e := event.Event{Kind: kind, Unit: i.Unit, Object: i.ID, ObjectKind: "issue", Round: i.Round, Data: map[string]any{"number": i.Number, "stage": string(i.Stage)}}
	if i.Responsible != nil {
		e.Persons = []uuid.UUID{*i.Responsible}
	}
	return event.Record(ctx, e)
}

// assess fills in how issues stand today and what they carry; the rules are read once,
// however many issues there are and of however many competitions.
func (s *Service) assess(ctx context.Context, st Store, today calendar.Date, all ...*Issue) error {
	var competitions []uuid.UUID
	for _, i := range all {
		if !slices.Contains(competitions, i.Competition) {
			competitions = append(competitions, i.Competition)
		}
	}
	if len(competitions) == 0 {
		return enrich(ctx, st, all)
	}
	ruling, err := st.IssueRules(ctx, competitions)
	if err != nil {
		return err
	}
	for _, i := range all {
		r := ruling[i.Competition]
		i.Assessment = rectify.Assess(r.Issues, rectify.Issue{Base: i.Base, Due: i.Due, Closed: i.Closed}, today, r.Held)
	}
	return enrich(ctx, st, all)
}
