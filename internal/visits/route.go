package visits

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// PlanRoute lays the route of a round: its stops in order, each a village once
// (B01, B05). It replaces the plan before; a village that was visited already
// cannot leave it.
func (s *Service) PlanRoute(ctx context.Context, round uuid.UUID, stops []Stop) ([]*Visit, error) {
	if _, _, err := s.act(ctx, authz.VisitWrite); err != nil {
		return nil, err
	}
	var route []*Visit
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		r, err := open(ctx, st, round)
		if err != nil {
			return err
		}
		before, err := st.RouteStops(ctx, round)
		if err != nil {
			return err
		}
		if route, err = laid(ctx, st, r, stops, before); err != nil {
			return err
		}
		if err := st.ReplaceRoute(ctx, round, route); err != nil {
			return err
		}
		return audit.Record(ctx, "visit:plan", "round", round, map[string]any{"stops": len(route)})
	})
	return route, err
}

// mostStops bounds a route.
const mostStops = 500

// laid makes the stops of a route from what is entered and what is there.
func laid(ctx context.Context, st Store, r *Round, stops []Stop, before []*Visit) ([]*Visit, error) {
	if len(stops) > mostStops {
		return nil, fault.New(fault.Invalid, "value", strconv.Itoa(len(stops)), "want", "0–"+strconv.Itoa(mostStops)).At("stops")
	}
	var faults fault.List
	there := map[uuid.UUID]*Visit{}
	for _, v := range before {
		if !v.Unannounced {
			there[v.Unit] = v
		}
	}
	route := make([]*Visit, 0, len(stops))
	on := map[uuid.UUID]bool{}
	var leads []uuid.UUID
	for n, stop := range stops {
		unit, err := st.VillageByCode(ctx, stop.UnitCode)
		if fault.CodeOf(err) == fault.NotFound {
			faults = append(faults, fault.New(fault.NotFound).At("stops[%d].unitCode", n))
			continue
		}
		if err != nil {
			return nil, err
		}
		if on[unit] {
			faults = append(faults, fault.New(fault.RouteTwice).At("stops[%d].unitCode", n).About(stop.UnitCode))
		}
		on[unit] = true
		v := &Visit{ID: newID(), Competition: r.Competition, Round: &r.ID, Trial: r.Trial, Unit: unit}
		if old := there[unit]; old != nil {
			v = old
		}
		v.Position, v.PlannedOn, v.Lead, v.Note = n+1, stop.PlannedOn, stop.Lead, strings.TrimSpace(stop.Note)
		route = append(route, v)
		if stop.Lead != nil {
			leads = append(leads, *stop.Lead)
		}
	}
	faults = append(faults, dropped(r, there, on)...)
	strangers, err := st.UnknownPersons(ctx, leads)
	if err != nil {
		return nil, err
	}
	for n, stop := range stops {
		if stop.Lead != nil && slices.Contains(strangers, *stop.Lead) {
			faults = append(faults, fault.New(fault.NotFound).At("stops[%d].lead", n))
		}
	}
	return route, faults.Err()
}

// dropped refuses to lose visits that took place.
func dropped(r *Round, there map[uuid.UUID]*Visit, on map[uuid.UUID]bool) (faults fault.List) {
	var lost []string
	for unit, v := range there {
		if !on[unit] && !v.VisitedOn.IsZero() {
			lost = append(lost, r.nameOf(unit))
		}
	}
	if len(lost) > 0 {
		faults = append(faults, fault.New(fault.RouteVisited).At("stops").About(lost...))
	}
	return faults
}

func (r *Round) nameOf(unit uuid.UUID) string {
	for _, s := range r.Subjects {
		if s.Unit == unit {
			return s.Name
		}
	}
	return unit.String()
}

// Record notes that a visit took place on a day, or, with the zero date, that
// it did not after all.
func (s *Service) Record(ctx context.Context, id uuid.UUID, revision int, on calendar.Date, lead *uuid.UUID, note string) (*Visit, error) {
	_, today, err := s.act(ctx, authz.VisitWrite)
	if err != nil {
		return nil, err
	}
	if err := past(on, today, "visitedOn"); err != nil {
		return nil, err
	}
	var changed *Visit
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		v, err := st.VisitByID(ctx, id)
		if err != nil {
			return fault.NotFoundAt(err, "visit")
		}
		if v.Revision != revision {
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(v.Revision)).At("revision")
		}
		if v.Round != nil {
			if _, err := open(ctx, st, *v.Round); err != nil {
				return err
			}
		}
		if err := known(ctx, st, lead, "lead"); err != nil {
			return err
		}
		was := v.VisitedOn
		if v.VisitedOn = on; lead != nil {
			v.Lead = lead
		}
		if note = strings.TrimSpace(note); note != "" {
			v.Note = note
		}
		changed = v
		if err := st.UpdateVisit(ctx, v); err != nil {
			return err
		}
		return audit.Record(ctx, "visit:record", "visit", v.ID, nil, audit.At(v.Unit), audit.Changed(map[string]any{"visitedOn": was.String()}, map[string]any{"visitedOn": on.String()}))
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// known refuses somebody who is no person of the tenant.
func known(ctx context.Context, st Store, person *uuid.UUID, field string) error {
	if person == nil {
		return nil
	}
	strangers, err := st.UnknownPersons(ctx, []uuid.UUID{*person})
	if err == nil && len(strangers) > 0 {
		err = fault.New(fault.NotFound).At("%s", field)
	}
	return err
}

// Unannounced is what is entered about a visit that nobody was told of.
type Unannounced struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	UnitCode    string
	PlannedOn   calendar.Date
	VisitedOn   calendar.Date // zero: still to come
	Lead        *uuid.UUID
	Note        string
}

// AddUnannounced enters an unannounced visit (四不两直: E16, B19). Until it took
// place the village does not see it.
func (s *Service) AddUnannounced(ctx context.Context, in Unannounced) (*Visit, error) {
	_, today, err := s.act(ctx, authz.VisitWrite)
	if err != nil {
		return nil, err
	}
	if err := past(in.VisitedOn, today, "visitedOn"); err != nil {
		return nil, err
	}
	var added *Visit
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		trial, err := st.ObservedCompetition(ctx, in.Competition)
		if err != nil {
			return fault.NotFoundAt(err, "competition")
		}
		unit, err := st.VillageByCode(ctx, in.UnitCode)
		if err != nil {
			return err
		}
		if in.Round != nil {
			r, err := open(ctx, st, *in.Round)
			if err != nil {
				return err
			}
			if r.Competition != in.Competition {
				return fault.New(fault.NotFound).At("round")
			}
		}
		if err := known(ctx, st, in.Lead, "lead"); err != nil {
			return err
		}
		added = &Visit{ID: newID(), Competition: in.Competition, Round: in.Round, Trial: trial, Unit: unit, PlannedOn: in.PlannedOn,
			VisitedOn: in.VisitedOn, Unannounced: true, Lead: in.Lead, Note: strings.TrimSpace(in.Note), Revision: 1}
		if err := st.InsertVisit(ctx, added); err != nil {
			return err
		}
		return audit.Record(ctx, "visit:unannounced", "visit", added.ID, map[string]any{"unit": unit, "visited": in.VisitedOn.String()})
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}
