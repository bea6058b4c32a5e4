package phrase_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// valuesOf lists what a key of the template may be, wherever the key stands in
// the published schema.
func valuesOf(t *testing.T, key string) []string {
	t.Helper()
	var schema any
	if err := json.Unmarshal(template.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case map[string]any:
			values, _ := v["enum"].([]any)
			for _, value := range values {
				if s, ok := value.(string); ok && name == key {
					found[s] = true
				}
			}
			for k, next := range v {
				if k == "items" && name != "" {
					k = name // a list of values
				}
				walk(k, next)
			}
		case []any:
			for _, next := range v {
				walk(name, next)
			}
		}
	}
	walk("", schema)
	var all []string
	for s := range found {
		all = append(all, s)
	}
	if len(all) < 2 {
		t.Fatalf("%s has the values %v", key, all)
	}
	return all
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Whatever a template may say that a reader meets again – an outcome, a
// recipient, who carries it out, how marks combine, how a total is rounded – has
// a word in Chinese, and an English one without Chinese in it.
// covers A27, A28, A30
func TestEveryValueOfATemplateHasItsWords(t *testing.T) {
	t.Parallel()
	for key, word := range map[string]func(string, fault.Language) string{
		"do": phrase.Outcome, "to": phrase.Role, "with": phrase.Role, "byRole": phrase.Role, "combine": phrase.Combine, "rounding": phrase.Combine,
	} {
		for _, value := range valuesOf(t, key) {
			inChinese, inEnglish := word(value, zh), word(value, en)
			if !han(inChinese) || strings.Contains(inChinese, value) {
				t.Errorf("%s %s is %q in Chinese", key, value, inChinese)
			}
			if inEnglish == "" || han(inEnglish) {
				t.Errorf("%s %s is %q in English", key, value, inEnglish)
			}
		}
	}
}

// Every tie policy a band may have is told as what it does to those on the
// edge, in both languages, and no two alike.
// covers Q6, Q7, Q12
func TestEveryTiePolicyIsTold(t *testing.T) {
	t.Parallel()
	for _, lang := range []fault.Language{zh, en} {
		told := map[string]string{}
		for _, ties := range valuesOf(t, "ties") {
			if ties == "decide" { // of a grade's last seat, which no band has
				continue
			}
			doc := document()
			doc.Bands = []template.Band{{Key: "top", Best: 3, Ties: ties, Cap: 4, Small: "explicit"}}
			text := phrase.Ties(doc, lang)
			if strings.Contains(text, ties) && lang == zh || told[text] != "" {
				t.Errorf("%s is told as %q, like %s", ties, text, told[text])
			}
			told[text] = ties
			doc.Bands[0].Small = "half"
			if halved := phrase.Ties(doc, lang); len(halved) <= len(text) {
				t.Errorf("%s: a small roster is not spoken of in %q", ties, halved)
			}
		}
	}
}

// What the ranking is taken on, and to how many decimals, is said first.
// covers Q11
func TestWhatRanksAreTakenOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		on       string
		decimals int
		zh, en   string
	}{
		{"published", 0, "按公布分（保留 0 位小数）排名", "on the published total (0 decimals);"},
		{"published", 6, "按公布分（保留 6 位小数）排名", "on the published total (6 decimals);"},
		{"exact", 2, "按未经舍入的精确分排名", "on the exact total before rounding;"},
	} {
		doc := document()
		doc.Ranking.On, doc.Scale.Decimals = c.on, c.decimals
		if got := phrase.Ties(doc, zh); !strings.HasPrefix(got, c.zh) {
			t.Errorf("%s", got)
		}
		if got := phrase.Ties(doc, en); !strings.Contains(got, c.en) {
			t.Errorf("%s", got)
		}
	}
}

// A band without a name is called by what it holds; a sentence puts its article
// before it once, and a gain is no place to stand on.
// covers Q25
func TestBandsWithoutAName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		band   template.Band
		zh, en string
	}{
		{template.Band{Best: 3}, "位列前3名（第 4 名）", "the top 3 (rank 4)"},
		{template.Band{Worst: 2}, "位列后2名（倒数第 1）", "the bottom 2 (number 1 from the bottom)"},
		{template.Band{Next: 5}, "位列其后5名（第 4 名）", "the next 5 (rank 4)"},
		{template.Band{Gain: 3}, "属于名次上升3位以上（第 4 名）", "the risers by 3 ranks or more (rank 4)"},
		{template.Band{Gainers: 2}, "属于进步最大的2个（第 4 名）", "the 2 most improved (rank 4)"},
		{template.Band{Best: 3, Name: template.Text{ZH: "优胜", EN: "winners"}}, "位列优胜（第 4 名）", "the winners (rank 4)"},
	} {
		c.band.Key = "band"
		doc := document()
		doc.Bands = []template.Band{c.band}
		p := outcome.Proposal{When: "band", Do: "praise", Rank: 4, RankFromBottom: 1}
		if got, want := phrase.Proposal(doc, p, phrase.Extent{}, "例村", zh), "例村："+c.zh+"，通报表扬。"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got, want := phrase.Proposal(doc, p, phrase.Extent{}, "Li", en), "Li: "+c.en+", commendation."; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Who carries an outcome out and with whom is told for none, one, two and more,
// as each language joins them.
// covers A28, A30
func TestWhoAndWithWhom(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		by     string
		with   []string
		zh, en string
	}{
		{"", nil, "约谈", "admonitory talk"},
		{"mayor", nil, "由乡镇长约谈", "admonitory talk by the mayor"},
		{"", []string{"linked-leader"}, "约谈联村领导", "admonitory talk with the linked leader"},
		{"mayor", []string{"linked-leader", "resident-cadre"}, "由乡镇长约谈联村领导、驻村干部", "admonitory talk with the linked leader and resident cadre by the mayor"},
		{"leading-group", []string{"linked-leader", "resident-cadre", "village-secretary"}, "由领导小组约谈联村领导、驻村干部、村党组织书记", "admonitory talk with the linked leader, resident cadre and village secretary by the leading group"},
		{"mentor", []string{"elder"}, "由mentor约谈elder", "admonitory talk with the elder by the mentor"}, // roles of the template's own
	} {
		p := outcome.Proposal{When: "top", Do: "talk", Rank: 1, ByRole: c.by, WithRoles: c.with}
		if got, want := phrase.Proposal(document(), p, phrase.Extent{}, "例村", zh), "例村：位列前3名（第 1 名），"+c.zh+"。"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got, want := phrase.Proposal(document(), p, phrase.Extent{}, "Li", en), "Li: the top 3 (rank 1), "+c.en+"."; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A streak is told by how long it is and by its band; a key that the template
// no longer has stands for itself.
// covers A29
func TestStreaksInWords(t *testing.T) {
	t.Parallel()
	p := outcome.Proposal{When: "twice", Do: "points", Rank: 10, RankFromBottom: 3, Streak: 5}
	if got, want := phrase.Proposal(document(), p, phrase.Extent{}, "例村", zh), "例村：连续 5 轮位列后3名（倒数第 3），考核加减分。"; got != want {
		t.Errorf("%s", got)
	}
	p.When = "gone"
	if got, want := phrase.Proposal(document(), p, phrase.Extent{}, "例村", zh), "例村：位列gone（第 10 名），考核加减分。"; got != want {
		t.Errorf("%s", got)
	}
	for rule, want := range map[int]string{0: "outcomes[0]", 12: "outcomes[12]"} {
		if got := phrase.Rule(outcome.Proposal{Rule: rule}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
