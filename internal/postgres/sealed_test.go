package postgres

import (
	"context"
	"errors"
	"testing"

	"leitai/internal/fault"
)

// What is decided cannot be changed by SQL of the application either: marks,
// reviews, publications, accounts, the audit; an active template; the home of a
// row; marks of a round that is not open.
// covers T30
func TestSealedRowsStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	w.fill(t, h)
	// Rights alone would refuse most of it: the triggers are to hold without.
	w.admin(t, `GRANT UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO leitai_app`)
	for _, table := range []string{"mark", "mark_review", "publication", "sealed_bundle", "standing", "rollup", "issue_event", "account_entry", "audit_entry"} {
		w.admin(t, `CREATE POLICY test_wu ON `+table+` FOR UPDATE USING (tenant_id = app_tenant()); CREATE POLICY test_wd ON `+table+` FOR DELETE USING (tenant_id = app_tenant())`)
		w.refuse(t, h, fault.RecordSealed, `UPDATE `+table+` SET region = region`)
		w.refuse(t, h, fault.RecordSealed, `DELETE FROM `+table)
	}
	w.refuse(t, h, fault.RecordSealed, `UPDATE mark SET value = 100`)
	w.refuse(t, h, fault.TemplateFrozen, `UPDATE template_version SET source = 'other'`)
	w.refuse(t, h, fault.TemplateFrozen, `DELETE FROM template_version`)
	w.refuse(t, h, fault.RecordHomeFixed, `UPDATE round SET region = '000000'`)
	w.refuse(t, h, fault.RecordHomeFixed, `UPDATE round SET id = gen_random_uuid()`)
	again := `INSERT INTO mark SELECT gen_random_uuid(), tenant_id, region, round_id, item_key, 'ledger', unit_id, judge_id, value, entered_by, entered_at FROM mark`
	for _, state := range []string{"planned", "closed", "published", "cancelled"} {
		w.put(t, `UPDATE round SET state = $1`, state)
		w.refuse(t, h, fault.RoundNotOpenForMarks, again)
	}
	w.put(t, `UPDATE round SET state = 'open'`)
	w.refuse(t, h, "", again)
}

// Without those rights the application does not even get that far.
func TestTheApplicationMayNotChangeSealedTables(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	w.fill(t, h)
	ctx, _ := w.as(t, h)
	stop := errors.New("stop")
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, statement := range []string{`UPDATE mark SET value = 100`, `DELETE FROM mark`, `TRUNCATE mark`, `ALTER TABLE mark DISABLE TRIGGER append_only`} {
			if n, state := tx.try(ctx, t, statement); n != 0 || state != "42501" {
				t.Errorf("%q: %d rows, %s", statement, n, state)
			}
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
}

// admin runs a statement as the superuser.
func (w *world) admin(t *testing.T, statement string) {
	t.Helper()
	if _, err := w.Admin(t).ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// refuse runs a statement as the application and wants a fault, or none.
func (w *world) refuse(t *testing.T, h home, want fault.Code, statement string) {
	t.Helper()
	ctx, r := w.as(t, h)
	defer func() { _ = r.End() }()
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, statement)
		if err == nil && n == 0 {
			t.Errorf("%q touched nothing", statement)
		}
		return err
	})
	if fault.CodeOf(err) != want || want == "" && err != nil {
		t.Errorf("%q: got %v, want %q", statement, err, want)
	}
}
