package sample_test

import (
	"context"
	"database/sql"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/sample"
)

// rowsByTable counts the rows of every table but the audit and the hints to
// subscribers, which keep that a trial was played and wiped.
func rowsByTable(t *testing.T, db *sql.DB) map[string]int {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT relname FROM pg_class
		WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('audit_entry', 'event', 'event_tip', 'session', 'api_token')`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, name := range names {
		var n int
		if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM `+name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[name] = n
	}
	return counts
}

// A trial is played to its publication, seen by nobody outside, and wiped
// without a trace.
func TestTrialLeavesNoTrace(t *testing.T) {
	t.Parallel()
	base, app, w := buildOn(t)
	db := base.Maint(t)
	before := rowsByTable(t, db)
	trial, err := w.Rehearse(t.Context(), "2023-04")
	if err != nil {
		t.Fatal(err)
	}
	during := rowsByTable(t, db)
	if during["publication"] != 1 || during["mark"] != 108 || during["outcome"] != 0 || during["account_entry"] != 0 {
		t.Errorf("the trial counts: %v", during)
	}
	for _, outsider := range []string{"dashboard", "S1", "CN1", "XC1"} {
		as(t, w, outsider, func(ctx context.Context) error {
			if b, err := app.Rounds.Board(ctx, w.Rounds["trial"], 0); fault.CodeOf(err) != fault.NotFound && (outsider != "S1" || len(b.Rows) > 1) {
				t.Errorf("%s sees the trial's board: %v", outsider, err)
			}
			return nil
		})
	}
	as(t, w, sample.Clerk, func(ctx context.Context) error {
		if err := app.Rounds.WipeTrial(ctx, w.Competition); fault.CodeOf(err) == "" {
			t.Error("a real competition was wiped")
		}
		return app.Rounds.WipeTrial(ctx, trial)
	})
	same(t, "rows after the wipe", rowsByTable(t, db), before)
	if err := w.PlayMonth(t.Context(), "2023-04"); err != nil {
		t.Errorf("the month itself, after its rehearsal: %v", err)
	}
}
