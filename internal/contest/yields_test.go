package contest_test

import (
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
)

// What the items and parts of a subject yield sums to its exact total, and what
// they are worth to the scale.
func TestYieldsAddUp(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"90", "91", "93"}, [3]string{"80", "80", "80"})
	result, err := contest.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	yields, worths, err := contest.Yields(in)
	if err != nil || len(yields) != 2 {
		t.Fatalf("%d subjects: %v", len(yields), err)
	}
	var worth exact.Number
	for _, w := range worths.Items {
		worth = worth.Add(w.Worth)
	}
	if worth.String() != "100" || len(worths.Parts) != 0 {
		t.Errorf("the items are worth %s", worth)
	}
	for _, y := range yields {
		var got exact.Number
		for _, share := range append(y.Items, y.Parts...) {
			if share.Got.Cmp(share.Worth) > 0 || share.Worth.Sign() <= 0 {
				t.Errorf("%s got %s of %s", y.Subject, share.Got, share.Worth)
			}
			got = got.Add(share.Got)
		}
		for _, s := range result.Standings {
			if s.Subject == y.Subject && !s.Exact.Equal(got) {
				t.Errorf("%s: the items sum to %s, the total is %s", y.Subject, got, s.Exact)
			}
		}
	}
	in.Rules = 99
	if _, _, err := contest.Yields(in); fault.CodeOf(err) != fault.BundleRulesUnknown {
		t.Errorf("rules that nobody knows: %v", err)
	}
	in.Rules, in.Roster[1].ID = contest.RulesVersion, in.Roster[0].ID
	if _, _, err := contest.Yields(in); err == nil {
		t.Error("an input that does not hold together has yields")
	}
}

// An absent subject yields nothing: it is missing, not 0. covers Q13
func TestTheAbsentYieldNothing(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"90", "91", "93"}, [3]string{"", "", ""})
	in.Roster[1].Absent = true
	if yields, _, err := contest.Yields(in); err != nil || len(yields) != 1 || yields[0].Subject != "V1" {
		t.Errorf("%+v %v", yields, err)
	}
}
