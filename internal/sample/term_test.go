package sample_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"leitai/internal/paging"
	"leitai/internal/posting"
	"leitai/internal/sample"
	"leitai/internal/teams"
	"leitai/internal/wiring"
)

// TestTerm plays the first assessed year of twelve first secretaries and holds
// what people read in it against the worked case.
func TestTerm(t *testing.T) {
	t.Parallel()
	app, w := build(t)
	began := time.Now()
	if err := w.PlayTerm(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("played in %s", time.Since(began).Round(time.Millisecond))
	checkSelected(t, app, w)
	checkExcellent(t, app, w)
}

// covers D01, D03, D04, D08, D24, Q22, Q23
func checkSelected(t *testing.T, app *wiring.App, w *sample.World) {
	t.Helper()
	as(t, w, "CA1", func(ctx context.Context) error {
		many := 100
		page, err := app.Teams.List(ctx, teams.Filter{Competition: w.Term.Competition}, paging.Args{First: &many})
		if err != nil {
			return err
		}
		reasons, flags := map[string]string{}, map[string]string{}
		for _, p := range page.Items {
			record, err := app.Teams.ByID(ctx, p.ID)
			if err != nil {
				return err
			}
			for _, r := range record.Checks[0].Reasons {
				reasons[p.Pseudonym] += string(r)
			}
			for _, m := range record.Months {
				if m.State == "SHORT" || m.State == "EXCUSED" {
					flags[p.Pseudonym] += m.Month.String() + " " + string(m.State) + " "
				}
			}
			if p.Stage != posting.Posted && reasons[p.Pseudonym] == "" {
				t.Errorf("%s stands at %s", p.Pseudonym, p.Stage)
			}
		}
		same(t, "refused", reasons, map[string]string{"GF5": "PARTY_YEARS", "GF6": "NOT_FULL_MEMBER", "GF8": "WORK_YEARS"})
		same(t, "short of days", flags, map[string]string{"GF9": "2023-02 SHORT ", "GF10": "2023-02 EXCUSED 2023-07 SHORT ", "GF11": "2023-04 SHORT "})
		demands, err := app.Teams.Demands(ctx, w.Term.Competition)
		short := 0
		for _, d := range demands {
			short += d.Short()
		}
		if len(demands) != 12 || short != 1 { // the team of V3
			t.Errorf("%d villages are planned for, %d members are missing", len(demands), short)
		}
		return err
	})
}

// covers D31, D33, D36, Q19
func checkExcellent(t *testing.T, app *wiring.App, w *sample.World) {
	t.Helper()
	as(t, w, "CA1", func(ctx context.Context) error {
		all, err := app.Teams.Outstanding(ctx, w.Term.Competition)
		var who []string
		for _, o := range all {
			who = append(who, o.Pseudonym)
		}
		slices.Sort(who)
		if got := strings.Join(who, " "); got != "GF1 GF2 GF3 GF4 GF7" { // four seats and a tie; the one with the most points is barred
			t.Errorf("excellent: %s", got)
		}
		return err
	})
}
