package sources

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/sheet"
)

// Marks are the marks of a round in the order they were entered, those that
// were superseded included, judges by their pseudonyms.
func Marks(from Rounds, units Units) export.Source {
	m := marks{from, units}
	return export.Source{Kind: export.Marks, Permission: authz.MarkDraftRead,
		Takes: []export.Condition{export.ByRound}, Needs: []export.Condition{export.ByRound},
		Columns: []export.Column{{Key: "unitCode", Zh: "区划代码", En: "unit code"}, {Key: "unit", Zh: "单位", En: "unit"}, {Key: "item", Zh: "单项", En: "item"},
			{Key: "channel", Zh: "评分渠道", En: "channel"}, {Key: "judge", Zh: "评委代号", En: "judge"}, {Key: "value", Zh: "得分", En: "value"},
			{Key: "state", Zh: "状态", En: "state"}, {Key: "superseded", Zh: "已更正", En: "superseded"}, {Key: "reason", Zh: "更正理由", En: "reason"},
			{Key: "rejection", Zh: "退回理由", En: "rejection"}, {Key: "enteredAt", Zh: "录入时间", En: "entered at"}},
		Rows: export.Paged(m.page)}
}

type marks struct {
	from  Rounds
	units Units
}

func (m marks) page(ctx context.Context, r export.Request, at string) (export.Page, error) {
	list, err := m.from.Marks(ctx, *r.Round, after(at))
	if err != nil {
		return export.Page{}, fault.NotFoundAt(err, "filter.round")
	}
	when, err := clockOf(ctx)
	if err != nil {
		return export.Page{}, err
	}
	ids := make([]uuid.UUID, len(list.Items))
	for i, one := range list.Items {
		ids[i] = one.Unit
	}
	where, err := placesOf(ctx, m.units, ids)
	rows := make([][]sheet.Value, len(list.Items))
	for i, one := range list.Items {
		rows[i] = markRow(one, where, when)
	}
	return export.Page{Rows: rows, Next: next(list)}, err
}

func markRow(m *round.Mark, where places, when clock) []sheet.Value {
	return []sheet.Value{where.code(m.Unit), where.name(m.Unit), sheet.Text(m.Item), sheet.Text(m.Channel), sheet.Text(m.JudgeAlias), number(m.Value),
		sheet.Text(string(m.State)), yes(m.SupersededBy != nil), sheet.Text(m.Reason), sheet.Text(m.Rejection), when.at(m.EnteredAt)}
}
