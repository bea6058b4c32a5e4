// Command prove takes each defence away in turn and expects its test to fail.
// It prints a line for each and ends with 1 when a test still passed, or when a
// test fails with the defence in place.
//
//	go run ./internal/defences/prove [-quick] [T18 T30 …]
//
// -quick leaves out the run with the defence in place, which make test has done.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"leitai/internal/defences"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	args := os.Args[1:]
	quick := len(args) > 0 && args[0] == "-quick"
	if quick {
		args = args[1:]
	}
	bad, err := prove(ctx, quick, args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "prove:", err)
	}
	if err != nil || bad > 0 {
		stop()
		os.Exit(1) //nolint:forbidigo,gocritic // this is a main, and the deferred stop has just been called
	}
}

// prove runs every defence of the attacks named, of all when none is.
func prove(ctx context.Context, quick bool, attacks []string) (bad int, err error) {
	all, err := defences.All()
	if err != nil {
		return 0, err
	}
	root, err := os.Getwd()
	if err != nil {
		return 0, err
	}
	work, err := os.MkdirTemp("", "leitai-defences-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	for _, d := range all {
		if len(attacks) > 0 && !slices.ContainsFunc(attacks, func(a string) bool { return slices.Contains(d.Attacks(), a) }) {
			continue
		}
		begun := time.Now() //nolint:forbidigo // how long it took, for the reader
		said, fine, err := matters(ctx, root, work, quick, d)
		if err != nil {
			return bad, fmt.Errorf("%s: %w", d.Attack, err)
		}
		if !fine {
			bad++
		}
		fmt.Printf("%-12s %-5s %5.0fs  %s: %s\n", d.Attack, word(fine), time.Since(begun).Seconds(), d.What, said) //nolint:forbidigo // likewise
	}
	return bad, nil
}

func word(fine bool) string {
	if fine {
		return "ok"
	}
	return "BAD"
}

// matters runs the test with the defence, unless it is to be quick, and without it.
func matters(ctx context.Context, root, work string, quick bool, d defences.Defence) (said string, fine bool, err error) {
	if !quick {
		with, err := run(ctx, root, d, nil)
		if err != nil || !with.passed {
			return d.Test + " fails with the defence in place\n" + with.output, false, err
		}
	}
	var changed []string
	var environment []string
	if d.SQL != "" {
		environment = []string{"LEITAI_TEST_SQL=" + d.SQL}
	} else if changed, err = overlay(root, work, d); err != nil {
		return "", false, err
	}
	without, err := run(ctx, root, d, changed, environment...)
	switch {
	case err != nil:
		return "", false, err
	case without.passed:
		return d.Test + " passes without the defence", false, nil
	case !strings.Contains(without.output, "--- FAIL: "+d.Test):
		return d.Test + " did not run without the defence\n" + without.output, false, nil
	}
	return "without it " + d.Test + " fails", true, nil
}

// overlay writes the file without the defence and what `go test -overlay` reads.
func overlay(root, work string, d defences.Defence) ([]string, error) {
	path := filepath.Join(root, d.File)
	source, err := os.ReadFile(path) //nolint:gosec // a file of this module
	if err != nil {
		return nil, err
	}
	if strings.Count(string(source), d.Old) != 1 {
		return nil, fmt.Errorf("the defence does not stand once in %s", d.File)
	}
	changed := filepath.Join(work, strings.ReplaceAll(d.Attack, " ", "")+"-"+filepath.Base(d.File))
	if err := os.WriteFile(changed, []byte(strings.Replace(string(source), d.Old, d.New, 1)), 0o600); err != nil { //nolint:gosec // in a folder of our own
		return nil, err
	}
	list, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		return nil, err
	}
	file := filepath.Join(work, strings.ReplaceAll(d.Attack, " ", "")+".json")
	return []string{"-overlay", file}, os.WriteFile(file, list, 0o600)
}

type outcome struct {
	passed bool
	output string
}

func run(ctx context.Context, root string, d defences.Defence, flags []string, environment ...string) (outcome, error) {
	args := slices.Concat([]string{"test", "-count=1", "-vet=off"}, flags, []string{"-run", "^" + d.Test + "$", d.Package})
	command := exec.CommandContext(ctx, "go", args...) //nolint:gosec // arguments of the committed list
	command.Dir, command.Env = root, append(os.Environ(), environment...)
	output, err := command.CombinedOutput()
	if err != nil && command.ProcessState == nil {
		return outcome{}, err
	}
	text := string(output)
	if err == nil && strings.Contains(text, "no tests to run") {
		return outcome{output: text}, nil
	}
	return outcome{passed: err == nil, output: text}, ctx.Err()
}
