package nodetest_test

import (
	"os"
	"path/filepath"
	"testing"

	"leitai/internal/nodetest"
)

// at is a file of the checkout.
func at(t *testing.T, path string) string {
	t.Helper()
	return filepath.Join(nodetest.Root(t), filepath.FromSlash(path))
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(at(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// written puts a text into a file of its own.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
