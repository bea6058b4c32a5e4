package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// tieBreakers are what a tie can be broken by: a channel, an item, a ballot, a
// part, or a named figure.
func (c *checker) tieBreakers() []string {
	return slices.Concat([]string{"heaviest-item", "daysTotal"}, keys(c.d.Channels, channelKey), keys(c.d.Items, itemKey),
		keys(c.d.Parts, func(p Part) string { return p.Key }), keys(c.d.Ballots, ballotKey))
}

func (c *checker) ranking() {
	for i, key := range c.d.Ranking.TieBreak {
		c.refers(index("ranking.tieBreak", i), key, c.tieBreakers())
	}
	if c.d.Ranking.Scope == "track" && c.d.Tracks == nil {
		c.add(conflict("按赛道排名须定义 tracks", "ranking within tracks needs tracks"), "ranking.scope")
	}
}

// bands checks that each band is one stretch (Q6, Q7, Q12, Q25).
func (c *checker) bands(all []Band, path string) {
	for i, b := range all {
		at := path + "." + b.Key
		sizes := 0
		for _, n := range []int{b.Best, b.Worst, b.Next, b.Gain, b.Gainers} {
			if n > 0 {
				sizes++
			}
		}
		gains := b.Gain > 0 || b.Gainers > 0
		switch {
		case sizes != 1:
			c.add(conflict("best、worst、next、gain、gainers 恰好给出一个", "exactly one of best, worst, next, gain and gainers"), "%s", at)
		case b.Next > 0 && (i == 0 || all[i-1].Best == 0 && all[i-1].Next == 0):
			c.add(conflict("next 紧接在 best 或 next 之后", "next follows a band of best or next"), "%s.next", at)
		case b.Against != "" && !gains:
			c.add(conflict("against 只用于 gain、gainers", "against goes with gain or gainers"), "%s.against", at)
		case b.Small != "" && gains:
			c.add(conflict("small 不用于 gain、gainers", "small does not go with gain or gainers"), "%s.small", at)
		}
		c.ties(b, at)
	}
}

func (c *checker) ties(b Band, at string) {
	switch {
	case b.Ties == "tie-break" && len(c.d.Ranking.TieBreak) == 0:
		c.add(conflict("ties: tie-break 须在 ranking.tieBreak 写明比较顺序", "ties: tie-break needs an order in ranking.tieBreak"), "%s.ties", at)
	case b.Ties == "capped" && (b.Cap == 0 || b.Cap < b.Size()):
		c.add(conflict("ties: capped 须给出 cap，且不小于名额", "ties: capped needs a cap, not below the size of the band"), "%s.cap", at)
	case b.Ties != "capped" && b.Cap > 0:
		c.add(conflict("cap 只用于 ties: capped", "cap goes with ties: capped"), "%s.cap", at)
	}
}

func (c *checker) streaks() {
	for _, s := range c.d.Streaks {
		c.refers("streaks."+s.Key+".band", s.Band, keys(c.d.Bands, bandKey))
		if slices.Contains(keys(c.d.Bands, bandKey), s.Key) {
			c.add(fault.New(fault.TemplateTwice, "value", s.Key), "streaks.%s", s.Key)
		}
	}
}

// outcomeKeys says which keys each outcome needs and which it may have.
var outcomeKeys = map[string]struct{ need, may []string }{
	"points":         {need: []string{"by", "values", "to"}, may: []string{"average"}},
	"criticism":      {may: []string{"to", "byRole"}},
	"talk":           {need: []string{"byRole"}, may: []string{"with"}},
	"statement":      {may: []string{"to", "byRole"}},
	"sharing":        {may: []string{"to", "byRole"}},
	"money":          {need: []string{"amount"}, may: []string{"to", "basis"}},
	"pairing":        {may: []string{"to", "byRole"}},
	"praise":         {may: []string{"to", "byRole"}},
	"rectification":  {may: []string{"to", "byRole"}},
	"accountability": {may: []string{"to", "byRole"}},
}

