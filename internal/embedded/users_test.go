package embedded

import (
	"os"
	"os/exec"
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
	for name, attr := range users {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := readableDir(t)
			if attr != nil {
				if err := os.Chown(dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
					t.Fatal(err)
				}
			}
			out, err := play(t, "cycle", filepath.Join(dir, "db"), attr).CombinedOutput()
			namespaces := exec.Command("unshare", "-U", "true").Run() == nil
			if name == "unnamed uid" && !namespaces {
				if !strings.Contains(string(out), "no entry in the password file") {
					t.Fatalf("without user namespaces the answer must say what is missing: %s", out)
				}
				return
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
