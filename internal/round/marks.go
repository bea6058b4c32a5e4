package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
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
		b := newBatch(len(inputs))
		for i, in := range inputs {
			m := &Mark{
				ID: in.ID, Round: round, Item: in.Item, Channel: in.Channel, Judge: who.Person, Value: in.Value, Detail: in.Detail,
				EnteredBy: who.Person, EnteredAt: s.now(), State: MarkEntered,
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
			EnteredBy: who.Person, EnteredAt: s.now(), State: MarkEntered, Supersedes: &old.ID, Reason: in.Reason,
		}
		return b, nil
	})
	if err != nil {
		return nil, err
	}
	return marks[0], nil
}

// drafting makes the marks that somebody wants to enter, with what was wrong in
// making them.
type drafting func(ctx context.Context, st Store, d *desk, who *viewer.Viewer) (*batch, error)

// enter checks and inserts marks that draft makes, and reads them back.
func (s *Service) enter(ctx context.Context, find func(context.Context, Store) (uuid.UUID, error), draft drafting) (out []*Mark, err error) {
	err = s.keep(ctx, find, draft, func(ctx context.Context, st Store, b *batch) error {
		out, err = inOrder(ctx, st, b.marks)
		return err
	})
	return out, err
}

// keep checks and inserts marks that draft makes.
func (s *Service) keep(ctx context.Context, find func(context.Context, Store) (uuid.UUID, error), draft drafting, then func(context.Context, Store, *batch) error) error {
	return s.changeAt(ctx, authz.MarkWrite, find, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if r.OpenedAt == nil || r.State == Cancelled {
			return opened(r)
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		b, err := draft(ctx, st, d, who)
		if err != nil {
			return err
		}
		for _, m := range b.marks {
			if m.Value.Sign() == 0 {
				d.appraise(m)
			}
		}
		if err := b.known(ctx, st); err != nil {
			return err
		}
		if len(b.fresh) > 0 {
			if err := opened(r); err != nil {
				return err
			}
			seen, _ := s.sighted(ctx, authz.MarkWrite, d.items)
			(&checker{desk: d, who: who, office: s.officeWorks(ctx), seen: seen}).checkAll(b)
		}
		if err := b.err(); err != nil {
			return err
		}
		if len(b.fresh) > 0 {
			if err := insert(ctx, st, r, b.fresh, b.marks); err != nil {
				return err
			}
		}
		return then(ctx, st, b)
	})
}

// insert writes new marks; an id that somebody took meanwhile, or that another
// tenant uses, is refused like any other reused id.
func insert(ctx context.Context, st Store, r *Round, fresh map[uuid.UUID]bool, marks []*Mark) error {
	var rows []*Mark
	ids := make([]string, 0, len(fresh))
	for _, m := range marks {
		if fresh[m.ID] {
			rows = append(rows, m)
			ids = append(ids, m.ID.String())
		}
	}
	n, err := st.InsertMarks(ctx, rows)
	if err != nil {
		return err
	}
	if n < len(rows) {
		return fault.New(fault.MarkIDReused).At("marks")
	}
	if err := marked(ctx, r, len(ids)); err != nil {
		return err
	}
	return audit.Record(ctx, string(authz.MarkWrite), "round", r.ID, map[string]any{"marks": ids})
}

// inOrder reads marks back in the order sent.
func inOrder(ctx context.Context, st Store, marks []*Mark) ([]*Mark, error) {
	ids := make([]uuid.UUID, len(marks))
	for i, m := range marks {
		ids[i] = m.ID
	}
	stored, err := st.MarksByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	have := map[uuid.UUID]*Mark{}
	for _, m := range stored {
		have[m.ID] = m
	}
	out := make([]*Mark, len(marks))
	for i, id := range ids {
		out[i] = have[id]
	}
	return out, nil
}

// placed puts the index of a mark in front of a fault's field.
func placed(err error, at int) fault.List {
	list := fault.All(err)
	for _, f := range list {
		f.At("marks[%d].%s", at, f.Field)
	}
	return list
}
