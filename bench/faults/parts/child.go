// Package parts owns the programs that a proof kills and starts again: PostgreSQL
// with its standby, PgBouncer, servers and workers, each a process of its own on a
// port that it keeps from one life to the next.
//
// It does not own what they are asked, when they die, nor what must hold
// afterwards.
package parts

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Child is one life of a program.
type Child struct {
	process *os.Process
	done    chan struct{}
	err     error // of its end; read once done is closed
}

// life is how a program is started.
type life struct {
	program string
	args    []string
	env     []string // beside that of this process
	log     io.Writer
	as      *account // nil: this process's own
}

// The kernel ends a child together with the thread that made it, so all of them
// are made by one that stays.
var maker = sync.OnceValue(func() chan<- func() {
	work := make(chan func())
	go func() {
		runtime.LockOSThread()
		for do := range work {
			do()
		}
	}()
	return work
})

// begin starts a program; it is killed when this process ends, however it ends.
func begin(l life) (*Child, error) {
	cmd := exec.Command(l.program, l.args...) //nolint:gosec,noctx // a program of ours, which is killed on purpose
	cmd.Env = append(os.Environ(), l.env...)
	cmd.Stdout, cmd.Stderr = l.log, l.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if l.as != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: l.as.uid, Gid: l.as.gid}
		cmd.Dir = "/"
	}
	started := make(chan error)
	maker() <- func() { started <- cmd.Start() }
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", l.program, err)
	}
	c := &Child{process: cmd.Process, done: make(chan struct{})}
	go func() {
		c.err = cmd.Wait()
		close(c.done)
	}()
	return c, nil
}

// PID is the process's.
func (c *Child) PID() int { return c.process.Pid }

// Kill ends it as a failure of power would, and waits until it is gone.
func (c *Child) Kill() {
	_ = c.process.Kill() // gone already is as good
	<-c.done
}

// End asks it to stop, and kills it when it does not.
func (c *Child) End(by os.Signal, patience time.Duration) error {
	_ = c.process.Signal(by) // gone already is as good
	select {
	case <-c.done:
		return nil
	case <-time.After(patience):
		c.Kill()
		return errors.New("it did not stop and was killed")
	}
}

// Ended says whether it is gone.
func (c *Child) Ended() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}
