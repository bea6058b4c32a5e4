package golden

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// arenaCase is the input of a case of kind s1, parameter by parameter.
type arenaCase struct {
	Villages []string                `json:"villages"`
	Months   []string                `json:"months"`
	Weights  map[string]exact.Number `json:"weights"`
	Scale    exact.Number            `json:"scale"`
	Decimals int                     `json:"publishDecimals"`
	RankOn   string                  `json:"rankOn"`
	Items    map[string][]struct {
		Key  string       `json:"key"`
		Full exact.Number `json:"full"`
	} `json:"items"`
	Marks map[string]map[string]map[string]map[string]marks `json:"marks"` // month, village, item, channel
	Rules struct {
		TopN       int    `json:"topN"`
		BottomN    int    `json:"bottomN"`
		TieReward  string `json:"tieReward"`
		TiePenalty string `json:"tiePenalty"`
		Streak     struct {
			Band         string `json:"band"`
			Length       int    `json:"length"`
			AfterTrigger string `json:"afterTrigger"`
		} `json:"streak"`
		PointsByRank []exact.Number          `json:"pointsByRank"`
		PointsByRole map[string]exact.Number `json:"pointsByRole"`
		HalfYear     struct {
			Months    int            `json:"months"`
			Aggregate string         `json:"aggregate"`
			Reward    []exact.Number `json:"rewardYuan_INVENTED"`
			Fine      []exact.Number `json:"fineYuan_INVENTED"`
		} `json:"halfYear"`
	} `json:"rules"`
	Leaders map[string]string `json:"linkLeader"`
	Cadres  map[string]string `json:"cadre"`
	Issues  []arenaIssue      `json:"issues"`
	AsOf    string            `json:"asOf"`
}

type arenaIssue struct {
	ID      string       `json:"id"`
	Village string       `json:"village"`
	Due     string       `json:"due"`
	Closed  *string      `json:"closed"`
	Base    exact.Number `json:"base"`
}

// marks are one judge's mark or several judges'.
type marks []exact.Number

func (m *marks) UnmarshalJSON(data []byte) error {
	var one exact.Number
	if len(data) > 0 && data[0] == '[' {
		return unmarshalList(data, (*[]exact.Number)(m))
	}
	if string(data) == "null" {
		return nil
	}
	err := one.UnmarshalJSON(data)
	*m = marks{one}
	return err
}

// reading is what a variant of the case sets otherwise than the case itself.
type reading struct {
	penaltyTies string // inclusive | exclusive …
	after       string // continue | reset
	pointsBy    string // rank | role (Q4)
	weights     map[string]exact.Number
}

func (c *arenaCase) reading() reading {
	return reading{penaltyTies: word(c.Rules.TiePenalty), after: word(c.Rules.Streak.AfterTrigger), pointsBy: "rank", weights: c.Weights}
}

// word turns a case's constant into the template's word.
func word(constant string) string {
	return strings.ReplaceAll(strings.ToLower(constant), "_", "-")
}

// template writes the case as a template document and reads it through the
// product's parser.
func (c *arenaCase) template(t *testing.T, r reading) *template.Document {
	t.Helper()
	rank, role := c.points("", c.Rules.TopN)
	lost, lostRole := c.points("-", c.Rules.BottomN)
	reward := "by: rank, values: [" + rank + "]"
	penalty := "by: rank-from-bottom, values: [" + lost + "]"
	if r.pointsBy == "role" {
		reward, penalty = "by: role, values: ["+role+"]", "by: role, values: ["+lostRole+"]"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `schemaVersion: 1
key: monthly-arena
name: {zh-Hans: 擂台比武月评比, en: Monthly arena}
basis: [{title: 擂台比武实施方案, number: 例发〔2023〕1号, issuer: 例镇党委, date: 2023-04-24}]
subject: village
calendar: {every: month, day: 30}
scale: {points: %s, decimals: %d, rounding: half-up, items: sum}
channels:
`, c.Scale, c.Decimals)
	for _, channel := range c.channels() {
		judges := c.judges(channel)
		fmt.Fprintf(&b, "  %s: {name: %s, weight: %s, judges: {min: %d, combine: mean}, range: [0, %s]}\n", channel, channel, r.weights[channel].Mul(exact.Int(100)), judges, c.Scale)
	}
	fmt.Fprintf(&b, `rubric: per-round
ranking: {on: %s}
bands:
  top: {best: %d, ties: %s}
  bottom: {worst: %d, ties: %s}
streaks:
  again: {band: %s, length: %d, after: %s}
outcomes:
  - {when: top, do: points, %s, to: [linked-leader, resident-cadre, village]}
  - {when: bottom, do: criticism}
  - {when: again, do: points, %s, to: [linked-leader, resident-cadre, village]}
  - {when: again, do: talk, byRole: principal-leaders, with: [linked-leader, resident-cadre]}
rollups:
  half-year:
    months: from-first-round
    aggregate: %s
    bands:
      top: {best: %d, ties: %s}
      bottom: {worst: %d, ties: %s}
    outcomes:
      - {when: top, do: money}
      - {when: bottom, do: money}
issues: {overdue: {times: 2, once: true, dueDay: in-time}, into: account}
`, word(c.RankOn), c.Rules.TopN, word(c.Rules.TieReward), c.Rules.BottomN, r.penaltyTies,
		word(c.Rules.Streak.Band), c.Rules.Streak.Length, r.after, reward, penalty,
		aggregates[c.Rules.HalfYear.Aggregate], c.Rules.TopN, word(c.Rules.TieReward), c.Rules.BottomN, word(c.Rules.TiePenalty))
	doc, err := template.Parse([]byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return &doc
}

var aggregates = map[string]string{"MEAN_OF_PUBLISHED": "mean", "SUM_OF_PUBLISHED": "sum", "MEAN_OF_RANKS": "mean-of-ranks"}

// points gives the values by rank, one for each place of a band, and by role
// (leader, cadre, village), as rewards or with a minus sign.
func (c *arenaCase) points(sign string, places int) (rank, role string) {
	list := make([]string, places)
	for i := range list {
		list[i] = "0"
		if i < len(c.Rules.PointsByRank) {
			list[i] = sign + c.Rules.PointsByRank[i].String()
		}
	}
	p := c.Rules.PointsByRole
	return strings.Join(list, ", "), fmt.Sprintf("%s%s, %s%s, %s%s", sign, p["linkLeader"], sign, p["cadre"], sign, p["village"])
}

// channels lists the case's channels, the ones with names on site first, as a
// template would.
func (c *arenaCase) channels() []string {
	var keys []string
	for key := range c.Weights {
		keys = append(keys, key)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(keys)))
	return keys
}

// judges is the least number of judges that any cell of a channel has.
func (c *arenaCase) judges(channel string) int {
	least := 0
	for _, villages := range c.Marks {
		for _, items := range villages {
			for _, channels := range items {
				if n := len(channels[channel]); n > 0 && (least == 0 || n < least) {
					least = n
				}
			}
		}
	}
	return max(least, 1)
}
