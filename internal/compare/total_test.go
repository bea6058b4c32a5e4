package compare_test

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

func some(numbers ...string) []*exact.Number {
	out := make([]*exact.Number, len(numbers))
	for i, text := range numbers {
		if text != "" {
			v := n(text)
			out[i] = &v
		}
	}
	return out
}

func column(source, weight string, scores ...string) compare.Column {
	return compare.Column{Source: source, Weight: n(weight), Scores: compare.NewScores(some(scores...))}
}

// totalOf is what a township's villages leave behind.
func totalOf(t compare.Township) compare.Total {
	out := compare.Total{Contestants: len(t.Villages)}
	for _, d := range rule().Dictionary {
		weight, has := t.Weights[d]
		if !has {
			continue
		}
		scores := make([]*exact.Number, len(t.Villages))
		for i, v := range t.Villages {
			if score, ok := v.Scores[d]; ok {
				scores[i] = &score
			}
		}
		out.Columns = append(out.Columns, compare.Column{Source: compare.Dimension(d), Weight: weight, Scores: compare.NewScores(scores)})
	}
	return out
}

// What is worked out of totals is what would be worked out of all villages at
// once; in one round and over several, and however they are cut into rounds.
func TestTotalsSayWhatTheVillagesSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		towns := draw(t)
		groups := make([]compare.Group, len(towns))
		for i, town := range towns {
			groups[i] = compare.Group{ID: town.ID}
			for rest := town.Villages; ; {
				k := rapid.IntRange(0, len(rest)).Draw(t, "cut")
				part := compare.Township{Weights: town.Weights, Villages: rest[:k]}
				groups[i].Totals = append(groups[i].Totals, totalOf(part))
				if rest = rest[k:]; len(rest) == 0 {
					break
				}
			}
		}
		lines := compare.NewView(rule()).Lines(groups)
		for i, want := range compare.Compare(rule(), towns) {
			got := lines[i]
			if fmt.Sprint(got.Domains, got.Shared, got.Index, got.Rank) != fmt.Sprint(want.Domains, want.Shared, want.Index, want.Rank) {
				t.Fatalf("by totals  %+v\nby villages %+v", got, want)
			}
			if len(want.Domains) > 0 && (!got.Coverage.Equal(want.Coverage) || fmt.Sprint(got.Barriers) != fmt.Sprint(want.Barriers)) {
				t.Fatalf("by totals  %+v\nby villages %+v", got, want)
			}
		}
	})
}

// A county's totals are made of its townships': what a prefecture works out of
// the merged ones is what it would work out of all villages.
func TestMergedTotalsAreThoseOfAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var totals []compare.Total
		for _, town := range draw(t) {
			totals = append(totals, totalOf(town))
		}
		v := compare.NewView(rule())
		apart := v.Lines([]compare.Group{{ID: "C", Totals: totals}})[0]
		merged := v.Lines([]compare.Group{{ID: "C", Totals: []compare.Total{compare.Merge(totals)}}})[0]
		if fmt.Sprint(apart.Domains, apart.Shared, apart.Index) != fmt.Sprint(merged.Domains, merged.Shared, merged.Index) {
			t.Fatalf("apart  %+v\nmerged %+v", apart, merged)
		}
		spreads := make([]compare.Spread, len(totals))
		for i := range totals {
			spreads[i] = v.Spread(totals[i])
		}
		one, all := compare.MergeSpreads(spreads), v.Spread(compare.Merge(totals))
		for _, q := range []int{0, 1, 2, 3, 4} {
			if one.N() != all.N() || !one.Quantile(q, 4).Equal(all.Quantile(q, 4)) {
				t.Fatalf("quartile %d: %s of %d, merged %s of %d", q, one.Quantile(q, 4), one.N(), all.Quantile(q, 4), all.N())
			}
		}
	})
}

