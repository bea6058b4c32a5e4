package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"leitai/internal/embedded"
)

// How test programs share a server. All of them belong to one user and use the
// folder below; its files are:
//
//	users  every test program holds a shared lock on it while it runs; the
//	       keeper takes it alone when nobody is left
//	start  held alone while looking for a server and starting one
//	dsn    the URL of the running server, mode 0600
//	db     the own folder of package embedded
//
// The keeper is a second process of the test program that started the server,
// in a session of its own. Locks end with their process, so a killed test
// program is no user any more, and a killed keeper takes the server with it.

// lingering is how long an unused server stays: longer than the pauses between
// the test programs of one `go test`, which compiles in between.
func lingering() (time.Duration, error) {
	if text := os.Getenv(lingerVariable); text != "" {
		return time.ParseDuration(text)
	}
	return 12 * time.Second, nil
}

// keeperVariable makes a test program a keeper of the folder it names;
// lingerVariable shortens or lengthens how long it stays, for example 5m.
const (
	keeperVariable = "LEITAI_DBTEST_KEEPER"
	lingerVariable = "LEITAI_DBTEST_LINGER"
)

func init() {
	folder := os.Getenv(keeperVariable)
	if folder == "" {
		return
	}
	if err := keep(folder); err != nil {
		fmt.Println(err) // to the test program that waits for the address
		os.Exit(1)
	}
	os.Exit(0)
}

// users stays open, and locked, until the test program ends.
var users *os.File

// memoryFolder is where Linux keeps files in memory: a copy of the template takes
// 15 ms there, up to 400 ms on a busy disk.
const memoryFolder = "/dev/shm"

// enoughMemory, in bytes free in memoryFolder, is several times what all tests
// together use.
const enoughMemory = 2 << 30

// parentFolder is memoryFolder when it has room or is in use already, unless
// TMPDIR asks for another one.
func parentFolder(name string) string {
	if os.Getenv("TMPDIR") != "" {
		return os.TempDir()
	}
	if _, err := os.Lstat(filepath.Join(memoryFolder, name, "dsn")); err == nil {
		return memoryFolder
	}
	var st syscall.Statfs_t
	if err := syscall.Statfs(memoryFolder, &st); err == nil && st.Bavail*uint64(st.Bsize) >= enoughMemory {
		return memoryFolder
	}
	return os.TempDir()
}

// sharedFolder is private to the user, and to the binaries that PGBIN names.
func sharedFolder() (string, error) {
	name := "leitai-dbtest-" + strconv.Itoa(os.Geteuid())
	if bin := os.Getenv("PGBIN"); bin != "" {
		sum := sha256.Sum256([]byte(bin))
		name += "-" + hex.EncodeToString(sum[:4])
	}
	folder := filepath.Join(parentFolder(name), name)
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	info, err := os.Lstat(folder)
	if err != nil {
		return "", err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(st.Uid) != os.Geteuid() || info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s is not a private folder of this user: remove it", folder)
	}
	return folder, nil
}

// share returns the superuser's URL of the shared server, started when there is
// none.
func share(ctx context.Context) (string, error) {
	folder, err := sharedFolder()
	if err != nil {
		return "", err
	}
	if users == nil {
		// Waits while a keeper that found nobody is clearing up.
		if users, err = lockFile(filepath.Join(folder, "users"), syscall.LOCK_SH); err != nil {
			return "", err
		}
	}
	starting, err := lockFile(filepath.Join(folder, "start"), syscall.LOCK_EX)
	if err != nil {
		return "", err
	}
	defer func() { _ = starting.Close() }()
	if dsn, err := os.ReadFile(filepath.Join(folder, "dsn")); err == nil && answers(ctx, string(dsn)) {
		return string(dsn), nil
	}
	return startKeeper(folder)
}

func lockFile(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(f.Fd()), how)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			_ = f.Close()
			return nil, fmt.Errorf("lock %s: %w", path, err)
		}
		return f, nil
	}
}

func answers(ctx context.Context, dsn string) bool {
	s, err := newServer(dsn)
	if err != nil {
		return false
	}
	defer func() { _ = s.admin.Close() }()
	return s.admin.PingContext(ctx) == nil
}

// startKeeper starts the keeper and waits for the address it prints. Nothing of
// this program's own output is handed on: `go test` would wait for it.
func startKeeper(folder string) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer func() { _ = read.Close() }()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), keeperVariable+"="+folder)
	cmd.Stdout = write
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	err = cmd.Start()
	_ = write.Close()
	if err != nil {
		return "", fmt.Errorf("start the keeper of the server: %w", err)
	}
	answer, err := io.ReadAll(read)
	if err != nil {
		return "", err
	}
	dsn := strings.TrimSpace(string(answer))
	if !strings.HasPrefix(dsn, "postgres://") {
		_ = cmd.Wait()
		return "", errors.New(dsn)
	}
	return dsn, cmd.Process.Release()
}

// keep runs the server until nobody has used it for a while.
func keep(folder string) error {
	ctx := context.Background()
	stay, err := lingering()
	if err != nil {
		return fmt.Errorf("%s: %w", lingerVariable, err)
	}
	dir := filepath.Join(folder, "db")
	s, err := embedded.Start(ctx, embedded.Options{
		Dir: dir, Ephemeral: true, Fresh: true, MaxConnections: 300,
		Settings: map[string]string{"checkpoint_timeout": "30min", "max_wal_size": "512MB"},
	})
	if err != nil {
		return err
	}
	dsn := s.AdminDSN("postgres")
	if err := writeFile(filepath.Join(folder, "dsn"), dsn); err != nil {
		return errors.Join(err, s.Stop(ctx))
	}
	fmt.Println(dsn)
	_ = os.Stdout.Close()
	return attend(ctx, s, folder, stay)
}

// attend waits for the server to be unused, then stops it and removes its
// files, holding the lock so that nobody comes in meanwhile.
func attend(ctx context.Context, s *embedded.Server, folder string, stay time.Duration) error {
	lock, err := os.OpenFile(filepath.Join(folder, "users"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return errors.Join(err, s.Stop(ctx))
	}
	unusedSince := time.Now()
	tick := time.NewTicker(250 * time.Millisecond)
	for {
		select {
		case <-s.Done():
			return errors.New("the server for tests has ended")
		case <-tick.C:
		}
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
			unusedSince = time.Now()
			continue
		}
		if time.Since(unusedSince) >= stay {
			return errors.Join(os.Remove(filepath.Join(folder, "dsn")), s.Stop(ctx), os.RemoveAll(filepath.Join(folder, "db")))
		}
		if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_UN); err != nil {
			return errors.Join(err, s.Stop(ctx))
		}
	}
}

// writeFile makes a private file appear with its whole content.
func writeFile(path, content string) error {
	if err := os.WriteFile(path+".tmp", []byte(content), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}
