package migrate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

func TestTheProgramsOwnMigrationsAreSealed(t *testing.T) {
	t.Parallel()
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	if set.Latest() == "" || set.Sum() == "" {
		t.Errorf("latest %q, sum %q", set.Latest(), set.Sum())
	}
	if newest, err := migrate.Newest(migrations.Files); err != nil || newest != set.Latest() {
		t.Errorf("the newest by name is %q, %v", newest, err)
	}
	if none, err := migrate.Newest(os.DirFS(t.TempDir())); err != nil || none != "" {
		t.Errorf("the newest of none: %q, %v", none, err)
	}
}

func TestAFolderThatDoesNotMatchItsSumIsRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(dir string) error{
		"changed": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "2_second.sql"), []byte(second+"-- one more byte"), 0o600)
		},
		"added":   func(dir string) error { return os.WriteFile(filepath.Join(dir, "3_third.sql"), []byte(third), 0o600) },
		"removed": func(dir string) error { return os.Remove(filepath.Join(dir, "2_second.sql")) },
		"renamed": func(dir string) error {
			return os.Rename(filepath.Join(dir, "2_second.sql"), filepath.Join(dir, "2_other.sql"))
		},
		"no sum": func(dir string) error { return os.Remove(filepath.Join(dir, "atlas.sum")) },
		"sum of nothing": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "atlas.sum"), nil, 0o600)
		},
		"forged line": func(dir string) error {
			path := filepath.Join(dir, "atlas.sum")
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, []byte(strings.Replace(string(raw), "2_second.sql h1:", "2_second.sql h1:A", 1)), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, dir := folder(t, map[string]string{"1_first.sql": first, "2_second.sql": second})
			if err := spoil(dir); err != nil {
				t.Fatal(err)
			}
			set, err := migrate.Load(os.DirFS(dir))
			if set != nil || fault.CodeOf(err) != "MIGRATION_CHECKSUM" {
				t.Fatalf("%v, %v", set, err)
			}
			if err := migrate.WriteSum(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := migrate.Load(os.DirFS(dir)); err != nil {
				t.Errorf("after rewriting the sum: %v", err)
			}
		})
	}
}

func TestOneVersionIsOneFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"1_a.sql", "1_b.sql"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(third), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := migrate.WriteSum(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := migrate.Load(os.DirFS(dir)); fault.CodeOf(err) != "MIGRATION_CHECKSUM" {
		t.Errorf("got %v", err)
	}
}

func TestTheSumTellsSetsApart(t *testing.T) {
	t.Parallel()
	one, _ := folder(t, map[string]string{"1_first.sql": first})
	same, _ := folder(t, map[string]string{"1_first.sql": first})
	other, _ := folder(t, map[string]string{"1_first.sql": first + "\n"})
	if one.Sum() != same.Sum() || one.Sum() == other.Sum() {
		t.Errorf("%s %s %s", one.Sum(), same.Sum(), other.Sum())
	}
	if none, err := migrate.Load(os.DirFS(t.TempDir())); err != nil || none.Latest() != "" {
		t.Errorf("an empty folder: %v, %v", none, err)
	}
	if err := migrate.WriteSum(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("a folder that is not there was sealed")
	}
}
