package paperwork

import (
	"strconv"

	"leitai/internal/calendar"
)

// RectificationList is the list of problems to be put right, one by one, with
// measure, date and who is responsible (E24, B11, B12, A39): one problem, one
// measure.
type RectificationList struct {
	Paper
	Attachment int
	Title      string // for example 某某村问题整改清单
	Lines      []RectificationLine
}

// RectificationLine is one problem.
type RectificationLine struct {
	Village string // "": the list is of one village
	Problem string
	Found   string // when and on what occasion
	Measure string
	Unit    string // responsible unit
	Person  string // role or post of who is responsible
	Due     string
	Result  string // state, for example 已销号（2023-05-20）
	Again   string // where the same problem stood in an earlier year (E26); ""
	Watch   string // listed supervision and return visit (E25, B13); ""
	Proof   string // evidence that was attached, for example 前1件、后2件; ""
}

// Document lays the list out across the page.
func (r RectificationList) Document() (Document, error) {
	m := missing{document: or(r.Title, "问题整改清单")}
	m.need(r.Title != "", "title", "清单名称（title）")
	m.need(len(r.Lines) > 0, "lines", "至少一个问题（lines）")
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	t := table{dense: true, columns: []column{{head: "序号", share: 4}, {head: "村（社区）", share: 8}, {head: "存在问题", share: 18, left: true}, {head: "发现情况", share: 9, left: true},
		{head: "整改措施", share: 17, left: true}, {head: "责任单位", share: 8}, {head: "责任人", share: 7}, {head: "完成时限", share: 7}, {head: "整改结果", share: 7}, {head: "佐证材料", share: 6}, {head: "督办、回头看", share: 9}}}
	for i, l := range r.Lines {
		problem := l.Problem
		if l.Again != "" {
			problem += "（重复出现：" + l.Again + "）"
		}
		t.rows = append(t.rows, []string{strconv.Itoa(i + 1), or(l.Village, dash), problem, or(l.Found, dash), or(l.Measure, dash), or(l.Unit, dash), or(l.Person, dash), or(l.Due, dash), or(l.Result, "整改中"), or(l.Proof, dash), or(l.Watch, dash)})
	}
	t.note = "注：一个问题一条措施，整改一个、销号一个；以往年度出现过的同类问题注明“重复出现”。"
	d := Document{paper: r.Paper, across: true, title: []string{r.Title}, opening: []block{t}}
	return d.attachedAs(r.Attachment), nil
}

// ContactTable is who is linked to which village (联点安排表, E29, E03, A08).
type ContactTable struct {
	Paper
	Attachment int
	Title      string
	Lines      []ContactLine
}

// ContactLine is one village. People are written as the tenant names them: with
// their post, or the post alone (G10).
type ContactLine struct{ Group, Village, Leader, Secretary, Cadres, Liaison, Remark string }

// Document lays the table out.
func (c ContactTable) Document() (Document, error) {
	m := missing{document: or(c.Title, "联点安排表")}
	m.need(c.Title != "", "title", "表名（title）")
	m.need(len(c.Lines) > 0, "lines", "至少一个村（社区）（lines）")
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	t := table{dense: true, columns: []column{{head: "序号", share: 6}, {head: "组别", share: 12}, {head: "村（社区）", share: 15}, {head: "联点领导", share: 15}, {head: "村党组织书记", share: 14},
		{head: "驻村干部", share: 15}, {head: "联络员", share: 11}, {head: "备注", share: 12}}}
	for i, l := range c.Lines {
		t.rows = append(t.rows, []string{strconv.Itoa(i + 1), or(l.Group, dash), l.Village, or(l.Leader, dash), or(l.Secretary, dash), or(l.Cadres, dash), or(l.Liaison, dash), l.Remark})
	}
	d := Document{paper: c.Paper, title: []string{c.Title}, opening: []block{t}}
	return d.attachedAs(c.Attachment), nil
}

// BallotReport reports the result of one ballot on one subject to who asked for
// it (测评结果报告单, E29): turnout and the score, and the counts where they may
// be told.
type BallotReport struct {
	Paper
	Attachment int
	Title      string // for example 履行党建责任制民主测评结果报告单
	Subject    string
	Post       string
	Held       calendar.Date
	Turnout    Turnout
	Options    []BallotCount // none where groups are too small (Q34)
	Score      string
	Rate       string // share of a good grade, for example 优秀率92.31%; ""
}

// BallotCount is how many chose an option.
type BallotCount struct{ Option, Count string }

// Document lays the report out as a form.
func (r BallotReport) Document() (Document, error) {
	m := missing{document: or(r.Title, "测评结果报告单")}
	m.need(r.Title != "", "title", "表名（title）")
	m.need(r.Subject != "", "subject", "测评对象（subject）")
	m.need(r.Score != "", "score", "综合得分（score）")
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	name := func(text string) gridCell { return gridCell{text: text, name: true} }
	value := func(text string, span int) gridCell { return gridCell{text: text, span: span} }
	g := grid{shares: []int{20, 13, 14, 13, 13, 14, 13}, rows: []gridRow{
		{cells: []gridCell{name("测评对象"), value(r.Subject, 3), name("职务"), value(or(r.Post, dash), 2)}},
		{cells: []gridCell{name("应到"), value(strconv.Itoa(r.Turnout.Due), 1), name("实到"), value(strconv.Itoa(r.Turnout.Present), 1), name("发出"), value(strconv.Itoa(r.Turnout.Issued), 2)}},
		{cells: []gridCell{name("收回"), value(strconv.Itoa(r.Turnout.Returned), 1), name("有效"), value(strconv.Itoa(r.Turnout.Valid), 1), name("测评时间"), value(dateOr(r.Held), 2)}},
	}}
	for _, o := range r.Options {
		g.rows = append(g.rows, gridRow{cells: []gridCell{name(o.Option), value(o.Count+"票", 6)}})
	}
	if len(r.Options) == 0 {
		g.note = "注：有评议组的有效票较少，为保护评议人，只报告综合得分。"
	}
	score := r.Score + "分"
	if r.Rate != "" {
		score += "（" + r.Rate + "）"
	}
	g.rows = append(g.rows, gridRow{cells: []gridCell{name("综合得分"), value(score, 6)}},
		gridRow{lines: 2, cells: []gridCell{name("计票人"), value("", 2), name("监票人"), value("", 3)}})
	d := Document{paper: r.Paper, title: []string{r.Title}, opening: []block{g}}
	return d.attachedAs(r.Attachment), nil
}

func dateOr(d calendar.Date) string {
	if d.IsZero() {
		return dash
	}
	return day(d)
}
