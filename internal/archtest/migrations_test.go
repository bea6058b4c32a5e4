package archtest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ariga.io/atlas/sql/migrate"
)

// atlas.sum chains the hashes of every migration, so that one which has landed
// cannot change unnoticed: a changed, added or missing file breaks the chain.
func TestMigrationsMatchTheirSum(t *testing.T) {
	t.Parallel()
	dir, err := migrate.NewLocalDir(filepath.Join(root, "migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate.Validate(dir); err != nil {
		t.Errorf("migrations/atlas.sum does not match the files: %v", err)
	}
}

// The check itself notices a changed and an added file.
func TestAChangedMigrationIsNoticed(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{"1_first.sql": "SELECT 2;\n", "2_added.sql": "SELECT 1;\n"} {
		at := t.TempDir()
		dir, err := migrate.NewLocalDir(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := dir.WriteFile("1_first.sql", []byte("SELECT 1;\n")); err != nil {
			t.Fatal(err)
		}
		sum, err := dir.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		if err := migrate.WriteSumFile(dir, sum); err != nil {
			t.Fatal(err)
		}
		if err := migrate.Validate(dir); err != nil {
			t.Fatalf("an untouched folder must be valid: %v", err)
		}
		if err := os.WriteFile(filepath.Join(at, name), []byte(change), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := migrate.Validate(dir); !errors.Is(err, migrate.ErrChecksumMismatch) {
			t.Errorf("%s changed: got %v, want a checksum mismatch", name, err)
		}
	}
}
