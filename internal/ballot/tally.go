package ballot

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// Tally is TallyAll for a ballot with one subject.
func Tally(rule template.Ballot, groups []GroupCount) Result {
	return TallyAll(rule, []SubjectCount{{Groups: groups}})[0]
}

// TallyAll makes the results of a whole ballot, in the order of its subjects.
// The score is Σ group weight × mean of the options' scores over the
// denominator, which leaves out what the rule says (Q26). A group without a
// denominator hands its weight to the others in proportion. If any group has
// fewer valid ballots than the threshold on any subject, or is of one mind on
// any, no subject shows group figures: with the weights known, one hidden group
// could be got back by subtraction, and the figures of the other subjects would
// say who the small group are. Under small: merge, a small group is first joined
// with its named neighbour, for all subjects alike (Q34).
//
// Counts must have passed Check: what the rule does not know is not counted.
func TallyAll(rule template.Ballot, subjects []SubjectCount) []Result {
	cells := make([][]cell, len(subjects))
	for i, s := range subjects {
		cells[i] = cellsOf(rule, s.Groups)
	}
	pools := merged(rule, cells)
	results, why := make([]Result, len(subjects)), whyHidden(rule, cells, pools)
	for i := range subjects {
		results[i] = blended(rule, cells[i], pools)
		results[i].Subject, results[i].Why, results[i].Breakdown = subjects[i].Subject, why, why == ""
		if why == "" {
			results[i].Groups = figures(rule, cells[i], pools)
		}
	}
	return results
}

// cell is one group's counts on one subject, in the order of rule.Groups, with
// what follows from them.
type cell struct {
	GroupCount
	valid int          // the denominator
	sum   exact.Number // of the scores of the valid ballots
}

// cellsOf adds up the counts of each group of the rule; a group that is not
// counted at all is empty.
func cellsOf(rule template.Ballot, counts []GroupCount) []cell {
	cells := make([]cell, len(rule.Groups))
	for i, group := range rule.Groups {
		c := &cells[i]
		c.Group, c.Options = group.Key, map[string]int{}
		for _, g := range counts {
			if g.Group == group.Key {
				c.add(g)
			}
		}
		c.count(rule)
	}
	return cells
}

func (c *cell) add(g GroupCount) {
	for option, n := range g.Options {
		c.Options[option] += n
	}
	c.Invalid, c.Abstained, c.Recused = c.Invalid+g.Invalid, c.Abstained+g.Abstained, c.Recused+g.Recused
	c.Due, c.Present, c.Issued, c.Returned = c.Due+g.Due, c.Present+g.Present, c.Issued+g.Issued, c.Returned+g.Returned
}

// count works out the denominator: sheets with an option, and what the rule
// does not exclude, which then counts as 0 points.
func (c *cell) count(rule template.Ballot) {
	c.valid, c.sum = 0, exact.Number{}
	for _, o := range rule.Options {
		c.valid += c.Options[o.Key]
		c.sum = c.sum.Add(o.Score.Mul(exact.Int(int64(c.Options[o.Key]))))
	}
	for what, n := range map[string]int{Abstained: c.Abstained, Recused: c.Recused, Invalid: c.Invalid} {
		if !slices.Contains(rule.Exclude, what) {
			c.valid += n
		}
	}
}

// unanimous reports whether everybody whose sheet counts said the same.
func (c *cell) unanimous() bool {
	said := 0
	for _, n := range c.Options {
		if n > 0 {
			said++
		}
	}
	inOptions := c.cast() - c.Invalid - c.Abstained - c.Recused
	if c.valid > inOptions { // what is counted as 0 points is one more thing to say
		said++
	}
	return c.valid > 0 && said == 1
}

func (c *cell) mean() exact.Number { return c.sum.Quo(exact.Int(int64(c.valid))) }

// blended is the part of a result that is published whatever the groups are.
func blended(rule template.Ballot, cells []cell, pools []pool) Result {
	r := Result{Ballot: rule.Key}
	for i := range cells {
		c := &cells[i]
		r.Due, r.Present, r.Issued, r.Returned = r.Due+c.Due, r.Present+c.Present, r.Issued+c.Issued, r.Returned+c.Returned
		r.Valid += c.valid
		r.Recused += c.Recused
		r.SetAside += c.cast() - c.Recused - c.valid
		if c.valid < rule.Threshold {
			r.Small = append(r.Small, c.Group)
		}
	}
	if !slices.Contains(rule.Exclude, Recused) {
		r.SetAside += r.Recused // they are among the valid ones
	}
	var weight, sum exact.Number
	for _, p := range pools {
		c := p.cell(rule, cells)
		if c.valid == 0 {
			r.Spread = append(r.Spread, p.keys(rule)...)
			continue
		}
		weight, sum = weight.Add(p.weight), sum.Add(p.weight.Mul(c.mean()))
	}
	if r.Valid >= MinScored && weight.Sign() > 0 {
		r.Scored, r.Score = true, sum.Quo(weight)
	}
	return r
}
