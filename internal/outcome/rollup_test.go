package outcome_test

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// covers A31, Q16
func TestSpans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		counting      string
		months        int
		first, period string
		want          string
	}{
		{"calendar", 6, "2023-04", "2023-04", "2023-01 2023-06"},
		{"calendar", 6, "2023-04", "2023-07", "2023-07 2023-12"},
		{"calendar", 3, "2023-04", "2023-05", "2023-04 2023-06"},
		{"calendar", 12, "2023-04", "2024-01", "2024-01 2024-12"},
		{"from-first-round", 6, "2023-04", "2023-09", "2023-04 2023-09"},
		{"from-first-round", 6, "2023-04", "2023-10", "2023-10 2024-03"},
		{"from-first-round", 12, "2023-04", "2024-03", "2023-04 2024-03"},
		{"calendar", 12, "2023-Q2", "2023-Q4", "2023-01 2023-12"},
	} {
		span := outcome.SpanOf(c.counting, c.months, calendar.MustPeriod(c.first), calendar.MustPeriod(c.period))
		if got := span.From.String() + " " + span.To.String(); got != c.want {
			t.Errorf("%+v gives %s", c, got)
		}
		if !span.Contains(calendar.MustPeriod(c.period)) || span.Contains(span.From.Previous()) || span.Contains(span.To.Next()) {
			t.Errorf("%+v contains the wrong months", span)
		}
	}
	for key, want := range map[string]int{"quarter": 3, "half-year": 6, "year": 12} {
		if got, err := outcome.RollupMonths(key); got != want || err != nil {
			t.Errorf("%s: %d, %v", key, got, err)
		}
	}
	if _, err := outcome.RollupMonths("decade"); fault.CodeOf(err) != fault.RollupUnknown {
		t.Errorf("a decade: %v", err)
	}
}

// published makes rounds of villages A, B, C …; "-" is a round not attended.
func published(rounds ...string) []outcome.PublishedRound {
	var out []outcome.PublishedRound
	for i, round := range rounds {
		p := outcome.PublishedRound{Period: calendar.MustPeriod("2023-04").Add(i), Totals: map[string]exact.Number{}, Ranks: map[string]int{}}
		rank := 1
		for k, total := range strings.Fields(round) {
			if total == "-" {
				continue
			}
			id := string(rune('A' + k))
			p.Totals[id], p.Ranks[id] = exact.Must(total), rank
			rank++
		}
		out = append(out, p)
	}
	return out
}

func halfYear(change func(*template.Rollup)) template.Rollup {
	r := template.Rollup{
		Key: "half-year", Aggregate: "mean", MinAttended: 2,
		Bands:    []template.Band{{Key: "top", Best: 1, Ties: "inclusive", Small: "half"}, {Key: "bottom", Worst: 1, Ties: "exclusive", Small: "half"}},
		Outcomes: []template.Outcome{{When: "top", Do: "money", Amount: "by-decision"}, {When: "bottom", Do: "money", Amount: "by-decision"}},
	}
	if change != nil {
		change(&r)
	}
	return r
}

func lines(r outcome.RollupResult) string {
	out := ""
	for _, l := range r.Lines {
		out += fmt.Sprintf(" %s=%s/%d", l.Subject, l.Published, l.Rank)
	}
	return strings.TrimSpace(out)
}

// covers A31, A32, A33, Q16
func TestRollup(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Subject: template.Village, Scale: template.Scale{Points: exact.Int(100), Decimals: 2}, Ranking: template.Ranking{On: "published"}}
	rounds := published("90 80 70 60", "81 90.01 70 -", "80 70 70 -")
	got := outcome.Summarise(doc, halfYear(nil), outcome.Summed{Rounds: rounds})
	if want := "A=83.67/1 B=80/2 C=70/3 D=60/0"; lines(got) != want { // 251/3, 240.01/3
		t.Errorf("mean: %s, want %s", lines(got), want)
	}
	if len(got.Proposals) != 2 || got.Proposals[0].Subject != "A" || got.Proposals[1].Subject != "C" || got.Proposals[1].RankFromBottom != 1 {
		t.Errorf("%+v", got.Proposals)
	}
	if len(got.Entries) != 0 {
		t.Errorf("money posts no points: %v", got.Entries)
	}
	if want := "A=251/1 B=240.01/2 C=210/3 D=60/0"; lines(outcome.Summarise(doc, halfYear(func(r *template.Rollup) { r.Aggregate = "sum" }), outcome.Summed{Rounds: rounds})) != want {
		t.Errorf("sum is not %s", want)
	}
	ranks := published("90 80 70", "90 80 70", "90 80 70")
	ranks[0].Ranks = map[string]int{"A": 3, "B": 1, "C": 2}
	if got, want := lines(outcome.Summarise(doc, halfYear(func(r *template.Rollup) { r.Aggregate = "mean-of-ranks" }), outcome.Summed{Rounds: ranks})), "A=1.67/1 B=1.67/1 C=2.67/3"; got != want {
		t.Errorf("mean of ranks: %s, want %s", got, want)
	}
	if got := lines(outcome.Summarise(doc, halfYear(func(r *template.Rollup) { r.MinAttended = 1 }), outcome.Summed{Rounds: rounds})); !strings.HasSuffix(got, "D=60/4") {
		t.Errorf("who attended enough is ranked: %s", got)
	}
}

// covers A35
func TestRollupMayPostPoints(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Subject: template.Village, Scale: template.Scale{Decimals: 2, Rounding: exact.HalfUp}}
	rule := halfYear(func(r *template.Rollup) {
		r.Outcomes = []template.Outcome{{When: "top", Do: "points", By: "rank", Values: ints(2), To: []string{"village", "linked-leader"}}}
	})
	got := outcome.Summarise(doc, rule, outcome.Summed{Rounds: published("90 80", "90 80"), Links: map[string][]outcome.Link{"A": {{Role: "linked-leader", Person: "L"}}}})
	if fmt.Sprint(tell(got.Entries)) != "[A+2 L+2]" || got.Lines[0].Bands[0] != "top" || got.Lines[1].Bands[0] != "bottom" {
		t.Errorf("%v %+v", tell(got.Entries), got.Lines)
	}
}
