package phrase_test

import (
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
	"leitai/internal/rectify"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

const zh, en = fault.Chinese, fault.English

func document() *template.Document {
	return &template.Document{
		Scale:    template.Scale{Points: exact.Int(100), Decimals: 2},
		Channels: []template.Channel{{Key: "onsite", Name: template.Text{ZH: "现场督查", EN: "on site"}, Weight: exact.Int(40)}, {Key: "ledger", Name: template.Text{ZH: "资料台账"}, Weight: exact.Int(60)}},
		Items:    []template.Item{{Key: "party", Name: template.Text{ZH: "党建"}}},
		Ranking:  template.Ranking{On: "published"},
		Bands:    []template.Band{{Key: "top", Best: 3, Ties: "inclusive", Small: "half"}, {Key: "bottom", Worst: 3, Ties: "exclusive"}, {Key: "up", Gain: 3}},
		Streaks:  []template.Streak{{Key: "twice", Band: "bottom", Length: 2}},
	}
}

func TestWordsOfBothLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{phrase.Outcome("criticism", zh), "批评提醒"},
		{phrase.Outcome("talk", en), "admonitory talk"},
		{phrase.Role("linked-leader", zh), "联村领导"},
		{phrase.Role("mentor", zh), "mentor"}, // a role of the template's own is shown as it is
		{phrase.State("approved", zh), "已审批"},
		{phrase.State("closed-late", en), "closed late"},
		{phrase.Light("RED", zh), "红灯：已逾期"},
		{phrase.Light("", zh), ""},
		{phrase.Unranked("absent", zh), "未参评"},
		{phrase.Unranked("unmarked", zh), "未评分"},
		{phrase.Line("rounding", en), "rounding"},
		{phrase.Combine("trimmed", zh), "去掉最高最低后平均"},
		{phrase.Text(template.Text{ZH: "党建", EN: "party"}, "k", zh), "党建"},
		{phrase.Text(template.Text{ZH: "党建", EN: "party"}, "k", en), "party"},
		{phrase.Text(template.Text{ZH: "党建"}, "k", en), "党建"},
		{phrase.Text(template.Text{}, "k", en), "k"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

// Every constant that the rules can answer with has a word.
func TestNothingOfTheRulesIsWithoutAWord(t *testing.T) {
	t.Parallel()
	known := func(kind, key, zhText, enText string) {
		t.Helper()
		if zhText == "" || enText == "" || zhText == key || zhText == enText {
			t.Errorf("%s %q is told as %q and %q", kind, key, zhText, enText)
		}
	}
	for _, s := range []rectify.State{rectify.Open, rectify.OpenOverdue, rectify.ClosedLate, rectify.ClosedOnTime} {
		known("state", string(s), phrase.State(string(s), zh), phrase.State(string(s), en))
	}
	for _, s := range []rectify.Stage{rectify.Assigned, rectify.Answered, rectify.Returned, rectify.Closed} {
		known("stage", string(s), phrase.State(string(s), zh), phrase.State(string(s), en))
	}
	for _, s := range []outcome.MoneyState{outcome.MoneyProposed, outcome.MoneyDecided, outcome.MoneyApproved, outcome.MoneyExecuted} {
		known("money", string(s), phrase.State(string(s), zh), phrase.State(string(s), en))
	}
	for _, l := range []rectify.Light{rectify.Blue, rectify.Yellow, rectify.Red} {
		known("light", string(l), phrase.Light(string(l), zh), phrase.Light(string(l), en))
	}
	for _, r := range []string{contest.ReasonAbsent, contest.ReasonUnmarked, contest.ReasonVetoed} {
		known("reason", r, phrase.Unranked(r, zh), phrase.Unranked(r, en))
	}
	for _, l := range []string{contest.LineMark, contest.LineChannel, contest.LineItem, contest.LineDeduct, contest.LineSum, contest.LineRounding, contest.LineTotal,
		contest.LineMetric, contest.LineExam, contest.LineBallot, contest.LineRank, contest.LinePart, contest.LineWeighted, contest.LineVeto, contest.LineGrade} {
		known("line", l, phrase.Line(l, zh), phrase.Line(l, en))
	}
	for _, r := range []string{scoring.Single, scoring.Mean, scoring.Median, scoring.Trimmed, contest.RuleZeroDecided, contest.RuleZeroTemplate, contest.RuleSpread, contest.RuleFull, string(exact.HalfUp), string(exact.HalfEven), string(exact.Down)} {
		known("rule", r, phrase.Combine(r, zh), phrase.Combine(r, en))
	}
	for _, role := range append(append([]string(nil), template.Recipients...), template.Officers...) {
		known("role", role, phrase.Role(role, zh), phrase.Role(role, en))
	}
}

// covers Q6, Q7, Q11, Q12
func TestTiePolicyInWords(t *testing.T) {
	t.Parallel()
	doc := document()
	if got, want := phrase.Ties(doc, zh), "按公布分（保留 2 位小数）排名，同分并列，其后名次顺延。前3名：边线并列的全部列入；参评数少时不超过参评数的一半。后3名：边线并列的均不列入。"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if got, want := phrase.Ties(doc, en), "Ranks are taken on the published total (2 decimals); equals share a rank and the ranks after it are left out. top 3: all who are tied on the edge are in; in a small roster never more than half of it. bottom 3: nobody who is tied on the edge is in."; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	doc.Ranking = template.Ranking{On: "exact", TieBreak: []string{"ledger", "party", "heaviest-item", "own"}}
	doc.Bands = []template.Band{{Key: "top", Name: template.Text{ZH: "优胜"}, Best: 3, Ties: "capped", Cap: 4}, {Key: "second", Next: 5, Ties: "tie-break"}}
	if got, want := phrase.Ties(doc, zh), "按未经舍入的精确分排名，同分时依次比较资料台账、党建、分值最高的单项、own，仍相同的并列。优胜：边线并列的列入，但总数不超过4个，超过则均不列入。其后5名：边线并列的按上述顺序比较，仍并列的从有利于被评对象处理。"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if got := phrase.Ties(doc, en); !strings.Contains(got, "ties are broken by 资料台账, 党建, the heaviest item and own in turn") {
		t.Errorf("%s", got)
	}
	for want, b := range map[string]template.Band{"名次上升3位以上": {Gain: 3}, "进步最大的2个": {Gainers: 2}} {
		if got := phrase.Band(b, zh); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestProposalsAndEntriesInWords(t *testing.T) {
	t.Parallel()
	doc := document()
	talk := outcome.Proposal{Rule: 3, When: "twice", Do: "talk", Subject: "V12", Rank: 12, RankFromBottom: 1, Streak: 2, ByRole: "principal-leaders", WithRoles: []string{"linked-leader", "resident-cadre"}}
	if got, want := phrase.Proposal(doc, talk, phrase.Extent{}, "例村", zh), "例村：连续 2 轮位列后3名（倒数第 1），由党政主要领导约谈联村领导、驻村干部。"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if got, want := phrase.Proposal(doc, talk, phrase.Extent{}, "Li", en), "Li: 2 rounds running in the bottom 3 (number 1 from the bottom), admonitory talk with the linked leader and resident cadre by the principal leaders."; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	reward := outcome.Proposal{When: "top", Do: "points", Rank: 2}
	if got, want := phrase.Proposal(doc, reward, phrase.Extent{}, "例村", zh), "例村：位列前3名（第 2 名），考核加减分。"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if got := phrase.Rule(talk); got != "outcomes[3]" {
		t.Errorf("%s", got)
	}
}
