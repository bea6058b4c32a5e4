package teams

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/posting"
	"leitai/internal/template"
)

func day(s string) calendar.Date { return calendar.MustDate(s) }

func serves(from, last string) *Posting {
	return &Posting{ID: uuid.New(), From: day(from), Last: day(last), MinDays: 20, Stage: posting.Posted}
}

// Facts are plausible dates, and everything that is not is named at once.
func TestFactsAreChecked(t *testing.T) {
	t.Parallel()
	today := day("2023-04-10")
	months := 800
	bad := Facts{Born: day("1990-05-01"), FullMemberSince: day("1980-01-01"), WorkSince: day("2024-01-01"), Rank: "minister", GrassrootsMonths: &months}
	fields := map[string]fault.Code{}
	for _, f := range fault.All(bad.check(today)) {
		fields[f.Field] = f.Code
	}
	want := map[string]fault.Code{"fullMemberSince": fault.PostingFactDate, "workSince": fault.PostingFactDate, "rank": fault.Invalid, "grassrootsMonths": fault.Invalid}
	if fmt.Sprint(fields) != fmt.Sprint(want) {
		t.Errorf("%v", fields)
	}
	if err := (&Facts{}).check(today); fault.CodeOf(err) != fault.Required {
		t.Errorf("nothing: %v", err)
	}
	if err := (&Facts{Born: day("1990-05-01"), Rank: posting.SectionChief}).check(today); err != nil {
		t.Errorf("a birth date alone: %v", err)
	}
}

// The classes of the village decide, need adds to that and takes nothing away.
// covers D01, D02
func TestNeedAddsToWhatTheClassesAsk(t *testing.T) {
	t.Parallel()
	rule := template.TeamSize{MinMembers: 2, For: []string{"poverty-lifted"}}
	for _, c := range []struct {
		name    string
		classes []string
		plan    Plan
		want    string
	}{
		{"lifted", []string{"poverty-lifted"}, Plan{}, "secretary true, team true of 2"},
		{"lifted, and nobody asks", []string{"poverty-lifted"}, Plan{ByNeed: false, TeamByNeed: false}, "secretary true, team true of 2"},
		{"heavy task", []string{"heavy-task"}, Plan{}, "secretary true, team false of 0"},
		{"heavy task, a team by need", []string{"heavy-task"}, Plan{TeamByNeed: true}, "secretary true, team true of 2"},
		{"other", []string{"other"}, Plan{}, "secretary false, team false of 0"},
		{"other, by need", []string{"other"}, Plan{ByNeed: true}, "secretary true, team false of 0"},
	} {
		d := &Demand{}
		c.plan.ExistingTeam = true
		c.plan.fill(d, posting.DemandOf(rule, c.classes), rule.MinMembers)
		if got := fmt.Sprintf("secretary %v, team %v of %d", d.FirstSecretary, d.Team, d.MinMembers); got != c.want || !d.ExistingTeam {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if (&Demand{MinMembers: 2, Members: 1}).Short() != 1 || (&Demand{MinMembers: 2, Members: 3}).Short() != 0 {
		t.Error("a team lacks as many as it is short")
	}
}

// A month that the term covers in part is not measured by a whole month's days.
// covers D24, Q23
func TestPartialMonthsAreNotMeasured(t *testing.T) {
	t.Parallel()
	p := serves("2023-05-15", "2025-05-14")
	for month, want := range map[string]string{"2023-04": "0 ", "2023-05": "17 ", "2023-06": "30 SHORT", "2025-05": "14 "} {
		m := Month{Month: calendar.MustPeriod(month), Days: 10}
		m.judge(p)
		if got := fmt.Sprint(daysServed(p, m.Month), " ", m.State); got != want {
			t.Errorf("%s: %s, want %s", month, got, want)
		}
	}
	leaves := []Leave{{First: day("2023-05-30"), Last: day("2023-06-02")}, {First: day("2023-06-20"), Last: day("2023-06-20")}}
	if n := leaveDays(leaves, calendar.MustPeriod("2023-06")); n != 3 {
		t.Errorf("%d days of leave in June", n)
	}
}

// covers D14, G12
func TestFiguresBelongToAMilestone(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Postings: &template.Postings{Milestones: []template.Milestone{
		{Key: "households", Clock: posting.ClockQuarter, Formula: "householdsVisited >= households"},
		{Key: "member", Clock: posting.ClockTerm, Formula: "newPartyMembers >= 1"},
	}}}
	p := serves("2023-05-01", "2025-04-30")
	one := map[string]exact.Number{"newPartyMembers": exact.Int(1)}
	for _, c := range []struct {
		in   Figures
		want fault.Code
	}{
		{Figures{Milestone: "member", Label: "term", Values: one, Source: "台账"}, ""},
		{Figures{Milestone: "fame", Label: "term", Values: one, Source: "台账"}, fault.MilestoneUnknown},
		{Figures{Milestone: "member", Label: "2023", Values: one, Source: "台账"}, fault.MilestonePeriod},
		{Figures{Milestone: "households", Label: "2025-Q3", Values: one, Source: "台账"}, fault.MilestonePeriod},
		{Figures{Milestone: "households", Label: "2023-Q2", Values: one, Source: "台账"}, fault.MilestoneMetric},
		{Figures{Milestone: "member", Label: "term", Source: "台账"}, fault.Required},
		{Figures{Milestone: "member", Label: "term", Values: one, Source: " "}, fault.Required},
	} {
		if err := c.in.check(doc, p); fault.CodeOf(err) != c.want {
			t.Errorf("%s %s: %v, want %s", c.in.Milestone, c.in.Label, err, c.want)
		}
	}
}

// covers D26, D30
func TestEventsAreForAllOrForOne(t *testing.T) {
	t.Parallel()
	id, today := uuid.New(), day("2023-06-01")
	for _, c := range []struct {
		e    Event
		want fault.Code
	}{
		{Event{Kind: posting.Symposium, On: today}, ""}, {Event{Kind: posting.UnitVisit, Posting: &id, On: today}, ""},
		{Event{Kind: posting.UnitVisit, On: today}, fault.PostingEventKind}, {Event{Kind: posting.Symposium, Posting: &id, On: today}, fault.PostingEventKind},
		{Event{Kind: posting.Inspection, Posting: &id, On: today}, fault.PostingEventKind}, {Event{Kind: "check-in", On: today}, fault.PostingEventKind},
		{Event{Kind: posting.Training, On: today.AddDays(1)}, fault.PostingEventDate}, {Event{Kind: posting.Training}, fault.PostingEventDate},
	} {
		if err := c.e.check(today); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.e.Kind, err, c.want)
		}
	}
}

