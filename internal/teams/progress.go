package teams

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/posting"
	"leitai/internal/template"
)

// EnterFigures enters the figures of one milestone and period (D14–D22): counts
// and sums, never names (G12). A later entry corrects an earlier one.
func (s *Service) EnterFigures(ctx context.Context, in Figures) (*Figures, error) {
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		p, rules, err := s.ownServing(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if err := in.check(rules.Template, p); err != nil {
			return err
		}
		in.ID, in.EnteredBy, in.EnteredAt = newID(), a.who.Person, a.at
		if err := st.InsertPostingFigures(ctx, in); err != nil {
			return err
		}
		// Whether the formula can be worked out shows at once.
		if _, err := posting.Milestones(rules.Template.Postings.Milestones, p.Term(), []posting.Figures{{Milestone: in.Milestone, Label: in.Label, Values: in.Values}}, a.today); err != nil {
			return err
		}
		return note(ctx, string(authz.PostingWrite), p.ID, map[string]any{"milestone": in.Milestone, "period": in.Label, "source": in.Source})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}

func (s *Service) ownServing(ctx context.Context, st Store, id uuid.UUID) (*Posting, Rules, error) {
	p, rules, err := s.own(ctx, st, id)
	if err == nil && p.From.IsZero() {
		err = wrongState(p, posting.Posted)
	}
	return p, rules, err
}

func (in *Figures) check(doc *template.Document, p *Posting) error {
	m, ok := ruleOf(doc, in.Milestone)
	if !ok {
		var keys []string
		for _, m := range doc.Postings.Milestones {
			keys = append(keys, m.Key)
		}
		return fault.New(fault.MilestoneUnknown, "value", in.Milestone, "choices", strings.Join(keys, ", ")).At("milestone")
	}
	var labels []string
	for _, slot := range posting.MilestoneSlots(m, p.Term()) {
		labels = append(labels, slot.Label)
	}
	if !slices.Contains(labels, in.Label) {
		return fault.New(fault.MilestonePeriod, "value", in.Label, "choices", strings.Join(labels, ", ")).At("period")
	}
	var faults fault.List
	metrics, _ := template.Formula(m.Formula)
	for key := range in.Values {
		if !slices.Contains(metrics, key) {
			faults = append(faults, fault.New(fault.MilestoneMetric, "value", key, "choices", strings.Join(metrics, ", ")).At("figures"))
		}
	}
	if len(in.Values) == 0 {
		faults = append(faults, fault.New(fault.Required, "want", strings.Join(metrics, ", ")).At("figures"))
	}
	if in.Source = strings.TrimSpace(in.Source); in.Source == "" {
		faults = append(faults, fault.New(fault.Required, "want", "source").At("source"))
	}
	return faults.Err()
}

// Kinds of events, for all who are posted or for one.
var (
	eventsForAll = []string{posting.Symposium, posting.Observation, posting.Training}
	eventsForOne = []string{posting.UnitVisit, posting.UnitHearing}
)

// RecordEvent records a symposium, observation or training for all (D26, D27),
// or a visit or hearing of the sending unit for one posting (D30).
func (s *Service) RecordEvent(ctx context.Context, in Event) (*Event, error) {
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		if in.Posting != nil {
			p, _, err := s.ownServing(ctx, st, *in.Posting)
			if err != nil {
				return err
			}
			in.Competition = p.Competition
			if in.On.Before(p.From) || in.On.After(p.Last) {
				return fault.New(fault.PostingEventDate, "value", in.On.String()).At("on")
			}
		} else if _, err := postingRules(ctx, st, in.Competition); err != nil {
			return err
		}
		if err := in.check(a.today); err != nil {
			return err
		}
		in.ID, in.RecordedBy, in.RecordedAt = newID(), a.who.Person, a.at
		if err := st.InsertPostingEvent(ctx, in); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.PostingWrite), "postingEvent", in.ID, map[string]any{"kind": in.Kind, "on": in.On.String()})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}

func (in Event) check(today calendar.Date) error {
	kinds := eventsForAll
	if in.Posting != nil {
		kinds = eventsForOne
	}
	if !slices.Contains(kinds, in.Kind) {
		return fault.New(fault.PostingEventKind, "value", in.Kind, "choices", strings.Join(kinds, ", ")).At("kind")
	}
	if in.On.IsZero() || in.On.After(today) {
		return fault.New(fault.PostingEventDate, "value", in.On.String()).At("on")
	}
	return nil
}

