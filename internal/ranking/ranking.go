// Package ranking owns how totals become ranks and who stands in a band: the
// competition ranking on the published or the exact total, tie-break chains,
// tracks, bands with their tie policies and the rule for small rosters, and
// the natural order of ids that breaks ties on paper only.
//
// It does not own totals (scoring), what a band leads to (outcome), or runs of
// rounds in a band (outcome).
package ranking

import (
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Contestant is one subject with a total. Those without one are not ranked and
// do not appear here (Q13).
type Contestant struct {
	ID        string
	Track     string
	Exact     exact.Number
	Published exact.Number
	Ties      []exact.Number // numbers of the tie-break chain, larger first
	Previous  int            // rank in the last held round; 0: none
}

// Place is a contestant with its rank. Ranks run inside the scope: the whole
// list, or the contestant's track.
type Place struct {
	Contestant
	Rank           int // 1, 2, 2, 4: as many as are better, plus one
	RankFromBottom int // as many as are worse, plus one
	Of             int // how many are ranked in the scope
	Overall        int // rank in the whole list, whatever the scope
	At             int // position among the contestants handed in
}

// Values of ranking.on and ranking.scope.
const (
	OnExact = "exact"
	ByTrack = "track"
)

// Rank places contestants: on the published total unless the rule says exact
// (Q11), ties broken by the chain where there is one (Q6), inside tracks where
// the scope says so (Q24). The answer is ordered by the rank in the whole list,
// then by id in natural order; the order of the input does not matter.
func Rank(contestants []Contestant, rule template.Ranking) []Place {
	places := make([]Place, len(contestants))
	for i, k := range sorted(contestants, rule.On) {
		places[i].Contestant, places[i].At = contestants[k.at], int(k.at)
	}
	all := pointers(places)
	number(all, rule.On)
	for i := range places {
		places[i].Overall = places[i].Rank
	}
	if rule.Scope == ByTrack {
		for _, track := range tracks(all) {
			number(track, rule.On)
		}
	}
	return places
}

// better is negative when a stands before b, and 0 when they are tied.
func better(a, b *Contestant, on string) int {
	if c := b.total(on).Cmp(a.total(on)); c != 0 {
		return c
	}
	return chain(a, b)
}

// chain compares by the numbers of the tie-break chain alone.
func chain(a, b *Contestant) int {
	for k := range min(len(a.Ties), len(b.Ties)) {
		if c := b.Ties[k].Cmp(a.Ties[k]); c != 0 {
			return c
		}
	}
	return 0
}

// number gives ranks from both ends to a sorted scope.
func number(scope []*Place, on string) {
	for i, p := range scope {
		p.Of = len(scope)
		p.Rank = i + 1
		if i > 0 && better(&scope[i-1].Contestant, &p.Contestant, on) == 0 {
			p.Rank = scope[i-1].Rank
		}
	}
	for i := len(scope) - 1; i >= 0; i-- {
		scope[i].RankFromBottom = len(scope) - i
		if i+1 < len(scope) && scope[i+1].Rank == scope[i].Rank {
			scope[i].RankFromBottom = scope[i+1].RankFromBottom
		}
	}
}

func pointers(places []Place) []*Place {
	out := make([]*Place, len(places))
	for i := range places {
		out[i] = &places[i]
	}
	return out
}

// tracks splits a sorted list by track, each part still sorted; the parts come
// in the order of their first member.
func tracks(all []*Place) [][]*Place {
	var parts [][]*Place
	index := map[string]int{}
	for _, p := range all {
		i, ok := index[p.Track]
		if !ok {
			i = len(parts)
			index[p.Track] = i
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], p)
	}
	return parts
}
