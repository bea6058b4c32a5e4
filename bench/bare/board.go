package bare

import (
	"cmp"
	"context"
	"database/sql"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/postgres"
)

// Row is a line of a board.
type Row struct {
	UnitCode    string   `json:"unitCode"`
	Name        string   `json:"name"`
	Total       *string  `json:"total"`
	Rank        *int     `json:"rank"`
	RankIfExact *int     `json:"rankIfExact"`
	Change      *int     `json:"change"`
	Bands       []string `json:"bands"`
	Light       string   `json:"light"`
	Unranked    string   `json:"unranked"`
}

// Board is what is answered about a round, in the shape of a GraphQL answer.
type Board struct {
	Data struct {
		Board struct {
			Period   string `json:"period"`
			Revision int    `json:"revision"`
			Rows     []Row  `json:"rows"`
		} `json:"board"`
	} `json:"data"`
}

// read takes of the one row that is found what is answered.
func (b *Board) read(ctx context.Context, board *sql.Stmt, args ...any) error {
	var (
		id                   [4]uuid.UUID
		held, published      time.Time
		flag                 [2]bool
		audience, show, hash string
		best, worst          []string
		lines, places        string
	)
	own := &b.Data.Board
	err := board.QueryRowContext(ctx, args...).Scan(&id[0], &id[1], &id[2], &own.Period, &held, &flag[0], &flag[1], &id[3], &own.Revision, &audience,
		&show, pq.Array(&best), pq.Array(&worst), &hash, &published, &lines, &places)
	if err != nil {
		return err
	}
	return postgres.BoardLines(lines, places, b.add)
}

func (b *Board) add(l *postgres.BoardLine, at postgres.Place) error {
	line := Row{UnitCode: cmp.Or(l[postgres.BoardCode], at.Code), Name: l[postgres.BoardName], Light: l[postgres.BoardLight], Unranked: l[postgres.BoardUnranked]}
	if total := l[postgres.BoardTotal]; total != "" {
		line.Total = &total
	}
	for _, f := range []struct {
		into **int
		at   postgres.BoardField
	}{{&line.Rank, postgres.BoardRank}, {&line.RankIfExact, postgres.BoardRankIfExact}, {&line.Change, postgres.BoardChange}} {
		if l[f.at] == "" {
			continue
		}
		n, err := strconv.Atoi(l[f.at])
		if err != nil {
			return err
		}
		*f.into = &n
	}
	var err error
	if line.Bands, err = postgres.TextArray(l[postgres.BoardBands]); err != nil {
		return err
	}
	b.Data.Board.Rows = append(b.Data.Board.Rows, line)
	return nil
}
