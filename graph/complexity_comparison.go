package graph

import (
	"leitai/graph/exec"
	"leitai/graph/model"
)

// comparing is the cost of comparisons: members of a county times the rounds of
// a year.
func comparing(c *exec.ComplexityRoot) {
	c.Query.CountyComparison = func(child int, _, _ string, _ []string, _ *model.SubjectKind) int { return computing + child }
	c.Query.PrefectureComparison = func(child int, _, _ string, _ []string) int { return computing + child }
	c.Query.ComparisonRules, c.Query.Crosswalk, c.Query.ComparisonPublications = times(few), times(many), times(few)
	c.Comparison.Lines, c.Comparison.Dimensions = times(listed), times(listed)
	c.Comparison.Spread = func(child int) int { return many + child }
	c.ComparisonLine.Rounds, c.ComparisonLine.Domains, c.ComparisonLine.Barriers = times(yearly), times(few), times(few)
	c.ComparisonRound.Domains, c.ComparisonRound.Barriers = times(few), times(few)
	c.ComparisonPublication.Lines, c.ComparisonPublication.Weights = times(listed), times(few)
	c.PublishedComparisonLine.Domains, c.PublishedComparisonLine.Barriers = times(few), times(few)
}
