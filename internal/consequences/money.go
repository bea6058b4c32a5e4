package consequences

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/viewer"
)

// Decision is what the minutes of the deciding meeting say about one outcome.
type Decision struct {
	Amount  exact.Number // yuan, above 0; a penalty is an amount too
	Minutes string
	Basis   string
}

// Decide enters the collective decision on money: amount, minutes and basis are
// all needed, and no template supplies them (A33).
func (s *Service) Decide(ctx context.Context, id uuid.UUID, revision int, d Decision) (*Outcome, error) {
	return s.moneyStep(ctx, authz.MoneyDecide, id, revision, func(_ context.Context, _ Store, o *Outcome, who *viewer.Viewer) error {
		return o.money(func(m outcome.Money) (outcome.Money, error) {
			return m.Decide(outcome.MoneyDecision{Amount: d.Amount, Minutes: strings.TrimSpace(d.Minutes), Basis: strings.TrimSpace(d.Basis), By: who.Person.String()})
		})
	})
}

// Approve is the finance approval, by another person than who decided (A34).
func (s *Service) Approve(ctx context.Context, id uuid.UUID, revision int) (*Outcome, error) {
	return s.moneyStep(ctx, authz.MoneyApprove, id, revision, func(_ context.Context, _ Store, o *Outcome, who *viewer.Viewer) error {
		return o.money(func(m outcome.Money) (outcome.Money, error) { return m.Approve(who.Person.String()) })
	})
}

// Pay records the payment with its voucher (A34).
func (s *Service) Pay(ctx context.Context, id uuid.UUID, revision int, record string) (*Outcome, error) {
	return s.moneyStep(ctx, authz.MoneyExecute, id, revision, func(_ context.Context, _ Store, o *Outcome, who *viewer.Viewer) error {
		err := o.money(func(m outcome.Money) (outcome.Money, error) {
			return m.Execute(who.Person.String(), strings.TrimSpace(record))
		})
		if err == nil {
			now := s.now()
			o.ExecutedAt = &now
		}
		return err
	})
}

// moneyStep is a step for which a right at the tenant's own unit is needed.
func (s *Service) moneyStep(ctx context.Context, p authz.Permission, id uuid.UUID, revision int,
	do func(ctx context.Context, st Store, o *Outcome, who *viewer.Viewer) error) (*Outcome, error) {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return nil, err
	}
	return s.step(ctx, p, id, revision, do)
}

// money walks one step of the chain with the pure rule and keeps what it says.
func (o *Outcome) money(step func(outcome.Money) (outcome.Money, error)) error {
	if o.Action != outcome.DoMoney {
		return fault.New(fault.OutcomeNotMoney).At("outcome")
	}
	before := outcome.Money{State: outcome.MoneyState(o.State), Penalty: o.Penalty, Minutes: o.Minutes, Basis: o.Basis, Record: o.Record,
		DecidedBy: text(o.DecidedBy), ApprovedBy: text(o.ApprovedBy), ExecutedBy: text(o.ExecutedBy)}
	if o.Amount != nil {
		before.Amount = *o.Amount
	}
	after, err := step(before)
	if f := fault.All(err); len(f) == 1 && f[0].Code == fault.WrongState {
		return wrongState(o.State, State(f[0].Args["want"])).At("%s", f[0].Field)
	}
	if err != nil {
		return err
	}
	o.State, o.Amount, o.Minutes, o.Basis, o.Record = State(after.State), &after.Amount, after.Minutes, after.Basis, after.Record
	o.DecidedBy, o.ApprovedBy, o.ExecutedBy = id(after.DecidedBy), id(after.ApprovedBy), id(after.ExecutedBy)
	return nil
}

func text(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

func id(text string) *uuid.UUID {
	parsed, err := uuid.Parse(text)
	if err != nil {
		return nil
	}
	return &parsed
}
