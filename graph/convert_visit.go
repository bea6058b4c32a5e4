package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/exact"
	"leitai/internal/paging"
	"leitai/internal/visits"
)

func visit(v *visits.Visit) *model.Visit {
	return &model.Visit{ID: globalID(visitKind, v.ID), UnitKey: v.Unit, Position: v.Position, PlannedOn: v.PlannedOn, VisitedOn: dated(v.VisitedOn),
		Unannounced: v.Unannounced, LeadKey: v.Lead, Note: v.Note, Revision: v.Revision}
}

func observation(o *visits.Observation) *model.Observation {
	out := &model.Observation{RoundKey: o.Round.ID, Route: converted(o.Route, visit), Subjects: len(o.Round.Subjects), Visited: o.Visited,
		Commented: o.Commented, Complete: len(o.Unvisited) == 0, Unplanned: namesOf(o.Unplanned), Unvisited: namesOf(o.Unvisited),
		Uncommented: namesOf(o.Uncomment), LastPlanned: dated(o.LastPlan), LastVisited: dated(o.LastVisit),
		Stages: converted(o.Stages, stageState), Comments: converted(o.Comments, visitComment)}
	if m := o.Meeting; m != nil {
		out.Meeting = &model.ReviewMeeting{HeldOn: m.HeldOn, Place: m.Place, ChairKey: m.Chair, Minutes: m.Minutes, MinutesNumber: m.MinutesNumber}
	}
	return out
}

func namesOf(all []visits.Subject) []string {
	return converted(all, func(s visits.Subject) string { return s.Name })
}

func stageState(s visits.StageState) *model.StageState {
	return &model.StageState{Stage: s.Stage, Done: s.Done, Skipped: s.Skipped, PassedOver: namesOf(s.PassedOver),
		Records: converted(s.Records, func(r visits.StageRecord) *model.StageRecord {
			return &model.StageRecord{UnitKey: r.Unit, DoneOn: r.DoneOn, Skipped: r.Skipped, Note: r.Note}
		})}
}

func visitComment(c *visits.Comment) *model.VisitComment {
	return &model.VisitComment{UnitKey: c.Unit, Role: c.Role, Text: c.Text, On: c.On}
}

func musterOf(m *visits.Muster) *model.Muster {
	return &model.Muster{Due: m.Due, Present: m.Present, Excused: m.Excused, Absent: m.Absent,
		Unrecorded: converted(m.Unrecorded, func(d visits.Due) *model.DuePerson { return &model.DuePerson{PersonKey: d.Person, Role: d.Role} }),
		Lines: converted(m.Lines, func(a visits.Attendance) *model.AttendanceLine {
			return &model.AttendanceLine{PersonKey: a.Person, Role: a.Role, Status: model.Presence(strings.ToUpper(string(a.Status))), Note: a.Note}
		})}
}

func supervision(m *visits.Measure) *model.Supervision {
	return &model.Supervision{ID: globalID(supervisionKind, m.ID), UnitKey: m.Unit, Kind: model.SupervisionKind(constant(string(m.Kind))), Basis: m.Basis,
		HappenedOn: m.HappenedOn, Number: m.Number, Record: m.Record, Points: m.Points, Withdrawn: m.WithdrawnAt != nil, WithdrawnReason: m.Reason}
}

// constant spells a key as an enum value, and back.
func constant(key string) string { return strings.ToUpper(strings.ReplaceAll(key, "-", "_")) }

func measureKind(k *model.SupervisionKind) visits.MeasureKind {
	return visits.MeasureKind(strings.ToLower(strings.ReplaceAll(string(or(k)), "_", "-")))
}

func supervisionPage(p paging.Page[*visits.Measure]) *model.SupervisionConnection {
	c := &model.SupervisionConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, supervision, func(cursor string, n *model.Supervision) *model.SupervisionEdge {
		return &model.SupervisionEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func inspection(i visits.Inspection) *model.Inspection {
	out := &model.Inspection{Host: i.Host, Competition: i.CompetitionName, UnitKey: i.Unit, On: i.On, State: i.State, Overlaps: texts(i.Overlaps)}
	if i.Round != nil {
		out.Round = filled(globalID(roundKind, *i.Round))
	}
	return out
}

func inspectionOverlap(m visits.InspectionMeeting) *model.InspectionOverlap {
	return &model.InspectionOverlap{Host: m.Host, UnitKey: m.Unit, Month: m.Month, Competitions: m.Programs}
}

func stops(in []*model.RouteStopInput, ids *reader) []visits.Stop {
	out := make([]visits.Stop, len(in))
	for n, s := range in {
		out[n] = visits.Stop{UnitCode: s.UnitCode, PlannedOn: s.PlannedOn, Lead: ids.optional(personKind, s.Lead, "stops[%d].lead", n), Note: or(s.Note)}
	}
	return out
}

func cameOf(in []*model.AttendanceInput, ids *reader) []visits.Came {
	out := make([]visits.Came, len(in))
	for n, a := range in {
		out[n] = visits.Came{Person: ids.id(personKind, a.Person, "attendance[%d].person", n), Role: or(a.Role),
			Status: visits.Presence(strings.ToLower(string(a.Status))), Note: or(a.Note)}
	}
	return out
}

// visitPayload runs a mutation of one visit.
func visitPayload(ctx context.Context, clientID *string, ids reader, do func() (*visits.Visit, error)) (*model.VisitPayload, error) {
	payload := &model.VisitPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var v *visits.Visit
		if v, err = do(); err == nil {
			payload.Visit = visit(v)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// observed runs a mutation that moves an observation on, and reads how it
// stands then.
func (r *Resolver) observed(ctx context.Context, clientID *string, ids reader, round uuid.UUID, do func() error) (*model.ObservationPayload, error) {
	payload := &model.ObservationPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		err = do()
	}
	if err == nil {
		var o *visits.Observation
		if o, err = r.Visits.Observe(ctx, round); err == nil {
			payload.Observation = observation(o)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// supervisionPayload runs a mutation of supervision.
func supervisionPayload(ctx context.Context, clientID *string, ids reader, do func() (*visits.Measure, error)) (*model.SupervisionPayload, error) {
	payload := &model.SupervisionPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var m *visits.Measure
		if m, err = do(); err == nil {
			payload.Supervision = supervision(m)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func measureOf(in model.SupervisionEnterInput, ids *reader) visits.MeasureInput {
	points := exact.Int(0)
	if in.Points != nil {
		points = *in.Points
	}
	return visits.MeasureInput{Competition: ids.id(competitionKind, in.Competition, "competition"), Round: ids.optional(roundKind, in.Round, "round"),
		UnitCode: in.UnitCode, Kind: measureKind(&in.Kind), Basis: in.Basis, HappenedOn: in.HappenedOn, Number: or(in.Number), Record: or(in.Record),
		Points: points, Visit: ids.optional(visitKind, in.Visit, "visit"), Issue: ids.optional(issueKind, in.Issue, "issue")}
}
