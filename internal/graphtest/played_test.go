package graphtest_test

import (
	"testing"

	"leitai/internal/graphtest"
)

// What only reads shares one county that has played its six months; playing it
// is what takes the time. The checks run one after the other, and those that
// touch rows come last.
func TestInAPlayedCounty(t *testing.T) { //nolint:tparallel // the checks share rows
	t.Parallel()
	k := graphtest.Played(t)
	observe(t, k)
	for _, check := range []struct {
		name string
		do   func(*testing.T, *graphtest.Kit)
	}{
		{"explain sums to the total", explainSumsToTheTotal},
		{"lists are read in batches", listsAreReadInBatches},
		{"pages are the whole list", pagesAreTheWholeList},
		{"cursors are bound and signed", cursorsAreBoundAndSigned},
		{"rubrics are a library", rubricsAreALibrary},
		{"two viewers share nothing", twoViewersShareNothing},
		{"a grant elsewhere does not break paging", grantElsewhereKeepsPaging},
		{"refusals of a played county", refusalsOfAPlayedCounty},
		{"the board takes three statements", boardTakesThreeStatements},
		{"departments see their own", departmentsSeeTheirOwn},
		{"the audit proves the marks", theAuditProvesTheMarks},
		{"a roll-up tells no more than its results", rollupTellsNoMoreThanItsResults}, // leaves rows changed
		{"publications are proved", publicationsAreProved},                            // and one of them altered
		{"figures of all tenants", figuresOfAllTenants},                               // and issues overdue
	} {
		t.Run(check.name, func(t *testing.T) { check.do(t, k) })
	}
}
