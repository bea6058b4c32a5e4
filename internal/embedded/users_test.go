package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Every user who may start leitai: this one, and for root also nobody and one
// without an entry in the password file.
func TestEveryUserCanStart(t *testing.T) {
	t.Parallel()
	users := map[string]*syscall.SysProcAttr{"this user": nil}
	if os.Geteuid() == 0 {
		users["nobody"] = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		users["unnamed uid"] = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 54321, Gid: 54321}}
	}
	in := usable(t)
	for name, attr := range users {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := readableDir(t)
			if attr != nil {
				if err := os.Chown(dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
					t.Fatal(err)
				}
			}
			cmd := play(t, "cycle", filepath.Join(dir, "db"), attr)
			cmd.Env = append(cmd.Env, "PGBIN="+in.bin)
			out, err := cmd.CombinedOutput()
			if name == "unnamed uid" && strings.Contains(string(out), "no entry in the password file, which initdb needs") {
				return // where user namespaces are forbidden, the reason is what can be given
			}
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		})
	}
}

// The home of root is closed to everybody else; the data may lie there all the
// same.
func TestDataBelowAPrivateFolder(t *testing.T) {
	t.Parallel()
	private, err := os.MkdirTemp("", "embedded-private-") // mode 0700
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(private) })
	dir := filepath.Join(private, "deep", "er")
	if err := cycle(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(private)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the private folder was opened: %v %v", info.Mode(), err)
	}
	owner, err := ownerOf(filepath.Join(dir, "data"))
	if err != nil || owner.uid == 0 {
		t.Errorf("data belongs to %+v, %v; want a user that is not root", owner, err)
	}
}

// usable are binaries that every user of this machine can run, copied when they
// lie in the home of root.
func usable(t *testing.T) install {
	t.Helper()
	in, err := findInstall(0)
	if err != nil {
		t.Fatal(err)
	}
	anybody := account{uid: 65533, gid: 65533, name: "anybody", drop: os.Geteuid() == 0}
	if in, err = in.reachableBy(anybody, []string{readableDir(t)}); err != nil {
		t.Fatal(err)
	}
	return in
}
