package child

import (
	"os/exec"
	"testing"
	"time"
)

func TestAProcessEndsWhenAskedOrIsKilled(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		stop   bool
		code   int
	}{
		"by itself":          {"exit 7", false, 7},
		"asked, and well":    {"trap 'exit 4' TERM; echo up; while :; do sleep 0.02; done", true, 4},
		"asked, and unaware": {"echo up; sleep 60 & wait", true, 128 + 15},
		"deaf, so killed":    {"trap '' TERM; echo up; while :; do sleep 0.02; done", true, 128 + 9},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			up := make(signal, 16)
			p, err := Start(exec.Command("/bin/sh", "-c", c.script), up)
			if err != nil {
				t.Fatal(err)
			}
			if c.stop {
				<-up
				p.Stop(time.Second)
			}
			if got := p.Code(); got != c.code {
				t.Errorf("it ended with %d, want %d", got, c.code)
			}
		})
	}
	if _, err := Start(exec.Command("/no/such/program"), nil); err == nil {
		t.Error("a program that is not there was started")
	}
}

// signal tells that something was written.
type signal chan struct{}

func (s signal) Write(b []byte) (int, error) {
	select {
	case s <- struct{}{}:
	default:
	}
	return len(b), nil
}
