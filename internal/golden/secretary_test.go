package golden

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// secretaryCase is the input of a case of kind s3.
type secretaryCase struct {
	Villages []string                               `json:"villages"`
	Track    map[string]string                      `json:"track"`
	Months   []string                               `json:"months"`
	Themes   map[string]string                      `json:"themes"`
	Weights  map[string]exact.Number                `json:"stepWeights_INVENTED"`
	Speech   string                                 `json:"speechPolicy"`
	Marks    map[string]map[string]map[string]marks `json:"marks"` // month, village, step
	Scope    string                                 `json:"bandScope"`
	Improved struct {
		Gain int `json:"minRankGain"`
	} `json:"improvedRule_INVENTED"`
	Exchanges map[string][]secretaryPair `json:"exchanges"`
	Least     int                        `json:"minExchangesPerMonth"`
}

type secretaryPair struct {
	Lead   string `json:"lead"`
	Follow string `json:"follow"`
	Count  *int   `json:"count,omitempty"`
}

type secretaryAnswer struct {
	Months  map[string]secretaryMonth `json:"months"`
	Quarter struct {
		Table []secretaryMean `json:"table"`
		Mayor []string        `json:"interviewByMayor"`
	} `json:"quarter"`
}

type secretaryMonth struct {
	Theme     string            `json:"theme"`
	Table     []trackedRow      `json:"table"`
	Share     []string          `json:"shareExperience"`
	Improved  []string          `json:"improved"`
	Deputy    []string          `json:"interviewByDeputySecretary"`
	Pairing   []secretaryPair   `json:"suggestedPairing"`
	Shortfall []secretaryPair   `json:"exchangeShortfall"`
	Ranges    map[string][2]int `json:"rankRangeLeaveOneJudgeOut"`
}

type trackedRow struct {
	Village    string  `json:"village"`
	Track      string  `json:"track"`
	Total      string  `json:"total"`
	Rank       int     `json:"rank"`
	TrackRank  int     `json:"trackRank"`
	Percentile *string `json:"trackPercentile"`
	Change     *int    `json:"rankChange"`
}

