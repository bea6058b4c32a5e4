package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"leitai/internal/config"
	"leitai/internal/httpserver"
	"leitai/internal/postgres"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// workCmd does jobs and hands out what happens in a process of its own, so that
// neither takes anything from those who are served.
type workCmd struct {
	telling
	tracing
	DSN              string        `name:"dsn" env:"LEITAI_DSN" required:"" help:"DSN of leitai_job, or of leitai_app."`
	Keys             string        `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder, the same as the servers'."`
	Files            string        `env:"LEITAI_FILES" default:"file://./files?create_dir=true&no_tmp_dir=true&metadata=skip" help:"Where files lie, the same as the servers'."`
	Workers          int           `env:"LEITAI_WORKERS" default:"2" help:"Jobs done at a time."`
	OperationsListen string        `env:"LEITAI_OPERATIONS_LISTEN" default:"127.0.0.1:9091" help:"Address of /metrics, /healthz and /readyz for operators; empty: none."`
	StatementTimeout time.Duration `env:"LEITAI_STATEMENT_TIMEOUT" default:"15s" help:"Time of one SQL statement at most."`
	ListenDSN        string        `name:"listen-dsn" env:"LEITAI_LISTEN_DSN" help:"DSN by which the process hears what happens, straight to PostgreSQL where --dsn goes by a PgBouncer in transaction mode; the same as --dsn otherwise."`
	Unnamed          bool          `name:"unnamed-statements" env:"LEITAI_UNNAMED_STATEMENTS" help:"Send no prepared statements, for PgBouncer in transaction mode before 1.21."`
	LogLevel         slog.Level    `env:"LEITAI_LOG_LEVEL" default:"INFO" help:"DEBUG, INFO, WARN or ERROR."`
}

// spare are the connections beside one for each worker: three for leases, progress
// and signs of life, and three for webhooks and inboxes, whose transactions are
// short: while somebody else is called none is held.
const spare = 3 + 3

// Run works until a signal, then gives what is under way back to the queue.
func (c *workCmd) Run(ctx context.Context) error {
	if c.Workers < 1 {
		return fmt.Errorf("--workers: %d should be 1 or more", c.Workers)
	}
	keys, err := config.WatchKeys(c.Keys, time.Now)
	if err != nil {
		return err
	}
	logger := telemetry.NewLogger(os.Stderr, c.LogLevel)
	wired := wiring.Options{DSN: c.DSN, ListenDSN: c.ListenDSN, Live: keys, Now: time.Now, Logger: logger, Metrics: telemetry.NewMetrics(version), Files: c.Files,
		Database: postgres.Options{MaxOpen: c.Workers + spare, StatementTimeout: c.StatementTimeout, Unnamed: c.Unnamed}}
	if err := c.telling.wire(&wired); err != nil {
		return err
	}
	if err := c.tracing.wire(ctx, &wired); err != nil {
		return err
	}
	app, err := wiring.New(ctx, wired)
	if err != nil {
		return err
	}
	defer func() { _ = app.Close() }() // the process ends with it
	options := httpserver.Defaults()
	options.Operations = c.OperationsListen
	stop, err := edge.New(app, options).Attend(ctx)
	if err != nil {
		return err
	}
	defer stop()
	go rereadKeys(ctx, keys, logger)
	defer keepTelling(ctx, app)()
	go app.KeepFilesTidy(ctx) // and rows of jobs: there may be no server beside it that does jobs
	logger.Info("working", slog.Int("workers", c.Workers), slog.String("version", version))
	app.Work(ctx, c.Workers)
	return nil
}

// keepWorking does jobs beside what else the program does, until it is stopped;
// then it gives what is under way back to the queue.
func keepWorking(ctx context.Context, app *wiring.App, workers int) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		app.Work(ctx, workers)
	}()
	return func() {
		cancel()
		<-done
	}
}
