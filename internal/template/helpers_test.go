package template

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// exampleKeys are the documents that come with leitai.
var exampleKeys = []string{
	"monthly-arena", "monthly-arena-light", "town-observation", "secretary-arena", "first-secretary-term", "annual-assessment",
	"annual-assessment-villages", "annual-assessment-cadres", "annual-assessment-teams", "county-township-contest",
}

func readFile(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func exampleSource(t testing.TB, key string) []byte {
	t.Helper()
	return readFile(t, "..", "..", "examples", "templates", key+".yaml")
}

func everythingSource(t testing.TB) []byte {
	t.Helper()
	return readFile(t, "testdata", "everything.yaml")
}

func parsed(t testing.TB, data []byte) Document {
	t.Helper()
	d, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func example(t testing.TB, key string) Document { t.Helper(); return parsed(t, exampleSource(t, key)) }

// arena is the monthly contest, every document's plainest form.
func arena(t testing.TB) Document { t.Helper(); return example(t, "monthly-arena") }

// swapped gives a text with one replacement that has to take place.
func swapped(t testing.TB, text, old, replacement string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in the text, want once", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, replacement, 1)
}

// lineOf is the line, from 1, on which a text stands for the first time.
func lineOf(t testing.TB, text, part string) int {
	t.Helper()
	at := strings.Index(text, part)
	if at < 0 {
		t.Fatalf("%q does not stand in the text", part)
	}
	return strings.Count(text[:at], "\n") + 1
}

// has reports whether a list has a fault of a code at a field.
func has(l fault.List, code fault.Code, field string) bool {
	for _, f := range l {
		if f.Code == code && f.Field == field {
			return true
		}
	}
	return false
}

// wantOnly fails unless the list is exactly one fault of a code at a field.
func wantOnly(t *testing.T, l fault.List, code fault.Code, field string) {
	t.Helper()
	if len(l) != 1 || l[0].Code != code || l[0].Field != field {
		t.Errorf("got %v, want only %s at %s", l, code, field)
	}
}
