package contest

import (
	"slices"

	"leitai/internal/ranking"
)

// leaveOutFrom is how many judges a cell needs before one of them is left out:
// with two, what remains would give the other away.
const leaveOutFrom = 3

// addRanges writes the range of ranks into the standings: over the ranking as it
// is and over every ranking in which one judge's marks are left out wherever at
// least three judges marked the same cell. Without such a judge there is none.
func (b *board) addRanges(standings []Standing) {
	judges := b.judges()
	if len(judges) == 0 {
		return
	}
	ranges := make(map[string]*Range, len(standings))
	for i := range standings {
		if s := &standings[i]; s.Rank > 0 {
			s.Range = &Range{Best: s.Rank, Worst: s.Rank}
			ranges[s.Subject] = s.Range
		}
	}
	base := b.contestants()
	for _, judge := range judges {
		changed := slices.Clone(base)
		for i := range changed {
			b.without(judge, &changed[i])
		}
		for _, p := range ranking.Rank(changed, b.in.Template.Ranking) {
			r := ranges[p.ID]
			r.Best, r.Worst = min(r.Best, p.Rank), max(r.Worst, p.Rank)
		}
	}
}

// judges lists those who can be left out.
func (b *board) judges() []string {
	seen := map[string]bool{}
	var out []string
	for i := range b.rows {
		marks := b.rows[i].marks
		for first := 0; first < len(marks); {
			last := first + 1
			for last < len(marks) && marks[last].cell == marks[first].cell {
				last++
			}
			for _, f := range marks[first:last] {
				if last-first >= leaveOutFrom && !seen[f.mark.Judge] {
					seen[f.mark.Judge] = true
					out = append(out, f.mark.Judge)
				}
			}
			first = last
		}
	}
	return out
}

// without recomputes one contestant as if a judge had given no marks.
func (b *board) without(judge string, c *ranking.Contestant) {
	r := &b.rows[b.index[c.ID]]
	values, changed := slices.Clone(r.values), false
	for first := 0; first < len(r.marks); {
		last := first + 1
		for last < len(r.marks) && r.marks[last].cell == r.marks[first].cell {
			last++
		}
		group := r.marks[first:last]
		at := slices.IndexFunc(group, func(f filed) bool { return f.mark.Judge == judge })
		if at >= 0 && len(group) >= leaveOutFrom {
			changed = true
			rest := slices.Delete(slices.Clone(group), at, at+1)
			values[group[0].cell] = b.combine(group[0].cell, rest)
		}
		first = last
	}
	if !changed {
		return
	}
	score := b.score(r, values)
	c.Exact, c.Published = score.Exact, score.Published
	c.Ties = b.plan.TieBreak(b.in.Template.Ranking.TieBreak, values)
}
