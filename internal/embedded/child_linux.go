package embedded

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// endWithParent asks the kernel to stop the server (a fast shutdown) when this
// process ends, even by SIGKILL.
func endWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }

// inheritedName is the path of an inherited open file of the process itself.
func inheritedName(fd int) (string, error) {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		return "", err
	}
	return fmt.Sprintf("/proc/self/fd/%d", fd), nil
}

// inUserNamespace lets the command see the account as nobody; false when there
// is no such name. Files it makes belong to the account all the same.
func inUserNamespace(cmd *exec.Cmd, run account) bool {
	u, err := user.Lookup("nobody")
	if err != nil {
		return false
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return false
	}
	attr := cmd.SysProcAttr
	attr.Cloneflags |= syscall.CLONE_NEWUSER
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: uid, HostID: int(run.uid), Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: int(run.gid), HostID: int(run.gid), Size: 1}}
	return true
}

// worksIn reports whether a process has the folder as its working folder, as a
// PostgreSQL server has its data folder.
func worksIn(pid int, folder string) bool {
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	if err != nil {
		return false
	}
	real, err := filepath.EvalSymlinks(folder)
	return err == nil && cwd == real
}

// ended reports whether a process is only left in the process table.
func ended(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	// The state follows the name, which is in parentheses and may hold any byte.
	after := stat[bytes.LastIndexByte(stat, ')')+1:]
	return bytes.HasPrefix(after, []byte(" Z")) || bytes.HasPrefix(after, []byte(" X"))
}