// Visits and hearings of the unit count once the liaison confirmed them.
// covers D30
func TestWhatCountsAsHeld(t *testing.T) {
	t.Parallel()
	id, liaison := uuid.New(), uuid.New()
	r := Record{Events: []Event{{Kind: posting.Symposium}, {Kind: posting.UnitVisit, Posting: &id}, {Kind: posting.UnitHearing, Posting: &id, ConfirmedBy: &liaison}},
		Inspections: []Inspection{{}}}
	var kinds []string
	for _, h := range r.held() {
		kinds = append(kinds, h.Kind)
	}
	if fmt.Sprint(kinds) != "[symposium unit-report inspection]" {
		t.Errorf("%v", kinds)
	}
}

// covers D34, D36
func TestOutstandingCadres(t *testing.T) {
	t.Parallel()
	quota := exact.Must("30%")
	doc := &template.Document{Grades: []template.GradeScale{
		{Key: "review", Steps: []template.GradeStep{{Key: "good"}}},
		{Key: "annual", Steps: []template.GradeStep{{Key: "excellent", Quota: &template.Quota{AtLeast: &quota}}, {Key: "competent"}}},
	}}
	p := serves("2021-10-01", "2023-09-30")
	p.Pseudonym = "F1"
	grade := func(year int, scale, g string) Grade { return Grade{Year: year, Scale: scale, Grade: g} }
	for _, c := range []struct {
		name   string
		grades []Grade
		want   string
	}{
		{"two years running", []Grade{grade(2021, "annual", "excellent"), grade(2022, "annual", "excellent")}, "[2021 2022] 2 true"},
		{"not running", []Grade{grade(2021, "annual", "excellent"), grade(2022, "annual", "competent"), grade(2023, "annual", "excellent")}, "[2021 2023] 1 false"},
		{"another posting's years", []Grade{grade(2019, "annual", "excellent"), grade(2022, "annual", "excellent")}, "[2022] 1 false"},
		{"the best of a scale without a quota", []Grade{grade(2022, "review", "good")}, ""},
		{"nothing", nil, ""},
	} {
		o, ok := outstanding(p, best(doc), c.grades)
		got := ""
		if ok {
			got = fmt.Sprint(o.Years, o.Running, o.Prefer)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A posting concerns the person, the liaison and the mentor.
func TestWhomAPostingConcerns(t *testing.T) {
	t.Parallel()
	person, liaison, mentor := uuid.New(), uuid.New(), uuid.New()
	p := &Posting{Person: person, Liaison: &liaison, Mentor: &mentor}
	for _, who := range []uuid.UUID{person, liaison, mentor} {
		if !p.concerns(who) {
			t.Errorf("%s", who)
		}
	}
	if p.concerns(uuid.New()) || p.concerns(uuid.Nil) || (&Posting{Person: person}).concerns(liaison) {
		t.Error("it concerns a stranger")
	}
}
