package round_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/round"
)

// Who may not mark the own village is told before anybody tries: to the office as
// soon as the groups are set, to everybody else with the notice, and the same
// when the roster is fixed. It is exactly what marking refuses.
//
// covers A09
func TestWhoIsRecusedIsTold(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.planned("2023-04")
	w.writeRubric(id)
	_, err := w.use.SetPanels(w.as("C1"), w.panels(id))
	must(t, err)
	told := func(who string) []round.Recusal {
		t.Helper()
		all, err := w.use.Recused(w.as(who), id)
		must(t, err)
		return all
	}
	own := func(x round.Recusal) bool {
		return x.Pseudonym == "K3" && x.Person == w.persons["K3"] && x.Panel == 2 && x.Code == village3 && x.Name == "三村" && x.Subject == w.units[village3]
	}
	if all := told("C1"); len(all) != 1 || !own(all[0]) {
		t.Errorf("the office is told %+v", all)
	}
	if all := told("J1"); len(all) != 0 {
		t.Errorf("before the notice a judge is told %+v", all)
	}
	w.notify(id)
	before := told("J1")
	_, err = w.use.Open(w.as("C1"), w.step(id))
	must(t, err)
	w.put(`UPDATE post SET valid_to = '2023-04-01' WHERE person_id = $1`, w.persons["K3"])
	if after := told("S1"); len(before) != 1 || !slices.Equal(before, after) {
		t.Errorf("before the roster %+v, as fixed %+v", before, after)
	}
}

// The order in which villages speak follows from the seed alone: everybody is
// told the same, another seed gives another, and who is absent does not speak.
func TestTheSpeakingOrderFollowsFromTheSeed(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.planned("2023-04")
	ask := func(who, seed string) []uuid.UUID {
		t.Helper()
		all, err := w.use.SpeakingOrder(w.as(who), id, seed)
		must(t, err)
		out := make([]uuid.UUID, len(all))
		for i, s := range all {
			out[i] = s.Subject
		}
		return out
	}
	if none := ask("C1", "随机"); len(none) != 0 {
		t.Errorf("nobody is on the roster, and %d speak", len(none))
	}
	_, err := w.use.SpeakingOrder(w.as("C1"), id, " ")
	refusedWith(t, err, fault.DrawSeedMissing)
	id = w.opened("2023-04")
	first := ask("C1", "一号球")
	if len(first) != 3 || !slices.Equal(first, ask("S1", "一号球")) {
		t.Errorf("the office is told %v, a secretary %v", first, ask("S1", "一号球"))
	}
	others := map[uuid.UUID]bool{}
	for _, seed := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"} {
		others[ask("C1", seed)[0]] = true
	}
	if len(others) != 3 {
		t.Errorf("of twelve seeds the same begin: %v", others)
	}
	_, err = w.use.RecordAbsence(w.as("C1"), round.EntryAbsent{Round: id, UnitCode: village2, Absent: true, Reason: "防汛"})
	must(t, err)
	if left := ask("C1", "一号球"); len(left) != 2 || slices.Contains(left, w.units[village2]) {
		t.Errorf("with one absent: %v", left)
	}
}

// A page for entering figures need not read formulas: each figure the round
// takes is told with what it is for and who has none yet, to those alone who
// enter figures or work on the round.
func TestFiguresThatAreNeededAreTold(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	id := w.walking(walk, "2023-04")
	needs := func(who string) map[string]round.FigureNeed {
		t.Helper()
		all, err := w.use.FiguresNeeded(w.as(who), id)
		must(t, err)
		by := map[string]round.FigureNeed{}
		for _, n := range all {
			by[string(n.Kind)+" "+n.Key] = n
		}
		return by
	}
	all := needs("C1")
	income, there := all["metric income"]
	if !there || len(income.For) != 3 || len(income.Lacking) != 3 || len(income.Names) != 1 || income.Names[0].ZH == "" {
		t.Fatalf("needed: %+v", all)
	}
	kinds := map[round.FigureKind]bool{}
	for _, n := range all {
		kinds[n.Kind] = true
	}
	if len(kinds) != 3 {
		t.Errorf("metrics, tests and parts are asked: %+v", all)
	}
	entered := w.enter(id, round.MetricFigure, "income", "50000", "120000")
	if n := needs("F1")["metric income"]; len(n.For) != 3 || !slices.Equal(n.Lacking, []uuid.UUID{w.units[village3]}) {
		t.Errorf("with two entered: %+v", n)
	}
	_, err := w.use.RejectFigures(w.as("F1"), id, []uuid.UUID{entered[0].ID}, "与报表不符")
	must(t, err)
	if n := needs("C1")["metric income"]; !slices.Contains(n.Lacking, w.units[village1]) {
		t.Errorf("one that was sent back is there: %+v", n)
	}
	if none := needs("S1"); len(none) != 0 {
		t.Errorf("a secretary is told %+v", none)
	}
}
