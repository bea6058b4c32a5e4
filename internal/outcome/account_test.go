package outcome_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/outcome"
)

func entry(account string, points int64) outcome.Entry {
	return outcome.Entry{Account: outcome.Account{Kind: outcome.OfPerson, ID: account}, Role: "linked-leader", Subject: "V1", Rule: 2, When: "top", Points: exact.Int(points)}
}

// covers Q30
func TestCorrectionCountersOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	old := []outcome.Entry{entry("stays", 5), entry("changes", 4), entry("goes", 3)}
	updated := []outcome.Entry{entry("changes", 3), entry("stays", 5), entry("comes", 4)}
	reverse, add := outcome.Diff(old, updated)
	if got := fmt.Sprint(tell(reverse), tell(add)); got != "[changes-4 goes-3] [changes+3 comes+4]" {
		t.Errorf("%s", got)
	}
	for _, e := range reverse {
		if !e.Reverse || e.Role != "linked-leader" || e.Key() == entry(e.Account.ID, 0).Key() {
			t.Errorf("a counter-entry cites what it counters and is no entry of its own: %+v", e)
		}
	}
	if reverse, add = outcome.Diff(old, old); len(reverse)+len(add) != 0 {
		t.Errorf("the same revision again posts %v and %v", reverse, add)
	}
}

func TestDiffTakesOldAccountsToNewOnes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		old, updated := drawEntries(t, "old"), drawEntries(t, "new")
		reverse, add := outcome.Diff(old, updated)
		all := append(append(append([]outcome.Entry(nil), old...), reverse...), add...)
		have, want := map[string]exact.Number{}, map[string]exact.Number{}
		for _, b := range outcome.Balances(all) {
			have[b.Account.ID] = b.Points
		}
		for _, b := range outcome.Balances(updated) {
			want[b.Account.ID] = b.Points
		}
		for id := range have {
			if !have[id].Equal(want[id]) {
				t.Fatalf("%s stands at %s, want %s", id, have[id], want[id])
			}
		}
	})
}

// drawEntries draws one entry for each of some accounts.
func drawEntries(t *rapid.T, label string) []outcome.Entry {
	points := rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), rapid.Int64Range(-5, 5), 0, 4).Draw(t, label)
	var out []outcome.Entry
	for id, p := range points {
		out = append(out, entry(id, p))
	}
	return out
}

func TestBalancesAreListedInOneOrder(t *testing.T) {
	t.Parallel()
	village := entry("V9", 3)
	village.Account.Kind = outcome.OfSubject
	balances := outcome.Balances([]outcome.Entry{entry("K10", 1), entry("K9", 5), village, entry("K9", -5)})
	if got := fmt.Sprint(balances[0].Account, balances[1].Account, balances[2].Account, balances[1].Points, len(balances)); got != "{subject V9} {person K9} {person K10} 0 3" {
		t.Errorf("%s", got)
	}
}
