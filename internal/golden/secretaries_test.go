package golden

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/grading"
	"leitai/internal/posting"
	"leitai/internal/template"
)

// postedCase is the input of a case of kind s4: first secretaries.
type postedCase struct {
	SelectionDate string                  `json:"selectionDate"`
	MaxAge        int                     `json:"maxAge"`
	PartyYears    int                     `json:"minPartyYears"`
	WorkYears     int                     `json:"minWorkYears"`
	People        []postedPerson          `json:"people"`
	MinDays       int                     `json:"minDaysPerMonth"`
	Days          map[string][]int        `json:"daysInVillage"`
	Leave         map[string]map[int]int  `json:"approvedLeave"` // person, month from 1
	Scores        map[string]exact.Number `json:"annualScore"`
	Floor         exact.Number            `json:"excellentFloor"`
	Disqualified  map[string]string       `json:"disqualified_INVENTED"`
	TieBreak      []string                `json:"tieBreak"`
	Teams         map[string]int          `json:"teams"`
	TeamTypes     map[string]string       `json:"teamTypes"`
	MinTeam       int                     `json:"minTeam"`
	Milestones    map[string]struct {
		Visited    []int64 `json:"householdsVisitedQ"`
		Households int64   `json:"households"`
		Livelihood int64   `json:"livelihoodItems"`
		Income     []int64 `json:"collectiveIncome"`
		NewMembers int64   `json:"newPartyMembers"`
		Reserve    int64   `json:"reserve"`
		Principal  int64   `json:"reservePrincipal"`
	} `json:"milestones"`
}

type postedPerson struct {
	ID        string  `json:"id"`
	Born      string  `json:"born"`
	Status    string  `json:"partyStatus"`
	FullSince *string `json:"fullMemberSince"`
	WorkSince string  `json:"workSince"`
	Role      string  `json:"role"`
}

type postedAnswer struct {
	Eligibility []eligibilityRow `json:"eligibility"`
	Attendance  []attendanceRow  `json:"attendanceFlags"`
	Quota       struct {
		Kind           string `json:"kind"`
		N              int    `json:"n"`
		Exact          string `json:"exact"`
		Seats          int    `json:"seats"`
		WrongIfFloored int    `json:"wrongIfFloored"`
	} `json:"quota"`
	Excellent  []string                  `json:"excellent"`
	Awarded    int                       `json:"seatsAwarded"`
	Excluded   []string                  `json:"excludedHighScorer"`
	Shortages  []shortageRow             `json:"teamShortages"`
	Milestones map[string]map[string]any `json:"milestones"`
	FloorTable []map[string]int          `json:"floorTable"`
}

type eligibilityRow struct {
	ID       string           `json:"id"`
	Age      int              `json:"age"`
	Eligible bool             `json:"eligible"`
	Reasons  []posting.Reason `json:"reasons"`
}

type attendanceRow struct {
	ID    string        `json:"id"`
	Month int           `json:"month"`
	Days  int           `json:"days"`
	Leave int           `json:"approvedLeave"`
	State posting.State `json:"state"`
}

type shortageRow struct {
	Village string `json:"village"`
	Members int    `json:"members"`
	Min     int    `json:"min"`
}

// covers D01, D03, D04, D16, D17, D20, D21, D22, D24, D33, Q19, Q22, Q23
func runPosted(t *testing.T, input, expected []byte) {
	t.Helper()
	var c postedCase
	var want postedAnswer
	decode(t, input, &c)
	decode(t, expected, &want)
	doc := c.template(t)
	same(t, "eligibility", c.eligibility(doc), want.Eligibility)
	same(t, "attendanceFlags", c.attendance(doc), want.Attendance)
	c.checkGrades(t, doc, want)
	same(t, "teamShortages", c.shortages(doc), want.Shortages)
	for village, w := range want.Milestones {
		same(t, "milestones of "+village, c.milestones(t, doc, village), w)
	}
	c.checkFloors(t, doc, want)
}

