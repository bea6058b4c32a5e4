package parts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// longestStart is how long a program may take to be ready.
const longestStart = time.Minute

// Program is a server or a worker of the binary.
type Program struct {
	Name       string
	URL        string // of a server
	Operations string // address of /metrics and /readyz
	binary     string
	args, env  []string
	log        string
	child      *Child
}

// Binding is what the programs share.
type Binding struct {
	Binary, Keys, Files, Logs string
	DSN, Direct               string // of the application's role, perhaps by a pooler, and straight to PostgreSQL
	Job, JobDirect            string // of the role for jobs
	Pooled                    bool   // DSN and Job lead through a pooler in transaction mode
}

// Server prepares a server that does no jobs.
func (b Binding) Server(ctx context.Context, name string) (*Program, error) {
	listen, err := FreePort(ctx)
	if err != nil {
		return nil, err
	}
	address := "127.0.0.1:" + strconv.Itoa(listen)
	p, err := b.program(ctx, name, "serve", b.DSN, b.Direct)
	if err != nil {
		return nil, err
	}
	p.URL = "http://" + address
	p.args = append(p.args, "--listen", address, "--workers", "0", "--budget", "0", "--no-secure-cookies")
	return p, nil
}

// Worker prepares a worker.
func (b Binding) Worker(ctx context.Context, name string) (*Program, error) {
	return b.program(ctx, name, "work", b.Job, b.JobDirect)
}

func (b Binding) program(ctx context.Context, name, command, dsn, direct string) (*Program, error) {
	operations, err := FreePort(ctx)
	if err != nil {
		return nil, err
	}
	p := &Program{Name: name, Operations: "127.0.0.1:" + strconv.Itoa(operations), binary: b.Binary, log: filepath.Join(b.Logs, name+".log")}
	p.args = []string{command, "--keys", b.Keys, "--files", b.Files, "--operations-listen", p.Operations, "--log-level", "WARN"}
	if b.Pooled {
		p.args = append(p.args, "--unnamed-statements")
	}
	p.env = []string{"LEITAI_DSN=" + dsn, "LEITAI_LISTEN_DSN=" + direct}
	return p, nil
}

// Start starts the program and waits until it is ready; one that ends because
// there is no database yet is started again, as a supervisor does.
func (p *Program) Start(ctx context.Context) error {
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the child has its own
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if p.child == nil || p.child.Ended() {
			if p.child, err = begin(life{program: p.binary, args: p.args, env: p.env, log: log}); err != nil {
				return err
			}
		}
		if err = p.ready(ctx); err == nil {
			return nil
		}
		if ctx.Err() != nil || time.Since(begun) > longestStart {
			text, _ := os.ReadFile(p.log)
			return fmt.Errorf("%s does not start: %w: %s", p.Name, err, text[max(0, len(text)-600):])
		}
		if p.child.Ended() {
			time.Sleep(startAgain)
		}
	}
}

// startAgain is how long a supervisor waits before it starts a program again.
const startAgain = 300 * time.Millisecond

func (p *Program) ready(ctx context.Context) error {
	body, err := Get(ctx, "http://"+p.Operations+"/readyz")
	if err != nil {
		return fmt.Errorf("%w: %.200s", err, body)
	}
	return nil
}

var operator = &http.Client{Timeout: 10 * time.Second}

// Get reads an answer that must be 200.
func Get(ctx context.Context, address string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	answer, err := operator.Do(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("%s answers %d", address, answer.StatusCode))
	}
	return body, errors.Join(err, answer.Body.Close())
}

// Kill kills the program.
func (p *Program) Kill() { p.child.Kill() }

// Stop asks the program to end.
func (p *Program) Stop() error { return p.child.End(syscall.SIGTERM, longestStart) }

// PID is the process's.
func (p *Program) PID() int { return p.child.PID() }

// awaitPort waits until somebody listens on a port.
func awaitPort(ctx context.Context, c *Child, port int, patience time.Duration) error {
	address := "127.0.0.1:" + strconv.Itoa(port)
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		line, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err == nil {
			return line.Close()
		}
		if ctx.Err() != nil || c.Ended() || time.Since(begun) > patience {
			return fmt.Errorf("nobody listens on %s: %w", address, err)
		}
	}
}
