package bare

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
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

func (b *Board) read(ctx context.Context, board *sql.Stmt, args ...any) error {
	rows, err := board.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := b.scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (b *Board) scan(rows *sql.Rows) error {
	var (
		line            Row
		id              [5]uuid.UUID
		held, published time.Time
		flag            [2]bool
		audience, show  string
		hash            string
		best, worst     []string
		streaks         []byte
		low, high       *int
		rest            [9]any // what the service's own answer may add
	)
	own := &b.Data.Board
	err := rows.Scan(&id[0], &id[1], &id[2], &own.Period, &held, &flag[0], &flag[1], &id[3], &own.Revision, &audience, &show, pq.Array(&best), pq.Array(&worst),
		&hash, &published, &id[4], &line.UnitCode, &line.Name, &line.Total, &line.Rank, &line.RankIfExact, &line.Change, pq.Array(&line.Bands), &streaks,
		&low, &high, &line.Unranked, &rest[0], &rest[1], &rest[2], &rest[3], &rest[4], &rest[5], &line.Light, &rest[6], &rest[7], &rest[8])
	own.Rows = append(own.Rows, line)
	return err
}
