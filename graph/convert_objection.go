package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/round"
)

func objection(o *round.Objection) *model.Objection {
	return &model.Objection{
		ID: globalID(objectionKind, o.ID), RoundKey: o.Round, Number: o.Number, Subject: subjectID(o.SubjectKind, o.Subject), SubjectName: o.SubjectName,
		Item: o.Item, Channel: o.Channel, Reason: o.Reason, State: model.ObjectionState(strings.ToUpper(string(o.State))), FiledAt: o.FiledAt,
		Decision: o.Decision, DecidedAt: o.DecidedAt, Revision: o.Revision,
		Evidence: converted(o.Evidence, func(id uuid.UUID) string { return globalID(evidenceKind, id) }),
		Corrections: converted(o.Corrections, func(c round.Correction) *model.ObjectionCorrection {
			return &model.ObjectionCorrection{Mark: globalID(markKind, c.Mark), Value: c.Value}
		}),
	}
}

func filing(in model.ObjectionFileInput, ids *reader) round.ObjectionInput {
	out := round.ObjectionInput{
		Round: ids.id(roundKind, in.Round, "round"), Subject: ids.subject(&in.Subject, "subject"), Item: in.Item, Channel: or(in.Channel), Reason: in.Reason,
		Evidence: ids.all(evidenceKind, in.Evidence, "evidence"),
	}
	if in.Key != nil {
		out.ID = ids.made(*in.Key, "key")
	}
	return out
}

func objectionDecision(in model.ObjectionDecideInput, ids *reader) round.ObjectionDecision {
	out := round.ObjectionDecision{
		Objection: ids.id(objectionKind, in.Objection, "objection"), Revision: in.Revision, Accept: in.Accept, Reason: in.Reason,
		Members: ids.all(personKind, in.Members, "members"),
	}
	for i, c := range in.Corrections {
		out.Corrections = append(out.Corrections, round.MarkChange{
			Mark: ids.id(markKind, c.Mark, "corrections[%d].mark", i), Value: ids.value(c.Value, c.Detail, "corrections[%d].value", i), Detail: detailFrom(c.Detail),
		})
	}
	return out
}

// objectionPayload runs a mutation of one objection.
func objectionPayload(ctx context.Context, clientID *string, ids reader, do func() (*round.Objection, error)) (*model.ObjectionPayload, error) {
	payload := &model.ObjectionPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var o *round.Objection
		if o, err = do(); err == nil {
			payload.Objection = objection(o)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
