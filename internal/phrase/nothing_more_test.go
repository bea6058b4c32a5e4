package phrase_test

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
)

// Two whose published totals are equal and whose ranks are not were told apart
// by the rules; nobody is told that he is 0 points behind.
// covers Q6, Q11
func TestEqualTotalsOfUnequalRanks(t *testing.T) {
	t.Parallel()
	e := ninth()
	e.Next.Total, e.Standing.Range, e.TiedWith, e.Lift = e.Standing.Total, nil, nil, nil
	e.Items = nil
	if got, want := phrase.Why(e, names(zh, shown), zh), "例村V9得分 79.75，在 12 个参评对象中排第 9 名。公布总分与前一名（例村V8）相同，按方案的比较规则排在其后。"; got != want {
		t.Errorf("%s", got)
	}
	if got, want := phrase.Why(e, names(en, shown), en), "例村V9 has 79.75 and ranks 9 of 12. Its published total equals that of 例村V8, the next better one, which the template's rules put before it."; got != want {
		t.Errorf("%s", got)
	}
	hidden := func(string) string { return "" }
	if got := phrase.Why(e, names(en, hidden), en); !strings.Contains(got, "equals that of the next better one, which") {
		t.Errorf("%s", got)
	}
}

// At most three items are named, those in which most was lost, whatever the
// order of the rubric, and nothing that rounds to 0.00.
func TestOnlyTheGreatestLossesAreNamed(t *testing.T) {
	t.Parallel()
	e := ninth()
	e.Items = nil
	for key, lost := range map[string]string{"a": "0.1", "b": "3", "c": "-9", "d": "0.004", "e": "0.005", "f": "2.5", "g": "1/3"} {
		e.Items = append(e.Items, contest.ItemGap{Item: key, ToNext: exact.Must(lost)})
	}
	if got := phrase.Why(e, names(zh, shown), zh); !strings.Contains(got, "主要失分在：b 3.00 分、f 2.50 分、g 0.33 分。") {
		t.Errorf("%s", got)
	}
	e.Items = []contest.ItemGap{{Item: "c", ToNext: exact.Int(-9)}, {Item: "d", ToNext: exact.Must("0.0049")}}
	if got := phrase.Why(e, names(zh, shown), zh); strings.Contains(got, "失分") {
		t.Errorf("%s", got)
	}
	e.Items = []contest.ItemGap{{Item: "e", ToNext: exact.Must("0.005")}}
	if got := phrase.Why(e, names(en, shown), en); !strings.Contains(got, "lost mostly: 0.01 in e.") {
		t.Errorf("%s", got)
	}
}

// A rank that no judge alone would move has no range to speak of, and without a
// channel that could bring a rank nothing is promised.
func TestNothingIsSaidThatIsNotSo(t *testing.T) {
	t.Parallel()
	e := ninth()
	e.Standing.Range = &contest.Range{Best: 9, Worst: 9}
	e.Lift.Options = nil
	e.TiedWith = []string{"V10", "V11"}
	got := phrase.Why(e, names(zh, shown), zh)
	if strings.Contains(got, "之间") || strings.Contains(got, "提高") || !strings.Contains(got, "与另外 2 个并列") {
		t.Errorf("%s", got)
	}
	for want, options := range map[string][]contest.LiftOption{
		"若人居环境的现场督查提高 1 分": {{Item: "rural", Channel: "ledger", Raise: exact.Int(3)}, {Item: "habitat", Channel: "onsite", Raise: exact.Int(1)}, {Item: "rural", Channel: "onsite", Raise: exact.Int(2)}},
		"若乡村振兴的资料台账提高 3 分": {{Item: "rural", Channel: "ledger", Raise: exact.Int(3)}, {Item: "habitat", Channel: "onsite", Raise: exact.Int(3)}},
	} {
		e.Lift.Options = options
		if got := phrase.Why(e, names(zh, shown), zh); !strings.Contains(got, want) {
			t.Errorf("%s does not say %s", got, want)
		}
	}
}

// No sentence is left with a hole, doubled punctuation or a blank at its end.
func TestSentencesAreWhole(t *testing.T) {
	t.Parallel()
	for _, lang := range []fault.Language{zh, en} {
		for _, do := range valuesOf(t, "do") {
			for _, when := range []string{"top", "bottom", "up", "twice"} {
				p := outcome.Proposal{When: when, Do: do, Rank: 2, RankFromBottom: 11, Streak: 2, ByRole: "office", WithRoles: []string{"village"}}
				text := phrase.Proposal(document(), p, phrase.Extent{}, "例村", lang)
				for _, bad := range []string{"  ", "。。", "，，", "..", "{", "%!", " ,", "（）", "()"} {
					if strings.Contains(text, bad) {
						t.Errorf("%s: %q", text, bad)
					}
				}
				if strings.Contains(strings.ReplaceAll(text, " ", "|"), "the|the") {
					t.Errorf("%s: an article too many", text)
				}
				if text != strings.TrimSpace(text) || !strings.HasSuffix(text, word("。", ".", lang)) {
					t.Errorf("%q does not end as a sentence", text)
				}
			}
		}
	}
}

func word(chinese, english string, lang fault.Language) string {
	return map[fault.Language]string{zh: chinese, en: english}[lang]
}

// Any other language is answered in Chinese.
func TestOtherLanguagesAreAnsweredInChinese(t *testing.T) {
	t.Parallel()
	for _, lang := range []fault.Language{"", "fr", "zh-Hant"} {
		if got := fmt.Sprint(phrase.Outcome("talk", lang), phrase.Light("RED", lang), phrase.State("open", lang)); got != "约谈红灯：已逾期整改中" {
			t.Errorf("%s: %s", lang, got)
		}
	}
}
