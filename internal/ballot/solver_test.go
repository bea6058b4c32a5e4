package ballot_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"leitai/internal/ballot"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// The attacker of these tests knows the rule with its weights, everything that
// is published, and who is on the roster, and tries every way in which small
// groups may have voted. What all ways have in common that explain the
// publication is what was given away.

// split is every way of putting n sheets onto the options and abstention.
func split(n int) []map[string]int {
	var all []map[string]int
	for good := 0; good <= n; good++ {
		for fair := 0; good+fair <= n; fair++ {
			for poor := 0; good+fair+poor <= n; poor++ {
				all = append(all, map[string]int{"good": good, "fair": fair, "poor": poor, ballot.Abstained: n - good - fair - poor})
			}
		}
	}
	return all
}

func group(key string, said map[string]int, n int) ballot.GroupCount {
	return ballot.GroupCount{Group: key, Options: options(said["good"], said["fair"], said["poor"]), Abstained: said[ballot.Abstained],
		Due: n, Present: n, Issued: n, Returned: n}
}

// Where figures are hidden, a result is a function of the blended score, the
// counts that are always printed and which groups are small: two ways to vote
// that agree on those are published in the same bytes, so that nothing else of
// them can be solved for.
// covers Q34, T31
func TestNothingBesideTheScoreIsPublished(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{3, 3}, {4, 5}, {3, 7}, {2, 6}} {
		texts, ways := map[string]string{}, 0
		for _, a := range split(size[0]) {
			for _, b := range split(size[1]) {
				r := ballot.Tally(rule(), []ballot.GroupCount{group("leaders", a, size[0]), group("others", b, size[1])})
				if r.Breakdown || r.Groups != nil {
					t.Fatalf("figures of a group of %d", size[0])
				}
				text, err := json.Marshal(r)
				if err != nil {
					t.Fatal(err)
				}
				allowed := fmt.Sprint(r.Scored, r.Score, r.Valid, r.Small, r.Spread)
				if before, ok := texts[allowed]; ok && before != string(text) {
					t.Fatalf("%s\n%s\ntell two ways to vote apart", before, text)
				}
				texts[allowed] = string(text)
				ways++
			}
		}
		if len(texts) == ways {
			t.Errorf("%v: every way to vote has a publication of its own", size)
		}
	}
}

// hall is a year-end meeting: four groups, one of them under the threshold.
var hall = template.Ballot{
	Key: "assembly", Threshold: 6, Small: "hide", Exclude: []string{"recused", "invalid", "abstained"},
	Options: []template.BallotOption{{Key: "excellent", Score: exact.Int(100)}, {Key: "competent", Score: exact.Int(80)},
		{Key: "basic", Score: exact.Int(60)}, {Key: "incompetent", Score: exact.Int(0)}},
	Groups: []template.BallotGroup{{Key: "leaders", Weight: exact.Int(30)}, {Key: "members", Weight: exact.Int(30)},
		{Key: "masses", Weight: exact.Int(30)}, {Key: "delegates", Weight: exact.Int(10)}},
}

// seats is how many sheets each group of the hall hands in; the attacker knows.
var seats = []int{10, 40, 30, 5}

// unit is what one point of a group's sum adds to the score, in 1/12000.
var unit = []int{360, 90, 120, 240}

// sums are the totals a group of n sheets can reach.
func sums(n int) []int {
	reached := map[int]bool{0: true}
	for range n {
		next := map[int]bool{}
		for sum := range reached {
			for _, score := range []int{100, 80, 60, 0} {
				next[sum+score] = true
			}
		}
		reached = next
	}
	return slices.Sorted(maps.Keys(reached))
}

// step divides every sum times its unit: the scores of the hall lie on a grid.
const step = 600

// explain counts, for one group, the means with which the others can make up a
// score, stopping at two.
func explain(score, of int, others []bool) int {
	ways := 0
	for _, sum := range sums(seats[of]) {
		if rest := (score - sum*unit[of]) / step; rest >= 0 && rest < len(others) && others[rest] {
			if ways++; ways == 2 {
				break
			}
		}
	}
	return ways
}

// withOut is what all groups but one can add up to, on the grid.
func withOut(of int) []bool {
	reached := make([]bool, 100*12000/step+1)
	reached[0] = true
	for i, n := range seats {
		if i == of {
			continue
		}
		next := make([]bool, len(reached))
		for _, sum := range sums(n) {
			for have, ok := range reached {
				if ok {
					next[have+sum*unit[i]/step] = true
				}
			}
		}
		reached = next
	}
	return reached
}

