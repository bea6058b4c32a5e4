package issues

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/viewer"
)

// Rules under which deductions are posted.
const (
	RuleBase    = "issues.base"
	RuleOverdue = "issues.overdue"
)

// intoAccount is the setting by which deductions are entries of the village's
// account beside the round's total (Q36).
const intoAccount = "account"

// Settle posts what the issues of a competition cost as of today to the village
// accounts: the base once, and once more what an overdue one costs beyond it
// (A40). It posts only what is not there yet, so that it may be repeated.
func (s *Service) Settle(ctx context.Context, competition uuid.UUID) ([]Deduction, error) {
	if err := s.gate.Require(ctx, authz.OutcomeConfirm, uuid.Nil); err != nil {
		return nil, err
	}
	if err := s.unlimited(ctx, authz.OutcomeConfirm); err != nil {
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
	var posted []Deduction
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if err := st.LockIssues(ctx, competition); err != nil { // so that nobody else posts the same
			return fault.NotFoundAt(err, "competition")
		}
		posted, err = s.due(ctx, st, competition, who, today)
		if err != nil || len(posted) == 0 {
			return err
		}
		if err := st.InsertDeductions(ctx, posted); err != nil {
			return err
		}
		return audit.Record(ctx, "issue:settle", "competition", competition, map[string]any{"entries": len(posted)})
	})
	return posted, err
}

// due lists the deductions that are called for and not posted yet.
func (s *Service) due(ctx context.Context, st Store, competition uuid.UUID, who *viewer.Viewer, today calendar.Date) ([]Deduction, error) {
	trial, err := st.CompetitionTrial(ctx, competition)
	if err != nil {
		return nil, err
	}
	if trial {
		return nil, fault.New(fault.TrialNeverCounts).At("competition")
	}
	ruling, err := st.IssueRules(ctx, []uuid.UUID{competition})
	if err != nil {
		return nil, err
	}
	rules, rounds := ruling[competition].Issues, ruling[competition].Held
	if rules.Into != "" && rules.Into != intoAccount {
		return nil, fault.New(fault.IssuesIntoTotal).At("competition")
	}
	all, err := st.IssuesOf(ctx, competition)
	if err != nil {
		return nil, err
	}
	have, err := st.DeductionsOf(ctx, competition)
	if err != nil {
		return nil, err
	}
	var posted []Deduction
	for _, i := range all {
		a := rectify.Assess(rules, rectify.Issue{Base: i.Base, Due: i.Due, Closed: i.Closed}, today, rounds)
		for _, cost := range []cost{{RuleBase, i.Base}, {RuleOverdue, a.Penalty.Sub(i.Base)}} {
			before := have[i.ID][cost.rule]
			missing := cost.points.Neg().Sub(before.Points)
			if missing.Sign() == 0 {
				continue
			}
			posted = append(posted, Deduction{ID: newID(), Competition: competition, Unit: i.Unit, Issue: i.ID, Period: monthOf(i, cost.rule),
				Points: missing, Rule: cost.rule, Nth: before.Entries + 1, PostedBy: who.Person, PostedAt: s.now()})
		}
	}
	return posted, nil
}

// cost is what an issue costs under one rule, in points above 0.
type cost struct {
	rule   string
	points exact.Number
}

// monthOf is the period a deduction counts for: the month the issue was opened
// in, or the one in which it fell overdue.
func monthOf(i *Issue, rule string) string {
	day := i.Opened
	if rule == RuleOverdue {
		day = i.Due
	}
	return calendar.PeriodOf(calendar.Month, day).String()
}

// List is a page of issues by number, newest first; a village sees its own.
func (s *Service) List(ctx context.Context, f Filter, args paging.Args) (paging.Page[*Issue], error) {
	var page paging.Page[*Issue]
	if err := s.gate.Anywhere(ctx, authz.IssueRead); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	today, err := s.today(who)
	if err != nil {
		return page, err
	}
	parts := []string{"issues", who.Tenant.String(), f.UnitCode, text(f.Competition), f.ReturnBy.String(), map[bool]string{true: "listed"}[f.Listed]}
	if f.Stage != nil {
		parts = append(parts, string(*f.Stage))
	}
	if !s.gate.May(ctx, authz.IssueRead, uuid.Nil) {
		f.Units = s.gate.Scope(ctx, authz.IssueRead)
		for _, unit := range f.Units {
			parts = append(parts, unit.String())
		}
	}
	if sight := s.gate.Sight(ctx, authz.IssueRead); !sight.All {
		f.Limited = &sight
		parts = append(parts, sight.Scope()...)
	}
	scope := paging.Scope(parts...)
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.IssuePage(ctx, f, window)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, window, func(i *Issue) string { return s.cursors.Encode(scope, paging.Text(i.ID.String())) })
		return s.assess(ctx, st, today, page.Items...)
	})
	return page, err
}

// ByID reads one issue with its assessment.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (*Issue, error) {
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
	var found *Issue
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		i, err := st.IssueByID(ctx, id)
		if err != nil {
			return err
		}
		if err := s.reachable(ctx, st, authz.IssueRead, i); err != nil {
			return err
		}
		found = i
		return s.assess(ctx, st, today, i)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// Events lists what happened to issues, oldest first; issues that the viewer
// may not see have none.
func (s *Service) Events(ctx context.Context, issues []uuid.UUID) ([]Event, error) {
	if err := s.gate.Anywhere(ctx, authz.IssueRead); err != nil {
		return nil, err
	}
	var units []uuid.UUID
	if !s.gate.May(ctx, authz.IssueRead, uuid.Nil) {
		units = s.gate.Scope(ctx, authz.IssueRead)
	}
	var all []Event
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		if issues, err = s.seen(ctx, st, authz.IssueRead, issues); err != nil {
			return err
		}
		all, err = st.IssueEvents(ctx, issues, units)
		return err
	})
	return all, err
}

func text(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}
