//go:build unix && !linux

package embedded

import (
	"errors"
	"os/exec"
	"syscall"
)

// endWithParent can do nothing here: the server outlives a killed parent and is
// then found by the next start.
func endWithParent(*syscall.SysProcAttr) {}

func inheritedName(int) (string, error) {
	return "", errors.New("this system has no /proc")
}

func inUserNamespace(*exec.Cmd, account) bool { return false }

// worksIn cannot be told here; a live process of that id counts as the server.
func worksIn(int, string) bool { return true }

// ended cannot be told here.
func ended(int) bool { return false }
