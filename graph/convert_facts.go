package graph

import (
	"strings"

	"leitai/graph/model"
	"leitai/graph/scalar"
	"leitai/internal/calendar"
	"leitai/internal/facts"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

// factsFilter reads the arguments of facts.
func factsFilter(from, to, unitCode, competition, round *string, measures []model.FactMeasure, key, since *string, history *bool) (facts.Filter, error) {
	var ids reader
	f := facts.Filter{UnitCode: or(unitCode), Key: or(key), Since: or(since), History: or(history),
		Competition: ids.optional(competitionKind, competition, "competition"), Round: ids.optional(roundKind, round, "round")}
	for _, m := range measures {
		f.Measures = append(f.Measures, facts.Measure(m))
	}
	bad := ids.bad
	for _, period := range []struct {
		field string
		text  *string
		into  *calendar.Period
	}{{"from", from, &f.From}, {"to", to, &f.To}} {
		if period.text == nil || *period.text == "" {
			continue
		}
		p, err := calendar.ParsePeriod(*period.text)
		for _, wrong := range fault.All(err) {
			bad = append(bad, wrong.At("%s", period.field))
		}
		*period.into = p
	}
	return f, bad.Err()
}

func fact(f facts.Fact) *model.Fact {
	out := &model.Fact{Demo: f.Demo, PublisherCode: f.PublisherCode, Publisher: f.Publisher, CompetitionID: globalID(competitionKind, f.Competition),
		Competition: f.CompetitionName, RoundID: globalID(roundKind, f.Round), Period: f.Period, Held: f.Held, Template: f.Template,
		TemplateVersion: f.TemplateVersion, UnitCode: f.UnitCode, Unit: f.Unit, SubjectKind: model.FactSubjectKind(strings.ToUpper(string(f.Kind))),
		SubjectCode: f.SubjectCode, Subject: f.Subject, Track: filled(f.Track), Measure: model.FactMeasure(f.Measure), Key: filled(f.Key),
		KeyName: filled(f.KeyName), Dimension: filled(f.Dimension), ValueText: f.Text, UnitOfMeasure: model.FactUnit(strings.ToUpper(f.MeasuredIn)),
		PublicationID: globalID(publicationKind, f.Publication), Revision: f.Revision, Superseded: f.Superseded, PublishedAt: f.PublishedAt}
	if f.Value != "" {
		value := scalar.Printed(f.Value)
		out.Value = &value
	}
	return out
}

func factPage(p paging.Page[facts.Fact]) *model.FactConnection {
	c := &model.FactConnection{FactsVersion: facts.Version}
	c.Edges, c.Nodes, c.PageInfo = connected(p, fact, func(cursor string, n *model.Fact) *model.FactEdge {
		return &model.FactEdge{Cursor: cursor, Node: *n}
	})
	return c
}
