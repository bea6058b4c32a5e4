package embedded

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/lib/pq" // the driver, to ask the server whether it answers
)

// Ports are taken from here: below 32768, where the kernel begins to give ports
// to outgoing connections, so that a port found free stays free.
const lowestPort, portCount = 20000, 12000

// longestSocketDir keeps the socket's whole name below the kernel's 107 bytes.
const longestSocketDir = 85

var errPortTaken = errors.New("the port is taken")

// launch starts the server on a free port and waits until it answers.
func (s *Server) launch(ctx context.Context, c cluster) error {
	var err error
	for range 5 {
		if s.port, err = freePort(); err != nil {
			return err
		}
		if err = s.attempt(ctx, c); !errors.Is(err, errPortTaken) {
			return err
		}
	}
	return err
}

// attempt starts the server on s.port.
func (s *Server) attempt(ctx context.Context, c cluster) error {
	logPath := filepath.Join(c.dir, "server.log")
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_WRONLY|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	defer func() { _ = log.Close() }()
	view, folder, err := c.run.view(c.data(), 1)
	if err != nil {
		return err
	}
	defer closeAll(folder)
	s.socket = c.data()
	if folder != nil || len(s.socket) > longestSocketDir {
		s.socket = ""
	}
	args := append([]string{"-D", view}, s.settings()...)
	cmd := c.run.command(filepath.Join(c.install.bin, "postgres"), args, append([]*os.File{s.lock}, folder...))
	cmd.Stdout, cmd.Stderr = log, log
	if s.child, err = startChild(cmd); err != nil {
		return fmt.Errorf("embedded: as %s: %w", c.run.name, err)
	}
	if err := s.awaitReady(ctx, c); err != nil {
		s.child.signal(syscall.SIGQUIT)
		<-s.child.done
		return explain(err, logPath)
	}
	return nil
}

// settings are the command line of the server, in a stable order.
func (s *Server) settings() []string {
	all := map[string]string{
		"listen_addresses":        "127.0.0.1",
		"port":                    strconv.Itoa(s.port),
		"unix_socket_directories": s.socket,
		"max_connections":         "100",
		"timezone":                "UTC",
		"log_timezone":            "UTC",
		"lc_messages":             "C",
		"jit":                     "off",
		// A statement can hold personal data; the log is not the place for it.
		"log_min_error_statement":  "panic",
		"log_parameter_max_length": "0",
		"unix_socket_permissions":  "0700",
		"password_encryption":      "scram-sha-256",
		"cluster_name":             "leitai",
		"log_checkpoints":          "off",
		"max_wal_size":             "512MB",
	}
	if s.opts.MaxConnections > 0 {
		all["max_connections"] = strconv.Itoa(s.opts.MaxConnections)
	}
	if s.opts.Ephemeral {
		maps.Copy(all, map[string]string{
			"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
			"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "4GB",
		})
	}
	maps.Copy(all, s.opts.Settings)
	var args []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		args = append(args, "-c", name+"="+all[name])
	}
	return args
}

// freePort finds a port of the loopback address that nobody listens on.
func freePort() (int, error) {
	var seed [8]byte
	_, _ = rand.Read(seed[:])
	start := int(binary.BigEndian.Uint64(seed[:]) % portCount)
	for i := range portCount {
		port := lowestPort + (start+i)%portCount
		l, err := net.Listen("tcp4", "127.0.0.1:"+strconv.Itoa(port))
		if err == nil {
			return port, l.Close()
		}
		if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, syscall.EACCES) {
			return 0, fmt.Errorf("embedded: listen on 127.0.0.1: %w", err)
		}
	}
	return 0, errors.New("embedded: no free port on 127.0.0.1")
}

// awaitReady waits until the server's own file says that it is ready and it
// answers a query, or until it has ended.
func (s *Server) awaitReady(ctx context.Context, c cluster) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute) // recovery of a large folder takes long
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !s.announced(c) {
		select {
		case <-s.child.done:
			return fmt.Errorf("embedded: PostgreSQL %d ended at once: %w", c.install.major, s.child.err)
		case <-ctx.Done():
			return fmt.Errorf("embedded: PostgreSQL %d is not ready: %w", c.install.major, ctx.Err())
		case <-tick.C:
		}
	}
	db, err := sql.Open("postgres", s.AdminDSN("postgres"))
	if err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	defer func() { _ = db.Close() }()
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("embedded: PostgreSQL is running but does not let us in: %w", err)
	}
	return nil
}

// announced reads postmaster.pid: its first line is the process, its eighth the
// state.
func (s *Server) announced(c cluster) bool {
	raw, err := os.ReadFile(filepath.Join(c.data(), "postmaster.pid"))
	if err != nil {
		return false
	}
	lines := strings.Split(string(raw), "\n")
	return len(lines) >= 8 && lines[0] == strconv.Itoa(s.child.pid()) && strings.TrimSpace(lines[7]) == "ready"
}

// explain adds the end of the server's log to an error.
func explain(err error, logPath string) error {
	raw, readErr := os.ReadFile(logPath)
	if readErr != nil && !errors.Is(readErr, fs.ErrNotExist) {
		return errors.Join(err, readErr)
	}
	if bytes.Contains(raw, []byte("could not bind")) || bytes.Contains(raw, []byte("could not create any TCP/IP sockets")) {
		err = errors.Join(errPortTaken, err)
	}
	const most = 2000
	if len(raw) > most {
		raw = raw[len(raw)-most:]
	}
	return fmt.Errorf("%w\n%s", err, bytes.TrimSpace(raw))
}
