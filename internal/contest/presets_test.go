package contest_test

import (
	"os"
	"path/filepath"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Every template that comes with the product can be computed: an empty round of
// it has gaps by name, and is refused by nothing.
func TestEveryPresetComputes(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../examples/templates/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d presets, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := template.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		in := contest.Input{Rules: contest.RulesVersion, Template: &doc, Rubric: doc.Items, Round: contest.Round{ID: "r", Period: "2023-04"}}
		in.Roster = []contest.Subject{{ID: "S1"}, {ID: "S2", Absent: true}}
		result := compute(t, in)
		if len(result.Gaps) == 0 || result.Gaps[0].Subject != "S1" {
			t.Errorf("%s: nobody marked anything, and the gaps are %v", file, result.Gaps)
		}
	}
}

// What is explained of a round with everything adds up: the items come to what
// the items' part is worth, and the channels of an item to all of it.
func TestExplanationsOfEverythingAddUp(t *testing.T) {
	t.Parallel()
	in := played(shared(), 9, steady)
	result := compute(t, in)
	for _, s := range result.Standings {
		e, err := contest.Explain(in.Template, in.Rubric, result, s.Subject)
		if err != nil {
			t.Fatal(err)
		}
		var items exact.Number
		for _, item := range e.Items {
			if item.Rule != string(template.KindBonus) {
				items = items.Add(item.Score)
			}
			var share exact.Number
			for _, c := range item.Channels {
				share = share.Add(c.Share)
			}
			if len(item.Channels) > 0 && item.Rule != string(template.KindBonus) && share.Sign() > 0 && share.String() != "100" {
				t.Errorf("%s: the channels of %s are %s %% of it", s.Subject, item.Item, share)
			}
		}
		if want := s.Parts[0].Value.Mul(s.Parts[0].Weight).Quo(exact.Int(100)); !items.Equal(want) {
			t.Errorf("%s: the items come to %s, their part to %s", s.Subject, items, want)
		}
		if s.Rank > 1 && e.Lift == nil {
			t.Errorf("%s is told nothing that would lift it", s.Subject)
		}
	}
}
