package contest_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
)

// Whatever is missing, doubled, of somebody else or out of range: computing
// answers with a result or with faults, and never falls over; what computes has
// a rank or a reason for everybody.
func TestNothingHandedInMakesComputingFallOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawnUpTo(t, 4)
		for range rapid.IntRange(1, 5).Draw(t, "blows") {
			batter(t, &in)
		}
		result, err := contest.Compute(in)
		if err != nil {
			if fault.CodeOf(err) == "" {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		addsUp(t, result)
		if len(result.Standings) != len(in.Roster) {
			t.Fatalf("%d standings of %d", len(result.Standings), len(in.Roster))
		}
		blocked := map[string]bool{}
		for _, g := range result.Gaps {
			blocked[g.Subject] = true
		}
		for _, s := range result.Standings {
			if (s.Rank > 0) == (s.Reason != "") || blocked[s.Subject] != (s.Reason == contest.ReasonUnmarked) {
				t.Fatalf("%+v, gaps %v", s, result.Gaps)
			}
		}
	})
}

// batter damages one thing of a round.
func batter(t *rapid.T, in *contest.Input) {
	at := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "at") }
	in.Marks, in.Metrics, in.Exams = slices.Clone(in.Marks), slices.Clone(in.Metrics), slices.Clone(in.Exams)
	in.Roster, in.Ballots, in.Entered = slices.Clone(in.Roster), slices.Clone(in.Ballots), slices.Clone(in.Entered)
	if len(in.Marks)*len(in.Metrics)*len(in.Exams)*len(in.Ballots)*len(in.Entered) == 0 {
		return // a list is empty by now
	}
	number := exact.Ratio(rapid.Int64Range(-200, 200).Draw(t, "number"), rapid.Int64Range(1, 3).Draw(t, "over"))
	switch rapid.IntRange(0, 11).Draw(t, "blow") {
	case 0:
		i := at(len(in.Marks))
		in.Marks = slices.Delete(in.Marks, i, i+1)
	case 1:
		in.Marks[at(len(in.Marks))].Value = number
	case 2:
		in.Marks[at(len(in.Marks))].Detail = nil
	case 3:
		in.Marks[at(len(in.Marks))].Detail = &scoring.Detail{Veto: true}
	case 4:
		i := at(len(in.Metrics))
		in.Metrics = slices.Delete(in.Metrics, i, i+1)
	case 5:
		in.Metrics[at(len(in.Metrics))].Value = number
	case 6:
		in.Exams[at(len(in.Exams))].Sat = at(3) - 1
	case 7:
		i := at(len(in.Ballots))
		in.Ballots = slices.Delete(in.Ballots, i, i+1)
	case 8:
		in.Entered[at(len(in.Entered))].Subject = "V1"
	case 9:
		in.Roster[at(len(in.Roster))].Absent = true
	case 10:
		in.Roster[at(len(in.Roster))].Classes = []string{"weak"}
	default:
		in.Marks = append(in.Marks, contest.Mark{ID: "veto", Item: "redline", Channel: "ledger", Subject: "V1", Judge: "J9", Detail: &scoring.Detail{Veto: true}})
	}
}
