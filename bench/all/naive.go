package main

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"leitai/bench/stand"
	"leitai/internal/authz"
	"leitai/internal/postgres"
)

// buildNaive generates and compiles the naive contestant, a module of its own.
func (b *bench) buildNaive(ctx context.Context) (program string, err error) {
	const folder = "bench/naive"
	if program, err = filepath.Abs(filepath.Join(b.bin, "naive")); err != nil {
		return "", err
	}
	if err := command(ctx, folder, "go", "generate", "."); err != nil {
		return "", err
	}
	return program, command(ctx, folder, "go", "build", "-trimpath", "-o", program, ".")
}

// naive starts what ent and gqlgen give without thought. It is asked for boards
// only: a comparison is computed, which neither does.
func (b *bench) naive(ctx context.Context, d *stand.Database) (*contestant, error) {
	program, err := b.buildNaive(ctx)
	if err != nil {
		return nil, err
	}
	gate, err := authz.New(time.Now)
	if err != nil {
		return nil, err
	}
	environment := func(address, _ string) []string {
		return []string{"BENCH_DSN=" + d.App(), "BENCH_LISTEN=" + address, "BENCH_OPENING=" + postgres.OpenRequestSQL, "BENCH_DRAFTS=" + strings.Join(gate.DraftRoles(), ",")}
	}
	probe := func(address string) (*http.Request, error) { return get(address, "", "/readyz") }
	c, err := start(ctx, "naive", probe, environment, program)
	if err != nil {
		return nil, err
	}
	return &contestant{child: c, ask: map[string]func(subject) (*http.Request, error){
		board: func(s subject) (*http.Request, error) {
			return graphQL(c.address, s.Token, boardQuery, map[string]any{"round": s.Round})
		},
	}, read: map[string]func([]byte) (any, error){board: readBoard}}, nil
}
