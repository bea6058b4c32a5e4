package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/posting"
	"leitai/internal/teams"
)

const (
	postingKind       kind = "Posting"
	postingDemandKind kind = "PostingDemand"
	postingEventKind  kind = "PostingEvent"
)

// enumOf and wordOf turn an enum value of the contract into the domain's word
// and back: UNIT_VISIT is unit-visit.
func wordOf[T ~string](value T) string {
	return strings.ReplaceAll(strings.ToLower(string(value)), "_", "-")
}

func enumOf[T ~string](word string) T {
	return T(strings.ToUpper(strings.ReplaceAll(word, "-", "_")))
}

func postingDemand(d *teams.Demand) *model.PostingDemand {
	return &model.PostingDemand{ID: globalID(postingDemandKind, d.ID), UnitKey: d.Unit, Classes: texts(d.Classes), FirstSecretary: d.FirstSecretary,
		Team: d.Team, MinMembers: d.MinMembers, ExistingTeam: d.ExistingTeam, Cluster: d.Cluster, Funds: d.Funds, PlannedOn: d.PlannedOn,
		SecretaryServes: d.Secretary, Members: d.Members, Short: d.Short(), Revision: d.Revision}
}

func postingOf(p *teams.Posting) *model.Posting {
	return &model.Posting{ID: globalID(postingKind, p.ID), Competition: globalID(competitionKind, p.Competition), UnitKey: p.Unit,
		Pseudonym: p.Pseudonym, PersonKey: &p.Person, MentorKey: p.Mentor, LiaisonKey: p.Liaison, Role: enumOf[model.PostingRole](string(p.Role)),
		Stage: model.PostingStage(p.Stage), SelectedOn: p.SelectedOn, ValidFrom: dated(p.From), LastDay: dated(p.Last), MinDays: p.MinDays,
		Detached: p.Detached, PartyMovedOn: dated(p.PartyMovedOn), OutsideHeadcount: p.OutsideHeadcount, RecordedOn: dated(p.RecordedOn), Revision: p.Revision}
}

