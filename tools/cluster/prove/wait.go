package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	_ "github.com/lib/pq" // the database's driver
)

// fatal is an error that waiting does not mend.
type fatal struct{ error }

// waitFor tries again until it succeeds, and tells the last reason when the time is over.
func waitFor(ctx context.Context, what string, within time.Duration, try func() error) error {
	end := time.Now().Add(within)
	for {
		err := try()
		if err == nil {
			return nil
		}
		var f fatal
		if errors.As(err, &f) || time.Now().After(end) {
			return fmt.Errorf("waiting for %s: %w", what, err)
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// freePort finds a port nobody listens at, below those the kernel gives to clients.
func freePort() (int, error) {
	ports, err := freePorts(1)
	if err != nil {
		return 0, err
	}
	return ports[0], nil
}

func freePorts(n int) ([]int, error) {
	var found []int
	from := 20000 + rand.IntN(10000) //nolint:gosec // a place to begin looking
	for port := from; port < 32000 && len(found) < n; port++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)) //nolint:noctx // closed at once
		if err != nil {
			continue
		}
		if err := l.Close(); err != nil {
			return nil, err
		}
		found = append(found, port)
	}
	if len(found) < n {
		return nil, errors.New("no free ports below 32000")
	}
	return found, nil
}

// query asks the database one question on a connection of its own.
func query(ctx context.Context, dsn, text string, each func(rows *sql.Rows) error, arguments ...any) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it was only read
	rows, err := db.QueryContext(ctx, text, arguments...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err tells what went wrong
	for rows.Next() {
		if each == nil {
			continue
		}
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
