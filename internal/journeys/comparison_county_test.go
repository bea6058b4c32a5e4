package journeys

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// A county of fifteen townships with three templates: what is shared is compared,
// what is not says why, a mapping with its reason changes that from its day on,
// and nobody else reads any of it before the county publishes it.
// covers Q35
func TestACountyOfFifteenTownships(t *testing.T) {
	t.Parallel()
	towns := sample.Fifteen()
	c := newCompared(t, towns)
	c.rule("0.5", "party-building", "1", "habitat", "1")
	c.shared(towns)
	c.mapped()
	c.departments()
	c.bounds()
	c.published()
	c.above()
	c.madeAnew()
}

// line asks as somebody and gives the line of a further township.
func (c *compared) line(who string, town int, dimensions ...string) map[string]any {
	c.t.Helper()
	vars := graphtest.Vars{"from": "2023-05", "to": "2023-06"}
	if dimensions != nil {
		vars["d"] = dimensions
	}
	for _, line := range objects(c.t, c.must(who, compareQuery, vars).At(c.t, "countyComparison", "lines")) {
		if line["code"] == sample.TownCode(town) {
			return line
		}
	}
	c.t.Fatalf("there is no line of township %d", town)
	return nil
}

// barriers are the reasons of a line in a word.
func barriers(t testing.TB, line map[string]any) string {
	t.Helper()
	var all []string
	for _, reason := range objects(t, line["barriers"]) {
		all = append(all, strings.TrimSpace(fmt.Sprint(reason["reason"], " ", orEmpty(reason["dimension"]))))
	}
	return strings.Join(all, ", ")
}

