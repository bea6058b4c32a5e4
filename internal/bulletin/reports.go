package bulletin

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/template"
)

// usualMost is how long a report kept as text may be where the template says
// nothing: 不过2000字 (E04).
const usualMost = 2000

// always is a period after every other: what rules now and from now on.
const always = "9999-12"

// drawDutyReport draws a report that was handed in as text (E04, E17): for the
// office and the village itself, and once it was made known (E19) for whoever
// reads publications. One that lies in a binder as paper has nothing to print.
func (s *Service) drawDutyReport(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := st.ReportSheet(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	known := sheet.Published && s.gate.Anywhere(ctx, authz.PublicationRead) == nil
	if !at(ctx, sheet.Home.Tenant) || !known && !s.gate.May(ctx, authz.SubmissionRead, sheet.Unit) {
		return paperwork.Document{}, fault.New(fault.NotFound)
	}
	doc, err := st.RulingTemplate(ctx, sheet.Competing, sheet.Year+"-12")
	if err != nil {
		return paperwork.Document{}, err
	}
	called, err := s.called(ctx, st, []string{sheet.Person})
	if err != nil {
		return paperwork.Document{}, err
	}
	report, err := dutyReport(sheet, doc, called(sheet.Person))
	if err != nil {
		return paperwork.Document{}, err
	}
	return report.Document()
}

func dutyReport(sheet *ReportSheet, doc *template.Document, person string) (paperwork.DutyReport, error) {
	year, err := strconv.Atoi(sheet.Year)
	if err != nil {
		return paperwork.DutyReport{}, err
	}
	if w := doc.Calendar.Window; w != nil && w.In == "next-year" {
		year-- // what is due in January tells of the year before (E01)
	}
	out := paperwork.DutyReport{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial, Issuer: sheet.Place, Date: sheet.HandedOn},
		Unit: sheet.Place, Post: person, Year: year, Limit: usualMost, Counted: sheet.Characters, Title: paperName(sheet.Document)}
	if sheet.Holder != "" {
		out.Unit, out.Issuer = sheet.Holder, sheet.Holder
	}
	if person != "" {
		out.Issuer = person
	}
	for _, d := range doc.Deadlines {
		if d.Document == sheet.Document && d.MaxCharacters > 0 {
			out.Limit = d.MaxCharacters
		}
	}
	out.Limit = max(out.Limit, sheet.Characters) // it was taken under the rules of its day
	for _, p := range sheet.Parts {
		out.Parts = append(out.Parts, paperwork.ReportPart{Heading: partName(p.Key), Text: p.Text})
	}
	return out, nil
}

// drawReportRules draws the rules for writing reports from the template's
// deadlines (E29, E04, E17, E27), for everybody who works with the competition.
func (s *Service) drawReportRules(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	frame, err := st.CompetitionFrame(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	if !at(ctx, frame.Home.Tenant) {
		return paperwork.Document{}, fault.New(fault.NotFound)
	}
	doc, err := st.RulingTemplate(ctx, id, always)
	if err != nil {
		return paperwork.Document{}, err
	}
	rules, err := reportRules(frame, doc)
	if err != nil {
		return paperwork.Document{}, err
	}
	return rules.Document()
}

// reportRules is NOT_FOUND where no report is asked for.
func reportRules(frame *Frame, doc *template.Document) (paperwork.ReportRules, error) {
	out := paperwork.ReportRules{Paper: paperwork.Paper{Demo: frame.Home.Demo, Trial: frame.Trial}, Attachment: 10, Title: frame.Competition + "述职报告撰写要求"}
	out.Parts = []paperwork.ReportPart{{Heading: partName("party-building"), Text: "主要做法和成效、存在问题、下一步打算和承诺"},
		{Heading: partName("ideology"), Text: "责任落实情况、存在问题、下一步打算和承诺"}}
	switch doc.Subject {
	case template.Person, template.Team:
		out.Oral = "村（社区）党组织书记、工作队队长"
	default:
		out.Title = frame.Competition + "工作报告撰写要求"
		out.Parts = []paperwork.ReportPart{{Heading: "年度工作情况", Text: "主要做法和成效"}, {Heading: partName("problems"), Text: "逐条写明，不回避"}, {Heading: partName("promises"), Text: "有措施、有时限"}}
	}
	asked := false
	for _, d := range doc.Deadlines {
		due, err := calendar.ParseMonthDay(d.Due)
		if err != nil {
			return out, err
		}
		on := due.In(2024) // a year that has every day
		limit := d.MaxCharacters
		if report(d.Document) {
			asked = true
			if limit == 0 {
				limit = usualMost
			}
			out.Limit = max(out.Limit, limit)
		}
		out.Papers = append(out.Papers, paperwork.AskedPaper{Name: paperName(d.Document), Limit: limit, Due: fmt.Sprintf("%d月%d日", int(on.Month()), on.Day())})
	}
	if !asked {
		return out, fault.New(fault.NotFound)
	}
	return out, nil
}

// report says whether a document is a report that is written.
func report(document string) bool { return strings.HasPrefix(document, "duty-report") }

// paperName is what a paper of the template's deadlines is called.
func paperName(document string) string {
	if name := map[string]string{"duty-report": "述职报告", "duty-report-review": "述职报告（送审稿）", "registration-form": "年度考核登记表", "assessment-form": "综合评价表",
		"ballot-summary": "民主测评汇总表", "ballot-form": "民主测评表", "rectification-list": "问题整改清单", "contact-table": "联点安排表"}[document]; name != "" {
		return name
	}
	return document
}

// partName is the heading of a part; one with a key of its own is called by it.
func partName(key string) string {
	if name := map[string]string{"party-building": "抓基层党建工作情况", "ideology": "意识形态工作情况", "problems": "存在问题", "promises": "下一步打算和承诺"}[key]; name != "" {
		return name
	}
	return key
}
