package embedded

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// cluster is the data folder of one server with what is needed to run it.
type cluster struct {
	dir     string
	install install
	run     account
}

func (c cluster) data() string         { return filepath.Join(c.dir, "data") }
func (c cluster) passwordFile() string { return filepath.Join(c.dir, "password") }

// version is the major version that made the data folder, 0 when there is none.
func (c cluster) version() (int, error) {
	raw, err := os.ReadFile(filepath.Join(c.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(c.data()); err == nil {
			return 0, fmt.Errorf("embedded: %s is not a data folder of PostgreSQL (no PG_VERSION): move it away or choose another folder", c.data())
		}
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("embedded: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil {
		return 0, fmt.Errorf("embedded: PG_VERSION of %s is %q, not a major version", c.data(), strings.TrimSpace(string(raw)))
	}
	if major < OldestMajor {
		return 0, fmt.Errorf("embedded: the data folder %s was made by PostgreSQL %d, and %d is the oldest that is supported: upgrade it (pg_upgrade) or choose another folder", c.data(), major, OldestMajor)
	}
	return major, nil
}

// readPassword returns the administrator's password of an existing cluster.
func (c cluster) readPassword() (string, error) {
	raw, err := os.ReadFile(c.passwordFile())
	if err != nil {
		return "", fmt.Errorf("embedded: the administrator's password of the database: %w", err)
	}
	return strings.TrimSpace(string(raw)), nil
}

// initialise makes the cluster in a side folder and moves it into place last,
// so that an interrupted start leaves no half-made data folder.
func (c cluster) initialise(ctx context.Context, ephemeral bool) error {
	side := filepath.Join(c.dir, "init.tmp")
	if err := os.RemoveAll(side); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	defer func() { _ = os.RemoveAll(side) }()
	password := rand.Text()
	if err := c.prepareSide(side, password); err != nil {
		return err
	}
	if err := c.initdbAnyWay(ctx, side, ephemeral); err != nil {
		return err
	}
	if err := writePrivate(c.passwordFile(), password); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(side, "data"), c.data()); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	return nil
}

// initdbAnyWay runs initdb, and again where a machine lacks what is not
// essential: the locale C.UTF-8 (C sorts alike), or an entry in the password
// file for this user, without which initdb refuses; seen from inside a user
// namespace the same user is nobody, who has one.
func (c cluster) initdbAnyWay(ctx context.Context, side string, ephemeral bool) error {
	locale, asNobody := "C.UTF-8", false
	for {
		out, err := c.initdb(ctx, side, locale, ephemeral, asNobody)
		switch {
		case err == nil:
			return nil
		case locale != "C" && bytes.Contains(out, []byte("invalid locale")):
			locale = "C"
		case !asNobody && !c.run.drop && bytes.Contains(out, []byte("effective user ID")):
			asNobody = true
		case asNobody:
			return fmt.Errorf("embedded: uid %d has no entry in the password file, which initdb needs: add one, or allow user namespaces: %w\n%s", c.run.uid, err, bytes.TrimSpace(out))
		default:
			return fmt.Errorf("embedded: initdb of PostgreSQL %d in %s as %s: %w\n%s", c.install.major, c.dir, c.run.name, err, bytes.TrimSpace(out))
		}
	}
}

// prepareSide makes the side folder with the password in a file, both owned by
// the account that runs initdb.
func (c cluster) prepareSide(side, password string) error {
	if err := os.Mkdir(side, 0o700); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	file := filepath.Join(side, "password")
	if err := writePrivate(file, password); err != nil {
		return err
	}
	return errors.Join(c.run.own(file), c.run.own(side))
}

func writePrivate(path, content string) error {
	if err := os.WriteFile(path, []byte(content+"\n"), 0o600); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	return nil
}

func (c cluster) initdb(ctx context.Context, side, locale string, ephemeral, asNobody bool) ([]byte, error) {
	if err := os.RemoveAll(filepath.Join(side, "data")); err != nil {
		return nil, err
	}
	view, fd, err := c.run.view(side, 0)
	if err != nil {
		return nil, err
	}
	defer closeAll(fd)
	args := []string{
		"--pgdata", view + "/data", "--username", Admin, "--pwfile", view + "/password",
		"--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", locale, "--lc-messages", "C", "--no-instructions",
	}
	if ephemeral {
		args = append(args, "--no-sync")
	}
	var out bytes.Buffer
	cmd := c.run.command(filepath.Join(c.install.bin, "initdb"), args, fd)
	cmd.Stdout, cmd.Stderr = &out, &out
	if asNobody && !inUserNamespace(cmd, c.run) {
		return nil, errors.New("no user namespaces here")
	}
	ch, err := startChild(cmd)
	if err != nil {
		return nil, err
	}
	select {
	case <-ch.done:
	case <-ctx.Done():
		ch.signal(syscall.SIGKILL)
		<-ch.done
		return nil, ctx.Err()
	}
	return out.Bytes(), ch.err
}

// clearStalePID removes the postmaster.pid of a server that was killed. The
// folder's lock is ours, so no server of ours runs; one that somebody started
// by hand on the same data is recognised by its working folder and refused.
// PostgreSQL alone would refuse whenever the id was given to any new process.
func (c cluster) clearStalePID() error {
	path := filepath.Join(c.data(), "postmaster.pid")
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, _ := strconv.Atoi(strings.TrimSpace(first))
	if alive(pid) && worksIn(pid, c.data()) {
		return fmt.Errorf("embedded: the data folder %s is in use by a PostgreSQL that was started by hand (process %d): stop that one first", c.data(), pid)
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	return nil
}
