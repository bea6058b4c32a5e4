package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leitai/bench/data"
	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// now is the day of the tests; what is made is older.
var now = time.Date(2026, 2, 2, 2, 0, 0, 0, time.UTC)

func keys(t *testing.T) config.Keys {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "keys")
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	k, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// tiny is a province of two townships.
func tiny(dsn string, k config.Keys) data.Options {
	return data.Options{DSN: dsn, Keys: k, Scale: 2. / 1360, Rounds: 3, Items: 3, Judges: 2, Seed: 7, Now: time.Now}
}

func made(t *testing.T, o data.Options) data.Report {
	t.Helper()
	report, err := data.Make(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// fingerprint is all rows of all tables but secrets: hashes of passwords and
// tokens, and when a token was made.
func fingerprint(t *testing.T, db *sql.DB) map[string]string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)
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
	prints := map[string]string{}
	for _, name := range names {
		var n int
		var sum string
		err := db.QueryRowContext(t.Context(), `SELECT count(*), coalesce(md5(string_agg(r, E'\n' ORDER BY r)), '') FROM (
			SELECT (to_jsonb(x) - ARRAY['password_hash','password_set_at','secret_hash','handle'] - CASE WHEN to_jsonb(x) ? 'secret_hash' THEN ARRAY['created_at','expires_at'] ELSE '{}' END)::text r
			FROM `+name+` x) y`).Scan(&n, &sum)
		if err != nil {
			t.Fatal(name, err)
		}
		prints[name] = fmt.Sprint(n, " ", sum)
	}
	return prints
}

func TestOneSeedMakesTheSameRows(t *testing.T) {
	t.Parallel()
	k := keys(t)
	first, second, other := dbtest.New(t), dbtest.New(t), dbtest.New(t)
	report := made(t, tiny(first.MaintDSN, k))
	again := made(t, tiny(second.MaintDSN, k))
	seeded := tiny(other.MaintDSN, k)
	seeded.Seed++
	made(t, seeded)
	a, b, c := fingerprint(t, first.Maint(t)), fingerprint(t, second.Maint(t)), fingerprint(t, other.Maint(t))
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s differs: %s and %s", name, a[name], b[name])
		}
	}
	for _, name := range []string{"unit", "tenant", "person", "mark", "mark_review", "standing", "publication", "sealed_bundle", "computation", "audit_entry", "round"} {
		if strings.HasPrefix(a[name], "0 ") || a[name] == c[name] {
			t.Errorf("%s: %s with one seed, %s with another", name, a[name], c[name])
		}
	}
	if report.Tokens[0].Token == again.Tokens[0].Token {
		t.Error("a token can be told from the seed")
	}
	if report.Townships != 2 || report.Rounds != 6 || report.Marks != report.Villages*3*3*2 || len(report.Tokens) != report.Counties+2 {
		t.Errorf("%+v", report)
	}
}

func TestADatabaseInUseIsRefused(t *testing.T) {
	t.Parallel()
	db, k := dbtest.New(t), keys(t)
	o := tiny(db.MaintDSN, k)
	made(t, o)
	before := fingerprint(t, db.Maint(t))
	if _, err := data.Make(t.Context(), o); fault.CodeOf(err) != fault.BenchDatabaseInUse {
		t.Errorf("a second time: %v", err)
	}
	if after := fingerprint(t, db.Maint(t)); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Error("a refusal left something behind")
	}
	o.Scale, o.Rounds, o.Items, o.Judges, o.Open, o.More, o.Grants = 1.5, 0, 1000, -1, -1, 9_999, -1
	if _, err := data.Make(t.Context(), o); len(fault.All(err)) != 7 {
		t.Errorf("numbers out of range: %v", err)
	}
}

// open is the service on a database, at a moment of the test's own.
func open(t *testing.T, db *dbtest.DB, k config.Keys, clock func() time.Time) *wiring.App {
	t.Helper()
	app, err := wiring.New(t.Context(), wiring.Options{DSN: db.AppDSN, Keys: k, Now: clock, Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("test")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return app
}

// with does something as the holder of a token.
func with(t *testing.T, app *wiring.App, token string, do func(ctx context.Context)) {
	t.Helper()
	credential, _, err := identity.Credential("", token, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, request, _, err := app.DB.Begin(t.Context(), credential)
	if err != nil {
		t.Fatal(err)
	}
	do(ctx)
	if err := request.End(); err != nil {
		t.Error(err)
	}
}
