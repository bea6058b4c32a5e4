package graph

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/round"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

func rubricItem(language fault.Language) func(*round.RubricItem) *model.RubricItem {
	return func(i *round.RubricItem) *model.RubricItem {
		out := &model.RubricItem{Key: i.Key, NameEn: i.NameEn, Name: phrase.Text(template.Text{ZH: i.NameZh, EN: i.NameEn}, i.Key, language), Dimension: i.Dimension,
			Kind: itemKind(i.Kind), For: texts(i.For), Na: i.NA, Evidence: texts(i.Evidence), Rule: itemRule(i.Rule, language),
			Points: i.Points, Criteria: i.Criteria, OwnerKey: i.Owner, Channels: converted(i.Channels, channelWeight), Revision: i.Revision}
		if i.Owner != uuid.Nil {
			id := globalID(personKind, i.Owner)
			out.OwnerID = &id
		}
		return out
	}
}

func channelWeight(c template.ChannelSplit) *model.ChannelWeight {
	return &model.ChannelWeight{Channel: c.Channel, Weight: c.Weight}
}

func rubricItemFrom(in *model.RubricItemInput, at int, ids *reader) round.RubricItemInput {
	item := round.RubricItemInput{Key: in.Key, NameZh: in.Name, NameEn: or(in.NameEn), Dimension: in.Dimension, Points: in.Points,
		Kind: itemKindFrom(in.Kind), For: in.For, NA: or(in.Na), Evidence: in.Evidence, Rule: itemRuleFrom(in.Rule),
		Criteria: or(in.Criteria), Owner: ids.optional(personKind, in.Owner, "items[%d].owner", at)}
	for _, c := range in.Channels {
		item.Channels = append(item.Channels, template.ChannelSplit{Channel: c.Channel, Weight: c.Weight})
	}
	return item
}

func panel(language fault.Language) func(*round.Panel) *model.Panel {
	return func(p *round.Panel) *model.Panel {
		return &model.Panel{Number: p.Number, Name: p.Name, Items: texts(p.Items), Channels: texts(p.Channels), UnitKeys: placesOf(p),
			Subjects: converted(p.Subjects, func(id uuid.UUID) string { return subjectID(p.SubjectKind, id) }),
			Members:  converted(p.Members, panelMember), Warnings: warnings(p.Warnings, language)}
	}
}

// placesOf are the places a group marks, without single contestants.
func placesOf(p *round.Panel) []uuid.UUID {
	return slices.DeleteFunc(slices.Clone(p.Units), func(id uuid.UUID) bool { return slices.Contains(p.Subjects, id) })
}

func itemKind(k template.ItemKind) model.ItemKind {
	if k == "" {
		return model.ItemKindPoints
	}
	return model.ItemKind(strings.ReplaceAll(strings.ToUpper(string(k)), "-", "_"))
}

func itemKindFrom(k *model.ItemKind) template.ItemKind {
	return template.ItemKind(strings.ReplaceAll(strings.ToLower(string(or(k))), "_", "-"))
}

func panelMember(m round.PanelMember) *model.PanelMember {
	return &model.PanelMember{PersonKey: m.Person, Pseudonym: m.Pseudonym, Seconded: m.Seconded, Observer: m.Observer, Chosen: m.Chosen, Seed: m.Seed}
}

// recusal says of each whether it is the viewer's own.
func recusal(who *viewer.Viewer) func(round.Recusal) *model.Recusal {
	return func(x round.Recusal) *model.Recusal {
		return &model.Recusal{Panel: x.Panel, PersonKey: x.Person, Pseudonym: x.Pseudonym, Mine: x.Person == who.Person,
			Subject: subjectID(x.Kind, x.Subject), Code: x.Code, Name: x.Name}
	}
}

func panelsFrom(in model.PanelsSetInput, ids *reader) round.PanelsSet {
	out := round.PanelsSet{Round: ids.id(roundKind, in.Round, "round"), Revision: in.Revision}
	for i, p := range in.Panels {
		panel := round.PanelInput{Name: p.Name, Items: p.Items, Channels: p.Channels, UnitCodes: p.UnitCodes}
		for j := range p.Subjects {
			panel.Subjects = append(panel.Subjects, ids.subject(&p.Subjects[j], "panels[%d].subjects[%d]", i, j))
		}
		for j, m := range p.Members {
			panel.Members = append(panel.Members, ids.id(personKind, m, "panels[%d].members[%d]", i, j))
		}
		out.Panels = append(out.Panels, panel)
	}
	out.Seconded = round.SecondedInput{Pool: ids.all(personKind, in.Seconded.Pool, "seconded.pool"), Seed: or(in.Seconded.Seed)}
	for i, seat := range in.Seconded.Assigned {
		out.Seconded.Assigned = append(out.Seconded.Assigned, round.SecondedSeat{
			Person: ids.id(personKind, seat.Person, "seconded.assigned[%d].person", i), Panel: seat.Panel})
	}
	return out
}
