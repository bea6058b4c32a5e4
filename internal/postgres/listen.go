package postgres

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/event"
)

// The channels on which the triggers of the migrations tell, at a commit, that
// something happened or that rights moved; the payload is the tenant, or nothing
// for all of them.
var channels = []string{"leitai_event", "leitai_rights"}

const (
	relisten = 50 * time.Millisecond  // before the first try to connect again
	patient  = 2 * time.Second        // between tries, at most
	deafness = 500 * time.Millisecond // how often everybody looks while nothing is heard
	sounding = 10 * time.Second       // how often the connection is tried
	answer   = 3 * time.Second        // for which a try may wait
)

// Listen wakes the waiters of a hub by what is committed, until the context ends.
// It has one connection of its own, outside of the pool, because a connection
// that listens must stay; dsn must lead to the database itself, not to a PgBouncer
// in transaction mode. What is missed while the connection is lost nobody can
// tell, so everybody looks again when it is back, and every half a second until
// then: a revoked right is noticed in time even without it.
func (db *DB) Listen(ctx context.Context, dsn string, hub *event.Hub) {
	ear := &ear{hub: hub, logger: db.opts.Logger}
	listener := pq.NewListener(dsn, relisten, patient, func(kind pq.ListenerEventType, err error) { ear.noted(ctx, kind, err) })
	defer func() { _ = listener.Close() }() // the process or its last stream ends
	go ear.open(ctx, listener)
	look, try := time.NewTicker(deafness), time.NewTicker(sounding)
	defer look.Stop()
	defer try.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-listener.Notify:
			ear.hear(n)
		case <-look.C:
			if ear.deaf.Load() {
				hub.All()
			}
		case <-try.C:
			go ear.sound(listener)
		}
	}
}

// ear is one connection that listens.
type ear struct {
	hub    *event.Hub
	logger *slog.Logger
	deaf   atomic.Bool // nothing is heard at the moment
}

// open begins to listen; it waits until there is a connection.
func (e *ear) open(ctx context.Context, listener *pq.Listener) {
	for _, channel := range channels {
		if err := listener.Listen(channel); err != nil {
			if ctx.Err() == nil {
				e.deaf.Store(true)
				e.logger.ErrorContext(ctx, "the database is not listened to", slog.String("channel", channel), slog.Any("error", err))
			}
			return
		}
	}
	e.hub.Ready()
}

// noted follows the state of the connection.
func (e *ear) noted(ctx context.Context, kind pq.ListenerEventType, err error) {
	switch kind {
	case pq.ListenerEventConnected, pq.ListenerEventReconnected:
		e.deaf.Store(false)
	case pq.ListenerEventDisconnected, pq.ListenerEventConnectionAttemptFailed:
		e.deaf.Store(true)
		if ctx.Err() == nil {
			e.logger.WarnContext(ctx, "the connection that listens is lost; streams look by themselves until it is back", slog.Any("error", err))
		}
	}
}

// hear wakes whom a notification concerns. None at all stands for those that were
// lost with a connection.
func (e *ear) hear(n *pq.Notification) {
	if n != nil {
		if tenant, err := uuid.Parse(n.Extra); err == nil {
			e.hub.Moved(tenant)
			return
		}
	}
	e.hub.All()
}

// sound asks the connection for a sign of life: one that was cut in silence is
// given up, or is at least not relied on while it does not answer.
func (e *ear) sound(listener *pq.Listener) {
	late := time.AfterFunc(answer, func() { e.deaf.Store(true) })
	err := listener.Ping()
	late.Stop()
	e.deaf.Store(err != nil)
}

// CredentialUntil tells when the credential of a request ends by time alone, its
// user's first grant to end included; the zero time when it has ended.
func (r *Request) CredentialUntil(ctx context.Context) (until time.Time, err error) {
	o, ok := r.opener.(credentialOpener)
	if !ok {
		return until, errEnded
	}
	err = r.db.read(context.WithValue(ctx, requestKey{}, r), func(ctx context.Context, tx *Tx) error {
		until, err = queryOne(ctx, tx, func(s scan) (time.Time, error) {
			var at *time.Time
			if err := s(&at); err != nil || at == nil {
				return time.Time{}, err
			}
			return *at, nil
		}, `SELECT credential_until($1, $2)`, string(o.cred.Kind), o.cred.Hash[:])
		return err
	})
	return until, err
}

// Unnoted keeps the request from counting as a use of its credential: a stream
// that waits must not keep a session from growing idle.
func (r *Request) Unnoted() {
	r.opening.Lock()
	defer r.opening.Unlock()
	r.unnoted = false
}
