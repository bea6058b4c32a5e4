package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// copyFolders are where a copy of the binaries may be put, best first.
func copyFolders() []string { return []string{"/var/cache", "/var/tmp", os.TempDir()} }

// reachableBy returns binaries that the account can run: these, or a copy of
// them below one of the parents when they lie below a private folder such as
// the home of root.
func (in install) reachableBy(run account, parents []string) (install, error) {
	postgres := filepath.Join(in.bin, "postgres")
	if run.canReach(postgres) && run.canReach(filepath.Join(in.bin, "initdb")) {
		return in, nil
	}
	info, err := os.Stat(postgres)
	if err != nil {
		return in, fmt.Errorf("embedded: %w", err)
	}
	key := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", in.bin, info.Size(), info.ModTime().UnixNano()))
	name := fmt.Sprintf("leitai-postgresql-%d-%s", in.major, hex.EncodeToString(key[:6]))
	var errs []error
	for _, parent := range parents {
		if !run.canReach(parent) {
			continue
		}
		root, err := copyInstall(filepath.Dir(in.bin), filepath.Join(parent, name))
		if err == nil {
			return install{bin: filepath.Join(root, "bin"), major: in.major}, nil
		}
		errs = append(errs, err)
	}
	return in, fmt.Errorf("embedded: %s cannot read the binaries in %s, and they could not be copied to a folder it can read: %w", run.name, in.bin, errors.Join(errs...))
}

// copyInstall copies the tree of an installation once; a copy made earlier is
// used again. The copy appears under its name only when it is complete.
func copyInstall(from, to string) (string, error) {
	if _, err := os.Lstat(to); err == nil {
		return to, ownFolder(to)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(to), filepath.Base(to)+".tmp-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	if err := copyTree(from, tmp); err != nil {
		return "", err
	}
	if err := os.Rename(tmp, to); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, syscall.ENOTEMPTY) {
		return "", err
	}
	return to, ownFolder(to)
}

// ownFolder refuses a folder that somebody else could have prepared.
func ownFolder(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	owner, err := ownerOf(path)
	if err != nil {
		return err
	}
	if !info.IsDir() || int(owner.uid) != os.Geteuid() || info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("%s is not a folder of this user alone", path)
	}
	return nil
}

// copyTree copies folders, files and symbolic links so that everybody can read
// them; existing links of npm's package stay relative.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case entry.IsDir():
			if err := os.MkdirAll(target, 0o755); err != nil {
				return err
			}
			return os.Chmod(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		case entry.Type().IsRegular():
			return copyFile(path, target)
		}
		return nil
	})
}

func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	mode := info.Mode().Perm() | 0o444
	if mode&0o111 != 0 {
		mode |= 0o111
	}
	if err := os.WriteFile(to, raw, mode&^0o022); err != nil {
		return err
	}
	return os.Chmod(to, mode&^0o022) // whatever the umask is
}
