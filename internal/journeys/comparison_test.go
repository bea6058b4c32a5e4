package journeys

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/postgres"
	"leitai/internal/sample"
)

// compared is a county whose further townships have played, and how it compares
// them.
type compared struct {
	*graphtest.Kit
	t testing.TB
}

const ruleSet = `mutation($i: ComparisonRuleSetInput!) { comparisonRuleSet(input: $i) { rule { year number } userErrors { code field } } }`

func newCompared(t testing.TB, towns []sample.Town) *compared {
	t.Helper()
	c := &compared{graphtest.New(t), t}
	if _, err := postgres.ImportDivisions(t.Context(), c.DB.MaintDSN, sample.TownsTable(towns), postgres.Import{}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"party", "rural"} {
		c.must("CA1", `mutation($i: DimensionAddInput!) { dimensionAdd(input: $i) { userErrors { code field } } }`, graphtest.Vars{"i": graphtest.Vars{"key": key, "name": "示例" + key}})
	}
	if err := c.World.PlayTowns(t.Context(), towns); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *compared) must(who, query string, vars graphtest.Vars) *graphtest.Result {
	c.t.Helper()
	return c.Must(c.t, who, query, vars)
}

// rule says what is compared, by dimension and weight in turn.
func (c *compared) rule(coverage string, weights ...string) {
	c.t.Helper()
	var list []graphtest.Vars
	for i := 0; i < len(weights); i += 2 {
		list = append(list, graphtest.Vars{"dimension": weights[i], "weight": weights[i+1]})
	}
	c.must("CA1", ruleSet, graphtest.Vars{"i": graphtest.Vars{"year": 2023, "weights": list, "minCoverage": coverage, "withinDays": 15, "reason": "县委常委会议定"}})
}

// goldenTownship is a township of case s7 as the case writes it.
type goldenTownship struct {
	Weights  map[string]exact.Number      `json:"weights"`
	Villages map[string]map[string]string `json:"villages"`
}

type goldenCounty struct {
	Dictionary  []string                  `json:"dictionary"`
	Townships   map[string]goldenTownship `json:"townships"`
	Weights     map[string]string         `json:"countyWeights_INVENTED"`
	MinCoverage string                    `json:"minCoverage"`
}

type goldenLine struct {
	Naive      string            `json:"naiveMeanOfTotals"`
	Means      map[string]string `json:"domainMeans"`
	Shared     []string          `json:"sharedDomains"`
	Index      string            `json:"sharedIndex"`
	Coverage   string            `json:"templateCoverageByShared"`
	Comparable bool              `json:"comparable"`
	NaiveRank  int               `json:"naiveRank"`
	Rank       *int              `json:"comparableRank"`
}

func golden(t testing.TB, name string, into any) {
	t.Helper()
	file, err := os.ReadFile("../golden/testdata/s7-county." + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, into); err != nil {
		t.Fatal(err)
	}
}

// played makes a township play a round in which its villages get exactly the
// scores of the case.
func (g goldenTownship) played(number int) sample.Town {
	town := sample.Town{Number: number, Scheme: sample.TownScheme{Key: fmt.Sprintf("golden-%d", number)}}
	keys := slices.Sorted(maps.Keys(g.Weights))
	for _, key := range keys {
		points, _ := g.Weights[key].Mul(exact.Int(100)).Int64()
		town.Scheme.Items = append(town.Scheme.Items, sample.TownItem{Key: key, Dimension: key, Points: points})
	}
	month := sample.TownMonth{Period: "2023-07"}
	for _, village := range slices.Sorted(maps.Keys(g.Villages)) {
		var marks []string
		for _, key := range keys {
			marks = append(marks, g.Villages[village][key])
		}
		month.Marks = append(month.Marks, marks)
	}
	town.Marks = []sample.TownMonth{month}
	return town
}

const compareQuery = `query($from: String!, $to: String!, $d: [String!]) { countyComparison(from: $from, to: $to, dimensions: $d) {
	rule { number } limited dimensions { key weight looked } spread { villages median lowerQuartile upperQuartile histogram }
	lines { code name domains { dimension mean villages } shared index coverage comparable barriers { reason dimension } rank naiveMean naiveRank due published onTime onTimeRate withheld
		judging { ranges severity } issues { opened rate } spread { villages median }
		rounds { id period index median coverage comparable barriers { reason } rank change onTime naiveMean naiveMedian villages } } } }`

// Case s7 through the API: three townships with templates of their own whose
// published rounds give the case's scores, compared as the case says.
func TestGoldenCountyThroughTheAPI(t *testing.T) {
	t.Parallel()
	var in goldenCounty
	want := map[string]goldenLine{}
	golden(t, "input", &in)
	golden(t, "expected", &want)
	ids := slices.Sorted(maps.Keys(in.Townships))
	var towns []sample.Town
	for i, id := range ids {
		towns = append(towns, in.Townships[id].played(i+1))
	}
	c := newCompared(t, towns)
	before := c.must("CA1", compareQuery, graphtest.Vars{"from": "2023-07", "to": "2023-07"})
	if got := fmt.Sprint(before.List(t, "countyComparison", "lines")); strings.Contains(got, "comparable:true") || !strings.Contains(got, "NO_RULE") {
		t.Errorf("without a rule: %s", got)
	}
	var weights []string
	for _, d := range slices.Sorted(maps.Keys(in.Weights)) {
		weights = append(weights, d, in.Weights[d])
	}
	c.rule(in.MinCoverage, weights...)
	got := c.must("CA1", compareQuery, graphtest.Vars{"from": "2023-07", "to": "2023-07"})
	lines := map[string]graphtest.Result{}
	for i, line := range objects(t, got.At(t, "countyComparison", "lines")) {
		lines[got.Text(t, "countyComparison", "lines", i, "code")] = graphtest.Result{Data: line, Body: got.Body}
	}
	for i, id := range ids {
		line, w := lines[sample.TownCode(i+1)], want[id]
		means := map[string]string{}
		for d := range line.List(t, "domains") {
			means[line.Text(t, "domains", d, "dimension")] = line.Text(t, "domains", d, "mean")
		}
		var shared []string
		for d := range line.List(t, "shared") {
			shared = append(shared, line.Text(t, "shared", d))
		}
		slices.SortFunc(shared, func(a, b string) int {
			return cmp.Compare(slices.Index(in.Dictionary, a), slices.Index(in.Dictionary, b))
		})
		have := goldenLine{Naive: line.Text(t, "naiveMean"), Means: means, Shared: shared, Index: line.Text(t, "index"), Coverage: line.Text(t, "coverage"),
			Comparable: line.At(t, "comparable") == true, NaiveRank: number(line.At(t, "naiveRank"))}
		if rank := number(line.At(t, "rank")); rank > 0 {
			have.Rank = &rank
		}
		a, _ := json.Marshal(have)
		b, _ := json.Marshal(w)
		if string(a) != string(b) {
			t.Errorf("%s:\n%s, want\n%s", id, a, b)
		}
	}
}

// objects are the objects of a list of an answer.
func objects(t testing.TB, v any) (all []map[string]any) {
	t.Helper()
	list, ok := v.([]any)
	if !ok {
		t.Fatalf("%v is no list", v)
	}
	for _, item := range list {
		object, ok := item.(map[string]any)
		if !ok {
			t.Fatalf("%v is no object", item)
		}
		all = append(all, object)
	}
	return all
}

func number(v any) int {
	if v == nil {
		return 0
	}
	var n int
	_, _ = fmt.Sscan(fmt.Sprint(v), &n)
	return n
}
