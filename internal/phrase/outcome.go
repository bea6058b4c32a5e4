package phrase

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// Proposal tells one consequence and the rule that calls for it: 柏村:连续 2 轮
// 位列后3名(倒数第 1),由党政主要领导约谈联村领导、驻村干部. What says how much.
func Proposal(doc *template.Document, p outcome.Proposal, what Extent, name string, lang fault.Language) string {
	if p.Do == outcome.DoMoney && punishes(doc, p) {
		what.Penalty = true
	}
	return name + word{"：", ": "}.in(lang) + cause(doc, p, lang) + word{"，", ", "}.in(lang) + consequence(p, what, lang) + word{"。", "."}.in(lang)
}

// Rule cites a proposal's rule by its place in the template: outcomes[2].
func Rule(p outcome.Proposal) string { return outcome.Cite(p) }

func cause(doc *template.Document, p outcome.Proposal, lang fault.Language) string {
	key := p.When
	if p.Grade != "" {
		return word{"“" + scaleName(doc, key, lang) + "”评为“" + gradeName(doc, key, p.Grade, lang) + "”", "the grade “" + gradeName(doc, key, p.Grade, lang) + "” of “" + scaleName(doc, key, lang) + "”"}.in(lang)
	}
	running := ""
	if i := slices.IndexFunc(doc.Streaks, func(s template.Streak) bool { return s.Key == key }); i >= 0 {
		key = doc.Streaks[i].Band
		n := strconv.Itoa(p.Streak)
		running = word{"连续 " + n + " 轮", n + " rounds running in "}.in(lang)
	}
	name, bottom, stands := key, false, "位列"
	if i := slices.IndexFunc(doc.Bands, func(b template.Band) bool { return b.Key == key }); i >= 0 {
		name, bottom = Band(doc.Bands[i], lang), doc.Bands[i].Worst > 0
		if doc.Bands[i].Gain > 0 || doc.Bands[i].Gainers > 0 {
			stands = "属于" // a gain is no place
		}
	}
	place := word{"第 " + strconv.Itoa(p.Rank) + " 名", "rank " + strconv.Itoa(p.Rank)}
	if bottom {
		place = word{"倒数第 " + strconv.Itoa(p.RankFromBottom), "number " + strconv.Itoa(p.RankFromBottom) + " from the bottom"}
	}
	return running + word{stands, "the "}.in(lang) + name + word{"（", " ("}.in(lang) + place.in(lang) + word{"）", ")"}.in(lang)
}

func consequence(p outcome.Proposal, what Extent, lang fault.Language) string {
	switch {
	case p.Do == outcome.DoPoints && len(what.Points) > 0:
		return carried(what.points(lang), p.ByRole, word{"给", ""}, lang)
	case p.Do == outcome.DoMoney:
		return carried(what.money(lang), p.ByRole, word{}, lang)
	}
	text := Outcome(p.Do, lang)
	var with []string
	for _, role := range p.WithRoles {
		with = append(with, Role(role, lang))
	}
	if lang == fault.English {
		if len(with) > 0 {
			text += " with the " + list(with, lang)
		}
		return carried(text, p.ByRole, word{}, lang)
	}
	return carried(text, p.ByRole, word{}, lang) + strings.Join(with, "、")
}

// carried says who carries something out, if anybody is named: 由乡镇长约谈. The
// link joins the two in Chinese.
func carried(text, byRole string, link word, lang fault.Language) string {
	switch {
	case byRole == "":
		return text
	case lang == fault.English:
		return text + " by the " + strings.TrimPrefix(Role(byRole, lang), "the ")
	}
	return "由" + Role(byRole, lang) + link.zh + text
}
