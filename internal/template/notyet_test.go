package template

import (
	"slices"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// The monthly contest runs; each of the others is refused by name, feature by
// feature.
func TestNotYetOfTheExamples(t *testing.T) {
	t.Parallel()
	if l := NotYet(arena(t)); len(l) > 0 {
		t.Errorf("the monthly contest cannot run: %v", l)
	}
	for key, want := range map[string][]string{
		"town-observation":     {"items[0].kind", "items[3].for", "parts", "ballots", "coverage", "evidence", "legend", "stages"},
		"secretary-arena":      {"subject", "tracks", "channels.speech.judges.combine", "bands.improved", "rollups.year.of", "themes", "stages", "pairing", "feeds"},
		"first-secretary-term": {"subject", "calendar.window", "rollups.term.months", "postings", "grades"},
		"annual-assessment":    {"subject", "calendar.window", "parts", "ballots", "grades", "talkIf", "deadlines"},
	} {
		l := NotYet(example(t, key))
		for _, field := range want {
			if !has(l, fault.TemplateNotYet, field) {
				t.Errorf("%s: %s is not named in %v", key, field, l)
			}
		}
		for _, f := range l {
			if !slices.Contains(want, f.Field) && !strings.HasSuffix(f.Field, ".kind") {
				t.Errorf("%s: %s is named without need", key, f.Field)
			}
		}
	}
}

// Each row of the table is asked for by something, so that no row outlives what
// it stands for, and each names the feature in both languages.
func TestEveryRowOfNotYetIsReachable(t *testing.T) {
	t.Parallel()
	everything := parsed(t, everythingSource(t))
	window := everything
	window.Calendar.Window = &Window{From: "01-07", To: "01-17"}
	window.Rollups = append([]Rollup{{Key: "term", Of: "rounds"}}, everything.Rollups...)
	for _, f := range notYet {
		if len(f.where(&window)) == 0 {
			t.Errorf("no document asks for %s", f.en)
		}
	}
	for _, f := range NotYet(window) {
		if zh, en := f.Message(fault.Chinese), f.Message(fault.English); strings.Contains(zh+en, "{") || zh == en {
			t.Errorf("%s: %q / %q", f.Field, zh, en)
		}
	}
}

// One feature added to the monthly contest is the only one named.
func TestNotYetNamesTheOneFeature(t *testing.T) {
	t.Parallel()
	for field, add := range map[string]func(d *Document){
		"subject":                        func(d *Document) { d.Subject = Organisation },
		"tracks":                         func(d *Document) { d.Tracks = &Tracks{GroupSet: "class"} },
		"channels.onsite.judges.combine": func(d *Document) { d.Channels[0].Judges.Combine = "median" },
		"items[2].kind":                  func(d *Document) { d.Items[2].Kind = KindDeductions },
		"items[1].for":                   func(d *Document) { d.Items[1].For = []string{"weak"} },
		"bands.up":                       func(d *Document) { d.Bands = append(d.Bands, Band{Key: "up", Gainers: 1}) },
		"rollups.half-year.bands.up":     func(d *Document) { d.Rollups[0].Bands = append(d.Rollups[0].Bands, Band{Key: "up", Gain: 3}) },
		"rollups.year.parts":             func(d *Document) { d.Rollups[1].Parts = []Part{{Key: "own", Weight: exact.Int(100), From: "rounds"}} },
		"rollups.year.of":                func(d *Document) { d.Rollups[1].Of = "half-year" },
		"legend":                         func(d *Document) { d.Legend = []LegendStep{{Key: "red"}} },
		"evidence":                       func(d *Document) { d.Evidence = &Evidence{} },
	} {
		d := arena(t)
		add(&d)
		wantOnly(t, NotYet(d), fault.TemplateNotYet, field)
	}
}

// What this release runs is not refused: tie-breaks, segments, capped bands,
// streaks that reset, points by role, a split of an item, a total per channel.
func TestNotYetLeavesWhatRuns(t *testing.T) {
	t.Parallel()
	text := small
	for _, change := range [][2]string{
		{"  top: {best: 3}", "  top: {best: 3, ties: capped, cap: 4}\n  second: {next: 2}"},
		{"length: 2", "length: 3, after: reset, bound: year"},
		{"{points: 100, decimals: 2}", "{points: 120, items: mean, split: per-total}"},
		{"    by: rank\n    values: [5, 4, 3]", "    by: role\n    values: [5, 4]"},
	} {
		text = swapped(t, text, change[0], change[1])
	}
	if l := NotYet(parsed(t, []byte(text+"issues: {}\n"))); len(l) > 0 {
		t.Errorf("refused: %v", l)
	}
}
