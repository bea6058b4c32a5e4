package ranking

import (
	"slices"

	"leitai/internal/exact"
)

// Figures gives each figure its rank, the larger the better: 1, 2, 2, 4. It is
// Rank for figures without names, chains and tracks, in the order given.
func Figures(figures []exact.Number) []int {
	order := make([]int, len(figures))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return figures[b].Cmp(figures[a]) })
	ranks := make([]int, len(figures))
	for i, at := range order {
		if ranks[at] = i + 1; i > 0 && figures[order[i-1]].Equal(figures[at]) {
			ranks[at] = ranks[order[i-1]]
		}
	}
	return ranks
}
