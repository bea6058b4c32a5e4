package journeys

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/programme"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// dates are the rounds of a plan: 2023-04 2023-04-30→2023-05-04.
func dates(entries []programme.CalendarEntry) (out []string) {
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%s %s→%s", e.Period, e.Nominal, e.Held))
	}
	return out
}

// Rounds are dated by rule, public holidays and the tenant's own days; planning
// again moves only what is still planned, and changes nothing otherwise.
// covers A14, A17, A18, Q1, Q2, Q3
func TestPlanningRounds(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var competition uuid.UUID
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		c, err := s.App.Programme.CreateCompetition(ctx, s.like(t))
		if err == nil {
			competition = c.ID
		}
		return err
	})
	plan := func(from, to string) (p *programme.RoundPlan) {
		t.Helper()
		s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
			p, err = s.App.Programme.PlanRounds(ctx, competition, from, to)
			return err
		})
		return p
	}
	first := plan("2023-01", "2023-05")
	equal(t, "dates", dates(first.Entries), []string{"2023-01 2023-01-30→2023-01-30", "2023-02 2023-02-28→2023-02-28", "2023-03 2023-03-30→2023-03-30",
		"2023-04 2023-04-30→2023-05-04", "2023-05 2023-05-30→2023-05-30"})
	if april, february := first.Entries[3], first.Entries[1]; april.RolledDays != 4 || !april.CrossesMonth || len(april.Why) != 4 || !february.Clamped {
		t.Errorf("April %+v, February %+v", april, february)
	}
	before := s.count(t, `SELECT count(*) FROM round`)
	again := plan("2023-01", "2023-05")
	for i, e := range again.Entries {
		if e.Round != first.Entries[i].Round {
			t.Errorf("%s became another round", e.Period)
		}
	}
	if after := s.count(t, `SELECT count(*) FROM round`); after != before {
		t.Errorf("%d rounds became %d", before, after)
	}
	checkOwnDays(t, s, competition, plan)
	equal(t, "make-up workdays", dates(plan("2023-09", "2023-09").Entries), []string{"2023-09 2023-09-30→2023-10-07"})
	unknown := plan("2027-01", "2027-03")
	if len(unknown.Warnings) != 1 || unknown.Warnings[0].Code != fault.CalendarYearUnknown || unknown.Warnings[0].Args["year"] != "2027" || len(unknown.Entries) != 3 {
		t.Errorf("a year without holiday data: %v", unknown.Warnings)
	}
	for _, bad := range []struct{ from, to, want string }{
		{"2022-12", "2023-02", "PERIOD_BEFORE_FIRST at from"}, {"2023-Q1", "2023-02", "PERIOD_CADENCE at from"}, {"2023-05", "2023-04", "PERIOD_RANGE_INVALID at to"},
		{"2023-13", "2024-01", "PERIOD_INVALID at from"},
	} {
		s.refused(t, sample.Clerk, func(ctx context.Context) error {
			_, err := s.App.Programme.PlanRounds(ctx, competition, bad.from, bad.to)
			return err
		}, bad.want)
	}
	s.refused(t, "L4", func(ctx context.Context) error {
		_, err := s.App.Programme.PlanRounds(ctx, competition, "2023-06", "2023-06")
		return err
	}, "FORBIDDEN")
	s.refused(t, "XC1", func(ctx context.Context) error {
		_, err := s.App.Programme.PlanRounds(ctx, competition, "2023-06", "2023-06")
		return err
	}, "NOT_FOUND at competition")
	checkOtherCalendars(t, s, competition, plan)
}

