package bulletin

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// drawBulletin draws the bulletin of a publication from its own public bundle
// (A26): what is printed is what was signed. A trial's, and one for the persons
// concerned, are drawn for those who run the contest alone.
func (s *Service) drawBulletin(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	b, err := s.bulletinOf(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return b.Document()
}

// bulletinOf gathers what a bulletin says.
func (s *Service) bulletinOf(ctx context.Context, st Store, id uuid.UUID) (b paperwork.Bulletin, err error) {
	sheet, err := st.PublishedSheet(ctx, id)
	if err != nil {
		return b, err
	}
	runs := at(ctx, sheet.Home.Tenant) && s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil)
	if !runs && (sheet.Trial || sheet.Audience == person) {
		return b, fault.New(fault.NotFound)
	}
	report, err := contest.Verify(sheet.Bundle, contest.Trust{})
	if err != nil {
		return b, err
	}
	date, err := sheet.Home.dateIn(sheet.PublishedAt)
	if err != nil {
		return b, err
	}
	period, err := calendar.ParsePeriod(sheet.Period)
	if err != nil {
		return b, err
	}
	doc := report.Input.Template
	view := look{doc: doc, report: report, wide: wide(sheet.Audience)}
	b = paperwork.Bulletin{
		Paper: sheet.paper(sheet.BulletinNumber, date), Competition: sheet.Competition, Basis: sheet.basis(), Period: period,
		Held: sheet.Held, Venue: sheet.Venue, Standings: view.standings(), Policies: []string{phrase.Ties(doc, fault.Chinese)},
		Publication: paperwork.Publication{Revision: sheet.Revision, Supersedes: sheet.Revision - 1, Reason: sheet.Reason, Hash: sheet.Hash,
			Approver: approver(sheet.ApproverRole), Audience: paperwork.Audience(sheet.Audience)},
	}
	if sheet.BulletinNumber == "" { // a bulletin is a numbered paper; without one it carries the round's own number
		b.Paper.Number = sheet.Period + "第" + strconv.Itoa(sheet.Revision) + "版"
		b.Paper.Mark = sheet.Home.Name + "擂台比武通报"
	}
	b.Parts = view.parts()
	if view.doc.Subject == template.Person {
		b.Subject = phrase.Holder(view.doc.Holder(), fault.Chinese)
	}
	if !view.wide {
		b.Praise, b.Criticism, b.Talks = view.mentions()
		b.Pairs = view.pairs()
	}
	return b, nil
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

// person is the audience of the persons concerned alone.
const person = "person"

// wide audiences see no bottom ranks and no persons (Q35).
func wide(audience string) bool { return audience == "county" || audience == "public" }

func nameOf(report *contest.Report, subject string) string {
	for _, s := range report.Input.Roster {
		if s.ID == subject && s.Name != "" {
			return s.Name
		}
	}
	return subject
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
