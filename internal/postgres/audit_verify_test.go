package postgres

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/audit"
	"leitai/internal/fault"
	contestround "leitai/internal/round"
)

// checked is what VerifyAudit says of each tenant.
func (w *world) checked(t *testing.T, noted map[uuid.UUID][]audit.Head) (map[uuid.UUID]AuditChecked, error) {
	t.Helper()
	all := map[uuid.UUID]AuditChecked{}
	err := VerifyAudit(t.Context(), w.MaintDSN, noted, func(c AuditChecked) error {
		all[c.Tenant] = c
		return nil
	})
	return all, err
}

// Whoever has every right in the database and changes one row of the audit,
// removes it, moves it, cuts the last one off or adds one is found, in the
// tenant where it was done and in no other.
//
// covers T30
func TestAuditVerifyFindsAnyOneRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	homes := []home{w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")}
	for _, h := range homes {
		ctx, r := w.as(t, h)
		for i := range 6 {
			if err := act(ctx, w, map[string]string{"total": fmt.Sprint(90 + i)}, 1); err != nil {
				t.Fatal(err)
			}
		}
		_ = r.End()
	}
	whole, err := w.checked(t, nil)
	if err != nil || len(whole) < 2 {
		t.Fatalf("%d tenants, %v", len(whole), err)
	}
	for tenant, c := range whole {
		if c.Broken != nil {
			t.Fatalf("untouched: %s %v", tenant, c.Broken)
		}
	}
	target := homes[0].tenant
	var kept string
	if err := w.maint.QueryRowContext(t.Context(), `SELECT jsonb_agg(to_jsonb(a))::text FROM audit_entry a`).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]string{
		"detail":       `UPDATE audit_entry SET detail = '{"total": "99"}' WHERE tenant_id = $1 AND seq = 3`,
		"reason":       `UPDATE audit_entry SET reason = '另有原因' WHERE tenant_id = $1 AND seq = 2`,
		"unit":         `UPDATE audit_entry SET unit_id = NULL WHERE tenant_id = $1 AND seq = 2`,
		"before":       `UPDATE audit_entry SET before = '{}' WHERE tenant_id = $1 AND seq = 4`,
		"hash":         `UPDATE audit_entry SET hash = decode(repeat('00', 32), 'hex') WHERE tenant_id = $1 AND seq = 4`,
		"removed":      `DELETE FROM audit_entry WHERE tenant_id = $1 AND seq = 4`,
		"first":        `DELETE FROM audit_entry WHERE tenant_id = $1 AND seq = 1`,
		"last":         `DELETE FROM audit_entry WHERE tenant_id = $1 AND seq = 6`,
		"everything":   `DELETE FROM audit_entry WHERE tenant_id = $1`,
		"order":        `UPDATE audit_entry SET seq = seq + 100 WHERE tenant_id = $1 AND seq IN (2, 3)`,
		"swapped":      `UPDATE audit_entry a SET action = b.action, detail = b.detail, hash = b.hash, previous = b.previous FROM audit_entry b WHERE a.tenant_id = $1 AND b.tenant_id = $1 AND a.seq + b.seq = 7`,
		"tip":          `UPDATE audit_tip SET seq = 5 WHERE tenant_id = $1`,
		"past the end": `INSERT INTO audit_entry (id, tenant_id, region, seq, at, actor, action, object_kind, object_id, previous, hash) SELECT gen_random_uuid(), tenant_id, region, 7, at, actor, action, object_kind, object_id, hash, hash FROM audit_entry WHERE tenant_id = $1 AND seq = 6`,
	} {
		w.put(t, change, target)
		found, err := w.checked(t, nil)
		if err != nil || found[target].Broken == nil {
			t.Errorf("%s: %v, %+v", name, err, found[target])
		}
		if other := found[homes[1].tenant].Broken; other != nil {
			t.Errorf("%s: the other tenant's is said to be broken: %v", name, other)
		}
		w.put(t, `DELETE FROM audit_entry`)
		w.put(t, `DELETE FROM audit_tip`)
		w.put(t, `INSERT INTO audit_entry SELECT * FROM jsonb_populate_recordset(NULL::audit_entry, $1) ORDER BY tenant_id, seq`, kept)
	}
}

