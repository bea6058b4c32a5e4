package bulletin

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/template"
)

// drawEvaluations draws the overall evaluation form of everybody who was graded,
// one page each (附件6, E20, E29), from the published grades.
func (s *Service) drawEvaluations(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	pieces, err := s.evaluations(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return piled(pieces)
}

// evaluations are for whoever may read the publication, as far as its audience
// goes; those who run the assessment have one for everybody.
func (s *Service) evaluations(ctx context.Context, st Store, id uuid.UUID) ([]piece, error) {
	sheet, err := st.PublishedSheet(ctx, id)
	if err != nil {
		return nil, err
	}
	runs := at(ctx, sheet.Home.Tenant) && s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil)
	if !runs && (sheet.Trial || sheet.Audience == person) {
		return nil, fault.New(fault.NotFound)
	}
	report, err := contest.Verify(sheet.Bundle, contest.Trust{})
	if err != nil {
		return nil, err
	}
	return evaluationsOf(sheet, report, runs)
}

// evaluationsOf makes a form for each subject with a grade that the viewer may
// know. Others than those who run the assessment see no persons in a result for
// the county or the public, nobody whose place is not shown (Q35, G8), and no
// grade that is only proposed upward (E11).
func evaluationsOf(sheet *PublishedSheet, report *contest.Report, runs bool) ([]piece, error) {
	doc := report.Input.Template
	view := look{doc: doc, report: report, wide: wide(sheet.Audience)}
	if !runs && view.wide && doc.Subject == template.Person {
		return nil, fault.New(fault.NotFound)
	}
	period, err := sheet.assessed()
	if err != nil {
		return nil, err
	}
	var all []piece
	for _, standing := range report.Result.Standings {
		if place, _ := view.shows(standing.Bands); !runs && !place {
			continue
		}
		of := assessedOf(report, standing, runs)
		if len(of.Grades) == 0 {
			continue
		}
		form := evaluation(sheet, report, of)
		all = append(all, piece{name: of.Subject, document: form.Document, data: of.Data(form.Paper, sheet.Competition, sheet.basis(), period)})
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound)
	}
	return all, nil
}

// assessedOf is what the result tells of one subject; proposed says whether
// grades that go to the level above are told too.
func assessedOf(report *contest.Report, standing contest.Standing, proposed bool) paperwork.Assessed {
	doc := report.Input.Template
	out := paperwork.Assessed{Subject: nameOf(report, standing.Subject), Total: standing.Shown, Rank: standing.Rank}
	for _, p := range standing.Parts {
		name := p.Key
		if i := slices.IndexFunc(doc.Parts, func(d template.Part) bool { return d.Key == p.Key }); i >= 0 {
			name = doc.Parts[i].Name.Or(p.Key, false)
		}
		out.Parts = append(out.Parts, paperwork.FormField{Name: name, Value: p.Shown})
	}
	for _, g := range report.Result.Grades {
		if g.Decision == superior && !proposed {
			continue
		}
		scale := scaleOf(doc, g.Scale)
		for _, l := range g.Lines {
			if l.Subject == standing.Subject && l.Grade != "" {
				out.Grades = append(out.Grades, paperwork.FormField{Name: gradeWord(scale, g.Decision), Value: gradeName(scale, l.Grade)})
			}
		}
	}
	return out
}

func evaluation(sheet *PublishedSheet, report *contest.Report, of paperwork.Assessed) paperwork.Form {
	out := paperwork.Form{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial}, Attachment: 6, Title: sheet.Competition + "综合评价表"}
	out.Fields = append([]paperwork.FormField{{Name: whoIs(report.Input.Template), Value: of.Subject}, {Name: "考核周期", Value: sheet.Period}}, of.Parts...)
	out.Fields = append(out.Fields, paperwork.FormField{Name: "总分", Value: of.Total})
	out.Fields = append(out.Fields, of.Grades...)
	out.Texts = []paperwork.FormText{{Name: "核查情况", Lines: 5}, {Name: "评议情况", Lines: 5}, {Name: "存在问题和整改要求", Lines: 5}}
	out.Opinions = []paperwork.FormOpinion{{Name: "考核工作组意见"}, {Name: "党委（党工委）审定意见"}, {Name: "反馈本人签字"}}
	return out
}

// superior is the decision of a grade that is only proposed upward (E11).
const superior = "superior"
