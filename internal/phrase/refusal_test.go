package phrase_test

import (
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// Every reason for which a decision about a grade is refused is a sentence that
// leaves no gap, in both languages.
func TestRefusedGradesAreWholeSentences(t *testing.T) {
	t.Parallel()
	seen := 0
	for code := range fault.Codes() {
		if !strings.HasPrefix(string(code), "GRADE_") || code == fault.GradeChoice || code == fault.GradeUndecided {
			continue // these are told with a round, never kept in a result
		}
		seen++
		zh, en := phrase.Refusal(string(code), fault.Chinese), phrase.Refusal(string(code), fault.English)
		if zh == "" || zh == en || strings.ContainsAny(zh+en, "{}") || zh == string(code) {
			t.Errorf("%s: %q, %q", code, zh, en)
		}
	}
	if seen < 8 {
		t.Errorf("%d reasons", seen)
	}
	if phrase.Refusal("SOMETHING", fault.Chinese) != "SOMETHING" {
		t.Error("a code of nothing is no sentence")
	}
}

// Several bands are called by their names, and one that a template does not know
// by its key.
func TestBandsGoByTheirNames(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Bands: []template.Band{{Key: "top", Best: 3}, {Key: "bottom", Worst: 3}}}
	if got := phrase.Bands(doc, []string{"bottom", "other", "top"}, fault.Chinese); got != "后3名、other、前3名" {
		t.Error(got)
	}
	if got := phrase.Bands(doc, []string{"top", "bottom"}, fault.English); got != "top 3, bottom 3" {
		t.Error(got)
	}
}
