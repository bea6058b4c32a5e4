package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/lib/pq" // the driver of the administrator's connection

	"leitai/bench/data"
	"leitai/internal/budget"
	"leitai/internal/config"
	"leitai/internal/embedded"
	"leitai/internal/httpserver"
	"leitai/internal/postgres/migrate"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
	"leitai/migrations"
)

const (
	password = "bench" // of a server on loopback that lives for the run
	with     = "leitai"
	without  = "leitai_without"
)

// stage is one PostgreSQL with the two databases, and a server on each.
type stage struct {
	folder   string
	postgres *embedded.Server
	servers  []*server // with row-level security, without
	tokens   []data.Token
}

// server is the program on one of the databases.
type server struct {
	name, dsn, address string
	process            *exec.Cmd
}

func build(ctx context.Context, scale float64) (*stage, error) {
	folder, err := os.MkdirTemp("", "leitai-bench-")
	if err != nil {
		return nil, err
	}
	s := &stage{folder: folder}
	if err := s.prepare(ctx, scale); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *stage) keys() string { return filepath.Join(s.folder, "keys") }

func (s *stage) prepare(ctx context.Context, scale float64) (err error) {
	if s.postgres, err = embedded.Start(ctx, embedded.Options{Dir: filepath.Join(s.folder, "postgres"), Ephemeral: true}); err != nil {
		return err
	}
	passwords := migrate.Passwords{Owner: password, App: password, Job: password, Maint: password}
	if err := migrate.Roles(ctx, s.postgres.AdminDSN("postgres"), with, passwords); err != nil {
		return err
	}
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return err
	}
	if _, err := set.Up(ctx, s.postgres.DSN(migrate.Owner, password, with)); err != nil {
		return err
	}
	if err := config.MakeKeys(s.keys()); err != nil {
		return err
	}
	keys, err := config.LoadKeys(s.keys())
	if err != nil {
		return err
	}
	made, err := data.Make(ctx, data.Options{DSN: s.postgres.DSN(migrate.Maint, password, with), Keys: keys, Scale: scale, Rounds: 12, Items: 10, Judges: 1, Seed: 1,
		Now: time.Now, Progress: func(text string) { fmt.Fprintln(os.Stderr, text) }})
	if err != nil {
		return err
	}
	s.tokens = made.Tokens
	if err := s.switchOff(ctx); err != nil {
		return err
	}
	for _, one := range []struct{ name, database string }{{"on", with}, {"off", without}} {
		s.servers = append(s.servers, &server{name: one.name, dsn: s.postgres.DSN(migrate.App, password, one.database)})
	}
	return nil
}

// switchOff copies the database and takes every policy's effect away in the copy.
func (s *stage) switchOff(ctx context.Context) error {
	for _, step := range []struct{ database, text string }{
		{with, `VACUUM ANALYZE`}, {"postgres", `CREATE DATABASE ` + without + ` TEMPLATE ` + with},
		{without, `DO $$ DECLARE t regclass; BEGIN
			FOR t IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP
				EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', t);
			END LOOP; END $$`}, {"postgres", `GRANT CONNECT ON DATABASE ` + without + ` TO leitai_app`},
	} {
		db, err := sql.Open("postgres", s.postgres.AdminDSN(step.database))
		if err != nil {
			return err
		}
		_, err = db.ExecContext(ctx, step.text)
		if err := errors.Join(err, db.Close()); err != nil {
			return fmt.Errorf("%s: %w", step.text, err)
		}
	}
	return nil
}

// questions are what is asked; both servers have to answer the same.
func (s *stage) questions() ([]*question, error) {
	var county, township string
	for _, t := range s.tokens {
		if t.Kind == "county" && county == "" {
			county = t.Token
		} else if t.Kind == "township" && township == "" {
			township = t.Token
		}
	}
	list := &question{name: "rounds of a county", token: county, query: `{ rounds(state: PUBLISHED, first: 50) { nodes { id period held state tenant { name } } pageInfo { hasNextPage } } }`}
	own := &question{name: "", token: township, query: `{ rounds(state: PUBLISHED, first: 1) { nodes { id } } }`}
	found, err := own.ask(s.servers[0])
	if err != nil {
		return nil, err
	}
	var first struct {
		Rounds struct{ Nodes []struct{ ID string } }
	}
	if err := json.Unmarshal(found, &first); err != nil || len(first.Rounds.Nodes) == 0 {
		return nil, fmt.Errorf("no published round is listed: %s", found)
	}
	board := &question{name: "board of a township", token: township, variables: map[string]any{"round": first.Rounds.Nodes[0].ID},
		query: `query Board($round: ID!) { board(round: $round) { period revision rows { unitCode name total rank rankIfExact change bands unranked } } }`}
	for _, q := range []*question{board, list} {
		q.cost = map[*server]*costs{}
		var answers [][]byte
		for _, one := range s.servers {
			answer, err := q.ask(one)
			if err != nil {
				return nil, err
			}
			q.cost[one], answers = &costs{}, append(answers, answer)
		}
		// Cursors and ids are the same, because both servers have the same keys and rows.
		if !bytes.Equal(answers[0], answers[1]) || len(answers[0]) < 500 {
			return nil, fmt.Errorf("%s: the answers differ or are empty: %.300s and %.300s", q.name, answers[0], answers[1])
		}
	}
	return []*question{board, list}, nil
}

// start runs the program on a database as a process of its own.
func (s *stage) start(one *server) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	one.process = exec.CommandContext(context.Background(), self, "-serve") //nolint:gosec // ourselves
	one.process.Env = append(os.Environ(), "BENCH_DSN="+one.dsn, "BENCH_KEYS="+s.keys())
	one.process.Stderr = os.Stderr
	out, err := one.process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := one.process.Start(); err != nil {
		return err
	}
	one.address, err = firstLine(out)
	return err
}

// serve is the child: it prints its address and serves until it is killed.
func serve() error {
	ctx := context.Background()
	keys, err := config.LoadKeys(os.Getenv("BENCH_KEYS"))
	if err != nil {
		return err
	}
	app, err := wiring.New(ctx, wiring.Options{DSN: os.Getenv("BENCH_DSN"), Keys: keys, Now: time.Now, Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("bench")})
	if err != nil {
		return err
	}
	options := httpserver.Defaults()
	options.Listen, options.Budgets = "127.0.0.1:0", budget.Plan{} // one token asks as fast as it can
	return edge.New(app, options).Run(ctx, func(a net.Addr) { fmt.Println(a) })
}

// firstLine reads the address a child prints.
func firstLine(r io.Reader) (string, error) {
	var line strings.Builder
	one := make([]byte, 1)
	for {
		if _, err := r.Read(one); err != nil {
			return "", fmt.Errorf("the server printed no address: %w", err)
		}
		if one[0] == '\n' {
			return line.String(), nil
		}
		line.WriteByte(one[0])
	}
}

func (s *stage) close() {
	for _, one := range s.servers {
		if one.process != nil && one.process.Process != nil {
			_ = one.process.Process.Kill() // it is ours and has nothing to save
			_ = one.process.Wait()
		}
	}
	if s.postgres != nil {
		_ = s.postgres.Stop(context.Background()) // the folder goes next
	}
	_ = os.RemoveAll(s.folder)
}
