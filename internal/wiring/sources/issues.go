package sources

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/sheet"
)

// Ledger lists issues.
type Ledger interface {
	List(ctx context.Context, f issues.Filter, args paging.Args) (paging.Page[*issues.Issue], error)
}

// Issues is the issue ledger, newest first.
func Issues(from Ledger, units Units) export.Source {
	l := ledger{from, units}
	return export.Source{Kind: export.Issues, Permission: authz.IssueRead,
		Takes: []export.Condition{export.ByCompetition, export.ByUnit, export.ByState},
		Columns: []export.Column{{Key: "number", Zh: "编号", En: "number"}, {Key: "unitCode", Zh: "区划代码", En: "unit code"}, {Key: "unit", Zh: "单位", En: "unit"},
			{Key: "item", Zh: "单项", En: "item"}, {Key: "title", Zh: "问题", En: "issue"}, {Key: "place", Zh: "地点", En: "place"},
			{Key: "problem", Zh: "问题类型", En: "type of problem"}, {Key: "opened", Zh: "交办日期", En: "opened on"}, {Key: "due", Zh: "整改期限", En: "due on"},
			{Key: "state", Zh: "状态", En: "state"}, {Key: "light", Zh: "督办灯", En: "light"}, {Key: "daysLate", Zh: "逾期天数", En: "days late"},
			{Key: "base", Zh: "基础扣分", En: "base deduction"}, {Key: "penalty", Zh: "扣分", En: "deduction"}, {Key: "closed", Zh: "销号日期", En: "closed on"},
			{Key: "plan", Zh: "整改对策", En: "measure agreed on"}, {Key: "measure", Zh: "整改措施", En: "measure reported"},
			{Key: "listed", Zh: "挂牌督办", En: "listed"}, {Key: "serious", Zh: "影响全乡", En: "serious"}},
		Rows: export.Paged(l.page)}
}

type ledger struct {
	from  Ledger
	units Units
}

var stages = []rectify.Stage{rectify.Assigned, rectify.Answered, rectify.Returned, rectify.Closed}

func (l ledger) page(ctx context.Context, r export.Request, at string) (export.Page, error) {
	f := issues.Filter{Competition: r.Competition, UnitCode: r.UnitCode}
	if r.State != "" {
		stage := rectify.Stage(r.State)
		if !slices.Contains(stages, stage) {
			return export.Page{}, fault.New(fault.Invalid, "value", r.State, "want", "ASSIGNED, ANSWERED, RETURNED, CLOSED").At("filter.issueState")
		}
		f.Stage = &stage
	}
	list, err := l.from.List(ctx, f, after(at))
	if err != nil {
		return export.Page{}, err
	}
	ids := make([]uuid.UUID, len(list.Items))
	for i, one := range list.Items {
		ids[i] = one.Unit
	}
	where, err := placesOf(ctx, l.units, ids)
	rows := make([][]sheet.Value, len(list.Items))
	for i, one := range list.Items {
		rows[i] = issueRow(one, where)
	}
	return export.Page{Rows: rows, Next: next(list)}, err
}

func issueRow(i *issues.Issue, where places) []sheet.Value {
	return []sheet.Value{count(i.Number), where.code(i.Unit), where.name(i.Unit), sheet.Text(i.Item), sheet.Text(i.Title), sheet.Text(i.Place),
		sheet.Text(i.Detail.Problem), day(i.Opened), day(i.Due), sheet.Text(string(i.Stage)), sheet.Text(string(i.Assessment.Light)), count(i.Assessment.DaysLate),
		number(i.Base), number(i.Assessment.Penalty), day(i.Closed), sheet.Text(i.Detail.Plan), sheet.Text(i.Measure), yes(i.Detail.Listed()), yes(i.Serious)}
}

// day is empty for a day that has not come.
func day(d calendar.Date) sheet.Value {
	if d.IsZero() {
		return sheet.Text("")
	}
	return sheet.Text(d.String())
}
