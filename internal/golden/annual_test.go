package golden

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leitai/internal/ballot"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/grading"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// annualCase is the input of a case of kind s5: an annual assessment.
type annualCase struct {
	Units       map[string]exact.Number            `json:"units"`
	Groups      map[string]exact.Number            `json:"groupWeights_INVENTED"`
	Options     map[string]exact.Number            `json:"gradeValue_INVENTED"`
	Blend       map[string]exact.Number            `json:"blend_INVENTED"`
	Secretaries map[string]annualSecretary         `json:"secretaries"`
	Cadres      map[string]annualContestant        `json:"cadres"`
	Teams       map[string]annualContestant        `json:"teams"`
	Caps        map[string]exact.Number            `json:"caps"`
	CapRule     struct{ IfDutyReviewBelow string } `json:"capRule"`
	InterviewIf []string                           `json:"interviewIf"`
	SmallCell   int                                `json:"smallCell"`
}

type annualSecretary struct {
	Village    string                    `json:"village"`
	Ballots    map[string]map[string]int `json:"ballots"` // group, what was said
	Work       string                    `json:"work"`
	DutyReview string                    `json:"dutyReview"`
}

type annualContestant struct {
	Village string       `json:"village"`
	Score   exact.Number `json:"score"`
	Members int64        `json:"members"`
}

type annualAnswer struct {
	Secretaries struct {
		Cap            int           `json:"cap"`
		Exact          string        `json:"exact"`
		WrongIfRounded exact.Number  `json:"wrongIfRounded"`
		Rows           []assessedRow `json:"rows"`
		Excellent      []string      `json:"excellent"`
		Skipped        []skippedRow  `json:"skipped"`
	} `json:"secretaries"`
	Units struct {
		Cap    int      `json:"cap"`
		Sure   []string `json:"sure"`
		Tied   []string `json:"tiedForLastSeat"`
		ClassA []string `json:"classA"`
		Unused int      `json:"unusedSeatsIfTieLeftUnresolved"`
	} `json:"units"`
	Cadres struct {
		N     int      `json:"n"`
		Cap   int      `json:"cap"`
		Exact string   `json:"exact"`
		Sure  []string `json:"sure"`
		Edge  []string `json:"edge"`
		Left  int      `json:"seatsLeftForEdge"`
	} `json:"cadres"`
	Teams struct {
		ByTeams   int      `json:"capByTeams"`
		ByPersons int      `json:"capByPersons"`
		Order     []string `json:"order"`
	} `json:"teams"`
	Table []map[string]int `json:"quotaTable_atMost"`
}

type assessedRow struct {
	ID         string   `json:"id"`
	Ballot     string   `json:"ballot"`
	Work       string   `json:"work"`
	Composite  string   `json:"composite"`
	DutyReview string   `json:"dutyReview"`
	Valid      int      `json:"validBallots"`
	SetAside   int      `json:"invalidOrAbstain"`
	Below      []string `json:"groupsBelowThreshold"`
	Breakdown  bool     `json:"breakdownPublished"`
	Rank       int      `json:"rank"`
	Grade      string   `json:"grade"`
	Interview  bool     `json:"interview"`
}

type skippedRow struct {
	ID   string `json:"id"`
	Rule string `json:"rule"`
}

// covers E08, E12, E13, E14, E15, E20, E22, E23, Q17, Q20, Q21, Q26, Q28, Q34
func runAnnual(t *testing.T, input, expected []byte) {
	t.Helper()
	var c annualCase
	var want annualAnswer
	decode(t, input, &c)
	decode(t, expected, &want)
	var got annualAnswer
	c.secretaries(t, &got)
	c.units(t, &got)
	c.cadres(t, &got)
	c.teams(t, &got)
	for _, row := range want.Table {
		out := map[string]int{"n": row["n"]}
		for key := range row {
			if share, err := exact.Parse(key); key != "n" && err == nil {
				out[key] = grading.SeatsOf(template.Quota{AtMost: &share}, row["n"]).Seats
			}
		}
		got.Table = append(got.Table, out)
	}
	same(t, "secretaries", got.Secretaries, want.Secretaries)
	same(t, "units", got.Units, want.Units)
	same(t, "cadres", got.Cadres, want.Cadres)
	same(t, "teams", got.Teams, want.Teams)
	same(t, "quotaTable_atMost", got.Table, want.Table)
}

// annual writes one of the four assessments as a template document: what is
// judged is one verified score, and the best grade has a ceiling.
func annual(t *testing.T, subject, parts, more, best, step string) *template.Document {
	t.Helper()
	return document(t, fmt.Sprintf(`schemaVersion: 1
key: annual-assessment
name: {zh-Hans: 年度考核, en: Annual assessment}
subject: %s
calendar: {every: year, window: {from: 01-07, to: 01-17}}
scale: {points: 100, decimals: 2}
channels: {verification: {name: 核实, weight: 100}}
rubric: fixed
items: [{key: work, name: 工作实绩, points: 100}]
%s
ranking: {show: none}
%s
  annual:
    steps:
      %s: {%s}
      competent-or-below: {}
`, subject, parts, more, best, step))
}

