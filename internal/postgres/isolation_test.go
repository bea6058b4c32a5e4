package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/mixin"
)

// try runs a statement and undoes it; it gives the rows touched and the
// SQLSTATE of a refusal.
func (tx *Tx) try(ctx context.Context, t *testing.T, query string, args ...any) (int64, string) {
	t.Helper()
	if _, err := tx.exec(ctx, `SAVEPOINT try`); err != nil {
		t.Fatal(err)
	}
	n, refused := tx.exec(ctx, query, args...)
	if _, err := tx.exec(ctx, `ROLLBACK TO SAVEPOINT try`); err != nil {
		t.Fatal(err)
	}
	if refused != nil && sqlstate(refused) == "" {
		t.Fatal(refused)
	}
	return n, sqlstate(refused)
}

// rowOf gives a row as JSON with some columns replaced.
func (w *world) rowOf(t *testing.T, table string, id uuid.UUID, replaced map[string]any) string {
	t.Helper()
	var text []byte
	if err := w.maint.QueryRowContext(t.Context(), `SELECT to_jsonb(x) FROM `+table+` x WHERE id = $1`, id).Scan(&text); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	row := map[string]any{}
	if err := json.Unmarshal(text, &row); err != nil {
		t.Fatal(err)
	}
	maps.Copy(row, replaced)
	out, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

const insertRow = `INSERT INTO %[1]s SELECT * FROM jsonb_populate_record(NULL::%[1]s, $1::jsonb)`

// firstID gives the id of a tenant's row in a table.
func (w *world) firstID(t *testing.T, table string, h home) (id uuid.UUID) {
	t.Helper()
	if err := w.maint.QueryRowContext(t.Context(), `SELECT id FROM `+table+` WHERE tenant_id = $1 LIMIT 1`, h.tenant).Scan(&id); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	return id
}

// Through no table does one tenant read, change, remove or plant a row of
// another, strangers and county over township alike.
// covers T11
func TestTenantsDoNotMeet(t *testing.T) {
	t.Parallel()
	for name, related := range map[string]bool{"strangers": false, "a county that may read drafts": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			a, b := w.settle(t, "county", "990101"), w.settle(t, "township", "990101001")
			w.fill(t, a)
			w.fill(t, b)
			if related {
				w.adopt(t, a, b, true)
			}
			tables := w.tenantTables(t, b)
			before := w.picture(t, tables, b)
			ctx, _ := w.as(t, a)
			stop := errors.New("nothing is to stay")
			err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
				for _, table := range tables {
					meet(ctx, t, w, tx, table, b, related)
				}
				return stop
			})
			if !errors.Is(err, stop) {
				t.Fatal(err)
			}
			if after := w.picture(t, tables, b); !maps.Equal(before, after) {
				t.Error("B's rows changed")
			}
		})
	}
}

// refusedFirst are states with which a trigger refuses a planted row before
// row-level security does: what the row belongs to is closed, or does not show.
var refusedFirst = map[string]string{"mark": "LT004", "poll_subject": "LT201", "poll_voter": "LT201", "poll_group": "LT201", "ballot_score": "LT205", "audit_entry": "LT001"}

// readAtHome are tables that are read in their own tenant only, whatever it lets
// the tenants above read.
var readAtHome = []string{"event_cursor", "webhook_endpoint", "webhook_delivery", "webhook_attempt", "inbox_item", "inbox_setting", "idempotency_key", "trusted_document", "trusted_mode", "job"}

