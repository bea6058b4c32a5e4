package paperwork

import "strconv"

// Placeholder is one that a form may use, with what it stands for.
type Placeholder struct{ Name, Zh, En string }

// FormList is a list a row of a table may be repeated for.
type FormList struct {
	Name   string
	Zh, En string
	Values []Placeholder
}

// FormKind is what a form is filled from: the data of one of our own papers.
type FormKind struct {
	Key    string // as papers are called: bulletin, notice, summary …
	Zh, En string
	Values []Placeholder
	Lists  []FormList
}

// paperPlaceholders are those of every paper.
var paperPlaceholders = []Placeholder{
	{"单位", "发文机关", "the issuing office"}, {"发文字号", "发文字号", "number of the paper"}, {"日期", "成文日期", "date of the paper"},
	{"主送", "主送机关", "addressees"}, {"活动", "评比名称", "name of the competition"}, {"依据", "依据的文件", "the notice it rests on"}, {"期次", "期次", "period"},
}

// FormKinds lists the kinds of form with their placeholders, in the order in
// which they are offered.
func FormKinds() []FormKind {
	with := func(more ...Placeholder) []Placeholder {
		return append(append([]Placeholder{}, paperPlaceholders...), more...)
	}
	return []FormKind{
		{"bulletin", "通报", "bulletin", with(Placeholder{"举办日期", "举办日期", "day of the contest"}, Placeholder{"地点", "举办地点", "venue"}, Placeholder{"审定", "审定人职务", "office of the approver"},
			Placeholder{"范围", "发布范围", "audience"}, Placeholder{"版次", "发布次数", "revision"}, Placeholder{"哈希值", "结果包哈希值", "hash of the bundle"}, Placeholder{"参评数", "参评数", "how many are ranked"}),
			[]FormList{{"行", "评比结果，每个参评对象一行", "the result, a row a contestant", []Placeholder{{"序号", "序号", "number of the row"}, {"名次", "名次", "rank"}, {"村", "村（社区）", "village"}, {"总分", "总分", "total"},
				{"较上期", "较上期名次变化", "change of rank"}, {"赛道", "赛道", "track"}, {"评价", "评价颜色", "light"}, {"等次", "等次", "grade"}, {"备注", "备注", "remark"}}},
				{"表扬", "通报表扬", "praise", mentionPlaceholders}, {"批评", "批评提醒", "criticism", mentionPlaceholders}}},
		{"notice", "评比通知", "round notice", with(Placeholder{"举办日期", "举办日期", "day of the contest"}, Placeholder{"时间", "时间", "time of day"}, Placeholder{"地点", "举办地点", "venue"},
			Placeholder{"对象", "参评对象", "who takes part"}, Placeholder{"对象数", "参评对象数", "how many take part"}, Placeholder{"备案文号", "备案文号", "filing number"}),
			[]FormList{{"行", "评比内容，每项一行", "items, a row each", []Placeholder{{"序号", "序号", "number of the row"}, {"单项", "单项工作", "item"}, {"分值", "分值", "points"}, {"现场", "现场督查权重", "share of the on-site inspection"},
				{"台账", "资料台账权重", "share of the ledger"}, {"责任领导", "责任领导", "leader in charge"}, {"内容", "评比标准", "criteria"}}}}},
		{"summary", "小结（总结）", "summary", with(Placeholder{"期数", "期数", "how many rounds"}),
			[]FormList{{"行", "综合成绩，每个村一行", "standings, a row a village", []Placeholder{{"序号", "序号", "number of the row"}, {"名次", "名次", "rank"}, {"村", "村（社区）", "village"}, {"综合", "综合成绩", "aggregate"},
				{"前列次数", "进入前列次数", "times in the top band"}, {"末位次数", "处于末位次数", "times in the bottom band"}, {"加减分", "量化考核加减分", "balance of the point account"}}}}},
		{"registration", "年度考核登记表，每个对象一份", "registration form, one a subject", with(assessedPlaceholders...), assessedLists},
		{"evaluation", "综合评价表，每个对象一份", "overall evaluation form, one a subject", with(assessedPlaceholders...), assessedLists},
		{"grades", "考核等次表，每类等次一份", "table of grades, one a scale", with(Placeholder{"表名", "表名", "title of the table"}, Placeholder{"性质", "考核等次或建议等次", "decided or proposed"}, Placeholder{"空缺", "名额空缺说明", "why seats stay empty"}),
			[]FormList{{"行", "每个考核对象一行", "a row a subject", []Placeholder{{"序号", "序号", "number of the row"}, {"对象", "考核对象", "subject"}, {"民主测评", "民主测评得分", "score of the ballot"}, {"工作实绩", "工作实绩得分", "score of the work"},
				{"总分", "总分", "total"}, {"名次", "名次", "rank"}, {"等次", "等次", "grade"}, {"依据", "依据", "why"}}},
				{"名额", "各等次名额", "seats of each grade", []Placeholder{{"等次", "等次", "grade"}, {"说明", "名额说明", "how many, and why"}}}}},
	}
}

