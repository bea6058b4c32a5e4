package compare_test

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

func n(s string) exact.Number { return exact.Must(s) }

func numbers(pairs ...string) map[string]exact.Number {
	out := map[string]exact.Number{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = n(pairs[i+1])
	}
	return out
}

func rule() compare.Rule {
	return compare.Rule{
		Dictionary: []string{"party", "rural", "habitat", "industry"}, Weights: numbers("party", "1", "habitat", "1"),
		MinCoverage: n("1/2"), Decimals: 2,
	}
}

func township(id string, weights map[string]exact.Number, villages ...map[string]exact.Number) compare.Township {
	t := compare.Township{ID: id, Weights: weights}
	for i, scores := range villages {
		t.Villages = append(t.Villages, compare.Village{ID: fmt.Sprint("V", i+1), Scores: scores})
	}
	return t
}

func TestAnIndexOverWhatIsShared(t *testing.T) {
	t.Parallel()
	got := compare.Compare(rule(), []compare.Township{
		township("T2", numbers("party", "20", "habitat", "30", "industry", "50"), numbers("party", "91", "habitat", "90", "industry", "75")),
		township("T1", numbers("party", "60", "habitat", "40"), numbers("party", "85", "habitat", "84"), numbers("party", "86", "habitat", "85")),
	})
	if got[0].Township != "T1" || got[0].Index.String() != "85" || got[0].Coverage.String() != "1" || got[0].Rank != 2 || got[0].NaiveRank != 1 {
		t.Errorf("%+v", got[0])
	}
	if got[1].Index.String() != "90.5" || got[1].Coverage.String() != "0.5" || got[1].Rank != 1 || !got[1].Comparable() || fmt.Sprint(got[1].Shared) != "[party habitat]" {
		t.Errorf("a coverage of exactly the least is enough: %+v", got[1])
	}
}

func TestWhyATownshipIsNotComparable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   compare.Township
		want string
	}{
		{"a dimension missing from the template", township("T", numbers("party", "1"), numbers("party", "85")), "[{DIMENSION_MISSING habitat}]"},
		{"a dimension nobody was scored in", township("T", numbers("party", "1", "habitat", "1"), numbers("party", "85")), "[{DIMENSION_MISSING habitat}]"},
		{"coverage just too low", township("T", numbers("party", "0.2", "habitat", "0.29", "rural", "0.51"), numbers("party", "1", "habitat", "1", "rural", "1")), "[{COVERAGE_LOW }]"},
		{"a dimension beside the dictionary counts against coverage", township("T", numbers("party", "1", "habitat", "1", "dance", "3"), numbers("party", "1", "habitat", "1")), "[{COVERAGE_LOW }]"},
		{"nothing published", township("T", numbers("party", "1", "habitat", "1")), "[{NO_RESULTS }]"},
		{"nothing at all", compare.Township{ID: "T"}, "[{NO_RESULTS }]"},
		{"comparable", township("T", numbers("party", "1", "habitat", "1"), numbers("party", "85", "habitat", "0")), "[]"},
	} {
		got := compare.Compare(rule(), []compare.Township{c.in})[0]
		if fmt.Sprint(got.Barriers) != c.want || (got.Rank == 0) == got.Comparable() {
			t.Errorf("%s: %v rank %d, want %s", c.name, got.Barriers, got.Rank, c.want)
		}
	}
}

// A missing score is left out of the mean and never counted as 0.
// covers Q13
func TestAMissingScoreIsNotZero(t *testing.T) {
	t.Parallel()
	got := compare.Compare(rule(), []compare.Township{
		township("T", numbers("party", "1", "habitat", "1"), numbers("party", "80", "habitat", "90"), numbers("habitat", "80")),
	})[0]
	if got.Domains[0].Mean.String() != "80" || got.Domains[0].Villages != 1 || got.Domains[1].Mean.String() != "85" || got.Naive.String() != "85" {
		t.Errorf("%+v", got)
	}
}

func draw(t *rapid.T) []compare.Township {
	out := make([]compare.Township, rapid.IntRange(1, 5).Draw(t, "townships"))
	for i := range out {
		weights := map[string]exact.Number{}
		for _, d := range rule().Dictionary {
			if rapid.IntRange(0, 3).Draw(t, "has") > 0 {
				weights[d] = exact.Int(rapid.Int64Range(1, 9).Draw(t, "weight"))
			}
		}
		var villages []map[string]exact.Number
		for range rapid.IntRange(0, 4).Draw(t, "villages") {
			scores := map[string]exact.Number{}
			for d := range weights {
				scores[d] = exact.Int(rapid.Int64Range(0, 100).Draw(t, "score"))
			}
			villages = append(villages, scores)
		}
		out[i] = township(fmt.Sprint("T", i+1), weights, villages...)
	}
	return out
}

