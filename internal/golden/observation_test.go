package golden

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/ballot"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// observationCase is the input of a case of kind s2.
type observationCase struct {
	Villages   []string                             `json:"villages"`
	Areas      []string                             `json:"areas"`
	Marks      map[string]map[string]*exact.Number  `json:"marks"` // village, area
	MarksScale exact.Number                         `json:"marksScale"`
	Raters     map[string]exact.Number              `json:"raterWeights_INVENTED"`
	Options    map[string]exact.Number              `json:"gradeValue_INVENTED"`
	Blend      map[string]exact.Number              `json:"blend_INVENTED"`
	Lights     map[string]exact.Number              `json:"lights_INVENTED"`
	Ballots    map[string]map[string]map[string]int `json:"ballots"` // village, group, what was said
	Visited    []string                             `json:"visited"`
	Photos     map[string]int                       `json:"photos"`
	MinPhotos  int                                  `json:"minPhotos"`
	Issues     map[string][]string                  `json:"issueAreas"`
}

type observationAnswer struct {
	Table        []observationRow     `json:"table"`
	Coverage     string               `json:"coverage"`
	Publishable  bool                 `json:"publishable"`
	Blockers     []observationBlocker `json:"blockers"`
	IssuesOpened int                  `json:"issuesOpened"`
	CountyReport map[string]int       `json:"countyReport"`
}

type observationRow struct {
	Village  string  `json:"village"`
	Tour     *string `json:"tour"`
	Assembly *string `json:"assembly"`
	Total    *string `json:"total"`
	Rank     *int    `json:"rank"`
	Light    *string `json:"light"`
}

type observationBlocker struct {
	Code     string   `json:"code"`
	Villages []string `json:"villages"`
}

// template writes the case as a template document.
func (c *observationCase) template(t *testing.T) *template.Document {
	t.Helper()
	percent := func(shares map[string]exact.Number, key string) string {
		return shares[key].Mul(exact.Int(100)).String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, `schemaVersion: 1
key: town-observation
name: {zh-Hans: 逐村观摩, en: Town observation}
basis: [{title: 观摩方案, number: 例发〔2023〕3号, issuer: 例镇党委, date: 2023-04-01}]
subject: village
calendar: {every: quarter, day: 30}
scale: {points: %s, decimals: 2}
channels: {onsite: {name: 现场观摩, weight: 100, judges: {min: 1, combine: single}, range: [0, %s]}}
rubric: fixed
items:
`, c.MarksScale.Mul(exact.Int(int64(len(c.Areas)))), c.MarksScale)
	for _, area := range c.Areas {
		fmt.Fprintf(&b, "  - {key: %s, name: %s, dimension: party-building, kind: points, points: %s}\n", strings.ToLower(area), area, c.MarksScale)
	}
	fmt.Fprintf(&b, `parts: [{key: tour, weight: %s, from: items}, {key: assembly, weight: %s, from: ballots.assembly}]
ballots:
  assembly:
    options: {`, percent(c.Blend, "tour"), percent(c.Blend, "assembly"))
	for _, option := range sortedKeys(c.Options) {
		fmt.Fprintf(&b, "%s: %s, ", option, c.Options[option])
	}
	b.WriteString("}\n    groups: {")
	for _, group := range sortedKeys(c.Raters) {
		fmt.Fprintf(&b, "%s: {weight: %s}, ", kebab(group), percent(c.Raters, group))
	}
	fmt.Fprintf(&b, `}
    recuse: [own-village]
legend: {green: {from: %s}, yellow: {from: %s}, red: {}}
ranking: {show: none}
coverage: {blocks: true}
evidence: {minPhotos: %d}
`, c.Lights["green"], c.Lights["yellow"], c.MinPhotos)
	doc, err := template.Parse([]byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return &doc
}

// round enters marks, and the ballots as the ballot room tallies them.
func (c *observationCase) round(doc *template.Document) contest.Input {
	in := contest.Input{
		Rules: contest.RulesVersion, Template: doc, Rubric: doc.Items,
		Round: contest.Round{ID: "observation", Period: "2023-Q2", Held: "2023-06-30"},
	}
	var counts []ballot.SubjectCount
	for _, village := range c.Villages {
		in.Roster = append(in.Roster, contest.Subject{ID: village})
		for _, area := range c.Areas {
			if mark := c.Marks[village][area]; mark != nil {
				in.Marks = append(in.Marks, contest.Mark{ID: village + area, Item: strings.ToLower(area), Channel: "onsite", Subject: village, Judge: "tour", Value: *mark})
			}
		}
		if len(c.Ballots[village]) > 0 {
			counts = append(counts, c.counts(village))
		}
	}
	rule, _ := doc.Ballot("assembly")
	for _, r := range ballot.TallyAll(rule, counts) {
		if r.Scored {
			in.Ballots = append(in.Ballots, contest.BallotScore{Ballot: r.Ballot, Subject: r.Subject, Score: r.Score, Valid: r.Valid})
		}
	}
	return in
}

func (c *observationCase) counts(village string) ballot.SubjectCount {
	s := ballot.SubjectCount{Subject: village}
	for group, said := range c.Ballots[village] {
		g := ballot.GroupCount{Group: kebab(group), Options: map[string]int{}, Invalid: said["invalid"], Recused: said["recused"], Abstained: said["abstained"]}
		for option := range c.Options {
			g.Options[option] = said[option]
		}
		s.Groups = append(s.Groups, g)
	}
	return s
}

// covers B01, B06, B09, B22, Q26
func runObservation(t *testing.T, input, expected []byte) {
	t.Helper()
	var c observationCase
	var want observationAnswer
	decode(t, input, &c)
	decode(t, expected, &want)
	doc := c.template(t)
	result, err := contest.Compute(c.round(doc))
	if err != nil {
		t.Fatal(err)
	}
	visited := map[string]bool{}
	for _, village := range c.Visited {
		visited[village] = true
	}
	got := observationAnswer{Coverage: fmt.Sprintf("%d/%d", len(c.Visited), len(c.Villages)), CountyReport: map[string]int{"villages": len(c.Villages), "observed": len(c.Visited)}, Blockers: []observationBlocker{}}
	for _, s := range result.Standings {
		got.Table = append(got.Table, observationLine(s))
		if s.Light != "" {
			got.CountyReport[s.Light]++
		}
	}
	for _, light := range []string{"green", "yellow", "red"} {
		got.CountyReport[light] += 0
	}
	for _, f := range contest.Coverage(doc, calendar.MustPeriod("2023-Q2"), c.Villages, visited, c.Photos) {
		got.Blockers = append(got.Blockers, observationBlocker{Code: string(f.Code), Villages: f.Subjects})
	}
	got.Publishable = len(got.Blockers)+len(result.Gaps) == 0
	for _, areas := range c.Issues {
		got.IssuesOpened += len(areas)
	}
	same(t, "answer", got, want)
}

func observationLine(s contest.Standing) observationRow {
	row := observationRow{Village: s.Subject}
	if s.Rank == 0 {
		return row
	}
	light := strings.ToUpper(s.Light)
	row.Tour, row.Assembly, row.Total, row.Rank, row.Light = &s.Parts[0].Shown, &s.Parts[1].Shown, &s.Shown, &s.Rank, &light
	return row
}
