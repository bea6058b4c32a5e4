package graph

import (
	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// The kinds of contestants that have ids of their own.
var contestantKinds = map[template.SubjectKind]kind{
	template.Person: personKind, template.Organisation: organisationKind, template.Team: teamKind,
}

// subjectID is the id of a contestant.
func subjectID(of template.SubjectKind, id uuid.UUID) string {
	if k, own := contestantKinds[of]; own {
		return globalID(k, id)
	}
	return globalID(unitKind, id)
}

// subject reads the id of a contestant; the zero id where its code was sent.
func (r *reader) subject(text *string, format string, args ...any) uuid.UUID {
	if text == nil {
		return uuid.Nil
	}
	k, id, ok := openID(*text)
	if !ok || k != unitKind && k != personKind && k != organisationKind && k != teamKind {
		r.bad = append(r.bad, fault.New(fault.NotFound).At(format, args...))
	}
	return id
}

// value reads a mark's value: it may be left out only beside what was found.
func (r *reader) value(sent *exact.Number, detail *model.MarkDetailInput, format string, args ...any) exact.Number {
	if sent == nil && detail == nil {
		r.bad = append(r.bad, fault.New(fault.Required, "want", "分数或评定内容 / a value or what was found").At(format, args...))
	}
	return or(sent)
}

var subjectKinds = map[template.SubjectKind]model.SubjectKind{
	template.Group: model.SubjectKindGroup, template.Village: model.SubjectKindVillage, template.Township: model.SubjectKindTownship,
	template.County: model.SubjectKindCounty, template.Organisation: model.SubjectKindOrganisation, template.Person: model.SubjectKindPerson,
	template.Team: model.SubjectKindTeam,
}

var checkStates = map[string]model.CheckState{
	scoring.CheckYes: model.CheckStateYes, scoring.CheckNo: model.CheckStateNo, scoring.CheckNA: model.CheckStateNa,
}

func markDetail(d *scoring.Detail) *model.MarkDetail {
	if d == nil {
		return nil
	}
	return &model.MarkDetail{Level: d.Level, Veto: d.Veto, Note: d.Note,
		Checks: converted(d.Checks, func(c scoring.CheckState) *model.CheckAnswer {
			return &model.CheckAnswer{Key: c.Key, Answer: checkStates[c.State]}
		}),
		Events: converted(d.Events, func(e scoring.EventCount) *model.EventTally { return &model.EventTally{Key: e.Key, Count: e.Count} })}
}

func detailFrom(in *model.MarkDetailInput) *scoring.Detail {
	if in == nil {
		return nil
	}
	d := &scoring.Detail{Level: or(in.Level), Veto: or(in.Veto), Note: or(in.Note)}
	for _, c := range in.Checks {
		for state, name := range checkStates {
			if name == c.Answer {
				d.Checks = append(d.Checks, scoring.CheckState{Key: c.Key, State: state})
			}
		}
	}
	for _, e := range in.Events {
		d.Events = append(d.Events, scoring.EventCount{Key: e.Key, Count: e.Count})
	}
	return d
}
