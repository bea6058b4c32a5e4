package graph

import (
	"context"

	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/consequences"
)

func pair(p *consequences.Pair) *model.Pair {
	return &model.Pair{ID: globalID(pairKind, p.ID), Key: p.ID, LeadKey: p.LeadUnit, FollowKey: p.FollowUnit, Lead: p.LeadName, Follow: p.FollowName,
		ExchangesPerMonth: p.PerMonth, ValidFrom: p.From, ValidUntil: dated(p.Until), Reason: p.Reason, Revision: p.LockRevision}
}

func exchange(e *consequences.Exchange) *model.Exchange {
	return &model.Exchange{ID: globalID(exchangeKind, e.ID), HeldOn: e.HeldOn, Place: e.Place, Content: e.Content, Offline: e.Offline, Void: e.Voided || e.Voids != nil}
}

func suggestedPair(p consequences.Pair) *model.SuggestedPair {
	return &model.SuggestedPair{LeadSubject: knownID(consequences.Known{Subject: p.LeadSubject, Unit: p.LeadUnit}),
		FollowSubject: knownID(consequences.Known{Subject: p.FollowSubject, Unit: p.FollowUnit}), Lead: p.LeadName, Follow: p.FollowName}
}

// knownID is the global id of a contestant: a unit, an organisation (which
// goes by its id in bundles) or a person.
func knownID(k consequences.Known) string {
	switch {
	case k.Subject == k.Unit:
		return globalID(unitKind, k.Subject)
	case k.Code == k.Subject.String():
		return globalID(organisationKind, k.Subject)
	}
	return globalID(personKind, k.Subject)
}

func pairInputs(in []*model.PairRow, ids *reader) []consequences.PairInput {
	rows := make([]consequences.PairInput, len(in))
	for i, row := range in {
		rows[i] = consequences.PairInput{Lead: ids.subject(&row.Lead, "pairs[%d].lead", i), Follow: ids.subject(&row.Follow, "pairs[%d].follow", i),
			Round: ids.optional(roundKind, row.Round, "pairs[%d].round", i), PerMonth: row.ExchangesPerMonth, From: row.From, Reason: or(row.Reason)}
	}
	return rows
}

// pairsPayload runs a mutation of pairs.
func pairsPayload(ctx context.Context, clientID *string, ids reader, do func() ([]*consequences.Pair, error)) (*model.PairsPayload, error) {
	payload := &model.PairsPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var all []*consequences.Pair
		if all, err = do(); err == nil {
			payload.Pairs = converted(all, pair)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func submission(s *consequences.Submission) *model.Submission {
	return &model.Submission{ID: globalID(submissionKind, s.ID), Document: s.Document, Number: s.Number, HandedOn: s.HandedOn, Due: s.Due, Note: s.Note,
		Parts:      converted(s.Parts, func(p consequences.ReportPart) *model.ReportPart { return &model.ReportPart{Key: p.Key, Text: p.Text} }),
		Characters: s.Characters, Circle: s.Circle}
}

func askedDocument(a consequences.Asked) *model.AskedDocument {
	m := &model.AskedDocument{Document: a.Document, Due: a.Due, Subject: a.Subject.Name, SubjectID: knownID(a.Subject), MaxCharacters: positive(a.Most),
		FirstHandedOn: dated(a.First), Late: a.Late}
	if a.Submission != nil {
		m.Submission = submission(a.Submission)
	}
	return m
}

func submissionInput(in model.SubmissionHandInInput, ids *reader) consequences.SubmissionInput {
	return consequences.SubmissionInput{Competition: ids.id(competitionKind, in.Competition, "competition"), Year: in.Year, Document: in.Document,
		Subject: ids.subject(&in.Subject, "subject"), HandedOn: or(in.HandedOn), HandedBy: ids.optional(personKind, in.HandedBy, "handedBy"),
		Evidence: ids.optional(fileKind, in.Evidence, "evidence"), Note: or(in.Note),
		Parts: converted(in.Parts, func(p *model.ReportPartInput) consequences.ReportPart {
			return consequences.ReportPart{Key: p.Key, Text: p.Text}
		})}
}

// submissionPayload runs a mutation of a hand-in.
func submissionPayload(ctx context.Context, clientID *string, ids reader, do func() (*consequences.Submission, error)) (*model.SubmissionPayload, error) {
	payload := &model.SubmissionPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var s *consequences.Submission
		if s, err = do(); err == nil {
			payload.Submission = submission(s)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func exchangeInput(in model.ExchangeLogInput, ids *reader) consequences.ExchangeInput {
	var day calendar.Date
	if in.HeldOn != nil {
		day = *in.HeldOn
	}
	return consequences.ExchangeInput{HeldOn: day, Place: or(in.Place), Content: in.Content, Offline: or(in.Offline), Void: ids.optional(exchangeKind, in.Void, "void")}
}
