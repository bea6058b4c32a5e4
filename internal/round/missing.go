package round

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/viewer"
)

// EntryAbsent records that a subject does not take part, or that it does.
type EntryAbsent struct {
	Round    uuid.UUID
	Subject  uuid.UUID // the contestant; or UnitCode, its code
	UnitCode string
	Absent   bool
	Reason   string
}

func (in EntryAbsent) subject() SubjectRef { return SubjectRef{in.Subject, in.UnitCode} }

// MissingDecide decides what a missing subject or mark means (Q13). Without
// item and channel it is about the whole subject.
type MissingDecide struct {
	Round    uuid.UUID
	Subject  uuid.UUID // the contestant; or UnitCode, its code
	UnitCode string
	Item     string
	Channel  string
	Decision string // DecideUnranked | DecideZero
	Reason   string
}

func (in MissingDecide) subject() SubjectRef { return SubjectRef{in.Subject, in.UnitCode} }

// RecordAbsence records, with a reason, that a subject does not take part
// (未参评), or takes that back together with what was decided about it.
func (s *Service) RecordAbsence(ctx context.Context, in EntryAbsent) (*Answer, error) {
	if err := reasoned(in.Reason); err != nil {
		return nil, err
	}
	return s.settleMissing(ctx, in.Round, in.subject(), func(ctx context.Context, st Store, d *desk, e *Entry, _ *viewer.Viewer) error {
		if err := opened(d.round); err != nil {
			return err
		}
		e.Absent, e.Reason = in.Absent, strings.TrimSpace(in.Reason)
		if !in.Absent {
			e.Reason = ""
		}
		if err := st.RemoveDecisions(ctx, d.round.ID, e.Subject); err != nil {
			return err
		}
		return st.SaveAbsence(ctx, e)
	})
}

// DecideMissing decides, with a reason, what an absent subject or a missing
// mark means (Q13): not ranked, or zero. Nothing that is not missing can be
// decided away.
func (s *Service) DecideMissing(ctx context.Context, in MissingDecide) (*Answer, error) {
	if err := reasoned(in.Reason); err != nil {
		return nil, err
	}
	return s.settleMissing(ctx, in.Round, in.subject(), func(ctx context.Context, st Store, d *desk, e *Entry, who *viewer.Viewer) error {
		whole := in.Item == "" && in.Channel == ""
		if in.Decision != DecideZero && (in.Decision != DecideUnranked || !whole) {
			return fault.New(fault.Invalid, "value", in.Decision, "want", "unranked, zero").At("decision")
		}
		if !whole {
			if _, err := d.plan.Find(in.Item, in.Channel); err != nil {
				return err
			}
		}
		if !d.lacks(e, in.Item, in.Channel) {
			return fault.New(fault.DecisionNotNeeded, "name", e.Name).At("%s", in.subject().field()).About(e.Name)
		}
		return st.SaveDecision(ctx, &MissingDecision{
			ID: newID(), Round: d.round.ID, Subject: e.Subject, Unit: e.Unit, Item: in.Item, Channel: in.Channel, Decision: in.Decision,
			Reason: strings.TrimSpace(in.Reason), DecidedBy: who.Person, DecidedAt: s.now(),
		})
	})
}

func (s *Service) settleMissing(ctx context.Context, round uuid.UUID, subject SubjectRef, do func(context.Context, Store, *desk, *Entry, *viewer.Viewer) error) (*Answer, error) {
	answer := &Answer{}
	err := s.change(ctx, authz.MissingDecide, round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if err := inState(r, Open, Closed, Computed); err != nil {
			return err
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		e, err := d.entry(subject)
		if err != nil {
			return err
		}
		if err := do(ctx, st, d, e, who); err != nil {
			return err
		}
		answer.Round = r
		return audit.Record(ctx, string(authz.MissingDecide), "entry", e.ID, map[string]any{"round": r.ID, "subject": e.Code, "absent": e.Absent, "reason": e.Reason})
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// lacks reports whether something is missing of a subject: the whole of it, or
// one cell.
func (d *desk) lacks(e *Entry, item, channel string) bool {
	if e.Absent {
		return item == ""
	}
	for c, cell := range d.plan.Cells() {
		if (item == "" || cell.Item == item && cell.Channel == channel) && d.gap(e, c) != "" {
			return true
		}
	}
	return false
}

// gap says what is missing of one cell of a subject that takes part.
func (d *desk) gap(e *Entry, cell int) scoring.Gap {
	at := d.plan.Cells()[cell]
	var values []exact.Number
	for _, m := range d.marks {
		if m.Subject == e.Subject && m.Item == at.Item && m.Channel == at.Channel {
			values = append(values, m.Value)
		}
	}
	_, gap := scoring.Value(d.plan.Channel(cell).Judges, values)
	return gap
}

// decided finds the decision that settles a cell, or the whole subject.
func (d *desk) decided(e *Entry, item, channel string) *MissingDecision {
	for _, m := range d.decisions {
		if m.Subject == e.Subject && (m.Item == "" || m.Item == item && m.Channel == channel) {
			return m
		}
	}
	return nil
}
