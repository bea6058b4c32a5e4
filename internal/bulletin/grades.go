package bulletin

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

func itoa(n int) string { return strconv.Itoa(n) }

// drawGrades draws the tables by which grades were decided or are proposed
// upward, one a scale, each seat explained (E11–E22, D33). They are for those
// who run the contest.
func (s *Service) drawGrades(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	pieces, err := s.gradeTables(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return piled(pieces)
}

func (s *Service) gradeTables(ctx context.Context, st Store, id uuid.UUID) ([]piece, error) {
	sheet, report, err := s.verified(ctx, st, id)
	if err != nil {
		return nil, err
	}
	if err := s.mine(ctx, sheet.Home, authz.ResultDraftRead); err != nil {
		return nil, err
	}
	date, err := sheet.Home.dateIn(sheet.PublishedAt)
	if err != nil {
		return nil, err
	}
	period, err := sheet.assessed()
	if err != nil {
		return nil, err
	}
	var all []piece
	for _, g := range report.Result.Grades {
		table := gradeTable(report, g, sheet)
		table.Paper = sheet.paper("", date)
		table.To = nil // it goes to the meeting that decides
		all = append(all, piece{name: scaleOf(report.Input.Template, g.Scale).Name.Or(g.Scale, false), document: table.Document,
			data: table.Data(sheet.Competition, sheet.basis(), period)})
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound)
	}
	return all, nil
}

// verified reads a publication and what its own bundle comes to.
func (s *Service) verified(ctx context.Context, st Store, id uuid.UUID) (*PublishedSheet, *contest.Report, error) {
	sheet, err := st.PublishedSheet(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	report, err := contest.Verify(sheet.Bundle, contest.Trust{})
	return sheet, report, err
}

func gradeTable(report *contest.Report, g contest.GradeResult, sheet *PublishedSheet) paperwork.GradeTable {
	doc := report.Input.Template
	scale := scaleOf(doc, g.Scale)
	out := paperwork.GradeTable{Scheme: sheet.Period + sheet.Competition + scale.Name.Or(scale.Key, false), Proposed: g.Decision == "superior", Scale: "得分"}
	for _, seats := range g.Steps {
		text := phrase.Seats(doc, g.Scale, seats, fault.Chinese)
		out.Seats = append(out.Seats, paperwork.GradeSeats{Grade: gradeName(scale, seats.Grade), Rule: text})
		if seats.Shortfall > 0 {
			out.Shortfall = text
		}
	}
	standings := map[string]contest.Standing{}
	for _, st := range report.Result.Standings {
		standings[st.Subject] = st
	}
	for _, l := range g.Lines {
		of := standings[l.Subject]
		line := paperwork.GradeLine{Name: nameOf(report, l.Subject), Total: of.Shown, Rank: of.Rank, Grade: gradeName(scale, l.Grade), Why: phrase.Grade(doc, g.Scale, l, fault.Chinese)}
		for _, p := range of.Parts {
			switch from := partFrom(doc, p.Key); {
			case strings.HasPrefix(from, "ballots."):
				line.Ballot = p.Shown
			case from != "":
				line.Work = p.Shown
			}
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

func partFrom(doc *template.Document, key string) string {
	for _, p := range doc.Parts {
		if p.Key == key {
			return p.From
		}
	}
	return ""
}

func scaleOf(doc *template.Document, key string) template.GradeScale {
	if i := slices.IndexFunc(doc.Grades, func(g template.GradeScale) bool { return g.Key == key }); i >= 0 {
		return doc.Grades[i]
	}
	return template.GradeScale{Key: key}
}

func gradeName(scale template.GradeScale, key string) string {
	for _, step := range scale.Steps {
		if step.Key == key {
			return step.Name.Or(step.Key, false)
		}
	}
	return key
}
