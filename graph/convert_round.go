package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/outcome"
	"leitai/internal/paging"
	"leitai/internal/round"
)

func contestRound(r *round.Round) *model.Round {
	out := &model.Round{ID: globalID(roundKind, r.ID), Key: r.ID, TenantKey: r.Tenant, CompetitionKey: r.Competition, TemplateKey: r.TemplateVersion,
		Period: r.Period, Nominal: r.Nominal, Held: r.Held, State: model.RoundState(strings.ToUpper(string(r.State))), Venue: r.Venue, Theme: r.Theme, Form: form(r.Form),
		Trial: r.Trial, RubricPublishedAt: r.RubricPublishedAt, CancelReason: r.CancelReason, ObjectionsUntil: dated(r.ObjectionsUntil),
		Revision: r.Revision}
	if n := r.Notice; n != nil {
		out.Notice = &model.RoundNotice{Number: n.Number, Issued: n.Issued, Venue: n.Venue, Held: n.Held, Text: n.Text}
	}
	return out
}

func roundPage(p paging.Page[*round.Round]) *model.RoundConnection {
	c := &model.RoundConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, contestRound, func(cursor string, n *model.Round) *model.RoundEdge {
		return &model.RoundEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// stateOf reads the enum as the use case names it.
func stateOf(state model.RoundState) round.State {
	return round.State(strings.ToLower(string(state)))
}

func rosterEntry(e *round.Entry) *model.Entry {
	return &model.Entry{Subject: subjectID(e.Kind, e.Subject), Kind: subjectKinds[e.Kind], Code: e.Code, Track: e.Track, Classes: texts(e.Classes),
		UnitKey: e.Unit, Name: e.Name, Links: converted(e.Links, entryLink), Absent: e.Absent, Reason: e.Reason}
}

func entryLink(l outcome.Link) *model.EntryLink {
	return &model.EntryLink{Role: l.Role, Person: l.Person}
}

func reception(r *round.Reception) *model.Reception {
	return &model.Reception{Subject: subjectID(r.SubjectKind, r.Subject), UnitKey: r.Unit, DeliveredKey: r.DeliveredBy, ReceivedKey: r.ReceivedBy, ReceivedAt: r.ReceivedAt, Note: r.Note}
}

func decision(d *round.MissingDecision) *model.MissingDecision {
	return &model.MissingDecision{Subject: subjectID(d.SubjectKind, d.Subject), UnitKey: d.Unit, Item: d.Item, Channel: d.Channel, Reason: d.Reason, DecidedAt: d.DecidedAt,
		Decision: model.MissingDecisionKind(strings.ToUpper(d.Decision))}
}

func mark(m *round.Mark) *model.Mark {
	return &model.Mark{ID: globalID(markKind, m.ID), Subject: subjectID(m.SubjectKind, m.Subject), Detail: markDetail(m.Detail), UnitKey: m.Unit, Item: m.Item, Channel: m.Channel, Judge: m.JudgeAlias, Value: m.Value,
		State: model.MarkState(strings.ToUpper(string(m.State))), EnteredAt: m.EnteredAt, Reason: m.Reason, Rejection: m.Rejection}
}

func markPage(p paging.Page[*round.Mark]) *model.MarkConnection {
	c := &model.MarkConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, mark, func(cursor string, n *model.Mark) *model.MarkEdge {
		return &model.MarkEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// roundAt gives the round behind a key.
func roundAt(ctx context.Context, key uuid.UUID) (*model.Round, error) {
	r, err := loadersOf(ctx).rounds.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	return contestRound(r), nil
}

// roundPayload runs a mutation of one round. What stopped a step stands in the
// blockers and, like every refusal, in the user errors.
func roundPayload(ctx context.Context, clientID *string, ids reader, do func() (*round.Answer, error)) (*model.RoundPayload, error) {
	payload := &model.RoundPayload{ClientMutationID: clientID, Blockers: []*model.Blocker{}, Warnings: []*model.Warning{}}
	err := ids.err()
	if err == nil {
		var answer *round.Answer
		if answer, err = do(); err == nil {
			payload.Round, payload.Warnings = contestRound(answer.Round), warnings(answer.Warnings, languageOf(ctx))
		}
	}
	payload.Blockers = blockersOf(ctx, err)
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// roundStep runs a step that takes a round, its revision and a reason.
func roundStep(ctx context.Context, in model.RoundStepInput, step func(context.Context, round.Step) (*round.Answer, error)) (*model.RoundPayload, error) {
	var ids reader
	id := ids.id(roundKind, in.Round, "round")
	return roundPayload(ctx, in.ClientMutationID, ids, func() (*round.Answer, error) {
		return step(ctx, round.Step{Round: id, Revision: in.Revision, Reason: or(in.Reason)})
	})
}

// marksPayload runs a mutation of marks.
func marksPayload(ctx context.Context, clientID *string, ids reader, do func() ([]*round.Mark, error)) (*model.MarksPayload, error) {
	payload := &model.MarksPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var marks []*round.Mark
		if marks, err = do(); err == nil {
			payload.Marks = converted(marks, mark)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
