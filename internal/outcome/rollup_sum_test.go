package outcome_test

import (
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// The year of a scheme with three levels: quarters made of months, the year of
// the quarters, with a part that people enter. covers C03, C09, Q28
func TestYearOfQuartersWithParts(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Subject: template.Person, Scale: template.Scale{Decimals: 2}, Ranking: template.Ranking{On: "published"}}
	year := template.Rollup{Key: "year", Of: "quarter", Aggregate: "mean",
		Parts:    []template.Part{{Key: "contest", From: "rounds", Weight: exact.Int(60)}, {Key: "duty", From: "entered", Weight: exact.Int(40)}},
		Bands:    []template.Band{{Key: "bottom", Worst: 1, Ties: "exclusive", Small: "half"}},
		Outcomes: []template.Outcome{{When: "bottom", Do: "statement"}}}
	of := outcome.Summed{Rounds: published("90 80 70", "80 80 60"),
		Parts: map[string]map[string]exact.Number{"duty": {"A": exact.Int(70), "B": exact.Int(90)}}}
	got := outcome.Summarise(doc, year, of)
	if want := "B=84/1 A=79/2 C=39/0"; lines(got) != want { // 0.6·80+0.4·90; 0.6·85+0.4·70; C lacks a part
		t.Errorf("%s, want %s", lines(got), want)
	}
	if len(got.Proposals) != 1 || got.Proposals[0].Subject != "A" || got.Proposals[0].Do != "statement" {
		t.Errorf("%+v", got.Proposals)
	}
	parts := got.Lines[2].Parts
	if len(parts) != 2 || parts[0].Missing || !parts[1].Missing || !parts[0].Value.Equal(exact.Int(65)) {
		t.Errorf("C: %+v", parts)
	}
}

// Where the template has tracks, a longer period ranks and rewards in each of
// them, unless it says that the whole list counts. covers C04, Q24
func TestRollupPerTrack(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Subject: template.Person, Tracks: &template.Tracks{GroupSet: "village-class"}, Scale: template.Scale{Decimals: 2}}
	rule := template.Rollup{Key: "quarter", Aggregate: "mean", Bands: []template.Band{{Key: "bottom", Worst: 1, Ties: "exclusive", Small: "half"}},
		Outcomes: []template.Outcome{{When: "bottom", Do: "talk", ByRole: "mayor"}}}
	of := outcome.Summed{Rounds: published("90 80 70 60"), Tracks: map[string]string{"A": "model", "B": "model", "C": "base", "D": "base"}}
	for scope, want := range map[string]int{"": 2, "track": 2, "all": 1} {
		doc.Ranking.Scope = scope
		got := outcome.Summarise(doc, rule, of)
		if len(got.Proposals) != want {
			t.Errorf("scope %q: %d talks, want %d", scope, len(got.Proposals), want)
		}
		for _, p := range got.Proposals {
			if p.ByRole != "mayor" {
				t.Errorf("the talk is carried out by %q", p.ByRole)
			}
		}
	}
}

// A term is counted from its first round, over two years. covers D32
func TestTermSpan(t *testing.T) {
	t.Parallel()
	months, err := outcome.RollupMonths("term")
	if err != nil || months != 24 {
		t.Fatalf("%d, %v", months, err)
	}
	span := outcome.SpanOf(outcome.MonthsFromFirst, months, calendar.MustPeriod("2021-10"), calendar.MustPeriod("2022-03"))
	if span.From.String() != "2021-10" || span.To.String() != "2023-09" {
		t.Errorf("%s to %s", span.From, span.To)
	}
}

// Values of several sources come together by their weights. covers B13, B14, C09
func TestWeightedMean(t *testing.T) {
	t.Parallel()
	got, ok := outcome.WeightedMean([]exact.Number{exact.Int(90), exact.Int(60)}, []exact.Number{exact.Int(2), exact.Int(1)})
	if !ok || !got.Equal(exact.Int(80)) {
		t.Errorf("%s, %v", got, ok)
	}
	if _, ok := outcome.WeightedMean(nil, nil); ok {
		t.Error("a mean of nothing")
	}
}
