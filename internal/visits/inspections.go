package visits

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// mostDays bounds the span of an inspection calendar.
const mostDays = 400

// Inspections lists every round and visit of the tenants whose plans the viewer
// may read between two days, and the months in which two programmes come to
// one village (G6, G9). Trials and rounds that were called off inspect nobody.
func (s *Service) Inspections(ctx context.Context, from, to calendar.Date) ([]Inspection, []InspectionMeeting, error) {
	if err := s.gate.Anywhere(ctx, authz.RoundRead); err != nil {
		return nil, nil, err
	}
	if to.Before(from) || to.Since(from) >= mostDays {
		return nil, nil, fault.New(fault.SpanTooLong, "want", strconv.Itoa(mostDays)).At("to")
	}
	all := s.gate.May(ctx, authz.VisitWrite, uuid.Nil)
	var entries []Inspection
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.InspectionsBetween(ctx, from, to)
		entries = slices.DeleteFunc(rows, func(i Inspection) bool {
			return i.Hidden && !all
		})
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return entries, meetings(entries), nil
}

// meetings finds where programmes meet and marks the entries concerned with the
// names of the others. A contest that a county holds between villages or their
// people comes to the villages of every township.
func meetings(entries []Inspection) []InspectionMeeting {
	hosts, names := map[string]Inspection{}, map[string]string{}
	for _, e := range entries {
		names[e.Competition.String()] = e.CompetitionName
		if e.HostKind == "township" {
			hosts[e.Tenant.String()] = e
		}
	}
	var looks []calendar.Inspection
	for _, e := range entries {
		for _, area := range e.areas(hosts) {
			looks = append(looks, calendar.Inspection{Area: area, Place: e.place(), Program: e.Competition.String(), On: e.On})
		}
	}
	var met []InspectionMeeting
	for _, o := range calendar.Overlaps(looks) {
		host := hosts[o.Area]
		m := InspectionMeeting{Tenant: host.Tenant, Host: host.Host, Month: o.Month.String()}
		if unit, err := uuid.Parse(o.Place); err == nil {
			m.Unit = &unit
		}
		for _, p := range o.Programs {
			m.Programs = append(m.Programs, names[p])
		}
		slices.Sort(m.Programs)
		met = append(met, m)
		for n := range entries {
			if e := &entries[n]; slices.Contains(e.areas(hosts), o.Area) && (o.Place == "" || e.place() == "" || e.place() == o.Place) &&
				calendar.PeriodOf(calendar.Month, e.On) == o.Month && slices.Contains(o.Programs, e.Competition.String()) {
				e.meets(m.Programs)
			}
		}
	}
	return met
}

// areas are the townships an entry comes to.
func (e Inspection) areas(townships map[string]Inspection) []string {
	if e.HostKind == "township" {
		return []string{e.Tenant.String()}
	}
	if e.Subject != "village" && e.Subject != "person" && e.Subject != "team" {
		return nil
	}
	var all []string
	for area := range townships {
		all = append(all, area)
	}
	slices.Sort(all)
	return all
}

// place is the village of a visit; empty for a round, which comes to all.
func (e Inspection) place() string {
	if e.Unit == nil {
		return ""
	}
	return e.Unit.String()
}

func (e *Inspection) meets(programs []string) {
	for _, name := range programs {
		if name != e.CompetitionName && !slices.Contains(e.Overlaps, name) {
			e.Overlaps = append(e.Overlaps, name)
		}
	}
	slices.Sort(e.Overlaps)
}
