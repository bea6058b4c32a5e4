package postgres

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/fault"
)

// What runs with others' rights does no more than its caller's tenant calls
// for, whatever the program asks: a mistake above it opens no session where a
// user has no role, reads and sets no password of another tenant's user, and
// makes no administrator that the unit does not have.
func TestFunctionsWithOthersRightsAreNarrow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	county := w.settle(t, "county", "990101")
	home, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	w.put(t, `UPDATE unit SET parent_id = $1 WHERE id = $2`, county.unit, home.unit)
	ctx, _ := w.as(t, county)
	tell := func(query string, args ...any) error {
		return w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, query, args...)
			return err
		})
	}
	sessions := func(user uuid.UUID) int { return w.count(t, `SELECT count(*) FROM session WHERE user_id = $1`, user) }
	const open = `SELECT session_open($1, $2, $3, '1 hour', '1000 days')`
	for name, at := range map[string]struct{ user, tenant uuid.UUID }{
		"no role there": {home.user, other.tenant}, "nobody": {mixin.NewID(), home.tenant},
	} {
		before := w.count(t, `SELECT count(*) FROM session`)
		hash := mixin.NewID()
		if err := tell(open, append(hash[:], hash[:]...), at.user, at.tenant); err != nil || w.count(t, `SELECT count(*) FROM session`) != before {
			t.Errorf("%s: a session was opened (%v)", name, err)
		}
	}
	if before := sessions(home.user); tell(open, make([]byte, 32), home.user, home.tenant) != nil || sessions(home.user) != before+1 {
		t.Error("the own role opens no session")
	}
	if n := w.count(t, `SELECT count(*) FROM session WHERE expires_at > now() + interval '8 days'`); n != 0 {
		t.Errorf("%d sessions that never end", n)
	}

	if err := tell(`SELECT user_password($1, 'x')`, other.user); err != nil || w.count(t, `SELECT count(*) FROM app_user WHERE password_hash = 'x'`) != 0 {
		t.Errorf("another tenant's user has a new password (%v)", err)
	}
	if err := tell(`SELECT user_password($1, 'x')`, county.user); err != nil || w.count(t, `SELECT count(*) FROM app_user WHERE password_hash = 'x'`) != 1 {
		t.Errorf("the own user has no new password (%v)", err)
	}
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, hash, err := tx.AccountOf(ctx, other.user); err == nil {
			t.Errorf("another tenant's user's hash %q is read", hash)
		}
		_, hash, err := tx.AccountOf(ctx, county.user)
		if hash != "x" {
			t.Errorf("the own user's hash is %q", hash)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}

	const provision = `SELECT tenant_provision($1, $2, $3, '990101', 'n', 'Asia/Shanghai', now(), $4, 'h', $5, 'P1', 'n', $6)`
	ids := pq.Array([]uuid.UUID{mixin.NewID(), mixin.NewID(), mixin.NewID(), mixin.NewID(), mixin.NewID()})
	for role, kind := range map[string]string{"county-admin": "township", "platform-operator": "township", "township-approver": "county"} {
		w.put(t, `UPDATE tenant SET unit_id = $1 WHERE id = $2`, home.village, home.tenant) // its unit is free
		if err := tell(provision, ids, kind, home.unit, "someone", role, county.user); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s of a %s at a township's unit: %v", role, kind, err)
		}
	}
	if err := tell(provision, ids, "township", home.unit, "someone", "township-approver", county.user); err != nil {
		t.Errorf("a township's approver: %v", err)
	}
}
