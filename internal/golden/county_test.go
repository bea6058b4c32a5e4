package golden

import (
	"testing"

	"leitai/internal/compare"
	"leitai/internal/exact"
)

// countyCase is the input of a case of kind s7: townships whose templates
// differ.
type countyCase struct {
	Dictionary []string `json:"dictionary"`
	Townships  map[string]struct {
		Weights  map[string]exact.Number            `json:"weights"`
		Villages map[string]map[string]exact.Number `json:"villages"`
	} `json:"townships"`
	Weights     map[string]exact.Number `json:"countyWeights_INVENTED"`
	MinCoverage exact.Number            `json:"minCoverage"`
}

type countyRow struct {
	NaiveMean      string            `json:"naiveMeanOfTotals"`
	DomainMeans    map[string]string `json:"domainMeans"`
	Shared         []string          `json:"sharedDomains"`
	Index          string            `json:"sharedIndex"`
	Coverage       string            `json:"templateCoverageByShared"`
	Comparable     bool              `json:"comparable"`
	NaiveRank      int               `json:"naiveRank"`
	ComparableRank *int              `json:"comparableRank"`
}

func runCounty(t *testing.T, input, expected []byte) {
	t.Helper()
	var c countyCase
	want := map[string]countyRow{}
	decode(t, input, &c)
	decode(t, expected, &want)
	const decimals = 2
	var townships []compare.Township
	for id, in := range c.Townships {
		township := compare.Township{ID: id, Weights: in.Weights}
		for village, scores := range in.Villages {
			township.Villages = append(township.Villages, compare.Village{ID: village, Scores: scores})
		}
		townships = append(townships, township)
	}
	lines := compare.Compare(compare.Rule{Dictionary: c.Dictionary, Weights: c.Weights, MinCoverage: c.MinCoverage, Decimals: decimals}, townships)
	if len(lines) != len(want) {
		t.Errorf("%d townships, want %d", len(lines), len(want))
	}
	for _, l := range lines {
		row := countyRow{
			NaiveMean: l.Naive.Fixed(decimals), DomainMeans: map[string]string{}, Shared: list(l.Shared), Index: l.Index.Fixed(decimals),
			Coverage: l.Coverage.Fixed(decimals), Comparable: l.Comparable(), NaiveRank: l.NaiveRank,
		}
		for _, d := range l.Domains {
			row.DomainMeans[d.Dimension] = d.Mean.Fixed(decimals)
		}
		if l.Rank > 0 {
			row.ComparableRank = &l.Rank
		}
		same(t, l.Township, row, want[l.Township])
	}
}
