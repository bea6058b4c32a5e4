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
	base, _ := b.contestants()
	for _, judge := range judges {
		for _, p := range ranking.Rank(b.without(judge, base), b.in.Template.Ranking) {
			r := ranges[p.ID]
			r.Best, r.Worst = min(r.Best, p.Rank), max(r.Worst, p.Rank)
		}
	}
}

// groups hands the marks of each cell of a row to a function.
func (r *row) groups(do func(cell int, marks []filed)) {
	for first := 0; first < len(r.marks); {
		last := first + 1
		for last < len(r.marks) && r.marks[last].cell == r.marks[first].cell {
			last++
		}
		do(r.marks[first].cell, r.marks[first:last])
		first = last
	}
}

// judges lists those who can be left out.
func (b *board) judges() []string {
	seen := map[string]bool{}
	var out []string
	for i := range b.rows {
		b.rows[i].groups(func(_ int, marks []filed) {
			for _, f := range marks {
				if len(marks) >= leaveOutFrom && !seen[f.mark.Judge] {
					seen[f.mark.Judge] = true
					out = append(out, f.mark.Judge)
				}
			}
		})
	}
	return out
}

// without is the field as if a judge had given no marks: whose values change is
// scored anew, and so is everybody where an item goes by ranks.
func (b *board) without(judge string, base []ranking.Contestant) []ranking.Contestant {
	changed := make(map[string]*valued, len(base))
	for i := range base {
		r := &b.rows[b.index()[base[i].ID]]
		if v := b.leaveOut(judge, r); v != nil {
			changed[base[i].ID] = v
		} else if len(b.ranked) > 0 {
			v := r.valued
			v.items = slices.Clone(v.items)
			v.ranks = slices.Clone(v.ranks)
			changed[base[i].ID] = &v
		}
	}
	b.rankItems(func(r *row) *valued {
		if v, ok := changed[r.subject.ID]; ok {
			return v
		}
		return &r.valued
	})
	out := slices.Clone(base)
	for i := range out {
		v, ok := changed[out[i].ID]
		if !ok {
			continue
		}
		r := &b.rows[b.index()[out[i].ID]]
		score := b.score(r, v)
		out[i].Exact, out[i].Published = score.Exact, score.Published
		out[i].Ties = b.plan.TieBreak(b.in.Template.Ranking.TieBreak, v.values, score, r.facts)
	}
	return out
}

// leaveOut gives a subject's values without a judge's marks, or nil when that
// changes nothing. A veto stands whoever is left out.
func (b *board) leaveOut(judge string, r *row) *valued {
	var v *valued
	r.groups(func(cell int, marks []filed) {
		at := slices.IndexFunc(marks, func(f filed) bool { return f.mark.Judge == judge })
		if at < 0 || len(marks) < leaveOutFrom || !r.concerns(b.plan.Position(marks[0].mark.Item)) {
			return
		}
		if v == nil {
			v = r.valued.clone()
		}
		value, na := b.combine(cell, slices.Delete(slices.Clone(marks), at, at+1))
		v.values[cell] = value
		if v.silent != nil {
			v.silent[cell] = false
		}
		if na {
			v.hush(cell, len(v.values))
		}
	})
	return v
}

// clone copies what leaving a judge out can change.
func (v *valued) clone() *valued {
	c := *v
	c.values, c.silent = slices.Clone(v.values), slices.Clone(v.silent)
	c.items, c.ranks = slices.Clone(v.items), slices.Clone(v.ranks)
	return &c
}
