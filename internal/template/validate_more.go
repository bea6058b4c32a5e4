package template

import (
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// ballots checks options, groups and what is never left out (G2, Q26, Q34).
func (c *checker) ballots() {
	for _, b := range c.d.Ballots {
		at := "ballots." + b.Key
		if b.Roster == "open" {
			c.add(fault.New(fault.TemplatePublicVote, "value", "roster: open"), "%s.roster", at)
		}
		if len(b.Options) < 2 {
			c.add(conflict("至少两个选项", "two options or more"), "%s.options", at)
		}
		groups := keys(b.Groups, func(g BallotGroup) string { return g.Key })
		weights := make([]exact.Number, len(b.Groups))
		for i, g := range b.Groups {
			weights[i] = g.Weight
			c.merge(b, g, at+".groups."+g.Key, groups)
		}
		if len(b.Groups) == 0 {
			c.add(conflict("至少一个测评组", "one group or more"), "%s.groups", at)
		}
		c.sum100(at+".groups", weights)
		for _, always := range []string{"recused", "invalid"} {
			if !slices.Contains(b.Exclude, always) {
				c.add(conflict("回避票和无效票总是不计入分母", "recused and invalid ballots are always left out"), "%s.exclude", at)
				break
			}
		}
		c.once(b.Exclude, func(i int) string { return index(at+".exclude", i) })
	}
}

func (c *checker) merge(b Ballot, g BallotGroup, at string, groups []string) {
	switch {
	case g.MergeWith == "":
	case b.Small != "merge":
		c.add(conflict("mergeWith 只用于 small: merge", "mergeWith goes with small: merge"), "%s.mergeWith", at)
	default:
		c.refers(at+".mergeWith", g.MergeWith, slices.DeleteFunc(slices.Clone(groups), func(k string) bool { return k == g.Key }))
	}
}

// falling checks thresholds from the best step down; strict says that every
// step but the last has one and the last has none.
func (c *checker) falling(at string, from []*exact.Number, strict bool) {
	var above *exact.Number
	for i, f := range from {
		last := i == len(from)-1
		if strict && (f == nil) != last || f != nil && above != nil && f.Cmp(*above) >= 0 {
			c.add(fault.New(fault.TemplateOrder), "%s", at)
			return
		}
		if f != nil {
			above = f
		}
	}
}

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
		c.falling(at+".steps", from, !quotas && g.Of != "entered")
	}
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
	} else if s.Unused != "" || s.Ties != "" {
		c.add(conflict("ties 与 unused 只用于有比例的等次", "ties and unused go with a quota"), "%s", at)
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

// others checks the smaller keys.
func (c *checker) others() {
	d := c.d
	from := make([]*exact.Number, len(d.Legend))
	for i, s := range d.Legend {
		from[i] = s.From
	}
	c.falling("legend", from, true)
	if p := d.Pairing; p != nil {
		c.refers("pairing.lead", p.Lead, keys(d.Bands, bandKey))
		if c.refers("pairing.follow", p.Follow, keys(d.Bands, bandKey)) && p.Follow == p.Lead {
			c.add(conflict("follow 与 lead 是两个不同的名次段", "follow is another band than lead"), "pairing.follow")
		}
	}
	if e := d.Evidence; e != nil && e.MinPhotos > 0 && !slices.Contains(e.Kinds, "photo") {
		c.add(conflict("要求照片时 kinds 应含 photo", "photos are required, so kinds should hold photo"), "evidence.kinds")
	}
	if d.Holding != "" && d.Subject != Person {
		c.add(conflict("holding 只用于 subject: person", "holding goes with subject person"), "holding")
	}
	c.once(keys(d.Feeds, func(f Feed) string { return f.Into }), func(i int) string { return index("feeds", i) + ".into" })
	c.once(keys(d.Deadlines, func(x Deadline) string { return x.Document }), func(i int) string { return index("deadlines", i) + ".document" })
	c.postings()
}

func (c *checker) postings() {
	p := c.d.Postings
	if p == nil {
		return
	}
	if c.d.Subject != Person && c.d.Subject != Team {
		c.add(conflict("选派条件用于 subject: person 或 team", "postings go with subject person or team"), "postings")
	}
	c.once(keys(p.Milestones, func(m Milestone) string { return m.Key }), func(i int) string { return index("postings.milestones", i) + ".key" })
	for i, m := range p.Milestones {
		at := index("postings.milestones", i)
		c.formula(at+".formula", m.Formula)
		if (m.Clock == "months") != (m.Months > 0) {
			c.add(conflict("months 与 clock: months 同时给出", "months goes with clock: months"), "%s.months", at)
		}
	}
}