// The median of merged villages is not the median of their townships' medians.
func TestNoMedianOfMedians(t *testing.T) {
	t.Parallel()
	v := compare.NewView(compare.Rule{Dictionary: []string{"party"}, Weights: numbers("party", "1"), Decimals: 2})
	var spreads []compare.Spread
	var medians []*exact.Number
	for _, scores := range [][]string{{"10", "20", "90"}, {"80"}, {"85"}, {"10", "11", "12", "13"}} {
		s := v.Spread(compare.Total{Contestants: len(scores), Columns: []compare.Column{column("dimension:party", "1", scores...)}})
		median := s.Quantile(1, 2)
		spreads, medians = append(spreads, s), append(medians, &median)
	}
	ofMedians, _ := compare.NewScores(medians).Middle()
	if merged := compare.MergeSpreads(spreads).Quantile(1, 2); merged.String() != "13" || ofMedians.String() != "50" {
		t.Errorf("merged %s, of medians %s", merged, ofMedians)
	}
}

// drawTotal draws a total as it may be kept: thirds, long fractions, gaps.
func drawTotal(t *rapid.T) compare.Total {
	out := compare.Total{Contestants: rapid.IntRange(0, 6).Draw(t, "villages")}
	figure := func() *exact.Number {
		if rapid.IntRange(0, 4).Draw(t, "gap") == 0 {
			return nil
		}
		den := rapid.SampledFrom([]int64{1, 2, 3, 7, 1000, 999_999_937, 1 << 40}).Draw(t, "den")
		v := exact.Ratio(rapid.Int64Range(0, 100*den).Draw(t, "num"), den)
		return &v
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "columns") {
		scores := make([]*exact.Number, out.Contestants)
		for k := range scores {
			scores[k] = figure()
		}
		out.Columns = append(out.Columns, compare.Column{
			Source: compare.Item(fmt.Sprint("i", i)), Weight: exact.Ratio(rapid.Int64Range(1, 99).Draw(t, "weight"), rapid.Int64Range(1, 9).Draw(t, "of")),
			Scores: compare.NewScores(scores),
		})
	}
	if out.Contestants > 0 {
		totals := make([]*exact.Number, out.Contestants)
		for k := range totals {
			v := exact.Ratio(rapid.Int64Range(-500, 10_000).Draw(t, "total"), 100)
			totals[k] = &v
		}
		out.Published = compare.NewScores(totals)
	}
	return out
}

// What was packed reads back figure by figure; weights keep their proportions.
func TestAPackedTotalReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := drawTotal(t)
		packed := total.Pack()
		got, err := compare.Unpack(packed)
		if err != nil {
			t.Fatalf("%+v: %v", packed, err)
		}
		if again := got.Pack(); again != packed {
			t.Fatalf("%+v\n%+v", packed, again)
		}
		for k, c := range total.Columns {
			if got.Columns[k].Source != c.Source || !got.Columns[k].Weight.Quo(got.Columns[0].Weight).Equal(c.Weight.Quo(total.Columns[0].Weight)) {
				t.Fatalf("%+v\n%+v", c, got.Columns[k])
			}
			for i := range total.Contestants {
				have, ok := got.Columns[k].Scores.At(i)
				want, has := c.Scores.At(i)
				if ok != has || !have.Equal(want) {
					t.Fatalf("%s of %d: %s, want %s", c.Source, i, have, want)
				}
			}
		}
		sum, count := total.Published.Sum()
		if have, n := got.Published.Sum(); n != count || !have.Equal(sum) {
			t.Fatalf("totals sum to %s of %d, want %s of %d", have, n, sum, count)
		}
	})
}

