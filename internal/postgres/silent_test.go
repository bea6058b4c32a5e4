package postgres

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// silent is a line to a database on which nothing comes back any more once it
// falls silent, and nobody says so.
type silent struct{ fallen atomic.Bool }

// between listens, and gives the DSN that leads over the line.
func (s *silent) between(t *testing.T, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	database := u.Host
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := new(net.Dialer).DialContext(context.WithoutCancel(t.Context()), "tcp", database)
			if err != nil {
				_ = near.Close()
				continue
			}
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
			go func() { _, _ = io.Copy(writer(func(p []byte) (int, error) { return s.pass(near, p) }), far) }()
		}
	}()
	u.Host = listener.Addr().String()
	return u.String()
}

func (s *silent) pass(to io.Writer, p []byte) (int, error) {
	if s.fallen.Load() {
		return len(p), nil
	}
	return to.Write(p)
}

type writer func(p []byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

// One whose time is over is answered though the line has fallen silent, and the
// place it held is free for the next as soon as the line is good again.
func TestASilentLineHoldsNobodyForGood(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	line := &silent{}
	db, err := Open(t.Context(), line.between(t, w.AppDSN), Options{MaxOpen: 1, TenantShare: 1, DraftRoles: []string{"township-clerk"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	asked, cancel := context.WithCancel(t.Context())
	defer cancel()
	ctx, r, _, err := db.Begin(asked, h.cred)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- db.write(ctx, func(ctx context.Context, tx *Tx) error {
			line.fallen.Store(true)
			cancel() // the time of the request is over
			_, err := tx.exec(ctx, `UPDATE tenant SET name = 'changed' WHERE id = $1`, h.tenant)
			return err
		})
	}()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("it went well")
		}
	case <-time.After(time.Minute):
		t.Fatal("it waits for a line that is dead")
	}
	_ = r.End()
	line.fallen.Store(false)
	next, _, _, err := db.Begin(t.Context(), h.cred)
	if err != nil {
		t.Fatal(err)
	}
	err = db.write(next, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `UPDATE tenant SET name = 'good' WHERE id = $1`, h.tenant)
		return err
	})
	if err != nil {
		t.Errorf("the next one: %v", err)
	}
}