// template writes the case as a template document.
func (c *postedCase) template(t *testing.T) *template.Document {
	t.Helper()
	classes := map[string]bool{}
	for _, class := range c.TeamTypes {
		classes[word(class)] = true
	}
	var list []string
	for class := range classes {
		list = append(list, class)
	}
	sort.Strings(list)
	return document(t, fmt.Sprintf(`schemaVersion: 1
key: first-secretary-term
name: {zh-Hans: 第一书记任期, en: First secretaries}
subject: person
calendar: {every: year, window: {from: 12-01, to: 12-31}}
scale: {points: 100, decimals: 2}
rubric: fixed
channels:
  verification: {name: 考核, weight: 100}
items:
  - {key: annual, name: 年度考核, points: 100}
ranking: {show: none}
postings:
  selection: {maxAge: %d, partyYears: %d, workYears: %d}
  team: {minMembers: %d, for: [%s]}
  statement: {minDays: %d}
  milestones:
    - {key: everyHouseholdEachQuarter, clock: quarterly, formula: householdsVisited >= households}
    - {key: livelihood3to5, clock: yearly, formula: livelihoodItems >= 3 and livelihoodItems <= 5}
    - {key: incomeGrowth30k, clock: yearly, formula: income - incomeBefore >= 30000}
    - {key: incomeAtLeast100k, clock: yearly, formula: income >= 100000}
    - {key: newPartyMember, clock: term, formula: newPartyMembers >= 1}
    - {key: reserve3to4, clock: term, formula: reserve >= 3 and reserve <= 4}
    - {key: reservePrincipal1to2, clock: term, formula: reservePrincipal >= 1 and reservePrincipal <= 2}
grades:
  annual:
    steps:
      excellent: {quota: {atLeast: %s, of: persons}, tieBreak: [%s], ties: inclusive}
      competent: {}
`, c.MaxAge, c.PartyYears, c.WorkYears, c.MinTeam, strings.Join(list, ", "), c.MinDays, percent(c.Floor), strings.Join(c.TieBreak, ", ")))
}

// percent writes a share as a template does.
func percent(share exact.Number) string { return share.Mul(exact.Int(100)).String() + "%" }

// document reads a document through the product's parser.
func document(t *testing.T, source string) *template.Document {
	t.Helper()
	doc, err := template.Parse([]byte(source))
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	return &doc
}

func (c *postedCase) eligibility(doc *template.Document) []eligibilityRow {
	var out []eligibilityRow
	for _, p := range c.People {
		facts := posting.Facts{Role: posting.Role(word(p.Role)), Born: calendar.MustDate(p.Born), WorkSince: calendar.MustDate(p.WorkSince), GrassrootsMonths: -1}
		if p.FullSince != nil && p.Status == "FULL" {
			facts.FullMemberSince = calendar.MustDate(*p.FullSince)
		}
		v := posting.Check(doc.Postings.Selection, facts, calendar.MustDate(c.SelectionDate))
		out = append(out, eligibilityRow{ID: p.ID, Age: v.Age, Eligible: v.Eligible(), Reasons: append([]posting.Reason{}, v.Reasons...)})
	}
	return out
}

// attendance lists the months that are not simply long enough.
func (c *postedCase) attendance(doc *template.Document) []attendanceRow {
	var out []attendanceRow
	for _, p := range c.People {
		for i, days := range c.Days[p.ID] {
			leave := c.Leave[p.ID][i+1]
			if state := posting.Month(doc.Postings.Statement, days, leave); state != posting.OK {
				out = append(out, attendanceRow{p.ID, i + 1, days, leave, state})
			}
		}
	}
	return out
}

func (c *postedCase) checkGrades(t *testing.T, doc *template.Document, want postedAnswer) {
	t.Helper()
	grades := scale(t, computed(t, c.assessment(doc)), "annual")
	seats := grades.Steps[0]
	quota := *doc.Grades[0].Steps[0].Quota
	got := want.Quota
	got.N, got.Exact, got.Seats = seats.Of, seats.Share, seats.Seats
	got.WrongIfFloored = grading.SeatsOf(template.Quota{AtMost: quota.AtLeast}, seats.Of).Seats
	if got.Kind = "AT_MOST"; quota.AtLeast != nil {
		got.Kind = "AT_LEAST"
	}
	same(t, "quota", got, want.Quota)
	same(t, "excellent", holders(grades, "excellent"), want.Excellent)
	same(t, "seatsAwarded", seats.Taken, want.Awarded)
	same(t, "excludedHighScorer", barred(grades), want.Excluded)
}

// barred lists who was kept from the best grade although somebody who stands
// lower has it.
func barred(grades contest.GradeResult) []string {
	last, out := 0, []string{}
	for i, l := range grades.Lines {
		if l.Grade == "excellent" {
			last = i
		}
	}
	for _, l := range grades.Lines[:last] {
		if slices.ContainsFunc(l.PassedOver, func(p contest.PassedOver) bool { return p.Rule == string(grading.SkippedBarred) }) {
			out = append(out, l.Subject)
		}
	}
	return out
}

