// Package child owns processes that must not outlive the program that started
// them: the parts of the control plane, the database, and what runs in pods.
//
// It does not own what they do, nor when they are stopped.
package child

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Process is one that was started.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

var (
	once sync.Once
	jobs chan func()
)

// forking runs do on the one thread that forks: the kernel kills a child with the
// thread that forked it, and threads of Go come and go.
func forking(do func()) {
	once.Do(func() {
		jobs = make(chan func())
		go func() {
			runtime.LockOSThread()
			for job := range jobs {
				job()
			}
		}()
	})
	ended := make(chan struct{})
	jobs <- func() { do(); close(ended) }
	<-ended
}

// Start starts a process in a group of its own, which dies with this program.
// Its output goes to out; nil discards it.
func Start(cmd *exec.Cmd, out io.Writer) (*Process, error) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid, cmd.SysProcAttr.Pdeathsig = true, syscall.SIGKILL
	cmd.Stdout, cmd.Stderr = out, out
	var err error
	forking(func() { err = cmd.Start() })
	if err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd, done: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is asked of Code
		close(p.done)
	}()
	return p, nil
}

// Log starts a process whose output goes to a file.
func Log(cmd *exec.Cmd, file string) (*Process, error) {
	out, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = out.Close() }() // the process has its own
	p, err := Start(cmd, out)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	return p, nil
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Code is the exit code of a process that has ended; 128 and the signal where one
// ended it, as containers tell it.
func (p *Process) Code() int {
	<-p.done
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return p.cmd.ProcessState.ExitCode()
}

// Signal sends a signal to the process; one that has ended takes none.
func (p *Process) Signal(s syscall.Signal) { _ = p.cmd.Process.Signal(s) }

// Stop asks the process to end, kills its whole group when it has not within the
// time, and waits for it.
func (p *Process) Stop(within time.Duration) {
	p.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(within):
		_ = syscall.Kill(-p.PID(), syscall.SIGKILL)
		<-p.done
	}
}
