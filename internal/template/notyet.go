package template

import (
	"slices"

	"leitai/internal/fault"
)

// feature is one behaviour that a template can ask for and this release does
// not run yet. where gives the fields that ask for it.
type feature struct {
	zh, en string
	where  func(d *Document) []string
}

// notYet is the one table of what cannot be activated yet; a release that
// brings a behaviour removes its row.
var notYet = []feature{
	{"村（社区）以外的评比对象", "subjects other than villages", when("subject", func(d *Document) bool { return d.Subject != Village })},
	{"按时间窗口举办", "rounds in a window of days", when("calendar.window", func(d *Document) bool { return d.Calendar.Window != nil })},
	{"赛道", "tracks", when("tracks", func(d *Document) bool { return d.Tracks != nil })},
	{"中位数或去极值合成", "marks combined by median or trimmed mean", channelsWith("judges.combine", func(c Channel) bool {
		return c.Judges.Combine == "median" || c.Judges.Combine == "trimmed"
	})},
	{"直接评分以外的项目类型", "kinds of item other than points", itemsWith("kind", func(i Item) bool { return i.Kind != KindPoints })},
	{"只适用于部分村的项目", "items for some villages only", itemsWith("for", func(i Item) bool { return len(i.For) > 0 })},
	{"进步名次段", "bands of the most improved", bandsWith(func(b Band) bool { return b.Gain > 0 || b.Gainers > 0 })},
	{"总分由多个部分构成", "totals made of parts", partsAnywhere},
	{"由较短阶段汇总", "roll-ups of shorter roll-ups", rollupsWith("of", func(r Rollup) bool { return r.Of != "rounds" })},
	{"任期汇总", "roll-ups over a term", rollupsWith("months", func(r Rollup) bool { return r.Key == "term" })},
	{"民主测评", "ballots", when("ballots", func(d *Document) bool { return len(d.Ballots) > 0 })},
	{"覆盖要求", "coverage of all subjects", when("coverage", func(d *Document) bool { return d.Coverage != nil })},
	{"佐证要求", "required evidence", when("evidence", func(d *Document) bool { return d.Evidence != nil })},
	{"三色图例", "lights", when("legend", func(d *Document) bool { return len(d.Legend) > 0 })},
	{"主题", "themes", when("themes", func(d *Document) bool { return d.Themes != "" })},
	{"活动步骤", "stages", when("stages", func(d *Document) bool { return len(d.Stages) > 0 })},
	{"结对共建", "pairing", when("pairing", func(d *Document) bool { return d.Pairing != nil })},
	{"结果计入其他考核", "feeding other schemes", when("feeds", func(d *Document) bool { return len(d.Feeds) > 0 })},
	{"选派与驻村", "postings", when("postings", func(d *Document) bool { return d.Postings != nil })},
	{"等次与比例", "grades and quotas", when("grades", func(d *Document) bool { return len(d.Grades) > 0 })},
	{"按等次约谈", "interviews by grade", when("talkIf", func(d *Document) bool { return len(d.TalkIf) > 0 })},
	{"报送时限", "deadlines", when("deadlines", func(d *Document) bool { return len(d.Deadlines) > 0 })},
}

// NotYet names everything in a template that this release cannot run, each as
// its own fault; a template with any of it is kept but not activated.
func NotYet(d Document) fault.List {
	var all fault.List
	for _, f := range notYet {
		for _, at := range f.where(&d) {
			all = append(all, fault.New(fault.TemplateNotYet, "zh", f.zh, "en", f.en).At("%s", at))
		}
	}
	return all
}

func when(field string, asks func(d *Document) bool) func(d *Document) []string {
	return func(d *Document) []string {
		if asks(d) {
			return []string{field}
		}
		return nil
	}
}

func channelsWith(key string, asks func(Channel) bool) func(d *Document) []string {
	return func(d *Document) (at []string) {
		for _, c := range d.Channels {
			if asks(c) {
				at = append(at, "channels."+c.Key+"."+key)
			}
		}
		return at
	}
}

func itemsWith(key string, asks func(Item) bool) func(d *Document) []string {
	return func(d *Document) (at []string) {
		for i := range d.Items {
			if asks(d.Items[i]) {
				at = append(at, index("items", i)+"."+key)
			}
		}
		return at
	}
}

func bandsWith(asks func(Band) bool) func(d *Document) []string {
	return func(d *Document) (at []string) {
		all := [][]Band{d.Bands}
		paths := []string{"bands"}
		for _, r := range d.Rollups {
			all, paths = append(all, r.Bands), append(paths, "rollups."+r.Key+".bands")
		}
		for i, bands := range all {
			for _, b := range slices.DeleteFunc(slices.Clone(bands), func(b Band) bool { return !asks(b) }) {
				at = append(at, paths[i]+"."+b.Key)
			}
		}
		return at
	}
}

func rollupsWith(key string, asks func(Rollup) bool) func(d *Document) []string {
	return func(d *Document) (at []string) {
		for _, r := range d.Rollups {
			if asks(r) {
				at = append(at, "rollups."+r.Key+"."+key)
			}
		}
		return at
	}
}

func partsAnywhere(d *Document) (at []string) {
	if len(d.Parts) > 0 {
		at = append(at, "parts")
	}
	for _, r := range d.Rollups {
		if len(r.Parts) > 0 {
			at = append(at, "rollups."+r.Key+".parts")
		}
	}
	return at
}
