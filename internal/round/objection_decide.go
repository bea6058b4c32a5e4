package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/viewer"
)

// ObjectionDecision is what the review group decides about one objection.
type ObjectionDecision struct {
	Objection   uuid.UUID
	Revision    int
	Accept      bool
	Reason      string      // told to the village
	Members     []uuid.UUID // who decided together with the caller
	Corrections []MarkChange
}

// MarkChange is a mark of the objected item and what it becomes.
type MarkChange struct {
	Mark   uuid.UUID
	Value  exact.Number
	Detail *scoring.Detail
}

// DecideObjection records the review group's decision. Nobody takes part who
// gave, entered or confirmed a mark of what is objected to, who leads that item,
// or who is linked to the village on the day of the round. An accepted objection
// says what the marks become; nothing changes before all of the round are
// applied together, and until then it may be decided anew, because a mark may
// have been corrected meanwhile.
func (s *Service) DecideObjection(ctx context.Context, in ObjectionDecision) (*Objection, error) {
	if err := reasoned(in.Reason); err != nil {
		return nil, err
	}
	return s.objection(ctx, authz.ObjectionDecide, in.Objection, in.Revision, func(ctx context.Context, st Store, r *Round, o *Objection, who *viewer.Viewer) error {
		if !slices.Contains(s.gate.Roles(ctx, uuid.Nil), authz.ReviewGroup) {
			return fault.New(fault.ObjectionReviewers)
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		if err := d.disinterested(ctx, st, o, append([]uuid.UUID{who.Person}, in.Members...)); err != nil {
			return err
		}
		o.State, o.Corrections = ObjectionRejected, nil
		if in.Accept {
			o.State = ObjectionAccepted
			others, err := st.ObjectionsOf(ctx, r.ID)
			if err != nil {
				return err
			}
			if o.Corrections, err = d.corrections(o, in.Corrections, others); err != nil {
				return err
			}
		} else if len(in.Corrections) > 0 {
			return fault.New(fault.ObjectionCorrection).At("corrections")
		}
		at := s.now()
		o.DecidedBy, o.Members, o.DecidedAt, o.Decision = &who.Person, in.Members, &at, strings.TrimSpace(in.Reason)
		return nil
	})
}

// disinterested refuses everybody who has an interest in what is objected to.
func (d *desk) disinterested(ctx context.Context, st Store, o *Objection, deciders []uuid.UUID) error {
	aliases, err := st.Pseudonyms(ctx, deciders)
	if err != nil {
		return err
	}
	var bad fault.List
	for i, person := range deciders {
		field := "members[" + itoa(i-1) + "]"
		if i == 0 {
			field = "decidedBy"
		}
		alias, known := aliases[person]
		if !known || slices.Contains(deciders[:i], person) {
			bad = append(bad, fault.New(fault.NotFound).At("%s", field))
			continue
		}
		if zh, en := d.interest(o, person, alias); zh != "" {
			bad = append(bad, fault.New(fault.ObjectionInterest, "person", alias, "why", en).Call("why", zh, en).At("%s", field))
		}
	}
	return bad.Err()
}

// interest says in both languages why a person must stand aside; nothing when
// there is no reason.
func (d *desk) interest(o *Objection, person uuid.UUID, alias string) (zh, en string) {
	if e := d.entryOf(o.Subject); e != nil && linked(e.Links, alias) {
		return "与该单位有联系", "linked to it"
	}
	for _, item := range d.rubric {
		if item.Key == o.Item && item.Owner == person {
			return "是该单项的分管领导", "leads the item"
		}
	}
	for _, m := range d.marks {
		if !o.about(m) {
			continue
		}
		if m.Judge == person || m.EnteredBy == person || m.ReviewedBy != nil && *m.ReviewedBy == person {
			return "参与了该项评分或复核", "gave or confirmed its marks"
		}
	}
	return "", ""
}

// about reports whether a mark is one of those objected to.
func (o *Objection) about(m *Mark) bool {
	return m.Subject == o.Subject && m.Item == o.Item && (o.Channel == "" || m.Channel == o.Channel)
}

// corrections checks what the marks become, at their places. No mark is
// corrected by two accepted objections.
func (d *desk) corrections(o *Objection, changes []MarkChange, others []*Objection) ([]Correction, error) {
	if len(changes) == 0 {
		return nil, fault.New(fault.ObjectionNoChange).At("corrections")
	}
	var bad fault.List
	var out []Correction
	seen := map[uuid.UUID]bool{}
	for _, other := range others {
		if other.ID != o.ID && other.State == ObjectionAccepted {
			for _, c := range other.Corrections {
				seen[c.Mark] = true
			}
		}
	}
	for i, change := range changes {
		at := slices.IndexFunc(d.marks, func(m *Mark) bool { return m.ID == change.Mark && o.about(m) })
		if at < 0 || seen[change.Mark] {
			bad = append(bad, fault.New(fault.ObjectionCorrection).At("corrections[%d].mark", i))
			continue
		}
		seen[change.Mark] = true
		value, err := d.becomes(d.marks[at], change.Value, change.Detail)
		for _, f := range fault.All(err) {
			bad = append(bad, f.At("corrections[%d].%s", i, f.Field))
		}
		out = append(out, Correction{Mark: change.Mark, ID: newID(), Value: value, Detail: change.Detail})
	}
	return out, bad.Err()
}

// becomes is what a mark comes to with a new value, or with a new finding.
func (d *desk) becomes(m *Mark, value exact.Number, detail *scoring.Detail) (exact.Number, error) {
	cell, err := d.plan.Find(m.Item, m.Channel)
	if err != nil {
		return value, err
	}
	if item := d.plan.ItemOf(cell); detail != nil && scoring.CheckDetail(item, detail) == nil && scoring.Detailed(item.Kind) {
		value = scoring.ValueOf(item, *detail)
	} else if !isDecimal(value) {
		return value, fault.New(fault.MarkNotDecimal, "value", value.String()).At("value")
	}
	return value, d.plan.CheckMark(cell, value, detail).Err()
}
