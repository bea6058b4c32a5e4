package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestKeysAreMadeOnceAndReadBack(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "keys")
	if err := MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	first, err := LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	again, err := LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	if !first.Signing.Equal(again.Signing) || !bytes.Equal(first.Cursors[0], again.Cursors[0]) {
		t.Error("making keys again replaced those that were there")
	}
	if info, err := os.Stat(filepath.Join(folder, "signing.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the signing key may be read by others: %v %v", info.Mode(), err)
	}
	if text := first.String(); strings.Contains(text, string(first.Signing)) || !strings.Contains(text, first.SigningID) {
		t.Errorf("printed as %q", text)
	}
}

func TestTheLastCursorKeySigns(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	old, err := LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeKey(filepath.Join(folder, "cursor-2.key"), time.Time{}); err != nil {
		t.Fatal(err)
	}
	rotated, err := LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(rotated.Cursors) != 2 || !bytes.Equal(rotated.Cursors[1], old.Cursors[0]) {
		t.Errorf("the old key should verify and no longer sign")
	}
}

func TestBadKeysAreNamed(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(folder string) error{
		"missing": func(f string) error { return os.Remove(filepath.Join(f, "signing.key")) },
		"short": func(f string) error {
			return os.WriteFile(filepath.Join(f, "signing.key"), []byte("YWJj\n"), 0o600)
		},
		"no base64": func(f string) error { return os.WriteFile(filepath.Join(f, "signing.key"), []byte("!!"), 0o600) },
		"no cursor": func(f string) error { return os.Remove(filepath.Join(f, "cursor-1.key")) },
		"no secret": func(f string) error { return os.Remove(filepath.Join(f, "secrets-1.key")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			if err := MakeKeys(folder); err != nil {
				t.Fatal(err)
			}
			if err := spoil(folder); err != nil {
				t.Fatal(err)
			}
			if _, err := LoadKeys(folder); err == nil || !strings.Contains(err.Error(), ".key") {
				t.Errorf("error %v should name the file", err)
			}
		})
	}
}
