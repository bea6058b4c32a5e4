package overhttp_test

import (
	"slices"
	"strings"
	"testing"

	"leitai/examples/templates"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// TestLibraryOverHTTP starts a template from the library: as it stands under a
// key of its own, and derived from it; it reads the dictionary and the programme
// of a year, which another township does not.
// covers B18, B21, G5
func TestLibraryOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	library := d.must(t, sample.Clerk, "template-presets", nil)
	var keys []string
	for i := range library.List(t, "templatePresets") {
		keys = append(keys, library.Text(t, "templatePresets", i, "key"))
		if library.Text(t, "templatePresets", i, "purpose") == "" || len(library.List(t, "templatePresets", i, "requirements")) == 0 {
			t.Errorf("%s does not say what it is for", keys[i])
		}
	}
	if !slices.Equal(keys, templates.Keys()) {
		t.Errorf("the library holds %v", keys)
	}
	d.refused(t, "S1", "template-from-preset", vars{"preset": "monthly-arena"}, "FORBIDDEN")
	d.refused(t, sample.Clerk, "template-from-preset", vars{"preset": "no-such", "key": nil}, "PRESET_UNKNOWN")
	draft := d.must(t, sample.Clerk, "template-from-preset", vars{"preset": "monthly-arena-light", "key": "light-arena"})
	if draft.Text(t, "templateFromPreset", "template", "key") != "light-arena" {
		t.Errorf("stored %s", draft.Body)
	}
	d.must(t, sample.Approver, "template-activate", vars{"template": draft.At(t, "templateFromPreset", "template", "id"), "revision": 1, "confirm": []string{"outcomes", "streaks"}})
	derived := d.must(t, sample.Clerk, "template-derive", vars{"parent": draft.At(t, "templateFromPreset", "template", "id"), "key": "own-arena", "name": "本乡月评比"})
	if export := derived.Text(t, "templateDerive", "template", "export"); !strings.Contains(export, "key: own-arena") || !strings.Contains(export, "derivedFrom: {key: light-arena, version: 1}") || strings.Contains(export, "#") {
		t.Errorf("exported:\n%s", export)
	}
	d.refused(t, "XC1", "template-derive", vars{"parent": draft.At(t, "templateFromPreset", "template", "id"), "key": "stolen"}, "NOT_FOUND")
	if n := len(d.must(t, sample.Clerk, "dimensions", nil).List(t, "dimensions")); n != len(template.Dimensions()) {
		t.Errorf("%d dimensions", n)
	}
	year := vars{"competition": k.CompetitionID(), "year": 2024}
	programme := d.must(t, sample.Clerk, "year-programme", year)
	months := programme.List(t, "node", "programme")
	if len(months) != 12 || programme.Text(t, "node", "programme", 1, "entry", "held") != "2024-02-29" {
		t.Errorf("the programme has %d periods: %s", len(months), programme.Body)
	}
	d.nothing(t, "XC1", "year-programme", year)
}
