package bulletin

import (
	"cmp"
	"slices"
	"strconv"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// look is a result as its paper may show it: as far as the template shows ranks
// (G8), and to a wide audience without the bottom (Q35).
type look struct {
	doc    *template.Document
	report *contest.Report
	wide   bool
}

// shows tells whether the place of somebody in these bands is printed, and
// whether the bands are.
func (l look) shows(bands []string) (place, band bool) {
	among := func(of func(template.Band) bool) bool {
		return slices.ContainsFunc(l.doc.Bands, func(b template.Band) bool { return of(b) && slices.Contains(bands, b.Key) })
	}
	if l.wide && among(func(b template.Band) bool { return b.Worst > 0 }) {
		return false, false
	}
	switch l.doc.Ranking.Show {
	case "none":
		return false, false
	case "bands":
		return false, true
	case "top-only":
		best := among(func(b template.Band) bool { return b.Best > 0 })
		return best, best
	}
	return true, true
}

// standings are the rows of the table. Those whose place is not shown stand
// below the others by their codes, so that the order tells nothing.
func (l look) standings() []paperwork.Standing {
	var placed, bare []paperwork.Standing
	all := slices.Clone(l.report.Result.Standings)
	hides := func(s contest.Standing) bool { place, _ := l.shows(s.Bands); return !place }
	if slices.ContainsFunc(all, hides) {
		slices.SortStableFunc(all, func(a, b contest.Standing) int {
			if hides(a) && hides(b) {
				return cmp.Compare(a.Subject, b.Subject)
			}
			return 0
		})
	}
	for _, s := range all {
		place, band := l.shows(s.Bands)
		row := paperwork.Standing{Village: nameOf(l.report, s.Subject), Reason: phrase.Unranked(s.Reason, fault.Chinese), Track: s.Track}
		if band {
			row.Band = bandNames(l.doc, s.Bands)
		}
		if !place {
			bare = append(bare, row)
			continue
		}
		row.Total, row.Rank, row.Change, row.Grade = s.Shown, s.Rank, change(s), l.grade(s.Subject)
		row.Light = phrase.Legend(l.doc, s.Light, fault.Chinese)
		if s.Percentile != nil {
			row.Percentile = s.Percentile.Fixed(1) + "%"
		}
		for _, p := range s.Parts {
			row.Parts = append(row.Parts, p.Shown)
		}
		placed = append(placed, row)
	}
	return append(placed, bare...)
}

// grade is the grade decided here; what is proposed upward is not published with
// the result (E11).
func (l look) grade(subject string) string {
	for _, g := range l.report.Result.Grades {
		if g.Decision == "superior" {
			continue
		}
		for _, line := range g.Lines {
			if line.Subject == subject {
				return gradeName(scaleOf(l.doc, g.Scale), line.Grade)
			}
		}
	}
	return ""
}

// parts are the names of the parts of the total, where they all are shown.
func (l look) parts() []string {
	var names []string
	for _, p := range l.doc.Parts {
		names = append(names, p.Name.Or(p.Key, false))
	}
	return names
}

// pairs are who helps whom (C14), where both places may be told.
func (l look) pairs() []paperwork.Pair {
	var all []paperwork.Pair
	for _, p := range l.report.Result.Pairs {
		all = append(all, paperwork.Pair{Lead: nameOf(l.report, p.Lead), Follow: nameOf(l.report, p.Follow)})
	}
	return all
}

func change(s contest.Standing) string {
	switch {
	case s.Change > 0:
		return "↑" + strconv.Itoa(s.Change)
	case s.Change < 0:
		return "↓" + strconv.Itoa(-s.Change)
	case s.Previous > 0:
		return "—"
	}
	return ""
}

func bandNames(doc *template.Document, keys []string) string {
	text := ""
	for _, b := range doc.Bands {
		if slices.Contains(keys, b.Key) {
			if text != "" {
				text += "、"
			}
			text += phrase.Band(b, fault.Chinese)
		}
	}
	return text
}

// mentions sorts the proposed outcomes under praise, criticism and talks. One
// village stands once under each heading. Where places are not shown, the
// points that would tell them are not either.
func (l look) mentions() (praise, criticism, talks []paperwork.Mention) {
	bands := map[string][]string{}
	for _, s := range l.report.Result.Standings {
		bands[s.Subject] = s.Bands
	}
	for _, p := range l.report.Result.Outcomes {
		place, band := l.shows(bands[p.Subject])
		if !band || p.Grade != "" {
			continue // an interview by grade concerns whoever got the grade, not the township
		}
		m := paperwork.Mention{Village: nameOf(l.report, p.Subject), What: phrase.Outcome(p.Do, fault.Chinese)}
		if place {
			m.Rank = p.Rank
		}
		switch p.Do {
		case outcome.DoPoints:
			if place {
				m.What = l.points(p)
			}
			if p.Streak == 0 {
				praise = append(praise, m)
			} else {
				talks = join(talks, m)
			}
		case outcome.DoTalk:
			m.What = "由" + phrase.Role(p.ByRole, fault.Chinese) + "约谈有关责任人"
			talks = join(talks, m)
		case "criticism":
			criticism = append(criticism, m)
		}
	}
	return praise, criticism, talks
}

// points says who receives how many points: 联村领导加5分、驻村干部加5分、村加5分.
// A public result draws the entries of villages only, and under every reading
// but "by role" people receive what their village does.
func (l look) points(p outcome.Proposal) string {
	rule, text := l.doc.Outcomes[p.Rule], ""
	own := slices.IndexFunc(l.report.Result.Entries, func(e outcome.Entry) bool {
		return e.Rule == p.Rule && e.When == p.When && e.Subject == p.Subject
	})
	place := p.Rank
	if rule.By == outcome.ByRankFromBottom {
		place = p.RankFromBottom
	}
	for i, to := range rule.To {
		var value exact.Number
		switch n := place - 1; {
		case rule.By == outcome.ByRoleOf && i < len(rule.Values):
			value = rule.Values[i]
		case rule.By != outcome.ByRoleOf && own >= 0:
			value = l.report.Result.Entries[own].Points
		case rule.By != outcome.ByRoleOf && n >= 0 && n < len(rule.Values):
			value = rule.Values[n]
		}
		if value.Sign() == 0 {
			continue
		}
		if text != "" {
			text += "、"
		}
		verb := "加"
		if value.Sign() < 0 {
			verb, value = "扣", value.Neg()
		}
		text += phrase.Role(to, fault.Chinese) + verb + value.String() + "分"
	}
	return text
}
