package phrase_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// evaluate computes the left side of a formula as a reader would: an optional
// factor before the bracket, a sum of products, an optional division.
func evaluate(t *rapid.T, left string) exact.Number {
	factor, divisor := exact.Int(1), exact.Int(1)
	if before, rest, bracketed := strings.Cut(left, " × ("); bracketed && strings.Contains(rest, ") ÷ ") {
		inside, after, _ := strings.Cut(rest, ") ÷ ")
		factor, divisor, left = read(t, before), read(t, after), inside
	}
	var sum exact.Number
	for _, product := range strings.Split(left, " + ") {
		a, b, ok := strings.Cut(product, " × ")
		if !ok {
			t.Fatalf("%q is no product", product)
		}
		sum = sum.Add(read(t, a).Mul(read(t, b)))
	}
	return factor.Mul(sum).Quo(divisor)
}

// read reads a number; a fraction stands in brackets.
func read(t *rapid.T, s string) exact.Number {
	n, err := exact.Parse(strings.Trim(s, "()"))
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return n
}

// drawn makes a computed round of a few villages with two items.
func drawn(t *rapid.T) (contest.Input, *contest.Result) {
	doc := document()
	doc.Bands, doc.Streaks = nil, nil
	weight := rapid.Int64Range(1, 99).Draw(t, "weight")
	doc.Channels[0].Weight, doc.Channels[1].Weight = exact.Int(weight), exact.Int(100-weight)
	doc.Channels[0].Judges, doc.Channels[1].Judges = template.Judges{Min: 1, Combine: "mean"}, template.Judges{Min: 1, Combine: "single"}
	doc.Scale.Split = rapid.SampledFrom([]string{"per-item", "per-total"}).Draw(t, "split")
	first := rapid.Int64Range(1, 99).Draw(t, "points")
	in := contest.Input{
		Rules: contest.RulesVersion, Template: doc, Round: contest.Round{ID: "r", Period: "2023-04", Held: "2023-05-04"},
		Rubric: []template.Item{{Key: "party", Points: exact.Int(first)}, {Key: "rural", Points: exact.Int(100 - first)}},
	}
	for v := range rapid.IntRange(1, 5).Draw(t, "villages") {
		id := fmt.Sprintf("V%d", v+1)
		in.Roster = append(in.Roster, contest.Subject{ID: id})
		for _, item := range in.Rubric {
			for j := range rapid.IntRange(1, 3).Draw(t, "judges") {
				in.Marks = append(in.Marks, given(t, id, item.Key, "onsite", j))
			}
			in.Marks = append(in.Marks, given(t, id, item.Key, "ledger", 9))
		}
	}
	result, err := contest.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return in, result
}

func given(t *rapid.T, village, item, channel string, judge int) contest.Mark {
	value := exact.Ratio(rapid.Int64Range(0, 200).Draw(t, "mark"), 2)
	return contest.Mark{ID: fmt.Sprint(village, item, channel, judge), Item: item, Channel: channel, Subject: village, Judge: fmt.Sprint(judge), Value: value}
}

func TestFormulasComeOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, result := drawn(t)
		for _, s := range result.Standings {
			e, err := contest.Explain(in.Template, in.Rubric, result, s.Subject)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range e.Items {
				formula := phrase.Formula(item)
				left, right, _ := strings.Cut(formula, " = ")
				if got := evaluate(t, left); !got.Equal(item.Score) || got.Fixed(4) != right {
					t.Fatalf("%s comes out as %s, the item gave %s", formula, got, item.Score)
				}
			}
		}
	})
}

func TestSentencesSayWhatTheBoardSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, result := drawn(t)
		for _, s := range result.Standings {
			e, err := contest.Explain(in.Template, in.Rubric, result, s.Subject)
			if err != nil {
				t.Fatal(err)
			}
			inChinese := phrase.Why(e, phrase.NamesOf(in.Template, in.Rubric, shown, zh), zh)
			inEnglish := phrase.Why(e, phrase.NamesOf(in.Template, in.Rubric, shown, en), en)
			for _, fact := range []string{s.Shown, fmt.Sprintf("第 %d 名", s.Rank), shown(s.Subject)} {
				if !strings.Contains(inChinese, fact) {
					t.Fatalf("%s does not say %s", inChinese, fact)
				}
			}
			if !strings.Contains(inEnglish, fmt.Sprintf("ranks %d of %d", s.Rank, s.Of)) {
				t.Fatalf("%s does not say %d of %d", inEnglish, s.Rank, s.Of)
			}
			if tells := strings.Contains(inChinese, "前一名"); tells != (s.Rank > 1) {
				t.Fatalf("%s speaks of a better one: %v, at rank %d", inChinese, tells, s.Rank)
			}
			for _, left := range []string{"{", "}", "%!", "  ", "。。"} {
				if strings.Contains(inChinese+inEnglish, left) {
					t.Fatalf("%q is left over in %s / %s", left, inChinese, inEnglish)
				}
			}
		}
	})
}
