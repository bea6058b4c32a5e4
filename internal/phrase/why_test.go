package phrase_test

import (
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// ninth explains a village that lost 0.63 points to the next one, most of them
// in the habitat item.
func ninth() *contest.Explanation {
	gap := func(item, lost string) contest.ItemGap {
		return contest.ItemGap{Item: item, Points: exact.Int(40), Score: exact.Int(30), ToNext: exact.Must(lost)}
	}
	return &contest.Explanation{
		Standing: contest.Standing{Subject: "V9", Shown: "79.75", Total: exact.Must("79.75"), Rank: 9, Of: 12, Range: &contest.Range{Best: 8, Worst: 10}},
		TiedWith: []string{"V10"},
		Next:     &contest.Rival{Subject: "V8", Rank: 8, Total: exact.Must("80.38"), Shown: "80.38"},
		Items:    []contest.ItemGap{gap("party", "-0.2"), gap("rural", "0.08"), gap("habitat", "0.75"), gap("safety", "0.001")},
		Lift: &contest.Lift{Points: exact.Must("0.63"), Options: []contest.LiftOption{
			{Item: "rural", Channel: "onsite", Raise: exact.Must("4.5")}, {Item: "habitat", Channel: "ledger", Raise: exact.Must("4.2")},
		}},
	}
}

func names(lang fault.Language, subject func(string) string) phrase.Names {
	doc := document()
	rubric := []template.Item{{Key: "habitat", Name: template.Text{ZH: "人居环境", EN: "habitat"}, Rule: template.ItemRule{Table: []template.TableRow{{Key: "late", Name: template.Text{ZH: "迟报", EN: "late report"}}}}}, {Key: "rural", Name: template.Text{ZH: "乡村振兴", EN: "revitalisation"}}}
	return phrase.NamesOf(doc, rubric, subject, lang)
}

func shown(id string) string { return "例村" + id }

func TestWhyNinth(t *testing.T) {
	t.Parallel()
	got := phrase.Why(ninth(), names(zh, shown), zh)
	want := "例村V9得分 79.75，在 12 个参评对象中排第 9 名（与另外 1 个并列），任去掉一名评分人时名次在第 8 至第 10 名之间。" +
		"比前一名（例村V8）低 0.63 分，主要失分在：人居环境 0.75 分、乡村振兴 0.08 分。若人居环境的资料台账提高 4.2 分，名次可上升。"
	if got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	got = phrase.Why(ninth(), names(en, shown), en)
	want = "例村V9 has 79.75 and ranks 9 of 12 (tied with 1 more), between 8 and 10 when any one judge is left out." +
		" It is 0.63 points behind 例村V8, the next better one, lost mostly: 0.75 in habitat and 0.08 in revitalisation. 4.2 more points in habitat, 资料台账 would lift it."
	if got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
}

func TestWhyHidesRivalsAndSaysNoMoreThanItKnows(t *testing.T) {
	t.Parallel()
	own := func(id string) string {
		if id == "V9" {
			return "本村"
		}
		return ""
	}
	e := ninth()
	e.Standing.Range, e.TiedWith, e.Lift = nil, nil, nil
	if got, want := phrase.Why(e, names(zh, own), zh), "本村得分 79.75，在 12 个参评对象中排第 9 名。比前一名低 0.63 分，主要失分在：人居环境 0.75 分、乡村振兴 0.08 分。"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	e.Next, e.Standing.Rank = nil, 1
	if got, want := phrase.Why(e, names(zh, own), zh), "本村得分 79.75，在 12 个参评对象中排第 1 名。"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
}

func TestFormula(t *testing.T) {
	t.Parallel()
	item := contest.ItemGap{Points: exact.Int(40), Score: exact.Must("37.76"), Channels: []contest.ChannelShare{
		{Channel: "onsite", Share: exact.Int(40), High: exact.Int(100), Factor: exact.Must("0.16"), Value: exact.Int(92)},
		{Channel: "ledger", Share: exact.Int(60), High: exact.Int(100), Factor: exact.Must("0.24"), Value: exact.Int(96)},
	}}
	if got, want := phrase.Formula(item), "40 × (92 × 40% + 96 × 60%) ÷ 100 = 37.7600"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	item.Channels[0].Value = exact.Ratio(274, 3)
	item.Channels[0].Factor = exact.Must("0.2") // not the item's own share: totals are weighted per total
	if got, want := phrase.Formula(item), "(274/3) × 0.2 + 96 × 0.24 = 37.7600"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestNamesFallBackToKeys(t *testing.T) {
	t.Parallel()
	n := names(zh, shown)
	if n.Item("sea") != "sea" || n.Channel("speech") != "speech" || n.Item("habitat") != "人居环境" || n.Channel("onsite") != "现场督查" {
		t.Error("names")
	}
}