type secretaryMean struct {
	Village string `json:"village"`
	Mean    string `json:"mean"`
	Rank    int    `json:"rank"`
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// kebab writes a case's name as a key of a template.
func kebab(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// template writes the case as a template document.
func (c *secretaryCase) template(t *testing.T) *template.Document {
	t.Helper()
	policies := map[string]string{"TRIM_ONE_EACH_END": "combine: trimmed, drop: 1", "MEAN": "combine: mean", "MEDIAN": "combine: median"}
	scopes := map[string]string{"WHOLE_LIST": "all", "TRACK": "track"}
	if policies[c.Speech] == "" || scopes[c.Scope] == "" {
		t.Fatalf("the case combines by %q and bands by %q, which are unknown", c.Speech, c.Scope)
	}
	var b strings.Builder
	b.WriteString(`schemaVersion: 1
key: secretary-arena
name: {zh-Hans: 村党组织书记擂台比武, en: Secretaries' arena}
basis: [{title: 活动方案, number: 例发〔2023〕4号, issuer: 例镇党委, date: 2023-01-01}]
subject: person
calendar: {every: month, day: 25}
tracks: {groupSet: village-class}
channels:
`)
	for _, step := range sortedKeys(c.Weights) {
		combine := "combine: single"
		if step == "speech" {
			combine = policies[c.Speech]
		}
		fmt.Fprintf(&b, "  %s: {name: %s, weight: %s, judges: {min: %d, %s}}\n", kebab(step), step, c.Weights[step].Mul(exact.Int(100)), c.judges(step), combine)
	}
	fmt.Fprintf(&b, `rubric: per-round
themes: per-round
ranking: {scope: %s}
bands:
  top: {best: 3}
  bottom: {worst: 3}
  improved: {gain: %d}
outcomes:
  - {when: top, do: sharing}
  - {when: improved, do: sharing}
  - {when: bottom, do: talk, byRole: deputy-secretary}
pairing: {lead: top, follow: bottom, exchangesPerMonth: %d}
rollups:
  quarter:
    aggregate: mean
    bands: {bottom: {worst: 3}}
    outcomes: [{when: bottom, do: talk, byRole: mayor}]
`, scopes[c.Scope], c.Improved.Gain, c.Least)
	doc, err := template.Parse([]byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return &doc
}

// judges is the least number of judges that any village had in a step.
func (c *secretaryCase) judges(step string) int {
	least := 0
	for _, villages := range c.Marks {
		for _, steps := range villages {
			if n := len(steps[step]); n > 0 && (least == 0 || n < least) {
				least = n
			}
		}
	}
	return max(least, 1)
}

func (c *secretaryCase) round(doc *template.Document, month string) contest.Input {
	in := contest.Input{
		Rules: contest.RulesVersion, Template: doc, Round: contest.Round{ID: month, Period: month, Held: month + "-25"},
		Rubric: []template.Item{{Key: "theme", Kind: template.KindPoints, Points: exact.Int(100)}},
	}
	for _, village := range c.Villages {
		steps := c.Marks[month][village]
		in.Roster = append(in.Roster, contest.Subject{ID: village, Unit: village, Track: c.Track[village], Absent: len(steps) == 0})
		for step, values := range steps {
			for j, value := range values {
				judge := fmt.Sprintf("%s-%d", step, j)
				in.Marks = append(in.Marks, contest.Mark{ID: month + village + judge, Item: "theme", Channel: kebab(step), Subject: village, Judge: judge, Value: value})
			}
		}
	}
	return in
}

// covers C03, C04, C10, C11, C12, C14, C15, Q24, Q25
func runSecretaries(t *testing.T, input, expected []byte) {
	t.Helper()
	var c secretaryCase
	var want secretaryAnswer
	decode(t, input, &c)
	decode(t, expected, &want)
	doc := c.template(t)
	got := secretaryAnswer{Months: map[string]secretaryMonth{}}
	var history []contest.Held
	var rounds []outcome.PublishedRound
	for _, month := range c.Months {
		in := c.round(doc, month)
		in.History = history
		result, err := contest.Compute(in)
		if err != nil || len(result.Gaps) > 0 {
			t.Fatalf("%s: %v, gaps %v", month, err, result.Gaps)
		}
		history = append(history, contest.AsHeld(in, result))
		rounds = append(rounds, published(month, result))
		got.Months[month] = c.month(month, result)
	}
	for _, month := range c.Months {
		same(t, month, got.Months[month], want.Months[month])
	}
	rule, _ := doc.Rollup("quarter")
	rolled := outcome.Summarise(doc, rule, outcome.Summed{Rounds: rounds})
	for _, l := range rolled.Lines {
		got.Quarter.Table = append(got.Quarter.Table, secretaryMean{l.Subject, l.Published.Fixed(doc.Scale.Decimals), l.Rank})
	}
	got.Quarter.Mayor = called(rolled.Proposals, outcome.DoTalk, "mayor")
	same(t, "quarter", got.Quarter, want.Quarter)
}

func published(month string, result *contest.Result) outcome.PublishedRound {
	round := outcome.PublishedRound{Period: calendar.MustPeriod(month), Totals: map[string]exact.Number{}, Ranks: map[string]int{}}
	for _, s := range result.Standings {
		if s.Rank > 0 {
			round.Totals[s.Subject], round.Ranks[s.Subject] = s.Total, s.Rank
		}
	}
	return round
}

// called lists whom proposals call for something by a role, in their order.
func called(all []outcome.Proposal, do, role string) []string {
	out := []string{}
	for _, p := range all {
		if p.Do == do && p.ByRole == role && !slices.Contains(out, p.Subject) {
			out = append(out, p.Subject)
		}
	}
	return out
}

func (c *secretaryCase) month(month string, result *contest.Result) secretaryMonth {
	m := secretaryMonth{Theme: c.Themes[month], Improved: []string{}, Ranges: map[string][2]int{}, Pairing: []secretaryPair{}}
	for _, s := range result.Standings {
		row := trackedRow{Village: s.Subject, Track: s.Track, Total: s.Shown, Rank: s.Rank, TrackRank: s.TrackRank}
		if s.Percentile != nil {
			shown := s.Percentile.Fixed(1)
			row.Percentile = &shown
		}
		if s.Previous > 0 {
			row.Change = &s.Change
		}
		m.Table = append(m.Table, row)
		if slices.Contains(s.Bands, "improved") {
			m.Improved = append(m.Improved, s.Subject)
		}
		if s.Range != nil && s.Range.Best != s.Range.Worst {
			m.Ranges[s.Subject] = [2]int{s.Range.Best, s.Range.Worst}
		}
	}
	m.Share = called(result.Outcomes, "sharing", "")
	slices.SortFunc(m.Share, ranking.Compare)
	slices.SortFunc(m.Improved, ranking.Compare)
	m.Deputy = called(result.Outcomes, outcome.DoTalk, "deputy-secretary")
	for _, p := range result.Pairs {
		m.Pairing = append(m.Pairing, secretaryPair{Lead: p.Lead, Follow: p.Follow})
	}
	m.Shortfall = c.shortfall(month)
	return m
}

// shortfall logs the case's exchanges as meetings of pairs.
func (c *secretaryCase) shortfall(month string) []secretaryPair {
	period := calendar.MustPeriod(month)
	var pairs []outcome.Paired
	var met []outcome.Exchange
	for _, e := range c.Exchanges[month] {
		pair := outcome.Paired{ID: e.Lead + "/" + e.Follow, Lead: e.Lead, Follow: e.Follow, PerMonth: c.Least, From: period.First()}
		pairs = append(pairs, pair)
		for range *e.Count {
			met = append(met, outcome.Exchange{Pair: pair.ID, Date: period.Last(), Offline: true})
		}
	}
	out := []secretaryPair{}
	for _, s := range outcome.Shortfalls(pairs, met, period) {
		out = append(out, secretaryPair{Lead: s.Pair.Lead, Follow: s.Pair.Follow, Count: &s.Count})
	}
	return out
}
