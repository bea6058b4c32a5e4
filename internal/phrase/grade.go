package phrase

import (
	"strconv"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/grading"
	"leitai/internal/template"
)

// scaleName is what a grade scale is called.
func scaleName(doc *template.Document, scale string, lang fault.Language) string {
	s, _ := doc.GradeScale(scale)
	return Text(s.Name, scale, lang)
}

// gradeName is what one grade of a scale is called.
func gradeName(doc *template.Document, scale, grade string, lang fault.Language) string {
	s, _ := doc.GradeScale(scale)
	for _, step := range s.Steps {
		if step.Key == grade {
			return Text(step.Name, grade, lang)
		}
	}
	return grade
}

// Legend is what a light of the template's legend is called: 绿.
func Legend(doc *template.Document, light string, lang fault.Language) string {
	for _, step := range doc.Legend {
		if step.Key == light {
			if name := Text(step.Name, "", lang); name != "" {
				return name
			}
		}
	}
	return look(legend, light, lang)
}

var legend = map[string]word{
	"green":  {"绿", "green"},
	"yellow": {"黄", "yellow"},
	"red":    {"红", "red"},
}

// given are the reasons for which a grade is given.
var given = map[grading.Rule]word{
	grading.RuleThreshold:   {"达到分数线", "the score reaches it"},
	grading.RuleRest:        {"其余等次", "what is left"},
	grading.RuleSeat:        {"在名额之内", "a seat inside the quota"},
	grading.RuleTieBreak:    {"同分中按比较规则胜出", "a seat won against an equal score"},
	grading.RuleTieIncluded: {"边线同分，一并列入", "tied at the line, and included"},
	grading.RuleDecided:     {"经集体决定", "decided by the committee"},
	grading.RuleBeyond:      {"经说明理由超出名额", "beyond the quota, with a reason"},
	grading.RuleEntered:     {"由评定小组认定", "entered by those who decide"},
	"":                      {"没有适用的等次", "no grade applies"},
}

// withheld are the reasons for which a grade is not given.
var withheld = map[grading.Rule]word{
	grading.SkippedBelow:      {"未达分数线", "the score is below it"},
	grading.SkippedNeeds:      {"受“{detail}”等次限制", "the grade of “{detail}” is too low for it"},
	grading.SkippedBarred:     {"因{detail}不得评定", "barred: {detail}"},
	grading.SkippedFull:       {"名额已满", "all seats are taken"},
	grading.SkippedLostTie:    {"同分中按比较规则落后", "a seat went to an equal score"},
	grading.SkippedOpen:       {"同分待集体决定", "tied for a seat that waits for a decision"},
	grading.SkippedDecided:    {"经集体决定未列入", "decided against by the committee"},
	grading.SkippedNotEntered: {"未认定", "nobody entered it"},
	grading.SkippedOtherwise:  {"已认定为其他等次", "another grade was entered"},
}

// Grade tells the grade of one subject and why, and which better grade it was
// passed over for: 年度等次为“称职”（其余等次）；未评为“优秀”：受“述职评议”等次限制。
func Grade(doc *template.Document, scale string, l contest.GradeLine, lang fault.Language) string {
	name := scaleName(doc, scale, lang)
	grade := word{"未定", "none"}.in(lang)
	if l.Grade != "" {
		grade = gradeName(doc, scale, l.Grade, lang)
	}
	why := given[grading.Rule(l.Rule)].in(lang)
	if l.Pending != "" {
		why = withheld[grading.SkippedOpen].in(lang)
	}
	text := word{name + "为“" + grade + "”（" + why + "）", name + ": " + grade + " (" + why + ")"}.in(lang)
	for _, p := range l.PassedOver {
		detail := p.Detail
		if grading.Rule(p.Rule) == grading.SkippedNeeds {
			detail = scaleName(doc, p.Detail, lang)
		}
		reason := strings.ReplaceAll(withheld[grading.Rule(p.Rule)].in(lang), "{detail}", detail)
		better := gradeName(doc, scale, p.Grade, lang)
		text += word{"；未评为“" + better + "”：" + reason, "; not " + better + ": " + reason}.in(lang)
	}
	return text + word{"。", "."}.in(lang)
}

// Seats tells how the seats of one grade were filled: “优秀”名额 1 个（4 人的 40%
// 为 1.60，只舍不入），已用 1 个。
func Seats(doc *template.Document, scale string, s contest.GradeSeats, lang fault.Language) string {
	n := strconv.Itoa
	counted := look(counts, s.Counted, lang)
	grade := gradeName(doc, scale, s.Grade, lang)
	text := word{
		"“" + grade + "”名额 " + n(s.Seats) + " 个（" + n(s.Of) + " " + counted + "，按比例为 " + s.Share + "），已用 " + n(s.Taken) + " 个",
		grade + ": " + n(s.Seats) + " seats (the share of " + n(s.Of) + " " + counted + " is " + s.Share + "), " + n(s.Taken) + " taken",
	}.in(lang)
	for _, part := range []struct {
		n    int
		text word
	}{
		{s.Open, word{"，" + n(s.Open) + " 个因同分待决定", ", " + n(s.Open) + " waiting for a decision on a tie"}},
		{s.Unused, word{"，" + n(s.Unused) + " 个空缺", ", " + n(s.Unused) + " left empty"}},
		{s.Shortfall, word{"，符合条件的不足，短缺 " + n(s.Shortfall) + " 个", ", " + n(s.Shortfall) + " short because fewer qualify"}},
		{s.Exceeded, word{"，超出 " + n(s.Exceeded) + " 个（附理由）", ", " + n(s.Exceeded) + " beyond the quota, with a reason"}},
	} {
		if part.n > 0 {
			text += part.text.in(lang)
		}
	}
	return text + word{"。", "."}.in(lang)
}

var counts = map[string]word{
	"persons":  {"人", "persons"},
	"teams":    {"支工作队", "teams"},
	"subjects": {"个对象", "subjects"},
}