func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	good := compare.Packed{Contestants: 2, Sources: "{total,dimension:party}", Weights: "{0,1}", Denominators: "{100,1}", Scores: "{9350,8000,93,NULL}"}
	if got, err := compare.Unpack(good); err != nil || len(got.Columns) != 1 || got.Published.Len() != 2 {
		t.Fatalf("%+v %v", got, err)
	}
	for name, spoil := range map[string]func(*compare.Packed){
		"no braces":             func(p *compare.Packed) { p.Scores = "9350,8000" },
		"a quoted key":          func(p *compare.Packed) { p.Sources = `{"total","dimension:party"}` },
		"a weight short":        func(p *compare.Packed) { p.Weights = "{0}" },
		"a weight too many":     func(p *compare.Packed) { p.Weights = "{0,1,2}" },
		"a denominator of 0":    func(p *compare.Packed) { p.Denominators = "{100,0}" },
		"a score short":         func(p *compare.Packed) { p.Scores = "{9350,8000,93}" },
		"a score too many":      func(p *compare.Packed) { p.Scores = "{9350,8000,93,NULL,1}" },
		"a score of letters":    func(p *compare.Packed) { p.Scores = "{9350,8000,x,NULL}" },
		"a fraction of a score": func(p *compare.Packed) { p.Scores = "{9350,8000,1.5,NULL}" },
		"another count":         func(p *compare.Packed) { p.Contestants = 3 },
		"a count below 0":       func(p *compare.Packed) { p.Contestants = -1 },
	} {
		bad := good
		if spoil(&bad); bad == good {
			t.Fatal(name)
		}
		if _, err := compare.Unpack(bad); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// Sources of one dimension become one column: the mean by the template's weights
// of what each contestant has.
func TestMappedSources(t *testing.T) {
	t.Parallel()
	total := compare.Total{Contestants: 3, Columns: []compare.Column{
		column("dimension:habitat", "30", "90", "60", ""), column("item:tidy", "10", "50", "", "80"), column("part:ballot", "60", "70", "70", "70"),
	}}
	got := total.Mapped(func(source string) string { return map[string]string{"item:tidy": "habitat"}[source] })
	if len(got.Columns) != 2 || got.Columns[0].Weight.String() != "40" || got.Columns[1].Source != "part:ballot" {
		t.Fatalf("%+v", got)
	}
	for i, want := range []string{"80", "60", "80"} {
		if have, ok := got.Columns[0].Scores.At(i); !ok || have.String() != want {
			t.Errorf("contestant %d: %s, want %s", i, have, want)
		}
	}
	if total.Columns[0].Source != "dimension:habitat" || len(total.Columns) != 3 {
		t.Error("mapping changed what was kept")
	}
	for source, want := range map[string]bool{"item:tidy": true, "part:ballot": true, "dimension:own": true, "tidy": false, "item:": false, "item:a b": false, "total": false, "item:a,b": false} {
		if compare.KnownSource(source) != want {
			t.Errorf("%q is a source: %v", source, !want)
		}
	}
}

// What is not mapped counts against coverage, as an item of no dimension does.
func TestTheUnmappedCountAgainstCoverage(t *testing.T) {
	t.Parallel()
	total := compare.Total{Contestants: 1, Columns: []compare.Column{
		column("dimension:party", "20", "80"), column("dimension:habitat", "20", "90"), column("item:dance", "60", "100"),
	}}
	line := compare.NewView(rule()).Lines([]compare.Group{{ID: "T", Totals: []compare.Total{total}}})[0]
	if line.Coverage.String() != "0.4" || fmt.Sprint(line.Barriers) != "[{COVERAGE_LOW }]" || line.Index.String() != "85" || line.Rank != 0 {
		t.Errorf("%+v", line)
	}
	mapped := total.Mapped(func(source string) string { return map[string]string{"item:dance": "habitat"}[source] })
	line = compare.NewView(rule()).Lines([]compare.Group{{ID: "T", Totals: []compare.Total{mapped}}})[0]
	if line.Coverage.String() != "1" || !line.Comparable() || line.Rank != 1 || line.Index.String() != "88.75" {
		t.Errorf("%+v", line)
	}
}

// Denominators that have too little in common are kept to twenty decimals.
func TestFiguresWithLittleInCommon(t *testing.T) {
	t.Parallel()
	var figures []*exact.Number
	for _, p := range []int64{999_999_937, 999_999_929, 999_999_893, 999_999_883, 999_999_797, 999_999_761, 999_999_757, 999_999_751} {
		v := exact.Ratio(100, p)
		figures = append(figures, &v)
	}
	scores := compare.NewScores(figures)
	for i, f := range figures {
		if have, ok := scores.At(i); !ok || !have.Equal(f.Round(20, exact.HalfUp)) {
			t.Errorf("%d: %s, want %s", i, have, f)
		}
	}
	wide := compare.Total{Contestants: len(figures), Columns: []compare.Column{{Source: "item:rate", Weight: n("1"), Scores: scores}}}
	got, err := compare.Unpack(wide.Pack())
	if err != nil || !reflect.DeepEqual(got.Pack(), wide.Pack()) {
		t.Errorf("%+v %v", got, err)
	}
}
