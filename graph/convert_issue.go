package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/rectify"
)

func issue(i *issues.Issue) *model.Issue {
	light := model.IssueLight(i.Assessment.Light)
	if light == "" {
		light = model.IssueLightNone
	}
	d := i.Detail
	out := &model.Issue{ID: globalID(issueKind, i.ID), Key: i.ID, CompetitionKey: i.Competition, UnitKey: i.Unit, Number: i.Number, Item: i.Item, Title: i.Title, Place: i.Place,
		Base: i.Base, Penalty: i.Assessment.Penalty, Opened: i.Opened, Due: i.Due, State: model.IssueState(i.Stage), Light: light,
		DaysLate: i.Assessment.DaysLate, Closed: dated(i.Closed), Measure: i.Measure, Serious: i.Serious,
		AccountabilityPrompt: i.Accountability == issues.Undecided && (i.Assessment.Accountability || i.Serious), Accountability: i.Accountability, Revision: i.Revision,
		Problem: d.Problem, ResponsibleKey: i.Responsible, OrganisationKey: d.Organisation, Plan: d.Plan, PlannedOn: dated(d.PlannedOn), Listed: d.Listed(),
		ListedOn: dated(d.ListedOn), ListedReason: d.ListedReason, LiftedOn: dated(d.LiftedOn), ReturnDue: dated(d.ReturnDue), ReturnedOn: dated(d.ReturnedOn),
		ReturnNote: d.ReturnNote, Recurs: converted(i.Recurs, func(id uuid.UUID) string { return globalID(issueKind, id) })}
	if !d.ReturnedOn.IsZero() {
		out.ReturnHolds = &d.ReturnHolds
	}
	return out
}

func issueEvidence(a issues.Attached) *model.IssueEvidence {
	return &model.IssueEvidence{Phase: model.IssuePhase(strings.ToUpper(string(a.Phase))), EvidenceKey: a.Evidence}
}

func villagePlan(p *issues.VillagePlan) *model.VillagePlan {
	return &model.VillagePlan{UnitKey: p.Unit, Issues: converted(p.Issues, issue), Closed: p.Closed, Overdue: p.Overdue, Unplanned: p.Unplanned, Recurring: p.Recurring}
}

func issuePage(p paging.Page[*issues.Issue]) *model.IssueConnection {
	c := &model.IssueConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, issue, func(cursor string, n *model.Issue) *model.IssueEdge {
		return &model.IssueEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func issueEvent(e issues.Event) *model.IssueEvent {
	return &model.IssueEvent{Kind: e.Kind, Note: e.Note, On: e.On}
}

func stageOf(state *model.IssueState) *rectify.Stage {
	if state == nil {
		return nil
	}
	stage := rectify.Stage(*state)
	return &stage
}

// deduction is an account entry that an issue caused.
func deduction(d issues.Deduction) *model.AccountEntry {
	return &model.AccountEntry{ID: globalID(entryKind, d.ID), SubjectKey: d.Unit, Period: d.Period, Points: d.Points, Rule: d.Rule,
		Role: "village", PostedAt: d.PostedAt}
}

func opening(in model.IssueOpenInput, ids *reader) issues.Opening {
	return issues.Opening{Competition: ids.id(competitionKind, in.Competition, "competition"), Round: ids.optional(roundKind, in.Round, "round"),
		UnitCode: in.UnitCode, Item: or(in.Item), Title: in.Title, Place: or(in.Place), Base: in.Base, Due: in.Due,
		Responsible: ids.optional(personKind, in.Responsible, "responsible"), Serious: or(in.Serious),
		Problem: or(in.Problem), Visit: ids.optional(visitKind, in.Visit, "visit"), Organisation: ids.optional(organisationKind, in.Organisation, "organisation"),
		Plan: or(in.Plan), Evidence: ids.all(evidenceKind, in.Evidence, "evidence")}
}

// issuePayload runs a mutation of one issue.
func issuePayload(ctx context.Context, clientID *string, ids reader, do func() (*issues.Issue, error)) (*model.IssuePayload, error) {
	payload := &model.IssuePayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var i *issues.Issue
		if i, err = do(); err == nil {
			payload.Issue = issue(i)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// issueStep runs a step with an issue.
func issueStep(ctx context.Context, in model.IssueStepInput, step func(context.Context, issues.Step) (*issues.Issue, error)) (*model.IssuePayload, error) {
	var ids reader
	id, pieces := ids.id(issueKind, in.Issue, "issue"), ids.all(evidenceKind, in.Evidence, "evidence")
	return issuePayload(ctx, in.ClientMutationID, ids, func() (*issues.Issue, error) {
		return step(ctx, issues.Step{Issue: id, Revision: in.Revision, Note: in.Note, Evidence: pieces})
	})
}

// organisationAt gives the organisation behind a key; null for one the viewer
// may not know.
func organisationAt(ctx context.Context, key *uuid.UUID) (*model.Organisation, error) {
	if key == nil {
		return nil, nil
	}
	o, err := loadersOf(ctx).organs.Load(ctx, *key)
	if err != nil {
		return nil, unlessForbidden(unlessUnknown(err))
	}
	return organisation(o), nil
}
