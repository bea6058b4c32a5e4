package template

import (
	"slices"
	"strings"

	"leitai/internal/exact"
)

// grades checks thresholds, quotas and what grades need of each other.
func (c *checker) grades() {
	for _, g := range c.d.Grades {
		at := "grades." + g.Key
		quotas := slices.ContainsFunc(g.Steps, func(s GradeStep) bool { return s.Quota != nil })
		from := make([]*exact.Number, len(g.Steps))
		for i, s := range g.Steps {
			from[i] = s.From
			c.grade(g, s, at+".steps."+s.Key)
		}
		if len(g.Steps) == 0 {
			c.add(conflict("至少一个等次", "one grade or more"), "%s.steps", at)
		}
		c.graded(g, at)
		c.seats(g, at)
		c.falling(at+".steps", from, !quotas && g.Of != "entered")
	}
	c.needsCycles()
	for _, t := range c.d.TalkIf {
		at := "talkIf." + t.Scale
		if c.refers(at, t.Scale, keys(c.d.Grades, scaleKey)) {
			scale, _ := c.d.GradeScale(t.Scale)
			for i, key := range t.Grades {
				c.refers(index(at, i), key, keys(scale.Steps, stepKey))
			}
		}
		c.once(t.Grades, func(i int) string { return index(at, i) })
	}
}

// graded checks what a scale is of; without a figure there is no threshold.
func (c *checker) graded(g GradeScale, at string) {
	sources := []string{"total", "entered"}
	for _, i := range c.d.Items {
		sources = append(sources, "items."+i.Key)
	}
	for _, p := range c.d.Parts {
		sources = append(sources, "parts."+p.Key)
	}
	if g.Of != "" && (c.d.Rubric != PerRound || !strings.HasPrefix(g.Of, "items.")) {
		c.refers(at+".of", g.Of, sources) // the items of another round are looked at when it opens
	}
	if g.Of == "entered" && slices.ContainsFunc(g.Steps, func(s GradeStep) bool { return s.From != nil }) {
		c.add(conflict("由人确定的等次不设分数线", "grades that people enter have no thresholds"), "%s.of", at)
	}
}

func (c *checker) grade(g GradeScale, s GradeStep, at string) {
	if q := s.Quota; q != nil {
		c.quota(*q, s, at)
	} else if s.Unused != "" || s.Ties != "" || len(s.TieBreak) > 0 {
		c.add(conflict("ties、unused 与 tieBreak 只用于有比例的等次", "ties, unused and tieBreak go with a quota"), "%s", at)
	}
	others := slices.DeleteFunc(keys(c.d.Grades, scaleKey), func(k string) bool { return k == g.Key })
	for _, n := range s.Needs {
		if c.refers(at+".needs."+n.Scale, n.Scale, others) {
			scale, _ := c.d.GradeScale(n.Scale)
			c.refers(at+".needs."+n.Scale, n.Grade, keys(scale.Steps, stepKey))
		}
	}
	for i, key := range s.TieBreak {
		c.refers(index(at+".tieBreak", i), key, c.tieBreakers())
	}
	c.once(s.TieBreak, func(i int) string { return index(at+".tieBreak", i) })
}

func (c *checker) quota(q Quota, s GradeStep, at string) {
	bound := q.AtMost
	if bound == nil {
		bound = q.AtLeast
	}
	switch {
	case (q.AtMost == nil) == (q.AtLeast == nil):
		c.add(conflict("atMost 与 atLeast 恰好给出一个", "exactly one of atMost and atLeast"), "%s.quota", at)
	case bound.Sign() == 0:
		c.add(conflict("比例大于 0", "a share above 0"), "%s.quota", at)
	case q.AtLeast != nil && s.Unused != "":
		c.add(conflict("unused 只用于 atMost", "unused goes with atMost"), "%s.unused", at)
	}
	if q.Of == "teams" && c.d.Subject != Team || q.Of == "persons" && c.d.Subject != Person && c.d.Subject != Team {
		c.add(conflict("比例的计数单位与评比对象一致", "a quota counts what is judged"), "%s.quota.of", at)
	}
}

// seats checks that the quotas of a scale can be kept together and that there
// is a grade for everybody who gets none of them (Q17, Q19).
func (c *checker) seats(g GradeScale, at string) {
	var least []exact.Number
	for _, s := range g.Steps {
		if s.Quota != nil && s.Quota.AtLeast != nil {
			least = append(least, *s.Quota.AtLeast)
		}
	}
	if total := exact.Sum(least...); total.Cmp(exact.Int(1)) > 0 {
		c.add(conflict("各等次 atLeast 合计不超过 100%（现为 "+percent(total)+"）", "atLeast shares that sum to 100 % at most (they sum to "+percent(total)+")"), "%s.steps", at)
	}
	if n := len(g.Steps); n > 0 && g.Steps[n-1].Quota != nil && g.Steps[n-1].Quota.AtMost != nil {
		c.add(conflict("最后一个等次不设上限，以容纳其余对象", "no ceiling on the last grade, which takes everybody else"), "%s.steps.%s.quota", at, g.Steps[n-1].Key)
	}
}

func percent(share exact.Number) string { return share.Mul(hundred).String() + "%" }

// needsCycles refuses grades that wait for each other: a scale may only need
// what can be decided before it (E22).
func (c *checker) needsCycles() {
	needs := map[string][]string{}
	for _, g := range c.d.Grades {
		for _, s := range g.Steps {
			for _, n := range s.Needs {
				needs[g.Key] = append(needs[g.Key], n.Scale)
			}
		}
	}
	for _, g := range c.d.Grades {
		if way := wayBack(needs, g.Key, g.Key, nil); way != nil {
			round := strings.Join(append([]string{g.Key}, way...), " → ")
			c.add(conflict("等次的前提不互相等待（"+round+"）", "grades that do not wait for each other ("+round+")"), "grades.%s", g.Key)
		}
	}
}

// wayBack follows needs from one scale until it comes to another, itself
// included; nil when it never does. A scale that needs itself is refused
// elsewhere.
func wayBack(needs map[string][]string, from, to string, seen []string) []string {
	for _, next := range needs[from] {
		switch {
		case next == from || slices.Contains(seen, next):
			continue
		case next == to:
			return []string{to}
		}
		if way := wayBack(needs, next, to, append(slices.Clone(seen), next)); way != nil {
			return append([]string{next}, way...)
		}
	}
	return nil
}
