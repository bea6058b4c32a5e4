package template

import (
	"slices"

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
	for i, f := range d.Feeds {
		if f.Into == d.Key {
			c.add(conflict("结果计入另一方案，而非自身", "a result feeds another scheme than itself"), "feeds[%d].into", i)
		}
	}
	c.staged()
	c.once(keys(d.Feeds, func(f Feed) string { return f.Into }), func(i int) string { return index("feeds", i) + ".into" })
	c.once(keys(d.Deadlines, func(x Deadline) string { return x.Document }), func(i int) string { return index("deadlines", i) + ".document" })
	c.postings()
}

// staged checks that a channel whose marks are given in a step has that step,
// where the template lists its steps (C07).
func (c *checker) staged() {
	if len(c.d.Stages) == 0 {
		return
	}
	for _, ch := range c.d.Channels {
		if slices.Contains([]string{"speech", "comment", "assembly"}, ch.Source) && ch.Weight.Sign() > 0 {
			c.refers("channels."+ch.Key+".source", ch.Source, c.d.Stages)
		}
	}
}

func (c *checker) postings() {
	p := c.d.Postings
	if p == nil {
		return
	}
	if c.d.Subject != Person && c.d.Subject != Team {
		c.add(conflict("选派条件用于 subject: person 或 team", "postings go with subject person or team"), "postings")
	}
	c.once(p.Team.For, func(i int) string { return index("postings.team.for", i) })
	c.once(keys(p.Milestones, func(m Milestone) string { return m.Key }), func(i int) string { return index("postings.milestones", i) + ".key" })
	for i, m := range p.Milestones {
		at := index("postings.milestones", i)
		c.formula(at+".formula", m.Formula)
		if (m.Clock == "months") != (m.Months > 0) {
			c.add(conflict("months 与 clock: months 同时给出", "months goes with clock: months"), "%s.months", at)
		}
	}
}
