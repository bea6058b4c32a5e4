package template

import (
	"go.yaml.in/yaml/v3"

	"leitai/internal/exact"
)

var postingsShape = object(
	filled("selection", func(p *Postings) *Selection { return &p.Selection }, selectionShape, "选派条件", "who may be sent (D03, D04)"),
	filled("team", func(p *Postings) *TeamSize { return &p.Team }, teamShape, "工作队人数", "size of teams (D01)"),
	otherwise("term", func(p *Postings) *int { return &p.Term }, months, 24, "任期（月）", "term in months (D10)"),
	filled("statement", func(p *Postings) *Statement { return &p.Statement }, statementShape, "驻村天数月报", "monthly statement of days (D24, Q23)"),
	may("milestones", func(p *Postings) *[]Milestone { return &p.Milestones }, list(milestoneShape), "任务目标", "targets with a clock (D14–D22)"),
)

var selectionShape = object(
	otherwise("maxAge", func(s *Selection) *int { return &s.MaxAge }, count(18, 99), 57, "年龄不超过（周岁）", "completed years at most (D03)"),
	otherwise("partyYears", func(s *Selection) *int { return &s.PartyYears }, count(0, 60), 1, "党龄不少于（年）", "years in the Party at least (D04)"),
	otherwise("workYears", func(s *Selection) *int { return &s.WorkYears }, count(0, 60), 2, "工龄不少于（年）", "years of work at least (D04)"),
	otherwise("count", func(s *Selection) *string { return &s.Count }, enum("completed-years"), "completed-years", "按周年计，含本数", "completed years, the number included (Q22)"),
	otherwise("partyFrom", func(s *Selection) *string { return &s.PartyFrom }, enum("full-membership"), "full-membership", "党龄自转正起算", "Party standing from full membership (Q22)"),
)

var teamShape = object(
	otherwise("minMembers", func(t *TeamSize) *int { return &t.MinMembers }, count(1, 100), 2, "最少人数", "least members"),
	may("for", func(t *TeamSize) *[]string { return &t.For }, list(ident), "适用的村庄分类", "village classes that get a team"),
)

var statementShape = object(
	otherwise("minDays", func(s *Statement) *int { return &s.MinDays }, count(0, 31), 20, "每月最少驻村天数", "least days a month (D24)"),
	otherwise("leave", func(s *Statement) *string { return &s.Leave }, enum("shown-apart"), "shown-apart", "请假天数另列", "days excused are shown beside days present (Q23)"),
	otherwise("short", func(s *Statement) *string { return &s.Short }, enum("reported"), "reported", "不足时只报告", "a short month is reported, never an automatic penalty (Q23)"),
)

var milestoneShape = object(
	need("key", func(m *Milestone) *string { return &m.Key }, ident, "键名", "key"),
	may("name", func(m *Milestone) *Text { return &m.Name }, text, "名称", "name"),
	need("clock", func(m *Milestone) *string { return &m.Clock }, enum("quarterly", "half-yearly", "yearly", "term", "months"), "时限", "its clock"),
	may("months", func(m *Milestone) *int { return &m.Months }, months, "到任后几个月内", "clock months: within so many months"),
	need("formula", func(m *Milestone) *string { return &m.Formula }, paragraph, "达成条件", "true when the target is reached"),
)

var gradeScaleShape = object(
	may("name", func(g *GradeScale) *Text { return &g.Name }, text, "名称", "name"),
	otherwise("decision", func(g *GradeScale) *string { return &g.Decision }, enum("own", "superior"), "own", "本级确定或提出建议等次", "decided here, or proposed upward (E11)"),
	quiet("of", func(g *GradeScale) *string { return &g.Of }, ref, "total", "按什么评定：total 总分、items.键、parts.键 或 entered 由人确定", "what is graded: total, items.KEY, parts.KEY, or entered by people"),
	need("steps", func(g *GradeScale) *[]GradeStep { return &g.Steps }, keyed(gradeShape, func(s *GradeStep) *string { return &s.Key }), "各等次，由高到低", "the grades from the best down"),
)

var gradeShape = object(
	may("name", func(s *GradeStep) *Text { return &s.Name }, text, "名称", "name"),
	may("from", func(s *GradeStep) **exact.Number { return &s.From }, pointer(points), "起始分", "from this total up"),
	may("quota", func(s *GradeStep) **Quota { return &s.Quota }, pointer(quotaShape), "比例", "how many may or must get it (Q17–Q20)"),
	may("needs", func(s *GradeStep) *[]Need { return &s.Needs }, keyed(needShape, func(n *Need) *string { return &n.Scale }), "前提等次", "a grade needed on another scale (E22)"),
	may("tieBreak", func(s *GradeStep) *[]string { return &s.TieBreak }, list(ref), "并列时依次比较", "what is compared on a tie, in turn (Q19)"),
	may("ties", func(s *GradeStep) *string { return &s.Ties }, enum("inclusive", "decide"), "边线并列：默认上限由集体决定、下限全取", "a tie for the last seat; by default decided under a ceiling, included above a floor (Q17, Q19)"),
	may("unused", func(s *GradeStep) *string { return &s.Unused }, enum("pass-on", "empty"), "空出名额：默认顺延", "a seat not used; by default it passes on (Q21)"),
)

var quotaShape = object(
	may("atMost", func(q *Quota) **exact.Number { return &q.AtMost }, pointer(share()), "不超过", "at most this share, rounded down (Q17)"),
	may("atLeast", func(q *Quota) **exact.Number { return &q.AtLeast }, pointer(share()), "不低于", "at least this share, rounded up (Q19)"),
	otherwise("kind", func(q *Quota) *string { return &q.Kind }, enum("hard", "soft"), "hard", "刚性或“原则上”", "hard, or soft: in principle (Q18)"),
	may("of", func(q *Quota) *string { return &q.Of }, enum("persons", "teams", "subjects"), "按人、按队或按对象计，默认随评比对象", "counted in persons, teams or subjects; by default what is judged (Q20)"),
)

var needShape = either(
	object(need("grade", func(n *Need) *string { return &n.Grade }, ident, "最低等次", "the least grade")),
	ident,
	func(g string) Need { return Need{Grade: g} },
	func(n Need) (string, bool) { return n.Grade, true })

var talkGrades = list(ident)

var talkShape = codec[TalkIf]{
	read: func(r *reader, n *yaml.Node, path string) (TalkIf, bool) {
		g, ok := talkGrades.read(r, n, path)
		return TalkIf{Grades: g}, ok
	},
	write:  func(t TalkIf) *tree { return talkGrades.write(t.Grades) },
	empty:  func(t TalkIf) bool { return len(t.Grades) == 0 },
	schema: talkGrades.schema,
}

var deadlineShape = object(
	need("document", func(d *Deadline) *string { return &d.Document }, ident, "文书键名", "key of the document"),
	need("due", func(d *Deadline) *string { return &d.Due }, monthDay, "截止日", "day of the year it is due"),
	may("maxCharacters", func(d *Deadline) *int { return &d.MaxCharacters }, count(1, 100000), "字数上限，不写则不限", "most characters of its text; any length when left out (E04)"),
)
