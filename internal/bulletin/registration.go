package bulletin

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
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
	pieces, err := s.registrations(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return piled(pieces)
}

func (s *Service) registrations(ctx context.Context, st Store, id uuid.UUID) ([]piece, error) {
	sheet, report, err := s.verified(ctx, st, id)
	if err != nil {
		return nil, err
	}
	if err := s.mine(ctx, sheet.Home, authz.ResultDraftRead); err != nil {
		return nil, err
	}
	period, err := sheet.assessed()
	if err != nil {
		return nil, err
	}
	var all []piece
	for _, standing := range report.Result.Standings {
		form, of := registration(sheet, report, standing), assessedOf(report, standing, true)
		all = append(all, piece{name: of.Subject, document: form.Document, data: of.Data(form.Paper, sheet.Competition, sheet.basis(), period)})
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound)
	}
	return all, nil
}

// assessed names the period of a result in words.
func (p *PublishedSheet) assessed() (string, error) {
	period, err := calendar.ParsePeriod(p.Period)
	return paperwork.Span(period), err
}

// whoIs is what a subject of an assessment is called on a form.
func whoIs(doc *template.Document) string {
	switch doc.Subject {
	case template.Person:
		return "考核对象"
	case template.Team:
		return "工作队"
	}
	return "村（社区）"
}

// gradeWord names a grade by its scale: 年度等次, or 年度建议等次 where the level
// above decides.
func gradeWord(scale template.GradeScale, decision string) string {
	word := "等次"
	if decision == superior {
		word = "建议等次"
	}
	return strings.TrimSuffix(scale.Name.Or(scale.Key, false), "等次") + word
}

func registration(sheet *PublishedSheet, report *contest.Report, standing contest.Standing) paperwork.Form {
	doc, of := report.Input.Template, assessedOf(report, standing, true)
	out := paperwork.Form{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial}, Attachment: 1, Title: "村（社区）" + sheet.Competition + "登记表"}
	switch doc.Subject {
	case template.Person:
		out.Title = sheet.Competition + "登记表"
	case template.Team:
		out.Attachment, out.Title = 2, "工作队"+sheet.Competition+"登记表"
	}
	out.Fields = append([]paperwork.FormField{{Name: whoIs(doc), Value: of.Subject}, {Name: "考核周期", Value: sheet.Period}}, of.Parts...)
	out.Fields = append(out.Fields, paperwork.FormField{Name: "总分", Value: of.Total})
	out.Fields = append(out.Fields, of.Grades...)
	limit := 0
	for _, d := range doc.Deadlines {
		limit = max(limit, d.MaxCharacters)
	}
	out.Texts = []paperwork.FormText{{Name: "年度工作小结", Limit: limit, Lines: 16}}
	out.Opinions = []paperwork.FormOpinion{{Name: "考核工作组意见"}, {Name: "党委（党工委）意见"}}
	return out
}
