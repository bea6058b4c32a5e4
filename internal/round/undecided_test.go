package round_test

import (
	"testing"

	"leitai/internal/fault"
	"leitai/internal/round"
)

// What is missing of a figure is decided like a missing mark, with a reason;
// what is there cannot be decided away.
// covers Q13
func TestMissingFiguresAreDecided(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.walking(walk, "2023-04")
	w.judged(id)
	decide := func(item string) error {
		_, err := w.use.DecideMissing(w.as("C1"), round.MissingDecide{Round: id, Subject: w.units[village1], Item: item, Decision: round.DecideZero, Reason: "未报送"})
		return err
	}
	refusedWith(t, decide("parts.other"), fault.FigureUnknown)
	must(t, decide("income"))
	must(t, decide("parts.review"))
	w.settleFigures(id, w.enter(id, round.ExamFigure, "test", "90", "80", "60"))
	refusedWith(t, decide("test"), fault.DecisionNotNeeded)
	preview, err := w.use.Preview(w.as("C1"), id)
	must(t, err)
	for _, row := range preview.Rows {
		ranked := row.Rank != nil
		if want := row.UnitCode == village1; ranked != want {
			t.Errorf("%s ranked: %v", row.Name, ranked)
		}
	}
}
