package programme_test

import (
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/programme"
)

// observation is a quarterly template with two stage priorities.
const observation = `
schemaVersion: 1
key: observation
name: 逐村观摩
basis: [{title: 演示通知, number: 演委发〔2023〕2号, issuer: 演示镇党委, date: 2023-01-05}]
subject: village
calendar: {every: quarter, day: 30}
channels:
  visit: {name: 现场观摩, source: onsite, weight: 100}
rubric: fixed
items:
  - {key: party, name: 党建, dimension: party-building, points: 60}
  - {key: habitat, name: 人居环境, dimension: habitat, points: 40}
coverage: {blocks: true}
deadlines: [{document: county-report, due: 06-25}, {document: year-plan, due: 12-20}]
`

// assessment is held in a window of the year after.
const assessment = `
schemaVersion: 1
key: assessment
name: 年度考核
basis: [{title: 演示通知}]
subject: village
calendar: {every: year, window: {from: 01-07, to: 01-17, in: next-year}}
channels:
  verification: {name: 核查, source: verification, weight: 100}
rubric: fixed
items: [{key: work, name: 工作, points: 100}]
deadlines: [{document: duty-report, due: 01-14, maxCharacters: 2000}]
`

func (w *township) opens(name, source, from string) *programme.Competition {
	w.t.Helper()
	v, err := w.use.CreateTemplate(w.ctx(), source)
	must(w.t, err)
	v, err = w.use.ActivateTemplate(w.ctx(), v.ID, 1, v.Report().Confirm)
	must(w.t, err)
	in := w.competition(v.ID)
	in.Name, in.FromPeriod = name, from
	c, err := w.use.CreateCompetition(w.ctx(), in)
	must(w.t, err)
	return c
}

// A year's programme is laid out before anything is planned: every quarter with
// its date, its version of the rules with its priorities, and what is due.
// covers B01, B18, B21, E27
func TestProgrammeOfAYear(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	c := w.opens("逐村观摩", observation, "2023-Q2")
	second := strings.NewReplacer("points: 60", "points: 30", "points: 40", "points: 70", "coverage: {blocks: true}", "coverage: {allSubjectsBy: 09-20}").Replace(observation)
	v, err := w.use.CreateTemplate(w.ctx(), second)
	must(t, err)
	_, err = w.use.ActivateTemplate(w.ctx(), v.ID, 1, nil)
	must(t, err)
	c, err = w.use.AddVersion(w.ctx(), c.ID, v.ID, "2023-Q3")
	must(t, err)
	year, err := w.use.YearProgramme(w.ctx(), c.ID, 2023)
	must(t, err)
	var got []string
	for _, e := range year {
		line := e.Period + " " + e.Held.String() + " by " + e.CoveredBy.String() + " under " + e.Version.FromPeriod
		for _, p := range e.Papers {
			line += " " + p.Document + "@" + p.Due.String()
		}
		got = append(got, line)
		if len(e.Priorities) != 2 || e.Priorities[1].ZH != "人居环境" {
			t.Errorf("%s looks at %v", e.Period, e.Priorities)
		}
	}
	want := []string{
		"2023-Q2 2023-06-30 by 2023-06-30 under 2023-Q2 county-report@2023-06-25",
		"2023-Q3 2023-10-07 by 2023-09-20 under 2023-Q3",
		"2023-Q4 2024-01-02 by 2023-12-31 under 2023-Q3 year-plan@2023-12-20",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	before, err := w.use.YearProgramme(w.ctx(), c.ID, 2022)
	must(t, err)
	days, err := w.use.Calendar(w.ctx(), 2023)
	must(t, err)
	if len(before) != 0 || len(days) != 0 {
		t.Errorf("%d entries of the year before, %d rounds stored", len(before), len(days))
	}
	_, err = w.use.YearProgramme(w.stranger(), c.ID, 2023)
	if l := refused(t, err, fault.NotFound); l[0].Field != "competition" {
		t.Errorf("at %s", l[0].Field)
	}
	_, err = w.use.YearProgramme(w.ctx(), c.ID, 99999)
	refused(t, err, fault.DateInvalid)
}

// A yearly window is planned on its first working day, and shows its last.
// covers E01, E04, E27
func TestARoundInAWindow(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	c := w.opens("年度考核", assessment, "2021")
	plan, err := w.use.PlanRounds(w.ctx(), c.ID, "2021", "2022")
	must(t, err)
	if e := plan.Entries; len(e) != 2 || e[0].Period != "2021" || e[0].Nominal.String() != "2022-01-07" || e[0].Held.String() != "2022-01-07" || e[0].Until.String() != "2022-01-17" ||
		e[1].Held.String() != "2023-01-09" || e[1].RolledDays != 2 || e[1].State != "planned" {
		t.Errorf("planned %+v", e)
	}
	year, err := w.use.YearProgramme(w.ctx(), c.ID, 2021)
	must(t, err)
	if len(year) != 1 || len(year[0].Papers) != 1 || year[0].Papers[0].Due.String() != "2022-01-14" || year[0].Papers[0].MaxCharacters != 2000 || year[0].State != "planned" || year[0].Round != plan.Entries[0].Round {
		t.Errorf("the programme: %+v", year)
	}
	_, err = w.use.PlanRounds(w.ctx(), c.ID, "2023-01", "2023-02")
	refused(t, err, fault.PeriodCadence)
}
