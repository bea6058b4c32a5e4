package overhttp_test

import (
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// A monthly contest takes no test, no part that people decide on and no grade:
// whatever its rules do not ask for is refused and named, a village may enter
// nothing, and nothing of it stays.
func TestFiguresNobodyAskedForOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	d.take(t, month)
	d.rubric(t)
	d.groups(t)
	d.notice(t)
	k.Clock.Set(calendar.MustDate("2023-05-04"), "08:30")
	d.open(t)
	village := graphtest.VillageCode(1)
	test := vars{"input": vars{"round": d.round, "results": []vars{{"unitCode": village, "item": "test", "sitter": d.people["S1"], "score": "88"}}}}
	part := vars{"input": vars{"round": d.round, "values": []vars{{"unitCode": village, "part": "review", "value": "90", "reason": "经集体研究"}}}}
	seat := vars{"input": vars{"round": d.round, "decision": graphtest.UnknownID("GradeDecision")}}
	d.refused(t, sample.Clerk, "exam-results-enter", test, "FIGURE_UNKNOWN")
	d.refused(t, sample.Clerk, "part-values-enter", part, "FIGURE_UNKNOWN")
	d.refused(t, sample.Approver, "grade-approve", seat, "NOT_FOUND")
	for name, v := range map[string]vars{"exam-results-enter": test, "part-values-enter": part, "grade-approve": seat} {
		d.refused(t, "S1", name, v, "FORBIDDEN")
	}
	for _, table := range []string{"figure", "grade_approval"} {
		if rows := k.Strings(t, `SELECT id FROM `+table+` WHERE tenant_id = $1`, k.TenantOf(t, sample.TownshipCode)); len(rows) != 0 {
			t.Errorf("%d rows of %s stayed", len(rows), table)
		}
	}
}
