package outcome

import (
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/ranking"
)

// Past is how one subject stood in an earlier round. Rank 0 means that it was
// not ranked.
type Past struct {
	Subject string
	Total   exact.Number
	Rank    int
	Bands   []string
	Links   []Link
}

// Lineage says that a subject carries on what another did before a day.
type Lineage struct {
	Subject     string
	Predecessor string
	Until       calendar.Date
}

// Inherit adds to an earlier round's standings those that today's subjects carry
// on from units that merged, were split or moved (Q10). Held is the day of the
// round. What stood under the old units stays as it is.
//
// After a split or a move the successor stands as its predecessor stood. After a
// merge it was in a band only when every predecessor was, so that a bad streak
// of one village is not the other's, and a good one is not won by merging; its
// rank is the best of theirs, so that merging is no advance; its people are
// those of all.
func Inherit(standings []Past, lines []Lineage, held calendar.Date) []Past {
	out := slices.Clone(standings)
	var heirs []string
	from := map[string][]string{}
	for _, l := range lines {
		if !held.Before(l.Until) {
			continue
		}
		if from[l.Subject] == nil {
			heirs = append(heirs, l.Subject)
		}
		from[l.Subject] = append(from[l.Subject], l.Predecessor)
	}
	slices.SortFunc(heirs, ranking.Compare)
	for _, heir := range heirs {
		at := slices.IndexFunc(standings, func(p Past) bool { return p.Subject == heir })
		stood := ancestors(standings, from[heir])
		if at >= 0 && len(stood) > 0 {
			stood = append([]Past{standings[at]}, stood...) // a unit that others merged into
		}
		if len(stood) == 0 {
			continue
		}
		merged := together(heir, ranked(stood))
		if at >= 0 {
			out[at] = merged
		} else {
			out = append(out, merged)
		}
	}
	return out
}

// ancestors are the standings of those of the names that stood.
func ancestors(standings []Past, names []string) []Past {
	var all []Past
	for _, p := range standings {
		if slices.Contains(names, p.Subject) {
			all = append(all, p)
		}
	}
	return all
}

// ranked leaves out who was not ranked, as an absence neither breaks nor extends
// a streak (Q8), unless nobody was.
func ranked(stood []Past) []Past {
	some := slices.DeleteFunc(slices.Clone(stood), func(p Past) bool { return p.Rank == 0 })
	if len(some) == 0 {
		return stood
	}
	return some
}

// together is how several stood as one.
func together(heir string, stood []Past) Past {
	one := Past{Subject: heir}
	for _, p := range stood {
		if p.Rank > 0 && (one.Rank == 0 || p.Rank < one.Rank) {
			one.Rank, one.Total = p.Rank, p.Total
		}
		for _, l := range p.Links {
			if !slices.Contains(one.Links, l) {
				one.Links = append(one.Links, l)
			}
		}
	}
	one.Links = SortedLinks(one.Links)
	for _, band := range stood[0].Bands {
		everybody := !slices.ContainsFunc(stood, func(p Past) bool { return !slices.Contains(p.Bands, band) })
		if everybody {
			one.Bands = append(one.Bands, band)
		}
	}
	return one
}
