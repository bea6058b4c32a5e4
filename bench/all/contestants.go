package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"leitai/bench/bare"
	"leitai/bench/load"
	"leitai/bench/stand"
	"leitai/internal/authz"
)

// contestant is a server under load.
type contestant struct {
	*child
	ask  map[string]func(s subject) (*http.Request, error) // by question
	read map[string]func(body []byte) (any, error)         // an answer in a form that compares
}

// server says whose processor time counts.
func (b *bench) server(c *contestant) load.Server {
	return load.Server{PID: c.pid(), Postmaster: b.stand.PID()}
}

// The questions: a township's published round; all townships of a county over
// twelve rounds.
const board, county = "board", "county"

// questions in their order.
var questions = []string{board, county}

// leitai starts the program as it is released: budgets and the log of requests
// aside, because one token asks as fast as it can. Cached says whether it keeps
// answers about published data.
func (b *bench) leitai(ctx context.Context, d *stand.Database, cached bool) (*contestant, error) {
	name := "leitai"
	if cached {
		name = "leitai, cached"
	}
	environment := func(address, _ string) []string {
		return append(cacheSetting(cached), "LEITAI_DSN="+d.App(), "LEITAI_KEYS="+b.stand.KeyFolder(), "LEITAI_LISTEN="+address, "LEITAI_BUDGET=0", "LEITAI_LOG_LEVEL=WARN",
			"LEITAI_FILES=file://"+filepath.Join(b.folder, "files")+"?create_dir=true&no_tmp_dir=true&metadata=skip")
	}
	probe := func(address string) (*http.Request, error) { return get(address, "", "/readyz") }
	c, err := start(ctx, name, probe, environment, filepath.Join(b.bin, "leitai"), "serve", "--operations-listen=")
	if err != nil {
		return nil, err
	}
	return &contestant{child: c, ask: map[string]func(subject) (*http.Request, error){
		board: func(s subject) (*http.Request, error) {
			return graphQL(c.address, s.Token, boardQuery, map[string]any{"round": s.Global})
		},
		county: func(s subject) (*http.Request, error) {
			return graphQL(c.address, s.Token, countyQuery, map[string]any{"from": firstMonth, "to": lastMonth})
		},
	}, read: map[string]func([]byte) (any, error){board: readBoard, county: readCounty}}, nil
}

// bare starts the floor of any Go service.
func (b *bench) bare(ctx context.Context, d *stand.Database) (*contestant, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	environment := func(address, _ string) []string { return []string{"BENCH_DSN=" + d.App(), "BENCH_LISTEN=" + address} }
	probe := func(address string) (*http.Request, error) { return get(address, "", "/readyz") }
	c, err := start(ctx, "bare handler", probe, environment, self, "-serve", "bare")
	if err != nil {
		return nil, err
	}
	return &contestant{child: c, ask: map[string]func(subject) (*http.Request, error){
		board: func(s subject) (*http.Request, error) { return get(c.address, s.Token, "/board?round="+s.Round) },
		county: func(s subject) (*http.Request, error) {
			return get(c.address, s.Token, "/county?from="+firstMonth+"&to="+lastMonth)
		},
	}, read: map[string]func([]byte) (any, error){board: readBoard, county: readCounty}}, nil
}

// serve is the child: the bare handler.
func serve(ctx context.Context) error {
	gate, err := authz.New(time.Now)
	if err != nil {
		return err
	}
	s, err := bare.New(ctx, os.Getenv("BENCH_DSN"), gate.DraftRoles())
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", os.Getenv("BENCH_LISTEN"))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second}
	return server.Serve(listener)
}

// stopAll ends contestants.
func stopAll(all []*contestant) {
	for _, c := range all {
		c.stop()
	}
}

// equal refuses to compare contestants that do not answer a question the same,
// for every subject.
func equal(all []*contestant, question string, subjects []subject) error {
	for _, s := range subjects {
		var first any
		for _, c := range all {
			r, err := c.ask[question](s)
			if err != nil {
				return err
			}
			body, err := load.Once(r)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			answer, err := c.read[question](body)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if first == nil {
				first = answer
			} else if err := same(first, answer); err != nil {
				return fmt.Errorf("%s and %s: %w", all[0].name, c.name, err)
			}
		}
	}
	return nil
}

var errDiffer = errors.New("the answers differ")
