package dbtest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Other test programs are played by this one, in a temporary folder of their
// own, so that their server is not the one of this run.
func TestMain(m *testing.M) {
	if os.Getenv("DBTEST_PLAY") == "use" {
		s, err := theServer(context.Background())
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.dsn("", "", "postgres"))
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
		os.Exit(0)
	}
	os.Exit(m.Run())
}

type program struct {
	cmd *exec.Cmd
	dsn string
}

// user starts another test program that uses a server.
func user(t *testing.T, tmp string) *program {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DBTEST_PLAY=use", "TMPDIR="+tmp, "LEITAI_TEST_DSN=", lingerVariable+"=1ms")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "postgres://") {
		t.Fatalf("%q, %v", line, err)
	}
	return &program{cmd: cmd, dsn: strings.TrimSpace(line)}
}

func (p *program) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait()
}

func TestProgramsShareAServerThatEndsWithTheLast(t *testing.T) {
	t.Parallel()
	tmp := t.TempDir()
	if err := os.Chmod(tmp, 0o755); err != nil {
		t.Fatal(err)
	}
	first, second := user(t, tmp), user(t, tmp)
	if first.dsn != second.dsn {
		t.Fatalf("two servers: %s %s", first.dsn, second.dsn)
	}
	folders, err := filepath.Glob(filepath.Join(tmp, "leitai-dbtest-*"))
	if err != nil || len(folders) != 1 {
		t.Fatalf("%v, %v", folders, err)
	}
	info, err := os.Stat(folders[0])
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is not private: %v, %v", info.Mode(), err)
	}
	first.kill(t) // the one that started the server
	if !answers(t.Context(), second.dsn) {
		t.Error("the server ended with the program that started it")
	}
	server, err := os.OpenFile(filepath.Join(folders[0], "db", "lock"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	second.kill(t)
	// The server's own lock is free when it has ended.
	if err := syscall.Flock(int(server.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(second.dsn)
	if err != nil {
		t.Fatal(err)
	}
	if conn, err := net.Dial("tcp", u.Host); err == nil {
		_ = conn.Close()
		t.Error("the server is still there")
	}
	third := user(t, tmp) // waits for the rest of the clearing up, then begins anew
	if !answers(t.Context(), third.dsn) {
		t.Error("no new server after the former one ended")
	}
}

// Somebody else's folder, or one that others may read, is not trusted.
func TestAFolderThatIsNotPrivateIsRefused(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("PGBIN", "")
	folder, err := sharedFolder()
	if err != nil || filepath.Dir(folder) != tmp {
		t.Fatalf("%s, %v", folder, err)
	}
	t.Setenv("PGBIN", "/some/where")
	if other, err := sharedFolder(); err != nil || other == folder {
		t.Errorf("other binaries, same server: %s, %v", other, err)
	}
	t.Setenv("PGBIN", "")
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := sharedFolder(); err == nil {
		t.Error("a folder that others may read was accepted")
	}
}

func TestFilesAreKeptInMemoryUnlessTMPDIRIsSet(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if got := parentFolder("x"); got != os.TempDir() {
		t.Errorf("TMPDIR was passed over for %s", got)
	}
	t.Setenv("TMPDIR", "")
	if got := parentFolder("x"); got != memoryFolder && got != os.TempDir() {
		t.Errorf("got %s", got)
	}
}

// Without a server a test fails and says what to install.
func TestWithoutBinariesTheReasonReachesTheTest(t *testing.T) {
	tmp := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DBTEST_PLAY=use", "TMPDIR="+tmp, "LEITAI_TEST_DSN=", "PGBIN="+tmp)
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "apt-get install postgresql") {
		t.Errorf("%v: %s", err, out)
	}
}
