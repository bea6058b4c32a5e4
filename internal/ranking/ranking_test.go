package ranking_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// list makes contestants A, B, C … from totals; the exact total is the
// published one.
func list(totals ...string) []ranking.Contestant {
	out := make([]ranking.Contestant, len(totals))
	for i, total := range totals {
		n := exact.Must(total)
		out[i] = ranking.Contestant{ID: string(rune('A' + i)), Exact: n, Published: n}
	}
	return out
}

// ranks prints places as "A1 B2 C2".
func ranks(places []ranking.Place) string {
	out := ""
	for _, p := range places {
		out += " " + p.ID + string(rune('0'+p.Rank))
	}
	return out[min(1, len(out)):]
}

// covers Q6
func TestCompetitionRanking(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		totals []string
		want   string
	}{
		{nil, ""},
		{[]string{"5"}, "A1"},
		{[]string{"1", "3", "2"}, "B1 C2 A3"},
		{[]string{"9", "8", "7", "7", "6"}, "A1 B2 C3 D3 E5"},
		{[]string{"7", "7", "7"}, "A1 B1 C1"},
		{[]string{"9", "8", "8", "7"}, "A1 B2 C2 D4"},
	} {
		places := ranking.Rank(list(c.totals...), template.Ranking{})
		if got := ranks(places); got != c.want {
			t.Errorf("%v: %s, want %s", c.totals, got, c.want)
		}
	}
	places := ranking.Rank(list("9", "8", "8", "7"), template.Ranking{})
	for i, want := range []int{4, 2, 2, 1} {
		if places[i].RankFromBottom != want || places[i].Of != 4 {
			t.Errorf("%s is %d of %d from the bottom, want %d", places[i].ID, places[i].RankFromBottom, places[i].Of, want)
		}
	}
}

// covers Q11
func TestRankOnPublishedOrExact(t *testing.T) {
	t.Parallel()
	third := list("80", "80")
	third[1].Exact = exact.Must("80").Add(exact.Ratio(1, 300))
	if got := ranks(ranking.Rank(third, template.Ranking{On: "published"})); got != "A1 B1" {
		t.Errorf("on the published total: %s; a difference that is not printed is a tie", got)
	}
	if got := ranks(ranking.Rank(third, template.Ranking{On: ranking.OnExact})); got != "B1 A2" {
		t.Errorf("on the exact total: %s", got)
	}
}

// covers Q6
func TestTieBreakChainDecidesInTurn(t *testing.T) {
	t.Parallel()
	tied := list("80", "80", "80", "80")
	tied[0].Ties = numbers(50, 10)
	tied[1].Ties = numbers(50, 20)
	tied[2].Ties = numbers(60, 0)
	tied[3].Ties = numbers(50, 20)
	if got := ranks(ranking.Rank(tied, template.Ranking{})); got != "C1 B2 D2 A4" {
		t.Errorf("%s", got)
	}
}

// covers Q24
func TestRanksInsideTracks(t *testing.T) {
	t.Parallel()
	all := list("9", "8", "7", "6")
	all[0].Track, all[1].Track, all[2].Track, all[3].Track = "x", "y", "x", "y"
	places := ranking.Rank(all, template.Ranking{Scope: ranking.ByTrack})
	if got := ranks(places); got != "A1 B1 C2 D2" {
		t.Errorf("inside tracks: %s", got)
	}
	for i, p := range places {
		if p.Overall != i+1 || p.Of != 2 {
			t.Errorf("%s is %d overall and 1 of %d", p.ID, p.Overall, p.Of)
		}
	}
	bands := ranking.Bands(places, template.Ranking{Scope: ranking.ByTrack}, []template.Band{{Key: "top", Best: 1}})
	if got := ids(bands["top"]); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("the best of each track are %v", got)
	}
}

func numbers(ints ...int64) []exact.Number {
	out := make([]exact.Number, len(ints))
	for i, n := range ints {
		out[i] = exact.Int(n)
	}
	return out
}

func TestRanksFollowTotalsWhateverTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := draw(t)
		places := ranking.Rank(all, template.Ranking{})
		again := ranking.Rank(rapid.Permutation(all).Draw(t, "permuted"), template.Ranking{})
		for i, p := range places {
			if again[i].ID != p.ID || again[i].Rank != p.Rank {
				t.Fatalf("another order of the input gives %s%d instead of %s%d", again[i].ID, again[i].Rank, p.ID, p.Rank)
			}
			above, below := 0, 0
			for _, q := range places {
				switch q.Published.Cmp(p.Published) {
				case 1:
					above++
				case -1:
					below++
				}
			}
			if p.Rank != above+1 || p.RankFromBottom != below+1 || p.Overall != p.Rank {
				t.Fatalf("%s with %d above and %d below is ranked %d, and %d from the bottom", p.ID, above, below, p.Rank, p.RankFromBottom)
			}
		}
	})
}

// draw makes up to 14 contestants with few different totals, so that ties are
// frequent.
func draw(t *rapid.T) []ranking.Contestant {
	totals := rapid.SliceOfN(rapid.Int64Range(0, 6), 0, 14).Draw(t, "totals")
	out := make([]ranking.Contestant, len(totals))
	for i, total := range totals {
		out[i] = ranking.Contestant{ID: string(rune('A' + i)), Exact: exact.Int(total), Published: exact.Int(total)}
	}
	return out
}

func TestNaturalOrder(t *testing.T) {
	t.Parallel()
	sorted := []string{"", "0", "00", "1", "2", "10", "V1", "V2", "V9", "V10", "V10a", "V10b", "V11", "W", "村2", "村10"}
	for i, a := range sorted {
		for j, b := range sorted {
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			if got := ranking.Compare(a, b); got != want {
				t.Errorf("Compare(%q, %q) is %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestNaturalOrderIsAnOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[0-2a]{0,5}`)
		a, b, c := id.Draw(t, "a"), id.Draw(t, "b"), id.Draw(t, "c")
		if ranking.Compare(a, b) != -ranking.Compare(b, a) || (ranking.Compare(a, b) == 0) != (a == b) {
			t.Fatalf("%q and %q are in no order", a, b)
		}
		if ranking.Compare(a, b) < 0 && ranking.Compare(b, c) < 0 && ranking.Compare(a, c) >= 0 {
			t.Fatalf("%q < %q < %q but not %q < %q", a, b, c, a, c)
		}
	})
}

// Totals that fit a machine word and those that do not are ranked alike, by
// either reading and by the chain, and every place tells whose it is.
func TestRanksAreTheSameHoweverTotalsAreSorted(t *testing.T) {
	t.Parallel()
	totals := rapid.SampledFrom([]exact.Number{exact.Int(0), exact.Int(-2), exact.Must("90.125"), exact.Must("90.13"), exact.Ratio(1, 3), exact.Ratio(2, 7),
		exact.Must("12345678901234567890123"), exact.Must("0.00000000001")})
	rapid.Check(t, func(t *rapid.T) {
		on := rapid.SampledFrom([]string{"published", ranking.OnExact}).Draw(t, "on")
		all := make([]ranking.Contestant, rapid.IntRange(0, 9).Draw(t, "n"))
		for i := range all {
			all[i] = ranking.Contestant{ID: string(rune('A' + i)), Exact: totals.Draw(t, "exact"), Published: totals.Draw(t, "published"),
				Ties: numbers(rapid.Int64Range(0, 2).Draw(t, "tie"))}
		}
		all = rapid.Permutation(all).Draw(t, "order")
		before := func(a, b ranking.Contestant) int {
			first, second := a.Published, b.Published
			if on == ranking.OnExact {
				first, second = a.Exact, b.Exact
			}
			return cmp.Or(second.Cmp(first), b.Ties[0].Cmp(a.Ties[0]))
		}
		want := slices.Clone(all)
		slices.SortFunc(want, func(a, b ranking.Contestant) int { return cmp.Or(before(a, b), cmp.Compare(a.ID, b.ID)) })
		for i, p := range ranking.Rank(all, template.Ranking{On: on}) {
			better := 0
			for _, other := range all {
				if before(other, p.Contestant) < 0 {
					better++
				}
			}
			if p.ID != want[i].ID || all[p.At].ID != p.ID || p.Rank != better+1 {
				t.Fatalf("place %d is %s of %d with rank %d, want %s and %d", i, p.ID, p.At, p.Rank, want[i].ID, better+1)
			}
		}
	})
}
