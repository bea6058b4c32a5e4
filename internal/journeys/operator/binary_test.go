package operator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// built is the program, built once for all tests.
var built struct {
	sync.Once
	dir, path string
	err       error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir) // a temporary folder
	}
	os.Exit(code)
}

// binary gives the path of the program.
func binary(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "leitai-operator-"); built.err != nil {
			return
		}
		built.path = filepath.Join(built.dir, "leitai")
		out, err := exec.Command("go", "build", "-o", built.path, "leitai/cmd/leitai").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	if built.err != nil {
		t.Fatalf("build the program: %v", built.err)
	}
	return built.path
}

// run runs a command to its end and gives its exit code and what it said.
func run(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	program := binary(t) // whose building is no part of the minute
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "LEITAI_LANG=en", "LEITAI_OPERATIONS_LISTEN=127.0.0.1:0")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v: %v", args, err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// server is a server command under way.
type server struct {
	cmd      *exec.Cmd
	out, log lines
	ended    chan struct{}
}

// lines keeps what a process writes.
type lines struct {
	sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.Lock()
	defer l.Unlock()
	return l.text.String()
}

// start starts a server command; it is stopped at the end, if not before.
func start(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{cmd: exec.CommandContext(context.WithoutCancel(t.Context()), binary(t), args...), ended: make(chan struct{})}
	s.cmd.Env = append(os.Environ(), "LEITAI_OPERATIONS_LISTEN=127.0.0.1:0")
	s.cmd.Stdout, s.cmd.Stderr = &s.out, &s.log
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = s.cmd.Wait() // the state says how it ended
		close(s.ended)
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		<-s.ended
	})
	return s
}

// await waits until the server has said something, or has ended.
func (s *server) await(t *testing.T, what string, said func() bool) {
	t.Helper()
	deadline := time.After(4 * time.Minute)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !said() {
		select {
		case <-tick.C:
			continue
		case <-s.ended:
		case <-deadline:
		}
		if !said() {
			t.Fatalf("it never came to %s:\n%s\n%s", what, s.out.String(), s.log.String())
		}
	}
}

// stop asks the server to stop, as an operator does, and waits for its end.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-s.ended
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("stopped with %d:\n%s", code, s.log.String())
	}
}

// fetch sends a request, with a token where there is one.
func fetch(t *testing.T, method, url, token string, body io.Reader) (int, http.Header, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, all
}
