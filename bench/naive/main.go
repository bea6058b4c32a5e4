// Command naive is the contestant that ent and gqlgen give without thought: the
// stock transport, entities loaded with their edges, and a resolver wherever the
// contract and an entity differ. What it generates is not kept: `go generate`.
//
// It opens a transaction for each request and sends the service's own opening
// statement in it, so that it reads the same rows under the same row-level
// security. It owns no rule.
package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/bench/naive/exec"
	"leitai/bench/naive/gen"
	"leitai/bench/naive/gen/publication"
	"leitai/bench/naive/gen/standing"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	driver, err := entsql.Open(dialect.Postgres, os.Getenv("BENCH_DSN"))
	if err != nil {
		return err
	}
	driver.DB().SetMaxOpenConns(16)
	driver.DB().SetMaxIdleConns(16)
	graph := handler.New(exec.NewExecutableSchema(exec.Config{Resolvers: &resolver{}}))
	graph.AddTransport(transport.POST{})
	s := &server{client: gen.NewClient(gen.Driver(driver)), graph: graph, opening: os.Getenv("BENCH_OPENING"), drafts: strings.Split(os.Getenv("BENCH_DRAFTS"), ",")}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /graphql", s.answer)
	server := &http.Server{Addr: os.Getenv("BENCH_LISTEN"), Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}

type server struct {
	client  *gen.Client
	graph   http.Handler
	opening string // the service's own statement
	drafts  []string
}

// answer opens the request's transaction and lets gqlgen answer in it.
func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	tx, err := s.client.Tx(ctx)
	if err == nil {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		hash := sha256.Sum256([]byte(token))
		rows, failed := tx.QueryContext(ctx, s.opening, "token", hash[:], pq.Array(s.drafts), "5000", "5000", "40000")
		if err = failed; err == nil {
			err = rows.Close()
		}
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.graph.ServeHTTP(w, r.WithContext(gen.NewTxContext(ctx, tx)))
	_ = tx.Commit() // nothing was written
}

type resolver struct{}

func (*resolver) Query() exec.QueryResolver       { return query{} }
func (*resolver) Board() exec.BoardResolver       { return board{} }
func (*resolver) BoardRow() exec.BoardRowResolver { return row{} }

type (
	query struct{}
	board struct{}
	row   struct{}
)

// Board loads a publication with its round, its lines and their units.
func (query) Board(ctx context.Context, round string) (*gen.Publication, error) {
	id, err := uuid.Parse(round)
	if err != nil {
		return nil, err
	}
	return gen.TxFromContext(ctx).Publication.Query().Where(publication.RoundID(id)).Order(publication.ByRevision(entsql.OrderDesc())).
		WithRound().WithStandings(func(q *gen.StandingQuery) { q.Order(standing.ByPosition()).WithUnit() }).First(ctx)
}

func (board) Period(_ context.Context, p *gen.Publication) (string, error) {
	return p.Edges.Round.Period, nil
}

func (board) Rows(_ context.Context, p *gen.Publication) ([]*gen.Standing, error) {
	return p.Edges.Standings, nil
}

func (row) UnitCode(_ context.Context, s *gen.Standing) (string, error) {
	if s.Code != "" {
		return s.Code, nil
	}
	return s.Edges.Unit.Code, nil
}

func (row) Bands(_ context.Context, s *gen.Standing) ([]string, error) { return s.Bands, nil }
