package phrase

import (
	"strconv"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// Sentence tells one line of a trace in plain words, for every kind of line.
func Sentence(doc *template.Document, l contest.Line, names Names, lang fault.Language) string {
	switch l.Kind {
	case contest.LineMark:
		return names.Item(l.Item) + " · " + names.Channel(l.Channel) + word{"：评分 ", ": a mark of "}.in(lang) + l.Value.String() + found(l, names, lang) + stop(lang)
	case contest.LineChannel:
		return names.Item(l.Item) + " · " + names.Channel(l.Channel) + word{"：", ": "}.in(lang) + Combine(l.Rule, lang) + " " + l.Shown + stop(lang)
	case contest.LineItem:
		return names.Item(l.Item) + itemRule(l.Rule, lang) + word{"：计 ", ": "}.in(lang) + l.Shown + word{" 分", " points"}.in(lang) + stop(lang)
	case contest.LineMetric:
		return names.Item(l.Item) + word{"：指标“" + l.Metric + "”为 ", ": the metric “" + l.Metric + "” is "}.in(lang) + l.Value.String() + stop(lang)
	case contest.LineExam:
		return exam(l, names, lang)
	case contest.LineBallot:
		return ballotLine(doc, l, lang)
	case contest.LineRank:
		rank := strconv.Itoa(l.Rank)
		return names.Item(l.Item) + word{"：得 " + l.Shown + "，在本项中排第 " + rank + " 名", ": " + l.Shown + ", rank " + rank + " in the item"}.in(lang) + stop(lang)
	case contest.LinePart:
		return partName(doc, l.Part, lang) + word{"：", ": "}.in(lang) + l.Shown + word{" 分，占比 ", " points, with the weight "}.in(lang) + l.Factor + stop(lang)
	case contest.LineWeighted:
		return partName(doc, l.Part, lang) + word{"计入总分 " + l.Shown + " 分", " adds " + l.Shown + " points to the total"}.in(lang) + stop(lang)
	case contest.LineVeto:
		return word{"因“" + names.Item(l.Item) + "”一票否决，总分计零（" + l.Shown + " 分）", "the veto “" + names.Item(l.Item) + "” counts the total as 0 (" + l.Shown + " points)"}.in(lang) + stop(lang)
	case contest.LineGrade:
		return Grade(doc, l.Scale, contest.GradeLine{Grade: l.Grade, Rule: l.Rule}, lang)
	}
	text := Line(l.Kind, lang)
	if l.Kind == contest.LineRounding {
		text += word{"（", " ("}.in(lang) + Combine(l.Rule, lang) + word{"）", ")"}.in(lang)
	}
	return text + word{"：", ": "}.in(lang) + l.Shown + stop(lang)
}

func stop(lang fault.Language) string { return word{"。", "."}.in(lang) }

// itemRule says in brackets what is special about an item.
func itemRule(rule string, lang fault.Language) string {
	switch {
	case rule == "":
		return ""
	case combines[rule] != word{}:
		return word{"（" + Combine(rule, lang) + "）", " (" + Combine(rule, lang) + ")"}.in(lang)
	}
	return word{"（" + Kind(template.ItemKind(rule), lang) + "）", " (" + Kind(template.ItemKind(rule), lang) + ")"}.in(lang)
}

// found tells what a mark of another kind than points says.
func found(l contest.Line, names Names, lang fault.Language) string {
	d := l.Detail
	if d == nil {
		return ""
	}
	row := func(key string) string {
		if names.Row == nil {
			return key
		}
		return names.Row(l.Item, key)
	}
	var parts []string
	states := map[string]int{}
	for _, c := range d.Checks {
		states[c.State]++
	}
	for _, s := range []string{scoring.CheckYes, scoring.CheckNo, scoring.CheckNA} {
		if n := states[s]; n > 0 {
			parts = append(parts, look(checkStates, s, lang)+" "+strconv.Itoa(n))
		}
	}
	for _, e := range d.Events {
		parts = append(parts, row(e.Key)+" × "+strconv.Itoa(e.Count))
	}
	if d.Level != "" {
		parts = append(parts, row(d.Level))
	}
	if d.Veto {
		parts = append(parts, word{"一票否决", "veto"}.in(lang))
	}
	if len(parts) == 0 {
		return ""
	}
	return word{"（", " ("}.in(lang) + strings.Join(parts, word{"，", ", "}.in(lang)) + word{"）", ")"}.in(lang)
}

var checkStates = map[string]word{
	scoring.CheckYes: {"是", "yes"},
	scoring.CheckNo:  {"否", "no"},
	scoring.CheckNA:  {"不适用", "not applicable"},
}

func exam(l contest.Line, names Names, lang fault.Language) string {
	sat, absent := strconv.Itoa(l.Sat), strconv.Itoa(l.Absent)
	text := names.Item(l.Item) + word{"：" + sat + " 人参加，平均 " + l.Shown + " 分", ": " + sat + " sat, their mean is " + l.Shown}.in(lang)
	if l.Absent > 0 {
		text += word{"，" + absent + " 人缺考（不计入）", ", " + absent + " absent (not counted)"}.in(lang)
	}
	return text + stop(lang)
}

func ballotLine(doc *template.Document, l contest.Line, lang fault.Language) string {
	b, _ := doc.Ballot(l.Ballot)
	valid := strconv.Itoa(l.Valid)
	return Text(b.Name, l.Ballot, lang) + word{"：综合得分 " + l.Shown + "，有效票 " + valid + " 张", ": blended score " + l.Shown + " from " + valid + " valid ballots"}.in(lang) + stop(lang)
}

func partName(doc *template.Document, key string, lang fault.Language) string {
	for _, part := range doc.Parts {
		if part.Key == key {
			return Text(part.Name, key, lang)
		}
	}
	return key
}

// Kind is what a kind of item is called: checklist is 检查清单.
func Kind(kind template.ItemKind, lang fault.Language) string {
	return look(kinds, string(kind), lang)
}

var kinds = map[string]word{
	"points":      {"直接评分", "points"},
	"deductions":  {"扣分", "deductions"},
	"checklist":   {"检查清单", "checklist"},
	"levels":      {"分档", "levels"},
	"metric":      {"指标", "metric"},
	"rank-points": {"按名次计分", "points by rank"},
	"veto":        {"一票否决", "veto"},
	"bonus":       {"加分", "bonus"},
	"exam":        {"测试", "exam"},
	"ballot":      {"民主测评", "ballot"},
}
