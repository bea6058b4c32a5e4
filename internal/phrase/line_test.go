package phrase_test

import (
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/grading"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// graded is a template with parts, a ballot, a legend and two scales of grades.
func graded() *template.Document {
	text := func(zh, en string) template.Text { return template.Text{ZH: zh, EN: en} }
	doc := document()
	doc.Parts = []template.Part{{Key: "work", Name: text("工作实绩", "work"), Weight: exact.Int(70), From: "items"}, {Key: "meeting", Name: text("民主测评", "meeting"), Weight: exact.Int(30), From: "ballots.assembly"}}
	doc.Ballots = []template.Ballot{{Key: "assembly", Name: text("现场测评", "assembly")}}
	doc.Legend = []template.LegendStep{{Key: "green"}, {Key: "amber", Name: text("橙", "amber")}}
	doc.Grades = []template.GradeScale{
		{Key: "duty", Name: text("述职评议", "duty report"), Steps: []template.GradeStep{{Key: "good", Name: text("好", "good")}, {Key: "poor", Name: text("差", "poor")}}},
		{Key: "annual", Name: text("年度等次", "annual grade"), Steps: []template.GradeStep{{Key: "excellent", Name: text("优秀", "excellent")}, {Key: "competent", Name: text("称职", "competent")}}},
	}
	return doc
}

// covers A25
func TestEveryLineOfATraceIsASentence(t *testing.T) {
	t.Parallel()
	doc := graded()
	line := func(kind, shown string, change func(*contest.Line)) contest.Line {
		l := contest.Line{Kind: kind, Item: "habitat", Channel: "onsite", Value: exact.Must(shown), Shown: shown}
		if change != nil {
			change(&l)
		}
		return l
	}
	for _, c := range []struct {
		line   contest.Line
		zh, en string
	}{
		{line("mark", "90", nil), "人居环境 · 现场督查：评分 90。", "habitat · on site: a mark of 90."},
		{
			line("mark", "7", func(l *contest.Line) {
				l.Detail = &scoring.Detail{Checks: []scoring.CheckState{{Key: "a", State: "yes"}, {Key: "b", State: "yes"}, {Key: "c", State: "na"}}}
			}),
			"人居环境 · 现场督查：评分 7（是 2，不适用 1）。", "habitat · on site: a mark of 7 (yes 2, not applicable 1).",
		},
		{
			line("mark", "6", func(l *contest.Line) {
				l.Detail = &scoring.Detail{Events: []scoring.EventCount{{Key: "late", Count: 2}}, Level: "good", Veto: true}
			}),
			"人居环境 · 现场督查：评分 6（迟报 × 2，good，一票否决）。", "habitat · on site: a mark of 6 (late report × 2, good, veto).",
		},
		{line("mark", "6", func(l *contest.Line) { l.Detail = &scoring.Detail{Note: "见照片"} }), "人居环境 · 现场督查：评分 6。", "habitat · on site: a mark of 6."},
		{line("channel", "88.5000", func(l *contest.Line) { l.Rule = "trimmed" }), "人居环境 · 现场督查：去掉最高最低后平均 88.5000。", "habitat · on site: trimmed mean 88.5000."},
		{line("item", "8.5000", nil), "人居环境：计 8.5000 分。", "habitat: 8.5000 points."},
		{line("item", "8.5000", func(l *contest.Line) { l.Rule = "metric" }), "人居环境（指标）：计 8.5000 分。", "habitat (metric): 8.5000 points."},
		{line("item", "0.0000", func(l *contest.Line) { l.Rule = contest.RuleSpread }), "人居环境（不适用，分值分摊到其他单项）：计 0.0000 分。", "habitat (not applicable, its points are spread over the others): 0.0000 points."},
		{line("metric", "120", func(l *contest.Line) { l.Metric = "income" }), "人居环境：指标“income”为 120。", "habitat: the metric “income” is 120."},
		{line("exam", "82.5", func(l *contest.Line) { l.Sat = 5 }), "人居环境：5 人参加，平均 82.5 分。", "habitat: 5 sat, their mean is 82.5."},
		{line("exam", "82.5", func(l *contest.Line) { l.Sat, l.Absent = 5, 1 }), "人居环境：5 人参加，平均 82.5 分，1 人缺考（不计入）。", "habitat: 5 sat, their mean is 82.5, 1 absent (not counted)."},
		{line("ballot", "87.6", func(l *contest.Line) { l.Ballot, l.Valid = "assembly", 53 }), "现场测评：综合得分 87.6，有效票 53 张。", "assembly: blended score 87.6 from 53 valid ballots."},
		{line("rank", "91.2", func(l *contest.Line) { l.Rank = 2 }), "人居环境：得 91.2，在本项中排第 2 名。", "habitat: 91.2, rank 2 in the item."},
		{line("part", "91.0", func(l *contest.Line) { l.Part, l.Factor = "work", "0.7" }), "工作实绩：91.0 分，占比 0.7。", "work: 91.0 points, with the weight 0.7."},
		{line("weighted", "26.3", func(l *contest.Line) { l.Part = "meeting" }), "民主测评计入总分 26.3 分。", "meeting adds 26.3 points to the total."},
		{line("veto", "-88", nil), "因“人居环境”一票否决，总分计零（-88 分）。", "the veto “habitat” counts the total as 0 (-88 points)."},
		{line("grade", "88", func(l *contest.Line) { l.Scale, l.Grade, l.Rule = "annual", "excellent", "SEAT" }), "年度等次为“优秀”（在名额之内）。", "annual grade: excellent (a seat inside the quota)."},
		{line("sum", "88.1234", nil), "精确总分：88.1234。", "exact total: 88.1234."},
		{line("rounding", "0.0034", func(l *contest.Line) { l.Rule = "half-up" }), "舍入（四舍五入）：0.0034。", "rounding (half up): 0.0034."},
		{line("total", "88.12", nil), "公布总分：88.12。", "published total: 88.12."},
	} {
		if got := phrase.Sentence(doc, c.line, names(zh, shown), zh); got != c.zh {
			t.Errorf("%s\nwant %s", got, c.zh)
		}
		if got := phrase.Sentence(doc, c.line, names(en, shown), en); got != c.en {
			t.Errorf("%s\nwant %s", got, c.en)
		}
	}
}

// covers E22, Q17, Q19, Q21
func TestGradesAndSeatsInWords(t *testing.T) {
	t.Parallel()
	doc := graded()
	capped := contest.GradeLine{Subject: "S2", Grade: "competent", Rule: string(grading.RuleRest), PassedOver: []contest.PassedOver{{Grade: "excellent", Rule: string(grading.SkippedNeeds), Detail: "duty"}}}
	if got, want := phrase.Grade(doc, "annual", capped, zh), "年度等次为“称职”（其余等次）；未评为“优秀”：受“述职评议”等次限制。"; got != want {
		t.Errorf("%s", got)
	}
	if got, want := phrase.Grade(doc, "annual", capped, en), "annual grade: competent (what is left); not excellent: the grade of “duty report” is too low for it."; got != want {
		t.Errorf("%s", got)
	}
	open := contest.GradeLine{Subject: "S3", Pending: "excellent"}
	if got, want := phrase.Grade(doc, "annual", open, zh), "年度等次为“未定”（同分待集体决定）。"; got != want {
		t.Errorf("%s", got)
	}
	seats := contest.GradeSeats{Grade: "excellent", Counted: "persons", Of: 4, Share: "1.60", Seats: 1, Open: 1}
	if got, want := phrase.Seats(doc, "annual", seats, zh), "“优秀”名额 1 个（4 人，按比例为 1.60），已用 0 个，1 个因同分待决定。"; got != want {
		t.Errorf("%s", got)
	}
	short := contest.GradeSeats{Grade: "excellent", Counted: "teams", Of: 12, Share: "3.60", Seats: 4, Taken: 3, Shortfall: 1}
	if got, want := phrase.Seats(doc, "annual", short, en), "excellent: 4 seats (the share of 12 teams is 3.60), 3 taken, 1 short because fewer qualify."; got != want {
		t.Errorf("%s", got)
	}
	for _, rule := range []grading.Rule{grading.RuleThreshold, grading.RuleTieBreak, grading.RuleTieIncluded, grading.RuleDecided, grading.RuleBeyond, grading.RuleEntered} {
		if got := phrase.Grade(doc, "duty", contest.GradeLine{Grade: "good", Rule: string(rule)}, zh); strings.Contains(got, "（）") {
			t.Errorf("%s has no words: %s", rule, got)
		}
	}
	for _, rule := range []grading.Rule{
		grading.SkippedBelow, grading.SkippedBarred, grading.SkippedFull, grading.SkippedLostTie, grading.SkippedOpen,
		grading.SkippedDecided, grading.SkippedNotEntered, grading.SkippedOtherwise,
	} {
		l := contest.GradeLine{Grade: "poor", PassedOver: []contest.PassedOver{{Grade: "good", Rule: string(rule), Detail: "处分"}}}
		if got := phrase.Grade(doc, "duty", l, zh); strings.Contains(got, "：。") || strings.Contains(got, "{") {
			t.Errorf("%s has no words: %s", rule, got)
		}
	}
}

// covers B22, E23
func TestLightsKindsAndInterviewsByGrade(t *testing.T) {
	t.Parallel()
	doc := graded()
	if got := phrase.Legend(doc, "green", zh) + phrase.Legend(doc, "amber", zh) + phrase.Legend(doc, "red", en); got != "绿橙red" {
		t.Errorf("%s", got)
	}
	talk := outcome.Proposal{When: "duty", Do: outcome.DoTalk, Subject: "V1", Grade: "poor"}
	if got, want := phrase.Proposal(doc, talk, phrase.Extent{}, "例村", zh), "例村：“述职评议”评为“差”，约谈。"; got != want {
		t.Errorf("%s", got)
	}
	if got := phrase.Rule(talk); got != "talkIf[0]" {
		t.Errorf("%s", got)
	}
	for _, kind := range []template.ItemKind{
		template.KindPoints, template.KindDeductions, template.KindChecklist, template.KindLevels, template.KindMetric,
		template.KindRankPoints, template.KindVeto, template.KindBonus, template.KindExam, template.KindBallot,
	} {
		if phrase.Kind(kind, zh) == string(kind) {
			t.Errorf("%s has no name", kind)
		}
	}
}

// covers C04, G11
func TestWhyNamesTheTrackAndAVeto(t *testing.T) {
	t.Parallel()
	e := ninth()
	e.Next, e.TiedWith, e.Standing.Range = nil, nil, nil
	half := exact.Int(50)
	e.Standing.TrackRank, e.Standing.TrackOf, e.Standing.Percentile = 2, 3, &half
	if got, want := phrase.Why(e, names(zh, shown), zh), "例村V9得分 79.75，在 12 个参评对象中排第 9 名，在赛道内 3 个中排第 2 名（百分位 50.0）。"; got != want {
		t.Errorf("%s", got)
	}
	e.Standing.TrackRank, e.Standing.Vetoes = 0, []string{"redline"}
	if got, want := phrase.Why(e, names(en, shown), en), "例村V9 has 79.75 and ranks 9 of 12, its total is 0 by a veto (redline)."; got != want {
		t.Errorf("%s", got)
	}
	veto := template.Item{Key: "redline", Name: template.Text{ZH: "安全事故"}, Rule: template.ItemRule{Basis: "演县办发〔2024〕8号"}}
	cited := phrase.NamesOf(document(), []template.Item{veto}, shown, zh)
	if got, want := phrase.Why(e, cited, zh), "例村V9得分 79.75，在 12 个参评对象中排第 9 名，因一票否决总分计零（安全事故，依据演县办发〔2024〕8号）。"; got != want {
		t.Errorf("%s", got)
	}
	if got := phrase.Vetoes(nil, cited, zh); got != "" {
		t.Errorf("no veto: %s", got)
	}
	if got := phrase.Formula(contest.ItemGap{Score: exact.Must("8.5"), Rule: "metric"}); got != "8.5000" {
		t.Errorf("%s", got)
	}
}
