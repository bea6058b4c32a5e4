package sources

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/consequences"
	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/programme"
	"leitai/internal/sheet"
)

// Books lists point accounts.
type Books interface {
	Accounts(ctx context.Context, competition uuid.UUID, from, to string) ([]consequences.Account, error)
}

// Competitions reads competitions.
type Competitions interface {
	Competition(ctx context.Context, id uuid.UUID) (*programme.Competition, error)
}

// Accounts are the entries of the point accounts of a competition. They are as
// many as its results caused, and read at once, as everywhere.
func Accounts(from Books, competitions Competitions, units Units) export.Source {
	b := books{from, competitions, units}
	return export.Source{Kind: export.Accounts, Permission: authz.AccountRead,
		Takes: []export.Condition{export.ByCompetition, export.From, export.To}, Needs: []export.Condition{export.ByCompetition},
		Columns: []export.Column{{Key: "holderKind", Zh: "持有类别", En: "kind of holder"}, {Key: "holder", Zh: "持有人", En: "holder"},
			{Key: "period", Zh: "期次", En: "period"}, {Key: "points", Zh: "分值", En: "points"}, {Key: "rule", Zh: "依据规则", En: "rule"},
			{Key: "role", Zh: "身份", En: "role"}, {Key: "subjectCode", Zh: "来源单位代码", En: "subject code"}, {Key: "subject", Zh: "来源单位", En: "subject"},
			{Key: "counter", Zh: "冲正", En: "counter-entry"}, {Key: "revision", Zh: "发布版本", En: "revision"}, {Key: "note", Zh: "说明", En: "note"},
			{Key: "postedAt", Zh: "记账时间", En: "posted at"}},
		Rows: export.Paged(b.page)}
}

type books struct {
	from         Books
	competitions Competitions
	units        Units
}

func (b books) page(ctx context.Context, r export.Request, _ string) (export.Page, error) {
	if _, err := b.competitions.Competition(ctx, *r.Competition); err != nil {
		return export.Page{}, fault.NotFoundAt(err, "filter.competition")
	}
	accounts, err := b.from.Accounts(ctx, *r.Competition, r.From, r.To)
	if err != nil {
		return export.Page{}, err
	}
	when, err := clockOf(ctx)
	if err != nil {
		return export.Page{}, err
	}
	var ids []uuid.UUID
	seen := map[uuid.UUID]bool{}
	for _, a := range accounts {
		for _, e := range a.Entries {
			if !seen[e.Subject] {
				seen[e.Subject] = true
				ids = append(ids, e.Subject)
			}
		}
	}
	where, err := placesOf(ctx, b.units, ids)
	var rows [][]sheet.Value
	for _, a := range accounts {
		for _, e := range a.Entries {
			rows = append(rows, []sheet.Value{sheet.Text(holderKind(a)), sheet.Text(a.Holder), sheet.Text(e.Period), number(e.Points), sheet.Text(e.Rule),
				sheet.Text(e.Role), where.code(e.Subject), where.name(e.Subject), yes(e.Reverses != nil), count(e.Revision), sheet.Text(e.Note), when.at(e.PostedAt)})
		}
	}
	return whole(rows), err
}

func holderKind(a consequences.Account) string {
	switch {
	case a.Unit != nil:
		return "unit"
	case a.Person != nil:
		return "person"
	}
	return "body"
}
