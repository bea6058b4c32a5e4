package postgres

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"leitai/ent/mixin"
	"leitai/internal/event"
)

// soon is how long a test waits for a wake-up before it takes it for lost.
const soon = time.Minute

// listening makes a hub that listens to the world's database.
func (w *world) listening(t testing.TB) *event.Hub {
	t.Helper()
	hub := event.NewHub(func(ctx context.Context, h *event.Hub) { w.db.Listen(ctx, w.AppDSN, h) })
	t.Cleanup(hub.Close)
	return hub
}

func waiterOf(t testing.TB, hub *event.Hub, homes ...home) *event.Waiter {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	waiter, err := hub.Join(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range homes {
		waiter.Watch(h.tenant)
	}
	return waiter
}

func expectWoken(t testing.TB, waiter *event.Waiter, why string) {
	t.Helper()
	select {
	case <-waiter.Woken():
	case <-time.After(soon):
		t.Errorf("%s: nobody is woken", why)
	}
}

// A commit wakes who waits for its tenant, on every replica, and nobody else.
func TestACommitWakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	one, two := w.listening(t), w.listening(t)
	here, there, replica := waiterOf(t, one, town), waiterOf(t, one, other), waiterOf(t, two, town)
	w.happen(t, town, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"})
	expectWoken(t, here, "the first replica")
	expectWoken(t, replica, "the second replica")
	ctx, r := w.as(t, town)
	err := w.db.write(ctx, func(ctx context.Context, _ *Tx) error {
		return errors.Join(event.Record(ctx, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"}), errors.New("in vain"))
	})
	if err == nil || r.End() != nil {
		t.Fatal("the act should fail")
	}
	// What the other tenant hears next proves that nothing came before it.
	w.happen(t, other, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"})
	expectWoken(t, there, "the other tenant")
	select {
	case <-here.Woken():
		t.Error("woken by another tenant, or by what did not happen")
	default:
	}
}

// Everything on which rights rest wakes whoever may lose them.
//
// covers T10
func TestAChangeOfRightsWakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	county, town := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
	w.fill(t, town)
	w.adopt(t, county, town, false)
	waiter := waiterOf(t, w.listening(t), town)
	for name, statement := range map[string]string{
		"a grant is revoked":        `UPDATE role_grant SET revoked_at = now() WHERE tenant_id = $1`,
		"a grant is given":          `INSERT INTO role_grant SELECT gen_random_uuid(), tenant_id, region, user_id, unit_id, 'judge', '{}', user_id, now(), NULL::timestamptz, NULL, 3 FROM role_grant WHERE tenant_id = $1 LIMIT 1`,
		"an own role changes":       `UPDATE tenant_role SET permissions = '{round:read}' WHERE tenant_id = $1`,
		"a token is revoked":        `UPDATE api_token SET revoked_at = now() WHERE tenant_id = $1`,
		"a token is narrowed":       `UPDATE api_token SET scopes = '{round:read}' WHERE tenant_id = $1`,
		"a session is closed":       `DELETE FROM session WHERE tenant_id = $1`,
		"an adoption ends":          `UPDATE adoption SET ended_at = now() WHERE tenant_id = $1`,
		"a person loses its user":   `UPDATE person SET user_id = NULL WHERE tenant_id = $1`,
		"a user is disabled":        `UPDATE app_user SET status = 'disabled' WHERE id IN (SELECT user_id FROM role_grant WHERE tenant_id = $1)`,
		"the tenant is held back":   `UPDATE tenant_hold SET lifted_at = NULL, lifted_by = NULL WHERE tenant_id = $1`,
		"the tenant's plan changes": `UPDATE tenant_plan SET until = '2023-12-31' WHERE tenant_id = $1`,
		"the tenant is suspended":   `UPDATE tenant SET status = 'suspended' WHERE id = $1`,
		"the unit moves":            `UPDATE unit SET parent_id = (SELECT unit_id FROM tenant WHERE kind = 'county') WHERE id = (SELECT unit_id FROM tenant WHERE id = $1)`,
	} {
		w.put(t, statement, town.tenant)
		expectWoken(t, waiter, name)
	}
}

// While the connection that listens is lost, everybody looks now and then; when
// it is back, everybody looks once more, and hears again.
func TestALostConnectionIsMadeUpFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	waiter := waiterOf(t, w.listening(t), town)
	w.cut(t)
	expectWoken(t, waiter, "the connection is lost")
	// Every wake-up of the loss itself has passed when the other tenant's is the
	// only one that does not come.
	admin := w.Admin(t)
	for begun := time.Now(); listeners(t, admin, "count(*)") == 0; {
		if time.Since(begun) > soon {
			t.Fatal("it does not connect again")
		}
	}
	for quiet := false; !quiet; {
		select {
		case <-waiter.Woken():
		case <-time.After(2 * deafness):
			quiet = true
		}
	}
	w.happen(t, other, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"})
	w.happen(t, town, event.Event{Kind: event.RoundOpened, Object: mixin.NewID(), ObjectKind: "round"})
	expectWoken(t, waiter, "it hears again")
}

// listeners asks something of the connections that listen.
func listeners(t testing.TB, admin *sql.DB, what string) (n int) {
	t.Helper()
	if err := admin.QueryRowContext(t.Context(), `SELECT `+what+` FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN %' AND usename = 'leitai_app'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// cut ends the connections that listen.
func (w *world) cut(t testing.TB) {
	t.Helper()
	if n := listeners(t, w.Admin(t), "count(pg_terminate_backend(pid))"); n == 0 {
		t.Fatal("nothing listens")
	}
}

// A credential ends by time with itself, with its idleness or with a grant.
func TestCredentialsEndByTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town := w.settle(t, "township", "990101001")
	until := func() time.Duration {
		ctx, r := w.as(t, town)
		defer func() { _ = r.End() }()
		at, err := r.CredentialUntil(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return time.Until(at)
	}
	near := func(name string, want time.Duration) {
		t.Helper()
		if got := until(); got > want || got < want-5*time.Minute {
			t.Errorf("%s: in %v, want %v", name, got, want)
		}
	}
	near("the session", time.Hour)
	w.put(t, `UPDATE session SET idle_until = now() + interval '40 minutes'`)
	near("its idleness", 40*time.Minute)
	w.put(t, `UPDATE role_grant SET valid_until = now() + interval '20 minutes'`)
	near("a grant", 20*time.Minute)
	w.put(t, `UPDATE role_grant SET valid_until = now() - interval '20 minutes'`)
	near("a grant that ended long ago", 40*time.Minute)
	service, r, _, err := w.db.AsTenant(t.Context(), Service{Tenant: town.tenant, Region: town.region})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.End() }()
	if _, err := r.CredentialUntil(service); err == nil {
		t.Error("the program itself has a credential")
	}
}

// A stream that waits does not keep a session from growing idle.
func TestAnUnnotedRequestIsNoUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	town := w.settle(t, "township", "990101001")
	w.put(t, `UPDATE session SET seen_at = now() - interval '20 minutes'`)
	for _, c := range []struct {
		unnoted bool
		want    int
	}{{true, 0}, {false, 1}} {
		_, r := w.as(t, town)
		if c.unnoted {
			r.Unnoted()
		}
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		if n := w.count(t, `SELECT count(*) FROM session WHERE seen_at > now() - interval '1 minute'`); n != c.want {
			t.Errorf("unnoted %v: noted %d times", c.unnoted, n)
		}
	}
}
