package ranking_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// Figures are ranked as contestants of those totals are.
func TestFiguresAreRankedAsTotalsAre(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		figures := make([]exact.Number, rapid.IntRange(0, 9).Draw(t, "figures"))
		contestants := make([]ranking.Contestant, len(figures))
		for i := range figures {
			figures[i] = exact.Ratio(rapid.Int64Range(-3, 3).Draw(t, "figure"), 2)
			contestants[i] = ranking.Contestant{ID: fmt.Sprint(i), Exact: figures[i], Published: figures[i]}
		}
		ranks := ranking.Figures(figures)
		for _, p := range ranking.Rank(contestants, template.Ranking{}) {
			var at int
			_, _ = fmt.Sscan(p.ID, &at)
			if ranks[at] != p.Rank {
				t.Fatalf("%v: %s has rank %d, want %d", figures, figures[at], ranks[at], p.Rank)
			}
		}
	})
}
