package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/embedded"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring/edge"
)

type demoCmd struct {
	serving
	Data     string `default:"./data/demo" type:"path" help:"Folder of the demonstration: database, keys, demo.json."`
	AdminDSN string `name:"admin-dsn" env:"LEITAI_ADMIN_DSN" help:"Use this PostgreSQL (URL of a superuser) instead of one of its own."`
	Today    string `help:"Move the demonstration's date forward to this day (YYYY-MM-DD)."`
}

// Run makes the fictional county when it is not there yet and serves it.
func (c *demoCmd) Run(ctx context.Context) error {
	logger := telemetry.NewLogger(os.Stderr, c.LogLevel)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	admin := c.AdminDSN
	if admin == "" {
		server, err := embedded.Start(ctx, embedded.Options{Dir: filepath.Join(c.Data, "postgres"), Logger: logger, Settings: modest})
		if err != nil {
			return err
		}
		defer func() {
			if err := server.Stop(context.WithoutCancel(ctx)); err != nil {
				logger.Warn("the database did not stop well", slog.Any("error", err))
			}
		}()
		admin = server.AdminDSN("postgres")
	}
	return c.serve(ctx, admin, logger)
}

// modest keeps the demonstration's own PostgreSQL small.
var modest = map[string]string{"shared_buffers": "64MB", "max_wal_size": "256MB"}

func (c *demoCmd) serve(ctx context.Context, admin string, logger *slog.Logger) (err error) {
	var today calendar.Date
	if c.Today != "" {
		if today, err = calendar.ParseDateAt("today", c.Today); err != nil {
			return err
		}
	}
	traces, err := c.tracing.begin(ctx, logger)
	if err != nil {
		return err
	}
	demo, err := sample.Prepare(ctx, sample.Options{Dir: c.Data, AdminDSN: admin, Today: today, Logger: logger, Metrics: telemetry.NewMetrics(version), Traces: traces,
		Database: c.database(postgres.Options{MaxOpen: c.MaxConnections, StatementTimeout: c.StatementTimeout}, c.RequestTimeout)})
	if err != nil {
		return err
	}
	defer func() { _ = demo.Close() }() // the process ends with it
	go demo.App.KeepCounts(ctx)
	defer keepWorking(ctx, demo.App, 1)()
	defer keepTelling(ctx, demo.App)()
	options := c.edge(false)
	options.Demo, options.Operations = true, c.elsewhere(ctx, logger)
	var failed error
	err = edge.New(demo.App, options).Run(ctx, func(addr net.Addr) {
		url := "http://" + reachable(addr)
		if failed = demo.Announce(url); failed == nil {
			welcome(os.Stdout, demo, url, filepath.Join(c.Data, "demo.json"))
		}
	})
	return errors.Join(err, failed, demo.Announce(demo.Manifest.URL))
}

// reachable is the address a browser on this machine can open.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// welcome ends the preparation with where to look and how to sign in.
func welcome(w io.Writer, demo *sample.Demo, url, manifest string) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n擂台演示已就绪（演示日期 %s，全部为演示数据）\n", demo.Manifest.Today)
	seen := map[string]bool{} // one login of each role is enough to look around
	for _, l := range demo.Manifest.Roles {
		if !seen[l.Role] {
			seen[l.Role] = true
			fmt.Fprintf(&b, "  %-20s %-16s %s\n", l.Role, l.Login, l.Password)
		}
	}
	if demo.Bulletin != "" {
		fmt.Fprintf(&b, "最近一期通报 latest bulletin: %s%s\n", url, demo.Bulletin)
	}
	fmt.Fprintf(&b, "账号、密码和令牌 logins and tokens: %s\n", manifest)
	for _, played := range sample.Played {
		for _, l := range demo.Manifest.Roles {
			if l.Unit == played.Unit && clerks[l.Role] {
				fmt.Fprintf(&b, "  %s：%s %s\n", played.Name, l.Login, l.Password)
				break
			}
		}
	}
	clerk := firstLogin(demo, "township-clerk")
	fmt.Fprintf(&b, "接口浏览器 explorer of the API: %s/explorer/\n", url)
	fmt.Fprintf(&b, "打开 open %s/console/ （账号 login %s 密码 password %s ）\n", url, clerk.Login, clerk.Password)
	_, _ = io.WriteString(w, b.String()) // nobody is left to tell when the terminal has gone
}

// clerks run a scheme, in a township or above it.
var clerks = map[string]bool{"township-clerk": true, "county-admin": true, "prefecture-admin": true}

func firstLogin(demo *sample.Demo, role string) sample.Login {
	for _, l := range demo.Manifest.Roles {
		if l.Role == role {
			return l
		}
	}
	return sample.Login{}
}
