package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Between finding a port free and listening on it, somebody may take it.
func TestATakenPortIsToldApart(t *testing.T) {
	t.Parallel()
	opts := Options{Dir: t.TempDir(), Ephemeral: true}
	s := start(t, opts)
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	lock, err := takeLock(t.Context(), opts.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Close() }()
	c := cluster{dir: opts.Dir, install: usable(t)}
	if c.run, err = chooseAccount(c.data()); err != nil {
		t.Fatal(err)
	}
	taken, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatalf("%v is no TCP address", l.Addr())
	}
	second := &Server{opts: opts, lock: lock, password: s.password, port: taken.Port}
	if err := second.attempt(t.Context(), c); !errors.Is(err, errPortTaken) {
		t.Fatalf("got %v", err)
	}
	if err := second.launch(t.Context(), c); err != nil { // takes another one
		t.Fatal(err)
	}
	if err := second.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestFreePortsLieBelowTheOutgoingOnes(t *testing.T) {
	t.Parallel()
	for range 20 {
		port, err := freePort()
		if err != nil || port < lowestPort || port >= 32768 {
			t.Errorf("port %d, %v", port, err)
		}
	}
}

func TestAServerThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), Options{Dir: t.TempDir(), Ephemeral: true, Settings: map[string]string{"work_mem": "nonsense"}})
	if err == nil || !strings.Contains(err.Error(), "work_mem") {
		t.Errorf("the reason of the server's log is missing: %v", err)
	}
}

func TestSettingsOfTheCallerComeLast(t *testing.T) {
	t.Parallel()
	s := &Server{port: 1, opts: Options{Ephemeral: true, Settings: map[string]string{"fsync": "on"}}}
	got := s.settings()
	if !slices.Contains(got, "fsync=on") || slices.Contains(got, "fsync=off") || !slices.Contains(got, "listen_addresses=127.0.0.1") {
		t.Errorf("%v", got)
	}
}

// A machine without the locale C.UTF-8 gets the locale C, which sorts alike.
func TestAMachineWithoutTheLocale(t *testing.T) {
	in := usable(t)
	bin := filepath.Join(readableDir(t), "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, refusal := range map[string]string{
		"initdb":   `case "$*" in *C.UTF-8*) echo 'initdb: error: invalid locale name "C.UTF-8"' >&2; exit 1;; esac; `,
		"postgres": "",
	} {
		script := fmt.Sprintf("#!/bin/sh\n%sexec %s \"$@\"\n", refusal, filepath.Join(in.bin, name))
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PGBIN", bin)
	s := start(t, Options{Dir: t.TempDir(), Ephemeral: true})
	var collation, encoding string
	if err := query(s.AdminDSN("postgres"), "SELECT datcollate FROM pg_database WHERE datname = 'postgres'", &collation); err != nil || collation != "C" {
		t.Errorf("collation %q, %v", collation, err)
	}
	if err := query(s.AdminDSN("postgres"), "SHOW server_encoding", &encoding); err != nil || encoding != "UTF8" {
		t.Errorf("encoding %q, %v", encoding, err)
	}
}

func TestLockOfADeadHolderIsWaitedFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	held, err := takeLock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	// The holder's process is gone, its server still has the file open.
	if _, err := held.WriteAt([]byte("0\n       "), 0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := takeLock(ctx, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("did not wait: %v", err)
	}
	waiting := make(chan error)
	go func() {
		f, err := takeLock(context.Background(), dir)
		if err == nil {
			err = f.Close()
		}
		waiting <- err
	}()
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-waiting; err != nil {
		t.Error(err)
	}
}
