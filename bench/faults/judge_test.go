package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leitai/bench/faults/history"
)

// A soak passes when it stays as it is, and fails with whatever grows.
func TestGrowthIsSeen(t *testing.T) {
	t.Parallel()
	even := window{requests: 1000, half: time.Millisecond, most: 20 * time.Millisecond, megabytes: 200, goroutines: 300, descriptors: 100, toDatabase: 40}
	soak := func(change func(w *window)) error {
		all := []window{even, even, even, even, even, even}
		change(&all[5])
		return steady(all)
	}
	if err := soak(func(*window) {}); err != nil {
		t.Errorf("what stays: %v", err)
	}
	for name, change := range map[string]func(w *window){
		"resident":    func(w *window) { w.megabytes *= 1.5 },
		"goroutines":  func(w *window) { w.goroutines += 60 },
		"descriptors": func(w *window) { w.descriptors += 50 },
		"connections": func(w *window) { w.toDatabase += 6 },
		"99 of 100":   func(w *window) { w.most = 90 * time.Millisecond },
	} {
		if err := soak(change); !errors.Is(err, errGrows) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Two archives differ when any part does, but for what the move itself adds.
func TestArchivesAreComparedPartByPart(t *testing.T) {
	t.Parallel()
	first := archive(t, map[string]string{"rows/mark.jsonl": "aa", audit: "bb", grants: "cc"}, `{"epoch":2,"role":"x"}`)
	for name, c := range map[string]struct {
		parts  map[string]string
		grants string
		want   []string
	}{
		"the same":         {map[string]string{"rows/mark.jsonl": "aa", audit: "bb", grants: "cc"}, `{"epoch":2,"role":"x"}`, nil},
		"moved":            {map[string]string{"rows/mark.jsonl": "aa", audit: "longer", grants: "dd"}, `{"epoch":9,"role":"x"}`, nil},
		"another mark":     {map[string]string{"rows/mark.jsonl": "zz", audit: "bb", grants: "cc"}, `{"epoch":2,"role":"x"}`, []string{"rows/mark.jsonl"}},
		"another role":     {map[string]string{"rows/mark.jsonl": "aa", audit: "bb", grants: "ee"}, `{"epoch":2,"role":"y"}`, []string{grants}},
		"a part is gone":   {map[string]string{audit: "bb", grants: "cc"}, `{"epoch":2,"role":"x"}`, []string{"rows/mark.jsonl"}},
		"a part came anew": {map[string]string{"rows/mark.jsonl": "aa", "files/x": "ff", audit: "bb", grants: "cc"}, `{"epoch":2,"role":"x"}`, []string{"files/x"}},
	} {
		_, differing, err := sameParts(first, archive(t, c.parts, c.grants))
		if err != nil || !slices.Equal(differing, c.want) {
			t.Errorf("%s: %v, %v", name, differing, err)
		}
	}
}

// archive writes one with a manifest that names parts with their hashes.
func archive(t *testing.T, parts map[string]string, rows string) string {
	t.Helper()
	var list []string
	for path, hash := range parts {
		list = append(list, fmt.Sprintf(`{"path": %q, "sha256": %q}`, path, hash))
	}
	var text bytes.Buffer
	z := zip.NewWriter(&text)
	for name, body := range map[string]string{"manifest.json": `{"parts": [` + strings.Join(list, ",") + `]}`, grants: rows} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "archive.zip")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Only an act that was begun after a kill shows that somebody writes again.
func TestWritingAgain(t *testing.T) {
	t.Parallel()
	acts := []history.Act{{Begun: 1, Acked: 12}, {Begun: 11, Acked: 40}, {Begun: 12, Acked: 30}, {Begun: 13}}
	if have := writingAgain(acts, 10); have != 20 {
		t.Errorf("%d", have)
	}
	if have := writingAgain(acts[:1], 10); have != 0 {
		t.Errorf("nobody did: %d", have)
	}
}

// A DSN with several hosts leads to the one that takes writes.
func TestReaching(t *testing.T) {
	t.Parallel()
	have, err := reaching("postgres://leitai_app:x@127.0.0.1:5432/leitai?sslmode=disable", 5432, 5433)
	want := "postgres://leitai_app:x@/leitai?connect_timeout=2&host=127.0.0.1%2C127.0.0.1&port=5432%2C5433&sslmode=disable&target_session_attrs=read-write"
	if err != nil || have != want {
		t.Errorf("%s, %v", have, err)
	}
}
