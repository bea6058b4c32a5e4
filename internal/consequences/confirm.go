package consequences

import (
	"context"
	"fmt"
	"slices"
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
// twice. Money is never confirmed: it is decided (A33). What is to be carried out
// becomes a task of those who hold the executing role on that day; without a due
// date it is due in fifteen days.
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
		today, err := s.today(who)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.State == Confirmed || o.State == Executed {
				continue
			}
			if err := s.confirm(ctx, st, o, who, due, today); err != nil {
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
			faults = append(faults, wrongState(o.State, Proposed).At("outcomes[%d]", i).About(o.UnitName))
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

func (s *Service) confirm(ctx context.Context, st Store, o *Outcome, who *viewer.Viewer, due, today calendar.Date) error {
	before := noted(o)
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
		if o.Due = due; due.IsZero() {
			o.Due = today.AddDays(daysToAct)
		}
		task, err := s.taskOf(ctx, st, o, today)
		if err != nil {
			return err
		}
		if err := put(ctx, st, task); err != nil {
			return err
		}
	}
	if err := st.UpdateOutcome(ctx, o); err != nil {
		return err
	}
	return audit.Record(ctx, string(authz.OutcomeConfirm), "outcome", o.ID, map[string]any{"rule": o.Rule}, audit.At(o.Unit), audit.Changed(before, noted(o)))
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
		} else if err := entry.hold(ctx, st, o); err != nil {
			return nil, err
		}
		out = append(out, entry)
	}
	return out, nil
}

// hold gives an entry the outcome's own subject as holder: a unit, a person
// (C01), or an organisation or team.
func (e *Entry) hold(ctx context.Context, st Store, o *Outcome) error {
	if o.Subject == o.Unit || o.Subject == uuid.Nil {
		e.Unit = &o.Unit
		return nil
	}
	person, err := st.IsPerson(ctx, o.Subject)
	if person {
		e.Person = &o.Subject
	} else {
		e.Body = &o.Subject
	}
	return err
}

// Execute records that a confirmed outcome was carried out: who was spoken
// with, when, what was said (A28, A30). The office may record it, and whoever
// was to carry it out.
func (s *Service) Execute(ctx context.Context, id uuid.UUID, revision int, record string) (*Outcome, error) {
	return s.step(ctx, authz.TaskExecute, id, revision, func(ctx context.Context, st Store, o *Outcome, who *viewer.Viewer) error {
		if o.Action == outcome.DoMoney {
			return fault.New(fault.OutcomeIsMoney).At("outcome")
		}
		task, err := st.TaskOfOutcome(ctx, o.ID)
		if err != nil {
			return err
		}
		if !s.gate.May(ctx, authz.OutcomeExecute, uuid.Nil) && (task == nil || !slices.Contains(task.Executors, who.Person)) {
			return fault.New(fault.Forbidden, "permission", string(authz.OutcomeExecute))
		}
		if o.State != Confirmed {
			return wrongState(o.State, Confirmed).At("outcome")
		}
		if strings.TrimSpace(record) == "" {
			return fault.New(fault.OutcomeRecordMissing).At("record")
		}
		now := s.now()
		if task != nil && task.State == TaskOpen {
			if err := task.close(record, who.Person, now); err != nil {
				return err
			}
			if err := st.UpdateTask(ctx, task); err != nil {
				return err
			}
		}
		o.State, o.Record, o.ExecutedBy, o.ExecutedAt = Executed, record, &who.Person, &now
		return nil
	})
}

// stateNames are what people call the states.
var stateNames = map[State][2]string{
	Proposed: {"拟议", "proposed"}, Confirmed: {"已确认", "confirmed"}, Decided: {"已决定", "decided"},
	Approved: {"已批准", "approved"}, Executed: {"已执行", "carried out"}, Reversed: {"已撤销", "taken back"},
}

func wrongState(have, want State) *fault.Fault {
	return fault.New(fault.WrongState, "state", string(have), "want", string(want)).
		Call("state", stateNames[have][0], stateNames[have][1]).Call("want", stateNames[want][0], stateNames[want][1])
}

// noted is what the audit compares of an outcome.
func noted(o *Outcome) map[string]any {
	return map[string]any{"state": o.State, "due": o.Due, "amount": o.Amount, "minutes": o.Minutes, "basis": o.Basis, "record": o.Record}
}

// step changes one outcome whose revision the caller has read.
func (s *Service) step(ctx context.Context, p authz.Permission, id uuid.UUID, revision int,
	do func(ctx context.Context, st Store, o *Outcome, who *viewer.Viewer) error) (*Outcome, error) {
	if err := s.gate.Anywhere(ctx, p); err != nil {
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
		before := noted(o)
		if err := do(ctx, st, o, who); err != nil {
			return err
		}
		if err := st.UpdateOutcome(ctx, o); err != nil {
			return err
		}
		changed = o
		return audit.Record(ctx, string(p), "outcome", o.ID, nil, audit.At(o.Unit), audit.Because(o.Basis), audit.Changed(before, noted(o)))
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}
