package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/viewer"
)

// verify follows the tenant's chain.
func (w *world) verify(t *testing.T, h home) (head audit.Head, err error) {
	t.Helper()
	ctx, r := w.as(t, h)
	defer func() { _ = r.End() }()
	return head, w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		head, err = audit.Verify(tx.AuditChain(ctx))
		return err
	})
}

// act records so many acts in one write.
func act(ctx context.Context, w *world, detail any, times int) error {
	return w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		for range times {
			if err := audit.Record(ctx, "round:open", "round", tx.Tenant(), detail); err != nil {
				return err
			}
		}
		return nil
	})
}

// Writers at the same time, of two tenants, make one chain for each tenant.
func TestConcurrentWritersMakeOneChain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	homes := []home{w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")}
	var wait sync.WaitGroup
	for i := range 12 {
		ctx, _ := w.as(t, homes[i%2])
		wait.Go(func() {
			for n := range 5 {
				if err := act(ctx, w, map[string]any{"n": n, "分": "93.50", "plain": 93.50, "list": []int{1, 2}, "b<": "a&b"}, 1+n%2); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	for _, h := range homes {
		head, err := w.verify(t, h)
		if err != nil || head.Seq != 6*(5+2) {
			t.Errorf("head %d, %v", head.Seq, err)
		}
	}
}

// The maintenance role may change a row; the chain tells where.
// covers T30
func TestAnEditBreaksTheChain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	for i := range 6 {
		if err := act(ctx, w, map[string]string{"total": fmt.Sprint(90 + i)}, 1); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		change, undo string
		broken       int64
	}{
		{`UPDATE audit_entry SET detail = '{"total": "99"}' WHERE seq = 3`, `UPDATE audit_entry SET detail = '{"total": "92"}' WHERE seq = 3`, 3},
		{`UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = 5`, `UPDATE audit_entry SET at = at - interval '1 microsecond' WHERE seq = 5`, 5},
		{`UPDATE audit_entry SET actor = tenant_id WHERE seq = 1`, "", 1},
	} {
		if _, err := w.verify(t, h); err != nil {
			t.Fatalf("before %s: %v", c.change, err)
		}
		w.put(t, c.change)
		var broken *audit.Broken
		if _, err := w.verify(t, h); !errors.As(err, &broken) || broken.Seq != c.broken {
			t.Errorf("%s: %v", c.change, err)
		}
		if c.undo != "" {
			w.put(t, c.undo)
		}
	}
	w.put(t, `UPDATE audit_entry SET actor = $1 WHERE seq = 1`, h.user)
	w.put(t, `DELETE FROM audit_entry WHERE seq = 4`)
	var broken *audit.Broken
	if _, err := w.verify(t, h); !errors.As(err, &broken) || broken.Seq != 4 {
		t.Errorf("a removed entry: %v", err)
	}
}

// An entry says who, from where and what; a writer who may not read the audit
// continues the chain all the same.
func TestEntriesNameTheActor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	v, err := viewer.From(ctx)
	if err != nil {
		t.Fatal(err)
	}
	named := *v
	named.RequestID = "req-1"
	if err := act(viewer.With(ctx, &named), w, nil, 1); err != nil {
		t.Fatal(err)
	}
	w.put(t, `UPDATE role_grant SET revoked_at = now()`)
	if err := act(ctx, w, nil, 1); err != nil {
		t.Fatal(err)
	}
	if err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		if all, err := tx.AuditEntries(ctx, 0, 10); len(all) != 0 || err != nil {
			t.Errorf("somebody without a role for drafts reads %d entries, %v", len(all), err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.put(t, `UPDATE role_grant SET revoked_at = NULL`)
	ctx, _ = w.as(t, h)
	err = w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		all, err := tx.AuditEntries(ctx, 0, 10)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d entries, %v", len(all), err)
		}
		first := all[0]
		if first.Actor != h.user || first.RequestID != "req-1" || first.Action != "round:open" || first.ObjectID != h.tenant || first.Region != h.region || all[1].Seq != 2 {
			t.Errorf("%+v", first)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.verify(t, h); err != nil {
		t.Error(err)
	}
}

// An act outside of a writing transaction would leave no trace.
func TestActsAreRecordedInWritesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, _ := w.as(t, w.settle(t, "township", "990101001"))
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		return audit.Record(ctx, "round:open", "round", tx.Tenant(), nil)
	})
	if err == nil {
		t.Error("an act was recorded in a read")
	}
	err = w.db.outside(t.Context(), func(ctx context.Context, _ *Tx) error { return audit.Record(ctx, "round:open", "round", uuid.Nil, nil) })
	if err == nil {
		t.Error("an act was recorded outside of a tenant")
	}
}

// What leaves no trace is not done.
func TestAWriteWithoutATraceIsUndone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Traced = true })
	h := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, h)
	untraced := func(statement string) error {
		return w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, statement)
			return err
		})
	}
	if err := untraced(`UPDATE person SET pseudonym = 'P2'`); !errors.Is(err, errUntraced) {
		t.Errorf("got %v", err)
	}
	if err := untraced(`UPDATE person SET pseudonym = 'P2' WHERE false`); err != nil {
		t.Errorf("nothing was changed: %v", err)
	}
	if w.count(t, `SELECT count(*) FROM person WHERE pseudonym = 'P1'`) != 1 || w.count(t, `SELECT count(*) FROM person WHERE pseudonym = 'P2'`) != 0 {
		t.Error("the person was changed")
	}
}
