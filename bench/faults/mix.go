package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"leitai/bench/faults/crew"
)

// scripts of k6 (tools/faults/k6) and the requests a second that they come at.
var scripts = []struct {
	name string
	rate int
}{{"month-end", 60}, {"year-end", 60}}

// mixing lets k6 ask the mixes of the 30th of the month and of the year's end
// while every township enters, confirms and publishes; a threshold that is not
// reached is a failure.
func (r *run) mixing(ctx context.Context) error {
	r.size.Rounds = 12
	s, err := r.raise(ctx, nil, true)
	if err != nil {
		return err
	}
	defer s.clear()
	tokens := filepath.Join(s.folder, "tokens.json")
	if err := s.writeTokens(tokens); err != nil {
		return err
	}
	s.crew = crew.New(s.log, s.crew.Servers, calm, s.seed)
	t, err := s.during(ctx, func() error {
		for _, script := range scripts {
			tell("%s", script.name)
			k6 := exec.CommandContext(ctx, filepath.Join(r.tools, "k6"), "run", "--quiet", "--no-usage-report", //nolint:gosec // the pinned one
				"-e", "LEITAI_TOKENS="+tokens, "-e", fmt.Sprint("RATE=", script.rate), "-e", "LENGTH="+strconv.Itoa(r.minutes*int(time.Minute/time.Second)),
				filepath.Join("tools", "faults", "k6", script.name+".js"))
			k6.Stdout, k6.Stderr = os.Stdout, os.Stderr
			if err := k6.Run(); err != nil {
				return fmt.Errorf("k6 %s: %w", script.name, err)
			}
		}
		return nil
	})
	fmt.Printf("\n| | |\n|---|---|\n%s", t)
	return err
}

// writeTokens writes what the scripts need to know.
func (s *stage) writeTokens(path string) error {
	type town struct {
		Dashboard string `json:"dashboard"`
		Last      string `json:"last"`
		Approver  string `json:"approver"`
	}
	var all struct {
		Servers  []string `json:"servers"`
		Towns    []town   `json:"towns"`
		Counties []string `json:"counties"`
	}
	all.Servers, all.Counties = s.crew.Servers, s.world.Counties
	for _, t := range s.world.Towns {
		all.Towns = append(all.Towns, town{t.Dashboard, t.Last, t.Approver})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}
