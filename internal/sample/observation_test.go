package sample_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/rectify"
	"leitai/internal/sample"
	"leitai/internal/visits"
	"leitai/internal/wiring"
)

// TestObservation plays the quarter of the observed town and holds what people
// read in it against the worked case, which ends one village and one picture
// earlier.
func TestObservation(t *testing.T) {
	t.Parallel()
	app, w := build(t)
	began := time.Now()
	if err := w.PlayObservation(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("played in %s", time.Since(began).Round(time.Millisecond))
	s := w.Observed
	checkColours(t, app, s)
	checkTour(t, app, s)
	checkHall(t, app, s)
	checkProblems(t, app, s)
	checkPapers(t, app, s)
}

type colourRow struct {
	Village string  `json:"village"`
	Total   *string `json:"total"`
	Light   *string `json:"light"`
}

// covers B01, B22, G8, Q28
func checkColours(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	body, err := os.ReadFile("../golden/testdata/s2-observation.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var worked struct{ Table []colourRow }
	if err := json.Unmarshal(body, &worked); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, r := range worked.Table {
		if r.Total != nil {
			want[r.Village] = *r.Total + " " + strings.ToLower(*r.Light)
		}
	}
	want["V17"] = "84.45 yellow" // 70 % of 82 and 30 % of the hall, where the worked case has nothing yet
	have := map[string]string{}
	as(t, s.World, s.Approver, func(ctx context.Context) error {
		b, err := app.Rounds.Board(ctx, s.Rounds["2023-Q2"], 0)
		if err != nil {
			return err
		}
		for _, r := range b.Rows {
			have[strings.Replace(r.UnitCode, s.Unit, "V", 1)] = r.Shown + " " + r.Light
		}
		return nil
	})
	as(t, s.World, "OS5", func(ctx context.Context) error {
		b, err := app.Rounds.Board(ctx, s.Rounds["2023-Q2"], 0)
		if err != nil {
			return err
		}
		for _, r := range b.Rows {
			if r.Rank != nil {
				t.Errorf("a village sees that %s has the rank %d", r.UnitCode, *r.Rank)
			}
		}
		return nil
	})
	for village, colour := range want {
		code := "V0" + village[1:]
		if len(village) == 2 {
			code = "V00" + village[1:]
		}
		if have[code] != colour {
			t.Errorf("%s: %s, want %s", village, have[code], colour)
		}
	}
	if len(have) != 24 {
		t.Errorf("%d villages", len(have))
	}
}

// covers B01, B05, B06, B08, B10
func checkTour(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	round := s.Rounds["2023-Q2"]
	as(t, s.World, s.Clerk, func(ctx context.Context) error {
		o, err := app.Visits.Observe(ctx, round)
		if err != nil {
			return err
		}
		if o.Visited != 24 || o.Commented != 24 || o.Meeting == nil || o.LastVisit.String() < "2023-06-27" {
			t.Errorf("%d visited, %d commented on, meeting %v, last visit %s", o.Visited, o.Commented, o.Meeting, o.LastVisit)
		}
		muster, err := app.Visits.Muster(ctx, visits.Place{Round: &round, Stage: "review"})
		if err != nil {
			return err
		}
		if muster.Due != 54 || muster.Present != 54 || len(muster.Unrecorded) != 0 { // 10 leaders, 12 cadres, 24 and 8 secretaries
			t.Errorf("%d due, %d present, %d unrecorded", muster.Due, muster.Present, len(muster.Unrecorded))
		}
		return nil
	})
}

// covers B09, Q26, Q34
func checkHall(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	as(t, s.World, s.Approver, func(ctx context.Context) error {
		results, err := app.Voting.Results(ctx, s.Polls[0])
		if err != nil {
			return err
		}
		if r := results[0]; len(results) != 24 || r.Score.Fixed(2) != "90.72" || r.Due != 54 || r.Valid != 53 {
			t.Errorf("%d results; V1 %s of %d due and %d valid", len(results), r.Score.Fixed(2), r.Due, r.Valid)
		}
		return nil
	})
}

// covers B11
func checkProblems(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	as(t, s.World, s.Clerk, func(ctx context.Context) error {
		stages, overdue, first := map[rectify.Stage]int{}, 0, 100
		page, err := app.Issues.List(ctx, issues.Filter{Competition: &s.Competition}, paging.Args{First: &first})
		for _, i := range page.Items {
			stages[i.Stage]++
			if i.Stage != rectify.Closed && i.Assessment.DaysLate > 0 {
				overdue++
			}
		}
		t.Logf("problems %v, overdue %d", stages, overdue)
		if len(page.Items) != 59 || len(stages) != 4 || overdue == 0 { // 58 of the worked case and one of V17
			t.Errorf("%d problems in %d stages, %d overdue", len(page.Items), len(stages), overdue)
		}
		return err
	})
}

// covers B02, B07
func checkPapers(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	as(t, s.World, s.Approver, func(ctx context.Context) error {
		published, err := app.Rounds.History(ctx, s.Rounds["2023-Q2"])
		if err != nil {
			return err
		}
		for kind, id := range map[string]uuid.UUID{bulletin.KindCountyReport: published[0].ID, bulletin.KindBulletin: published[0].ID,
			bulletin.KindProblems: s.Competition, bulletin.KindBallotReport: s.Polls[0], bulletin.KindThreeColour: s.Polls[0]} {
			paper, err := app.Papers.Document(ctx, kind, id, "html")
			if err != nil {
				t.Errorf("%s: %v", kind, err)
				continue
			}
			if len(paper.Body) == 0 {
				t.Errorf("%s is empty", kind)
			}
		}
		archive, err := app.Papers.Archive(ctx, s.Competition, sample.ObservedTownCode+"003")
		if err == nil && len(archive.Body) == 0 {
			t.Error("the archive is empty")
		}
		return err
	})
}
