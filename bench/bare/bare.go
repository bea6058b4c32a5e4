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

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/postgres"
	"leitai/internal/viewer"
)

// Server answers GET /board?round=<uuid> with a Board, and
// GET /county?from=<month>&to=<month> with a County.
type Server struct {
	db             *sql.DB
	drafts         []string
	opening, board *sql.Stmt
	frame, rounds  *sql.Stmt
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
	for text, into := range map[string]**sql.Stmt{postgres.OpenRequestSQL: &s.opening, postgres.BoardSQL: &s.board,
		postgres.ComparisonFrameSQL: &s.frame, postgres.RoundsComparedSQL: &s.rounds} {
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
		s.answer(w, r, b, func(ctx context.Context, tx *sql.Tx, who *asker) error {
			return b.read(ctx, tx.StmtContext(ctx, s.board), r.URL.Query().Get("round"), 0, pq.Array(who.readable))
		})
	})
	mux.HandleFunc("GET /county", func(w http.ResponseWriter, r *http.Request) {
		c := &County{}
		s.answer(w, r, c, func(ctx context.Context, tx *sql.Tx, who *asker) error {
			return c.read(ctx, &totals{server: s, tx: tx, who: who}, r.URL.Query().Get("from"), r.URL.Query().Get("to"))
		})
	})
	return mux
}

// answer opens a transaction for the caller, lets read fill the answer, and
// writes it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, answer any, read func(ctx context.Context, tx *sql.Tx, who *asker) error) {
	err := s.within(r, read)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // who does not take it does not get it
}

func (s *Server) within(r *http.Request, read func(ctx context.Context, tx *sql.Tx, who *asker) error) error {
	ctx := r.Context()
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // a no-op after the commit
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	hash := sha256.Sum256([]byte(token))
	who, err := open(ctx, tx.StmtContext(ctx, s.opening), hash[:], s.drafts)
	if err != nil {
		return err
	}
	if err := read(ctx, tx, who); err != nil {
		return err
	}
	return tx.Commit()
}

// asker is what the opening statement tells of the caller.
type asker struct {
	viewer                      viewer.Viewer
	readable, drafts, ancestors []uuid.UUID
}

// open sends the opening statement.
func open(ctx context.Context, opening *sql.Stmt, hash []byte, drafts []string) (*asker, error) {
	var (
		a      asker
		person uuid.NullUUID
		locale string
		stamp  string
		times  string
		noted  bool
	)
	v := &a.viewer
	err := opening.QueryRowContext(ctx, "token", hash, pq.Array(drafts), "5000", "5000", "40000").Scan(&v.User, &locale, &v.Tenant, &v.TenantKind, &v.TenantUnit, &v.Region, &v.TimeZone,
		&v.Demo, &person, &v.Credential.ID, pq.Array(&v.Scopes), pq.Array(&v.Units), &v.ReadOnly, &v.Epoch,
		pq.Array(&a.readable), pq.Array(&a.drafts), pq.Array(&a.ancestors), &noted, &stamp, &times)
	a.readable = append(a.readable, a.drafts...)
	return &a, err
}
