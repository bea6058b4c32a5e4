package golden

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kinds are the cases this release runs, by the first part of their id; a case
// of any other kind fails, so that none is passed over unseen.
var kinds = map[string]func(t *testing.T, input, expected []byte){
	"s0": runCalendar,
	"s1": runArena,
	"s2": runObservation,
	"s3": runSecretaries,
	"s4": runPosted,
	"s5": runAnnual,
	"s6": runSeverity,
	"s7": runCounty,
}

func TestGolden(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("LEITAI_GOLDEN_DIR")
	if dir == "" {
		dir = "testdata"
	}
	inputs, err := filepath.Glob(filepath.Join(dir, "*.input.json"))
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no cases in %s (%v)", dir, err)
	}
	ran := 0
	for _, path := range inputs {
		id := strings.TrimSuffix(filepath.Base(path), ".input.json")
		kind, _, _ := strings.Cut(id, "-")
		run, ok := kinds[kind]
		if !ok {
			t.Errorf("%s: no such kind of case", id)
			continue
		}
		ran++
		input, expected := read(t, path), read(t, strings.TrimSuffix(path, ".input.json")+".expected.json")
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			run(t, input, expected)
		})
	}
	if ran == 0 {
		t.Errorf("%s holds no case of a kind that is covered", dir)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// decode reads a case without floats; keys the test does not know are left to
// the cases that use them.
func decode(t *testing.T, data []byte, into any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// same compares an answer with the expected one, both as JSON.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(g, w) {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}
