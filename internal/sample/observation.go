package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/round"
	"leitai/internal/visits"
)

// observedQuarter is the quarter that is played; the rest of the year is dated.
const observedQuarter = "2023-Q2"

// Days of the quarter.
var (
	observedFrom    = calendar.MustDate("2023-04-25") // the county opens the tenant
	observedPanels  = calendar.MustDate("2023-06-07")
	observedRoute   = calendar.MustDate("2023-06-09")
	observedLate    = calendar.MustDate("2023-06-27") // the village that was cut off is visited
	observedMeeting = calendar.MustDate("2023-06-30")
)

// tourDays are the days of the tour and how many villages are visited on each.
var tourDays = []struct {
	day      calendar.Date
	villages int
}{
	{calendar.MustDate("2023-06-12"), 5}, {calendar.MustDate("2023-06-13"), 5}, {calendar.MustDate("2023-06-14"), 5},
	{calendar.MustDate("2023-06-15"), 5}, {calendar.MustDate("2023-06-16"), 4},
}

// tour is the quarter as it is played.
type tour struct {
	*Scheme
	quarter *Quarter
	stops   map[string]*visits.Visit // by village
	marks   []uuid.UUID
	found   []*problem // on the way, in the order in which they were entered
}

// PlayObservation opens the town of 24 villages and plays one quarter of it: the
// route, the tour with checklists, pictures and problems, the review meeting with
// its ballot and the secretary's comment on each village, the three colours, and
// what came of the problems until autumn (B01–B12).
func (w *World) PlayObservation(ctx context.Context) error {
	quarter, err := LoadQuarter()
	if err != nil {
		return err
	}
	w.Observed = &Scheme{World: w, Unit: ObservedTownCode, Clerk: ObservedClerk, Approver: ObservedApprover}
	t := &tour{Scheme: w.Observed, quarter: quarter, stops: map[string]*visits.Visit{}}
	for _, stage := range []struct {
		name string
		do   func(context.Context) error
	}{{"tenant", t.settleTown}, {"preparation", t.prepare}, {"tour", t.travel}, {"review", t.review}, {"follow-up", t.followUp}} {
		if err := stage.do(ctx); err != nil {
			return fmt.Errorf("observation: %s: %w", stage.name, err)
		}
	}
	return nil
}

func (t *tour) settleTown(ctx context.Context) error {
	if err := t.Scheme.found(ctx, observedFrom, observedCast()); err != nil {
		return err
	}
	doc, err := observationTemplate()
	if err != nil {
		return err
	}
	return t.enact(ctx, observationDay, doc, t.observation(), "2023-Q4")
}

// prepare names the group, issues the notice, opens the round and lays the route
// through all villages (B05, B21).
func (t *tour) prepare(ctx context.Context) error {
	if err := t.take(ctx, observedQuarter); err != nil {
		return err
	}
	steps := []struct {
		what string
		day  calendar.Date
		do   func(ctx context.Context, at round.Step) (*round.Answer, error)
	}{
		{"areas", observedPanels.AddDays(-1), t.app.Rounds.PublishRubric},
		{"group", observedPanels, func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return t.app.Rounds.SetPanels(ctx, round.PanelsSet{Round: at.Round, Revision: at.Revision,
				Panels: []round.PanelInput{{Name: "观摩组", Members: t.ids(observedJudges...)}}})
		}},
		{"notice", observedPanels.AddDays(1), func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return t.app.Rounds.IssueNotice(ctx, round.Notify{Round: at.Round, Revision: at.Revision, Number: "霁观〔2023〕2号", Venue: "各村；点评会在镇政府三楼会议室",
				Text: "逐村观摩，轻车简从，不要求各村另备材料\n本通知为演示文件，所列村名、人员和数据均为虚构"})
		}},
		{"open", observedRoute, t.app.Rounds.Open},
	}
	for _, s := range steps {
		if err := t.step(ctx, s.day, "08:30", t.Clerk, s.what, s.do); err != nil {
			return err
		}
	}
	return t.on(ctx, observedRoute, "10:00", t.Clerk, t.route)
}

func (t *tour) route(ctx context.Context) error {
	lead := t.Person(t.Approver).ID
	var stops []visits.Stop
	n := 0
	for _, d := range tourDays {
		for range d.villages {
			n++
			stops = append(stops, visits.Stop{UnitCode: t.village(n), PlannedOn: d.day, Lead: &lead})
		}
	}
	laid, err := t.app.Visits.PlanRoute(ctx, t.round.ID, stops)
	if err != nil {
		return fmt.Errorf("route: %w", err)
	}
	for i, village := range t.quarter.Villages {
		t.stops[village] = laid[i]
	}
	return nil
}

// codeOf is the code of V1 … V24.
func (t *tour) codeOf(village string) string { return t.village(numberOf(village)) }

// numberOf is the number of V1 … V24.
func numberOf(village string) int {
	var n int
	if _, err := fmt.Sscanf(village, "V%d", &n); err != nil {
		panic("sample: " + village + " is no village of the sample") // keys are the data's own
	}
	return n
}
