package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/evidence"
	"leitai/internal/exact"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/visits"
)

// problem is one problem found on the tour.
type problem struct {
	village, area string
	issue         *issues.Issue
}

// areaProblems say what is usually found in an area, where, and what is done.
var areaProblems = map[string]struct{ title, place, measure string }{
	"A1":  {"值班表未更新，班次与实际不符", "村部值班室", "已重排班次，值班表上墙。"},
	"A2":  {"学习记录不连续", "村党群服务中心", "已补记学习时间和内容，专人保管。"},
	"A3":  {"整改台账缺销号记录", "村党群服务中心", "已逐条补填销号时间和责任人。"},
	"A4":  {"整顿任务没有明确时限", "村部", "已重新制定任务清单，明确时限和责任人。"},
	"A5":  {"流动党员联系记录不全", "村党群服务中心", "已逐人联系并登记。"},
	"A6":  {"三务公开栏更新不及时", "村公开栏", "已补公开并确定每月公开日。"},
	"A7":  {"服务记录本缺页", "便民服务大厅", "已更换记录本，逐日登记。"},
	"A8":  {"年度承诺未公开", "村公开栏", "已公开承诺事项并标明进度。"},
	"A9":  {"“三亮三评”汇总表未填", "村党群服务中心", "已按季度补填汇总表。"},
	"A10": {"工作日志有缺漏", "村部", "已补记，工作队每周互查。"},
}

// Days on which problems are due: most within weeks, some take until autumn.
var (
	problemDue  = calendar.MustDate("2023-07-20")
	problemLong = calendar.MustDate("2023-10-31")
)

// enterProblems puts what was found on a day on the villages' lists (B11), with
// one measure for each (B12).
func (t *tour) enterProblems(ctx context.Context, villages []string) error {
	for _, village := range villages {
		for _, area := range t.quarter.Issues[village] {
			words := areaProblems[area]
			in := issues.Opening{Competition: t.Competition, Round: &t.round.ID, UnitCode: t.codeOf(village), Title: words.title, Place: words.place,
				Item: t.Document.Items[slices.Index(t.quarter.Areas, area)].Key, Base: exact.Int(0), Due: problemDue, Visit: &t.stops[village].ID, Problem: area}
			if len(t.found)%5 == 4 {
				in.Due = problemLong
			}
			responsible := t.Person(fmt.Sprintf("OS%d", numberOf(village))).ID
			in.Responsible = &responsible
			opened, err := t.app.Issues.Open(ctx, in)
			if err != nil {
				return fmt.Errorf("problem %s %s: %w", village, area, err)
			}
			t.found = append(t.found, &problem{village, area, opened})
		}
	}
	return nil
}

// followUp is the summer: villages answer, the office looks and closes or returns,
// what is left becomes overdue; supervision and a highlight.
func (t *tour) followUp(ctx context.Context) error {
	answered, looked := calendar.MustDate("2023-07-12"), calendar.MustDate("2023-07-14")
	for _, n := range actingSecretaries {
		err := t.on(ctx, answered, "10:00", fmt.Sprintf("OS%d", n), func(ctx context.Context) error {
			return t.answerAll(ctx, func(i int, p *problem) bool { return numberOf(p.village) == n && i%6 != 5 })
		})
		if err != nil {
			return fmt.Errorf("answers: %w", err)
		}
	}
	err := t.on(ctx, answered, "15:00", t.Approver, func(ctx context.Context) error { // on paper, for villages without a login (G3)
		return t.answerAll(ctx, func(i int, p *problem) bool {
			return !slices.Contains(actingSecretaries, numberOf(p.village)) && i%3 == 0
		})
	})
	if err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	if err := t.on(ctx, looked, "15:00", t.Clerk, t.verify); err != nil {
		return fmt.Errorf("verification: %w", err)
	}
	if err := t.on(ctx, calendar.MustDate("2023-08-03"), "16:00", t.Clerk, t.supervise); err != nil {
		return fmt.Errorf("supervision: %w", err)
	}
	return t.on(ctx, calendar.MustDate("2023-08-04"), "09:00", t.Approver, t.share)
}

// answerAll answers the problems that are wanted.
func (t *tour) answerAll(ctx context.Context, wanted func(i int, p *problem) bool) (err error) {
	for i, p := range t.found {
		if wanted(i, p) {
			in := issues.Step{Issue: p.issue.ID, Revision: p.issue.Revision, Note: areaProblems[p.area].measure}
			if p.issue, err = t.app.Issues.Answer(ctx, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// verify closes what holds, returns some with the reason, and leaves some to be
// looked at.
func (t *tour) verify(ctx context.Context) (err error) {
	n := 0
	for _, p := range t.found {
		if p.issue.AnsweredBy == nil {
			continue
		}
		in := issues.Step{Issue: p.issue.ID, Revision: p.issue.Revision}
		switch n++; {
		case n%9 == 4:
			continue
		case n%7 == 3:
			in.Note = "现场与台账不一致，请按实补正后再报。"
			p.issue, err = t.app.Issues.Return(ctx, in)
		default:
			in.Note = "经现场核查，整改到位。"
			p.issue, err = t.app.Issues.Close(ctx, in)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// supervise records an unannounced visit, and puts the oldest problem that is
// still open after its day under listed supervision (B19).
func (t *tour) supervise(ctx context.Context) error {
	worst := t.village(22)
	day := t.Clock.Today()
	visit, err := t.app.Visits.AddUnannounced(ctx, visits.Unannounced{Competition: t.Competition, UnitCode: worst,
		PlannedOn: day, VisitedOn: day, Note: "不打招呼，直奔现场"})
	if err != nil {
		return err
	}
	_, err = t.app.Visits.Supervise(ctx, visits.MeasureInput{Competition: t.Competition, Round: &t.round.ID, UnitCode: worst, Kind: visits.UnannouncedVisit,
		Basis: observationNumber, HappenedOn: day, Record: "值班在岗，公开栏已更新；整改台账仍缺两项。", Points: exact.Int(0), Visit: &visit.ID})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(t.found, func(p *problem) bool { return p.issue.AnsweredBy == nil && p.issue.Due.Before(day) })
	late := t.found[i].issue
	listed, err := t.app.Issues.ListIssue(ctx, issues.Step{Issue: late.ID, Revision: late.Revision, Note: "逾期未报整改情况，挂牌督办。"})
	if err == nil {
		t.found[i].issue = listed
	}
	return err
}

// share enters the best village's practice with its pictures and shows it to the
// county (B06).
func (t *tour) share(ctx context.Context) error {
	best := t.village(3)
	pieces, err := t.app.Evidence.List(ctx, evidence.Filter{UnitCode: best, Round: &t.round.ID}, paging.Args{First: pageOf(20)})
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(pieces.Items))
	for i, p := range pieces.Items {
		ids[i] = p.ID
	}
	saved, err := t.app.Evidence.SaveHighlight(ctx, evidence.HighlightInput{UnitCode: best, Competition: &t.Competition, Round: &t.round.ID,
		Item: t.Document.Items[0].Key, Dimension: t.Document.Items[0].Dimension, Title: "一张值班表管住一件事",
		Body: "值班、办事、反馈写在一张表上，群众看得懂、找得到人。", Evidence: ids})
	if err != nil {
		return fmt.Errorf("highlight: %w", err)
	}
	_, err = t.app.Evidence.ShareHighlight(ctx, saved.ID, saved.Revision, true)
	return err
}
