package ranking

import "leitai/internal/template"

// Tie policies of a band. TieBreak counts on ranking.tieBreak: what the chain
// leaves tied is treated in the contestants' favour.
const (
	Inclusive = "inclusive" // all of a group of equals that reaches over the edge are in
	Exclusive = "exclusive" // none of them is
	TieBreak  = "tie-break"
	Capped    = "capped" // in, unless that makes more members than the cap
)

// SmallHalf is the rule by which a band never takes more than half of a small
// roster (Q12).
const SmallHalf = "half"

// Member is one contestant's place inside a band, counted from both of the
// band's ends; equal contestants share it.
type Member struct {
	ID        string
	FromBest  int // 1: the best of the band
	FromWorst int // 1: the worst of the band
	Equals    int // how many members share the place, itself included
}

// Membership gives the members of each band by its key, every list ordered
// from the end that the band is counted from: the worst first in a band of the
// worst, else the best first; equals in natural order of id.
type Membership map[string][]Member

// Bands works out who is in which band (Q6, Q7, Q12, Q25), inside tracks where
// the rule's scope says so. A contestant whom ties carry into a band of the
// best never stands in a band of the worst as well: the two may not overlap.
func Bands(places []Place, rule template.Ranking, bands []template.Band) Membership {
	members := Membership{}
	all := pointers(places)
	scopes := [][]*Place{all}
	if rule.Scope == ByTrack {
		scopes = tracks(all)
	}
	for _, scope := range scopes {
		rewarded := map[string]bool{}
		start := 0
		for _, b := range bands {
			var in []*Place
			equal := sameRank
			switch {
			case b.Best > 0:
				in, start = segment(scope, b, 0, rewarded)
			case b.Next > 0:
				in, start = segment(scope, b, start, rewarded)
			case b.Worst > 0:
				continue // after all bands of the best are known
			default:
				in, equal = gained(scope, b), sameGain
			}
			members[b.Key] = append(members[b.Key], seat(in, false, equal)...)
		}
		for _, b := range bands {
			if b.Worst > 0 {
				members[b.Key] = append(members[b.Key], seat(worst(scope, b, rewarded), true, sameRank)...)
			}
		}
	}
	return members
}

// size is how many places a band has in a scope of n (Q12).
func size(places, n int, b template.Band) int {
	if b.Small == SmallHalf {
		places = min(places, n/2)
	}
	return min(places, n)
}

// segment takes the band that starts after the first `start` places and marks
// its members; it gives the place after which the next segment starts.
func segment(scope []*Place, b template.Band, start int, taken map[string]bool) ([]*Place, int) {
	end := min(len(scope), start+size(b.Best+b.Next, len(scope), b))
	var in []*Place
	for at := 0; at < end; {
		group := equals(scope, at)
		last := at + group
		if last > start && !taken[scope[at].ID] && fits(len(in), group, last <= end, b, true) {
			for _, p := range scope[at:last] {
				taken[p.ID] = true
				in = append(in, p)
			}
		}
		at = last
	}
	return in, end
}

// worst takes the band at the end of the list, the worst first.
func worst(scope []*Place, b template.Band, rewarded map[string]bool) []*Place {
	n := size(b.Worst, len(scope), b)
	var in []*Place
	for left := len(scope); left > len(scope)-n; {
		first := left - 1
		for first > 0 && scope[first-1].Rank == scope[left-1].Rank {
			first--
		}
		if !rewarded[scope[first].ID] && fits(len(in), left-first, first >= len(scope)-n, b, false) {
			in = append(in, scope[first:left]...)
		}
		left = first
	}
	return in
}

// fits decides about a group of equals: it is in when it lies wholly inside the
// band, and otherwise as the tie policy says. What a tie-break chain leaves
// tied counts in favour: in for a reward, out for a penalty.
func fits(already, group int, whole bool, b template.Band, reward bool) bool {
	switch b.Ties {
	case Exclusive:
		return whole
	case TieBreak:
		return whole || reward
	case Capped:
		return already+group <= b.Cap
	}
	return true
}

// equals is how many contestants from position at share its rank.
func equals(scope []*Place, at int) int {
	n := 1
	for at+n < len(scope) && scope[at+n].Rank == scope[at].Rank {
		n++
	}
	return n
}

// seat counts the places inside a band from both ends. The band is given in
// order, from its worst when worstFirst, with equals beside each other.
func seat(in []*Place, worstFirst bool, equal func(a, b *Place) bool) []Member {
	out := make([]Member, len(in))
	for first := 0; first < len(in); {
		last := first + 1
		for last < len(in) && equal(in[first], in[last]) {
			last++
		}
		for i := first; i < last; i++ {
			out[i] = Member{ID: in[i].ID, FromBest: first + 1, FromWorst: len(in) - last + 1, Equals: last - first}
			if worstFirst {
				out[i].FromBest, out[i].FromWorst = out[i].FromWorst, out[i].FromBest
			}
		}
		first = last
	}
	return out
}

func sameRank(a, b *Place) bool { return a.Rank == b.Rank }
