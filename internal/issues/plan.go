package issues

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/rectify"
	"leitai/internal/viewer"
)

// change alters what an issue carries beyond the ledger, in the same order as
// step: permission at its village, revision, rule, history.
func (s *Service) change(ctx context.Context, p authz.Permission, in Step, kind string,
	do func(i *Issue, who *viewer.Viewer, today calendar.Date) error) (*Issue, error) {
	in.Note = strings.TrimSpace(in.Note)
	changed, err := s.step(ctx, p, in, kind, func(i *Issue, w rectify.Work, who *viewer.Viewer, today calendar.Date) (rectify.Work, error) {
		i.detailed = true
		return w, do(i, who, today)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// Plan agrees on the measure for an issue: one problem, one measure (B12, E24).
// The village proposes it, the township may change it; a closed issue needs none.
func (s *Service) Plan(ctx context.Context, in Step) (*Issue, error) {
	return s.change(ctx, authz.IssuePlan, in, "planned", func(i *Issue, _ *viewer.Viewer, today calendar.Date) error {
		text := strings.TrimSpace(in.Note)
		if text == "" {
			return fault.New(fault.IssuePlanMissing).At("note")
		}
		if err := rectify.StillOpen(i.Stage); err != nil {
			return err
		}
		i.Detail.Plan, i.Detail.PlannedOn = text, today
		return nil
	})
}

// ListIssue puts an issue under listed supervision with the reason (挂牌督办, B19).
func (s *Service) ListIssue(ctx context.Context, in Step) (*Issue, error) {
	return s.change(ctx, authz.SupervisionWrite, in, "listed", func(i *Issue, _ *viewer.Viewer, today calendar.Date) error {
		reason := strings.TrimSpace(in.Note)
		switch {
		case reason == "":
			return fault.New(fault.ReasonMissing).At("note")
		case i.Detail.Listed():
			return fault.New(fault.IssueListed).At("issue")
		}
		i.Detail.ListedOn, i.Detail.ListedReason, i.Detail.LiftedOn = today, reason, calendar.Date{}
		return rectify.StillOpen(i.Stage)
	})
}

// LiftIssue ends the listed supervision of an issue.
func (s *Service) LiftIssue(ctx context.Context, in Step) (*Issue, error) {
	return s.change(ctx, authz.SupervisionWrite, in, "lifted", func(i *Issue, _ *viewer.Viewer, today calendar.Date) error {
		if !i.Detail.Listed() {
			return fault.New(fault.IssueNotListed).At("issue")
		}
		i.Detail.LiftedOn = today
		return nil
	})
}

// Revisit records the return visit to a closed issue (回头看, E25): whether what
// was put right still is. A relapse is a new issue, which is known again.
func (s *Service) Revisit(ctx context.Context, in Step, on calendar.Date, holds bool) (*Issue, error) {
	return s.change(ctx, authz.IssueVerify, in, "revisited", func(i *Issue, _ *viewer.Viewer, today calendar.Date) error {
		if err := rectify.IsClosed(i.Stage); err != nil {
			return err
		}
		if !i.Detail.ReturnedOn.IsZero() {
			return fault.New(fault.IssueReturnDone).At("issue")
		}
		if on.Before(i.Closed) || on.After(today) {
			return fault.New(fault.IssueReturnEarly, "value", on.String(), "closed", i.Closed.String(), "today", today.String()).At("on")
		}
		i.Detail.ReturnedOn, i.Detail.ReturnHolds, i.Detail.ReturnNote = on, holds, strings.TrimSpace(in.Note)
		return nil
	})
}

// Attach ties evidence to an issue after it was opened: as put right by whoever
// answers, otherwise by whoever enters evidence of the village.
func (s *Service) Attach(ctx context.Context, issue uuid.UUID, evidence []uuid.UUID, phase Phase) (*Issue, error) {
	p := authz.IssueAnswer
	if phase != After {
		p = authz.EvidenceWrite
	}
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
		i, err := st.IssueByID(ctx, issue)
		if err == nil {
			err = s.reachable(ctx, st, p, i)
		}
		if err != nil {
			return fault.NotFoundAt(err, "issue")
		}
		if err := attach(ctx, st, i, evidence, phase); err != nil {
			return err
		}
		changed = i
		if err := audit.Record(ctx, "issue:evidence", "issue", i.ID, map[string]any{"evidence": evidence, "phase": phase}); err != nil {
			return err
		}
		return s.assess(ctx, st, today, i)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// AttachedTo lists the evidence of issues; of issues that the viewer may not
// see there is none.
func (s *Service) AttachedTo(ctx context.Context, issues []uuid.UUID) (all []Attached, err error) {
	if err := s.gate.Anywhere(ctx, authz.IssueRead); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		var seen []uuid.UUID
		for _, id := range issues {
			i, err := st.IssueByID(ctx, id)
			if fault.CodeOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			if s.gate.May(ctx, authz.IssueRead, i.Unit) {
				seen = append(seen, id)
			}
		}
		if seen, err = s.seen(ctx, st, authz.IssueRead, seen); err != nil {
			return err
		}
		all, err = st.AttachedTo(ctx, seen)
		return err
	})
	return all, err
}

// VillagePlan is the plan of one village: every problem with its measure (一村
// 一方案、一问题一对策, B12), and how far it has come.
type VillagePlan struct {
	Unit      uuid.UUID
	Issues    []*Issue
	Closed    int
	Overdue   int
	Unplanned int // open and without an agreed measure
	Recurring int // known from earlier years (E26)
}

// VillagePlans lists the issues of a competition by village (B11, B12), which is
// also the rectification list, item by item (E24); a village sees its own.
func (s *Service) VillagePlans(ctx context.Context, competition uuid.UUID) ([]*VillagePlan, error) {
	if err := s.gate.Anywhere(ctx, authz.IssueRead); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	var plans []*VillagePlan
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err := st.IssuesOf(ctx, competition)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(all))
		for n, i := range all {
			ids[n] = i.ID
		}
		if ids, err = s.seen(ctx, st, authz.IssueRead, ids); err != nil {
			return err
		}
		seen := slices.DeleteFunc(all, func(i *Issue) bool { return !s.gate.May(ctx, authz.IssueRead, i.Unit) || !slices.Contains(ids, i.ID) })
		if err := s.assess(ctx, st, today, seen...); err != nil {
			return err
		}
		plans = byVillage(seen)
		return nil
	})
	return plans, err
}

// byVillage groups issues, in the order of their first numbers.
func byVillage(all []*Issue) []*VillagePlan {
	var plans []*VillagePlan
	of := map[uuid.UUID]*VillagePlan{}
	for _, i := range all {
		p := of[i.Unit]
		if p == nil {
			p = &VillagePlan{Unit: i.Unit}
			of[i.Unit], plans = p, append(plans, p)
		}
		p.Issues = append(p.Issues, i)
		switch {
		case i.Stage == rectify.Closed:
			p.Closed++
		case i.Detail.Plan == "":
			p.Unplanned++
		}
		if i.Assessment.State == rectify.OpenOverdue {
			p.Overdue++
		}
		if len(i.Recurs) > 0 {
			p.Recurring++
		}
	}
	return plans
}
