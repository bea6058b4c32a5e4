package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"leitai/ent/mixin"
	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// until gives other goroutines the processor until something is so. A minute is
// no guess of how long it takes, but the end of a test that hangs.
func until(t *testing.T, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("it never came to that")
		}
	}
}

// holder keeps a write of a tenant open until it is told to end.
func (w *world) holder(t *testing.T, h home) (end func()) {
	t.Helper()
	ctx, r, _, err := w.db.Begin(t.Context(), h.cred)
	if err != nil {
		t.Fatal(err)
	}
	begun, over, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		if err := w.db.write(ctx, func(context.Context, *Tx) error { close(begun); <-over; return nil }); err != nil {
			t.Error(err)
		}
		if err := r.End(); err != nil {
			t.Error(err)
		}
	}()
	<-begun
	return func() { close(over); <-done }
}

// A hundred times the load of one tenant, half of it writers that wait for one
// lock, leaves another tenant its connections: it reads and writes at once.
//
// covers T36
func TestOneTenantsLoadLeavesOthersTheirConnections(t *testing.T) {
	t.Parallel()
	var refused atomic.Int64
	w := newWorld(t, func(o *Options) {
		o.MaxOpen, o.Queue, o.Patience = 9, 64, time.Hour
		o.Waited = func(_ time.Duration, no bool) {
			if no {
				refused.Add(1)
			}
		}
	})
	a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	for _, h := range []home{a, b} { // seen once, so that each waits in its own queue from now on
		_, r := w.as(t, h)
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
	}
	end := w.holder(t, a)
	const load = 200
	over, failed := make(chan struct{}), make(chan error, load)
	var crowd sync.WaitGroup
	for i := range load {
		crowd.Go(func() {
			ctx, r, _, err := w.db.Begin(t.Context(), a.cred)
			if err == nil && i%2 == 0 {
				err = w.db.write(ctx, func(context.Context, *Tx) error { return nil })
			} else if err == nil {
				<-over
			}
			if err == nil {
				err = r.End()
			}
			failed <- err
		})
	}
	until(t, func() bool { return w.db.Places().Waiting == 64 && refused.Load() >= load-64-4-4 })
	if n := w.db.Places(); n.Most != 4 || n.Held != 4 {
		t.Errorf("one tenant holds %d of 8 places, all %d", n.Most, n.Held)
	}
	for range 20 { // none of these may be refused, while more of the crowd may still be
		ctx, r, _, err := w.db.Begin(t.Context(), b.cred)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.db.write(ctx, func(context.Context, *Tx) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.db.Stats(); n.WaitCount != 0 {
		t.Errorf("%d transactions waited for a connection of the pool itself", n.WaitCount)
	}
	end()
	close(over)
	crowd.Wait()
	close(failed)
	for err := range failed {
		if err != nil && fault.CodeOf(err) != fault.Throttled {
			t.Errorf("the crowd got %v", err)
		}
	}
	if n := w.db.Places(); n != (budget.Counts{}) {
		t.Errorf("places are lost: %+v", n)
	}
}

func TestWritersThatWaitHoldNoConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen, o.Patience = 8, time.Hour })
	h := w.settle(t, "township", "990101001")
	end := w.holder(t, h)
	var crowd sync.WaitGroup
	for range 20 {
		crowd.Go(func() {
			ctx, r, _, err := w.db.Begin(t.Context(), h.cred)
			if err == nil {
				err = errors.Join(w.db.write(ctx, func(context.Context, *Tx) error { return nil }), r.End())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	until(t, func() bool { return w.db.Places() == budget.Counts{Held: 1, Waiting: 20, Most: 1} })
	if n := w.db.Stats().InUse; n != 1 {
		t.Errorf("%d connections are in use by one writer and 20 that wait", n)
	}
	end()
	crowd.Wait()
}

// Credentials that were never seen are nobody's yet; once proved, they count as
// their tenant's, so that many fresh ones are no way around its share.
func TestFreshCredentialsCountAsTheirTenants(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen, o.Patience = 9, time.Hour })
	a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	over := make(chan struct{})
	var crowd sync.WaitGroup
	const fresh = 30
	for i := range fresh {
		cred := viewer.Credential{Kind: viewer.Session, Hash: sha256.Sum256([]byte("fresh " + strconv.Itoa(i)))}
		w.put(t, `INSERT INTO session (hash, user_id, tenant_id, created_at, seen_at, idle_until, expires_at) SELECT $1, user_id, tenant_id, created_at, seen_at, idle_until, expires_at FROM session WHERE hash = $2`, cred.Hash[:], a.cred.Hash[:])
		crowd.Go(func() {
			_, r, _, err := w.db.Begin(t.Context(), cred)
			if err != nil {
				t.Error(err)
				return
			}
			<-over
			if err := r.End(); err != nil {
				t.Error(err)
			}
		})
	}
	until(t, func() bool { return w.db.Places() == budget.Counts{Held: 4, Waiting: fresh - 4, Most: 4} })
	ctx, _ := w.as(t, b)
	if v, err := viewer.From(ctx); err != nil || v.Tenant != b.tenant {
		t.Errorf("%v %v", v, err)
	}
	close(over)
	crowd.Wait()
}

func TestWhoseACredentialIsIsForgottenWithIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	if _, ok := w.db.KnownTenant(h.cred); ok {
		t.Error("known before it was proved")
	}
	_, r := w.as(t, h)
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	if tenant, ok := w.db.KnownTenant(h.cred); !ok || tenant != h.tenant {
		t.Errorf("known as %v", tenant)
	}
	w.put(t, `DELETE FROM session`)
	if _, _, _, err := w.db.Begin(t.Context(), h.cred); fault.CodeOf(err) != fault.Unauthenticated {
		t.Fatalf("a session that ended: %v", err)
	}
	if _, ok := w.db.KnownTenant(h.cred); ok {
		t.Error("remembered although it is good no longer")
	}
}