// The tenant's own days count beside the public ones. A round whose notice was
// issued keeps its date.
func checkOwnDays(t testing.TB, s *stage, competition uuid.UUID, plan func(from, to string) *programme.RoundPlan) {
	t.Helper()
	off := false
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		for _, day := range []string{"2023-05-04", "2023-05-30"} {
			if _, err := s.App.Tenancy.SetDay(ctx, calendar.MustDate(day), &off, "全乡植树"); err != nil {
				return err
			}
		}
		return nil
	})
	m := s.find(t, s.World.Rounds["2023-04"])
	m.notify(t)
	moved := plan("2023-04", "2023-05")
	equal(t, "with days of its own", dates(moved.Entries), []string{"2023-04 2023-04-30→2023-05-05", "2023-05 2023-05-30→2023-05-31"})
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		p, err := s.App.Programme.PlanRounds(ctx, s.World.Competition, "2023-04", "2023-05")
		if err != nil {
			return err
		}
		equal(t, "a round already notified", dates(p.Entries), []string{"2023-04 2023-04-30→2023-05-04", "2023-05 2023-05-30→2023-05-31"})
		if !p.Entries[0].Kept || p.Entries[0].State != "notified" || p.Entries[1].Kept {
			t.Errorf("kept: %+v", p.Entries)
		}
		return nil
	})
	if n := s.count(t, `SELECT count(*) FROM round WHERE competition_id = $1 AND period = '2023-04' AND held = '2023-05-05'`, competition); n != 1 {
		t.Errorf("%d rounds were moved", n)
	}
}

// Another version may read the calendar otherwise from a period on; what was
// opened under the old one stays.
func checkOtherCalendars(t testing.TB, s *stage, competition uuid.UUID, plan func(from, to string) *programme.RoundPlan) {
	t.Helper()
	rule := func(from string, change func(*template.Document)) func(context.Context) error {
		v := s.variant(t, change)
		return func(ctx context.Context) error {
			_, err := s.App.Programme.AddVersion(ctx, competition, v.ID, from)
			return err
		}
	}
	s.must(t, sample.Clerk, rule("2023-09", func(doc *template.Document) { doc.Calendar.Workdays = "literal" }))
	equal(t, "weekends to the letter", dates(plan("2023-09", "2023-09").Entries), []string{"2023-09 2023-09-30→2023-10-09"})
	s.must(t, sample.Clerk, rule("2024-01", func(doc *template.Document) { doc.Calendar.Clamp, doc.Calendar.Workdays = "skip", "official" }))
	leap := plan("2024-01", "2024-03")
	equal(t, "a month without the day", []bool{leap.Entries[0].Skipped, leap.Entries[1].Skipped, leap.Entries[2].Skipped}, []bool{false, true, false})
	if n := s.count(t, `SELECT count(*) FROM round WHERE period = '2024-02'`); n != 0 || leap.Entries[1].Round != uuid.Nil {
		t.Errorf("%d rounds in the month that is skipped", n)
	}
}

// The year's plan stands side by side with its reasons; the county reads it,
// the neighbour does not, and nobody else sees a trial.
// covers A14, G9
func TestCalendarOfTheYear(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.trial(t, s.variant(t, unchanged), "2023-04")
	year := func(who string) (out []string) {
		s.must(t, who, func(ctx context.Context) error {
			all, err := s.App.Programme.Calendar(ctx, 2023)
			for _, e := range all {
				mark := ""
				if e.Trial {
					mark = " trial"
				}
				out = append(out, fmt.Sprintf("%s %s +%d %t%s", e.Period, e.Held, e.RolledDays, e.CrossesMonth, mark))
			}
			return err
		})
		return out
	}
	plan := []string{"2023-04 2023-05-04 +4 true", "2023-05 2023-05-30 +0 false", "2023-06 2023-06-30 +0 false", "2023-07 2023-07-31 +1 false",
		"2023-08 2023-08-30 +0 false", "2023-09 2023-10-07 +7 true", "2023-10 2023-10-30 +0 false", "2023-11 2023-11-30 +0 false", "2023-12 2024-01-02 +3 true"}
	for _, who := range []string{"CN1", "CA1", "dashboard"} {
		equal(t, "as "+who, year(who), plan)
	}
	if own := year(sample.Clerk); len(own) != len(plan)+1 || !slices.Contains(own, plan[0]+" trial") {
		t.Errorf("the office sees %v", own)
	}
	equal(t, "as the neighbour", year("XC1"), []string(nil))
}
