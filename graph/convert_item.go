package graph

import (
	"leitai/graph/model"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

func itemRule(r template.ItemRule, language fault.Language) model.ItemRule {
	row := func(key string, name template.Text, points exact.Number) *model.ItemRow {
		return &model.ItemRow{Key: key, NameEn: name.EN, Name: phrase.Text(name, key, language), Points: points}
	}
	return model.ItemRule{Floor: r.Floor, Cap: r.Cap, Formula: r.Formula, Basis: r.Basis, Effect: r.Effect, Ballot: r.Ballot,
		Table:  converted(r.Table, func(t template.TableRow) *model.ItemRow { return row(t.Key, t.Name, t.Points) }),
		Levels: converted(r.Levels, func(l template.Level) *model.ItemRow { return row(l.Key, l.Name, l.Points) }),
		Checks: converted(r.Checks, func(c template.Check) *model.ItemCheck {
			return &model.ItemCheck{Key: c.Key, NameEn: c.Name.EN, Name: phrase.Text(c.Name, c.Key, language), Points: c.Points, Evidence: texts(c.Evidence)}
		}),
		Values: converted(r.Values, func(n exact.Number) *exact.Number { return &n })}
}

func itemRuleFrom(in *model.ItemRuleInput) template.ItemRule {
	if in == nil {
		return template.ItemRule{}
	}
	r := template.ItemRule{Floor: in.Floor, Cap: in.Cap, Formula: or(in.Formula), Basis: or(in.Basis), Effect: or(in.Effect), Ballot: or(in.Ballot)}
	for _, t := range in.Table {
		r.Table = append(r.Table, template.TableRow{Key: t.Key, Name: template.Text{ZH: t.Name, EN: or(t.NameEn)}, Points: t.Points})
	}
	for _, l := range in.Levels {
		r.Levels = append(r.Levels, template.Level{Key: l.Key, Name: template.Text{ZH: l.Name, EN: or(l.NameEn)}, Points: l.Points})
	}
	for _, c := range in.Checks {
		r.Checks = append(r.Checks, template.Check{Key: c.Key, Name: template.Text{ZH: c.Name, EN: or(c.NameEn)}, Points: c.Points, Evidence: c.Evidence})
	}
	for _, v := range in.Values {
		r.Values = append(r.Values, *v)
	}
	return r
}
