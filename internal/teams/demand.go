package teams

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/posting"
	"leitai/internal/template"
)

// Plan is what is entered to plan what a village is sent.
type Plan struct {
	Competition  uuid.UUID
	UnitCode     string
	ByNeed       bool // sent a first secretary although its class does not ask for one
	TeamByNeed   bool // sent a team likewise
	ExistingTeam bool
	Bound        *uuid.UUID
	Cluster      string
	Funds        string
	Revision     int // 0: the village is not planned for yet
}

// PlanDemand plans a village first; who goes there comes second (D09). The
// classes of the village on the day decide what it is sent, and need adds to
// that, never takes away (D01).
func (s *Service) PlanDemand(ctx context.Context, in Plan) (*Demand, error) {
	var planned *Demand
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		rules, err := postingRules(ctx, st, in.Competition)
		if err != nil {
			return err
		}
		unit, err := st.VillageByCode(ctx, in.UnitCode)
		if err != nil {
			return fault.NotFoundAt(err, "unitCode")
		}
		if in.Bound != nil {
			if err := knownOrganisation(ctx, st, *in.Bound, "bound"); err != nil {
				return err
			}
		}
		d, err := demandAt(ctx, st, in, unit)
		if err != nil {
			return err
		}
		if d.Classes, err = st.UnitClasses(ctx, unit, a.today); err != nil {
			return err
		}
		in.fill(d, posting.DemandOf(rules.Template.Postings.Team, d.Classes), rules.Template.Postings.Team.MinMembers)
		d.PlannedOn = a.today
		if err := st.SavePostingDemand(ctx, d); err != nil {
			return err
		}
		planned = d
		return audit.Record(ctx, string(authz.PostingWrite), "postingDemand", d.ID, map[string]any{"unit": unit, "classes": d.Classes, "team": d.Team})
	})
	return planned, err
}

// fill takes what the classes say and what is entered beside.
func (in Plan) fill(d *Demand, asked posting.Demand, members int) {
	d.FirstSecretary = asked.FirstSecretary == posting.SendAlways || in.ByNeed
	d.Team, d.MinMembers = asked.Team == posting.SendAlways, asked.MinMembers
	if in.TeamByNeed && !d.Team {
		d.Team, d.MinMembers = true, members
	}
	d.ExistingTeam, d.Bound, d.Cluster, d.Funds = in.ExistingTeam, in.Bound, in.Cluster, in.Funds
}

// demandAt finds the demand of a village that is planned for again.
func demandAt(ctx context.Context, st Store, in Plan, unit uuid.UUID) (*Demand, error) {
	all, err := st.PostingDemands(ctx, in.Competition)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.Unit == unit {
			if in.Revision == 0 {
				return nil, fault.New(fault.AlreadyExists, "value", in.UnitCode).At("unitCode")
			}
			d.Revision = in.Revision
			return d, nil
		}
	}
	if in.Revision != 0 {
		return nil, fault.New(fault.NotFound).At("unitCode")
	}
	return &Demand{ID: newID(), Competition: in.Competition, Unit: unit}, nil
}

// Demands lists what the villages of a competition are sent, with who serves
// there now.
func (s *Service) Demands(ctx context.Context, competition uuid.UUID) ([]*Demand, error) {
	if err := s.gate.Require(ctx, authz.PostingWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var all []*Demand
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.PostingDemands(ctx, competition)
		return err
	})
	return all, err
}

// RecordFacts keeps what a selection check needs to know of a person; they are
// the person's own data and go when the name is erased.
func (s *Service) RecordFacts(ctx context.Context, in Facts) (*Facts, error) {
	err := s.change(ctx, authz.PostingWrite, func(ctx context.Context, a act, st Store) error {
		if err := in.check(a.today); err != nil {
			return err
		}
		if err := knownPersons(ctx, st, map[string]*uuid.UUID{"person": &in.Person}); err != nil {
			return err
		}
		if err := st.SaveFacts(ctx, &in); err != nil {
			return err
		}
		// What the facts are is not repeated in the audit, which outlives them.
		return audit.Record(ctx, string(authz.PostingWrite), "person", in.Person, map[string]any{"facts": "recorded"})
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}

func (f *Facts) check(today calendar.Date) error {
	var faults fault.List
	if f.Born.IsZero() {
		faults = append(faults, fault.New(fault.Required, "want", "born").At("born"))
	}
	for _, d := range []struct {
		field string
		on    calendar.Date
	}{{"born", f.Born}, {"fullMemberSince", f.FullMemberSince}, {"workSince", f.WorkSince}} {
		if !d.on.IsZero() && (d.on.After(today) || d.on.Before(f.Born)) {
			faults = append(faults, fault.New(fault.PostingFactDate, "value", d.on.String()).At("%s", d.field))
		}
	}
	if !slices.Contains([]posting.Rank{"", posting.SectionChief, posting.SectionDeputy}, f.Rank) {
		faults = append(faults, fault.New(fault.Invalid, "value", string(f.Rank), "want", "section-chief, section-deputy").At("rank"))
	}
	if f.GrassrootsMonths != nil && (*f.GrassrootsMonths < 0 || *f.GrassrootsMonths > 720) {
		faults = append(faults, fault.New(fault.Invalid, "value", "…", "want", "0–720").At("grassrootsMonths"))
	}
	return faults.Err()
}

// postingRules reads a competition's rules and refuses one without postings.
func postingRules(ctx context.Context, st Store, competition uuid.UUID) (Rules, error) {
	rules, err := st.PostingRules(ctx, competition)
	if err != nil {
		return Rules{}, fault.NotFoundAt(err, "competition")
	}
	if rules.Template.Postings == nil {
		return Rules{}, fault.New(fault.PostingNoRules).At("competition")
	}
	return rules, nil
}

func knownOrganisation(ctx context.Context, st Store, id uuid.UUID, field string) error {
	known, err := st.KnowsOrganisation(ctx, id)
	if err == nil && !known {
		err = fault.New(fault.NotFound).At("%s", field)
	}
	return err
}

// knownPersons refuses ids that are no person of the tenant, each by its field.
func knownPersons(ctx context.Context, st Store, named map[string]*uuid.UUID) error {
	var ids []uuid.UUID
	for _, id := range named {
		if id != nil {
			ids = append(ids, *id)
		}
	}
	unknown, err := st.UnknownPersons(ctx, ids)
	if err != nil {
		return err
	}
	var faults fault.List
	for field, id := range named {
		if id != nil && slices.Contains(unknown, *id) {
			faults = append(faults, fault.New(fault.NotFound).At("%s", field))
		}
	}
	slices.SortFunc(faults, func(a, b *fault.Fault) int { return slices.Compare([]byte(a.Field), []byte(b.Field)) })
	return faults.Err()
}

// ruleOf finds a milestone of the template.
func ruleOf(doc *template.Document, key string) (template.Milestone, bool) {
	for _, m := range doc.Postings.Milestones {
		if m.Key == key {
			return m, true
		}
	}
	return template.Milestone{}, false
}
