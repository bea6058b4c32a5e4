package contest_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

func TestCanonicalBytes(t *testing.T) {
	t.Parallel()
	standing := contest.Standing{Subject: "V1", Exact: exact.Ratio(1, 3), Total: exact.Must("0.33"), Shown: "0.33", Rank: 1, Change: -2, Bands: []string{"top"}}
	for want, v := range map[string]any{
		`{"bands":["top"],"change":"-2","exact":"1/3","rank":"1","shown":"0.33","subject":"V1","total":"0.33"}`: standing,
		`{"channel":"","id":"","item":"","judge":"","subject":"","value":"0"}`:                                  contest.Mark{}, // a mark of 0 is written out
		`{"lines":[],"subject":"<村>&\""}`:                                                                       contest.Trace{Subject: "<村>&\"", Lines: []contest.Line{}},
		`{"key":"a","points":"2.5","rule":{"checks":[{"key":"c","points":"1"}],"floor":"0"}}`: template.Item{
			Key: "a", Points: exact.Ratio(5, 2), Rule: template.ItemRule{Floor: &exact.Number{}, Checks: []template.Check{{Key: "c", Points: exact.Int(1)}}},
		},
	} {
		got, err := contest.Canonical(v)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
	if got, err := contest.Canonical(struct{ F float32 }{1}); err == nil {
		t.Errorf("a float has the canonical form %s", got)
	}
}

func TestEqualNumbersHaveEqualBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(-1000, 1000).Draw(t, "a"), rapid.Int64Range(1, 1000).Draw(t, "b")
		k := rapid.Int64Range(1, 50).Draw(t, "k")
		one, err := contest.Canonical(contest.Mark{Value: exact.Ratio(a, b)})
		if err != nil {
			t.Fatal(err)
		}
		other, err := contest.Canonical(contest.Mark{Value: exact.Ratio(a*k, b*k)})
		if err != nil || string(one) != string(other) {
			t.Fatalf("%s and %s, %v", one, other, err)
		}
	})
}
