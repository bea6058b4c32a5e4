package ranking

import (
	"cmp"
	"slices"

	"leitai/internal/template"
)

// Gain is how many ranks a place is better than the contestant's previous one;
// false when there is no previous rank.
func Gain(p *Place) (int, bool) { return p.Previous - p.Rank, p.Previous > 0 }

// gained lists who improved (Q25): everybody who gained at least b.Gain ranks,
// or the b.Gainers who gained the most and at least one, best gain first.
func gained(scope []*Place, b template.Band) []*Place {
	least := max(b.Gain, 1)
	var in []*Place
	for _, p := range scope {
		if gain, known := Gain(p); known && gain >= least {
			in = append(in, p)
		}
	}
	slices.SortStableFunc(in, func(x, y *Place) int { return cmp.Compare(y.Previous-y.Rank, x.Previous-x.Rank) })
	if b.Gainers == 0 || len(in) <= b.Gainers {
		return in
	}
	edge := b.Gainers
	first, last := edge-1, edge
	for first > 0 && sameGain(in[first-1], in[edge-1]) {
		first--
	}
	for last < len(in) && sameGain(in[last], in[edge-1]) {
		last++
	}
	if last == edge || fits(first, last-first, false, b, true) {
		return in[:last]
	}
	return in[:first]
}

func sameGain(a, b *Place) bool { return a.Previous-a.Rank == b.Previous-b.Rank }
