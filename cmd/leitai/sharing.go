package main

import (
	"context"
	"log/slog"
	"net"
	"time"

	"leitai/internal/budget"
	"leitai/internal/httpserver"
	"leitai/internal/postgres"
)

// sharing are the settings by which tenants share a server.
type sharing struct {
	OperationsListen  string        `env:"LEITAI_OPERATIONS_LISTEN" default:"127.0.0.1:9090" help:"Address of /metrics, /healthz and /readyz for operators; empty: none."`
	TenantConnections int           `env:"LEITAI_TENANT_CONNECTIONS" default:"0" help:"Database connections one tenant holds at most; 0: half of them."`
	TokenTimeout      time.Duration `name:"token-statement-timeout" env:"LEITAI_TOKEN_STATEMENT_TIMEOUT" default:"12s" help:"Time of one SQL statement asked by a token."`
	LockTimeout       time.Duration `env:"LEITAI_LOCK_TIMEOUT" default:"5s" help:"Time a statement waits for a lock."`
	Budget            int           `env:"LEITAI_BUDGET" default:"100" help:"Budgets of requests, in percent of those in the manual; 0 charges nobody."`
	HeavyWork         int           `env:"LEITAI_HEAVY_WORK" default:"6" help:"Documents, spreadsheets and uploads worked on at a time."`
	KeptAnswers       int           `name:"kept-answers-mb" env:"LEITAI_KEPT_ANSWERS_MB" default:"64" help:"Megabytes of published answers held in memory; 0: none."`
}

// edge puts the settings into those of the edge.
func (s sharing) edge() httpserver.Sharing {
	return httpserver.Sharing{Operations: s.OperationsListen, Budgets: budget.Default().Scaled(s.Budget), Heavy: s.HeavyWork, Kept: int64(s.KeptAnswers) << 20}
}

// database puts the settings into those of the database.
func (s sharing) database(o postgres.Options, request time.Duration) postgres.Options {
	o.TenantShare, o.TokenTimeout, o.LockTimeout, o.IdleTimeout = s.TenantConnections, s.TokenTimeout, s.LockTimeout, request+10*time.Second
	return o
}

// elsewhere is an address for operators that is free, for the demonstration,
// which should start although something else listens there.
func (s sharing) elsewhere(ctx context.Context, logger *slog.Logger) string {
	if s.OperationsListen == "" {
		return ""
	}
	probe, err := new(net.ListenConfig).Listen(ctx, "tcp", s.OperationsListen)
	if err != nil {
		logger.Warn("the address for operators is taken; another one is used", slog.Any("error", err))
		return "127.0.0.1:0"
	}
	_ = probe.Close() // it was never used
	return s.OperationsListen
}
