package postgres

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/identity"
)

// The servers of the release before know no second factor: the function they
// call opens no session for whom one is asked of.
func TestOldServersOpenNoSessionWithoutTheFactor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	open := func() int {
		t.Helper()
		hash := mixin.NewID()
		err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, `SELECT session_open($1, $2, $3, '1 hour', '1 hour')`, append(hash[:], hash[:]...), h.user, h.tenant)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return w.count(t, `SELECT count(*) FROM session WHERE user_id = $1`, h.user)
	}
	before := open()
	if open() != before+1 {
		t.Fatal("no session for who needs no factor")
	}
	w.put(t, `INSERT INTO totp_factor VALUES ($1, 'x', now(), now(), 0)`, h.user)
	if open() != before+1 {
		t.Error("a session without the factor in force")
	}
	w.put(t, `DELETE FROM totp_factor`)
	w.put(t, `INSERT INTO sign_in_policy (id, tenant_id, region, second_factor, changed_by, changed_at) VALUES ($1, $2, $3, true, $1, now())
		ON CONFLICT (tenant_id) DO UPDATE SET second_factor = true`, mixin.NewID(), h.tenant, h.region)
	if open() != before+1 {
		t.Error("a session without the factor the tenant asks for")
	}
}

// A session is opened for an active user, in an active tenant, where the user
// holds a role, and never for longer than a week.
func TestBeginningASession(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	home, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	begin := func(user, tenant uuid.UUID) bool {
		t.Helper()
		var begun bool
		id := mixin.NewID()
		n := identity.NewSession{ID: id, User: user, Tenant: tenant, Idle: time.Hour, Absolute: 1000 * time.Hour, Proof: identity.Proof{Method: "password"}}
		copy(n.Hash[:], append(id[:], id[:]...))
		err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) (err error) {
			begun, err = tx.BeginSession(ctx, n)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return begun
	}
	if !begin(home.user, home.tenant) {
		t.Error("no session at home")
	}
	if begin(home.user, other.tenant) || begin(mixin.NewID(), home.tenant) {
		t.Error("a session where there is no role")
	}
	if n := w.count(t, `SELECT count(*) FROM session WHERE expires_at > now() + interval '8 days'`); n != 0 {
		t.Errorf("%d sessions that never end", n)
	}
	w.put(t, `UPDATE app_user SET status = 'disabled' WHERE id = $1`, home.user)
	if begin(home.user, home.tenant) {
		t.Error("a session of a disabled user")
	}
}
