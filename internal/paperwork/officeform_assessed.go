package paperwork

import "strconv"

var (
	assessedPlaceholders = []Placeholder{{"对象", "考核对象", "subject"}, {"总分", "总分", "total"}, {"名次", "名次", "rank"}, {"等次", "等次，多类以顿号分开", "grade, several joined"}}
	assessedLists        = []FormList{
		{"行", "各部分得分，每部分一行", "parts of the total, a row each", []Placeholder{{"序号", "序号", "number of the row"}, {"部分", "部分", "part"}, {"得分", "得分", "score"}}},
		{"等次表", "每类等次一行", "grades, a row a scale", []Placeholder{{"类别", "等次类别", "scale"}, {"等次", "等次", "grade"}}},
	}
)

// Assessed is what an assessment knows of one subject, for a form about it (E05,
// E20). What is not told stays blank.
type Assessed struct {
	Subject, Total string
	Rank           int
	Parts, Grades  []FormField
}

// Data gives the subject to a form; competition, basis and period are the
// assessment's.
func (a Assessed) Data(p Paper, competition, basis, period string) FormData {
	v := p.formValues(competition, basis, period)
	v["对象"], v["总分"], v["名次"] = a.Subject, a.Total, count(a.Rank)
	var parts, grades []map[string]string
	for i, f := range a.Parts {
		parts = append(parts, map[string]string{"序号": strconv.Itoa(i + 1), "部分": f.Name, "得分": f.Value})
	}
	var all []string
	for _, f := range a.Grades {
		grades = append(grades, map[string]string{"类别": f.Name, "等次": f.Value})
		all = append(all, f.Value)
	}
	v["等次"] = list(all)
	return FormData{Values: v, Lists: map[string][]map[string]string{"行": parts, "等次表": grades}}
}

// Data gives the table to a form; competition, basis and period are the
// assessment's.
func (g GradeTable) Data(competition, basis, period string) FormData {
	v := g.formValues(competition, basis, period)
	v["表名"], v["空缺"], v["性质"] = g.Scheme, g.Shortfall, "考核等次"
	if g.Proposed {
		v["性质"] = "建议等次"
	}
	var rows, seats []map[string]string
	for i, l := range g.Lines {
		rows = append(rows, map[string]string{"序号": strconv.Itoa(i + 1), "对象": l.Name, "民主测评": l.Ballot, "工作实绩": l.Work, "总分": l.Total, "名次": count(l.Rank), "等次": l.Grade, "依据": l.Why})
	}
	for _, s := range g.Seats {
		seats = append(seats, map[string]string{"等次": s.Grade, "说明": s.Rule})
	}
	return FormData{Values: v, Lists: map[string][]map[string]string{"行": rows, "名额": seats}}
}
