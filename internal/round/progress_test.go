package round_test

import (
	"testing"

	"leitai/internal/round"
)

// totals adds the cells of a progress up.
func totals(p *round.Progress) (entered, confirmed, missing int) {
	for _, c := range p.Cells {
		entered, confirmed, missing = entered+c.Entered, confirmed+c.Confirmed, missing+c.Missing
	}
	return entered, confirmed, missing
}

// The office sees how far all marks are, a judge how far the own ones are, a
// village the state alone; and what happened is told once, when it did.
func TestProgressShowsWhatOneMaySee(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	look := func(who string) *round.Progress {
		t.Helper()
		p, err := w.use.Progress(w.as(who), id)
		must(t, err)
		return p
	}
	before := look("C1")
	if e, c, m := totals(before); !before.Shown || before.Round.State != round.Open || e != 0 || c != 0 || m == 0 {
		t.Errorf("at the beginning: %+v", before)
	}
	_, _, all := totals(before)
	_, _, own := totals(look("J1"))
	if own == 0 || own >= all {
		t.Errorf("a judge could give %d of %d", own, all)
	}
	told := w.count(`SELECT count(*) FROM event WHERE kind = 'marks.submitted'`)
	batch := sheet(village1, "onsite", "90", nil)
	_, err := w.use.SubmitMarks(w.as("J1"), id, batch)
	must(t, err)
	_, err = w.use.SubmitMarks(w.as("J1"), id, batch) // again: nothing happens
	must(t, err)
	if n := w.count(`SELECT count(*) FROM event WHERE kind = 'marks.submitted'`); n != told+1 {
		t.Errorf("told of %d times", n-told)
	}
	n := len(batch)
	for who, want := range map[string][3]int{"C1": {n, 0, all - n}, "J1": {n, 0, own - n}} {
		if e, c, m := totals(look(who)); [3]int{e, c, m} != want {
			t.Errorf("%s sees %d, %d, %d, want %v", who, e, c, m, want)
		}
	}
	if e, _, _ := totals(look("J2")); e != 0 {
		t.Errorf("another judge sees %d marks", e)
	}
	if p := look("S1"); p.Shown || len(p.Cells) != 0 || p.Round.State != round.Open {
		t.Errorf("a village sees %+v", p)
	}
	if kinds := w.count(`SELECT count(*) FROM event WHERE kind = 'round.opened' AND object_id = $1`, id); kinds != 1 {
		t.Errorf("the opening is told %d times", kinds)
	}
}
