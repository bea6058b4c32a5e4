package outcome_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// What is judged receives for itself; everybody else is looked for among the
// links of the round's date.
func TestWhoIsTheSubject(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		recipient string
		judged    template.SubjectKind
		own       bool
	}{
		{"village", template.Village, true}, {"subject", template.Village, true}, {"person", template.Person, true}, {"subject", template.Team, true},
		{"village", template.Person, false}, {"person", template.Village, false}, {"linked-leader", template.Village, false}, {"", template.Village, false},
	} {
		if got := outcome.IsSubject(c.recipient, c.judged); got != c.own {
			t.Errorf("%s where %s is judged: %v", c.recipient, c.judged, got)
		}
	}
}

// Links have one order, by role and then by person, and sorting leaves the
// original as it was.
func TestLinksHaveOneOrder(t *testing.T) {
	t.Parallel()
	links := []outcome.Link{{"resident-cadre", "K2"}, {"linked-leader", "L1"}, {"resident-cadre", "K1"}}
	if got := fmt.Sprint(outcome.SortedLinks(links)); got != "[{linked-leader L1} {resident-cadre K1} {resident-cadre K2}]" {
		t.Errorf("%s", got)
	}
	if links[0].Person != "K2" {
		t.Error("the original was sorted")
	}
	if got := outcome.SortedLinks(nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// However a round comes out, nobody gets more than the first value or less than
// the last, a village gets what its place is worth, and points come to nobody
// outside the band.
// covers A27, Q4, Q5
func TestPointsFollowThePlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		totals := rapid.SliceOfN(rapid.Int64Range(60, 66), 6, 12).Draw(t, "totals")
		s := standing(totals...)
		proposals, entries := draw(s, reward(nil))
		rewarded := map[string]bool{}
		for _, p := range proposals {
			rewarded[p.Subject] = true
		}
		for _, e := range entries {
			m := s.Members["top"][slices.IndexFunc(s.Members["top"], func(m ranking.Member) bool { return m.ID == e.Subject })]
			if want := exact.Int(int64(max(6-m.FromBest, 0))); m.FromBest > 3 || !e.Points.Equal(want) || !rewarded[e.Subject] {
				t.Fatalf("%+v gets %s", m, e.Points)
			}
		}
		if len(proposals) != len(s.Members["top"]) {
			t.Fatalf("%d of %d are proposed", len(proposals), len(s.Members["top"]))
		}
	})
}

// A person who is judged receives points as the person it is, its village under
// the village's role, and both once (C01).
// covers C01
func TestPointsOfAPersonAndItsVillage(t *testing.T) {
	t.Parallel()
	rule := template.Outcome{When: "top", Do: outcome.DoPoints, By: outcome.ByRoleOf, Values: []exact.Number{exact.Int(3), exact.Int(2), exact.Int(1)}, To: []string{"person", "village", "village-secretary"}}
	s := outcome.Standing{
		Places: map[string]ranking.Place{"p1": {}}, Members: ranking.Membership{"top": {{ID: "p1", FromBest: 1, FromWorst: 1, Equals: 1}}},
		Links: map[string][]outcome.Link{"p1": {{Role: "village-secretary", Person: "p1"}}}, Units: map[string]string{"p1": "371422106201"},
	}
	_, entries := outcome.Draw(template.Person, nil, []template.Outcome{rule}, s)
	got := ""
	for _, e := range entries {
		got += e.Account.Kind + ":" + e.Account.ID + "=" + e.Points.String() + " "
	}
	if want := "person:p1=3 subject:371422106201=2 "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	s.Units = nil
	if _, entries = outcome.Draw(template.Person, nil, []template.Outcome{rule}, s); len(entries) != 1 {
		t.Errorf("the place is not known, but %v", entries)
	}
}

// covers E23
func TestRulesBehindProposals(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Outcomes: []template.Outcome{{When: "top", Do: "praise"}, {When: "bottom", Do: "criticism"}}}
	if rule, cite := outcome.RuleOf(doc, outcome.Proposal{Rule: 1}), outcome.Cite(outcome.Proposal{Rule: 1}); rule.Do != "criticism" || cite != "outcomes[1]" {
		t.Errorf("%+v, %s", rule, cite)
	}
	graded := outcome.Proposal{Rule: 0, When: "duty-review", Do: outcome.DoRectify, Grade: "poor"}
	if rule, cite := outcome.RuleOf(doc, graded), outcome.Cite(graded); rule.When != "duty-review" || rule.Do != outcome.DoRectify || cite != "talkIf[0].rectification" {
		t.Errorf("%+v, %s", rule, cite)
	}
}
