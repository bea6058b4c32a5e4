package migrate_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"leitai/internal/dbtest"
	"leitai/internal/fault"
	"leitai/internal/postgres/migrate"
)

// folder writes migrations with their checksum file and loads them.
func folder(t *testing.T, files map[string]string) (*migrate.Set, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := migrate.WriteSum(dir); err != nil {
		t.Fatal(err)
	}
	set, err := migrate.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return set, dir
}

const (
	first  = "CREATE TABLE ledger (n int);\nCREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 2 * n; END; $body$;\n"
	second = "INSERT INTO ledger VALUES (1); -- not twice; never\nINSERT INTO ledger SELECT twice(1);\n"
	third  = "ALTER TABLE ledger ADD COLUMN note text;\n"
)

func count(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func status(t *testing.T, set *migrate.Set, dsn string) migrate.Status {
	t.Helper()
	st, err := set.Status(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestUpAppliesEachFileOnceAndInOrder(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	set, _ := folder(t, map[string]string{"1_first.sql": first, "2_second.sql": second})
	if st := status(t, set, db.OwnerDSN); st.Current() || !slices.Equal(st.Pending, []string{"1_first.sql", "2_second.sql"}) {
		t.Errorf("before: %+v", st)
	}
	done, err := set.Up(t.Context(), db.OwnerDSN)
	if err != nil || !slices.Equal(done, []string{"1_first.sql", "2_second.sql"}) {
		t.Fatalf("first run: %v, %v", done, err)
	}
	again, err := set.Up(t.Context(), db.OwnerDSN)
	if err != nil || len(again) > 0 {
		t.Errorf("second run must do nothing: %v, %v", again, err)
	}
	if n := count(t, db.Owner(t), `SELECT count(*) FROM ledger`); n != 2 {
		t.Errorf("%d rows, want 2", n)
	}
	for _, dsn := range []string{db.OwnerDSN, db.AppDSN, db.JobDSN, db.MaintDSN} {
		if st := status(t, set, dsn); !st.Current() || len(st.Applied) != 2 || st.Applied[1].Version != "2" || st.Applied[0].AppliedAt.IsZero() {
			t.Errorf("after: %+v", st)
		}
	}
	more, _ := folder(t, map[string]string{"1_first.sql": first, "2_second.sql": second, "3_third.sql": third})
	if done, err := more.Up(t.Context(), db.OwnerDSN); err != nil || !slices.Equal(done, []string{"3_third.sql"}) {
		t.Errorf("only the new file: %v, %v", done, err)
	}
}

func TestEverythingBelongsToTheOwnerWhoeverMigrates(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	set, _ := folder(t, map[string]string{"1_first.sql": first})
	if _, err := set.Up(t.Context(), db.AdminDSN); err != nil { // a superuser may act as the owner
		t.Fatal(err)
	}
	var owner string
	if err := db.Owner(t).QueryRow(`SELECT tableowner FROM pg_tables WHERE tablename = 'ledger'`).Scan(&owner); err != nil || owner != migrate.Owner {
		t.Errorf("owner %q, %v", owner, err)
	}
	for _, dsn := range []string{db.AppDSN, db.JobDSN, db.MaintDSN} {
		if _, err := set.Up(t.Context(), dsn); fault.CodeOf(err) != fault.MigrationRole {
			t.Errorf("another role migrated: %v", err)
		}
	}
	for _, forged := range []string{`DELETE FROM leitai_migrate.revision`, `INSERT INTO leitai_migrate.revision VALUES ('9', '9_x.sql', '')`} {
		if _, err := db.App(t).Exec(forged); err == nil {
			t.Errorf("the server's role could run %s", forged)
		}
	}
}

func TestConcurrentMigratorsApplyOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	set, _ := folder(t, map[string]string{"1_first.sql": first, "2_second.sql": second, "3_third.sql": third})
	var all []string
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			done, err := set.Up(t.Context(), db.OwnerDSN)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, done...)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	slices.Sort(all)
	if !slices.Equal(all, []string{"1_first.sql", "2_second.sql", "3_third.sql"}) {
		t.Errorf("applied %v, want each once", all)
	}
	if n := count(t, db.Owner(t), `SELECT count(*) FROM ledger`); n != 2 {
		t.Errorf("%d rows, want 2", n)
	}
}

func TestAFailedFileLeavesNothing(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	set, _ := folder(t, map[string]string{
		"1_first.sql":  first,
		"2_broken.sql": "INSERT INTO ledger VALUES (7);\n-- 擂台\nINSERT INTO nowhere VALUES (1);\n",
		"3_third.sql":  third,
	})
	done, err := set.Up(t.Context(), db.OwnerDSN)
	if !slices.Equal(done, []string{"1_first.sql"}) || fault.CodeOf(err) != fault.MigrationFailed {
		t.Fatalf("%v, %v", done, err)
	}
	if !strings.Contains(err.Error(), "2_broken.sql:3") || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("the error must say where and what: %v", err)
	}
	if n := count(t, db.Owner(t), `SELECT count(*) FROM ledger`); n != 0 {
		t.Errorf("%d rows of the failed file are left", n)
	}
	if st := status(t, set, db.OwnerDSN); !slices.Equal(st.Pending, []string{"2_broken.sql", "3_third.sql"}) {
		t.Errorf("%+v", st)
	}
	mended, _ := folder(t, map[string]string{"1_first.sql": first, "2_broken.sql": second, "3_third.sql": third})
	if done, err := mended.Up(t.Context(), db.OwnerDSN); err != nil || len(done) != 2 {
		t.Errorf("after mending: %v, %v", done, err)
	}
}

