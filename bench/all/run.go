package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"leitai/bench/stand"
)

// bench is one run.
type bench struct {
	options
	stand   *stand.Stand
	bin     string // folder of the programs built for this run
	results []result
}

// step measures one or more goals.
type step struct {
	goals string
	run   func(b *bench, ctx context.Context) error
}

// steps in their order: those of the province first, because they share it.
var steps = []step{
	{"P1 P2 P3", (*bench).speed},
	{"P4", (*bench).mixed},
	{"P5", (*bench).recompute},
	{"P6", (*bench).history},
	{"P7", (*bench).policies},
	{"P8", (*bench).starting},
	{"P9", (*bench).ingest},
	{"P10", (*bench).authorise},
	{"P11", (*bench).tenants},
}

func run(ctx context.Context, o options) (err error) {
	b := &bench{options: o, bin: filepath.Join(o.folder, "bin")}
	if err := b.build(ctx); err != nil {
		return err
	}
	if b.stand, err = stand.Open(ctx, o.folder, tell); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.stand.Close()) }()
	var failed error
	for _, s := range steps {
		if !b.wanted(s.goals) || ctx.Err() != nil {
			continue
		}
		tell("== %s", s.goals)
		if err := s.run(b, ctx); err != nil { // the others may still be measured
			failed = errors.Join(failed, fmt.Errorf("%s: %w", s.goals, err))
			tell("%s could not be measured: %v", s.goals, err)
		}
	}
	return errors.Join(failed, ctx.Err(), b.write())
}

// wanted says whether one of the goals was asked for.
func (b *bench) wanted(goals string) bool {
	return len(b.only) == 0 || slices.ContainsFunc(b.only, func(goal string) bool { return slices.Contains(strings.Fields(goals), goal) })
}

// build compiles the programs that are measured, as a release is compiled.
func (b *bench) build(ctx context.Context) error {
	for program, of := range map[string]string{"leitai": "./cmd/leitai", "recompute": "./bench/recompute", "authorise": "./bench/authorise"} {
		if err := command(ctx, "", "go", "build", "-trimpath", "-o", filepath.Join(b.bin, program), of); err != nil {
			return err
		}
	}
	return nil
}

// command runs a program to its end; what it says goes to standard error.
func command(ctx context.Context, folder, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...) //nolint:gosec // programs of ours and tools by name
	c.Dir, c.Stdout, c.Stderr = folder, os.Stderr, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s %v: %w", name, args, err)
	}
	return nil
}

// tell says how the run goes on.
func tell(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%s "+format+"\n", append([]any{time.Now().Format(time.TimeOnly)}, args...)...)
}
