package phrase_test

import (
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/phrase"
	"leitai/internal/scoring"
	"leitai/internal/template"
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

// In English the same lines say the same.
func TestLinesOfTheTotalInEnglish(t *testing.T) {
	t.Parallel()
	doc := graded()
	e := &contest.Explanation{Lines: []contest.Line{
		{Kind: "exam", Item: "rural", Sat: 4, Value: exact.Int(80), Shown: "80.0000"},
		{Kind: "rank", Item: "rural", Rank: 3, Shown: "70.0000"},
		{Kind: "item", Item: "rural", Rule: "exam", Shown: "8.0000"},
		{Kind: "item", Item: "habitat", Rule: contest.RuleFull, Shown: "7.0000"},
		{Kind: "item", Item: "habitat", Rule: contest.RuleZeroDecided, Shown: "0.0000"},
		{Kind: "part", Part: "meeting", Factor: "0.3", Shown: "80.0000"},
		{Kind: "weighted", Part: "meeting", Shown: "24.0000"},
		{Kind: "weighted", Part: "work", Shown: "56.0000"},
		{Kind: "veto", Item: "rural", Shown: "-80.0000"},
	}}
	want := map[int][2]string{
		2: {"revitalisation", "revitalisation: 4 sat, their mean is 80.0000. revitalisation: 70.0000, rank 3 in the item."},
		3: {"habitat", "not applicable, counted in full"},
		4: {"habitat", "0 by decision"},
		6: {"meeting", "80.0000 × 0.3 = 24.0000"},
		7: {"work", ""}, // its own line is not there
		8: {"veto (revitalisation)", ""},
	}
	for i, l := range e.Lines {
		label, working := phrase.Label(doc, l, names(en, shown), en), phrase.Working(doc, e, l, names(en, shown), en)
		if label != want[i][0] || working != want[i][1] {
			t.Errorf("%d: %q, %q, want %q", i, label, working, want[i])
		}
	}
}

// Levels and rows of a table are called by their names where the rubric gives
// them, else by their keys.
func TestRowsAreCalledByTheirNames(t *testing.T) {
	t.Parallel()
	rubric := []template.Item{{Key: "tidy", Rule: template.ItemRule{
		Levels: []template.Level{{Key: "good", Name: template.Text{ZH: "好", EN: "good"}}, {Key: "bare"}},
		Table:  []template.TableRow{{Key: "late", Name: template.Text{ZH: "迟报"}}},
	}}}
	n := phrase.NamesOf(document(), rubric, shown, zh)
	for key, want := range map[string]string{"good": "好", "bare": "bare", "late": "迟报", "none": "none"} {
		if got := n.Row("tidy", key); got != want {
			t.Errorf("%s is called %s, want %s", key, got, want)
		}
	}
	if got := n.Row("other", "good"); got != "good" {
		t.Errorf("a row of another item is called %s", got)
	}
	l := contest.Line{Kind: "mark", Item: "tidy", Channel: "onsite", Value: exact.Int(5), Detail: &scoring.Detail{Level: "good"}}
	n.Row = nil
	if got := phrase.Sentence(document(), l, n, zh); got != "tidy · 现场督查：评分 5（good）。" {
		t.Errorf("%s", got)
	}
}
