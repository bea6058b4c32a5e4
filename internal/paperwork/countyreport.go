package paperwork

import (
	"fmt"
	"slices"
	"strconv"

	"leitai/internal/calendar"
)

// CountyReport is what a township reports in writing to the county's
// Organisation Department: progress, innovations, and one line a village (B02).
// What does not go to the county, marks of single judges and ballots, has no
// place in it.
type CountyReport struct {
	Paper
	Competition string
	Period      calendar.Period
	Due         calendar.Date // by when it had to be reported
	Visited     int           // villages observed
	Of          int           // villages there are (B01)
	Progress    []string
	Highlights  []Highlight
	Villages    []CountyVillage
	Problems    []string // shared problems and what comes next
	Archives    int      // per-village archives handed over with it (B07)
}

// Highlight is something done well that others may learn from (A42, B06).
type Highlight struct{ Village, Text string }

// CountyVillage is one village's line. What the competition does not publish is
// left empty: a column that is empty throughout is not printed.
type CountyVillage struct {
	Village string
	Visited string // date of the visit
	Total   string
	Light   string
	Issues  int // opened
	Closed  int // closed
	Comment string
}

// Document lays the report out.
func (c CountyReport) Document() (Document, error) {
	m := missing{document: "情况报告"}
	c.Paper.check(&m)
	m.need(c.Competition != "", "competition", "活动名称（competition）")
	m.need(!c.Period.IsZero(), "period", "期次（period）")
	m.need(len(c.Villages) > 0, "villages", "各村（社区）情况（villages）")
	m.need(len(c.To) > 0, "to", "主送机关（to），例如县委组织部")
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{paper: c.Paper, title: []string{"关于" + span(c.Period), quoted(c.Competition), "开展情况的报告"}, opening: []block{paragraph{text: c.lead()}}}
	d.section("工作进展", numbered(c.Progress))
	d.section("创新做法和亮点", c.highlights())
	d.section("各村（社区）情况", []block{c.table()})
	d.section("存在问题和下一步打算", numbered(c.Problems))
	if c.Archives > 0 {
		d.closing = []line{{"随文报送", fmt.Sprintf("%d个村（社区）的电子档案", c.Archives)}}
	}
	return d, nil
}

func (c CountyReport) lead() string {
	opened, closed := 0, 0
	for _, v := range c.Villages {
		opened += v.Issues
		closed += v.Closed
	}
	text := fmt.Sprintf("按照县委组织部要求，%s组织开展了%s，应观摩%d个村（社区），实际观摩%d个", span(c.Period), quoted(c.Competition), c.Of, c.Visited)
	if c.Of > 0 && c.Of == c.Visited {
		text += "，实现全覆盖"
	}
	text += fmt.Sprintf("；发现问题%d个，已整改销号%d个。", opened, closed)
	if !c.Due.IsZero() {
		text += "按规定应于" + day(c.Due) + "前报告。"
	}
	return text + "现将有关情况报告如下。"
}

func (c CountyReport) highlights() []block {
	var blocks []block
	for i, h := range c.Highlights {
		blocks = append(blocks, paragraph{lead: "（" + ordinal(i+1) + "）" + h.Village + "。", text: sentence(h.Text)})
	}
	return blocks
}

func (c CountyReport) table() table {
	t := table{dense: true}
	for _, p := range []struct {
		head  string
		share int
		left  bool
		of    func(CountyVillage) string
	}{
		{"村（社区）", 15, false, func(v CountyVillage) string { return v.Village }},
		{"观摩日期", 14, false, func(v CountyVillage) string { return v.Visited }},
		{"得分", 10, false, func(v CountyVillage) string { return v.Total }},
		{"评价", 8, false, func(v CountyVillage) string { return v.Light }},
		{"问题／已销号", 13, false, func(v CountyVillage) string { return strconv.Itoa(v.Issues) + "／" + strconv.Itoa(v.Closed) }},
		{"点评", 40, true, func(v CountyVillage) string { return v.Comment }},
	} {
		if !slices.ContainsFunc(c.Villages, func(v CountyVillage) bool { return p.of(v) != "" }) {
			continue
		}
		t.columns = append(t.columns, column{head: p.head, share: p.share, left: p.left})
		for i, v := range c.Villages {
			if len(t.rows) <= i {
				t.rows = append(t.rows, nil)
			}
			t.rows[i] = append(t.rows[i], or(p.of(v), dash))
		}
	}
	fill(t.columns)
	return t
}