func postingPage(p paging.Page[*teams.Posting]) *model.PostingConnection {
	c := &model.PostingConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, postingOf, func(cursor string, n *model.Posting) *model.PostingEdge {
		return &model.PostingEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// personOf loads a person; null for one whom the tenant does not keep.
func personOf(ctx context.Context, key *uuid.UUID) (*model.Person, error) {
	if key == nil {
		return nil, nil //nolint:nilnil // nobody is named
	}
	found, err := loadersOf(ctx).people.Load(ctx, *key)
	if fault.CodeOf(err) == fault.NotFound {
		return nil, nil //nolint:nilnil // the register is another tenant's
	}
	if err != nil {
		return nil, err
	}
	return person(found), nil
}

func postingCheck(c teams.Check) *model.PostingCheck {
	return &model.PostingCheck{On: c.On, Reasons: strung(c.Reasons), Flags: strung(c.Flags)}
}

func strung[T ~string](list []T) []string {
	return converted(list, func(t T) string { return string(t) })
}

func postingStep(s teams.Step) *model.PostingStep {
	return &model.PostingStep{Stage: model.PostingStage(s.To), By: s.By, On: s.On, Record: s.Record, Reason: s.Reason, Responsibility: s.Responsibility}
}

func postingMonth(m teams.Month) *model.PostingMonth {
	out := &model.PostingMonth{Month: m.Month.String(), Days: m.Days, Excused: m.Excused, Corrected: m.Corrected}
	if m.State != "" {
		state := model.PostingMonthState(m.State)
		out.State = &state
	}
	return out
}

func postingLeave(l teams.Leave) *model.PostingLeave {
	return &model.PostingLeave{First: l.First, Last: l.Last}
}

// postingTargets lists targets by milestone and period, named in the caller's
// language.
func postingTargets(all []posting.Targets, language fault.Language) []*model.PostingTarget {
	out := []*model.PostingTarget{}
	for _, m := range all {
		name := m.Milestone.Name.ZH
		if language == fault.English && m.Milestone.Name.EN != "" {
			name = m.Milestone.Name.EN
		}
		if name == "" {
			name = m.Milestone.Key
		}
		for _, s := range m.Slots {
			out = append(out, &model.PostingTarget{Milestone: m.Milestone.Key, Name: name, Period: s.Label, Due: s.Due, Partial: s.Partial,
				State: model.PostingTargetState(s.State), Missing: texts(s.Missing)})
		}
	}
	return out
}

func postingDuty(o posting.Owed) *model.PostingDuty {
	return &model.PostingDuty{Kind: o.Kind, Period: o.Label, Due: o.Due, AtLeast: o.AtLeast, Held: o.Held, Owes: o.Owes, Late: o.IsDue}
}

func postingEvent(e teams.Event) *model.PostingEvent {
	return &model.PostingEvent{ID: globalID(postingEventKind, e.ID), Kind: enumOf[model.PostingEventKind](e.Kind), On: e.On, Note: e.Note,
		Confirmed: e.ConfirmedBy != nil}
}

func postingInspection(i teams.Inspection) *model.PostingInspection {
	return &model.PostingInspection{Period: i.Label, On: i.On, Conduct: i.Conduct, Service: i.Service, Discipline: i.Discipline, Results: i.Results,
		Bars: i.Bars, Record: i.Record}
}

func postingSupport(s teams.Support) *model.PostingSupport {
	return &model.PostingSupport{Period: s.Period.String(), Allowance: s.Allowance, Insurance: s.Insurance}
}

func postingGrade(g teams.Grade) *model.PostingGrade {
	return &model.PostingGrade{Year: g.Year, Scale: g.Scale, Grade: g.Grade}
}

func postingRecord(r *teams.Record, language fault.Language) *model.PostingRecord {
	return &model.PostingRecord{Posting: *postingOf(r.Posting), Checks: converted(r.Checks, postingCheck), Steps: converted(r.Steps, postingStep),
		Months: converted(r.Months, postingMonth), DaysTotal: r.DaysTotal, Leaves: converted(r.Leaves, postingLeave),
		Targets: postingTargets(r.Targets, language), Duties: converted(r.Duties, postingDuty), Events: converted(r.Events, postingEvent),
		Inspections: converted(r.Inspections, postingInspection), Supports: converted(r.Supports, postingSupport), Grades: converted(r.Grades, postingGrade),
		AttachmentDue: r.Attachment}
}

func outstandingCadre(o teams.Outstanding) *model.OutstandingCadre {
	return &model.OutstandingCadre{Pseudonym: o.Pseudonym, Posting: globalID(postingKind, o.Posting), Years: o.Years, Running: o.Running, Preferred: o.Prefer}
}

// postingByID is a posting as a node.
func (r *Resolver) postingByID(ctx context.Context, key uuid.UUID) (*teams.Posting, error) {
	record, err := r.Teams.ByID(ctx, key)
	if err != nil {
		return nil, err
	}
	return record.Posting, nil
}

// postingPayload runs a mutation of one posting.
func postingPayload(ctx context.Context, clientID *string, ids reader, do func() (*teams.Posting, *teams.Check, error)) (*model.PostingPayload, error) {
	payload := &model.PostingPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var p *teams.Posting
		var c *teams.Check
		if p, c, err = do(); err == nil {
			payload.Posting = postingOf(p)
			if c != nil {
				payload.Check = postingCheck(*c)
			}
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// postingRecorded runs a mutation that records something on a posting, and
// reads the posting with everything on it.
func (r *Resolver) postingRecorded(ctx context.Context, clientID *string, id string, do func(key uuid.UUID) error) (*model.PostingRecordPayload, error) {
	payload := &model.PostingRecordPayload{ClientMutationID: clientID}
	key, err := idAt(postingKind, id, "posting")
	if err == nil {
		if err = do(key); err == nil {
			var record *teams.Record
			if record, err = r.Teams.ByID(ctx, key); err == nil {
				payload.Record = postingRecord(record, languageOf(ctx))
			}
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// postingEvented runs a mutation of one event.
func postingEvented(ctx context.Context, clientID *string, ids reader, do func() (*teams.Event, error)) (*model.PostingEventPayload, error) {
	payload := &model.PostingEventPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var e *teams.Event
		if e, err = do(); err == nil {
			payload.Event = postingEvent(*e)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// periodAt reads a period that was sent in a field.
func periodAt(text, field string) (calendar.Period, error) {
	p, err := calendar.ParsePeriod(text)
	if err != nil {
		return p, fault.New(fault.PeriodInvalid, "value", text).At("%s", field)
	}
	return p, nil
}

func figuresOf(list []*model.PostingFigureInput) map[string]exact.Number {
	out := map[string]exact.Number{}
	for _, f := range list {
		out[f.Metric] = f.Value
	}
	return out
}

func factsOf(in model.PostingFactsInput, ids *reader) teams.Facts {
	f := teams.Facts{Person: ids.id(personKind, in.Person, "person"), Born: in.Born, FullMemberSince: or(in.FullMemberSince), WorkSince: or(in.WorkSince),
		GrassrootsMonths: in.GrassrootsMonths, PreferredUnit: or(in.PreferredUnit), RuralExpertise: or(in.RuralExpertise),
		Political: in.Political, Health: in.Health, Revision: or(in.Revision)}
	if in.Rank != nil {
		f.Rank = posting.Rank(wordOf(*in.Rank))
	}
	return f
}