// assessment is the annual round: one verified score each, the days stated over
// the year, and whom the inspection bars.
func (c *postedCase) assessment(doc *template.Document) contest.Input {
	in := contest.Input{Rules: contest.RulesVersion, Template: doc, Rubric: doc.Items, Round: contest.Round{ID: "annual", Period: "2022", Held: "2022-12-31"}}
	for _, p := range c.People {
		in.Roster = append(in.Roster, contest.Subject{ID: p.ID})
		in.Marks = append(in.Marks, contest.Mark{ID: p.ID, Item: "annual", Channel: "verification", Subject: p.ID, Judge: "office", Value: c.Scores[p.ID]})
		total := int64(0)
		for _, days := range c.Days[p.ID] {
			total += int64(days)
		}
		in.Facts = append(in.Facts, contest.Fact{Subject: p.ID, Key: "daysTotal", Value: exact.Int(total)})
		if c.Disqualified[p.ID] != "" {
			in.Facts = append(in.Facts, contest.Fact{Subject: p.ID, Key: contest.FactBarred, Value: exact.Int(1)})
		}
	}
	return in
}

func (c *postedCase) shortages(doc *template.Document) []shortageRow {
	out := []shortageRow{}
	var villages []string
	for village := range c.Teams {
		villages = append(villages, village)
	}
	sort.Strings(villages)
	for _, village := range villages {
		demand := posting.DemandOf(doc.Postings.Team, []string{word(c.TeamTypes[village])})
		if demand.Short(c.Teams[village]) > 0 {
			out = append(out, shortageRow{village, c.Teams[village], demand.MinMembers})
		}
	}
	return out
}

// milestones enters a village's figures for the year after the selection and
// reads the targets off on the day after the last quarter given.
func (c *postedCase) milestones(t *testing.T, doc *template.Document, village string) map[string]any {
	t.Helper()
	in := c.Milestones[village]
	year := calendar.PeriodOf(calendar.Year, calendar.MustDate(c.SelectionDate)).Next()
	quarter := calendar.PeriodOf(calendar.Quarter, year.First())
	n := func(i int64) exact.Number { return exact.Int(i) }
	last := len(in.Income) - 1
	figures := []posting.Figures{
		{Milestone: "livelihood3to5", Label: year.String(), Values: map[string]exact.Number{"livelihoodItems": n(in.Livelihood)}},
		{Milestone: "incomeGrowth30k", Label: year.String(), Values: map[string]exact.Number{"income": n(in.Income[last]), "incomeBefore": n(in.Income[last-1])}},
		{Milestone: "incomeAtLeast100k", Label: year.String(), Values: map[string]exact.Number{"income": n(in.Income[last])}},
		{Milestone: "newPartyMember", Label: posting.ClockTerm, Values: map[string]exact.Number{"newPartyMembers": n(in.NewMembers)}},
		{Milestone: "reserve3to4", Label: posting.ClockTerm, Values: map[string]exact.Number{"reserve": n(in.Reserve)}},
		{Milestone: "reservePrincipal1to2", Label: posting.ClockTerm, Values: map[string]exact.Number{"reservePrincipal": n(in.Principal)}},
	}
	for i, visited := range in.Visited {
		figures = append(figures, posting.Figures{Milestone: "everyHouseholdEachQuarter", Label: quarter.Add(i).String(),
			Values: map[string]exact.Number{"householdsVisited": n(visited), "households": n(in.Households)}})
	}
	term := posting.Term{From: year.First(), Last: quarter.Add(max(4, len(in.Visited)) - 1).Last()}
	targets, err := posting.Milestones(doc.Postings.Milestones, term, figures, term.Last.AddDays(1))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for _, target := range targets {
		var met []bool
		for _, slot := range target.Slots {
			met = append(met, slot.State == posting.Met)
		}
		out[target.Milestone.Key] = met[0]
		if target.Milestone.Clock == posting.ClockQuarter {
			out[target.Milestone.Key] = met
		}
	}
	return out
}

func (c *postedCase) checkFloors(t *testing.T, doc *template.Document, want postedAnswer) {
	t.Helper()
	quota := *doc.Grades[0].Steps[0].Quota
	key := "atLeast" + c.Floor.Mul(exact.Int(100)).String() + "pct"
	for _, row := range want.FloorTable {
		got := map[string]int{"n": row["n"], key: grading.SeatsOf(quota, row["n"]).Seats}
		same(t, "floorTable", got, row)
	}
}
