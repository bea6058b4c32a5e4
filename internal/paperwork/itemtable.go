package paperwork

import (
	"strconv"

	"leitai/internal/calendar"
)

// ItemTable is the rubric of a round as one table (评比细则): what is judged, for
// how many points, by which channels, against what (A11, A12, B18, E29).
type ItemTable struct {
	Paper
	Attachment  int // number of the attachment; 0: it stands alone
	Competition string
	Period      calendar.Period
	Scale       string // for example 100
	Items       []RubricLine
}

// RubricLine is one item. Names and figures are printed as given.
type RubricLine struct {
	Section  string
	Name     string
	Kind     string // 评分、清单、扣分…
	Points   string
	Channels string // 现场督查40%，资料台账60%
	Criteria string
	Evidence string // 资料、照片、现场查看、访谈
	Owner    string // role of the leader in charge (A07)
}

// Document lays the table out across the page.
func (t ItemTable) Document() (Document, error) {
	m := missing{document: "评比细则"}
	m.need(t.Competition != "", "competition", "评比名称（competition）")
	m.need(!t.Period.IsZero(), "period", "期次（period）")
	m.need(len(t.Items) > 0, "items", "至少一项评比内容（items）")
	if t.Attachment == 0 {
		t.Paper.check(&m)
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	lines := table{dense: true, columns: []column{
		{head: "序号", share: 5}, {head: "类别", share: 9}, {head: "单项工作", share: 14}, {head: "计分方式", share: 8}, {head: "分值", share: 6},
		{head: "评分渠道", share: 13, left: true}, {head: "评比标准", share: 27, left: true}, {head: "查看方式", share: 9}, {head: "责任领导", share: 9}}}
	for i, l := range t.Items {
		lines.rows = append(lines.rows, []string{strconv.Itoa(i + 1), or(l.Section, dash), l.Name, or(l.Kind, dash), or(l.Points, dash),
			or(l.Channels, dash), or(l.Criteria, dash), or(l.Evidence, dash), or(l.Owner, dash)})
	}
	if t.Scale != "" {
		lines.note = "注：总分" + t.Scale + "分。各村（社区）对照细则逐项准备，无需为评比另行制作台账。"
	}
	d := Document{paper: t.Paper, across: true, title: []string{span(t.Period), quoted(t.Competition), "评比细则"}, opening: []block{lines}}
	return d.attachedAs(t.Attachment), nil
}
