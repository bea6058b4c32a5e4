package compare_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
)

// A department looks at its dimensions: the index is of those, and who is
// comparable stays a matter of the whole rule.
func TestLookingAtSomeDimensions(t *testing.T) {
	t.Parallel()
	r := rule()
	r.Look = []string{"habitat", "industry"}
	both := township("T1", numbers("party", "50", "habitat", "50"), numbers("party", "10", "habitat", "90"))
	lacks := township("T2", numbers("habitat", "50", "industry", "50"), numbers("habitat", "95", "industry", "70"))
	lines := compare.Compare(r, []compare.Township{both, lacks})
	if fmt.Sprint(lines[0].Domains, lines[0].Index, lines[0].Rank, lines[0].Coverage) != "[{habitat 90 1}] 90 1 1" {
		t.Errorf("%+v", lines[0])
	}
	if fmt.Sprint(lines[1].Domains, lines[1].Barriers, lines[1].Rank) != "[{habitat 95 1} {industry 70 1}] [{DIMENSION_MISSING party}] 0" {
		t.Errorf("%+v", lines[1])
	}
	r.Look = []string{"industry"}
	if none := compare.Compare(r, []compare.Township{both})[0]; none.Rank != 0 || len(none.Shared) != 0 {
		t.Errorf("an index over nothing is ranked: %+v", none)
	}
}

// Without a rule nobody is comparable, and nothing is weighed by default.
func TestWithoutARule(t *testing.T) {
	t.Parallel()
	line := compare.Compare(compare.Rule{Dictionary: []string{"party"}, Decimals: 2}, []compare.Township{township("T", numbers("party", "1"), numbers("party", "90"))})[0]
	if fmt.Sprint(line.Barriers) != "[{NO_RULE }]" || line.Rank != 0 || len(line.Domains) != 1 {
		t.Errorf("%+v", line)
	}
}

// Whoever looks at some dimensions sees the same means in them, and the same
// verdict on who is comparable, as whoever looks at all.
func TestLookingChangesNoVerdict(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		towns := draw(t)
		narrow := rule()
		narrow.Look = []string{}
		for _, d := range rule().Dictionary {
			if rapid.Bool().Draw(t, "look") {
				narrow.Look = append(narrow.Look, d)
			}
		}
		all, some := compare.Compare(rule(), towns), compare.Compare(narrow, towns)
		for i := range all {
			if fmt.Sprint(all[i].Barriers, all[i].Coverage) != fmt.Sprint(some[i].Barriers, some[i].Coverage) {
				t.Fatalf("%+v\n%+v", all[i], some[i])
			}
			means := map[string]string{}
			for _, d := range all[i].Domains {
				means[d.Dimension] = fmt.Sprint(d.Mean, d.Villages)
			}
			for _, d := range some[i].Domains {
				if means[d.Dimension] != fmt.Sprint(d.Mean, d.Villages) {
					t.Fatalf("%+v\n%+v", all[i], some[i])
				}
			}
			if some[i].Rank > 0 && len(some[i].Shared) == 0 {
				t.Fatalf("ranked by nothing: %+v", some[i])
			}
		}
	})
}