// ConfirmEvent lets the liaison of the sending unit confirm a visit or hearing
// of one of its own people (D30); for anybody else it is not there.
func (s *Service) ConfirmEvent(ctx context.Context, id uuid.UUID) (*Event, error) {
	if err := s.gate.Anywhere(ctx, authz.PostingConfirm); err != nil {
		return nil, err
	}
	var confirmed *Event
	err := s.changeOwn(ctx, func(ctx context.Context, a act, st Store) error {
		e, err := st.PostingEventByID(ctx, id)
		if err != nil {
			return fault.NotFoundAt(err, "event")
		}
		if e.Posting == nil {
			return fault.New(fault.NotFound).At("event")
		}
		p, err := st.PostingByID(ctx, *e.Posting)
		if err != nil {
			return fault.NotFoundAt(err, "event")
		}
		if p.Liaison == nil || *p.Liaison != a.who.Person {
			return fault.New(fault.NotFound).At("event")
		}
		if e.ConfirmedBy != nil {
			return fault.New(fault.PostingConfirmed).At("event")
		}
		e.ConfirmedBy = &a.who.Person
		if err := st.ConfirmPostingEvent(ctx, e); err != nil {
			return err
		}
		confirmed = e
		return audit.Record(ctx, string(authz.PostingConfirm), "postingEvent", e.ID, map[string]any{"kind": e.Kind})
	})
	return confirmed, err
}

// Inspect records a half-yearly special inspection (专项考察): yes or no to the
// four questions, whether it bars from the best grade, and the number of the
// record; what it says stays in the file (D31, G12).
func (s *Service) Inspect(ctx context.Context, in Inspection) (*Inspection, error) {
	err := s.change(ctx, authz.InspectionWrite, func(ctx context.Context, a act, st Store) error {
		p, _, err := s.ownServing(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if in.On.IsZero() || in.On.After(a.today) || in.On.Before(p.From) || in.On.After(p.Last) {
			return fault.New(fault.InspectionPeriod).At("on")
		}
		if in.Record = strings.TrimSpace(in.Record); in.Record == "" {
			return fault.New(fault.PostingRecordMissing).At("record")
		}
		in.Label = calendar.PeriodOf(calendar.HalfYear, in.On).String()
		if err := in.correct(ctx, st); err != nil {
			return err
		}
		in.ID, in.RecordedBy, in.RecordedAt = newID(), a.who.Person, a.at
		if err := st.InsertInspection(ctx, in); err != nil {
			return err
		}
		return note(ctx, string(authz.InspectionWrite), p.ID, map[string]any{"period": in.Label, "record": in.Record})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}

// correct finds the inspection of the same half-year that this one corrects.
func (in *Inspection) correct(ctx context.Context, st Store) error {
	in.Reason, in.Supersedes = strings.TrimSpace(in.Reason), nil
	before, err := st.PostingInspections(ctx, in.Posting)
	if err != nil {
		return err
	}
	for _, i := range before {
		if i.Label == in.Label {
			in.Supersedes = &i.ID
		}
	}
	switch {
	case in.Supersedes == nil:
		in.Reason = ""
	case in.Reason == "":
		return fault.New(fault.InspectionReason).At("reason")
	}
	return nil
}

// RecordSupport records whether allowance and insurance were there in a month,
// quarter, half-year or year (D38).
func (s *Service) RecordSupport(ctx context.Context, in Support) (*Support, error) {
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		p, _, err := s.ownServing(ctx, st, in.Posting)
		if err != nil {
			return err
		}
		if in.Period.IsZero() || in.Period.Last().Before(p.From) || in.Period.First().After(p.Last) {
			return fault.New(fault.MilestonePeriod, "value", in.Period.String(), "choices", p.From.String()+"/"+p.Last.String()).At("period")
		}
		in.ID, in.RecordedBy, in.RecordedAt = newID(), a.who.Person, a.at
		if err := st.InsertSupport(ctx, in); err != nil {
			return err
		}
		return note(ctx, string(authz.PostingWrite), p.ID, map[string]any{"period": in.Period.String(), "allowance": in.Allowance, "insurance": in.Insurance})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}
