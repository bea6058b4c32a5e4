package phrase

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// Share is what one account receives in one role.
type Share struct {
	Role   string
	Points exact.Number // below 0: taken away
}

// Extent is how much a consequence moves; the zero value is one of which nothing
// is known but its kind.
type Extent struct {
	Points  []Share       // of points, one per account
	Amount  *exact.Number // of money, in yuan and negative for a penalty; nil before it is decided (A33)
	Penalty bool          // of money: taken away; a band of the worst says so by itself (A32)
}

// Shares picks what one proposal posts out of all entries of its result.
func Shares(p outcome.Proposal, entries []outcome.Entry) []Share {
	var own []Share
	for _, e := range entries {
		if e.Rule == p.Rule && e.When == p.When && e.Subject == p.Subject {
			own = append(own, Share{Role: e.Role, Points: e.Points})
		}
	}
	return own
}

// punishes reports whether the band behind a proposal is one of the worst.
func punishes(doc *template.Document, p outcome.Proposal) bool {
	key := p.When
	if i := slices.IndexFunc(doc.Streaks, func(s template.Streak) bool { return s.Key == key }); i >= 0 {
		key = doc.Streaks[i].Band
	}
	i := slices.IndexFunc(doc.Bands, func(b template.Band) bool { return b.Key == key })
	return i >= 0 && doc.Bands[i].Worst > 0
}

// alike are the roles whose accounts receive the same points.
type alike struct {
	points exact.Number
	roles  []string
	each   bool // more than one account receives them
}

// points tells who receives how many: 联村领导和驻村干部各加 5 分.
func (x Extent) points(lang fault.Language) string {
	var groups []alike
	for _, s := range x.Points {
		i := slices.IndexFunc(groups, func(g alike) bool { return g.points.Equal(s.Points) })
		if i < 0 {
			groups, i = append(groups, alike{points: s.Points}), len(groups)
		} else {
			groups[i].each = true
		}
		if name := Role(s.Role, lang); !slices.Contains(groups[i].roles, name) {
			groups[i].roles = append(groups[i].roles, name)
		}
	}
	text := ""
	for i, g := range groups {
		if i > 0 {
			text += word{"，", ", "}.in(lang)
		}
		text += g.text(lang)
	}
	return text
}

func (g alike) text(lang fault.Language) string {
	size, does, sign := g.points, "加", "+"
	if g.points.Sign() < 0 {
		size, does, sign = g.points.Neg(), "扣", "-"
	}
	each := word{}
	if g.each {
		each = word{"各", " each"}
	}
	if lang == fault.English {
		return sign + size.String() + " points" + each.en + " for the " + list(g.roles, lang)
	}
	who := g.roles[len(g.roles)-1]
	if before := g.roles[:len(g.roles)-1]; len(before) > 0 {
		who = list(before, lang) + "和" + who
	}
	return who + each.zh + does + " " + size.String() + " 分"
}

// money tells which way money goes and how much of it, once the meeting has said.
func (x Extent) money(lang fault.Language) string {
	way := word{"奖励资金", "money reward"}
	if x.Penalty || x.Amount != nil && x.Amount.Sign() < 0 {
		way = word{"扣减资金", "money penalty"}
	}
	if x.Amount == nil {
		return way.in(lang) + word{"（金额由集体决定）", " (the amount is decided by the meeting)"}.in(lang)
	}
	yuan := *x.Amount
	if yuan.Sign() < 0 {
		yuan = yuan.Neg()
	}
	return way.in(lang) + " " + yuan.String() + word{" 元", " yuan"}.in(lang)
}
