package journeys

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	_ "github.com/lib/pq" // the maintenance role's own connection

	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
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
	for _, l := range c.must(who, compareQuery, vars).List(c.t, "countyComparison", "lines") {
		if line := l.(map[string]any); line["code"] == sample.TownCode(town) {
			return line
		}
	}
	c.t.Fatalf("there is no line of township %d", town)
	return nil
}

// barriers are the reasons of a line in a word.
func barriers(line map[string]any) string {
	var all []string
	for _, b := range line["barriers"].([]any) {
		reason := b.(map[string]any)
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
		if have := barriers(line); have != want || line["comparable"] != (want == "") || (line["rank"] == nil) != (want != "") || number(line["due"]) != months || number(line["withheld"]) != 2-months {
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
	line := c.line("CA1", 2)
	may, june := line["rounds"].([]any)[0].(map[string]any), line["rounds"].([]any)[1].(map[string]any)
	if may["comparable"] != false || june["comparable"] != true || june["coverage"] != "0.60" || june["median"] == nil {
		c.t.Errorf("May %v, June %v", may, june)
	}
	if barriers(c.line("CA1", 5)) == "" {
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
	if asked := c.line("CD1", 3, "party-building"); len(asked["domains"].([]any)) != 0 {
		c.t.Errorf("a department that asks for another dimension sees %v", asked["domains"])
	}
	if some := c.line("CA1", 1, "industry"); len(some["domains"].([]any)) != 1 || some["index"] != nil || some["comparable"] != true {
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

const (
	publish     = `mutation($i: ComparisonPublishInput!) { comparisonPublish(input: $i) { publication { id revision } userErrors { code field } } }`
	publication = `query($id: ID!) { comparisonPublished(id: $id) { audience lines { code index rank hidden barriers { reason } domains { mean } } } }`
	listed      = `{ comparisonPublications { id } }`
)

// published: to the prefecture alone its townships see nothing of it; to the
// county they see their own line and the first three.
func (c *compared) published() {
	c.t.Helper()
	to := func(audience string) string {
		return c.must("CA1", publish, graphtest.Vars{"i": graphtest.Vars{"from": "2023-05", "to": "2023-06", "audience": audience}}).Text(c.t, "comparisonPublish", "publication", "id")
	}
	up := to("PREFECTURE")
	who := sample.TownPerson(13, "C")
	if list := c.must(who, listed, nil).List(c.t, "comparisonPublications"); len(list) != 0 {
		c.t.Errorf("a township lists %v", list)
	}
	if codes := c.As(c.t, who, publication, graphtest.Vars{"id": up}).Codes(); !slices.Equal(codes, []string{"NOT_FOUND"}) {
		c.t.Errorf("a township reads what is for the prefecture: %v", codes)
	}
	down := to("COUNTY")
	if list := c.must(who, listed, nil).List(c.t, "comparisonPublications"); len(list) != 1 {
		c.t.Errorf("a township lists %v", list)
	}
	seen, hidden := 0, 0
	for _, l := range c.must(who, publication, graphtest.Vars{"id": down}).List(c.t, "comparisonPublished", "lines") {
		line := l.(map[string]any)
		own := line["code"] == sample.TownCode(13)
		if rank := number(line["rank"]); !own && rank > 3 || own && rank == 0 {
			c.t.Errorf("township 13 sees %v", line)
		}
		if line["index"] != nil {
			seen++
		}
		if line["hidden"] == true {
			hidden++
		}
	}
	if seen < 3 || seen > 4 || hidden != 5-seen {
		c.t.Errorf("%d lines are seen and %d hidden of 5 comparable", seen, hidden)
	}
	for _, l := range c.must("CA1", publication, graphtest.Vars{"id": down}).List(c.t, "comparisonPublished", "lines") {
		if l.(map[string]any)["hidden"] == true {
			c.t.Errorf("the county does not see %v", l)
		}
	}
}

const compareCounties = `query { prefectureComparison(from: "2023-05", to: "2023-06") { lines { code comparable index spread { villages median } rounds { period index villages } due onTime } } }`

// above: a prefecture compares its counties by what they published, merged over
// all their villages.
func (c *compared) above() {
	c.t.Helper()
	token := c.prefecture()
	rule := graphtest.Vars{"year": 2023, "weights": []graphtest.Vars{{"dimension": "party-building", "weight": "1"}}, "minCoverage": "0.2", "withinDays": 15, "reason": "市委研究"}
	if codes := c.Post(c.t, token, ruleSet, graphtest.Vars{"i": rule}).Codes(); len(codes) != 0 {
		c.t.Fatal(codes)
	}
	r := c.Post(c.t, token, compareCounties, nil)
	line := r.At(c.t, "prefectureComparison", "lines", 0).(map[string]any)
	if rounds := line["rounds"].([]any); line["code"] != sample.CountyCode || line["comparable"] != true || len(rounds) != 2 || number(rounds[0].(map[string]any)["villages"]) != 45 {
		c.t.Errorf("%s", r.Body)
	}
	if villages := number(line["spread"].(map[string]any)["villages"]); villages != 45+42 {
		c.t.Errorf("%d village results are merged, want 87", villages)
	}
	if codes := c.Post(c.t, token, `{ countyComparison(from: "2023-05", to: "2023-06") { from } }`, nil).Codes(); !slices.Equal(codes, []string{"COMPARISON_COUNTY"}) {
		c.t.Errorf("a prefecture compares townships: %v", codes)
	}
}

// prefecture makes the tenant above the county, which both agreed to, and the
// token of its administrator.
func (c *compared) prefecture() string {
	c.t.Helper()
	token, handle := identity.NewToken()
	cred, _, err := identity.Credential("", token, "")
	if err != nil {
		c.t.Fatal(err)
	}
	user := c.Key(c.t, `INSERT INTO app_user (id, login, password_hash, created_at) VALUES (gen_random_uuid(), 'prefecture@demo', '', now()) RETURNING id`)
	tenant := c.Key(c.t, `INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, time_zone, demo, created_at)
		SELECT x.id, x.id, u.code, 'prefecture', u.id, u.shown_name, 'Asia/Shanghai', true, now() FROM unit u, (SELECT gen_random_uuid() id) x WHERE u.code = '9901' RETURNING id`)
	c.Put(c.t, `INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) SELECT gen_random_uuid(), id, region, 'PA1', $1, now() FROM tenant WHERE id = $2`, user, tenant)
	c.Put(c.t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), id, region, $1, unit_id, 'prefecture-admin', $1, '2000-01-01', (SELECT max(epoch) FROM authz_epoch) FROM tenant WHERE id = $2`, user, tenant)
	c.Put(c.t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), id, region, $1, 'prefecture', $2, $3, false, now(), now() + interval '1 day' FROM tenant WHERE id = $4`, user, handle, cred.Hash[:], tenant)
	c.Adopt(c.t, tenant, c.TenantOf(c.t, sample.CountyCode))
	return token
}

const kept = `SELECT (publication_id, round_id, competition_id, revision, audience, subject, template_key, opened, published, contestants, sources, weights, denominators,
	scores, ranges, range_width, severity, issue_sources, issues_opened, issues_closed, issues_overdue)::text FROM round_total ORDER BY publication_id`

// madeAnew: the totals of rounds published before there were any are made from
// their sealed bundles, and are those that publishing leaves.
func (c *compared) madeAnew() {
	c.t.Helper()
	before := c.Strings(c.t, kept)
	if len(before) != 30 {
		c.t.Errorf("%d publications left totals, want 30", len(before))
	}
	pool, err := sql.Open("postgres", c.DB.MaintDSN)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(c.t.Context(), `DELETE FROM round_total WHERE get_byte(uuid_send(id), 15) < 200`); err != nil {
		c.t.Fatal(err)
	}
	m, err := postgres.OpenMaintenance(c.t.Context(), c.DB.MaintDSN)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = m.Close() }()
	left := len(c.Strings(c.t, kept))
	for _, want := range []int{30 - left, 0} {
		if made, err := m.KeepTotals(c.t.Context()); err != nil || made != want {
			c.t.Errorf("%d made, want %d: %v", made, want, err)
		}
	}
	if after := c.Strings(c.t, kept); !slices.Equal(before, after) {
		c.t.Errorf("totals made anew differ:\n%s\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}
