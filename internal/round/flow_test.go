package round_test

import (
	"slices"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/outcome"
	"leitai/internal/round"
)

// A whole month by the use cases alone: from template to a published, signed,
// explained result whose outcomes are handed over.
//
// covers A23, A25, A27, Q3, Q35
func TestAMonthRuns(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.published("2023-04", usual)
	b, err := w.use.Board(w.as("D1"), id, 0)
	must(t, err)
	if b.Period != "2023-04" || b.Held != day("2023-05-04") || b.Revision != 1 || b.Superseded || b.Audience != round.AudienceTownship {
		t.Errorf("head of the board: %+v", b)
	}
	for i, want := range []struct{ code, shown string }{{village1, "93.40"}, {village2, "83.40"}, {village3, "73.40"}} {
		row := b.Rows[i]
		if row.UnitCode != want.code || row.Shown != want.shown || *row.Rank != i+1 {
			t.Errorf("row %d is %s %s", i, row.UnitCode, row.Shown)
		}
	}
	if !slices.Equal(b.Rows[0].Bands, []string{"top"}) || !slices.Equal(b.Rows[2].Bands, []string{"bottom"}) || len(b.Rows[1].Bands) != 0 {
		t.Errorf("bands %v %v %v", b.Rows[0].Bands, b.Rows[1].Bands, b.Rows[2].Bands)
	}
	w.checkHandOver(t)
	history, err := w.use.History(w.as("D1"), id)
	must(t, err)
	if len(history) != 1 || history[0].Hash != b.Hash || history[0].ApproverRole != "township-approver" || history[0].Comment != "同意" {
		t.Errorf("history: %+v", history)
	}
	report, err := contest.Verify([]byte(history[0].Bundle), contest.Trust{})
	must(t, err)
	if report.Hash != b.Hash || len(report.Input.Marks) != 0 || len(report.Input.Roster[0].Links) != 0 {
		t.Error("the public bundle shows marks or people")
	}
	sealed, err := w.use.Sealed(w.as("A1"), history[0].ID)
	must(t, err)
	if report, err = contest.Verify([]byte(sealed), contest.Trust{}); err != nil || len(report.Input.Marks) != 27 {
		t.Errorf("the sealed bundle: %v", err)
	}
	if _, err := w.use.Sealed(w.as("C1"), history[0].ID); err == nil {
		t.Error("the clerk read a sealed bundle")
	}
}

// checkHandOver looks at what a publication passes on.
func (w *township) checkHandOver(t *testing.T) {
	t.Helper()
	if len(w.settled) != 1 {
		t.Fatalf("%d hand-overs", len(w.settled))
	}
	of := w.settled[0]
	if of.Revision != 1 || of.Previous != nil || of.Units[village1] != w.units[village1] || of.Persons["L1"] != w.persons["L1"] || of.ApprovedBy != w.persons["A1"] {
		t.Errorf("hand-over: %+v", of)
	}
	points := map[outcome.Account]string{}
	for _, e := range of.Result.Entries {
		points[e.Account] = e.Points.String()
	}
	for _, account := range []outcome.Account{{Kind: outcome.OfSubject, ID: village1}, {Kind: outcome.OfPerson, ID: "L1"}, {Kind: outcome.OfPerson, ID: "K1"}} {
		if points[account] != "5" {
			t.Errorf("%v gets %q", account, points[account])
		}
	}
}

// The board takes the opening statement and one more; explaining takes few.
func TestBoardIsOneStatement(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.published("2023-04", usual)
	ctx, request := w.asking("D1")
	before := request.Statements()
	_, err := w.use.Board(ctx, id, 0)
	must(t, err)
	if n := request.Statements() - before; n != 1 {
		t.Errorf("%d statements after the opening one", n)
	}
}

// covers A29, Q8
func TestStreakCountsHeldRoundsOnly(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	w.published("2023-04", usual)
	id := w.planned("2023-05")
	if _, err := w.use.Cancel(w.as("C1"), round.Step{Round: id, Revision: w.step(id).Revision}); err == nil {
		t.Fatal("cancelled without a reason")
	}
	_, err := w.use.Cancel(w.as("C1"), w.step(id))
	must(t, err)
	id = w.published("2023-06", usual)
	b, err := w.use.Board(w.as("D1"), id, 0)
	must(t, err)
	last := b.Rows[2]
	if len(last.Streaks) != 1 || last.Streaks[0].Count != 2 || !last.Streaks[0].Triggered {
		t.Errorf("after a cancelled round in between: %+v", last.Streaks)
	}
	if *last.Change != 0 {
		t.Errorf("change against the previous held round: %d", *last.Change)
	}
	var deducted bool
	for _, e := range w.settled[1].Result.Entries {
		deducted = deducted || e.Account.ID == "K3" && e.Points.Equal(num("-5"))
	}
	if !deducted {
		t.Error("the second bottom place in a row cost the resident cadre nothing")
	}
}
