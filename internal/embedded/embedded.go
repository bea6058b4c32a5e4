// Package embedded owns a local PostgreSQL that runs as a child of this
// process: finding its binaries, making its data folder, starting it on a free
// port of the loopback address, and stopping it. `leitai demo` and the tests
// use it, so that neither needs a database to be installed and configured.
//
// It does not own roles, databases or schemas (internal/postgres/migrate does),
// and nothing here is meant for production: there the server is given a DSN.
//
// Layout of Options.Dir, the own folder of one server:
//
//	data/       the cluster, owned by the account that runs the server
//	password    the administrator's password, mode 0600
//	server.log  what PostgreSQL wrote since the last start
//	lock        held while a server runs, so that two starts never meet
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Admin is the name of the superuser of an embedded server.
const Admin = "postgres"

// Options says where and how a server is to run.
type Options struct {
	// Dir is the own folder of the server; it is created when it is missing.
	// An existing one is continued with the binaries of its version.
	Dir string
	// Logger receives what happens; nil is silent.
	Logger *slog.Logger
	// Ephemeral trades durability for speed (no fsync): for tests only, the
	// data may be lost when the machine stops.
	Ephemeral bool
	// Fresh discards an existing data folder first, once no server runs on it.
	Fresh bool
	// MaxConnections of the server; 0 means 100.
	MaxConnections int
	// Settings are further PostgreSQL settings, for example work_mem.
	Settings map[string]string
}

// Server is a running PostgreSQL. It stops when this process ends, however it
// ends.
type Server struct {
	opts     Options
	child    *child
	lock     *os.File
	port     int
	major    int
	password string
	socket   string // folder; "" when its name is too long for one or only root may enter it
}

// Start makes the data folder when there is none, starts the server and
// returns once it answers. It refuses a folder that another server uses, a data
// folder whose version has no binaries here, and versions before 15
// (InstallError says what to install).
//
// Cancelling ctx gives up starting; a started server lives until Stop.
func Start(ctx context.Context, opts Options) (*Server, error) {
	if opts.Dir == "" {
		return nil, errors.New("embedded: no folder given for the data")
	}
	dir, err := filepath.Abs(opts.Dir)
	if err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	opts.Dir = dir
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("embedded: make the folder of the database: %w", err)
	}
	lock, err := takeLock(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &Server{opts: opts, lock: lock}
	if err := s.boot(ctx); err != nil {
		_ = lock.Close()
		return nil, err
	}
	return s, nil
}

func (s *Server) boot(ctx context.Context) error {
	began := time.Now()
	c := cluster{dir: s.opts.Dir}
	if s.opts.Fresh {
		if err := os.RemoveAll(c.data()); err != nil {
			return fmt.Errorf("embedded: discard the former data: %w", err)
		}
	}
	major, err := c.version()
	if err != nil {
		return err
	}
	if c.run, err = chooseAccount(c.data()); err != nil {
		return err
	}
	if c.install, err = findInstall(major); err != nil {
		return err
	}
	if c.install, err = c.install.reachableBy(c.run, copyFolders()); err != nil {
		return err
	}
	if major == 0 {
		if err := c.initialise(ctx, s.opts.Ephemeral); err != nil {
			return err
		}
	}
	if s.password, err = c.readPassword(); err != nil {
		return err
	}
	if err := c.clearStalePID(); err != nil {
		return err
	}
	s.major = c.install.major
	if err := s.launch(ctx, c); err != nil {
		return err
	}
	s.opts.Logger.Info("local PostgreSQL started", "version", s.major, "port", s.port,
		"binaries", c.install.bin, "account", c.run.name, "took", time.Since(began).String())
	return nil
}

// AdminDSN is the superuser's connection URL to a database over TCP.
func (s *Server) AdminDSN(database string) string {
	return s.DSN(Admin, s.password, database)
}

// DSN is the connection URL of any role of this server to a database.
func (s *Server) DSN(role, password, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, password),
		Host: "127.0.0.1:" + strconv.Itoa(s.port), Path: "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Port is the TCP port on 127.0.0.1.
func (s *Server) Port() int { return s.port }

// PID is the process id of the server.
func (s *Server) PID() int { return s.child.pid() }

// Done is closed when the server has ended, wanted or not.
func (s *Server) Done() <-chan struct{} { return s.child.done }

// Stop ends all sessions, writes a checkpoint and waits until the server is
// gone (PostgreSQL's fast shutdown). When ctx ends first the server is stopped
// at once instead and the error of ctx is returned; the next start recovers.
// Stopping twice does nothing more.
func (s *Server) Stop(ctx context.Context) error {
	defer func() { _ = s.lock.Close() }()
	s.child.signal(syscall.SIGINT)
	select {
	case <-s.child.done:
		return nil
	case <-ctx.Done():
	}
	s.child.signal(syscall.SIGQUIT)
	select {
	case <-s.child.done:
	case <-time.After(5 * time.Second):
		s.child.signal(syscall.SIGKILL)
		<-s.child.done
	}
	return fmt.Errorf("embedded: stopped without a checkpoint: %w", ctx.Err())
}