func TestOrderDoesNotMatterAndOnlyTheComparableAreRanked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		townships := draw(t)
		got := compare.Compare(rule(), townships)
		if again := compare.Compare(rule(), rapid.Permutation(townships).Draw(t, "order")); !reflect.DeepEqual(got, again) {
			t.Fatalf("%+v\n%+v", got, again)
		}
		for _, a := range got {
			if (a.Rank > 0) != a.Comparable() || a.Index.Cmp(exact.Int(100)) > 0 || a.Coverage.Cmp(exact.Int(1)) > 0 {
				t.Fatalf("%+v", a)
			}
			for _, b := range got {
				if a.Rank > 0 && b.Rank > 0 && (a.Rank < b.Rank) != (a.Index.Cmp(b.Index) > 0) {
					t.Fatalf("%+v\n%+v", a, b)
				}
			}
		}
	})
}

// What a county does not compare changes no index.
func TestOtherDimensionsChangeNoIndex(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		townships := draw(t)
		before := compare.Compare(rule(), townships)
		for _, town := range townships {
			for _, v := range town.Villages {
				if _, ok := v.Scores["industry"]; ok {
					v.Scores["industry"] = exact.Int(rapid.Int64Range(0, 100).Draw(t, "other"))
				}
			}
		}
		for i, after := range compare.Compare(rule(), townships) {
			if !after.Index.Equal(before[i].Index) || after.Rank != before[i].Rank {
				t.Fatalf("%+v\n%+v", before[i], after)
			}
		}
	})
}

// Only the proportions of weights matter, on both sides.
func TestScalingWeightsChangesNothing(t *testing.T) {
	t.Parallel()
	scaled := func(weights map[string]exact.Number, by exact.Number) map[string]exact.Number {
		out := map[string]exact.Number{}
		for d, w := range weights {
			out[d] = w.Mul(by)
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		townships, r := draw(t), rule()
		before := compare.Compare(r, townships)
		by := exact.Ratio(rapid.Int64Range(1, 50).Draw(t, "num"), rapid.Int64Range(1, 50).Draw(t, "den"))
		r.Weights = scaled(r.Weights, by)
		for i := range townships {
			townships[i].Weights = scaled(townships[i].Weights, by)
		}
		if after := compare.Compare(r, townships); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Fatalf("%v\n%v", before, after)
		}
	})
}

// Equal indices share a rank, and the next is counted past them; what a table of
// totals would have said is kept apart and ranks nobody.
func TestRanksOfTheComparable(t *testing.T) {
	t.Parallel()
	both := numbers("party", "1", "habitat", "1")
	got := compare.Compare(rule(), []compare.Township{
		township("T1", both, numbers("party", "90", "habitat", "80")),
		township("T2", both, numbers("party", "80", "habitat", "90")),
		township("T3", both, numbers("party", "70", "habitat", "70")),
		township("T4", numbers("party", "1"), numbers("party", "100")),
	})
	var ranks, naive []int
	for _, l := range got {
		ranks, naive = append(ranks, l.Rank), append(naive, l.NaiveRank)
	}
	if fmt.Sprint(ranks, naive) != "[1 1 3 0] [2 2 4 1]" {
		t.Errorf("%v, by totals %v", ranks, naive)
	}
}

// Means are rounded once, from exact values: thirds do not drift.
func TestMeansAreRoundedOnce(t *testing.T) {
	t.Parallel()
	got := compare.Compare(rule(), []compare.Township{township("T", numbers("party", "1", "habitat", "2"),
		numbers("party", "85", "habitat", "84"), numbers("party", "85", "habitat", "84"), numbers("party", "86", "habitat", "85"))})[0]
	if got.Domains[0].Mean.Fixed(2) != "85.33" || got.Domains[1].Mean.Fixed(2) != "84.33" || got.Index.Fixed(2) != "84.83" || got.Naive.Fixed(2) != "84.67" {
		t.Errorf("%+v", got)
	}
	one := rule()
	one.Decimals = 0
	if whole := compare.Compare(one, []compare.Township{township("T", numbers("party", "1", "habitat", "1"), numbers("party", "84.5", "habitat", "0.4"))})[0]; whole.Domains[0].Mean.String() != "85" || whole.Index.String() != "42" {
		t.Errorf("%+v", whole)
	}
}
