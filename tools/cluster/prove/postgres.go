package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
	"time"

	"leitai/tools/cluster/child"
)

// database is a PostgreSQL beside the cluster.
type database struct {
	process *child.Process
	port    int
	bin     string
}

const adminPassword = "proof-admin"

// startDatabase makes a data folder and starts a server on it. PostgreSQL refuses
// root, so there the server runs as postgres or nobody.
func startDatabase(ctx context.Context, folder string) (*database, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	attributes, own, err := unprivileged()
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	data, password := filepath.Join(folder, "data"), filepath.Join(folder, "password")
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // the server's account has to enter it
		return nil, err
	}
	if err := os.WriteFile(password, []byte(adminPassword+"\n"), 0o600); err != nil {
		return nil, err
	}
	if err := errors.Join(own(folder), own(password)); err != nil {
		return nil, err
	}
	initialise := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale", "C.UTF-8")
	initialise.Dir, initialise.SysProcAttr = folder, attributes
	if out, err := initialise.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	serve := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories="+folder, "-c", "max_connections=300")
	serve.Dir, serve.SysProcAttr = folder, attributes
	process, err := child.Log(serve, filepath.Join(filepath.Dir(folder), "postgres.log"))
	if err != nil {
		return nil, err
	}
	d := &database{process: process, port: port, bin: bin}
	return d, waitFor(ctx, "the database", 60*time.Second, func() error {
		select {
		case <-process.Done():
			return fatal{fmt.Errorf("PostgreSQL stopped with %d: see postgres.log", process.Code())}
		default:
		}
		return query(ctx, d.admin("postgres"), `SELECT 1`, nil)
	})
}

// dsn is how a role reaches the database of the service.
func (d *database) dsn(role, password, name string) string {
	return fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable", role, password, d.port, name)
}

func (d *database) admin(name string) string { return d.dsn("postgres", adminPassword, name) }

// findPostgres finds initdb and postgres: PGBIN, Debian's folders (newest first),
// the PATH.
func findPostgres() (string, error) {
	var places []string
	if named := os.Getenv("PGBIN"); named != "" {
		places = append(places, named)
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is a good one
	sort.Slice(debian, func(i, j int) bool { return debian[i] > debian[j] })
	places = append(places, debian...)
	if found, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(found); err == nil {
			places = append(places, filepath.Dir(real))
		}
	}
	for _, place := range places {
		if _, err := os.Stat(filepath.Join(place, "postgres")); err == nil {
			return place, nil
		}
	}
	return "", errors.New("no PostgreSQL was found: apt-get install postgresql, or set PGBIN")
}

// unprivileged says how to start a process as somebody who is not root, and gives
// files to that account.
func unprivileged() (*syscall.SysProcAttr, func(path string) error, error) {
	if os.Geteuid() != 0 {
		return nil, func(string) error { return nil }, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(account.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(account.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}},
			func(path string) error { return os.Chown(path, int(uid), int(gid)) }, nil //nolint:gosec // ids of accounts
	}
	return nil, nil, errors.New("this machine has neither an account postgres nor nobody to run PostgreSQL as")
}
