package sources

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/round"
	"leitai/internal/sheet"
)

// Rounds reads rounds, their boards and marks.
type Rounds interface {
	Round(ctx context.Context, id uuid.UUID) (*round.Round, error)
	Rounds(ctx context.Context, f round.Filter, args paging.Args) (paging.Page[*round.Round], error)
	Board(ctx context.Context, round uuid.UUID, revision int) (*round.Board, error)
	Marks(ctx context.Context, round uuid.UUID, args paging.Args) (paging.Page[*round.Mark], error)
}

// roundsAtOnce bounds the rounds whose boards make one page.
const roundsAtOnce = 10

// Boards are the latest published results, a row a subject and round: of one
// round, of a competition, or of all that the viewer may read.
func Boards(from Rounds) export.Source {
	b := boards{from}
	return export.Source{Kind: export.Boards, Permission: authz.PublicationRead,
		Takes: []export.Condition{export.ByCompetition, export.ByRound, export.From, export.To},
		Columns: []export.Column{{Key: "period", Zh: "期次", En: "period"}, {Key: "held", Zh: "举办日期", En: "held on"}, {Key: "round", Zh: "轮次编号", En: "round id"},
			{Key: "revision", Zh: "发布版本", En: "revision"}, {Key: "publishedAt", Zh: "发布时间", En: "published at"}, {Key: "trial", Zh: "试评", En: "trial"},
			{Key: "unitCode", Zh: "区划代码", En: "unit code"}, {Key: "unit", Zh: "单位", En: "unit"}, {Key: "subject", Zh: "参评对象", En: "subject"},
			{Key: "track", Zh: "赛道", En: "track"}, {Key: "rank", Zh: "名次", En: "rank"}, {Key: "trackRank", Zh: "赛道名次", En: "rank in the track"},
			{Key: "total", Zh: "总分", En: "total"}, {Key: "change", Zh: "名次升降", En: "rank change"}, {Key: "light", Zh: "亮灯", En: "light"},
			{Key: "bands", Zh: "档次", En: "bands"}, {Key: "unranked", Zh: "未排名原因", En: "why not ranked"}},
		Rows: export.Paged(b.page)}
}

type boards struct{ from Rounds }

func (b boards) page(ctx context.Context, r export.Request, at string) (export.Page, error) {
	if r.Round != nil {
		found, err := b.from.Round(ctx, *r.Round)
		if err != nil {
			return export.Page{}, fault.NotFoundAt(err, "filter.round")
		}
		rows, err := b.rows(ctx, r, []*round.Round{found}, true)
		return whole(rows), err
	}
	args := after(at)
	size := roundsAtOnce
	args.First = &size
	list, err := b.from.Rounds(ctx, round.Filter{Competition: r.Competition}, args)
	if err != nil {
		return export.Page{}, err
	}
	rows, err := b.rows(ctx, r, list.Items, false)
	return export.Page{Rows: rows, Next: next(list)}, err
}

// rows are those of rounds that are published; of a round that was asked for by
// its id, one that shows nothing is NOT_FOUND.
func (b boards) rows(ctx context.Context, r export.Request, list []*round.Round, named bool) ([][]sheet.Value, error) {
	when, err := clockOf(ctx)
	if err != nil {
		return nil, err
	}
	var rows [][]sheet.Value
	for _, one := range list {
		if r.Competition != nil && one.Competition != *r.Competition || outside(r, one.Period) {
			continue
		}
		if one.PublishedRevision == 0 && !named {
			continue
		}
		board, err := b.from.Board(ctx, one.ID, 0)
		if err != nil && !named && fault.CodeOf(err) == fault.NotFound {
			continue // published for the persons concerned
		}
		if err != nil {
			return nil, fault.NotFoundAt(err, "filter.round")
		}
		for _, row := range board.Rows {
			rows = append(rows, []sheet.Value{sheet.Text(board.Period), sheet.Text(board.Held.String()), sheet.Text(board.Round.String()),
				count(board.Revision), when.at(board.PublishedAt), yes(board.Trial), sheet.Text(row.UnitCode), sheet.Text(row.Place), sheet.Text(row.Name),
				sheet.Text(row.Track), counted(row.Rank), counted(row.TrackRank), sheet.Number(row.Shown), counted(row.Change), sheet.Text(row.Light),
				sheet.Text(strings.Join(row.Bands, " ")), sheet.Text(row.Unranked)})
		}
	}
	return rows, nil
}

// outside says whether a period is not between the ones asked for. Periods of
// one competition are of one length, and those compare as they are written.
func outside(r export.Request, period string) bool {
	return r.From != "" && period < r.From || r.To != "" && period > r.To
}
