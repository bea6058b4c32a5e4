// Package bare owns the floor of any Go service on this database: net/http and
// lib/pq with prepared statements, the same opening statement and the same
// statement of the question as the service, under the same row-level security,
// without GraphQL, casbin and everything else.
//
// It owns no statement: they are the service's own (internal/postgres).
package bare

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/postgres"
)

// Server answers GET /board?round=<uuid> with a Board.
type Server struct {
	db             *sql.DB
	drafts         []string
	opening, board *sql.Stmt
}

// New connects; drafts are the roles that read their tenant's unpublished rows,
// as the service gives them to the opening statement.
func New(ctx context.Context, dsn string, drafts []string) (*Server, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	s := &Server{db: db, drafts: drafts}
	for text, into := range map[string]**sql.Stmt{postgres.OpenRequestSQL: &s.opening, postgres.BoardSQL: &s.board} {
		if *into, err = db.PrepareContext(ctx, text); err != nil { //nolint:sqlclosecheck // they live as long as the process
			return nil, err
		}
	}
	return s, nil
}

// Handler is the whole server.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /board", func(w http.ResponseWriter, r *http.Request) {
		b := &Board{}
		s.answer(w, r, b, func(ctx context.Context, tx *sql.Tx, readable []uuid.UUID) error {
			return b.read(ctx, tx.StmtContext(ctx, s.board), r.URL.Query().Get("round"), 0, pq.Array(readable))
		})
	})
	return mux
}

// answer opens a transaction for the caller, lets read fill the answer, and
// writes it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, answer any, read func(ctx context.Context, tx *sql.Tx, readable []uuid.UUID) error) {
	err := s.within(r, read)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // who does not take it does not get it
}

func (s *Server) within(r *http.Request, read func(ctx context.Context, tx *sql.Tx, readable []uuid.UUID) error) error {
	ctx := r.Context()
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // a no-op after the commit
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	hash := sha256.Sum256([]byte(token))
	readable, err := open(ctx, tx.StmtContext(ctx, s.opening), hash[:], s.drafts)
	if err != nil {
		return err
	}
	if err := read(ctx, tx, readable); err != nil {
		return err
	}
	return tx.Commit()
}

// open sends the opening statement and gives the tenants that may be read.
func open(ctx context.Context, opening *sql.Stmt, hash []byte, drafts []string) ([]uuid.UUID, error) {
	var (
		user, tenant     uuid.UUID
		unit             uuid.UUID
		person           uuid.NullUUID
		text             [10]string
		flag             [4]bool
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
