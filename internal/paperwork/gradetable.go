package paperwork

import (
	"slices"
	"strconv"
)

// GradeTable is the table by which a meeting decides grades, or proposes them to
// the level above (E11): every seat is explained, and who was passed over.
type GradeTable struct {
	Paper
	Attachment int
	Scheme     string // for example 2021年度村（社区）党组织书记考核
	Proposed   bool   // 建议等次: the level above decides
	Scale      string // what is graded, for example 总分
	Seats      []GradeSeats
	Lines      []GradeLine
	Shortfall  string // why fewer than the quota asks for; ""
}

// GradeSeats says how many seats a grade has and why (Q17–Q19).
type GradeSeats struct{ Grade, Rule string }

// GradeLine is one subject with its grade and the rule that gave it.
type GradeLine struct {
	Name   string
	Kind   string // 村（社区）, 书记, 班子成员
	Ballot string // score of the ballot
	Work   string // score of the work
	Total  string
	Rank   int
	Grade  string
	Why    string // rule, cap, tie with reason, second approver
}

// Document lays the table out across the page.
func (g GradeTable) Document() (Document, error) {
	m := missing{document: "考核等次表"}
	m.need(g.Scheme != "", "scheme", "考核名称（scheme）")
	m.need(len(g.Lines) > 0, "lines", "考核对象（lines）")
	if g.Attachment == 0 {
		g.Paper.check(&m)
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	word := "考核等次"
	if g.Proposed {
		word = "建议等次"
	}
	d := Document{paper: g.Paper, across: true, title: []string{g.Scheme, word + "表"}}
	for _, s := range g.Seats {
		d.opening = append(d.opening, paragraph{lead: s.Grade + "：", text: sentence(s.Rule)})
	}
	if g.Shortfall != "" {
		d.opening = append(d.opening, paragraph{lead: "名额空缺：", text: sentence(g.Shortfall)})
	}
	d.opening = append(d.opening, g.table(word))
	return d.attachedAs(g.Attachment), nil
}

func (g GradeTable) table(word string) table {
	t := table{dense: true, note: "注：“依据”栏写明取得该等次的规则；因名额、上限未取得的，写明原因。"}
	type part struct {
		head  string
		share int
		left  bool
		of    func(int, GradeLine) string
	}
	for _, p := range []part{
		{"序号", 5, false, func(i int, _ GradeLine) string { return strconv.Itoa(i + 1) }},
		{"考核对象", 15, false, func(_ int, l GradeLine) string { return l.Name }},
		{"类别", 10, false, func(_ int, l GradeLine) string { return l.Kind }},
		{"民主测评", 9, false, func(_ int, l GradeLine) string { return l.Ballot }},
		{"工作实绩", 9, false, func(_ int, l GradeLine) string { return l.Work }},
		{or(g.Scale, "总分"), 9, false, func(_ int, l GradeLine) string { return l.Total }},
		{"名次", 6, false, func(_ int, l GradeLine) string { return count(l.Rank) }},
		{word, 10, false, func(_ int, l GradeLine) string { return l.Grade }},
		{"依据", 27, true, func(_ int, l GradeLine) string { return l.Why }},
	} {
		if !slices.ContainsFunc(g.Lines, func(l GradeLine) bool { return p.of(0, l) != "" }) {
			continue
		}
		t.columns = append(t.columns, column{head: p.head, share: p.share, left: p.left})
		for i, l := range g.Lines {
			if len(t.rows) <= i {
				t.rows = append(t.rows, nil)
			}
			t.rows[i] = append(t.rows[i], or(p.of(i, l), dash))
		}
	}
	fill(t.columns)
	return t
}
