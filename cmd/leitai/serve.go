package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"leitai/internal/config"
	"leitai/internal/httpserver"
	"leitai/internal/postgres"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// serving are the settings of a server, whatever it serves.
type serving struct {
	Listen           string        `env:"LEITAI_LISTEN" default:"127.0.0.1:8080" help:"Address to listen on."`
	MaxConnections   int           `env:"LEITAI_MAX_CONNECTIONS" default:"16" help:"Database connections at most."`
	StatementTimeout time.Duration `env:"LEITAI_STATEMENT_TIMEOUT" default:"15s" help:"Time of one SQL statement at most."`
	RequestTimeout   time.Duration `env:"LEITAI_REQUEST_TIMEOUT" default:"30s" help:"Time of one request at most."`
	LogLevel         slog.Level    `env:"LEITAI_LOG_LEVEL" default:"INFO" help:"DEBUG, INFO, WARN or ERROR."`

	sharing
	tracing
}

func (s serving) edge(secure bool) httpserver.Options {
	o := httpserver.Defaults()
	o.Listen, o.RequestTimeout, o.SecureCookies = s.Listen, s.RequestTimeout, secure
	o.Sharing = s.sharing.edge()
	return o
}

type serveCmd struct {
	serving
	signingIn
	telling
	DSN           string `name:"dsn" env:"LEITAI_DSN" required:"" help:"DSN of leitai_app."`
	Keys          string `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder, made by 'leitai keys'."`
	Files         string `env:"LEITAI_FILES" default:"file://./files?create_dir=true&no_tmp_dir=true&metadata=skip" help:"Where uploaded files lie: file:///folder?… or s3://bucket?region=…&endpoint=…"`
	Workers       int    `env:"LEITAI_WORKERS" default:"2" help:"Jobs done at a time in this process; 0: none, and another process works."`
	GraceDays     int    `env:"LEITAI_GRACE_DAYS" default:"30" help:"Days between the confirmation of a tenant's end and the end."`
	SecureCookies bool   `env:"LEITAI_SECURE_COOKIES" default:"true" negatable:"" help:"__Host- cookies; switch off only for plain http on loopback."`
	ListenDSN     string `name:"listen-dsn" env:"LEITAI_LISTEN_DSN" help:"DSN of leitai_app by which the process hears what happens, straight to PostgreSQL where --dsn goes by a PgBouncer in transaction mode; the same as --dsn otherwise."`
	Unnamed       bool   `name:"unnamed-statements" env:"LEITAI_UNNAMED_STATEMENTS" help:"Send no prepared statements, for PgBouncer in transaction mode before 1.21."`
}

// Run serves until a signal, then finishes the requests under way. Nothing is
// collected before it serves: starting leaves little behind, and collecting it
// would take longer than many a part of starting itself.
func (c *serveCmd) Run(ctx context.Context) error {
	collect := debug.SetGCPercent(-1)
	keys, err := config.WatchKeys(c.Keys, time.Now)
	if err != nil {
		return err
	}
	logger := telemetry.NewLogger(os.Stderr, c.LogLevel)
	options := wiring.Options{DSN: c.DSN, ListenDSN: c.ListenDSN, Live: keys, Now: time.Now, Logger: logger, Metrics: telemetry.NewMetrics(version),
		Files: c.Files, GraceDays: c.GraceDays, Database: c.database(postgres.Options{MaxOpen: c.MaxConnections, StatementTimeout: c.StatementTimeout, Unnamed: c.Unnamed}, c.RequestTimeout)}
	if err := c.signingIn.wire(&options, logger); err != nil {
		return err
	}
	if err := c.telling.wire(&options); err != nil {
		return err
	}
	if err := c.tracing.wire(ctx, &options); err != nil {
		return err
	}
	front := c.edge(c.SecureCookies)
	if err := c.trust(&front); err != nil {
		return err
	}
	app, err := wiring.New(ctx, options)
	if err != nil {
		return err
	}
	defer func() { _ = app.Close() }() // the process ends with it
	beside := newBeside(ctx)
	defer beside.stop()
	for _, run := range []func(context.Context){app.KeepCounts, app.KeepFilesTidy, app.KeepTelling, func(ctx context.Context) { app.Work(ctx, c.Workers) }} {
		beside.run(run)
	}
	go rereadKeys(ctx, keys, logger) // at once: a signal to read them would end the program before
	return edge.New(app, front).Run(ctx, func(addr net.Addr) {
		logger.Info("serving", slog.String("address", addr.String()), slog.String("version", version), slog.String("signing_key", keys.Keys().SigningID))
		debug.SetGCPercent(collect)
		time.AfterFunc(settling, beside.begin)
		time.AfterFunc(time.Second, debug.FreeOSMemory) // what starting left behind is as much as serving needs
	})
}

// settling is how long a server serves before it does anything else: what it does
// beside opens connections and would make the first to ask wait.
const settling = 200 * time.Millisecond

// beside is what a program does beside serving, from begin to stop.
type beside struct {
	group   sync.WaitGroup
	ctx     context.Context //nolint:containedctx // of everything that runs
	cancel  context.CancelFunc
	begun   chan struct{}
	beginIt sync.Once
}

func newBeside(ctx context.Context) *beside {
	b := &beside{begun: make(chan struct{})}
	b.ctx, b.cancel = context.WithCancel(ctx)
	return b
}

// run runs one thing, once they begin, until its context ends.
func (b *beside) run(do func(ctx context.Context)) {
	b.group.Go(func() {
		select {
		case <-b.begun:
			do(b.ctx)
		case <-b.ctx.Done():
		}
	})
}

func (b *beside) begin() { b.beginIt.Do(func() { close(b.begun) }) }

// stop ends everything and waits for it: jobs under way are given back to the
// queue.
func (b *beside) stop() {
	b.cancel()
	b.group.Wait()
}
