package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// child is a process that ends when this one ends.
type child struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
	err  error         // how it ended; read after done
}

// startChild starts the command. The kernel's death signal follows the thread
// that forked, not the process, so that thread is kept until the child ends.
func startChild(cmd *exec.Cmd) (*child, error) {
	c := &child{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.err = cmd.Wait()
			close(c.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	return c, nil
}

func (c *child) pid() int { return c.cmd.Process.Pid }

// signal sends a signal; a process that has ended already gets none.
func (c *child) signal(s syscall.Signal) { _ = c.cmd.Process.Signal(s) }

// command prepares a program of PostgreSQL for the account, with a clean
// environment: no PG* variable, no locale or time zone of this machine.
func (a account) command(path string, args []string, files []*os.File) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + filepath.Dir(path) + ":/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"}
	for _, name := range []string{"LD_LIBRARY_PATH", "TMPDIR"} {
		if value, set := os.LookupEnv(name); set {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.ExtraFiles = files
	// An own process group: Ctrl-C is for leitai, which finishes its requests
	// and stops the database last.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithParent(cmd.SysProcAttr)
	if a.drop {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return cmd
}

// view returns the name under which the account reaches a folder of its own,
// and the open files to hand to the program after the first `taken` ones. When
// the folder lies below a private one (the home of root), the name goes through
// the inherited open folder, which needs no permission above it.
func (a account) view(folder string, taken int) (string, []*os.File, error) {
	if a.canReach(folder) {
		return folder, nil, nil
	}
	f, err := os.Open(folder)
	if err != nil {
		return "", nil, fmt.Errorf("embedded: %w", err)
	}
	name, err := inheritedName(3 + taken)
	if err != nil {
		closeAll([]*os.File{f})
		return "", nil, fmt.Errorf("embedded: %s cannot enter %s: choose a folder that everybody may enter: %w", a.name, folder, err)
	}
	return name, []*os.File{f}, nil
}

func closeAll(files []*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}
