package paperwork

import (
	"fmt"
	"strconv"

	"leitai/internal/calendar"
)

// RoundNotice is the leading group's written notice of one round: without it
// date and venue are not fixed (A19, A20). It also hands the rubric to the
// villages before the event (A12).
type RoundNotice struct {
	Paper
	Competition string
	Basis       string // the notice the competition rests on (A01)
	Period      calendar.Period
	Held        calendar.Date
	Time        string        // for example 上午9时
	Nominal     calendar.Date // the day the calendar names, when the round was moved from it (A18)
	MovedFor    string        // why, for example 劳动节放假
	Venue       string        // township office or demonstration village
	Subjects    []string      // the roster (A03)
	Items       []NoticeItem
	Groups      []NoticeGroup
	Ledgers     string   // how ledgers are handed in, for example 由村党组织书记于当日上午8时30分前送至评比地点（A21）
	Demands     []string // what else is asked for
	Filing      string   // 备案文号 of the inspection plan (G6); "": none
}

// NoticeItem is one line of the month's rubric (A10, A11). Points and shares
// are printed as given.
type NoticeItem struct {
	Name    string
	Points  string // for example 40
	OnSite  string // share of the on-site inspection, for example 40%
	Ledger  string // share of the ledger examination, for example 60%
	Owner   string // role of the leader in charge (A07)
	Content string // what is looked at; ""
}

// NoticeGroup is one review group (A05, A06).
type NoticeGroup struct {
	Name     string
	Members  []string // as the tenant allows them to be named: names or roles (G10)
	Seconded []string // 抽调驻村干部
	Covers   string   // items or villages of the group
}

// Document lays the notice out; it names everything that is missing at once.
func (n RoundNotice) Document() (Document, error) {
	m := missing{document: "评比通知"}
	n.check(&m)
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{
		paper:   n.Paper,
		title:   []string{"关于开展" + span(n.Period), quoted(n.Competition), "的通知"},
		opening: []block{paragraph{text: n.lead()}},
		sections: []section{
			{heading: "时间和地点", blocks: []block{n.when()}},
			{heading: "参评对象", blocks: []block{paragraph{text: fmt.Sprintf("%s，共%d个村（社区）。", list(n.Subjects), len(n.Subjects))}}},
			{heading: "评比内容", blocks: append(details(n.Items), items(n.Items))},
		},
	}
	if len(n.Groups) > 0 {
		d.sections = append(d.sections, section{heading: "评比分组", blocks: []block{groups(n.Groups)}})
	}
	d.sections = append(d.sections, section{heading: "有关要求", blocks: numbered(n.demands())})
	if n.Filing != "" {
		d.closing = []line{{"检查考核计划备案文号", n.Filing}}
	}
	return d, nil
}

func (n RoundNotice) check(m *missing) {
	n.Paper.check(m)
	m.need(n.Competition != "", "competition", "评比名称（competition）")
	m.need(!n.Period.IsZero(), "period", "期次（period）")
	m.need(!n.Held.IsZero(), "held", "举办日期（held），未经书面通知确定的时间无效")
	m.need(n.Venue != "", "venue", "举办地点（venue），未经书面通知确定的地点无效")
	m.need(len(n.To) > 0, "to", "发送对象（to）")
	m.need(len(n.Subjects) > 0, "subjects", "参评村（社区）名单（subjects）")
	m.need(len(n.Items) > 0, "items", "至少一项评比内容（items）")
}

func (n RoundNotice) lead() string {
	text := ""
	if n.Basis != "" {
		text = "根据" + n.Basis + "安排，"
	}
	return text + fmt.Sprintf("经研究，决定开展%s%s。现将有关事项通知如下。", span(n.Period), quoted(n.Competition))
}

func (n RoundNotice) when() entries {
	when := dayOfWeek(n.Held) + n.Time
	if !n.Nominal.IsZero() && n.Nominal != n.Held {
		why := ""
		if n.MovedFor != "" {
			why = "，因" + n.MovedFor
		}
		when += fmt.Sprintf("（原定%s%s顺延）", day(n.Nominal), why)
	}
	return entries{{"时间", when}, {"地点", n.Venue}}
}

// demands begins with the two that follow from the rules (A12, A21).
func (n RoundNotice) demands() []string {
	all := []string{"各村（社区）要对照评比内容，逐项准备有关资料，无需为评比另行制作台账"}
	if n.Ledgers != "" {
		all = append(all, "资料台账"+n.Ledgers)
	}
	if len(n.Groups) > 0 {
		all = append(all, "评比小组成员不得评本人所联系、包保或驻守的村（社区），应主动回避")
	}
	return append(all, n.Demands...)
}

// details prints what is looked at, one paragraph an item that says it.
func details(rows []NoticeItem) []block {
	var blocks []block
	for i, r := range rows {
		if r.Content != "" {
			blocks = append(blocks, paragraph{lead: "（" + ordinal(i+1) + "）" + r.Name + "。", text: sentence(r.Content)})
		}
	}
	return blocks
}

func items(rows []NoticeItem) table {
	t := table{columns: []column{{head: "序号", share: 9}, {head: "单项工作", share: 26}, {head: "分值", share: 12}, {head: "现场督查", share: 16}, {head: "资料台账", share: 16}, {head: "责任领导", share: 21}}}
	for i, r := range rows {
		t.rows = append(t.rows, []string{strconv.Itoa(i + 1), r.Name, r.Points, or(r.OnSite, dash), or(r.Ledger, dash), or(r.Owner, dash)})
	}
	return t
}

func groups(rows []NoticeGroup) table {
	t := table{columns: []column{{head: "小组", share: 24}, {head: "成员", share: 20, left: true}, {head: "抽调驻村干部", share: 22, left: true}, {head: "评比范围", share: 34, left: true}}}
	for _, g := range rows {
		t.rows = append(t.rows, []string{g.Name, list(g.Members), or(list(g.Seconded), dash), or(g.Covers, dash)})
	}
	return t
}
