package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"leitai/internal/config"
	"leitai/internal/embedded"
	"leitai/internal/postgres"
	"leitai/internal/postgres/migrate"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/migrations"
)

// stage is the database both contestants serve: the fictional county with one
// published month.
type stage struct {
	folder, dsn string
	server      *embedded.Server
	postgres    int // pid of the postmaster
	token       string
	round       string // its id in the database
}

const password = "bench" // of a server on loopback that lives for the run

func build(ctx context.Context) (*stage, error) {
	folder, err := os.MkdirTemp("", "leitai-bench-")
	if err != nil {
		return nil, err
	}
	s := &stage{folder: folder}
	if err := s.prepare(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *stage) prepare(ctx context.Context) (err error) {
	if s.server, err = embedded.Start(ctx, embedded.Options{Dir: filepath.Join(s.folder, "postgres"), Ephemeral: true}); err != nil {
		return err
	}
	s.postgres = s.server.PID()
	const name = "leitai"
	passwords := migrate.Passwords{Owner: password, App: password, Job: password, Maint: password}
	if err := migrate.Roles(ctx, s.server.AdminDSN("postgres"), name, passwords); err != nil {
		return err
	}
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return err
	}
	if _, err := set.Up(ctx, s.server.DSN(migrate.Owner, password, name)); err != nil {
		return err
	}
	if _, err := postgres.ImportDivisions(ctx, s.server.DSN(migrate.Maint, password, name), sample.FictionalTable(), postgres.Import{}); err != nil {
		return err
	}
	if err := config.MakeKeys(s.keys()); err != nil {
		return err
	}
	s.dsn = s.server.DSN(migrate.App, password, name)
	return s.play(ctx)
}

func (s *stage) keys() string { return filepath.Join(s.folder, "keys") }

// play builds the fictional county and publishes its first month.
func (s *stage) play(ctx context.Context) error {
	clock := sample.NewClock(time.Date(2023, 4, 24, 0, 0, 0, 0, time.UTC), time.Now)
	app, err := open(ctx, s.dsn, s.keys(), clock.Now)
	if err != nil {
		return err
	}
	world, err := sample.Build(ctx, app, clock)
	if err == nil {
		err = world.PlayMonth(ctx, "2023-04")
	}
	if err := errors.Join(err, app.Close()); err != nil {
		return err
	}
	round := world.Rounds["2023-04"]
	s.token, s.round = world.Person("dashboard").Token, round.String()
	return nil
}

func open(ctx context.Context, dsn, keyFolder string, now func() time.Time) (*wiring.App, error) {
	keys, err := config.LoadKeys(keyFolder)
	if err != nil {
		return nil, err
	}
	return wiring.New(ctx, wiring.Options{DSN: dsn, Keys: keys, Now: now, Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("bench")})
}

// start runs a contestant as a process of its own and gives its address.
func (s *stage) start(c *contestant) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	c.process = exec.CommandContext(context.Background(), self, "-contestant", c.name) //nolint:gosec // ourselves
	c.process.Env = append(os.Environ(), "BENCH_DSN="+s.dsn, "BENCH_KEYS="+s.keys())
	c.process.Stderr = os.Stderr
	out, err := c.process.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := c.process.Start(); err != nil {
		return "", err
	}
	return firstLine(out)
}

func (s *stage) close() {
	if s.server != nil {
		_ = s.server.Stop(context.Background()) // the folder goes next
	}
	_ = os.RemoveAll(s.folder)
}