// The times are set with the opening statement, for this transaction alone, and
// a program's are shorter than a person's.
func TestTimesAreSetForTheTransactionOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) {
		o.MaxOpen, o.StatementTimeout, o.TokenTimeout, o.LockTimeout, o.IdleTimeout = 1, 11*time.Second, 7*time.Second, 3*time.Second, 13*time.Second
	})
	h := w.settle(t, "township", "990101001")
	token := viewer.Credential{Kind: viewer.Token, Hash: sha256.Sum256([]byte("token"))}
	w.put(t, `INSERT INTO api_token (id, tenant_id, region, user_id, handle, name, secret_hash, scopes, read_only, created_at, expires_at)
		VALUES ($1, $2, $3, $4, 'h', 'n', $5, '{}', false, now(), now() + interval '1 day')`, mixin.NewID(), h.tenant, h.region, h.user, token.Hash[:])
	const ask = `SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')`
	for _, c := range []struct {
		cred viewer.Credential
		want string
	}{{h.cred, "11s 3s 13s"}, {token, "7s 3s 13s"}} {
		ctx, r, _, err := w.db.Begin(t.Context(), c.cred)
		if err != nil {
			t.Fatal(err)
		}
		get := func(ctx context.Context, tx *Tx) error {
			got, err := queryOne(ctx, tx, value[string], ask)
			if got != c.want {
				t.Errorf("%s: %q, want %q", c.cred.Kind, got, c.want)
			}
			return err
		}
		if err := errors.Join(w.db.read(ctx, get), w.db.write(ctx, get), r.End()); err != nil {
			t.Fatal(err)
		}
	}
	var after string
	if err := w.db.pool.QueryRowContext(t.Context(), ask).Scan(&after); err != nil || after != "0 0 0" {
		t.Errorf("the connection keeps %q, %v", after, err)
	}
}

func TestStatementsThatTakeTooLongAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.StatementTimeout, o.LockTimeout = 50*time.Millisecond, 20*time.Millisecond })
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `SELECT pg_sleep(60)`)
		return err
	})
	if fault.CodeOf(err) != fault.RequestTimeout {
		t.Errorf("a statement beyond its time: %v", err)
	}
	other, err := w.maint.BeginTx(t.Context(), nil) // another replica writes for the same tenant
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Rollback() }()
	if _, err := other.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(hashtextextended($1::text, 7))`, h.tenant); err != nil {
		t.Fatal(err)
	}
	err = w.db.write(ctx, func(context.Context, *Tx) error { return nil })
	if fault.CodeOf(err) != fault.Throttled {
		t.Errorf("a lock that another has: %v", err)
	}
}

// Whoever goes away takes the statement along: it is cancelled in PostgreSQL.
func TestTheEndOfARequestEndsItsStatement(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.StatementTimeout = time.Hour })
	h := w.settle(t, "township", "990101001")
	asked, cancel := context.WithCancel(t.Context())
	ctx, r, _, err := w.db.Begin(asked, h.cred)
	if err != nil {
		t.Fatal(err)
	}
	admin := w.Admin(t)
	running := func() (n int) {
		err := admin.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(3600)%' AND pid <> pg_backend_pid()`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	done := make(chan error)
	go func() {
		done <- w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, `SELECT pg_sleep(3600)`)
			return err
		})
	}()
	until(t, func() bool { return running() == 1 })
	cancel()
	if err := <-done; err == nil {
		t.Error("it went on")
	}
	until(t, func() bool { return running() == 0 })
	_ = r.End() // the transaction has ended badly already
	if n := w.db.Places(); n != (budget.Counts{}) {
		t.Errorf("places are lost: %+v", n)
	}
}
