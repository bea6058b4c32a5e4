package phrase_test

import (
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/phrase"
)

// covers A25
func TestLinesOfTheTotalShowTheirWorking(t *testing.T) {
	t.Parallel()
	doc := graded()
	e := &contest.Explanation{
		Items: []contest.ItemGap{{Item: "habitat", Points: exact.Int(40), Score: exact.Must("36"), Channels: []contest.ChannelShare{
			{Channel: "onsite", Share: exact.Int(100), High: exact.Int(100), Factor: exact.Must("0.4"), Value: exact.Int(90)},
		}}},
		Lines: []contest.Line{
			{Kind: "item", Item: "habitat", Shown: "36.0000"},
			{Kind: "metric", Item: "rural", Metric: "income", Value: exact.Int(9)},
			{Kind: "item", Item: "rural", Rule: "metric", Shown: "9.0000"},
			{Kind: "item", Item: "weak", Rule: contest.RuleSpread, Shown: "0.0000"},
			{Kind: "part", Part: "meeting", Factor: "0.3", Shown: "87.6000"},
			{Kind: "weighted", Part: "meeting", Shown: "26.2800"},
			{Kind: "veto", Item: "habitat", Shown: "-71.2800"},
			{Kind: "deduct", Issue: "i-1", Shown: "-1.0000"},
			{Kind: "sum", Value: exact.Must("1/3"), Shown: "0.3333"},
			{Kind: "rounding", Rule: "half-up", Shown: "-0.0033"},
			{Kind: "total", Shown: "0.33"},
			{Kind: "grade", Scale: "annual"},
		},
	}
	want := [][2]string{
		{"人居环境", "40 × (90 × 100%) ÷ 100 = 36.0000"},
		{"", ""},
		{"乡村振兴", "乡村振兴：指标“income”为 9。"},
		{"weak", "不适用，分值分摊到其他单项"},
		{"", ""},
		{"民主测评", "87.6000 × 0.3 = 26.2800"},
		{"一票否决（人居环境）", ""},
		{"问题扣分", ""},
		{"", ""},
		{"舍入 (四舍五入)", "1/3 → 0.33"},
		{"", ""},
		{"", ""},
	}
	for i, l := range e.Lines {
		label, working := phrase.Label(doc, l, names(zh, shown), zh), phrase.Working(doc, e, l, names(zh, shown), zh)
		if label != want[i][0] || working != want[i][1] {
			t.Errorf("%s: %q, %q, want %q", l.Kind, label, working, want[i])
		}
	}
}
