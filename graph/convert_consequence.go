package graph

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/paging"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

func consequence(o *consequences.Outcome) *model.Outcome {
	return &model.Outcome{ID: globalID(outcomeKind, o.ID), UnitKey: o.Unit, RoundKey: o.Round, CompetitionKey: o.Competition, Proposal: proposalOf(o),
		Name: o.UnitName, Period: o.Period, Rule: o.Rule, Reason: o.Reason, Action: o.Action, Rank: o.Rank, RankFromBottom: o.FromBottom,
		Streak: o.Streak, ByRole: o.ByRole, Penalty: o.Penalty, Entries: proposedEntries(o), State: model.OutcomeState(strings.ToUpper(string(o.State))),
		Amount: o.Signed(), MinutesNumber: o.Minutes, Basis: o.Basis, Record: o.Record, Due: dated(o.Due), Revision: o.LockRevision}
}

// proposalOf is what the rule called for, as phrase tells it.
func proposalOf(o *consequences.Outcome) outcome.Proposal {
	p := outcome.Proposal{When: o.Reason, Do: o.Action, Rank: o.Rank, RankFromBottom: o.FromBottom, Streak: o.Streak, ByRole: o.ByRole, With: o.With}
	seen := map[string]bool{}
	for _, l := range o.With {
		if !seen[l.Role] {
			p.WithRoles = append(p.WithRoles, l.Role)
		}
		seen[l.Role] = true
	}
	return p
}

func proposedEntries(o *consequences.Outcome) []*model.ProposedEntry {
	return converted(o.Entries, func(e consequences.ProposedEntry) *model.ProposedEntry {
		holder := e.Holder
		if e.Kind == outcome.OfSubject {
			holder = o.UnitName
		}
		return &model.ProposedEntry{Role: e.Role, Holder: holder, Points: e.Points}
	})
}

func outcomePage(p paging.Page[*consequences.Outcome]) *model.OutcomeConnection {
	c := &model.OutcomeConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, consequence, func(cursor string, n *model.Outcome) *model.OutcomeEdge {
		return &model.OutcomeEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func account(a consequences.Account) *model.Account {
	return &model.Account{Holder: a.Holder, UnitKey: a.Unit, PersonKey: a.Person, Balance: a.Balance, Deductions: a.Deductions,
		Entries: converted(a.Entries, accountEntry)}
}

func accountEntry(e consequences.Entry) *model.AccountEntry {
	return &model.AccountEntry{ID: globalID(entryKind, e.ID), SubjectKey: e.Subject, Period: e.Period, Points: e.Points, Rule: e.Rule, Role: e.Role,
		Revision: e.Revision, Counter: e.Reverses != nil, Note: e.Note, PostedAt: e.PostedAt}
}

func rollup(r *consequences.Rollup) *model.Rollup {
	return &model.Rollup{ID: globalID(rollupKind, r.ID), RollupKey: r.ID, Key: r.Key, Period: r.Period, Revision: r.Revision,
		Rows: converted(r.Rows, rollupRow)}
}

func rollupRow(r consequences.RollupRow) *model.RollupRow {
	row := &model.RollupRow{UnitCode: r.UnitCode, Name: r.Name, Attended: r.Attended, Track: r.Track,
		Parts: converted(r.Parts, rollupPart), Bands: texts(r.Bands), Rank: positive(r.Rank)}
	if r.Rank > 0 {
		row.Value = fixed(r.Shown)
	}
	return row
}

// ruleDocument is the template by which an outcome is told: that of its round,
// or for a roll-up the one that ruled its last period, with the bands of the
// roll-up. Where the viewer may not read it, bands are told by their keys.
func ruleDocument(ctx context.Context, o *model.Outcome) (*template.Document, error) {
	doc, err := ruling(ctx, o)
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Forbidden:
		return &template.Document{}, nil
	}
	return doc, err
}

func ruling(ctx context.Context, o *model.Outcome) (*template.Document, error) {
	key, err := templateOf(ctx, o)
	if err != nil {
		return nil, err
	}
	doc, err := loadersOf(ctx).documents.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	return withRollupBands(doc, o.Rule), nil
}

func templateOf(ctx context.Context, o *model.Outcome) (uuid.UUID, error) {
	if o.RoundKey != nil {
		r, err := loadersOf(ctx).rounds.Load(ctx, *o.RoundKey)
		if err != nil {
			return uuid.Nil, err
		}
		return r.TemplateVersion, nil
	}
	c, err := loadersOf(ctx).competitions.Load(ctx, o.CompetitionKey)
	if err != nil {
		return uuid.Nil, err
	}
	_, last, _ := strings.Cut(o.Period, "/")
	ruling := uuid.Nil
	for _, v := range c.Versions { // in the order of their periods, which sort as text
		if v.FromPeriod <= last {
			ruling = v.TemplateVersion
		}
	}
	if ruling == uuid.Nil {
		return uuid.Nil, fault.New(fault.NotFound)
	}
	return ruling, nil
}

// withRollupBands shows the bands of the roll-up that a rule such as
// rollups[0].outcomes[1] stands in.
func withRollupBands(doc *template.Document, rule string) *template.Document {
	var at, nth int
	if n, _ := fmt.Sscanf(rule, "rollups[%d].outcomes[%d]", &at, &nth); n < 2 || at >= len(doc.Rollups) {
		return doc
	}
	own := *doc
	own.Bands, own.Streaks = doc.Rollups[at].Bands, nil
	return &own
}

func sentence(doc *template.Document, o *model.Outcome, language fault.Language) string {
	extent := phrase.Extent{Amount: o.Amount, Penalty: o.Penalty, Points: converted(o.Entries, func(e *model.ProposedEntry) phrase.Share {
		return phrase.Share{Role: e.Role, Points: e.Points}
	})}
	return phrase.Proposal(doc, o.Proposal, extent, o.Name, language)
}

// outcomesPayload runs a mutation of outcomes.
func outcomesPayload(ctx context.Context, clientID *string, ids reader, do func() ([]*consequences.Outcome, error)) (*model.OutcomesPayload, error) {
	payload := &model.OutcomesPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var all []*consequences.Outcome
		if all, err = do(); err == nil {
			payload.Outcomes = converted(all, consequence)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// outcomeStep runs a mutation of one outcome.
func outcomeStep(ctx context.Context, clientID *string, sent string, do func(uuid.UUID) (*consequences.Outcome, error)) (*model.OutcomesPayload, error) {
	var ids reader
	id := ids.id(outcomeKind, sent, "outcome")
	return outcomesPayload(ctx, clientID, ids, func() ([]*consequences.Outcome, error) {
		o, err := do(id)
		return []*consequences.Outcome{o}, err
	})
}