var mentionPlaceholders = []Placeholder{{"序号", "序号", "number of the row"}, {"村", "村（社区）", "village"}, {"名次", "名次", "rank"}, {"内容", "处理内容", "what follows"}}

// FormKindOf gives a kind by its key.
func FormKindOf(key string) (FormKind, bool) {
	for _, k := range FormKinds() {
		if k.Key == key {
			return k, true
		}
	}
	return FormKind{}, false
}

func (p Paper) formValues(competition, basis, period string) map[string]string {
	v := map[string]string{"单位": p.Issuer, "发文字号": p.Number, "主送": list(p.To), "活动": competition, "依据": basis, "期次": period, "日期": ""}
	if !p.Date.IsZero() {
		v["日期"] = day(p.Date)
	}
	for _, word := range p.stamps() { // a demonstration says so on every paper
		v["单位"] = "【" + word + "】" + v["单位"]
	}
	return v
}

// Data gives the bulletin to a form.
func (b Bulletin) Data() FormData {
	v := b.formValues(b.Competition, b.Basis, span(b.Period))
	ranked := 0
	rows := []map[string]string{}
	for i, s := range b.Standings {
		if s.Reason == "" {
			ranked++
		}
		rows = append(rows, map[string]string{"序号": strconv.Itoa(i + 1), "名次": count(s.Rank), "村": s.Village, "总分": s.Total, "较上期": s.Change, "赛道": s.Track, "评价": s.Light, "等次": s.Grade, "备注": or(s.Reason, s.Band)})
	}
	p := b.Publication
	v["举办日期"], v["地点"], v["审定"], v["范围"] = day(b.Held), b.Venue, p.Approver, or(p.Scope, p.Audience.words())
	v["版次"], v["哈希值"], v["参评数"] = strconv.Itoa(p.Revision), p.Hash, strconv.Itoa(ranked)
	return FormData{Values: v, Lists: map[string][]map[string]string{"行": rows, "表扬": mentionRows(b.Praise), "批评": mentionRows(b.Criticism)}}
}

func mentionRows(all []Mention) []map[string]string {
	var rows []map[string]string
	for i, m := range all {
		rows = append(rows, map[string]string{"序号": strconv.Itoa(i + 1), "村": m.Village, "名次": count(m.Rank), "内容": m.What})
	}
	return rows
}

// Data gives the notice to a form.
func (n RoundNotice) Data() FormData {
	v := n.formValues(n.Competition, n.Basis, span(n.Period))
	v["举办日期"], v["时间"], v["地点"], v["对象"], v["对象数"], v["备案文号"] = dayOfWeek(n.Held), n.Time, n.Venue, list(n.Subjects), strconv.Itoa(len(n.Subjects)), n.Filing
	var rows []map[string]string
	for i, item := range n.Items {
		rows = append(rows, map[string]string{"序号": strconv.Itoa(i + 1), "单项": item.Name, "分值": item.Points, "现场": item.OnSite, "台账": item.Ledger, "责任领导": item.Owner, "内容": item.Content})
	}
	return FormData{Values: v, Lists: map[string][]map[string]string{"行": rows}}
}

// Data gives the summary to a form.
func (s Summary) Data() FormData {
	v := s.formValues(s.Competition, s.Basis, s.over())
	v["期数"] = strconv.Itoa(len(s.Rounds))
	var rows []map[string]string
	for i, l := range s.Standings {
		rows = append(rows, map[string]string{"序号": strconv.Itoa(i + 1), "名次": count(l.Rank), "村": l.Village, "综合": l.Aggregate, "前列次数": strconv.Itoa(l.Tops), "末位次数": strconv.Itoa(l.Bottoms), "加减分": l.Account})
	}
	return FormData{Values: v, Lists: map[string][]map[string]string{"行": rows}}
}
