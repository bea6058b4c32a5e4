package postgres

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// The platform's operator reads no row of a tenant, by the settings of the
// transaction alone; with a reading by break glass the session can move there
// and reads, and when it is over nothing is left of it.
func TestTheOperatorReadsByBreakGlassOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	town := w.settle(t, "township", "990101001")
	w.fill(t, town)
	tables := column(t, w.maint, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1) ORDER BY 1`, array(closed))
	platform := w.platform(t)
	seen := func(cred viewer.Credential) (rows int) {
		ctx, r, _, err := w.db.Begin(t.Context(), cred)
		if err != nil {
			t.Fatal(err)
		}
		err = w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
			for _, table := range tables {
				n, err := queryOne(ctx, tx, value[int], `SELECT count(*) FROM `+table+` WHERE tenant_id = $1`, town.tenant)
				if err != nil {
					return err
				}
				rows += n
			}
			return nil
		})
		if err := errors.Join(err, r.End()); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	move := func() (moved bool) {
		err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) (err error) {
			moved, err = queryOne(ctx, tx, value[bool], `SELECT session_tenant($1, $2)`, platform.cred.Hash[:], town.tenant)
			return err
		})
		return moved && err == nil
	}
	if n := seen(platform.cred); n != 0 || move() {
		t.Fatalf("without a record the operator reads %d rows, or moves there", n)
	}
	record := mixin.NewID()
	ask := func(ctx context.Context, tx *Tx) error {
		return tx.AskGlass(ctx, record, town.tenant, platform.user, "核对四月成绩计算异常", 2, time.Now().Add(-time.Second))
	}
	if err := w.doing(t, platform, ask); err != nil {
		t.Fatal(err)
	}
	if !move() || seen(platform.cred) == 0 {
		t.Error("the only operator's reading did not open")
	}
	if n := w.count(t, `SELECT count(*) FROM role_grant WHERE user_id = $1 AND tenant_id = $2 AND role = 'break-glass' AND valid_until <= valid_from + interval '2 hours'`, platform.user, town.tenant); n != 1 {
		t.Errorf("%d grants", n)
	}
	end := func(ctx context.Context, tx *Tx) error {
		done, err := tx.EndGlass(ctx, record, town.user, time.Now())
		if err == nil && !done {
			err = fault.New(fault.GlassOver)
		}
		return err
	}
	before := w.count(t, `SELECT epoch FROM authz_epoch`)
	if err := w.doing(t, town, end); err != nil {
		t.Fatalf("the township ends it: %v", err)
	}
	if w.count(t, `SELECT epoch FROM authz_epoch`) == before || w.count(t, `SELECT count(*) FROM role_grant WHERE user_id = $1 AND tenant_id = $2 AND revoked_at IS NULL`, platform.user, town.tenant) != 0 {
		t.Error("its grant is not taken back with an epoch")
	}
	// The session still stands in the township, where its user now reads nothing that is not published.
	ctx, r, v, err := w.db.Begin(t.Context(), platform.cred)
	if err != nil || slices.Contains(v.Drafts, town.tenant) {
		t.Errorf("drafts %v, %v", v, err)
	}
	_ = ctx
	_ = r.End()
	if err := w.doing(t, town, end); fault.CodeOf(err) != fault.GlassOver {
		t.Errorf("ended twice: %v", err)
	}
}

// Two operators: nobody opens an own wish, nor one of yesterday; the other one
// does, and the time is the database's to bound.
func TestTwoOperatorsOpenTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t, drafting)
	town, platform := w.settle(t, "township", "990101001"), w.platform(t)
	second := w.operator(t, platform)
	opened := func(record uuid.UUID) bool {
		return w.count(t, `SELECT count(*) FROM break_glass WHERE id = $1 AND opened_at IS NOT NULL`, record) == 1
	}
	ask := func(at time.Time, hours int) (uuid.UUID, error) {
		id := mixin.NewID()
		return id, w.doing(t, platform, func(ctx context.Context, tx *Tx) error {
			return tx.AskGlass(ctx, id, town.tenant, platform.user, "核对四月成绩计算异常", hours, at)
		})
	}
	approve := func(by home, as uuid.UUID, record uuid.UUID) (done bool) {
		err := w.doing(t, by, func(ctx context.Context, tx *Tx) (err error) {
			done, err = tx.ApproveGlass(ctx, record, as, time.Now())
			return err
		})
		return done && err == nil
	}
	fresh, err := ask(time.Now(), 8)
	if err != nil || opened(fresh) {
		t.Fatalf("it opened without the second operator, or %v", err)
	}
	if approve(platform, platform.user, fresh) || approve(town, second.user, fresh) || approve(platform, town.user, fresh) {
		t.Error("the same operator, or a township, approved")
	}
	if !approve(second, second.user, fresh) || !opened(fresh) || approve(second, second.user, fresh) {
		t.Error("the second operator does not open it once")
	}
	old, err := ask(time.Now().Add(-25*time.Hour), 1)
	if err != nil || approve(second, second.user, old) {
		t.Errorf("one of yesterday was opened, or %v", err)
	}
	if _, err := ask(time.Now(), 9); err == nil {
		t.Error("nine hours")
	}
}
