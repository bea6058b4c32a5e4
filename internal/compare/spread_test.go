package compare_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

func spreadOf(scores ...string) compare.Spread {
	v := compare.NewView(compare.Rule{Dictionary: []string{"party"}, Weights: numbers("party", "1"), Decimals: 2})
	return v.Spread(compare.Total{Contestants: len(scores), Columns: []compare.Column{column("dimension:party", "1", scores...)}})
}

func TestQuartilesGoBetweenNeighbours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scores []string
		want   string // minimum, quartiles, maximum, as a spreadsheet gives them
	}{
		{[]string{"7"}, "7 7 7 7 7"},
		{[]string{"1", "2"}, "1 1.25 1.5 1.75 2"},
		{[]string{"4", "1", "3", "2"}, "1 1.75 2.5 3.25 4"},
		{[]string{"1", "2", "3", "4", "5"}, "1 2 3 4 5"},
		{[]string{"1/3", "2/3", "", "1"}, "1/3 0.5 2/3 5/6 1"},
		{nil, "0 0 0 0 0"},
	} {
		var got []string
		for q := range 5 {
			got = append(got, spreadOf(c.scores...).Quantile(q, 4).String())
		}
		if have := fmt.Sprint(got); have != "["+c.want+"]" {
			t.Errorf("%v: %s, want %s", c.scores, have, c.want)
		}
	}
}

func TestAHistogramCountsEveryVillageOnce(t *testing.T) {
	t.Parallel()
	s := spreadOf("0", "9.99", "10", "55", "59.999", "99", "100", "")
	if got := fmt.Sprint(s.Histogram(), s.N(), s.Mean().Round(2, exact.HalfUp)); got != "[2 1 0 0 0 2 0 0 0 2] 7 47.71" {
		t.Error(got)
	}
}

// A village without a score in a compared dimension has no index, and nobody has
// one where a dimension is missing.
func TestWhoHasAnIndex(t *testing.T) {
	t.Parallel()
	v := compare.NewView(rule())
	s := v.Spread(compare.Total{Contestants: 3, Columns: []compare.Column{
		column("dimension:party", "1", "80", "", "90"), column("dimension:habitat", "1", "90", "90", "100"), column("item:dance", "1", "1", "1", "1"),
	}})
	if s.N() != 2 || s.At(0).String() != "85" || s.At(1).String() != "95" {
		t.Errorf("%+v", s)
	}
	if none := v.Spread(compare.Total{Contestants: 1, Columns: []compare.Column{column("dimension:party", "1", "80")}}); none.N() != 0 {
		t.Errorf("%+v", none)
	}
	if none := compare.NewView(compare.Rule{}).Spread(compare.Total{}); none.N() != 0 {
		t.Errorf("%+v", none)
	}
}

// Machine words and exact numbers give the same indices, however the numbers are
// made; the reference is worked out village by village.
func TestIndicesAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := compare.Rule{Dictionary: []string{"a", "b"}, Decimals: 2, Weights: map[string]exact.Number{
			"a": exact.Ratio(rapid.Int64Range(1, 1<<40).Draw(t, "wa"), rapid.Int64Range(1, 99).Draw(t, "wad")),
			"b": exact.Ratio(rapid.Int64Range(1, 99).Draw(t, "wb"), 7),
		}}
		total := drawTotal(t)
		if len(total.Columns) < 2 {
			t.Skip("two columns are needed")
		}
		total.Columns[0].Source, total.Columns[1].Source = "dimension:a", "dimension:b"
		var want []exact.Number
		for i := range total.Contestants {
			a, ok := total.Columns[0].Scores.At(i)
			b, has := total.Columns[1].Scores.At(i)
			if ok && has {
				want = append(want, a.Mul(r.Weights["a"]).Add(b.Mul(r.Weights["b"])).Quo(r.Weights["a"].Add(r.Weights["b"])))
			}
		}
		slices.SortFunc(want, exact.Number.Cmp)
		s := compare.NewView(r).Spread(total)
		if s.N() != len(want) {
			t.Fatalf("%d indices, want %d", s.N(), len(want))
		}
		for i := range want {
			if !s.At(i).Equal(want[i]) {
				t.Fatalf("%s, want %s", s.At(i), want[i])
			}
		}
	})
}

func BenchmarkACountysYear(b *testing.B) {
	var packed []compare.Packed
	for k := range 180 {
		t := compare.Total{Contestants: 17}
		for d := range 12 {
			var scores []string
			for i := range 17 {
				scores = append(scores, fmt.Sprintf("%d/8", 500+(i*37+k*11+d*5)%300))
			}
			t.Columns = append(t.Columns, column(compare.Dimension(fmt.Sprint("d", d)), "8", scores...))
		}
		t.Published = t.Columns[0].Scores
		packed = append(packed, t.Pack())
	}
	r := compare.Rule{Weights: map[string]exact.Number{}, MinCoverage: n("1/2"), Decimals: 2}
	for d := range 12 {
		r.Dictionary = append(r.Dictionary, fmt.Sprint("d", d))
		if d < 6 {
			r.Weights[fmt.Sprint("d", d)] = n("1")
		}
	}
	for b.Loop() {
		v := compare.NewView(r)
		groups := make([]compare.Group, 15)
		for i, p := range packed {
			t, err := compare.Unpack(p)
			if err != nil {
				b.Fatal(err)
			}
			groups[i%15].ID = fmt.Sprint(i % 15)
			groups[i%15].Totals = append(groups[i%15].Totals, t)
			v.Lines([]compare.Group{{ID: "T", Totals: []compare.Total{t}}})
			v.Spread(t).Quantile(1, 2)
		}
		v.Lines(groups)
	}
}
