package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// takeLock takes the folder's lock. The server inherits the open file, so the
// lock is held while either this process or the server lives: a folder whose
// lock is free has no server of ours.
//
// When the process that holds it is dead, its server is just stopping; that is
// waited for. Any other holder is refused at once.
func takeLock(ctx context.Context, dir string) (*os.File, error) {
	path := filepath.Join(dir, "lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	deadline := time.Now().Add(30 * time.Second)
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, markLock(f)
		}
		holder := lockHolder(path)
		if !errors.Is(err, syscall.EWOULDBLOCK) || alive(holder) || time.Now().After(deadline) {
			_ = f.Close()
			return nil, fmt.Errorf("embedded: the folder %s is in use by a running server (process %d): stop that one first or choose another folder", dir, holder)
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, fmt.Errorf("embedded: waiting for the former server of %s to end: %w", dir, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func markLock(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	return nil
}

func lockHolder(path string) int {
	raw, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(raw)))
	return pid
}

// alive reports whether a process of this id runs. One that has ended and was
// not yet waited for (in a container without an init, it may never be) does not.
func alive(pid int) bool {
	if pid <= 0 || ended(pid) {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
