package template

import (
	"fmt"
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// frame checks what stands around the rules: version, dates, parent and locks.
func (c *checker) frame() {
	if c.d.SchemaVersion != SchemaVersion {
		c.add(fault.New(fault.TemplateSchemaVersion, "value", fmt.Sprint(c.d.SchemaVersion), "want", fmt.Sprint(SchemaVersion)), "schemaVersion")
	}
	c.once(basisNumbers(c.d), func(int) string { return "basis" })
	cal := c.d.Calendar
	switch {
	case cal.Day == 0 && cal.Window == nil:
		c.missing("calendar", "day", "举办日，或 window 时间窗口", "the day of the month, or a window")
	case cal.Day > 0 && cal.Window != nil:
		c.add(conflict("day 与 window 二选一", "either day or window"), "calendar.window")
	case cal.Window != nil && cal.Window.From > cal.Window.To:
		c.add(conflict("from 不晚于 to（不跨年）", "from not after to, within one year"), "calendar.window")
	case cal.Window != nil && cal.Every != "year":
		c.add(conflict("时间窗口每年一次（every: year）", "a window comes once a year (every: year)"), "calendar.every")
	}
	for i, path := range c.d.Locks {
		c.lockable(index("locks", i), path)
	}
	if d := c.d.DerivedFrom; d != nil {
		for i, path := range d.Locked {
			c.lockable(index("derivedFrom.locked", i), path)
		}
		if d.Key == c.d.Key {
			c.add(conflict("上级模板不是自身", "the parent is another template"), "derivedFrom.key")
		}
	}
}

// lockableKeys are all keys but those in which a derived template differs by
// its nature.
var lockableKeys = slices.DeleteFunc(strings.Split(keysOf(append(shapeA(), shapeMore()...)), ", "), func(k string) bool {
	return slices.Contains([]string{"schemaVersion", "key", "name", "derivedFrom", "locks"}, k)
})

// lockable checks that a locked path begins with a key of the document.
func (c *checker) lockable(at, path string) {
	top, _, _ := strings.Cut(path, ".")
	c.refers(at, top, lockableKeys)
}

func (c *checker) channels() {
	weights := make([]exact.Number, len(c.d.Channels))
	for i, ch := range c.d.Channels {
		weights[i] = ch.Weight
		path := "channels." + ch.Key
		c.judges(path+".judges", ch.Judges)
		if ch.Reception && ch.Source != "ledger" {
			c.add(conflict("只有台账渠道需要先签收", "only a ledger channel is checked in"), "%s.reception", path)
		}
		if low, high := ch.Range[0], ch.Range[1]; low.Sign() < 0 && high.Sign() <= 0 {
			c.add(conflict("评分上限大于 0，得分按其占上限的比例折算", "a highest mark above 0: a mark counts by its share of the highest"), "%s.range", path)
		}
		c.indicator(path, ch.Key, ch.Name)
	}
	c.sum100("channels", weights)
	if len(c.d.Channels) == 0 && c.needsMarks() {
		c.missing("", "channels", "评分渠道", "where marks come from")
	}
}

// needsMarks reports whether any item can only get points from marks.
func (c *checker) needsMarks() bool {
	if len(c.d.Items) == 0 {
		return c.d.Rubric == PerRound && len(c.d.Parts) == 0 && c.d.Postings == nil
	}
	return slices.ContainsFunc(c.d.Items, func(i Item) bool { return i.marked() })
}

func (c *checker) judges(path string, j Judges) {
	switch {
	case j.Combine == "single" && j.Min != 1:
		c.add(conflict("single 只能有一名评委（min: 1）", "single means one judge (min: 1)"), "%s.combine", path)
	case j.Combine == "trimmed" && (j.Drop < 1 || j.Min <= 2*j.Drop):
		c.add(conflict("trimmed 须 drop ≥ 1，且 min 大于 drop 的两倍", "trimmed needs drop of 1 or more, and min above twice that"), "%s.drop", path)
	case j.Combine != "trimmed" && j.Drop > 0:
		c.add(conflict("只有 trimmed 可设 drop", "only trimmed drops marks"), "%s.drop", path)
	}
}

// lists checks that lists of names hold each name once.
func (c *checker) lists() {
	d := c.d
	all := map[string][]string{
		"panels.recuse": d.Panels.Recuse, "panels.warn": d.Panels.Warn, "confirmAtActivation": d.ConfirmAtActivation,
		"documents": d.Documents, "stages": d.Stages, "locks": d.Locks, "ranking.tieBreak": d.Ranking.TieBreak,
	}
	if d.Evidence != nil {
		all["evidence.kinds"] = d.Evidence.Kinds
	}
	paths := make([]string, 0, len(all))
	for path := range all {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		c.once(all[path], func(i int) string { return index(path, i) })
	}
}
