package ranking_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/ranking"
	"leitai/internal/template"
)

func ids(members []ranking.Member) []string {
	out := []string{}
	for _, m := range members {
		out = append(out, m.ID)
	}
	return out
}

// in gives the members of one band as "A B C".
func in(totals []string, bands ...template.Band) string {
	places := ranking.Rank(list(totals...), template.Ranking{})
	return strings.Join(ids(ranking.Bands(places, template.Ranking{}, bands)[bands[len(bands)-1].Key]), " ")
}

// covers Q6, Q7
func TestTiesOnTheEdgeOfABand(t *testing.T) {
	t.Parallel()
	atThird := []string{"9", "8", "7", "7", "6", "5"}  // C and D share rank 3
	atBottom := []string{"9", "8", "7", "6", "6", "1"} // D and E share the second place from the bottom
	all := []string{"7", "7", "7", "7", "7", "7"}
	for _, c := range []struct {
		name   string
		totals []string
		band   template.Band
		want   string
	}{
		{"reward, inclusive", atThird, template.Band{Best: 3, Ties: "inclusive"}, "A B C D"},
		{"reward, exclusive", atThird, template.Band{Best: 3, Ties: "exclusive"}, "A B"},
		{"reward, tie-break leaves them tied", atThird, template.Band{Best: 3, Ties: "tie-break"}, "A B C D"},
		{"reward, capped at four", atThird, template.Band{Best: 3, Ties: "capped", Cap: 4}, "A B C D"},
		{"reward, capped at three", atThird, template.Band{Best: 3, Ties: "capped", Cap: 3}, "A B"},
		{"reward, a tie inside the band", atThird, template.Band{Best: 4, Ties: "exclusive"}, "A B C D"},
		{"penalty, exclusive", atBottom, template.Band{Worst: 2, Ties: "exclusive"}, "F"},
		{"penalty, inclusive", atBottom, template.Band{Worst: 2, Ties: "inclusive"}, "F D E"},
		{"penalty, tie-break leaves them tied", atBottom, template.Band{Worst: 2, Ties: "tie-break"}, "F"},
		{"penalty, capped at three", atBottom, template.Band{Worst: 2, Ties: "capped", Cap: 3}, "F D E"},
		{"penalty, a tie inside the band", atBottom, template.Band{Worst: 3, Ties: "exclusive"}, "F D E"},
		{"all equal, reward", all, template.Band{Best: 3, Ties: "inclusive"}, "A B C D E F"},
		{"all equal, penalty", all, template.Band{Worst: 3, Ties: "exclusive"}, ""},
		{"more places than subjects", []string{"9", "8"}, template.Band{Best: 3, Ties: "inclusive"}, "A B"},
		{"nobody", nil, template.Band{Worst: 3, Ties: "inclusive"}, ""},
	} {
		c.band.Key = "band"
		if got := in(c.totals, c.band); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// covers Q12
func TestSmallRostersHaveSmallBands(t *testing.T) {
	t.Parallel()
	totals := []string{"9", "8", "7", "6", "5", "4", "3"}
	for n, want := range []string{0: "", 1: "", 2: "A", 3: "A", 4: "A B", 5: "A B", 6: "A B C", 7: "A B C"} {
		if got := in(totals[:n], template.Band{Key: "top", Best: 3, Ties: "inclusive", Small: ranking.SmallHalf}); got != want {
			t.Errorf("of %d: %q, want %q", n, got, want)
		}
	}
	if got := in(totals[:4], template.Band{Key: "top", Best: 3, Ties: "inclusive", Small: "explicit"}); got != "A B C" {
		t.Errorf("explicit sizes stand: %q", got)
	}
}

// covers Q12
func TestRewardAndPenaltyNeverOverlap(t *testing.T) {
	t.Parallel()
	top, bottom := template.Band{Key: "top", Best: 2, Ties: "inclusive"}, template.Band{Key: "bottom", Worst: 3, Ties: "inclusive"}
	if got := in([]string{"9", "8", "8", "8", "1"}, top, bottom); got != "E" {
		t.Errorf("in the bottom band are %q; B, C and D are rewarded already", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		ties := rapid.SampledFrom([]string{"inclusive", "exclusive", "tie-break"})
		bands := []template.Band{
			{Key: "top", Best: rapid.IntRange(1, 5).Draw(t, "best"), Ties: ties.Draw(t, "top ties"), Small: ranking.SmallHalf},
			{Key: "next", Next: rapid.IntRange(1, 5).Draw(t, "next"), Ties: ties.Draw(t, "next ties")},
			{Key: "bottom", Worst: rapid.IntRange(1, 5).Draw(t, "worst"), Ties: ties.Draw(t, "bottom ties"), Small: ranking.SmallHalf},
		}
		places := ranking.Rank(draw(t), template.Ranking{})
		members := ranking.Bands(places, template.Ranking{}, bands)
		seen := map[string]string{}
		for _, b := range bands {
			for _, id := range ids(members[b.Key]) {
				if other, twice := seen[id]; twice {
					t.Fatalf("%s is in %s and in %s", id, other, b.Key)
				}
				seen[id] = b.Key
			}
		}
		for _, p := range places {
			for _, q := range places {
				if p.Rank == q.Rank && seen[p.ID] != seen[q.ID] {
					t.Fatalf("%s and %s are equal, but one is in %q and the other in %q", p.ID, q.ID, seen[p.ID], seen[q.ID])
				}
				if p.Rank < q.Rank && seen[q.ID] == "top" && seen[p.ID] != "top" {
					t.Fatalf("%s is better than %s, who is rewarded alone", p.ID, q.ID)
				}
			}
		}
	})
}

func TestSegmentsFollowEachOther(t *testing.T) {
	t.Parallel()
	first, second := template.Band{Key: "first", Best: 3, Ties: "inclusive"}, template.Band{Key: "second", Next: 2, Ties: "inclusive"}
	totals := []string{"9", "8", "7", "6", "5", "4", "3"}
	if got := in(totals, first, second); got != "D E" {
		t.Errorf("the next two are %q", got)
	}
	tied := []string{"9", "8", "7", "7", "5", "4", "3"}
	if got := in(tied, first, second); got != "E" {
		t.Errorf("after a tie at third the next two places hold %q", got)
	}
	first.Ties = "exclusive"
	if got := in(tied, first, second); got != "C D E" {
		t.Errorf("those the first band left out are in the second: %q", got)
	}
}

// covers Q5
func TestPlacesInsideABand(t *testing.T) {
	t.Parallel()
	places := ranking.Rank(list("9", "8", "7", "6", "5", "5", "3"), template.Ranking{})
	bottom := ranking.Bands(places, template.Ranking{}, []template.Band{{Key: "bottom", Worst: 4, Ties: "exclusive"}})["bottom"]
	want := []ranking.Member{
		{ID: "G", FromBest: 4, FromWorst: 1, Equals: 1},
		{ID: "E", FromBest: 2, FromWorst: 2, Equals: 2},
		{ID: "F", FromBest: 2, FromWorst: 2, Equals: 2},
		{ID: "D", FromBest: 1, FromWorst: 4, Equals: 1},
	}
	if !slices.Equal(bottom, want) {
		t.Errorf("%+v", bottom)
	}
}

// covers Q25
func TestImproved(t *testing.T) {
	t.Parallel()
	all := list("9", "8", "7", "6", "5", "4")
	for i, previous := range []int{4, 5, 1, 0, 9, 6} { // gains 3, 3, −2, unknown, 4, 0
		all[i].Previous = previous
	}
	places := ranking.Rank(all, template.Ranking{})
	for _, c := range []struct {
		band template.Band
		want string
	}{
		{template.Band{Gain: 3}, "E A B"},
		{template.Band{Gain: 4}, "E"},
		{template.Band{Gainers: 1, Ties: "inclusive"}, "E"},
		{template.Band{Gainers: 2, Ties: "inclusive"}, "E A B"},
		{template.Band{Gainers: 2, Ties: "exclusive"}, "E"},
		{template.Band{Gainers: 9, Ties: "inclusive"}, "E A B"},
	} {
		c.band.Key = "improved"
		members := ranking.Bands(places, template.Ranking{}, []template.Band{c.band})["improved"]
		if got := strings.Join(ids(members), " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.band, got, c.want)
		}
	}
	if gain, known := ranking.Gain(&places[3]); known {
		t.Errorf("a subject without a previous rank gains %d", gain)
	}
}
