package paperwork

import (
	"strconv"
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// ThreeColour is the notice of a half-year's 三亮三评 in green, yellow and red
// (绿黄红三色公示, B22): counts of each branch, and never anybody's name.
type ThreeColour struct {
	Paper
	What     string // for example “三亮三评”
	Period   calendar.Period
	Lights   []Light // from the best
	Branches []BranchLights
	Smallest int // a branch with fewer rated than this tells no counts; 0: each does
}

// Light is one colour and what it means.
type Light struct{ Name, Meaning string }

// BranchLights counts the lights of one branch, in the order of the lights.
type BranchLights struct {
	Branch string
	Kind   string // 党员 or 党支部: what is counted
	Counts []int
}

func (b BranchLights) total() int {
	n := 0
	for _, c := range b.Counts {
		n += c
	}
	return n
}

// Document lays the notice out. Counts of a branch so small that they would
// point at somebody are left out; the line of totals goes too where it would
// give them away by subtraction (G10).
func (t ThreeColour) Document() (Document, error) {
	m := missing{document: "三色公示"}
	t.Paper.check(&m)
	m.need(t.What != "", "what", "公示内容（what）")
	m.need(!t.Period.IsZero(), "period", "期次（period）")
	m.need(len(t.Lights) > 1, "lights", "至少两种颜色及其含义（lights）")
	m.need(len(t.Branches) > 0, "branches", "各支部数量（branches）")
	for i, b := range t.Branches {
		m.need(len(b.Counts) == len(t.Lights), "branches["+strconv.Itoa(i)+"].counts", "每种颜色的数量（counts）")
		if strings.ContainsAny(b.Branch, "、，；") {
			m.found = append(m.found, fault.New(fault.PaperNamesInRed, "value", b.Branch).At("branches[%d].branch", i))
		}
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{paper: t.Paper, title: []string{"关于" + span(t.Period), quoted(t.What), "三色公示的通知"},
		opening: []block{paragraph{text: span(t.Period) + quoted(t.What) + "评议工作已经结束，现将结果按支部公示如下。"}, t.table()}}
	for _, l := range t.Lights {
		d.opening = append(d.opening, paragraph{lead: l.Name + "：", text: sentence(l.Meaning)})
	}
	return d, nil
}

func (t ThreeColour) table() table {
	out := table{columns: []column{{head: "支部", share: 34}, {head: "评议对象", share: 16}, {head: "总数", share: 12}}}
	for _, l := range t.Lights {
		out.columns = append(out.columns, column{head: l.Name, share: 38 / len(t.Lights)})
	}
	fill(out.columns)
	sums, small := make([]int, len(t.Lights)), 0
	for _, b := range t.Branches {
		row := []string{b.Branch, or(b.Kind, dash), strconv.Itoa(b.total())}
		hide := b.total() < t.Smallest
		if hide {
			small++
		}
		for i, c := range b.Counts {
			sums[i] += c
			if hide {
				row = append(row, dash)
			} else {
				row = append(row, strconv.Itoa(c))
			}
		}
		out.rows = append(out.rows, row)
	}
	out.note = "注：只公布数量，不公布个人。"
	if small > 0 {
		out.note += "评议对象少于" + strconv.Itoa(t.Smallest) + "个的支部不公布各色数量。"
		return out
	}
	if len(t.Branches) > 1 {
		total, all := []string{"合计", dash, ""}, 0
		for _, n := range sums {
			all += n
			total = append(total, strconv.Itoa(n))
		}
		total[2] = strconv.Itoa(all)
		out.rows = append(out.rows, total)
	}
	return out
}
