package postgres

import (
	"context"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/idempotency"
	"leitai/internal/persisted"
)

// A text is never registered under another's hash, whoever asks for it.
//
// covers T34
func TestAHashStandsForItsTextOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.SaveTrustedDocument(ctx, &persisted.Document{Hash: sha256.Sum256([]byte("{ a }")), Name: "x", Text: "{ b }", AddedBy: h.user, AddedAt: time.Now()})
	})
	if sqlstate(err) != "23514" {
		t.Errorf("%v", err)
	}
}

// What is registered and held is the own tenant's, and a change moves the epoch.
func TestTheTrustedPolicyIsTheTenantsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	w.fill(t, a)
	before := w.count(t, `SELECT epoch FROM authz_epoch`)
	for _, c := range []struct {
		of     home
		hashes int
		tokens int
	}{{a, 1, 1}, {b, 0, 0}} {
		ctx, _ := w.as(t, c.of)
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			hashes, tokens, err := tx.TrustedPolicy(ctx)
			if len(hashes) != c.hashes || len(tokens) != c.tokens {
				t.Errorf("%v %v", hashes, tokens)
			}
			if _, missing := tx.TrustedText(ctx, sha256.Sum256([]byte("{ viewer { today } }"))); (fault.CodeOf(faultOf(missing)) == fault.NotFound) != (c.hashes == 0) {
				t.Errorf("the text: %v", missing)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, _ := w.as(t, b)
	if err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error { return tx.TrustedChanged(ctx) }); err != nil {
		t.Fatal(err)
	}
	if w.count(t, `SELECT epoch FROM authz_epoch`) != before+1 {
		t.Error("the epoch stands still")
	}
}

// The transaction that changes something marks the key of its attempt, with it
// or not at all; one that changes nothing does not, and one whose attempt lost
// the key changes nothing.
func TestAKeyIsMarkedWithTheChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	w.fill(t, h)
	ctx, _ := w.as(t, h)
	now := time.Now()
	a := idempotency.Attempt{ID: uuid.New(), Tenant: h.tenant, User: h.user, Key: "k-2", At: now}
	claim := func(a idempotency.Attempt) (before *idempotency.Earlier) {
		t.Helper()
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) (err error) {
			before, err = tx.ClaimKey(ctx, a, a.At.Add(time.Minute), a.At.Add(time.Hour))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return before
	}
	marked := func() bool {
		return w.count(t, `SELECT count(*) FROM idempotency_key WHERE key = 'k-2' AND carried_out`) == 1
	}
	change := func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `UPDATE person SET pseudonym = pseudonym || 'x' WHERE tenant_id = $1`, tx.Tenant())
		return err
	}
	changed := func() int { return w.count(t, `SELECT count(*) FROM person WHERE pseudonym LIKE '%x'`) }

	if before := claim(a); before != nil {
		t.Fatalf("%+v", before)
	}
	inside := idempotency.Into(ctx, &a)
	if err := w.db.write(inside, func(context.Context, *Tx) error { return nil }); err != nil || marked() {
		t.Errorf("marked for nothing: %v", err)
	}
	if err := w.db.write(inside, func(ctx context.Context, tx *Tx) error { _ = change(ctx, tx); return fault.New(fault.WrongState) }); err == nil || marked() || changed() != 0 {
		t.Errorf("marked for what was rolled back: %v", err)
	}
	if err := w.db.write(inside, change); err != nil || !marked() || changed() == 0 {
		t.Errorf("not marked: %v", err)
	}
	later := a
	later.ID, later.At = uuid.New(), now.Add(2*time.Minute)
	if before := claim(later); before == nil || !before.CarriedOut {
		t.Errorf("what was carried out is claimed again: %+v", before)
	}

	lost := idempotency.Attempt{ID: uuid.New(), Tenant: h.tenant, User: h.user, Key: "k-3", At: now}
	next := lost
	next.ID, next.At = uuid.New(), now.Add(2*time.Minute)
	if claim(lost) != nil || claim(next) != nil {
		t.Fatal("the lease does not end")
	}
	before := changed()
	if err := w.db.write(idempotency.Into(ctx, &lost), change); fault.CodeOf(err) != fault.IdempotencyBusy || changed() != before {
		t.Errorf("an attempt that lost its key: %v", err)
	}
}