// In a meeting of the size such meetings have, no published score fixes the mean
// of any hidden group, from the middle of the scale up to where nearly everybody
// says the same; the naive publication, which hides the small group alone,
// gives it away every time.
// covers Q34, T31
func TestSolverFindsNoHiddenFigure(t *testing.T) {
	t.Parallel()
	for _, said := range [][]map[string]int{ // a year's four secretaries
		{{"excellent": 6, "competent": 3, "basic": 1}, {"excellent": 30, "competent": 8, "basic": 2}, {"excellent": 20, "competent": 8, "basic": 2}, {"excellent": 4, "competent": 1}},
		{{"excellent": 9, "competent": 1}, {"excellent": 36, "competent": 4}, {"excellent": 27, "competent": 3}, {"excellent": 5}},
		{{"excellent": 3, "competent": 4, "basic": 2, "incompetent": 1}, {"excellent": 14, "competent": 15, "basic": 8, "incompetent": 3}, {"excellent": 10, "competent": 10, "basic": 7, "incompetent": 3}, {"excellent": 1, "competent": 3, "basic": 1}},
		{{"basic": 9, "incompetent": 1}, {"basic": 20, "incompetent": 20}, {"competent": 9, "incompetent": 21}, {"incompetent": 5}},
	} {
		var groups []ballot.GroupCount
		naive := exact.Int(0) // what hiding the delegates alone leaves of the score
		for i, s := range said {
			groups = append(groups, ballot.GroupCount{Group: hall.Groups[i].Key, Options: s})
			if i < 3 {
				naive = naive.Add(ballot.Tally(only(i), groups[i:]).Score.Mul(hall.Groups[i].Weight).Quo(exact.Int(100)))
			}
		}
		r := ballot.Tally(hall, groups)
		scaled, whole := r.Score.Mul(exact.Int(12000)).Int64()
		if r.Breakdown || !whole {
			t.Fatalf("%+v", r)
		}
		for of := range seats {
			if ways := explain(int(scaled), of, withOut(of)); ways < 2 {
				t.Errorf("%s: the mean of %s is known", r.Score, hall.Groups[of].Key)
			}
		}
		if got, want := r.Score.Sub(naive).Mul(exact.Int(10)), ballot.Tally(only(3), groups[3:]).Score; !got.Equal(want) {
			t.Errorf("subtraction should give %s, not %s: the attack of this test does not work", want, got)
		}
	}
}

// only is the hall with one group.
func only(i int) template.Ballot {
	r := hall
	r.Groups = hall.Groups[i : i+1]
	return r
}

// Which group is of one mind is told nowhere: naming it would tell how each of
// its members voted.
// covers Q34
func TestUnanimityNamesNobody(t *testing.T) {
	t.Parallel()
	mixed := map[string]int{"good": 4, "fair": 3}
	a := ballot.Tally(rule(), []ballot.GroupCount{group("leaders", map[string]int{"fair": 7}, 7), group("others", mixed, 7)})
	if a.Why != ballot.WhyUnanimous || a.Small != nil || a.Groups != nil || a.Spread != nil {
		t.Errorf("%+v", a)
	}
}

// A hall of thirteen is another matter: for whoever knows who came, most scores
// have one explanation. The score is published all the same (Q34), and what
// helps is said when the roster is entered: merge, or invite more.
func TestSolverTakesSmallHallsApart(t *testing.T) {
	t.Parallel()
	means := map[string]map[string]bool{} // by score, the means of the small group that explain it
	for _, a := range split(5) {
		for _, b := range split(8) {
			if a[ballot.Abstained]+b[ballot.Abstained] > 0 {
				continue
			}
			small := ballot.GroupCount{Group: "leaders", Options: options(a["good"], a["fair"], a["poor"])}
			score := ballot.Tally(rule(), []ballot.GroupCount{small, group("others", b, 8)}).Score.String()
			if means[score] == nil {
				means[score] = map[string]bool{}
			}
			means[score][exact.Sum(exact.Int(int64(100*a["good"])), exact.Int(int64(80*a["fair"]))).String()] = true
		}
	}
	solved := 0
	for _, explanations := range means {
		if len(explanations) == 1 {
			solved++
		}
	}
	if 2*solved < len(means) {
		t.Errorf("%d of %d scores give the small group away; then the warning is too strict", solved, len(means))
	}
	for name, c := range map[string]struct {
		rule template.Ballot
		due  map[string]int
		warn bool
	}{
		"thirteen":         {rule(), map[string]int{"leaders": 5, "others": 8}, true},
		"no small group":   {rule(), map[string]int{"leaders": 6, "others": 8}, false},
		"a crowd":          {rule(), map[string]int{"leaders": 5, "others": 25}, false},
		"merged":           {rule(func(r *template.Ballot) { r.Small, r.Groups[0].MergeWith = "merge", "others" }), map[string]int{"leaders": 5, "others": 8}, false},
		"merged elsewhere": {rule(func(r *template.Ballot) { r.Small, r.Groups[1].MergeWith = "merge", "leaders" }), map[string]int{"leaders": 5, "others": 8}, true},
		"one group":        {only(3), map[string]int{"delegates": 5}, false},
		"nobody yet":       {rule(), nil, false},
	} {
		if f := ballot.Guessable(c.rule, c.due); (f != nil) != c.warn {
			t.Errorf("%s: %v", name, f)
		}
	}
}
