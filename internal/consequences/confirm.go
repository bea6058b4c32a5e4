package consequences

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/viewer"
)

// mostOutcomes bounds one confirmation: nobody else of the tenant writes while
// it runs.
const mostOutcomes = 500

// Confirm accepts proposed outcomes as a person, all or none of them. Points
// are posted to the accounts in the same transaction (A27–A29); what is to be
// carried out becomes a task, due on the date given (zero: none). One that was
// confirmed before stays as it is, so that repeating the call posts nothing
// twice. Money is never confirmed: it is decided (A33).
func (s *Service) Confirm(ctx context.Context, ids []uuid.UUID, due calendar.Date) ([]*Outcome, error) {
	if err := s.gate.Require(ctx, authz.OutcomeConfirm, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > mostOutcomes {
		return nil, fault.New(fault.Invalid, "value", strconv.Itoa(len(ids)), "want", "1–"+strconv.Itoa(mostOutcomes)).At("outcomes")
	}
	var all []*Outcome
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if all, err = st.OutcomesByID(ctx, ids); err != nil {
			return err
		}
		if err := s.confirmable(ctx, st, all); err != nil {
			return err
		}
		for _, o := range all {
			if o.State == Confirmed || o.State == Executed {
				continue
			}
			if err := s.confirm(ctx, st, o, who, due); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// confirmable lists every outcome that cannot be confirmed.
func (s *Service) confirmable(ctx context.Context, st Store, all []*Outcome) error {
	var faults fault.List
	for i, o := range all {
		switch {
		case o.Action == outcome.DoMoney:
			faults = append(faults, fault.New(fault.OutcomeIsMoney).At("outcomes[%d]", i).About(o.UnitName))
		case o.State == Reversed:
			faults = append(faults, fault.New(fault.WrongState, "state", string(o.State), "want", string(Proposed)).At("outcomes[%d]", i).About(o.UnitName))
		}
		trial, err := st.CompetitionTrial(ctx, o.Competition)
		if err != nil {
			return err
		}
		if trial {
			faults = append(faults, fault.New(fault.TrialNeverCounts).At("outcomes[%d]", i))
		}
	}
	return faults.Err()
}

func (s *Service) confirm(ctx context.Context, st Store, o *Outcome, who *viewer.Viewer, due calendar.Date) error {
	o.State, o.ConfirmedBy = Confirmed, &who.Person
	if o.Action == outcome.DoPoints {
		entries, err := s.entries(ctx, st, o, who)
		if err != nil {
			return err
		}
		if err := st.InsertEntries(ctx, entries); err != nil {
			return err
		}
	} else {
		o.Due = due
	}
	if err := st.UpdateOutcome(ctx, o); err != nil {
		return err
	}
	return audit.Record(ctx, string(authz.OutcomeConfirm), "outcome", o.ID, map[string]any{"rule": o.Rule, "due": due})
}

// entries makes the account entries of a confirmed outcome.
func (s *Service) entries(ctx context.Context, st Store, o *Outcome, who *viewer.Viewer) ([]Entry, error) {
	var pseudonyms []string
	for _, e := range o.Entries {
		if e.Kind == outcome.OfPerson {
			pseudonyms = append(pseudonyms, e.Holder)
		}
	}
	persons, err := st.PersonsBy(ctx, pseudonyms)
	if err != nil {
		return nil, err
	}
	now := s.now()
	out := make([]Entry, 0, len(o.Entries))
	for _, e := range o.Entries {
		entry := Entry{ID: newID(), Competition: o.Competition, Period: o.Period, Points: e.Points, Rule: o.Rule, Role: e.Role,
			Subject: o.Unit, Outcome: &o.ID, Revision: o.Revision, PostedBy: who.Person, PostedAt: now}
		if e.Kind == outcome.OfPerson {
			person, known := persons[e.Holder]
			if !known {
				return nil, fmt.Errorf("consequences: no person behind %s", e.Holder)
			}
			entry.Person = &person
		} else {
			entry.Unit = &o.Unit
		}
		out = append(out, entry)
	}
	return out, nil
}

// Execute records that a confirmed outcome was carried out: who was spoken
// with, when, what was said (A28, A30).
func (s *Service) Execute(ctx context.Context, id uuid.UUID, revision int, record string) (*Outcome, error) {
	return s.step(ctx, authz.OutcomeExecute, id, revision, func(o *Outcome, who *viewer.Viewer) error {
		if o.Action == outcome.DoMoney {
			return fault.New(fault.OutcomeIsMoney).At("outcome")
		}
		if o.State != Confirmed {
			return fault.New(fault.WrongState, "state", string(o.State), "want", string(Confirmed)).At("outcome")
		}
		if strings.TrimSpace(record) == "" {
			return fault.New(fault.OutcomeRecordMissing).At("record")
		}
		now := s.now()
		o.State, o.Record, o.ExecutedBy, o.ExecutedAt = Executed, record, &who.Person, &now
		return nil
	})
}

// step changes one outcome whose revision the caller has read.
func (s *Service) step(ctx context.Context, p authz.Permission, id uuid.UUID, revision int, do func(o *Outcome, who *viewer.Viewer) error) (*Outcome, error) {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var changed *Outcome
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		found, err := st.OutcomesByID(ctx, []uuid.UUID{id})
		if fault.CodeOf(err) == fault.NotFound {
			return fault.New(fault.NotFound).At("outcome")
		}
		if err != nil {
			return err
		}
		o := found[0]
		if o.LockRevision != revision {
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(o.LockRevision)).At("revision")
		}
		if err := do(o, who); err != nil {
			return err
		}
		if err := st.UpdateOutcome(ctx, o); err != nil {
			return err
		}
		changed = o
		return audit.Record(ctx, string(p), "outcome", o.ID, map[string]any{"state": o.State, "amount": o.Amount, "minutes": o.Minutes, "basis": o.Basis, "record": o.Record})
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}
