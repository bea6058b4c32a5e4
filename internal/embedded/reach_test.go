package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// stranger is a user that is neither this one nor of its group.
func stranger() account {
	return account{uid: uint32(os.Geteuid()) + 1000, gid: uint32(os.Getegid()) + 1000, name: "stranger", drop: true}
}

func TestBinariesBelowAPrivateFolderAreCopied(t *testing.T) {
	t.Parallel()
	parent := readableDir(t)
	private := filepath.Join(readableDir(t), "home")
	bin := fakeInstall(t, filepath.Join(private, "native"), 18)
	if err := os.Symlink("postgres", filepath.Join(bin, "postmaster")); err != nil {
		t.Fatal(err)
	}
	in := install{bin: bin, major: 18}
	if got, err := in.reachableBy(stranger(), []string{parent}); err != nil || got != in {
		t.Fatalf("readable binaries were not used in place: %+v, %v", got, err)
	}
	if err := os.Chmod(private, 0o700); err != nil {
		t.Fatal(err)
	}
	if got, err := in.reachableBy(account{uid: 7}, []string{parent}); err != nil || got != in {
		t.Fatalf("a normal user uses what he can read in place: %+v, %v", got, err)
	}
	first, err := in.reachableBy(stranger(), []string{private, parent})
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(filepath.Dir(first.bin)) != parent || !stranger().canReach(filepath.Join(first.bin, "postgres")) {
		t.Errorf("copied to %s", first.bin)
	}
	if out, err := exec.Command(filepath.Join(first.bin, "postmaster")).Output(); err != nil || !strings.Contains(string(out), "18.3") {
		t.Errorf("the copy does not run: %s %v", out, err)
	}
	if again, err := in.reachableBy(stranger(), []string{parent}); err != nil || again != first {
		t.Errorf("copied twice: %+v, %v", again, err)
	}
	if left, _ := filepath.Glob(filepath.Join(parent, "*.tmp-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.Chmod(filepath.Dir(first.bin), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := in.reachableBy(stranger(), []string{parent}); err == nil {
		t.Error("a copy that anybody could have changed was used")
	}
}

func TestPermissionBits(t *testing.T) {
	t.Parallel()
	dir := readableDir(t)
	file := filepath.Join(dir, "f")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	own, err := ownerOf(file)
	if err != nil {
		t.Fatal(err)
	}
	mate := account{uid: own.uid + 1, gid: own.gid, drop: true}
	for _, tc := range []struct {
		mode os.FileMode
		who  account
		want bool
	}{
		{0o600, own, true}, {0o600, mate, false}, {0o600, stranger(), false},
		{0o640, mate, true}, {0o640, stranger(), false}, {0o604, stranger(), true},
		{0o044, own, false}, // the owner's bits decide for the owner
	} {
		if err := os.Chmod(file, tc.mode); err != nil {
			t.Fatal(err)
		}
		if got := tc.who.canReach(file); got != tc.want {
			t.Errorf("mode %o for uid %d: %v", tc.mode, tc.who.uid, got)
		}
	}
	if stranger().canReach(filepath.Join(dir, "absent")) {
		t.Error("reached a file that is not there")
	}
}

func TestStalePIDFile(t *testing.T) {
	t.Parallel()
	c := cluster{dir: t.TempDir()}
	if err := os.Mkdir(c.data(), 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(c.data(), "postmaster.pid")
	write := func(pid int) {
		t.Helper()
		if err := os.WriteFile(path, []byte(strconv.Itoa(pid)+"\n/x\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// A process with that id lives, but it is not a server on this data.
	write(os.Getpid())
	if err := c.clearStalePID(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the stale file is still there")
	}
	if err := c.clearStalePID(); err != nil {
		t.Errorf("nothing to clear: %v", err)
	}
	// A process that works in the data folder is a server started by hand.
	other := exec.Command("sleep", "60")
	other.Dir = c.data()
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill(); _ = other.Wait() })
	write(other.Process.Pid)
	if err := c.clearStalePID(); err == nil || !strings.Contains(err.Error(), "started by hand") {
		t.Errorf("got %v", err)
	}
}