// meet tries everything A's transaction could do to B's row of one table.
func meet(ctx context.Context, t *testing.T, w *world, tx *Tx, table string, b home, related bool) {
	t.Helper()
	theirs := w.firstID(t, table, b)
	seen, err := queryOne(ctx, tx, value[int], `SELECT count(*) FROM `+table+` WHERE tenant_id = $1 OR id = $2`, b.tenant, theirs)
	if err != nil {
		t.Fatal(err)
	}
	if seen > 0 && !related {
		t.Errorf("%s: A reads %d rows of B", table, seen)
	}
	if slices.Contains(readAtHome, table) {
		if seen > 0 {
			t.Errorf("%s: the county reads what is for the township alone", table)
		}
	} else if related && seen == 0 {
		t.Errorf("%s: the county should read what the township lets it, or this test proves nothing", table)
	}
	for _, statement := range []string{
		`UPDATE %s SET region = region WHERE id = $1`, `DELETE FROM %s WHERE id = $1`,
		`UPDATE %s SET tenant_id = app_tenant() WHERE id = $1`,
	} {
		if n, state := tx.try(ctx, t, fmt.Sprintf(statement, table), theirs); n != 0 || state != "" && state != "42501" {
			t.Errorf("%s: %q touched %d rows, %s", table, statement, n, state)
		}
	}
	// A row for B, planted by A.
	changed := map[string]any{"id": mixin.NewID()}
	if table == "audit_entry" { // the next of its chain
		changed["seq"] = 1_000_000
	}
	if table == "poll" { // as every one begins
		maps.Copy(changed, map[string]any{"state": "open", "first_closer": nil, "second_closer": nil, "closed_at": nil})
	}
	plant := w.rowOf(t, table, theirs, changed)
	if _, state := tx.try(ctx, t, fmt.Sprintf(insertRow, table), plant); state != "42501" && (state == "" || state != refusedFirst[table]) {
		t.Errorf("%s: A planted a row for B: SQLSTATE %q", table, state)
	}
}

// A row of A that points to a row of B is refused by every foreign key between
// tables of tenants.
func TestNoRowPointsToAnotherTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	w.fill(t, a)
	w.fill(t, b)
	if _, err := w.Admin(t).ExecContext(t.Context(), `ALTER TABLE office_form DISABLE TRIGGER form_fixed; ALTER TABLE board DISABLE TRIGGER fixed_home`); err != nil { // only the key is to refuse
		t.Fatal(err)
	}
	w.put(t, `DELETE FROM board WHERE tenant_id = $1`, b.tenant) // a board has its publication's id: B's own would refuse first
	rows, err := w.maint.QueryContext(t.Context(), `SELECT k.conrelid::regclass::text, a.attname FROM pg_constraint k
		JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2] WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 2 ORDER BY 1, 2`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	tried := 0
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		tried++
		pointTo(t, w, table, column, a, b)
	}
	if err := rows.Err(); err != nil || tried < 40 {
		t.Errorf("%d keys tried, %v", tried, err)
	}
}

// beside is what else must change so that no check of the row refuses first.
var beside = map[string]string{
	"outcome.rollup_id": ", round_id = NULL", "feed_value.rollup_id": ", round_id = NULL", "task.outcome_id": ", finding_id = NULL",
	"account_entry.person_id": ", unit_id = NULL", "account_entry.issue_id": ", outcome_id = NULL",
	"mark.supersedes": ", reason = '看错'", "figure.supersedes": ", reason = '看错'",
	"evidence_item.withdrawn_by": ", withdrawn_at = now(), withdrawn_reason = '传错'", "supervision.withdrawn_by": ", withdrawn_at = now(), withdrawn_reason = '登记错村'",
	"objection.decided_by": ", state = 'rejected', decision = '未交'", "objection.applied_by": ", state = 'applied', decided_by = filed_by, decision = '属实'",
	"office_form.retired_by": ", retired_at = now()", "posting_event.confirmed_by": ", confirmed_at = now()", "posting_event.posting_id": ", kind = 'unit-visit'",
	"posting_inspection.supersedes": ", reason = '记错'", "posting_statement.supersedes": ", reason = '记错'",
}

// pointTo replaces one reference of A's row by B's row. The maintenance role does
// it, past row-level security and append-only, so that only the key can refuse.
func pointTo(t *testing.T, w *world, table, column string, a, b home) {
	t.Helper()
	var target string
	if err := w.maint.QueryRowContext(t.Context(), `SELECT k.confrelid::regclass FROM pg_constraint k JOIN pg_attribute x ON x.attrelid = k.conrelid AND x.attnum = k.conkey[2]
		WHERE k.contype = 'f' AND k.conrelid = $1::regclass AND x.attname = $2`, table, column).Scan(&target); err != nil {
		t.Fatal(err)
	}
	_, err := w.maint.ExecContext(t.Context(), fmt.Sprintf(`UPDATE %s SET %s = $1%s WHERE id = $2`, table, column, beside[table+"."+column]),
		w.firstID(t, target, b), w.firstID(t, table, a))
	if state := sqlstate(err); state != "23503" {
		t.Errorf("%s.%s took a row of B: SQLSTATE %q", table, column, state)
	}
}

