package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/phrase"
	"leitai/internal/programme"
	"leitai/internal/template"
)

func competition(language fault.Language) func(*programme.Competition) *model.Competition {
	return func(c *programme.Competition) *model.Competition {
		return &model.Competition{ID: globalID(competitionKind, c.ID), Key: c.ID, TenantKey: c.Tenant, Name: c.Name, Trial: c.Trial, FilingNumber: c.FilingNumber,
			Notice: notice(c.Notice), LeadingGroup: leadingGroup(c.LeadingGroup), Versions: converted(c.Versions, ruleVersion),
			Warnings: lintWarnings(c.Warnings(), language), Closed: c.State == programme.CompetitionClosed, Revision: c.Revision}
	}
}

func ruleVersion(v programme.RuleVersion) *model.CompetitionVersion {
	return &model.CompetitionVersion{FromPeriod: v.FromPeriod, TemplateKey: v.TemplateVersion}
}

func notice(n programme.Notice) model.Notice {
	return model.Notice{Number: n.Number, Issuer: n.Issuer, Date: dated(n.Date), Title: n.Title, Text: n.Text,
		Basis: converted(n.Basis, func(b programme.BasisDocument) *model.BasisDocument {
			return &model.BasisDocument{Title: b.Title, Number: b.Number, Issuer: b.Issuer, Date: dated(b.Date)}
		}), Distribution: texts(n.Distribution)}
}

func noticeFrom(in *model.NoticeInput) programme.Notice {
	return programme.Notice{Number: in.Number, Issuer: in.Issuer, Date: in.Date, Title: in.Title, Text: or(in.Text),
		Basis: converted(in.Basis, func(b *model.BasisDocumentInput) programme.BasisDocument {
			return programme.BasisDocument{Title: b.Title, Number: b.Number, Issuer: b.Issuer, Date: or(b.Date)}
		}), Distribution: in.Distribution}
}

func leadingGroup(g programme.LeadingGroup) model.LeadingGroup {
	return model.LeadingGroup{Offices: texts(g.Offices), OfficeHead: g.OfficeHead,
		Members: converted(g.Members, func(m programme.LeadingGroupMember) *model.LeadingGroupMember {
			return &model.LeadingGroupMember{Seat: m.Seat, PersonKey: m.Person, Title: m.Title}
		})}
}

func leadingGroupFrom(in *model.LeadingGroupInput, ids *reader) programme.LeadingGroup {
	g := programme.LeadingGroup{Offices: in.Offices, OfficeHead: or(in.OfficeHead)}
	for i, m := range in.Members {
		g.Members = append(g.Members, programme.LeadingGroupMember{Seat: m.Seat, Title: m.Title,
			Person: ids.optional(personKind, m.Person, "leadingGroup.members[%d].person", i)})
	}
	return g
}

func competitionPage(p paging.Page[*programme.Competition], language fault.Language) *model.CompetitionConnection {
	c := &model.CompetitionConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, competition(language), func(cursor string, n *model.Competition) *model.CompetitionEdge {
		return &model.CompetitionEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func calendarEntry(language fault.Language) func(programme.CalendarEntry) *model.CalendarEntry {
	return func(e programme.CalendarEntry) *model.CalendarEntry {
		return &model.CalendarEntry{RoundKey: some(e.Round), CompetitionName: e.CompetitionName, Period: e.Period,
			Nominal: dated(e.Nominal), Held: dated(e.Held), Until: dated(e.Until), RolledDays: e.RolledDays, Kept: e.Kept,
			Why: converted(e.Why, passed(language)), Warnings: warnings(e.Warnings, language)}
	}
}

func programmeEntry(language fault.Language) func(programme.ProgrammeEntry) *model.ProgrammeEntry {
	return func(e programme.ProgrammeEntry) *model.ProgrammeEntry {
		return &model.ProgrammeEntry{Entry: *calendarEntry(language)(e.CalendarEntry), Version: *ruleVersion(e.Version), CoveredBy: dated(e.CoveredBy),
			Priorities: converted(e.Priorities, func(t template.Text) string { return phrase.Text(t, "", language) }),
			Papers: converted(e.Papers, func(p programme.PaperDue) *model.PaperDue {
				return &model.PaperDue{Document: p.Document, Due: p.Due, MaxCharacters: positive(p.MaxCharacters)}
			})}
	}
}

// passedOver says in words why a day was passed over, in both languages.
var passedOver = map[calendar.Reason][2]string{
	calendar.IsHoliday:      {"放假", "holiday"},
	calendar.IsWeekend:      {"周末", "weekend"},
	calendar.MakeupNotTaken: {"调休上班日不计", "make-up workday, not counted"},
}

func passed(language fault.Language) func(calendar.Passed) string {
	return func(p calendar.Passed) string {
		text := p.Date.String() + " " + passedOver[p.Reason][0]
		if language == fault.English {
			text = p.Date.String() + " " + passedOver[p.Reason][1]
		}
		if p.Name != "" {
			text += " (" + p.Name + ")"
		}
		return text
	}
}

// competitionPayload runs a mutation of one competition.
func competitionPayload(ctx context.Context, clientID *string, ids reader, do func() (*programme.Competition, error)) (*model.CompetitionPayload, error) {
	payload := &model.CompetitionPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var c *programme.Competition
		if c, err = do(); err == nil {
			payload.Competition = competition(languageOf(ctx))(c)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// templateAt gives the template version behind a key.
func templateAt(ctx context.Context, key uuid.UUID) (*model.TemplateVersion, error) {
	v, err := loadersOf(ctx).templates.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	return templateVersion(languageOf(ctx))(v), nil
}

// newestDocument is the template that rules a competition from its last version
// on; an empty one where the viewer may not read it.
func newestDocument(ctx context.Context, c *model.Competition) (*template.Document, error) {
	if len(c.Versions) == 0 {
		return &template.Document{}, nil
	}
	doc, err := loadersOf(ctx).documents.Load(ctx, c.Versions[len(c.Versions)-1].TemplateKey)
	if err != nil {
		return &template.Document{}, unlessForbidden(unlessUnknown(err))
	}
	return doc, nil
}

func summaryKind(language fault.Language) func(template.Rollup) *model.RollupKind {
	return func(r template.Rollup) *model.RollupKind {
		return &model.RollupKind{Key: r.Key, Name: phrase.Text(r.Name, r.Key, language), Parts: converted(r.Parts, func(p template.Part) *model.NamedKey {
			return &model.NamedKey{Key: p.Key, Name: phrase.Text(p.Name, p.Key, language)}
		})}
	}
}

func ballotKind(language fault.Language) func(template.Ballot) *model.NamedKey {
	return func(b template.Ballot) *model.NamedKey {
		return &model.NamedKey{Key: b.Key, Name: phrase.Text(b.Name, b.Key, language)}
	}
}
