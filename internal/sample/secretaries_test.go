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

	"leitai/internal/consequences"
	"leitai/internal/paging"
	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/wiring"
)

// contestMonth is what the worked case expects of a month.
type contestMonth struct {
	Table []struct {
		Village, Track, Total string
		Rank, TrackRank       int
		TrackPercentile       string
	}
	Share      []string `json:"shareExperience"`
	Improved   []string
	Interview  []string                        `json:"interviewByDeputySecretary"`
	Suggestion []struct{ Lead, Follow string } `json:"suggestedPairing"`
}

type contestAnswer struct {
	Months  map[string]contestMonth
	Quarter struct {
		Table []struct {
			Village, Mean string
			Rank          int
		}
		Interview []string `json:"interviewByMayor"`
	}
}

// TestSecretaries plays three months of secretaries and the quarter and holds
// them against the worked case.
func TestSecretaries(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("../golden/testdata/s3-secretary-arena.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want contestAnswer
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	app, w := build(t)
	began := time.Now()
	if err := w.PlaySecretaries(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("played in %s", time.Since(began).Round(time.Millisecond))
	s := w.Secretaries
	for n, month := range []string{"2023-01", "2023-02", "2023-03"} {
		checkContest(t, app, s, []string{"2023-07", "2023-08", "2023-09"}[n], want.Months[month])
	}
	checkContests(t, app, s)
	checkPairs(t, app, s)
	checkQuarter(t, app, s, want)
}

// villageOf is V1 … V12 for the pseudonym of a contestant, which bundles call a
// person by.
func villageOf(pseudonym string) string { return "V" + strings.TrimPrefix(pseudonym, "TS") }

// covers C01, C03, C04, C10, C11, C14, Q24, Q25
func checkContest(t *testing.T, app *wiring.App, s *sample.Scheme, period string, want contestMonth) {
	t.Helper()
	places := map[uuid.UUID]string{}
	var have []string
	as(t, s.World, s.Approver, func(ctx context.Context) error {
		b, err := app.Rounds.Board(ctx, s.Rounds[period], 0)
		if err != nil {
			return err
		}
		for _, r := range b.Rows {
			places[r.Subject] = villageOf(r.UnitCode)
			have = append(have, fmt.Sprintln(places[r.Subject], r.Track, r.Shown, *r.Rank, *r.TrackRank, r.Percentile.Fixed(1)))
		}
		return nil
	})
	var rows []string
	for _, r := range want.Table {
		rows = append(rows, fmt.Sprintln(r.Village, r.Track, r.Total, r.Rank, r.TrackRank, r.TrackPercentile))
	}
	slices.Sort(have)
	slices.Sort(rows)
	same(t, period, have, rows)
	as(t, s.World, s.Clerk, func(ctx context.Context) error {
		first := 100
		page, err := app.Consequences.List(ctx, consequences.OutcomeFilter{Round: ptr(s.Rounds[period])}, paging.Args{First: &first})
		if err != nil {
			return err
		}
		follows := map[string][]string{}
		for _, o := range page.Items {
			if key := o.Action + " " + o.ByRole; !slices.Contains(follows[key], places[o.Subject]) {
				follows[key] = append(follows[key], places[o.Subject])
			}
		}
		for _, all := range follows {
			slices.Sort(all)
		}
		slices.Sort(want.Share)
		slices.Sort(want.Interview)
		same(t, period+" what follows", follows, map[string][]string{"sharing ": want.Share, "talk deputy-secretary": want.Interview})
		pairs, err := app.Consequences.Suggested(ctx, s.Rounds[period])
		var suggested []struct{ Lead, Follow string }
		for _, p := range pairs {
			suggested = append(suggested, struct{ Lead, Follow string }{places[p.LeadSubject], places[p.FollowSubject]})
		}
		same(t, period+" pairs", suggested, want.Suggestion)
		return err
	})
}

func ptr[T any](v T) *T { return &v }

// covers C05, C06, C07, C18
func checkContests(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	as(t, s.World, s.Clerk, func(ctx context.Context) error {
		held, err := app.Rounds.HeldContests(ctx, s.Competition)
		var all []string
		for _, h := range held {
			all = append(all, fmt.Sprint(h.Number, h.Theme, h.Form, h.Published))
		}
		same(t, "contests", all, []string{"1人居环境整治onsitetrue", "2村级活动场所规范meetingtrue", "3产业发展projecttrue"})
		if err != nil {
			return err
		}
		o, err := app.Visits.Observe(ctx, s.Rounds["2023-08"])
		if err != nil {
			return err
		}
		for _, stage := range o.Stages {
			if stage.Done != 12 || len(stage.PassedOver) > 0 {
				t.Errorf("%s: %d of 12, passed over %v", stage.Stage, stage.Done, stage.PassedOver)
			}
		}
		if len(o.Stages) != 4 || o.Commented != 12 {
			t.Errorf("%d steps, %d comments", len(o.Stages), o.Commented)
		}
		r, err := app.Rounds.Round(ctx, s.Rounds["2023-10"])
		if err == nil && r.State != round.Planned {
			t.Errorf("October is %s", r.State)
		}
		return err
	})
}

// covers C15
func checkPairs(t *testing.T, app *wiring.App, s *sample.Scheme) {
	t.Helper()
	as(t, s.World, s.Clerk, func(ctx context.Context) error {
		for month, want := range map[string]int{"2023-08": 1, "2023-09": 0} {
			short, err := app.Consequences.Shortfalls(ctx, s.Competition, month)
			if err != nil {
				return err
			}
			if len(short) != want || want > 0 && (short[0].Count != 1 || short[0].Least != 2) {
				t.Errorf("%s: %d pairs met too seldom", month, len(short))
			}
		}
		return nil
	})
}

// covers C03, C12
func checkQuarter(t *testing.T, app *wiring.App, s *sample.Scheme, want contestAnswer) {
	t.Helper()
	as(t, s.World, s.Approver, func(ctx context.Context) error {
		all, err := app.Consequences.Rollups(ctx, s.Competition)
		if err != nil {
			return err
		}
		var have, rows, talks []string
		names := map[uuid.UUID]string{}
		for _, r := range all[0].Rows {
			names[r.Subject] = villageOf(r.UnitCode)
			have = append(have, fmt.Sprintln(names[r.Subject], r.Value.Fixed(2), r.Rank))
		}
		for _, r := range want.Quarter.Table {
			rows = append(rows, fmt.Sprintln(r.Village, r.Mean, r.Rank))
		}
		slices.Sort(have)
		slices.Sort(rows)
		same(t, "quarter", have, rows)
		outcomes, err := app.Consequences.RollupOutcomes(ctx, all[0].ID)
		states := map[string]int{}
		for _, o := range outcomes {
			talks = append(talks, names[o.Subject])
			states[o.ByRole+" "+string(o.State)]++
		}
		slices.Sort(talks)
		slices.Sort(want.Quarter.Interview)
		same(t, "talks", talks, want.Quarter.Interview)
		same(t, "the mayor's talks", states, map[string]int{"mayor executed": 2, "mayor confirmed": 1})
		return err
	})
}
