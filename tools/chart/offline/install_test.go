// Package offline holds what the bundle for closed networks brings beside the
// program, and tests its script. It does not make the bundle (bundle.sh does).
package offline_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const version = "9.8.7"

// bundle is an unpacked bundle with files of no weight, on a machine that has
// only the programs that are named.
type bundle struct {
	t            *testing.T
	folder, path string
}

func newBundle(t *testing.T, programs ...string) bundle {
	t.Helper()
	b := bundle{t, filepath.Join(t.TempDir(), "bundle"), t.TempDir()}
	script, err := os.ReadFile("install.sh")
	if err != nil {
		t.Fatal(err)
	}
	b.write("install.sh", strings.ReplaceAll(string(script), "@VERSION@", version))
	var sums strings.Builder
	for _, name := range []string{"bin/leitai-linux-amd64", "bin/leitai-linux-arm64", "images/leitai-9.8.7-linux-amd64.tar", "images/leitai-9.8.7-linux-arm64.tar", "leitai-9.8.7.tgz"} {
		b.write(name, name)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(name)), name)
	}
	b.write("SHA256SUMS", sums.String())
	b.write("../values.yaml", "")
	for _, needed := range []string{"sh", "uname", "sha256sum", "dirname", "cp", "chmod", "mv", "sed"} {
		found, err := exec.LookPath(needed)
		if err == nil {
			err = os.Symlink(found, filepath.Join(b.path, needed))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, program := range programs { // each tells how it was called
		text := "#!/bin/sh\necho \"" + program + " $*\"\n"
		if err := os.WriteFile(filepath.Join(b.path, program), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b bundle) write(name, text string) {
	b.t.Helper()
	path := filepath.Join(b.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func (b bundle) run(args ...string) (string, error) {
	b.t.Helper()
	c := exec.CommandContext(b.t.Context(), filepath.Join(b.path, "sh"), append([]string{filepath.Join(b.folder, "install.sh")}, args...)...)
	c.Dir, c.Env = filepath.Dir(b.folder), []string{"PATH=" + b.path} // not where the bundle is
	out, err := c.CombinedOutput()
	return string(out), err
}

func archive() string { return "images/leitai-9.8.7-linux-" + runtime.GOARCH + ".tar" }

// Each command calls what the machine has, with the files of its architecture.
func TestInstall(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		programs, args []string
		want           string // "" refuses
	}{
		"k3s keeps images apart":       {[]string{"k3s", "ctr", "docker"}, []string{"images"}, "k3s ctr -n k8s.io images import " + archive()},
		"containerd, for Kubernetes":   {[]string{"ctr", "podman"}, []string{"images"}, "ctr -n k8s.io images import " + archive()},
		"podman":                       {[]string{"podman", "docker"}, []string{"images"}, "podman load -i " + archive()},
		"docker":                       {[]string{"docker"}, []string{"images"}, "docker load -i " + archive()},
		"no engine":                    {nil, []string{"images"}, ""},
		"both architectures by skopeo": {[]string{"skopeo"}, []string{"push", "r.example"}, "docker://r.example/leitai:9.8.7-arm64"},
		"push by an engine":            {[]string{"podman"}, []string{"push", "r.example"}, "podman push r.example/leitai:9.8.7"},
		"push to nowhere":              {[]string{"podman"}, []string{"push"}, ""},
		"the chart": {[]string{"helm"}, []string{"chart", "values.yaml"},
			"helm upgrade --install leitai leitai-9.8.7.tgz --namespace leitai --values @/values.yaml --timeout 60m --wait"},
		"the chart in a namespace":    {[]string{"helm"}, []string{"chart", "values.yaml", "county"}, "--namespace county"},
		"the chart without helm":      {nil, []string{"chart", "values.yaml"}, ""},
		"the chart without values":    {[]string{"helm"}, []string{"chart", "missing.yaml"}, ""},
		"nothing said":                {nil, nil, ""},
		"something else said":         {nil, []string{"everything"}, ""},
		"whether the files are whole": {nil, []string{"check"}, "the files are whole"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBundle(t, c.programs...)
			out, err := b.run(c.args...)
			out = strings.ReplaceAll(out, filepath.Dir(b.folder), "@")
			if (err == nil) != (c.want != "") || !strings.Contains(out, c.want) {
				t.Errorf("%v: %s, want %q", err, out, c.want)
			}
		})
	}
}

// Of files that are not whole nothing is used.
func TestInstallRefusesWhatIsNotWhole(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"check"}, {"images"}, {"push", "r.example"}, {"chart", "values.yaml"}, {"binary"}} {
		b := newBundle(t, "docker", "skopeo", "helm")
		b.write(archive(), "changed")
		out, err := b.run(args...)
		if err == nil || strings.Contains(out, "docker ") || strings.Contains(out, "skopeo ") || strings.Contains(out, "helm ") {
			t.Errorf("%v: %v, %s", args, err, out)
		}
	}
}

func TestInstallOfTheBinary(t *testing.T) {
	t.Parallel()
	b, to := newBundle(t), t.TempDir()
	if out, err := b.run("binary", to); err != nil {
		t.Fatal(err, out)
	}
	path := filepath.Join(to, "leitai")
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "bin/leitai-linux-"+runtime.GOARCH {
		t.Errorf("%s: %v", text, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v, %v", info, err)
	}
}