// A chain that was made anew with its tip does not pass through the head that
// was noted elsewhere.
func TestAuditVerifyHoldsAgainstNotedHeads(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, r := w.as(t, h)
	defer func() { _ = r.End() }()
	if err := act(ctx, w, map[string]string{"total": "90"}, 3); err != nil {
		t.Fatal(err)
	}
	before, err := w.checked(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	noted := func() map[uuid.UUID][]audit.Head {
		return map[uuid.UUID][]audit.Head{h.tenant: {before[h.tenant].Head}}
	}
	if err := act(ctx, w, map[string]string{"total": "91"}, 1); err != nil {
		t.Fatal(err)
	}
	if later, err := w.checked(t, noted()); err != nil || later[h.tenant].Broken != nil || later[h.tenant].Head.Seq != 4 {
		t.Fatalf("grown: %+v, %v", later[h.tenant], err)
	}
	w.put(t, `DELETE FROM audit_entry`)
	w.put(t, `DELETE FROM audit_tip`)
	if err := act(ctx, w, map[string]string{"total": "99"}, 4); err != nil {
		t.Fatal(err)
	}
	if anew, err := w.checked(t, nil); err != nil || anew[h.tenant].Broken != nil {
		t.Fatalf("made anew, in itself: %+v, %v", anew[h.tenant], err)
	}
	if anew, err := w.checked(t, noted()); err != nil || anew[h.tenant].Broken == nil || anew[h.tenant].Broken.Seq != 3 {
		t.Errorf("made anew, against the noted head: %+v, %v", anew[h.tenant], err)
	}
	if _, err := w.checked(t, map[uuid.UUID][]audit.Head{uuid.New(): {before[h.tenant].Head}}); fault.CodeOf(err) != fault.AuditTenantGone {
		t.Errorf("a tenant that is gone: %v", err)
	}
	if err := VerifyAudit(t.Context(), w.AppDSN, nil, nil); fault.CodeOf(err) != fault.DatabaseRoleTooWeak {
		t.Errorf("by a role that sees nothing: %v", err)
	}
}

// The application can neither move the tip of a chain nor write an entry that
// does not continue it.
//
// covers T30
func TestTheTipIsMovedByEntriesAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	ctx, r := w.as(t, h)
	defer func() { _ = r.End() }()
	if err := act(ctx, w, nil, 2); err != nil {
		t.Fatal(err)
	}
	const entry = `INSERT INTO audit_entry (id, tenant_id, region, seq, at, actor, action, object_kind, object_id, previous, hash)
		SELECT gen_random_uuid(), tenant_id, region, %s, now(), actor, action, object_kind, object_id, %s, decode(repeat('07', 32), 'hex') FROM audit_entry WHERE seq = 1`
	for _, statement := range []string{
		`UPDATE audit_tip SET seq = 1`, `DELETE FROM audit_tip`, `UPDATE audit_entry SET reason = 'x'`, `DELETE FROM audit_entry`, `TRUNCATE audit_entry`,
		`SELECT leitai_audit_continues()`,
		fmt.Sprintf(entry, "4", "hash"), fmt.Sprintf(entry, "3", "previous"), fmt.Sprintf(entry, "0", "hash"), fmt.Sprintf(entry, "1", "previous"),
	} {
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, statement)
			return err
		})
		refused := pq.As(err)
		if err == nil || refused == nil && fault.CodeOf(err) == "" && !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if head, err := w.verify(t, h); err != nil || head.Seq != 2 {
		t.Errorf("head %d, %v", head.Seq, err)
	}
}

// entered records in the audit that the tenant's one mark was entered, in the
// words of the service.
func (w *world) entered(t testing.TB, h home) {
	t.Helper()
	ctx, _ := w.as(t, h)
	if err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		marks, err := tx.MarksByID(ctx, []uuid.UUID{h.id("mark")})
		if err != nil {
			return err
		}
		return audit.Record(ctx, "mark:write", "round", marks[0].Round, map[string]any{"marks": 1, "at": marks[0].EnteredAt, "fingerprint": contestround.Fingerprint(marks)})
	}); err != nil {
		t.Fatal(err)
	}
}