func TestAGivenUpMigrationLeavesNothing(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	set, _ := folder(t, map[string]string{"1_first.sql": first})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := set.Up(ctx, db.OwnerDSN); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if st := status(t, set, db.OwnerDSN); len(st.Applied) > 0 {
		t.Errorf("%+v", st)
	}
}

// A rollback of the program runs the older migrations on the newer schema.
func TestANewerSchemaIsAccepted(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	newer, _ := folder(t, map[string]string{"1_first.sql": first, "2_second.sql": second, "3_third.sql": third})
	if _, err := newer.Up(t.Context(), db.OwnerDSN); err != nil {
		t.Fatal(err)
	}
	older, _ := folder(t, map[string]string{"1_first.sql": first, "2_second.sql": second})
	st := status(t, older, db.OwnerDSN)
	if !st.Current() || !slices.Equal(st.Unknown, []string{"3_third.sql"}) || len(st.Applied) != 3 {
		t.Errorf("%+v", st)
	}
	if done, err := older.Up(t.Context(), db.OwnerDSN); err != nil || len(done) > 0 {
		t.Errorf("%v, %v", done, err)
	}
}

func TestHistoryThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		files map[string]string
		code  fault.Code
		named string
	}{
		"changed after it was applied": {map[string]string{"1_first.sql": first + " ", "3_second.sql": second, "4_third.sql": third}, "MIGRATION_CHANGED", "1_first.sql"},
		"slipped in between":           {map[string]string{"1_first.sql": first, "2_between.sql": third, "3_second.sql": second}, "MIGRATION_OUT_OF_ORDER", "2_between.sql"},
		"another branch went on":       {map[string]string{"1_first.sql": first, "2_branch.sql": third}, "MIGRATION_OUT_OF_ORDER", "2_branch.sql"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := dbtest.Empty(t)
			set, _ := folder(t, map[string]string{"1_first.sql": first, "3_second.sql": second})
			if _, err := set.Up(t.Context(), db.OwnerDSN); err != nil {
				t.Fatal(err)
			}
			other, _ := folder(t, tc.files)
			if st := status(t, other, db.OwnerDSN); st.Current() {
				t.Errorf("reported as current: %+v", st)
			}
			done, err := other.Up(t.Context(), db.OwnerDSN)
			if len(done) > 0 || fault.CodeOf(err) != tc.code || !strings.Contains(err.Error(), tc.named) {
				t.Errorf("%v, %v; want %s naming %s", done, err, tc.code, tc.named)
			}
			if n := count(t, db.Owner(t), `SELECT count(*) FROM information_schema.columns WHERE table_name = 'ledger'`); n != 1 {
				t.Error("something was applied all the same")
			}
		})
	}
}

func TestASecretConnectionStringIsNotRepeated(t *testing.T) {
	t.Parallel()
	set, _ := folder(t, map[string]string{"1_first.sql": first})
	for _, dsn := range []string{"postgres://u:geheim@host:port/db", "postgres://u:geheim@127.0.0.1:1/db?sslmode=disable", "geheim"} {
		if _, err := set.Up(t.Context(), dsn); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("got %v", err)
		}
	}
}