// input enters everybody's verified score.
func (c *annualCase) input(doc *template.Document, scores map[string]exact.Number) contest.Input {
	in := contest.Input{Rules: contest.RulesVersion, Template: doc, Rubric: doc.Items, Round: contest.Round{ID: "annual", Period: "2021", Held: "2022-01-17"}}
	ids := sortedKeys(scores)
	slices.SortFunc(ids, ranking.Compare)
	for _, id := range ids {
		in.Roster = append(in.Roster, contest.Subject{ID: id})
		in.Marks = append(in.Marks, contest.Mark{ID: id, Item: "work", Channel: "verification", Subject: id, Judge: "office", Value: scores[id]})
	}
	return in
}

func computed(t *testing.T, in contest.Input) *contest.Result {
	t.Helper()
	result, err := contest.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// scale reads one scale's answer off a result.
func scale(t *testing.T, result *contest.Result, key string) contest.GradeResult {
	t.Helper()
	for _, g := range result.Grades {
		if g.Scale == key {
			return g
		}
	}
	t.Fatalf("no grades of %s", key)
	return contest.GradeResult{}
}

func holders(g contest.GradeResult, grade string) []string {
	out := []string{}
	for _, l := range g.Lines {
		if l.Grade == grade {
			out = append(out, l.Subject)
		}
	}
	return out
}

func (c *annualCase) secretaryTemplate(t *testing.T) *template.Document {
	t.Helper()
	hundred := exact.Int(100)
	options, groups := "", ""
	for _, option := range sortedKeys(c.Options) {
		options += fmt.Sprintf("%s: %s, ", option, c.Options[option])
	}
	for _, group := range sortedKeys(c.Groups) {
		groups += fmt.Sprintf("%s: {weight: %s}, ", kebab(group), c.Groups[group].Mul(hundred))
	}
	talk := make([]string, len(c.InterviewIf))
	for i, grade := range c.InterviewIf {
		talk[i] = word(grade)
	}
	return annual(t, "person",
		fmt.Sprintf(`parts: [{key: ballot, weight: %s, from: ballots.assembly}, {key: work, weight: %s, from: items}]
ballots:
  assembly: {options: {%s}, groups: {%s}, threshold: %d}`, c.Blend["ballot"].Mul(hundred), c.Blend["work"].Mul(hundred), options, groups, c.SmallCell),
		fmt.Sprintf(`talkIf: {duty-review: [%s]}
grades:
  duty-review: {of: entered, steps: {good: {}, fairly-good: {}, average: {}, poor: {}}}`, strings.Join(talk, ", ")),
		"excellent", fmt.Sprintf("quota: {atMost: %s, kind: hard, of: persons}, needs: {duty-review: %s}, ties: decide, unused: pass-on",
			percent(c.Caps["secretariesExcellent"]), word(c.CapRule.IfDutyReviewBelow)))
}

func (c *annualCase) secretaries(t *testing.T, got *annualAnswer) {
	t.Helper()
	doc := c.secretaryTemplate(t)
	scores := map[string]exact.Number{}
	for id, s := range c.Secretaries {
		scores[id] = exact.Must(s.Work)
	}
	in := c.input(doc, scores)
	tallied := map[string]ballot.Result{}
	rule, _ := doc.Ballot("assembly")
	for _, r := range ballot.TallyAll(rule, c.counts(in.Roster)) {
		tallied[r.Subject] = r
		in.Ballots = append(in.Ballots, contest.BallotScore{Ballot: r.Ballot, Subject: r.Subject, Score: r.Score, Valid: r.Valid})
		in.GradeDecisions = append(in.GradeDecisions, contest.GradeDecision{Scale: "duty-review", Subject: r.Subject,
			Grade: word(c.Secretaries[r.Subject].DutyReview), Reason: "述职评议", By: "office"})
	}
	result := computed(t, in)
	grades := scale(t, result, "annual")
	out := &got.Secretaries
	out.Cap, out.Exact, out.Excellent = grades.Steps[0].Seats, grades.Steps[0].Share, holders(grades, "excellent")
	quota := grading.SeatsOf(*doc.Grades[1].Steps[0].Quota, grades.Steps[0].Of)
	out.WrongIfRounded = quota.Exact.Round(0, exact.HalfUp)
	out.Skipped = c.skipped(grades)
	for _, subject := range in.Roster {
		out.Rows = append(out.Rows, c.assessedRow(t, subject.ID, result, tallied[subject.ID]))
	}
}

func (c *annualCase) counts(roster []contest.Subject) []ballot.SubjectCount {
	var all []ballot.SubjectCount
	for _, subject := range roster {
		s := ballot.SubjectCount{Subject: subject.ID}
		for group, said := range c.Secretaries[subject.ID].Ballots {
			g := ballot.GroupCount{Group: kebab(group), Options: map[string]int{}, Invalid: said["invalid"], Abstained: said["abstain"]}
			for option := range c.Options {
				g.Options[option] = said[option]
			}
			s.Groups = append(s.Groups, g)
		}
		all = append(all, s)
	}
	return all
}

func (c *annualCase) assessedRow(t *testing.T, id string, result *contest.Result, tallied ballot.Result) assessedRow {
	t.Helper()
	row := assessedRow{ID: id, Work: c.Secretaries[id].Work, Valid: tallied.Valid, SetAside: tallied.SetAside, Breakdown: tallied.Breakdown, Below: []string{}}
	for _, group := range sortedKeys(c.Groups) {
		if slices.Contains(tallied.Small, kebab(group)) {
			row.Below = append(row.Below, group)
		}
	}
	for _, s := range result.Standings {
		if s.Subject == id {
			row.Ballot, row.Composite, row.Rank = s.Parts[0].Shown, s.Shown, s.Rank
		}
	}
	for _, g := range result.Grades {
		for _, l := range g.Lines {
			switch {
			case l.Subject != id:
			case g.Scale == "duty-review":
				row.DutyReview = constant(l.Grade)
			default:
				row.Grade = constant(l.Grade)
			}
		}
	}
	row.Interview = slices.ContainsFunc(result.Outcomes, func(p outcome.Proposal) bool { return p.Subject == id && p.Do == outcome.DoTalk })
	return row
}

// constant turns the template's word into the case's constant.
func constant(w string) string { return strings.ToUpper(strings.ReplaceAll(w, "-", "_")) }

// skipped lists who was passed over for a grade needed elsewhere although
// somebody who stands lower has the seat.
func (c *annualCase) skipped(grades contest.GradeResult) []skippedRow {
	last, out := 0, []skippedRow{}
	for i, l := range grades.Lines {
		if l.Grade == "excellent" {
			last = i
		}
	}
	for _, l := range grades.Lines[:last] {
		for _, p := range l.PassedOver {
			if p.Rule == string(grading.SkippedNeeds) {
				out = append(out, skippedRow{l.Subject, "CAP_BELOW_" + c.CapRule.IfDutyReviewBelow})
			}
		}
	}
	return out
}

// units breaks the tie by the work of each unit's secretary, and shows what an
// undecided tie would leave open.
func (c *annualCase) units(t *testing.T, got *annualAnswer) {
	t.Helper()
	parts := `parts: [{key: score, weight: 100, from: items}, {key: secretary-work, weight: 0, from: entered}]`
	quota := "quota: {atMost: " + percent(c.Caps["unitsClassA"]) + "}, ties: decide"
	play := func(step string) contest.GradeResult {
		in := c.input(annual(t, "village", parts, "grades:", "class-a", step), c.Units)
		for _, s := range c.Secretaries {
			in.Entered = append(in.Entered, contest.Entered{Part: "secretary-work", Subject: s.Village, Value: exact.Must(s.Work), Reason: "核实", By: "office"})
		}
		return scale(t, computed(t, in), "annual")
	}
	open, broken := play(quota), play(quota+", tieBreak: [secretary-work]")
	out := &got.Units
	out.Cap, out.Sure, out.Tied, out.Unused = open.Steps[0].Seats, holders(open, "class-a"), open.Steps[0].Tied, open.Steps[0].Open
	out.ClassA = holders(broken, "class-a")
}

func (c *annualCase) cadres(t *testing.T, got *annualAnswer) {
	t.Helper()
	doc := annual(t, "person", "", "grades:", "excellent", "quota: {atMost: "+percent(c.Caps["cadresExcellent"])+", of: persons}, ties: decide")
	grades := scale(t, computed(t, c.input(doc, scoresOf(c.Cadres))), "annual")
	seats := grades.Steps[0]
	out := &got.Cadres
	out.N, out.Cap, out.Exact, out.Sure, out.Edge, out.Left = seats.Of, seats.Seats, seats.Share, holders(grades, "excellent"), seats.Tied, seats.Open
}

func (c *annualCase) teams(t *testing.T, got *annualAnswer) {
	t.Helper()
	doc := annual(t, "team", "", "grades:", "excellent", "quota: {atMost: "+percent(c.Caps["teamsExcellent"])+", of: teams}, ties: decide")
	in := c.input(doc, scoresOf(c.Teams))
	for _, id := range sortedKeys(c.Teams) {
		in.Facts = append(in.Facts, contest.Fact{Subject: id, Key: contest.FactPersons, Value: exact.Int(c.Teams[id].Members)})
	}
	result := computed(t, in)
	seats := scale(t, result, "annual").Steps[0]
	got.Teams.ByTeams = seats.Seats
	if seats.Beside != nil {
		got.Teams.ByPersons = seats.Beside.Seats
	}
	for _, s := range result.Standings {
		got.Teams.Order = append(got.Teams.Order, s.Subject)
	}
}

func scoresOf(all map[string]annualContestant) map[string]exact.Number {
	out := map[string]exact.Number{}
	for id, c := range all {
		out[id] = c.Score
	}
	return out
}
