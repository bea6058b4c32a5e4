package ballot

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// pool is one weighted unit of the blend: a group, or groups merged.
type pool struct {
	members []int // indexes of rule.Groups, ascending
	weight  exact.Number
}

// cell adds up the pool's groups on one subject.
func (p pool) cell(rule template.Ballot, cells []cell) cell {
	sum := cell{GroupCount: GroupCount{Options: map[string]int{}}}
	for _, i := range p.members {
		sum.add(cells[i].GroupCount)
	}
	sum.count(rule)
	return sum
}

func (p pool) keys(rule template.Ballot) []string {
	keys := make([]string, len(p.members))
	for i, m := range p.members {
		keys[i] = rule.Groups[m].Key
	}
	return keys
}

// merged gives the pools of a ballot: each group alone, or under small: merge
// every group that is small on any subject joined with its named neighbour, and
// so on while the joined pool is still small and somebody in it names another.
func merged(rule template.Ballot, subjects [][]cell) []pool {
	pools := make([]pool, len(rule.Groups))
	for i, g := range rule.Groups {
		pools[i] = pool{members: []int{i}, weight: g.Weight}
	}
	if rule.Small != "merge" {
		return pools
	}
	for {
		from, into := joinable(rule, subjects, pools)
		if from < 0 {
			return pools
		}
		pools[into] = join(pools[into], pools[from])
		pools = slices.Delete(pools, from, from+1)
	}
}

// joinable finds a small pool and the pool of a neighbour that one of its
// groups names; −1 when there is none.
func joinable(rule template.Ballot, subjects [][]cell, pools []pool) (from, into int) {
	for i, p := range pools {
		if !p.small(rule, subjects) {
			continue
		}
		for _, m := range p.members {
			neighbour := slices.IndexFunc(rule.Groups, func(g template.BallotGroup) bool { return g.Key == rule.Groups[m].MergeWith })
			if neighbour < 0 || slices.Contains(p.members, neighbour) {
				continue
			}
			return i, slices.IndexFunc(pools, func(q pool) bool { return slices.Contains(q.members, neighbour) })
		}
	}
	return -1, -1
}

func join(a, b pool) pool {
	members := slices.Concat(a.members, b.members)
	slices.Sort(members)
	return pool{members: members, weight: a.weight.Add(b.weight)}
}

func (p pool) small(rule template.Ballot, subjects [][]cell) bool {
	return slices.ContainsFunc(subjects, func(cells []cell) bool { return p.cell(rule, cells).valid < rule.Threshold })
}

// whyHidden decides, once for all subjects, whether group figures are withheld.
// A small pool is the stronger reason, because it can be seen from outside.
func whyHidden(rule template.Ballot, subjects [][]cell, pools []pool) Why {
	if slices.ContainsFunc(pools, func(p pool) bool { return p.small(rule, subjects) }) {
		return WhyThreshold
	}
	for _, cells := range subjects {
		for _, p := range pools {
			if c := p.cell(rule, cells); c.unanimous() {
				return WhyUnanimous
			}
		}
	}
	return ""
}

// figures are the groups of a ballot that may be broken down.
func figures(rule template.Ballot, cells []cell, pools []pool) []Figure {
	all := make([]Figure, len(pools))
	for i, p := range pools {
		c := p.cell(rule, cells)
		all[i] = Figure{
			Groups: p.keys(rule), Weight: p.weight, Mean: c.mean(), Valid: c.valid, Options: c.Options,
			Invalid: c.Invalid, Abstained: c.Abstained, Recused: c.Recused,
		}
	}
	return all
}
