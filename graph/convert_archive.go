package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/archive"
	"leitai/internal/fault"
	"leitai/internal/tenancy"
)

func leaving(l *archive.Leaving) *model.TenantLeaving {
	if l == nil {
		return nil
	}
	m := &model.TenantLeaving{State: model.LeavingStateAsked, Reason: l.Reason, GraceDays: l.GraceDays, RequestedAt: l.RequestedAt,
		RequestedBy: userOrOperator(l.RequestedBy)}
	if !l.ConfirmedAt.IsZero() {
		m.State, m.ConfirmedBy = model.LeavingStateConfirmed, userOrOperator(l.ConfirmedBy)
		m.ConfirmedAt, m.Due = &l.ConfirmedAt, &l.Due
	}
	return m
}

// userOrOperator is nil for the operator, who has no user here.
func userOrOperator(user uuid.UUID) *string {
	if user == uuid.Nil {
		return nil
	}
	id := globalID(userKind, user)
	return &id
}

// leavingPayload runs a mutation about the end of the tenant.
func leavingPayload(ctx context.Context, clientID *string, do func() (*archive.Leaving, error)) (*model.TenantLeavingPayload, error) {
	l, err := do()
	payload := &model.TenantLeavingPayload{Leaving: leaving(l), ClientMutationID: clientID}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func erasure(e *archive.Erasure, language fault.Language) *model.PersonErasure {
	m := &model.PersonErasure{Person: *person(&tenancy.Person{ID: e.Known.ID, Pseudonym: e.Known.Pseudonym}),
		Goes: counts(e.Goes, language), Stays: counts(e.Stays, language), Duties: make([]*model.OpenDuty, len(e.Duties)),
		Mentions: make([]*model.TextMention, len(e.Mentions)), MoreMentions: e.More}
	for i, d := range e.Duties {
		m.Duties[i] = &model.OpenDuty{Kind: d.Kind, Label: d.Label(language), Object: dutyID(d)}
	}
	for i, n := range e.Mentions {
		m.Mentions[i] = &model.TextMention{Table: n.Table, Field: n.Column, Object: n.ID.String(), Sealed: n.Sealed}
	}
	return m
}

func counts(list []archive.Counted, language fault.Language) []*model.ErasureCount {
	out := make([]*model.ErasureCount, len(list))
	for i, c := range list {
		out[i] = &model.ErasureCount{Key: c.Key, Count: c.Count, Why: c.Why(language)}
	}
	return out
}

// dutyID is a global id where the duty's object has one.
func dutyID(d archive.Duty) string {
	if k, known := map[string]kind{"post": postKind, "issue": issueKind, "task": taskKind, "posting": postingKind, "visit": visitKind,
		"administrator": userKind}[d.Kind]; known {
		return globalID(k, d.ID)
	}
	return d.ID.String()
}

// erased erases a person and gives what is left of it.
func (r *Resolver) erased(ctx context.Context, id uuid.UUID, reason string) (*tenancy.Person, error) {
	if err := r.Archives.Erase(ctx, id, reason); err != nil {
		return nil, err
	}
	left, err := r.Tenancy.PersonsByID(ctx, []uuid.UUID{id})
	if err == nil && len(left) == 0 {
		err = fault.New(fault.NotFound).At("person")
	}
	if err != nil {
		return nil, err
	}
	return left[0], nil
}
