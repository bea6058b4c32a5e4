package overhttp_test

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// problems takes an issue from its finding to its close, and another back to
// its sender.
func (d *desk) problems(t *testing.T) {
	t.Helper()
	competition := d.competition(t)
	issue := func(village int, base, due string) vars {
		return vars{"input": vars{"competition": competition, "round": d.round, "unitCode": code(village), "item": "habitat", "title": "沟渠积存垃圾", "place": "村东", "base": base, "due": due}}
	}
	d.refused(t, "S12", "issue-open", issue(11, "2", "2023-05-20"), "FORBIDDEN")
	d.refused(t, sample.Clerk, "issue-open", issue(11, "2", "2023-05-01"), "ISSUE_DUE_PAST")
	d.refused(t, sample.Clerk, "issue-open", issue(11, "-1", "2023-05-20"), "ISSUE_BASE_INVALID")
	opened := d.must(t, sample.Clerk, "issue-open", issue(11, "2", "2023-05-20"))
	id := opened.Text(t, "issueOpen", "issue", "id")
	if mine := d.must(t, "S12", "issues", nil).List(t, "issues", "nodes"); len(mine) != 1 {
		t.Errorf("the secretary of V12 sees %d issues", len(mine))
	}
	if others := d.must(t, "S1", "issues", nil).List(t, "issues", "nodes"); len(others) != 0 {
		t.Errorf("the secretary of V1 sees %d issues of others", len(others))
	}
	step := func(revision int, note string) vars { return vars{"issue": id, "revision": revision, "note": note} }
	d.refused(t, "S1", "issue-answer", step(1, "已清理"), "NOT_FOUND")
	d.refused(t, sample.Clerk, "issue-close", step(1, "核查"), "WRONG_STATE")
	d.must(t, "S12", "issue-answer", step(1, "已清理"))
	d.refused(t, sample.Clerk, "issue-close", step(1, "核查"), "STALE_REVISION")
	d.must(t, sample.Clerk, "issue-return", step(2, "东段仍有积存"))
	d.must(t, "S12", "issue-answer", step(3, "东段已清理"))
	closed := d.must(t, sample.Clerk, "issue-close", step(4, "核查到位"))
	if state := closed.Text(t, "issueClose", "issue", "state"); state != "CLOSED" {
		t.Errorf("the issue is %s", state)
	}
	for n := 1; n >= 0; n-- { // posted once
		posted := d.must(t, sample.Approver, "issues-settle", vars{"competition": competition})
		if have := len(posted.List(t, "issuesSettle", "entries")); have != n {
			t.Errorf("%d entries posted, want %d", have, n)
		}
	}
}

// neighbour asks as people of the second township for what is the first's.
func (d *desk) neighbour(t *testing.T) {
	t.Helper()
	if seen := d.must(t, "XC1", "rounds", nil).List(t, "rounds", "nodes"); len(seen) != 0 {
		t.Errorf("the neighbour lists %d rounds", len(seen))
	}
	for _, c := range []struct {
		who, query string
		v          vars
	}{
		{"XC1", "round", vars{"round": d.round}}, {"XC1", "board", vars{"round": d.round}}, {"XA1", "history", vars{"round": d.round}},
		{"XC1", "explain", vars{"round": d.round, "unitCode": code(0)}}, {"XC1", "round-preview", vars{"round": d.round}},
		{"XA1", "round-publish", d.on(nil)}, {"XC1", "round-close", d.on(nil)}, {"XS1", "marks", vars{"round": d.round}},
	} {
		foreign, absent := d.ask(t, c.who, c.query, c.v), vars{}
		for key, value := range c.v {
			absent[key] = value
		}
		absent["round"] = graphtest.UnknownID("Round")
		nothing := d.ask(t, c.who, c.query, absent)
		same(t, c.query+" as "+c.who, foreign.Codes(), nothing.Codes())
		same(t, c.query+" as "+c.who, foreign.Data, nothing.Data)
	}
}
