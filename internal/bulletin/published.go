package bulletin

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// drawBulletin draws the bulletin of a publication from its own public bundle
// (A26): what is printed is what was signed.
func drawBulletin(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := st.PublishedSheet(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	report, err := contest.Verify(sheet.Bundle, contest.Trust{})
	if err != nil {
		return paperwork.Document{}, err
	}
	date, err := sheet.Home.dateIn(sheet.PublishedAt)
	if err != nil {
		return paperwork.Document{}, err
	}
	period, err := calendar.ParsePeriod(sheet.Period)
	if err != nil {
		return paperwork.Document{}, err
	}
	doc := report.Input.Template
	b := paperwork.Bulletin{
		Paper: sheet.paper(sheet.BulletinNumber, date), Competition: sheet.Competition, Basis: sheet.basis(), Period: period,
		Held: sheet.Held, Venue: sheet.Venue, Standings: standings(doc, report), Policies: []string{phrase.Ties(doc, fault.Chinese)},
		Publication: paperwork.Publication{Revision: sheet.Revision, Supersedes: sheet.Revision - 1, Reason: sheet.Reason, Hash: sheet.Hash,
			Approver: approver(sheet.ApproverRole), Audience: paperwork.Audience(sheet.Audience)},
	}
	if sheet.BulletinNumber == "" { // a bulletin is a numbered paper; without one it carries the round's own number
		b.Paper.Number = sheet.Period + "第" + strconv.Itoa(sheet.Revision) + "版"
		b.Paper.Mark = sheet.Home.Name + "擂台比武通报"
	}
	if !wide(sheet.Audience) {
		b.Praise, b.Criticism, b.Talks = mentions(doc, report)
	}
	return b.Document()
}

// approver names who approved by office, never by name (G10).
func approver(role string) string {
	if authz.Role(role) == authz.TownshipApprover {
		return "领导小组"
	}
	if info, known := authz.RoleOf(authz.Role(role)); known {
		return info.Zh
	}
	return role
}

// wide audiences see no bottom ranks and no persons (Q35).
func wide(audience string) bool { return audience == "county" || audience == "public" }

// standings are the rows of the table, as far as the template shows them (G8).
func standings(doc *template.Document, report *contest.Report) []paperwork.Standing {
	var rows []paperwork.Standing
	for _, s := range report.Result.Standings {
		row := paperwork.Standing{Village: nameOf(report, s.Subject), Total: s.Shown, Rank: s.Rank,
			Band: bandNames(doc, s.Bands), Reason: phrase.Unranked(s.Reason, fault.Chinese)}
		switch {
		case s.Change > 0:
			row.Change = "↑" + strconv.Itoa(s.Change)
		case s.Change < 0:
			row.Change = "↓" + strconv.Itoa(-s.Change)
		case s.Previous > 0:
			row.Change = "—"
		}
		if doc.Ranking.Show == "bands" || doc.Ranking.Show == "none" || doc.Ranking.Show == "top-only" && len(s.Bands) == 0 {
			row.Rank, row.Change = 0, ""
		}
		rows = append(rows, row)
	}
	return rows
}

func nameOf(report *contest.Report, subject string) string {
	for _, s := range report.Input.Roster {
		if s.ID == subject && s.Name != "" {
			return s.Name
		}
	}
	return subject
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
// village stands once under each heading.
func mentions(doc *template.Document, report *contest.Report) (praise, criticism, talks []paperwork.Mention) {
	for _, p := range report.Result.Outcomes {
		rule := doc.Outcomes[p.Rule]
		m := paperwork.Mention{Village: nameOf(report, p.Subject), Rank: p.Rank, What: phrase.Outcome(p.Do, fault.Chinese)}
		switch {
		case p.Do == outcome.DoPoints && p.Streak == 0:
			m.What = points(rule, p)
			praise = append(praise, m)
		case p.Do == outcome.DoPoints:
			m.What = points(rule, p)
			talks = join(talks, m)
		case p.Do == outcome.DoTalk:
			m.What = "由" + phrase.Role(p.ByRole, fault.Chinese) + "约谈有关责任人"
			talks = join(talks, m)
		case p.Do == "criticism":
			criticism = append(criticism, m)
		}
	}
	return praise, criticism, talks
}

// join puts a second consequence of the same village into its line.
func join(all []paperwork.Mention, m paperwork.Mention) []paperwork.Mention {
	for i := range all {
		if all[i].Village == m.Village {
			all[i].What += "，" + m.What
			return all
		}
	}
	return append(all, m)
}

// points says who receives how many points: 联村领导、驻村干部、村各加5分, or with
// one figure for each role.
func points(rule template.Outcome, p outcome.Proposal) string {
	place := p.Rank
	if rule.By == outcome.ByRankFromBottom {
		place = p.RankFromBottom
	}
	text := ""
	for i, to := range rule.To {
		n := place - 1
		if rule.By == outcome.ByRoleOf {
			n = i
		}
		if n < 0 || n >= len(rule.Values) {
			continue
		}
		if text != "" {
			text += "、"
		}
		verb, value := "加", rule.Values[n]
		if value.Sign() < 0 {
			verb, value = "扣", value.Neg()
		}
		text += phrase.Role(to, fault.Chinese) + verb + value.String() + "分"
	}
	return text
}