// outcomes checks each rule; bands and streaks are those it may refer to.
func (c *checker) outcomes(all []Outcome, path string, bands []Band, streaks []Streak) {
	for i := range all {
		o, at := &all[i], index(path, i)
		known, ok := outcomeKeys[o.Do]
		if !ok {
			continue // refused on reading
		}
		want := slices.Concat([]string{"when", "do"}, known.need, known.may)
		given := keys(outcomeShape.write(*o).entries, func(e entry) string { return e.key })
		for _, k := range given {
			if !slices.Contains(want, k) {
				c.add(fault.New(fault.TemplateKindKey, "key", k, "kind", o.Do, "want", strings.Join(want, ", ")), "%s.%s", at, k)
			}
		}
		for _, k := range known.need {
			if !slices.Contains(given, k) {
				c.missing(at, k, "此结果必填", "this outcome needs it")
			}
		}
		c.once(o.To, func(j int) string { return index(at+".to", j) })
		c.recipients(o.To, at+".to")
		c.recipients(o.With, at+".with")
		c.once(o.With, func(j int) string { return index(at+".with", j) })
		if o.Do == "money" {
			c.cites(at, o.Basis)
		}
		if c.refers(at+".when", o.When, slices.Concat(keys(bands, bandKey), keys(streaks, streakKey))) {
			c.values(o, at, bandOf(o.When, bands, streaks))
		}
	}
}

// recipients checks that a unit which nobody is linked to is what is judged.
func (c *checker) recipients(all []string, path string) {
	for i, role := range all {
		if slices.Contains([]SubjectKind{Group, Township, County}, SubjectKind(role)) && role != string(c.d.Subject) {
			c.add(conflict("对象 "+role+" 只用于 subject: "+role, "the recipient "+role+" goes with subject: "+role), "%s[%d]", path, i)
		}
	}
}

// bandOf is the band an outcome hangs on, directly or through a streak.
func bandOf(when string, bands []Band, streaks []Streak) Band {
	if s, ok := find(streaks, streakKey, when); ok {
		when = s.Band
	}
	b, _ := find(bands, bandKey, when)
	return b
}

// values checks that there is a value for every rank or for every role (Q4, Q5).
func (c *checker) values(o *Outcome, at string, b Band) {
	if o.Do != "points" || o.By == "" || len(o.Values) == 0 {
		return
	}
	want, zh, en := b.Size(), "每个名次一个", "one for each rank of the band"
	if o.By == "role" {
		want, zh, en = len(o.To), "每个对象一个", "one for each recipient"
	}
	switch {
	case o.By != "role" && b.Key != "" && b.Size() == 0:
		c.add(conflict("按名次记分须用于固定名额的名次段", "points by rank need a band of a fixed size"), "%s.by", at)
	case want > 0 && len(o.Values) != want:
		c.add(fault.New(fault.TemplateValuesLength, "have", strconv.Itoa(len(o.Values)), "want", strconv.Itoa(want), "zh", zh, "en", en), "%s.values", at)
	case o.By == "role" && o.Average:
		c.add(conflict("average 只用于按名次记分", "average goes with points by rank"), "%s.average", at)
	}
}

// rollupLength orders the roll-ups there are.
var rollupLength = map[string]int{"quarter": 3, "half-year": 6, "year": 12, "term": 24}

func (c *checker) rollups() {
	for i, r := range c.d.Rollups {
		at := "rollups." + r.Key
		if _, ok := rollupLength[r.Key]; !ok {
			c.add(fault.New(fault.TemplateUnknownValue, "value", r.Key, "want", "quarter | half-year | year | term"), "%s", at)
		}
		before := slices.DeleteFunc(keys(c.d.Rollups[:i], rollupKey), func(k string) bool { return rollupLength[k] >= rollupLength[r.Key] })
		c.refers(at+".of", r.Of, append([]string{"rounds"}, before...))
		c.bands(r.Bands, at+".bands")
		c.outcomes(r.Outcomes, at+".outcomes", r.Bands, nil)
		c.parts(r.Parts, at+".parts")
	}
}

// period is the roll-up whose parts stand at a path.
func (c *checker) period(path string) string {
	for _, r := range c.d.Rollups {
		if path == fmt.Sprintf("rollups.%s.parts", r.Key) {
			return r.Key
		}
	}
	return ""
}

// parts checks the components of a total; the name of the field tells whose.
func (c *checker) parts(all []Part, path string) {
	var weights []exact.Number
	sources := []string{"items", "entered"}
	if path != "parts" {
		sources = []string{"rounds", "entered"}
	}
	for _, b := range c.d.Ballots {
		sources = append(sources, "ballots."+b.Key)
	}
	for _, r := range c.d.Rollups {
		if path == "parts" || rollupLength[r.Key] < rollupLength[c.period(path)] {
			sources = append(sources, "rollups."+r.Key)
		}
	}
	sources = append(sources, "feeds")
	for i, p := range all {
		weights = append(weights, p.Weight)
		if giver, ok := strings.CutPrefix(p.From, "feeds."); ok && giver != c.d.Key {
			continue // the scheme that feeds it is another document
		}
		c.refers(index(path, i)+".from", p.From, sources)
	}
	c.once(keys(all, func(p Part) string { return p.Key }), func(i int) string { return index(path, i) + ".key" })
	c.sum100(path, weights)
}