func orEmpty(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// index is what the rule comes to by hand: the mean of the two dimensions' means.
func index(t testing.TB, town sample.Town, months int) string {
	t.Helper()
	var sum exact.Number
	n := int64(0)
	for _, m := range town.Marks[:months] {
		for _, village := range m.Marks {
			sum, n = sum.Add(exact.Must(village[0])).Add(exact.Must(village[1])), n+2
		}
	}
	return sum.Quo(exact.Int(n)).Round(2, exact.HalfUp).Fixed(2)
}

func (c *compared) shared(towns []sample.Town) {
	c.t.Helper()
	var ranked []string
	for _, town := range towns {
		line, want := c.line("CA1", town.Number), map[string]string{"town-broad": "", "town-tidy": "DIMENSION_MISSING habitat, COVERAGE_LOW", "town-narrow": "DIMENSION_MISSING habitat"}[town.Scheme.Key]
		months := 2
		if town.Number == 7 {
			months = 1 // the other round is for the persons concerned only
		}
		if have := barriers(c.t, line); have != want || line["comparable"] != (want == "") || (line["rank"] == nil) != (want != "") || number(line["due"]) != months || number(line["withheld"]) != 2-months {
			c.t.Errorf("township %d: %s, want %q; %v", town.Number, have, want, line)
		}
		if want == "" {
			if line["index"] != index(c.t, town, months) {
				c.t.Errorf("township %d: index %v, want %s", town.Number, line["index"], index(c.t, town, months))
			}
			ranked = append(ranked, fmt.Sprintf("%02d %s", number(line["rank"]), line["index"]))
		}
	}
	slices.Sort(ranked)
	for i := 1; i < len(ranked); i++ {
		if ranked[i][3:] > ranked[i-1][3:] {
			c.t.Errorf("ranks do not follow the index: %v", ranked)
		}
	}
	if late := c.line("CA1", 4); number(late["onTime"]) != 1 || late["onTimeRate"] != "0.5000" {
		c.t.Errorf("a round published late: %v of %v, %v", late["onTime"], late["due"], late["onTimeRate"])
	}
	all := c.must("CA1", compareQuery, graphtest.Vars{"from": "2023-05", "to": "2023-06"})
	if n := all.Int(c.t, "countyComparison", "spread", "villages"); n != 5*2*3-3 {
		c.t.Errorf("%d village results are merged, want 27", n)
	}
	if n, _ := c.Statements(c.t, "CA1", compareQuery, graphtest.Vars{"from": "2023-05", "to": "2023-06"}); n > 3 {
		c.t.Errorf("a comparison takes %d statements", n)
	}
}

const crosswalkMap = `mutation($i: CrosswalkMapInput!) { crosswalkMap(input: $i) { entry { number } userErrors { code field } } }`

// mapped: from June on the second township's unnamed item is of the living
// environment, so that its June is comparable and its May is not.
func (c *compared) mapped() {
	c.t.Helper()
	second := graphtest.ID("Tenant", c.TenantOf(c.t, sample.TownCode(2)))
	entry := graphtest.Vars{"township": second, "source": "item:tidy", "dimension": "habitat", "from": "2023-06", "reason": "“村容村貌”即人居环境"}
	for field, wrong := range map[string]any{"source": "tidy", "dimension": "nothing-such", "reason": " ", "from": "June"} {
		bad := graphtest.Vars{}
		for k, v := range entry {
			bad[k] = v
		}
		bad[field] = wrong
		if codes := c.As(c.t, "CA1", crosswalkMap, graphtest.Vars{"i": bad}).Codes(); len(codes) != 1 {
			c.t.Errorf("a mapping with %s %q: %v", field, wrong, codes)
		}
	}
	c.must("CA1", crosswalkMap, graphtest.Vars{"i": entry})
	rounds := objects(c.t, c.line("CA1", 2)["rounds"])
	may, june := rounds[0], rounds[1]
	if may["comparable"] != false || june["comparable"] != true || june["coverage"] != "0.60" || june["median"] == nil {
		c.t.Errorf("May %v, June %v", may, june)
	}
	if barriers(c.t, c.line("CA1", 5)) == "" {
		c.t.Error("a mapping of one township made another comparable")
	}
	if own := c.must(sample.TownPerson(2, "C"), `{ crosswalk { source dimension reason } }`, nil).List(c.t, "crosswalk"); len(own) != 1 {
		c.t.Errorf("the township mapped reads %v", own)
	}
	if others := c.must(sample.TownPerson(5, "C"), `{ crosswalk { source } }`, nil).List(c.t, "crosswalk"); len(others) != 0 {
		c.t.Errorf("a sibling reads %v", others)
	}
}

// departments see their dimensions alone, and what is about whole rounds not.
func (c *compared) departments() {
	c.t.Helper()
	line := c.line("CD1", 3) // safety and stability
	if got := fmt.Sprint(line["domains"]); strings.Contains(got, "party") || !strings.Contains(got, "stability") || line["judging"] != nil || line["index"] != nil {
		c.t.Errorf("a department sees %v", line)
	}
	if asked := c.line("CD1", 3, "party-building"); len(objects(c.t, asked["domains"])) != 0 {
		c.t.Errorf("a department that asks for another dimension sees %v", asked["domains"])
	}
	if some := c.line("CA1", 1, "industry"); len(objects(c.t, some["domains"])) != 1 || some["index"] != nil || some["comparable"] != true {
		c.t.Errorf("looking at one dimension: %v", some)
	}
}

// bounds: who is no county, spans that are none, and rules that are refused.
func (c *compared) bounds() {
	c.t.Helper()
	vars := graphtest.Vars{"from": "2023-05", "to": "2023-06"}
	for _, who := range []string{sample.TownPerson(1, "C"), "XA1", "dashboard"} {
		if r := c.As(c.t, who, compareQuery, vars); !slices.Contains(r.Codes(), "COMPARISON_COUNTY") || strings.Contains(r.Body, "样例") {
			c.t.Errorf("%s: %s", who, r.Body)
		}
	}
	for _, span := range [][2]string{{"2023-06", "2023-05"}, {"2020-01", "2023-05"}, {"2023", "2023"}, {"x", "2023-05"}} {
		if codes := c.As(c.t, "CA1", compareQuery, graphtest.Vars{"from": span[0], "to": span[1]}).Codes(); !slices.Contains(codes, "COMPARISON_MONTHS") {
			c.t.Errorf("%v: %v", span, codes)
		}
	}
	bad := graphtest.Vars{"year": 1999, "weights": []graphtest.Vars{{"dimension": "habitat", "weight": "1"}, {"dimension": "habitat", "weight": "0"}, {"dimension": "dance", "weight": "1"}},
		"minCoverage": "1.5", "withinDays": -1, "reason": ""}
	want := []string{"COMPARISON_YEAR", "COMPARISON_TWICE", "COMPARISON_WEIGHT", "DIMENSION_UNKNOWN", "COMPARISON_COVERAGE", "COMPARISON_WITHIN", "REQUIRED"}
	if codes := c.As(c.t, "CA1", ruleSet, graphtest.Vars{"i": bad}).Codes(); !slices.Equal(codes, want) {
		c.t.Errorf("%v, want %v", codes, want)
	}
	for _, who := range []string{sample.TownPerson(1, "A"), "CN1"} {
		if codes := c.As(c.t, who, ruleSet, graphtest.Vars{"i": bad}).Codes(); !slices.Equal(codes, []string{"FORBIDDEN"}) {
			c.t.Errorf("%s: %v", who, codes)
		}
	}
}
