package bulletin

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/template"
)

// drawRegistrations draws the registration form of everybody who was assessed,
// one page each (E05, E09): what the result knows is filled in, ballots and
// grades too, and the rest is left to be written. They are for those who run the
// assessment.
func (s *Service) drawRegistrations(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, report, err := s.verified(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	if err := s.mine(ctx, sheet.Home, authz.ResultDraftRead); err != nil {
		return paperwork.Document{}, err
	}
	var pile []paperwork.Document
	for _, standing := range report.Result.Standings {
		d, err := registration(sheet, report, standing).Document()
		if err != nil {
			return paperwork.Document{}, err
		}
		pile = append(pile, d)
	}
	if len(pile) == 0 {
		return paperwork.Document{}, fault.New(fault.NotFound)
	}
	return paperwork.Pile(pile...), nil
}

func registration(sheet *PublishedSheet, report *contest.Report, standing contest.Standing) paperwork.Form {
	doc := report.Input.Template
	out := paperwork.Form{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial}, Attachment: 1, Title: "村（社区）" + sheet.Competition + "登记表"}
	who := "村（社区）"
	switch doc.Subject {
	case template.Person:
		out.Title, who = sheet.Competition+"登记表", "考核对象"
	case template.Team:
		out.Attachment, out.Title, who = 2, "工作队"+sheet.Competition+"登记表", "工作队"
	}
	out.Fields = []paperwork.FormField{{Name: who, Value: nameOf(report, standing.Subject)}, {Name: "考核周期", Value: sheet.Period}}
	for i, p := range standing.Parts {
		out.Fields = append(out.Fields, paperwork.FormField{Name: doc.Parts[i].Name.Or(p.Key, false), Value: p.Shown})
	}
	out.Fields = append(out.Fields, paperwork.FormField{Name: "总分", Value: standing.Shown})
	for _, g := range report.Result.Grades {
		scale, word := scaleOf(doc, g.Scale), "等次"
		if g.Decision == "superior" {
			word = "建议等次"
		}
		for _, l := range g.Lines {
			if l.Subject == standing.Subject {
				out.Fields = append(out.Fields, paperwork.FormField{Name: strings.TrimSuffix(scale.Name.Or(scale.Key, false), "等次") + word, Value: gradeName(scale, l.Grade)})
			}
		}
	}
	limit := 0
	for _, d := range doc.Deadlines {
		limit = max(limit, d.MaxCharacters)
	}
	out.Texts = []paperwork.FormText{{Name: "年度工作小结", Limit: limit, Lines: 16}}
	out.Opinions = []paperwork.FormOpinion{{Name: "考核工作组意见"}, {Name: "党委（党工委）意见"}}
	return out
}
