package round_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/round"
)

// covers A06, Q32, Q33
func TestSecondedCadresAreDrawn(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(strings.Replace(document, "count: 1, choose: assigned, seat: inside", "count: 2, choose: draw, seat: beside", 1), false)
	id := w.planned("2023-04")
	w.writeRubric(id)
	in := w.panels(id)
	_, err := w.use.SetPanels(w.as("C1"), in)
	refusedWith(t, err, fault.SecondedChoice)
	in.Seconded = round.SecondedInput{}
	_, err = w.use.SetPanels(w.as("C1"), in)
	refusedWith(t, err, fault.DrawSeedMissing)
	in.Seconded = round.SecondedInput{Seed: "2023-04-28", Pool: []uuid.UUID{w.persons["K1"]}}
	_, err = w.use.SetPanels(w.as("C1"), in)
	refusedWith(t, err, fault.PoolTooSmall)
	in.Seconded.Pool = nil
	draw := func() []string {
		in.Revision = w.round(id).Revision
		_, err := w.use.SetPanels(w.as("C1"), in)
		must(t, err)
		panels, err := w.use.Panels(w.as("C1"), id)
		must(t, err)
		var drawn []string
		for _, p := range panels {
			for _, m := range p.Members {
				if m.Seconded {
					drawn = append(drawn, m.Pseudonym)
					if !m.Observer || m.Chosen != round.ChosenDraw || m.Seed != "2023-04-28" {
						t.Errorf("the drawn %+v", m)
					}
				}
			}
		}
		return drawn
	}
	first := draw()
	if again := draw(); len(first) != 2 || !slices.Equal(first, again) {
		t.Errorf("drawn %v, then %v", first, again)
	}
	w.notify(id)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	must(t, err)
	observer := w.persons[first[0]]
	_, err = w.use.SubmitMarks(w.as("C1"), id, sheet(village1, "onsite", "90", &observer)[:1])
	refusedWith(t, err, fault.JudgeNotInPanel)
}

// covers A40, Q36
func TestDeductionsOfIssuesMayTouchTheNextTotal(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document+"issues: {overdue: {times: 2, once: true, dueDay: in-time}, into: next-total}\n", false)
	w.published("2023-04", usual)
	for number, i := range []struct{ village, opened, due, closed string }{
		{village1, "2023-05-05", "2023-05-20", "2023-05-18"}, {village2, "2023-05-05", "2023-05-20", "2023-05-25"}, {village3, "2023-05-01", "2023-05-20", "2023-05-02"},
	} {
		w.put(`INSERT INTO issue (id, tenant_id, region, competition_id, unit_id, number, title, base, opened, due, state, closed, opened_by)
			VALUES ($1, $2, '990101', $3, $4, $5, '问题', 2, $6, $7, 'closed', $8, $9)`,
			fresh(), w.tenant, w.competition, w.units[i.village], number+1, i.opened, i.due, i.closed, w.persons["C1"])
	}
	id := w.published("2023-05", usual)
	b, err := w.use.Board(w.as("D1"), id, 0)
	must(t, err)
	for i, want := range []string{"91.40", "79.40", "73.40"} {
		if b.Rows[i].Shown != want {
			t.Errorf("row %d: %s, want %s", i, b.Rows[i].Shown, want)
		}
	}
	x, err := w.use.Explain(w.as("D1"), id, village2, 0)
	must(t, err)
	if !slices.ContainsFunc(x.Why.Lines, func(l contest.Line) bool { return l.Kind == contest.LineDeduct && l.Value.Equal(num("-4")) }) {
		t.Error("the explanation does not name the deduction")
	}
}

// Rounds come newest first, page by page, of one competition or state.
func TestRoundsArePaged(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	_, err := w.prog.PlanRounds(w.as("C1"), w.competition, "2023-04", "2023-12")
	must(t, err)
	var periods []string
	args := paging.Args{First: ref(4)}
	for {
		page, err := w.use.Rounds(w.as("S1"), round.Filter{Competition: &w.competition}, args)
		must(t, err)
		for _, r := range page.Items {
			periods = append(periods, r.Period)
		}
		if !page.HasNext {
			break
		}
		args.After = ref(page.End())
	}
	if len(periods) != 9 || periods[0] != "2023-12" || periods[8] != "2023-04" {
		t.Errorf("periods: %v", periods)
	}
	back, err := w.use.Rounds(w.as("S1"), round.Filter{Competition: &w.competition}, paging.Args{Last: ref(2)})
	must(t, err)
	if len(back.Items) != 2 || back.Items[1].Period != "2023-04" || !back.HasPrevious || back.HasNext {
		t.Errorf("from the end: %+v", back)
	}
	open, err := w.use.Rounds(w.as("S1"), round.Filter{State: ref(round.Open)}, paging.Args{})
	must(t, err)
	if len(open.Items) != 0 {
		t.Errorf("%d open rounds", len(open.Items))
	}
	_, err = w.use.Rounds(w.as("S1"), round.Filter{}, paging.Args{After: ref(back.Start())})
	refusedWith(t, err, fault.InvalidCursor)
}

func TestPersonAudienceShowsEachTheOwn(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(strings.Replace(document, "audience: township", "audience: person", 1), false)
	id := w.published("2023-04", usual)
	own, err := w.use.Board(w.as("S2"), id, 0)
	must(t, err)
	if len(own.Rows) != 1 || own.Rows[0].UnitCode != village2 {
		t.Errorf("the secretary sees %d rows", len(own.Rows))
	}
	for _, who := range []string{"D1", "J1"} {
		_, err = w.use.Board(w.as(who), id, 0)
		refusedWith(t, err, fault.NotFound)
		if all, err := w.use.History(w.as(who), id); err != nil || len(all) != 0 {
			t.Errorf("%s reads %d publications, %v", who, len(all), err)
		}
	}
	if all, err := w.use.Board(w.as("C1"), id, 0); err != nil || len(all.Rows) != 3 {
		t.Errorf("the office: %v", err)
	}
}
