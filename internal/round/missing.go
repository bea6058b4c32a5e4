package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
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
			if err := d.decidable(in.Item, in.Channel); err != nil {
				return err
			}
		}
		if d.measured() {
			input, err := d.gather(ctx, st)
			if err != nil {
				return err
			}
			if err := d.measure(input); err != nil {
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
		return audit.Record(ctx, string(authz.MissingDecide), "entry", e.ID, map[string]any{"round": r.ID, "subject": e.Code, "absent": e.Absent},
			audit.At(e.Unit), audit.Because(e.Reason))
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
	return slices.ContainsFunc(d.lacking, func(g contest.Gap) bool {
		return g.Subject == e.Code && (item == "" || channel == "" && (g.Item == item && g.Item != "" || g.Part != "" && item == "parts."+g.Part))
	})
}

// decidable refuses what is neither a cell, an item that takes no marks, nor a
// part of the total.
func (d *desk) decidable(item, channel string) error {
	if part, is := partOf(item); is {
		if slices.ContainsFunc(d.doc.Parts, func(p template.Part) bool { return p.Key == part }) {
			return nil
		}
		return fault.New(fault.FigureUnknown, "value", part, "want", strings.Join(figureKeys(d, PartFigure), ", ")).At("item")
	}
	if at := d.plan.Position(item); at >= 0 && channel == "" && scoring.Measured(d.plan.Items()[at].Kind) {
		return nil
	}
	_, err := d.plan.Find(item, channel)
	return err
}

// measure works out what the figures of the round lack, for who decides about
// it; marks are looked at cell by cell. The input is one without decisions.
func (d *desk) measure(in contest.Input) error {
	if d.lacking != nil || !d.measured() {
		return nil
	}
	result, err := contest.Tally(in)
	if err != nil {
		return err
	}
	d.lacking = []contest.Gap{}
	for _, g := range result.Gaps {
		if g.Channel == "" {
			d.lacking = append(d.lacking, g)
		}
	}
	return nil
}

// measured reports whether the total needs anything beside marks.
func (d *desk) measured() bool {
	return slices.ContainsFunc(d.items, func(i template.Item) bool { return scoring.Measured(i.Kind) }) ||
		slices.ContainsFunc(d.doc.Parts, func(p template.Part) bool { return p.From != scoring.FromItems })
}

// gap says what is missing of one cell of a subject that takes part.
func (d *desk) gap(e *Entry, cell int) scoring.Gap {
	at := d.plan.Cells()[cell]
	if !concerns(d.plan.ItemOf(cell), e) {
		return ""
	}
	var values []exact.Number
	for _, m := range d.of(e.Subject, at.Item, at.Channel) {
		values = append(values, m.Value)
	}
	return d.plan.Gap(cell, values)
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
