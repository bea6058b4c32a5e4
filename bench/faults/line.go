package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"leitai/bench/faults/history"
	"leitai/bench/faults/parts"
)

// spell is a time in which the line is bad in one way.
type spell struct {
	name   string
	toxics []parts.Toxic // none: it is cut
	length time.Duration
}

// spells of a bad line, with good times between them.
var spells = []spell{
	{"50 ± 20 ms later, both ways", []parts.Toxic{
		{Type: "latency", Stream: "downstream", Toxicity: 1, Attributes: map[string]int{"latency": 50, "jitter": 20}},
		{Type: "latency", Stream: "upstream", Toxicity: 1, Attributes: map[string]int{"latency": 50, "jitter": 20}}}, 15 * time.Second},
	{"64 KB a second", []parts.Toxic{{Type: "bandwidth", Stream: "downstream", Toxicity: 1, Attributes: map[string]int{"rate": 64}}}, 15 * time.Second},
	{"closing takes three seconds", []parts.Toxic{{Type: "slow_close", Stream: "downstream", Toxicity: 1, Attributes: map[string]int{"delay": 3000}}}, 10 * time.Second},
	{"half of the connections reset within half a second", []parts.Toxic{{Type: "reset_peer", Stream: "downstream", Toxicity: 0.5, Attributes: map[string]int{"timeout": 500}}}, 15 * time.Second},
	{"answers end in the middle after 20 KB", []parts.Toxic{{Type: "limit_data", Stream: "downstream", Toxicity: 0.5, Attributes: map[string]int{"bytes": 20_000}}}, 15 * time.Second},
	{"nothing comes through, and nobody says so", []parts.Toxic{{Type: "timeout", Stream: "downstream", Toxicity: 1, Attributes: map[string]int{"timeout": 0}}}, 10 * time.Second},
	{"cut", nil, 5 * time.Second},
}

// between two spells the line is good.
const good = 8 * time.Second

// lines puts a bad line between the programs and the database while townships
// write.
func (r *run) lines(ctx context.Context) error {
	s, err := r.raise(ctx, nil, false)
	if err != nil {
		return err
	}
	defer func() { s.clear() }()
	s.quiet()
	line, err := parts.NewLine(ctx, filepath.Join(r.tools, "toxiproxy-server"), s.db)
	if err != nil {
		return err
	}
	defer line.Kill()
	b := s.binding()
	for _, dsn := range []*string{&b.DSN, &b.Direct, &b.Job, &b.JobDirect} {
		if *dsn, err = line.Through(*dsn); err != nil {
			return err
		}
	}
	if err := s.serve(ctx, b); err != nil {
		return err
	}
	var rows []string
	t, err := s.during(ctx, func() error {
		for _, sp := range spells {
			row, err := s.endure(ctx, line, sp)
			if err != nil {
				return fmt.Errorf("%s: %w", sp.name, err)
			}
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	text := fmt.Sprintf("seed %d\n\n| the line | for | acts acknowledged a second meanwhile, and after | somebody writes again after |\n|---|---|---|---|\n%s\n\n| | |\n|---|---|\n%s| acknowledged and lost, stored twice, half published, answered otherwise | 0 |\n",
		s.seed, strings.Join(rows, "\n"), t)
	fmt.Print("\n" + text)
	return os.WriteFile(filepath.Join(s.folder, "report.md"), []byte(text), 0o600)
}

// endure lets the line be bad for a while and then good, and holds the database
// against the history.
func (s *stage) endure(ctx context.Context, line *parts.Line, sp spell) (string, error) {
	begun := s.log.Now()
	if sp.toxics == nil {
		if err := line.Cut(ctx); err != nil {
			return "", err
		}
	}
	for _, t := range sp.toxics {
		if err := line.Spoil(ctx, t); err != nil {
			return "", err
		}
	}
	if err := rest(ctx, sp.length); err != nil {
		return "", err
	}
	mended := s.log.Now()
	if err := line.Mend(ctx); err != nil {
		return "", err
	}
	if err := rest(ctx, good); err != nil {
		return "", err
	}
	found, _, acts, err := s.hold(ctx, false)
	if err != nil {
		return "", err
	}
	meanwhile, after := ackedBetween(acts, begun, mended), ackedBetween(acts, mended, s.log.Now())
	again := writingAgain(acts, mended)
	tell("%s: %.1f and %.1f acts a second", sp.name, meanwhile, after)
	return fmt.Sprintf("| %s | %.0f s | %.1f, %.1f | %.2f s |", sp.name, sp.length.Seconds(), meanwhile, after, again.Seconds()), judged(found)
}

// ackedBetween is how many acts a second were acknowledged in a time.
func ackedBetween(acts []history.Act, from, to time.Duration) float64 {
	n := 0
	for i := range acts {
		if at := acts[i].Acked; at > from && at <= to {
			n++
		}
	}
	return float64(n) / (to - from).Seconds()
}
