package sample_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/contest"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/wiring"
)

// TestYearEnd plays the year-end of the sub-district and holds what people read
// in it against the worked case.
func TestYearEnd(t *testing.T) {
	t.Parallel()
	app, w := build(t)
	began := time.Now()
	if err := w.PlayYearEnd(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("played in %s", time.Since(began).Round(time.Millisecond))
	want := loadAnnual(t)
	checkAssessed(t, app, w, want)
	checkSeats(t, app, w, want)
	checkHandIns(t, app, w)
	checkYearEndPapers(t, app, w)
	checkRectified(t, app, w)
}

// annual is what the worked case expects.
type annual struct {
	Secretaries struct {
		Rows []struct {
			ID, Ballot, Composite string
			ValidBallots          int
		}
		Excellent []string
	}
	Units  struct{ ClassA []string }
	Cadres struct{ Sure, Edge []string }
	Teams  struct{ Order []string }
}

func loadAnnual(t *testing.T) (want annual) {
	t.Helper()
	body, err := os.ReadFile("../golden/testdata/s5-annual-assessment.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	return want
}

// What the hall said and what was verified come to the worked case's figures,
// and no figure of a group is given where one was too small.
// covers E08, E10, E11, Q28, Q34
func checkAssessed(t *testing.T, app *wiring.App, w *sample.World, want annual) {
	t.Helper()
	s := w.YearEnd.Secretaries
	as(t, w, s.Approver, func(ctx context.Context) error {
		results, err := app.Voting.Results(ctx, s.Polls[0])
		if err != nil {
			return err
		}
		board, err := app.Rounds.Board(ctx, s.Rounds["2022"], 0)
		if err != nil {
			return err
		}
		for i, row := range want.Secretaries.Rows {
			r := results[i]
			if r.Score.Fixed(2) != row.Ballot || r.Valid != row.ValidBallots || r.Breakdown || len(r.Groups) > 0 || r.Due != 93 {
				t.Errorf("ballot of %s: %s of %d valid, %d due, breakdown %t", row.ID, r.Score.Fixed(2), r.Valid, r.Due, r.Breakdown)
			}
			who := w.Person(fmt.Sprintf("YS%d", i+1)).ID
			at := slices.IndexFunc(board.Rows, func(b round.BoardRow) bool { return b.Subject == who })
			if at < 0 || board.Rows[at].Shown != row.Composite {
				t.Errorf("%s is not at %s", row.ID, row.Composite)
			}
		}
		return nil
	})
}

// covers E12, E13, E14, E15, E20, E22, Q17, Q20, Q21
func checkSeats(t *testing.T, app *wiring.App, w *sample.World, want annual) {
	t.Helper()
	y := w.YearEnd
	best := func(s *sample.Scheme) (who []string, result contest.GradeResult) {
		as(t, w, s.Approver, func(ctx context.Context) error {
			all, names, err := app.Rounds.Grades(ctx, s.Rounds["2022"], 0)
			if err != nil {
				return err
			}
			result = all[len(all)-1]
			for _, l := range result.Lines {
				if l.Grade == result.Steps[0].Grade {
					who = append(who, names[l.Subject])
				}
			}
			return nil
		})
		slices.Sort(who)
		return who, result
	}
	secretaries, result := best(y.Secretaries)
	same(t, "secretaries", secretaries, []string{"芷禾村村党组织书记"}) // S3; S2 stands higher and is capped
	if result.Steps[0].Seats != 1 {
		t.Errorf("%d seats of four", result.Steps[0].Seats)
	}
	villages, _ := best(y.Villages)
	same(t, "villages", villages, []string{"芷禾村", "葭麦村"}) // V3 by decision, V2
	cadres, result := best(y.Cadres)
	if len(cadres) != len(want.Cadres.Sure)+1 || result.Steps[0].Seats != 7 {
		t.Errorf("cadres %v of %d seats", cadres, result.Steps[0].Seats)
	}
	for _, key := range append(want.Cadres.Sure, "C16") {
		if !slices.ContainsFunc(cadres, func(name string) bool { return strings.Contains(name, "（YD"+key[1:]+"）") }) {
			t.Errorf("%s has no seat: %v", key, cadres)
		}
	}
	teams, _ := best(y.Teams)
	same(t, "teams", teams, []string{"葭麦村驻村工作队"}) // T2
}

// covers E17, E19, E27
func checkHandIns(t *testing.T, app *wiring.App, w *sample.World) {
	t.Helper()
	s := w.YearEnd.Secretaries
	as(t, w, s.Clerk, func(ctx context.Context) error {
		all, err := app.Consequences.AskedOf(ctx, s.Competition, 2023)
		if err != nil {
			return err
		}
		late, missing, known := 0, 0, 0
		for _, a := range all {
			switch {
			case a.Submission == nil:
				missing++
			case a.Late:
				late++
			}
			if a.Submission != nil && a.Submission.Circle != "" {
				known++
			}
		}
		if len(all) != 20 || late != 1 || missing != 1 || known != 4 {
			t.Errorf("%d asked, %d late, %d missing, %d made known", len(all), late, missing, known)
		}
		return nil
	})
}

// covers E29
func checkYearEndPapers(t *testing.T, app *wiring.App, w *sample.World) {
	t.Helper()
	s := w.YearEnd.Secretaries
	as(t, w, s.Approver, func(ctx context.Context) error {
		published, err := app.Rounds.History(ctx, s.Rounds["2022"])
		if err != nil {
			return err
		}
		for kind, id := range map[string]uuid.UUID{bulletin.KindGrades: published[0].ID, bulletin.KindBallotReport: s.Polls[0],
			bulletin.KindProblems: s.Competition, bulletin.KindContacts: s.Rounds["2022"], bulletin.KindNotice: s.Rounds["2022"]} {
			paper, err := app.Papers.Document(ctx, kind, id, bulletin.HTML)
			if err != nil || len(paper.Body) == 0 {
				t.Errorf("%s: %d bytes, %v", kind, len(paper.Body), err)
			}
		}
		for _, kind := range []string{"ballot-form", "ballot-summary"} {
			if _, err := app.Voting.Document(ctx, kind, s.Polls[0]); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		return nil
	})
}

// covers E23, E24
func checkRectified(t *testing.T, app *wiring.App, w *sample.World) {
	t.Helper()
	s := w.YearEnd.Secretaries
	as(t, w, s.Clerk, func(ctx context.Context) error {
		page, err := app.Issues.List(ctx, issues.Filter{Competition: &s.Competition}, paging.Args{})
		if err != nil {
			return err
		}
		closed := 0
		for _, i := range page.Items {
			if i.Stage == rectify.Closed {
				closed++
			}
		}
		if len(page.Items) != 3 || closed != 2 {
			t.Errorf("%d problems, %d closed", len(page.Items), closed)
		}
		return nil
	})
}
