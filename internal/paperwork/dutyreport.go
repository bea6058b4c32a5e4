package paperwork

import (
	"fmt"
	"strconv"

	"leitai/internal/calendar"
)

// DutyReport is the written report of somebody's year (述职报告): its parts and
// its limit are the template's (E04, E17).
type DutyReport struct {
	Paper
	Unit  string // for example 晴禾村党总支部
	Post  string // who reports: the post, with the name where the tenant prints names
	Year  int
	Limit int // characters of all parts; 0: no limit (E04: 2000)
	// Counted is how many characters were counted when it was handed in; 0: count
	// them here. Paper and ledger say the same number.
	Counted int
	Title   string // "": 述职报告
	Needs   []string
	Parts   []ReportPart
}

// ReportPart is one part with its paragraphs, one a line.
type ReportPart struct{ Heading, Text string }

// Document lays the report out. A report that is too long, or without a part
// that is asked for, is refused.
func (r DutyReport) Document() (Document, error) {
	m := missing{document: "述职报告"}
	m.need(r.Unit != "", "unit", "单位（unit）")
	m.need(r.Year > 0, "year", "年度（year）")
	m.need(len(r.Parts) > 0, "parts", "报告正文（parts）")
	have := 0
	headings := map[string]bool{}
	for i, p := range r.Parts {
		have += Characters(p.Heading) + Characters(p.Text)
		headings[p.Heading] = true
		m.need(p.Text != "", fmt.Sprintf("parts[%d].text", i), "“"+p.Heading+"”的内容（text）")
	}
	for _, need := range r.Needs {
		m.need(headings[need], "parts", "“"+need+"”部分")
	}
	if r.Counted > 0 {
		have = r.Counted
	}
	if r.Limit > 0 && have > r.Limit {
		m.found = append(m.found, tooLong("述职报告", have, r.Limit).At("parts"))
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{paper: Paper{Demo: r.Demo, Trial: r.Trial, Issuer: r.Issuer, Date: r.Date}, title: []string{strconv.Itoa(r.Year) + "年度", or(r.Title, "述职报告")}}
	who := r.Unit
	if r.Post != "" {
		who += "　" + r.Post
	}
	d.paper.Number = who
	for _, p := range r.Parts {
		var blocks []block
		for _, text := range lines(p.Text) {
			blocks = append(blocks, paragraph{text: text})
		}
		d.sections = append(d.sections, section{heading: p.Heading, blocks: blocks})
	}
	if r.Limit > 0 {
		d.closing = []line{{"字数", fmt.Sprintf("%d字（要求不超过%d字）", have, r.Limit)}}
	}
	return d, nil
}

// ReportRules are the rules for writing reports (E29, E04, E17, E27): parts,
// length, date.
type ReportRules struct {
	Paper
	Attachment int
	Title      string
	Parts      []ReportPart // heading and what is to be written under it
	Limit      int
	Due        calendar.Date
	To         string // where it is handed in
	Oral       string // who reports orally (E07); ""
	Papers     []AskedPaper
}

// AskedPaper is one paper that is asked for, as the template does (E27).
type AskedPaper struct {
	Name  string
	Limit int    // characters; 0: any length
	Due   string // day of the year, for example 1月17日
}

// Document lays the rules out.
func (r ReportRules) Document() (Document, error) {
	m := missing{document: or(r.Title, "述职报告撰写要求")}
	m.need(r.Title != "", "title", "标题（title）")
	m.need(len(r.Parts) > 0, "parts", "报告的组成部分（parts）")
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	var parts []string
	for _, p := range r.Parts {
		parts = append(parts, p.Heading+"。"+p.Text)
	}
	d := Document{paper: r.Paper, title: []string{r.Title}, sections: []section{{heading: "报告内容", blocks: numbered(parts)}}}
	var rest []string
	if r.Limit > 0 {
		rest = append(rest, fmt.Sprintf("报告不超过%d字，有情况、有数据、有问题、有打算，不说空话套话", r.Limit))
	}
	if !r.Due.IsZero() {
		rest = append(rest, "报告于"+day(r.Due)+"前报送"+r.To)
	}
	if r.Oral != "" {
		rest = append(rest, r.Oral+"作口头述职，其他人员作书面述职")
	}
	d.section("有关要求", numbered(rest))
	if len(r.Papers) > 0 {
		t := table{columns: []column{{head: "序号", share: 12}, {head: "材料", share: 44, left: true}, {head: "字数", share: 22}, {head: "报送时限", share: 22}}}
		for i, p := range r.Papers {
			limit := dash
			if p.Limit > 0 {
				limit = fmt.Sprintf("%d字以内", p.Limit)
			}
			t.rows = append(t.rows, []string{strconv.Itoa(i + 1), p.Name, limit, or(p.Due, dash)})
		}
		d.section("材料报送", []block{t})
	}
	return d.attachedAs(r.Attachment), nil
}
