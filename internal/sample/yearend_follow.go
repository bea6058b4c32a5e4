package sample

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/exact"
	"leitai/internal/issues"
	"leitai/internal/outcome"
	"leitai/internal/paging"
)

// follow is what came of the secretaries' assessment: papers handed in, talks,
// and the rectification list of those below "good" (E19, E23–E27).
func (a *assessment) follow(ctx context.Context) error {
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{{"papers", a.papers}, {"talks", a.talk}, {"rectification", a.rectify}} {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return nil
}

// handedOn is when the papers of a year-end came in; one report came a day late,
// and one form is still missing.
var handedOn = []struct {
	day       calendar.Date
	documents []string
}{
	{calendar.MustDate("2023-01-13"), []string{"duty-report-review"}},
	{calendar.MustDate("2023-01-17"), []string{"duty-report", "registration-form", "ballot-summary"}},
	{calendar.MustDate("2023-01-18"), nil}, // what was late
	{calendar.MustDate("2023-01-20"), []string{"assessment-form"}},
}

// lateReport and missingForm are whose papers were not in time.
const (
	lateReport  = "S2"
	missingForm = "S4"
)

func (a *assessment) papers(ctx context.Context) error {
	for _, d := range handedOn {
		err := a.on(ctx, d.day, "16:00", a.Clerk, func(ctx context.Context) error {
			if d.documents == nil {
				return a.handIn(ctx, lateReport, "duty-report")
			}
			for _, document := range d.documents {
				for _, key := range a.contestants {
					if key == lateReport && document == "duty-report" || key == missingForm && document == "assessment-form" {
						continue
					}
					if err := a.handIn(ctx, key, document); err != nil {
						return fmt.Errorf("%s of %s: %w", document, key, err)
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// handIn records one paper; a report is kept as text in its two parts and made
// known to the meeting's circle (E17, E19).
func (a *assessment) handIn(ctx context.Context, key, document string) error {
	in := consequences.SubmissionInput{Competition: a.Competition, Year: yearEndYear, Document: document, Subject: a.subjects[key], Note: "纸质材料存党建办"}
	if document == "duty-report" {
		in.Note = ""
		in.Parts = []consequences.ReportPart{
			{Key: "party-building", Text: "一年来抓党建促乡村振兴，落实“三会一课”；存在的问题是活动形式单一，下一步按月改进。"},
			{Key: "ideology", Text: "落实意识形态工作责任，按季研判；存在的问题是阵地更新慢，承诺三月底前整改。"},
		}
	}
	made, err := a.app.Consequences.HandIn(ctx, in)
	if err != nil || len(in.Parts) == 0 {
		return err
	}
	_, err = a.app.Consequences.MakeKnown(ctx, made.ID, "参加述职测评会的党员、群众代表")
	return err
}

// talk confirms who is talked with, and records that it was done (E23).
func (a *assessment) talk(ctx context.Context) error {
	day := calendar.MustDate("2023-02-06")
	return a.on(ctx, day, "10:00", a.Approver, func(ctx context.Context) error {
		proposed := consequences.Proposed
		page, err := a.app.Consequences.List(ctx, consequences.OutcomeFilter{Round: &a.round.ID, State: &proposed}, paging.Args{First: pageOf(50)})
		if err != nil {
			return err
		}
		for _, o := range page.Items {
			confirmed, err := a.app.Consequences.Confirm(ctx, []uuid.UUID{o.ID}, day.AddDays(10))
			if err != nil {
				return err
			}
			if strings.HasPrefix(o.Action, outcome.DoTalk) {
				if _, err := a.app.Consequences.Execute(ctx, o.ID, confirmed[0].LockRevision, "党工委书记已约谈，要求限期整改。"); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// shortcomings are the problems of those below "good", with a measure each (E24).
var shortcomings = []struct {
	village              int
	title, plan, measure string
	due                  string
}{
	{2, "党员教育以会代训，形式单一", "每月一次实践活动，党建办跟踪", "已开展两次实践活动，留有记录。", "2023-03-31"},
	{4, "党组织生活会检查材料照抄上年", "重新撰写对照检查材料，逐条列出问题", "已重写并在支部大会上通报。", "2023-03-15"},
	{4, "群众反映办事找不到人", "公示值班表和联系电话，街道每周抽查", "", "2023-03-31"},
}

// rectify enters the rectification list and works on it until spring: answered,
// closed after a look, one left overdue (E24, E25).
func (a *assessment) rectify(ctx context.Context) error {
	var open []*issues.Issue
	err := a.on(ctx, calendar.MustDate("2023-02-07"), "09:00", a.Clerk, func(ctx context.Context) error {
		for _, p := range shortcomings {
			responsible := a.Person(fmt.Sprintf("YS%d", p.village)).ID
			opened, err := a.app.Issues.Open(ctx, issues.Opening{Competition: a.Competition, Round: &a.round.ID, UnitCode: streetVillage(p.village),
				Item: "work", Title: p.title, Base: exact.Int(0), Due: calendar.MustDate(p.due), Responsible: &responsible, Plan: p.plan})
			if err != nil {
				return err
			}
			open = append(open, opened)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, p := range shortcomings {
		if p.measure == "" {
			continue
		}
		at := func(note string) issues.Step {
			return issues.Step{Issue: open[i].ID, Revision: open[i].Revision, Note: note}
		}
		err := a.on(ctx, calendar.MustDate("2023-03-10"), "10:00", fmt.Sprintf("YS%d", p.village), func(ctx context.Context) (err error) {
			open[i], err = a.app.Issues.Answer(ctx, at(p.measure))
			return err
		})
		if err != nil {
			return err
		}
		err = a.on(ctx, calendar.MustDate("2023-03-13"), "10:00", a.Clerk, func(ctx context.Context) (err error) {
			open[i], err = a.app.Issues.Close(ctx, at("经查阅资料并走访党员，整改到位。"))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
