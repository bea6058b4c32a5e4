package journeys

import (
	"database/sql"
	"slices"
	"strings"

	_ "github.com/lib/pq" // the maintenance role's own connection

	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
)

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
	for _, line := range objects(c.t, c.must(who, publication, graphtest.Vars{"id": down}).At(c.t, "comparisonPublished", "lines")) {
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
	for _, line := range objects(c.t, c.must("CA1", publication, graphtest.Vars{"id": down}).At(c.t, "comparisonPublished", "lines")) {
		if line["hidden"] == true {
			c.t.Errorf("the county does not see %v", line)
		}
	}
	c.consented(up, down)
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
	of := func(path ...any) []any { return append([]any{"prefectureComparison", "lines", 0}, path...) }
	if r.Text(c.t, of("code")...) != sample.CountyCode || r.At(c.t, of("comparable")...) != true || len(r.List(c.t, of("rounds")...)) != 2 || r.Int(c.t, of("rounds", 0, "villages")...) != 45 {
		c.t.Errorf("%s", r.Body)
	}
	if villages := r.Int(c.t, of("spread", "villages")...); villages != 45+42 {
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
	tenant := c.Key(c.t, `INSERT INTO tenant (id, region, tenant_id, kind, unit_id, name, time_zone, demo, created_at)
		SELECT x.id, u.code, x.id, 'prefecture', u.id, u.shown_name, 'Asia/Shanghai', true, now() FROM unit u, (SELECT gen_random_uuid() id) x WHERE u.code = '9901' RETURNING id`)
	c.Put(c.t, `INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) SELECT gen_random_uuid(), id, region, 'PA1', $1, now() FROM tenant WHERE id = $2`, user, tenant)
	c.Put(c.t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), id, region, $1, unit_id, 'prefecture-admin', $1, '2000-01-01', (SELECT max(epoch) FROM authz_epoch) FROM tenant WHERE id = $2`, user, tenant)
	c.Put(c.t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), id, region, $1, 'prefecture', $2, $3, false, now(), now() + interval '1 day' FROM tenant WHERE id = $4`, user, handle, cred.Hash[:], tenant)
	c.Adopt(c.t, tenant, c.TenantOf(c.t, sample.CountyCode))
	return token
}

const kept = `SELECT (publication_id, round_id, competition_id, revision, audience, subject, template_key, opened, published, contestants, sources, weights, denominators,
	scores, digest, ranges, range_width, severity, issue_sources, issues_opened, issues_closed, issues_overdue)::text FROM round_total ORDER BY publication_id`

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
