package ranking_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/ranking"
	"leitai/internal/template"
)

// covers Q6, Q7, Q12
func TestBandsFollowTheirDefinition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		places := ranking.Rank(draw(t), template.Ranking{})
		n := rapid.IntRange(1, 6).Draw(t, "size")
		policy := rapid.SampledFrom([]string{"inclusive", "exclusive", "capped"}).Draw(t, "ties")
		limit := rapid.IntRange(n, n+3).Draw(t, "cap")
		worst := rapid.Bool().Draw(t, "worst")
		b := template.Band{Key: "band", Best: n, Ties: policy, Cap: limit}
		if worst {
			b.Best, b.Worst = 0, n
		}
		got := ids(ranking.Bands(places, template.Ranking{}, []template.Band{b})["band"])
		for _, p := range places {
			ahead, equals := p.Rank-1, 0 // how many the band takes before p, and how many share p's place
			if worst {
				ahead = p.RankFromBottom - 1
			}
			for _, q := range places {
				if q.Rank == p.Rank {
					equals++
				}
			}
			size := min(n, len(places))
			want := ahead < size
			switch policy {
			case "exclusive":
				want = ahead+equals <= size
			case "capped":
				want = want && ahead+equals <= limit
			}
			if slices.Contains(got, p.ID) != want {
				t.Fatalf("%s (%d before it, %d equal) of %d, %s: in %v", p.ID, ahead, equals, size, policy, got)
			}
		}
	})
}

func TestMembersCountFromBothEnds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		places := ranking.Rank(draw(t), template.Ranking{})
		b := template.Band{Key: "band", Worst: rapid.IntRange(1, 8).Draw(t, "size"), Ties: "inclusive"}
		members := ranking.Bands(places, template.Ranking{}, []template.Band{b})["band"]
		for i, m := range members {
			if m.FromBest+m.FromWorst+m.Equals != len(members)+2 {
				t.Fatalf("%+v of %d", m, len(members))
			}
			if i > 0 && m.FromWorst < members[i-1].FromWorst {
				t.Fatalf("%+v stands after %+v; the worst come first", m, members[i-1])
			}
		}
	})
}
