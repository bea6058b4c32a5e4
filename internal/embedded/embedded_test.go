package embedded

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A copy of the test program plays leitai in another process, so that it can
// be killed and can run as another user.
func TestMain(m *testing.M) {
	dir := os.Getenv("EMBEDDED_TEST_DIR")
	switch os.Getenv("EMBEDDED_TEST_PLAY") {
	case "cycle":
		if err := cycle(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	case "wait":
		s, err := Start(context.Background(), Options{Dir: dir, Ephemeral: true})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.PID(), s.AdminDSN("postgres"))
		select {}
	}
	os.Exit(m.Run())
}

// cycle starts a server, writes, stops, starts again and reads what was written.
func cycle(dir string) error {
	for round := range 2 {
		s, err := Start(context.Background(), Options{Dir: dir, Ephemeral: true})
		if err != nil {
			return err
		}
		var n int
		if round == 0 {
			err = query(s.AdminDSN("postgres"), `CREATE TABLE kept AS SELECT 41 AS n; SELECT 1`, &n)
		} else if err = query(s.AdminDSN("postgres"), `SELECT n FROM kept`, &n); err == nil && n != 41 {
			err = fmt.Errorf("kept %d, want 41", n)
		}
		if err != nil {
			return err
		}
		if err := s.Stop(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

func query(dsn, stmt string, into any) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	rows, err := db.Query(stmt)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for more := true; more; more = rows.NextResultSet() {
		for rows.Next() {
			if err := rows.Scan(into); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

func start(t *testing.T, opts Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

func TestServerIsSetUpAsPromised(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, Options{Dir: dir, Ephemeral: true, MaxConnections: 33, Settings: map[string]string{"work_mem": "7MB"}})
	for setting, want := range map[string]string{
		"server_encoding": "UTF8", "lc_messages": "C", "listen_addresses": "127.0.0.1", "timezone": "UTC", "timezone_abbreviations": "Default",
		"fsync": "off", "max_connections": "33", "work_mem": "7MB", "server_version_num": strconv.Itoa(s.major),
	} {
		var got string
		if err := query(s.AdminDSN("postgres"), "SHOW "+setting, &got); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
	if s.Port() >= 32768 || s.Port() < 1024 {
		t.Errorf("port %d lies among those given to outgoing connections", s.Port())
	}
	info, err := os.Stat(filepath.Join(dir, "password"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("password file: %v %v, want mode 0600", info, err)
	}
	if err := query(s.DSN(Admin, "wrong", "postgres"), "SELECT 1", new(int)); err == nil {
		t.Error("a wrong password was let in")
	}
	if _, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(s.Port())); err != nil {
		t.Error(err)
	}
}

func TestDurableUnlessEphemeral(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Dir: t.TempDir()})
	var fsync string
	if err := query(s.AdminDSN("postgres"), "SHOW fsync", &fsync); err != nil || fsync != "on" {
		t.Errorf("fsync = %q, %v; want on", fsync, err)
	}
}

func TestSecondStartOnOneFolderIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, Options{Dir: dir, Ephemeral: true})
	_, err := Start(t.Context(), Options{Dir: dir, Ephemeral: true})
	if err == nil || !strings.Contains(err.Error(), "in use by a running server") || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Fatalf("second start: %v", err)
	}
	if err := query(s.AdminDSN("postgres"), "SELECT 1", new(int)); err != nil {
		t.Errorf("the first server suffered: %v", err)
	}
}

func TestStopTwiceAndStopWithoutTime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, Options{Dir: dir, Ephemeral: true})
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Stop(gone); err == nil {
		t.Error("a stop without a checkpoint was reported as a clean one")
	}
	if err := s.Stop(context.Background()); err != nil {
		t.Errorf("second stop: %v", err)
	}
	if alive(s.PID()) {
		t.Error("the server is still there")
	}
	s = start(t, Options{Dir: dir, Ephemeral: true}) // recovers
	if err := query(s.AdminDSN("postgres"), "CREATE TABLE former AS SELECT 1 AS n; SELECT 1", new(int)); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	s = start(t, Options{Dir: dir, Ephemeral: true, Fresh: true})
	if err := query(s.AdminDSN("postgres"), "SELECT n FROM former", new(int)); err == nil {
		t.Error("a fresh server has the former data")
	}
}

// play runs the test program as leitai in another process.
func play(t *testing.T, what, dir string, attr *syscall.SysProcAttr) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(readableDir(t), "leitai.test")
	if err := copyFile(exe, program); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Dir = filepath.Dir(program)
	cmd.Env = append(os.Environ(), "EMBEDDED_TEST_PLAY="+what, "EMBEDDED_TEST_DIR="+dir)
	cmd.SysProcAttr = attr
	return cmd
}

// readableDir is a folder that every user may enter.
func readableDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestServerEndsWithAKilledParentAndItsFolderStartsAgain(t *testing.T) {
	t.Parallel()
	dir := readableDir(t)
	parent := play(t, "wait", dir, nil)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	pidText, dsn, _ := strings.Cut(strings.TrimSpace(line), " ")
	pid, convErr := strconv.Atoi(pidText)
	if err != nil || convErr != nil {
		rest, _ := io.ReadAll(out)
		t.Fatalf("%q %s: %v", line, rest, err)
	}
	if err := query(dsn, "CREATE TABLE kept AS SELECT 41 AS n; SELECT 1", new(int)); err != nil {
		t.Fatal(err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	s := start(t, Options{Dir: dir, Ephemeral: true}) // waits for the orphan to end
	if alive(pid) {
		t.Errorf("the server %d outlived its parent", pid)
	}
	var n int
	if err := query(s.AdminDSN("postgres"), "SELECT n FROM kept", &n); err != nil || n != 41 {
		t.Errorf("kept %d, %v", n, err)
	}
}

func TestStartGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	dir := t.TempDir()
	if s, err := Start(ctx, Options{Dir: dir, Ephemeral: true}); err == nil {
		_ = s.Stop(context.Background())
		t.Fatal("started although nobody waits")
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		t.Error("a half-made data folder was left")
	}
}
