package outcome_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

func past(subject string, rank int, bands ...string) outcome.Past {
	return outcome.Past{Subject: subject, Rank: rank, Bands: bands, Links: []outcome.Link{{Role: "resident-cadre", Person: "P-" + subject}}}
}

func find(all []outcome.Past, subject string) *outcome.Past {
	i := slices.IndexFunc(all, func(p outcome.Past) bool { return p.Subject == subject })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// covers Q10
func TestInherit(t *testing.T) {
	t.Parallel()
	held := calendar.MustDate("2023-04-28")
	later := calendar.MustDate("2024-01-01")
	standings := []outcome.Past{past("A", 12, "bottom"), past("B", 10, "bottom"), past("D", 2, "top"), past("E", 0)}
	for name, c := range map[string]struct {
		lines []outcome.Lineage
		rank  int
		bands []string
		links int
	}{
		"merged, both in the band":        {[]outcome.Lineage{{Subject: "N", Predecessor: "A", Until: later}, {Subject: "N", Predecessor: "B", Until: later}}, 10, []string{"bottom"}, 2},
		"merged, one in the band":         {[]outcome.Lineage{{Subject: "N", Predecessor: "A", Until: later}, {Subject: "N", Predecessor: "D", Until: later}}, 2, nil, 2},
		"merged with one not ranked":      {[]outcome.Lineage{{Subject: "N", Predecessor: "A", Until: later}, {Subject: "N", Predecessor: "E", Until: later}}, 12, []string{"bottom"}, 1},
		"moved":                           {[]outcome.Lineage{{Subject: "N", Predecessor: "D", Until: later}}, 2, []string{"top"}, 1},
		"of one that was not ranked":      {[]outcome.Lineage{{Subject: "N", Predecessor: "E", Until: later}}, 0, nil, 1},
		"predecessors who did not stand":  {[]outcome.Lineage{{Subject: "N", Predecessor: "X", Until: later}}, -1, nil, 0},
		"a round after the change of day": {[]outcome.Lineage{{Subject: "N", Predecessor: "A", Until: held}}, -1, nil, 0},
	} {
		got := outcome.Inherit(standings, c.lines, held)
		heir := find(got, "N")
		if c.rank < 0 {
			if heir != nil {
				t.Errorf("%s: %+v", name, heir)
			}
			continue
		}
		if heir == nil || heir.Rank != c.rank || !slices.Equal(heir.Bands, c.bands) || len(heir.Links) != c.links {
			t.Errorf("%s: %+v", name, heir)
		}
	}
	into := outcome.Inherit(standings, []outcome.Lineage{{Subject: "A", Predecessor: "D", Until: later}}, held)
	if a := find(into, "A"); len(into) != len(standings) || a.Rank != 2 || len(a.Bands) != 0 {
		t.Errorf("a unit that another merged into: %+v", into)
	}
}

// A merge then a split keeps history: what stood stays readable as it was, each
// part carries on the merged village's rounds as its own, is in a band of the
// time before only where both villages were, and a streak that both had goes on.
// covers Q10
func TestMergeThenSplitKeepsHistory(t *testing.T) {
	t.Parallel()
	merged, split := calendar.MustDate("2024-01-01"), calendar.MustDate("2025-01-01")
	var lines []outcome.Lineage
	for _, part := range []string{"A2", "B2"} {
		lines = append(lines, outcome.Lineage{Subject: part, Predecessor: "C", Until: split},
			outcome.Lineage{Subject: part, Predecessor: "A", Until: merged}, outcome.Lineage{Subject: part, Predecessor: "B", Until: merged})
	}
	lines = append(lines, outcome.Lineage{Subject: "C", Predecessor: "A", Until: merged}, outcome.Lineage{Subject: "C", Predecessor: "B", Until: merged})
	rapid.Check(t, func(t *rapid.T) {
		band := func(label string) []string {
			if rapid.Bool().Draw(t, label) {
				return []string{"bottom"}
			}
			return nil
		}
		var rounds []outcome.Round
		run := 0 // rounds running in which all that stood were in the band
		for i, n := 0, rapid.IntRange(1, 24).Draw(t, "rounds"); i < n; i++ {
			period := calendar.MustPeriod("2023-07").Add(i)
			var standings []outcome.Past
			if held := period.Last(); held.Before(merged) {
				standings = []outcome.Past{past("A", 3, band("a")...), past("B", 4, band("b")...)}
			} else if held.Before(split) {
				standings = []outcome.Past{past("C", 5, band("c")...)}
			} else {
				standings = []outcome.Past{past("A2", 6, band("a2")...), past("B2", 7)}
			}
			got := outcome.Inherit(standings, lines, period.Last())
			for k, p := range standings {
				if got[k].Subject != p.Subject || got[k].Rank != p.Rank || !slices.Equal(got[k].Bands, p.Bands) {
					t.Fatalf("%s: what stood is %+v now, was %+v", period, got[k], p)
				}
			}
			heir := find(got, "A2")
			if heir == nil {
				t.Fatalf("%s: A2 has no history", period)
			}
			everybody := !slices.ContainsFunc(standings, func(p outcome.Past) bool { return p.Subject != "B2" && len(p.Bands) == 0 })
			if everybody != (len(heir.Bands) == 1) {
				t.Fatalf("%s: %+v of %+v", period, heir, standings)
			}
			if run++; !everybody {
				run = 0
			}
			rounds = append(rounds, outcome.Round{Period: period, Stood: map[string]outcome.Stood{"A2": {Bands: heir.Bands, Links: heir.Links}}})
		}
		rule := template.Streak{Band: "bottom", Length: 2, After: "continue", Over: "held-rounds"}
		if got := outcome.Streaks(rule, rounds)["A2"].Count; got != run {
			t.Fatalf("a streak of %d, want %d", got, run)
		}
	})
}
