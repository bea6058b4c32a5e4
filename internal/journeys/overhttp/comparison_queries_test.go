package overhttp_test

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// The documented operations of the comparison, sent by a county whose townships
// have published nothing yet: each line says so, and there is nothing to publish.
func TestComparisonOperationsOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	d.tokens["CA1"] = k.Token("CA1")
	span := vars{"from": "2023-04", "to": "2023-09"}
	rule := vars{"year": 2023, "weights": []vars{{"dimension": "party-building", "weight": "0.5"}, {"dimension": "habitat", "weight": "0.5"}}, "minCoverage": "0.5",
		"withinDays": 15, "reason": "县委常委会议定"}
	d.refused(t, sample.Clerk, "comparison-rule-set", rule, "FORBIDDEN")
	d.refused(t, "CA1", "comparison-publish", vars{"from": "2023-04", "to": "2023-09", "audience": "COUNTY"}, "COMPARISON_RULE_MISSING")
	for n := 1; n <= 2; n++ {
		if have := d.must(t, "CA1", "comparison-rule-set", rule).Int(t, "comparisonRuleSet", "rule", "number"); have != n {
			t.Errorf("the rule has number %d, want %d", have, n)
		}
	}
	walk := vars{"township": graphtest.ID("Tenant", k.TenantOf(t, sample.TownshipCode)), "source": "item:tidy", "dimension": "habitat", "from": "2023-04", "reason": "同义"}
	d.must(t, "CA1", "crosswalk-map", walk)
	walk["township"] = graphtest.ID("Tenant", k.TenantOf(t, sample.CountyCode))
	d.refused(t, "CA1", "crosswalk-map", walk, "CROSSWALK_TOWNSHIP")
	walk["source"] = "dimension:habitat"
	d.refused(t, "CA1", "crosswalk-map", walk, "CROSSWALK_NAMED")
	compared := d.must(t, "CA1", "county-comparison", span)
	lines := compared.List(t, "countyComparison", "lines")
	for i := range lines {
		of := func(path ...any) []any { return append([]any{"countyComparison", "lines", i}, path...) }
		if reason := compared.Text(t, of("barriers", 0, "reason")...); compared.At(t, of("comparable")...) != false || compared.At(t, of("rank")...) != nil || reason != "NO_RESULTS" {
			t.Errorf("%v", lines[i])
		}
	}
	if len(lines) != 2 {
		t.Errorf("%d lines, want those of both townships", len(lines))
	}
	d.refused(t, sample.Clerk, "county-comparison", span, "COMPARISON_COUNTY")
	d.refused(t, "CA1", "comparison-publish", vars{"from": "2023-04", "to": "2023-09", "audience": "COUNTY"}, "COMPARISON_EMPTY")
}
