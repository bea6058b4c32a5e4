package round_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/round"
)

// A trial never counts and is wiped with everything in it.
func TestTrialIsWiped(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	real := w.competition
	realRound := w.published("2023-04", usual)
	handed := len(w.settled)
	w.found(strings.ReplaceAll(document, "small-arena", "trial-arena"), true)
	id := w.published("2023-05", usual)
	if len(w.settled) != handed {
		t.Error("a trial handed outcomes over")
	}
	if _, err := w.use.Board(w.as("D1"), id, 0); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the public sees a trial: %v", err)
	}
	if _, err := w.use.Board(w.as("C1"), id, 0); err != nil {
		t.Errorf("the office does not see its trial: %v", err)
	}
	refusedWith(t, w.use.WipeTrial(w.as("J1"), w.competition), fault.Forbidden)
	refusedWith(t, w.use.WipeTrial(w.as("C1"), real), fault.NotATrial)
	refusedWith(t, w.use.WipeTrial(w.as("C1"), uuid.New()), fault.NotFound)
	must(t, w.use.WipeTrial(w.as("C1"), w.competition))
	_, err := w.use.Round(w.as("C1"), id)
	refusedWith(t, err, fault.NotFound)
	for _, table := range []string{"competition", "round", "publication", "mark_review", "entry", "panel", "reception", "sealed_bundle"} {
		want := map[string]int{"competition": 1, "round": 1, "publication": 1, "mark_review": 27, "entry": 3, "panel": 2, "reception": 3, "sealed_bundle": 1}[table]
		if n := w.count(`SELECT count(*) FROM ` + table); n != want {
			t.Errorf("%d rows of %s remain, want %d", n, table, want)
		}
	}
	if _, err := w.use.Board(w.as("D1"), realRound, 0); err != nil {
		t.Errorf("the real round: %v", err)
	}
	if p := w.proved(); p.Batches == 0 || p.Count != 0 {
		t.Errorf("marks that were wiped with their trial are missed: %+v", p)
	}
	w.put(`UPDATE audit_entry SET action = 'trial:wiped' WHERE action = 'trial:wipe'`)
	if p := w.proved(); p.Count == 0 || p.Altered[0].Found != 0 || len(p.Altered[0].Missing) == 0 {
		t.Errorf("marks that are gone without a trial that was wiped: %+v", p)
	}
}

func TestSimulationTriesOtherWeights(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	_, err := w.use.Simulate(w.as("D1"), w.competition, round.Settings{})
	refusedWith(t, err, fault.RoundUnpublished)
	w.published("2023-04", map[string]values{village1: {"90", "90", "80"}, village2: {"80", "80", "90"}, village3: {"70", "70", "70"}})
	weights := []round.ChannelWeight{{Channel: "onsite", Weight: num("60")}, {Channel: "ledger", Weight: num("40")}}
	sim, err := w.use.Simulate(w.as("D1"), w.competition, round.Settings{Weights: weights})
	must(t, err)
	if sim.Difference.RanksChanged != 2 || sim.Difference.Of != 3 || sim.Names[village1] != "一村" {
		t.Errorf("difference: %+v", sim.Difference)
	}
	_, err = w.use.Simulate(w.as("D1"), w.competition, round.Settings{Weights: weights[:1]})
	refusedWith(t, err, fault.TemplateWeights)
	_, err = w.use.Simulate(w.as("D1"), w.competition, round.Settings{Weights: []round.ChannelWeight{{Channel: "speech", Weight: num("0")}}})
	refusedWith(t, err, fault.NotFound)
}
