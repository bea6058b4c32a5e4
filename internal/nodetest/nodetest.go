// Package nodetest runs the programs that other people wrote for GraphQL
// (clients, audits, linters) from Go tests: the scripts of tools/contract, with
// the packages that its lock file names.
//
// It does not own the scripts nor what they have to find; a test says that. It
// is imported by tests only.
package nodetest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// limit ends a script that hangs; browsing is given longer, because a journey
// is a whole day of somebody's work.
const (
	limit    = 3 * time.Minute
	browsing = 12 * time.Minute
)

// Workspaces that are installed by npm, from the root of the checkout.
const (
	Contract   = "tools/contract"
	TypeScript = "examples/typescript"
	Browser    = "tools/browser"
)

// Root is the checkout: the nearest folder above that holds the workspace.
func Root(t testing.TB) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, filepath.FromSlash(Contract), "package.json")); err == nil {
			return at
		}
		if filepath.Dir(at) == at {
			t.Fatalf("no folder above this test holds %s", Contract)
		}
		at = filepath.Dir(at)
	}
}

// Run runs a script of tools/contract and gives what it printed. The test fails
// when the script does, and when the workspace is not installed as its lock
// file says: it never skips. env is added to the environment ("NAME=value"):
// what is secret belongs there, because arguments show in a list of processes.
func Run(t testing.TB, script string, env []string, args ...string) []byte {
	t.Helper()
	return run(t, Contract, "", script, env, args)
}

// Browse plays a journey of tools/browser in Chromium and gives what it printed.
func Browse(t testing.TB, journey string, env []string) []byte {
	t.Helper()
	return run(t, Browser, "", "run.mjs", env, []string{journey})
}

// In is Run for a program among the packages of a workspace (node_modules/…/bin),
// with another folder to work in, in which that path is found as well.
func In(t testing.TB, workspace, folder, program string, args ...string) []byte {
	t.Helper()
	return run(t, workspace, folder, program, nil, args)
}

// run runs a script of a workspace with a folder to work in; "" is its own.
func run(t testing.TB, workspace, folder, script string, env, args []string) []byte {
	t.Helper()
	within := limit
	if workspace == Browser {
		within = browsing
	}
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	var out, problems bytes.Buffer
	cmd := command(ctx, t, workspace, folder, script, env, args)
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", script, err, out.Bytes(), problems.Bytes())
	}
	return out.Bytes()
}

// Printed is Run for a script that prints one JSON value, read into value.
func Printed(t testing.TB, value any, script string, env []string, args ...string) {
	t.Helper()
	text := Run(t, script, env, args...)
	if err := json.Unmarshal(text, value); err != nil {
		t.Fatalf("%s printed no JSON: %v\n%s", script, err, text)
	}
}

// Process is a script under way, which prints a line for everything it hears.
type Process struct {
	name     string
	lines    chan []byte
	input    io.WriteCloser
	problems bytes.Buffer // whole when ended is closed
	ended    chan struct{}
}

// Start runs a script beside the test until it ends by itself or the test does.
func Start(t testing.TB, script string, env []string, args ...string) *Process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), limit)
	cmd := command(ctx, t, Contract, "", script, env, args)
	p := &Process{name: script, lines: make(chan []byte, 1024), ended: make(chan struct{})}
	cmd.Stderr = &p.problems
	var err error
	if p.input, err = cmd.StdinPipe(); err != nil {
		cancel()
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	go func() {
		scanner := bufio.NewScanner(out)
		scanner.Buffer(nil, 16<<20)
		for scanner.Scan() {
			p.lines <- bytes.Clone(scanner.Bytes())
		}
		_ = cmd.Wait() // what it said and did not say is what counts
		close(p.ended)
		close(p.lines)
	}()
	t.Cleanup(func() {
		cancel()
		for range p.lines { // nobody listens any more
		}
	})
	return p
}

// Next gives the next line; the test fails when none comes in time.
func (p *Process) Next(t testing.TB, within time.Duration) []byte {
	t.Helper()
	line, ok := p.Line(within)
	if !ok {
		t.Fatalf("%s said nothing more (waited %s at most)%s", p.name, within, p.complaints())
	}
	return line
}

// complaints is what a script that has ended wrote to stderr.
func (p *Process) complaints() string {
	select {
	case <-p.ended:
		return "\n" + p.problems.String()
	default:
		return ""
	}
}

// Line gives the next line, and false when none comes in time or the script
// has ended.
func (p *Process) Line(within time.Duration) ([]byte, bool) {
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case line, ok := <-p.lines:
		return line, ok
	case <-timer.C:
		return nil, false
	}
}

// Complete asks a subscriber to end its subscription.
func (p *Process) Complete(t testing.TB) {
	t.Helper()
	if _, err := io.WriteString(p.input, "complete\n"); err != nil {
		t.Errorf("%s: %v", p.name, err)
	}
}

// command prepares a script of a workspace.
func command(ctx context.Context, t testing.TB, workspace, folder, script string, env, args []string) *exec.Cmd {
	t.Helper()
	home := filepath.Join(Root(t), filepath.FromSlash(workspace))
	if folder == "" {
		folder = home
	}
	if missing := missing(home); missing != "" {
		t.Fatalf("%s: %s. Run tools/contract/ensure.sh (make test does so first)", workspace, missing)
	}
	cmd := exec.CommandContext(ctx, "node", append([]string{filepath.Join(folder, filepath.FromSlash(script))}, args...)...) //nolint:gosec // scripts of this repository
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// missing says why a workspace cannot be used; "" when it can.
func missing(folder string) string {
	if _, err := exec.LookPath("node"); err != nil {
		return "node was not found; install Node 20 or later with npm"
	}
	want, err := os.ReadFile(filepath.Join(folder, "package-lock.json")) //nolint:gosec // of this repository
	if err != nil {
		return "there is no package-lock.json"
	}
	have, err := os.ReadFile(filepath.Join(folder, "node_modules", ".installed-lock")) //nolint:gosec // of this repository
	switch {
	case err != nil:
		return "its npm packages are not installed"
	case !bytes.Equal(want, have):
		return "its npm packages are not those of its lock file"
	}
	return ""
}
