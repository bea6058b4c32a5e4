package paperwork

import (
	"fmt"
	"slices"
	"strconv"
)

const dash = "—"

// results are the tables of a result: one, or one a track in the order in which
// the tracks first stand (Q24). The policies stand below the last.
func (b Bulletin) results() []block {
	var tracks []string
	rows := map[string][]Standing{}
	for _, s := range b.Standings {
		if rows[s.Track] == nil {
			tracks = append(tracks, s.Track)
		}
		rows[s.Track] = append(rows[s.Track], s)
	}
	var blocks []block
	for i, track := range tracks {
		if track != "" {
			blocks = append(blocks, paragraph{lead: "（" + ordinal(i+1) + "）" + track + "。"})
		}
		t := standings(rows[track], or(b.Subject, "村（社区）"), b.Parts)
		if i == len(tracks)-1 {
			t.note = remark(b.Policies)
		}
		blocks = append(blocks, t)
	}
	return blocks
}

// standings lays the table of a result out. A column in which nothing is shown
// is left out, so that a result published without ranks shows no empty ranks (G8).
func standings(rows []Standing, subject string, parts []string) table {
	t := table{dense: len(parts) > 2}
	add := func(head string, weight int, must bool, of func(Standing) string) {
		if !must && !slices.ContainsFunc(rows, func(s Standing) bool { return of(s) != "" }) {
			return
		}
		t.columns = append(t.columns, column{head: head, share: weight})
		for i, s := range rows {
			if len(t.rows) <= i {
				t.rows = append(t.rows, nil)
			}
			t.rows[i] = append(t.rows[i], or(of(s), dash))
		}
	}
	add("名次", 14, false, func(s Standing) string { return count(s.Rank) })
	add(subject, 28, true, func(s Standing) string { return s.Village })
	for i, name := range parts {
		add(name, 17, false, func(s Standing) string {
			if i < len(s.Parts) {
				return s.Parts[i]
			}
			return ""
		})
	}
	add("总分", 18, false, func(s Standing) string { return s.Total })
	add("较上期", 13, false, func(s Standing) string { return s.Change })
	add("超过同赛道", 16, false, func(s Standing) string { return s.Percentile })
	add("评价", 10, false, func(s Standing) string { return s.Light })
	add("等次", 12, false, func(s Standing) string { return s.Grade })
	add("备注", 22, false, func(s Standing) string { return or(s.Reason, s.Band) })
	fill(t.columns)
	return t
}

func pairs(all []Pair) []block {
	if len(all) == 0 {
		return nil
	}
	t := table{columns: []column{{head: "先进村", share: 50}, {head: "结对帮带村", share: 50}}}
	for _, p := range all {
		t.rows = append(t.rows, []string{p.Lead, p.Follow})
	}
	return []block{paragraph{text: "以下村（社区）结对共建，先进带后进，共同提升。"}, t}
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
