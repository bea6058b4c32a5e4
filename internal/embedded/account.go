package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who runs the server. PostgreSQL refuses to run as root.
type account struct {
	uid, gid uint32
	name     string
	drop     bool // this process is root and the server must not be
}

// chooseAccount returns the account for the server: this process's own, or,
// for root, the owner of an existing data folder, else postgres, else nobody
// (both need an entry in the password file, or initdb fails).
func chooseAccount(data string) (account, error) {
	own := account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid()), name: strconv.Itoa(os.Geteuid())}
	owner, err := ownerOf(data)
	exists := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return own, fmt.Errorf("embedded: %w", err)
	}
	if own.uid != 0 {
		if exists && owner.uid != own.uid {
			return own, fmt.Errorf("embedded: the data folder %s belongs to uid %d, but this is uid %d: start as that user or choose another folder", data, owner.uid, own.uid)
		}
		return own, nil
	}
	if exists && owner.uid != 0 {
		return owner, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
			gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
			if err := errors.Join(err1, err2); err != nil {
				return own, fmt.Errorf("embedded: account %s: %w", name, err)
			}
			return account{uid: uint32(uid), gid: uint32(gid), name: name, drop: true}, nil
		}
	}
	return own, errors.New("embedded: PostgreSQL refuses to run as root, and this machine has neither the account postgres nor nobody: add one, or start as a normal user")
}

func ownerOf(path string) (account, error) {
	info, err := os.Stat(path)
	if err != nil {
		return account{}, err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return account{}, fmt.Errorf("the owner of %s is not known", path)
	}
	return account{uid: st.Uid, gid: st.Gid, name: strconv.Itoa(int(st.Uid)), drop: true}, nil
}

// own gives a file or folder to the account when this process is root.
func (a account) own(path string) error {
	if !a.drop {
		return nil
	}
	if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("embedded: give %s to %s: %w", path, a.name, err)
	}
	return nil
}

// canReach reports whether the account may enter every folder above path and
// read path itself, by the permission bits.
func (a account) canReach(path string) bool {
	if !a.drop {
		return true
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	if !a.allowed(real, 4) {
		return false
	}
	for dir := filepath.Dir(real); ; dir = filepath.Dir(dir) {
		if !a.allowed(dir, 1) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// allowed tests one permission bit (4 read, 1 enter) of a file for the account.
func (a account) allowed(path string, bit fs.FileMode) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	owner, err := ownerOf(path)
	if err != nil {
		return false
	}
	switch {
	case owner.uid == a.uid:
		bit <<= 6
	case owner.gid == a.gid:
		bit <<= 3
	}
	return info.Mode().Perm()&bit != 0
}
