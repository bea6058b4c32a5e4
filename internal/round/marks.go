package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/viewer"
)

// MarkInput is one mark to enter; the client makes the id.
type MarkInput struct {
	ID       uuid.UUID
	Subject  uuid.UUID // the contestant; or UnitCode, its code
	UnitCode string
	Item     string
	Channel  string
	Value    exact.Number    // of an item that is marked in points; otherwise what Detail comes to may be left out
	Detail   *scoring.Detail // what was found, for items of other kinds
	Judge    *uuid.UUID      // when the office types in a paper sheet; nil: the caller
}

func (in MarkInput) subject() SubjectRef { return SubjectRef{in.Subject, in.UnitCode} }

// MarkCorrection replaces a mark, with a reason.
type MarkCorrection struct {
	Mark   uuid.UUID
	ID     uuid.UUID // of the new mark, made by the client
	Value  exact.Number
	Detail *scoring.Detail
	Reason string
}

// MaxMarks is how many marks one batch holds at most.
const MaxMarks = 500

// SubmitMarks enters a batch of marks, all or nothing; a refusal names every
// offending mark by its place. Sending the same batch again changes nothing and
// answers as the first time, even after the round closed. The marks come back
// in the order sent.
func (s *Service) SubmitMarks(ctx context.Context, round uuid.UUID, inputs []MarkInput) ([]*Mark, error) {
	if len(inputs) == 0 || len(inputs) > MaxMarks {
		return nil, fault.New(fault.MarksPerBatch, "value", itoa(len(inputs)), "want", itoa(MaxMarks)).At("marks")
	}
	return s.enter(ctx, at(round), s.drafts(round, inputs))
}

// at is the round itself, for work that needs not find it.
func at(round uuid.UUID) func(context.Context, Store) (uuid.UUID, error) {
	return func(context.Context, Store) (uuid.UUID, error) { return round, nil }
}

// drafts makes the marks of inputs, with every subject that is unknown.
func (s *Service) drafts(round uuid.UUID, inputs []MarkInput) drafting {
	return func(_ context.Context, _ Store, d *desk, who *viewer.Viewer) (*batch, error) {
		b, now := newBatch(len(inputs)), s.moment()
		marks := make([]Mark, len(inputs))
		for i, in := range inputs {
			m := &marks[i]
			*m = Mark{
				ID: in.ID, Round: round, Item: in.Item, Channel: in.Channel, Judge: who.Person, Value: in.Value, Detail: in.Detail,
				EnteredBy: who.Person, EnteredAt: now, State: MarkEntered,
			}
			if e, err := d.entry(in.subject()); err != nil {
				b.refuse(i, fault.All(err)...)
			} else {
				m.Subject, m.SubjectKind, m.Unit = e.Subject, e.Kind, e.Unit
			}
			if in.Judge != nil {
				m.Judge = *in.Judge
			}
			b.marks[i] = m
		}
		return b, nil
	}
}

// CorrectMark replaces a mark by a new one, with a reason; the old one stays on
// record. Whoever judged or entered it may, and the office. The new mark waits
// for its second person again. Sending the same correction again changes
// nothing.
func (s *Service) CorrectMark(ctx context.Context, in MarkCorrection) (*Mark, error) {
	if err := reasoned(in.Reason); err != nil {
		return nil, err
	}
	var old *Mark
	find := func(ctx context.Context, st Store) (uuid.UUID, error) {
		found, err := st.MarksByID(ctx, []uuid.UUID{in.Mark})
		if err == nil && len(found) == 0 {
			err = fault.New(fault.NotFound).At("mark")
		}
		if err != nil {
			return uuid.Nil, err
		}
		old = found[0]
		return old.Round, nil
	}
	marks, err := s.enter(ctx, find, func(ctx context.Context, _ Store, _ *desk, who *viewer.Viewer) (*batch, error) {
		if old.Judge != who.Person && old.EnteredBy != who.Person && !s.officeWorks(ctx) {
			return nil, fault.New(fault.NotFound).At("mark")
		}
		b := newBatch(1)
		b.marks[0] = &Mark{
			ID: in.ID, Round: old.Round, Item: old.Item, Channel: old.Channel, Subject: old.Subject, SubjectKind: old.SubjectKind, Unit: old.Unit, Judge: old.Judge, Value: in.Value, Detail: in.Detail,
			EnteredBy: who.Person, EnteredAt: s.moment(), State: MarkEntered, Supersedes: &old.ID, Reason: in.Reason,
		}
		return b, nil
	})
	if err != nil {
		return nil, err
	}
	return marks[0], nil
}

// placed puts the index of a mark in front of a fault's field.
func placed(err error, at int) fault.List {
	list := fault.All(err)
	for _, f := range list {
		f.At("marks[%d].%s", at, f.Field)
	}
	return list
}
