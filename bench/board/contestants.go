package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/budget"
	"leitai/internal/httpserver"
	"leitai/internal/postgres"
	"leitai/internal/wiring/edge"
)

// serve is a child: it prints its address and serves until it is killed.
func serve(name string) error {
	ctx := context.Background()
	app, err := open(ctx, os.Getenv("BENCH_DSN"), os.Getenv("BENCH_KEYS"), time.Now)
	if err != nil {
		return err
	}
	if name == "leitai" {
		options := httpserver.Defaults()
		options.Listen, options.Budgets = "127.0.0.1:0", budget.Plan{} // one token asks as fast as it can
		return edge.New(app, options).Run(ctx, func(a net.Addr) { fmt.Println(a) })
	}
	handler, err := bare(ctx, os.Getenv("BENCH_DSN"), app.Authz.DraftRoles())
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	return server.Serve(listener)
}

// row is a line of the board as both contestants show it.
type row struct {
	UnitCode    string   `json:"unitCode"`
	Name        string   `json:"name"`
	Total       *string  `json:"total"`
	Rank        *int     `json:"rank"`
	RankIfExact *int     `json:"rankIfExact"`
	Change      *int     `json:"change"`
	Bands       []string `json:"bands"`
	Unranked    string   `json:"unranked"`
}

type answer struct {
	Data struct {
		Board struct {
			Period   string `json:"period"`
			Revision int    `json:"revision"`
			Rows     []row  `json:"rows"`
		} `json:"board"`
	} `json:"data"`
}

// bare is the floor of any Go service on this database.
func bare(ctx context.Context, dsn string, drafts []string) (http.Handler, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	opening, err := db.PrepareContext(ctx, postgres.OpenRequestSQL)
	if err != nil {
		return nil, err
	}
	board, err := db.PrepareContext(ctx, postgres.BoardSQL)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, err := answerBare(r, db, opening, board, drafts)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(a)
	}), nil
}

func answerBare(r *http.Request, db *sql.DB, opening, board *sql.Stmt, drafts []string) (*answer, error) {
	ctx := r.Context()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }() // a no-op after the commit
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	hash := sha256.Sum256([]byte(token))
	readable, err := openBare(ctx, tx.StmtContext(ctx, opening), hash[:], drafts)
	if err != nil {
		return nil, err
	}
	rows, err := tx.StmtContext(ctx, board).QueryContext(ctx, //nolint:sqlclosecheck // a transaction's view of a prepared statement goes with it
		r.URL.Query().Get("round"), 0, pq.Array(readable))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	a := &answer{}
	for rows.Next() {
		line, err := scanBare(rows, a)
		if err != nil {
			return nil, err
		}
		a.Data.Board.Rows = append(a.Data.Board.Rows, line)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return a, tx.Commit()
}

// openBare sends the opening statement and gives the tenants that may be read.
func openBare(ctx context.Context, opening *sql.Stmt, hash []byte, drafts []string) ([]uuid.UUID, error) {
	var (
		user, tenant     uuid.UUID
		unit             uuid.UUID
		person           uuid.NullUUID
		text             [10]string
		flag             [3]bool
		epoch            int64
		scopes           []string
		units            []uuid.UUID
		readable, drafty []uuid.UUID
		ancestors        []uuid.UUID
	)
	err := opening.QueryRowContext(ctx, "token", hash, pq.Array(drafts), "5000", "on", "5000", "40000").Scan(&user, &text[0], &tenant, &text[1], &unit, &text[2], &text[3],
		&flag[0], &person, &text[4], pq.Array(&scopes), pq.Array(&units), &flag[1], &epoch,
		pq.Array(&readable), pq.Array(&drafty), pq.Array(&ancestors), &flag[2], &text[5], &text[6], &text[7], &text[8])
	return append(readable, drafty...), err
}

func scanBare(rows *sql.Rows, a *answer) (row, error) {
	var (
		line            row
		id              [5]uuid.UUID
		held, published time.Time
		flag            [2]bool
		audience, show  string
		hash            string
		best, worst     []string
		streaks         []byte
		low, high       *int
		rest            [10]any // what the query of leitai's own adds
	)
	b := &a.Data.Board
	err := rows.Scan(&id[0], &id[1], &id[2], &b.Period, &held, &flag[0], &flag[1], &id[3], &b.Revision, &audience, &show, pq.Array(&best), pq.Array(&worst),
		&hash, &published, &id[4], &line.UnitCode, &line.Name, &line.Total, &line.Rank, &line.RankIfExact, &line.Change, pq.Array(&line.Bands), &streaks,
		&low, &high, &line.Unranked, &rest[0], &rest[1], &rest[2], &rest[3], &rest[4], &rest[5], &rest[6], &rest[7], &rest[8], &rest[9])
	return line, err
}