// The same natural keys stand in both tenants: fill gave A and B equal ones.
// covers T13
func TestNaturalKeysAreOfTheTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
	w.fill(t, a)
	ctx, _ := w.as(t, b)
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		db, day := tx.Ent(), time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC)
		return errors.Join(
			db.CalendarDay.Create().SetDay(day).SetKind("holiday").Exec(ctx),
			db.Organisation.Create().SetKind("office").SetName("党政办").SetValidFrom(day).Exec(ctx),
			db.Competition.Create().SetName("2023").SetState("active").SetCreatedBy(b.user).SetCreatedAt(day).Exec(ctx),
		)
	})
	if err != nil {
		t.Error(err)
	}
}

// Without an opening statement every table of a tenant is empty and closed.
func TestWithoutATenantNothingShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101001")
	w.fill(t, h)
	tables := w.tenantTables(t, h)
	err := w.db.outside(t.Context(), func(ctx context.Context, tx *Tx) error {
		for _, table := range tables {
			seen, err := queryOne(ctx, tx, value[int], `SELECT count(*) FROM `+table)
			if err != nil || seen != 0 {
				t.Errorf("%s: %d rows, %v", table, seen, err)
			}
			again := w.rowOf(t, table, w.firstID(t, table, h), map[string]any{"id": mixin.NewID()})
			if n, state := tx.try(ctx, t, fmt.Sprintf(insertRow, table), again); n != 0 || state == "" {
				t.Errorf("%s took a row without a tenant", table)
			}
		}
		n, err := tx.Ent().Round.Query().Count(ctx)
		if n != 0 || err != nil {
			t.Errorf("ent shows %d rounds, %v", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Each of the two layers keeps tenants apart alone: ent's filter and hook where
// row-level security does not hold, row-level security where ent has neither.
func TestEachLayerHoldsAlone(t *testing.T) {
	t.Parallel()
	for name, bypassing := range map[string]bool{"ent alone": true, "row-level security alone": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			a, b := w.settle(t, "township", "990101001"), w.settle(t, "township", "990101002")
			w.fill(t, a)
			w.fill(t, b)
			db, client := w.db, func(tx *Tx) *gen.Client { return gen.NewClient(gen.Driver((*session)(tx))) }
			if bypassing {
				db, client = &DB{pool: w.Admin(t), opts: w.db.opts, shares: w.db.shares, known: w.db.known}, (*Tx).Ent // a superuser: policies do not bind it
			}
			ctx, r, _, err := db.Begin(t.Context(), a.cred)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.End() }()
			if err := db.write(ctx, func(ctx context.Context, tx *Tx) error { touch(ctx, t, client(tx), a, b); return nil }); err != nil {
				t.Fatal(err)
			}
			err = db.write(ctx, func(ctx context.Context, tx *Tx) error {
				return client(tx).CalendarDay.Create().SetTenantID(b.tenant).SetRegion(b.region).SetDay(time.Unix(0, 0).UTC()).SetKind("holiday").Exec(ctx)
			})
			if err == nil {
				t.Error("A created a row of B")
			}
			if n := w.count(t, `SELECT count(*) FROM calendar_day WHERE tenant_id = $1`, b.tenant); n != 1 {
				t.Errorf("B has %d days", n)
			}
		})
	}
}

// touch does with ent whatever might reach B's rows from A.
func touch(ctx context.Context, t *testing.T, db *gen.Client, a, b home) {
	t.Helper()
	if all, err := db.Round.Query().All(ctx); err != nil || len(all) != 1 || all[0].TenantID != a.tenant {
		t.Errorf("rounds: %d, %v", len(all), err)
	}
	if _, err := db.Round.Get(ctx, b.id("round")); !gen.IsNotFound(err) {
		t.Errorf("B's round: %v", err)
	}
	if n, err := db.Round.Update().SetVenue("x").Save(ctx); n != 1 || err != nil {
		t.Errorf("updated %d, %v", n, err)
	}
	if err := db.Round.UpdateOneID(b.id("round")).SetVenue("x").Exec(ctx); !gen.IsNotFound(err) {
		t.Errorf("B's round was updated: %v", err)
	}
	if n, err := db.CalendarDay.Delete().Exec(ctx); n != 1 || err != nil {
		t.Errorf("deleted %d, %v", n, err)
	}
}
