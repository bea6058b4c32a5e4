package paperwork

import (
	"fmt"
	"strconv"
)

const dash = "—"

// standings lays the table of a result out. A column in which nothing is shown
// is left out, so that a result published without ranks shows no empty ranks (G8).
func standings(rows []Standing, policies []string) table {
	var ranks, totals, bands, changes bool
	for _, s := range rows {
		ranks = ranks || s.Rank > 0
		totals = totals || s.Total != ""
		bands = bands || s.Band != ""
		changes = changes || s.Change != ""
	}
	t := table{note: remark(policies)}
	add := func(shown bool, head string, weight int) {
		if shown {
			t.columns = append(t.columns, column{head: head, share: weight})
		}
	}
	add(ranks, "名次", 14)
	add(true, "村（社区）", 30)
	add(totals, "总分", 18)
	add(changes, "较上期", 14)
	add(bands || anyReason(rows), "备注", 24)
	fill(t.columns)
	for _, s := range rows {
		row := []string{}
		put := func(shown bool, text string) {
			if shown {
				row = append(row, or(text, dash))
			}
		}
		put(ranks, count(s.Rank))
		put(true, s.Village)
		put(totals, s.Total)
		put(changes, s.Change)
		put(bands || anyReason(rows), or(s.Reason, s.Band))
		t.rows = append(t.rows, row)
	}
	return t
}

func anyReason(rows []Standing) bool {
	for _, s := range rows {
		if s.Reason != "" {
			return true
		}
	}
	return false
}

// fill stretches the shares to 100; what rounding leaves over goes to the
// widest column.
func fill(columns []column) {
	total, widest := 0, 0
	for i, c := range columns {
		total += c.share
		if c.share > columns[widest].share {
			widest = i
		}
	}
	left := 100
	for i := range columns {
		columns[i].share = columns[i].share * 100 / total
		left -= columns[i].share
	}
	columns[widest].share += left
}

// remark joins policies into the small print below a table.
func remark(policies []string) string {
	text := ""
	for i, p := range policies {
		if len(policies) > 1 {
			text += strconv.Itoa(i+1) + "．"
		}
		text += sentence(p)
	}
	if text == "" {
		return ""
	}
	return "注：" + text
}

// mentions appends a section of mentions; none when there are none.
func (d *Document) mentions(heading, lead string, all []Mention) {
	if len(all) == 0 {
		return
	}
	blocks := []block{paragraph{text: lead}}
	for i, m := range all {
		text := m.Village
		if m.Rank > 0 {
			text += fmt.Sprintf("（第%d名）", m.Rank)
		}
		if m.What != "" {
			text += "：" + m.What
		}
		if m.Who != "" {
			text += "；责任人：" + m.Who
		}
		blocks = append(blocks, paragraph{text: fmt.Sprintf("%d．%s", i+1, sentence(text))})
	}
	d.sections = append(d.sections, section{heading: heading, blocks: blocks})
}

// numbered makes one paragraph of each text, counted （一）, （二）…
func numbered(texts []string) []block {
	var blocks []block
	for i, text := range texts {
		blocks = append(blocks, paragraph{text: "（" + ordinal(i+1) + "）" + sentence(text)})
	}
	return blocks
}

// closing is the small print: revision, approver, audience and how to verify.
func (p Publication) closing() []line {
	revision := fmt.Sprintf("第%d次发布", p.Revision)
	if p.Supersedes > 0 {
		revision += fmt.Sprintf("，替代第%d次发布（原件保留备查）；更正原因：%s", p.Supersedes, sentence(p.Reason))
	}
	from := "可向发文机关索取"
	if p.Verify != "" {
		from = "可从 " + p.Verify + " 下载"
	}
	return []line{
		{"发布版次", revision},
		{"审定", p.Approver},
		{"发布范围", or(p.Scope, p.Audience.words())},
		{"结果包哈希值", p.Hash},
		{"核验方法", "结果包" + from + "，运行“leitai verify 文件名”即可离线重算全部总分和名次，并核对签名及上列哈希值（SHA-256）。"},
	}
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
