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
