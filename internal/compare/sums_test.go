package compare_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

// drawRule draws a rule about the columns that drawTotal draws, once they are
// named as dimensions.
func drawRule(t *rapid.T) compare.Rule {
	r := compare.Rule{Dictionary: []string{"a", "b", "c"}, Weights: map[string]exact.Number{}, Decimals: 2, MinCoverage: n("1/2")}
	for _, d := range []string{"a", "b", "outside"} {
		if rapid.Bool().Draw(t, "weighs "+d) {
			r.Weights[d] = exact.Ratio(rapid.OneOf(rapid.Int64Range(1, 9), rapid.Int64Range(1, 1<<62)).Draw(t, d), rapid.Int64Range(1, 9).Draw(t, "of"))
		}
	}
	return r
}

// A digest tells of a total what its scores tell, in one round and over several.
func TestADigestSaysWhatTheScoresSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := compare.NewView(drawRule(t))
		byDigest, byScores := v.Pool(), v.Pool()
		for range rapid.IntRange(0, 4).Draw(t, "rounds") {
			total := drawTotal(t)
			for i, d := range []string{"a", "b", "beside"} {
				if i < len(total.Columns) && rapid.Bool().Draw(t, "named") {
					total.Columns[i].Source = compare.Dimension(d)
				}
			}
			read, err := v.Read(compare.Packed{Contestants: total.Contestants, Digest: total.Digest()})
			if err != nil {
				t.Fatalf("%q: %v", total.Digest(), err)
			}
			sums := v.Sums(&total)
			if have, want := fmt.Sprintf("%+v", v.Line(&read)), fmt.Sprintf("%+v", v.Line(&sums)); have != want {
				t.Fatalf("by its digest %s\nby its scores %s", have, want)
			}
			middle, some := read.Middle(2)
			want, has := total.Published.Middle()
			if some != has || !middle.Equal(want.Round(2, exact.HalfUp)) {
				t.Fatalf("the median is %s (%v), want %s (%v)", middle, some, want, has)
			}
			byDigest.Add(&read)
			byScores.Add(&sums)
		}
		if have, want := fmt.Sprintf("%+v", byDigest.Line()), fmt.Sprintf("%+v", byScores.Line()); have != want {
			t.Fatalf("by digests %s\nby scores %s", have, want)
		}
	})
}

// What is rounded is the exact value: sums over many denominators, huge weights
// and figures beyond machine words are worked out as fractions are.
func TestLinesOfSumsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRule(t)
		total := drawTotal(t)
		var index, weights exact.Number
		for i, d := range []string{"a", "b"} {
			if i >= len(total.Columns) {
				break
			}
			c := &total.Columns[i]
			c.Source = compare.Dimension(d)
			if sum, many := c.Scores.Sum(); many > 0 && r.Weights[d].Sign() > 0 {
				index, weights = index.Add(sum.Quo(exact.Int(int64(many))).Mul(r.Weights[d])), weights.Add(r.Weights[d])
			}
		}
		if weights.Sign() > 0 {
			index = index.Quo(weights).Round(2, exact.HalfUp)
		}
		v := compare.NewView(r)
		sums := v.Sums(&total)
		if line := v.Line(&sums); !line.Index.Equal(index) {
			t.Fatalf("%s, want %s", line.Index, index)
		}
	})
}

func TestDigestsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	good := "total,dimension:party;0,1|2,1|17350,93|100,1|8000,9350"
	v := compare.NewView(rule())
	sums, err := v.Read(compare.Packed{Contestants: 2, Digest: good})
	if middle, ok := sums.Middle(2); err != nil || !ok || middle.String() != "86.75" {
		t.Fatalf("%s %v", middle, err)
	}
	if line := v.Line(&sums); line.Naive.String() != "86.75" || fmt.Sprint(line.Domains) != "[{party 93 1}]" {
		t.Fatalf("%+v", line)
	}
	for name, bad := range map[string]string{
		"nothing":               "",
		"no weights":            "total,dimension:party|2,1|17350,93|100,1|8000,9350",
		"a weight short":        "total,dimension:party;0|2,1|17350,93|100,1|8000,9350",
		"a weight too many":     "total,dimension:party;0,1,1|2,1|17350,93|100,1|8000,9350",
		"a weight of letters":   "total,dimension:party;0,x|2,1|17350,93|100,1|8000,9350",
		"a weight below 0":      "total,dimension:party;0,-1|2,1|17350,93|100,1|8000,9350",
		"a count short":         "total,dimension:party;0,1|2|17350,93|100,1|8000,9350",
		"a count too many":      "total,dimension:party;0,1|2,1,1|17350,93|100,1|8000,9350",
		"a count below 0":       "total,dimension:party;0,1|2,-1|17350,93|100,1|8000,9350",
		"a count that is none":  "total,dimension:party;0,1|2,NULL|17350,93|100,1|8000,9350",
		"a sum short":           "total,dimension:party;0,1|2,1|17350|100,1|8000,9350",
		"a sum of letters":      "total,dimension:party;0,1|2,1|17350,x|100,1|8000,9350",
		"a sum that is none":    "total,dimension:party;0,1|2,1|17350,NULL|100,1|8000,9350",
		"a fraction of a sum":   "total,dimension:party;0,1|2,1|17350,1.5|100,1|8000,9350",
		"a denominator of 0":    "total,dimension:party;0,1|2,1|17350,93|100,0|8000,9350",
		"a denominator short":   "total,dimension:party;0,1|2,1|17350,93|100|8000,9350",
		"no middle":             "total,dimension:party;0,1|2,1|17350,93|100,1",
		"an empty middle":       "total,dimension:party;0,1|2,1|17350,93|100,1|",
		"half a middle":         "total,dimension:party;0,1|2,1|17350,93|100,1|8000",
		"three in the middle":   "total,dimension:party;0,1|2,1|17350,93|100,1|8000,9350,9350",
		"a middle of no totals": "dimension:party;1|1|93|1|8000,9350",
	} {
		if _, err := compare.NewView(rule()).Read(compare.Packed{Contestants: 2, Digest: bad}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func BenchmarkACountysYearOfDigests(b *testing.B) {
	var packed []compare.Packed
	for k := range 180 {
		t := compare.Total{Contestants: 17}
		for d := range 5 {
			var scores []string
			for i := range 17 {
				scores = append(scores, fmt.Sprintf("%d/8", 500+(i*37+k*11+d*5)%300))
			}
			t.Columns = append(t.Columns, column(compare.Dimension(fmt.Sprint("d", d)), "8", scores...))
		}
		t.Published = t.Columns[0].Scores
		packed = append(packed, compare.Packed{Contestants: 17, Digest: t.Digest()})
	}
	r := compare.Rule{Weights: map[string]exact.Number{}, MinCoverage: n("1/2"), Decimals: 2, Brief: true}
	for d := range 12 {
		r.Dictionary = append(r.Dictionary, fmt.Sprint("d", d))
		if d < 5 {
			r.Weights[fmt.Sprint("d", d)] = n("1")
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		v := compare.NewView(r)
		var pool *compare.Pool
		lines := make([]*compare.Line, 0, 15)
		for i, p := range packed {
			if i%12 == 0 {
				pool = v.Pool()
			}
			sums, err := v.Read(p)
			if err != nil {
				b.Fatal(err)
			}
			pool.Add(&sums)
			line := v.Line(&sums)
			if lines = append(lines, &line); len(lines) == 15 {
				compare.Place(lines)
				lines = lines[:0]
			}
			sums.Middle(2)
		}
	}
}
