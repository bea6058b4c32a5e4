package overhttp_test

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/postgres"
	"leitai/internal/sample"
)

// The county's townships by the order of their codes, which is the order of
// their marks: the first is the best, the last is struck by a veto.
var townships = []string{"990101001", "990101101", "990101102", sample.TownshipCode, sample.SiblingCode}

// vetoed is the township with a grave accident, stranger one that no adoption
// ties to the county.
const (
	vetoed   = sample.SiblingCode
	stranger = "990101101"
	cited    = "演县办发〔2024〕8号"
)

// contestStaff runs the county's own contest, by pseudonym and role; the county's
// administrator appoints them and does none of it.
var contestStaff = [][2]string{
	{"GA", "township-approver"}, {"GC", "township-clerk"}, {"GO", "item-owner"}, {"GR", "confirmer"},
	{"G1", "judge"}, {"G2", "judge"}, {"G3", "judge"}, {"G4", "judge"}, {"G5", "judge"}, {"G6", "judge"},
}

// countyContest is a contest of the county between its townships.
type countyContest struct {
	*year
	source      string // the scheme's file
	competition string
}

// A scheme that was written as a file from the documentation alone runs in the
// county's own tenant over the public API: points, a formula, levels and points
// off make the scale, a capped bonus stands beside it, a veto that cites its
// basis counts a total as zero, or in the next version takes the rank away; what
// is published to the county its townships read as the scheme shows it, and
// nobody reads anything else.
// covers G8, G11, B18, Q13, Q35
func TestCountyContestOverHTTP(t *testing.T) {
	t.Parallel()
	c := newCountyContest(t)
	c.activated(t)
	c.played(t, "2024-Q2", "COUNTY")
	c.zeroed(t)
	c.verified(t)
	c.townshipsRead(t)
	c.follows(t)
	c.changed(t)
	c.played(t, "2024-Q3", "TOWNSHIP")
	c.unranked(t)
}

// fiveTownships is the county without those that it only compares: what is
// awarded here was worked out for five.
func fiveTownships(t *testing.T) io.Reader {
	t.Helper()
	table, err := io.ReadAll(sample.SchemesTable())
	if err != nil {
		t.Fatal(err)
	}
	rows := slices.DeleteFunc(strings.SplitAfter(string(table), "\n"), func(row string) bool { return strings.HasPrefix(row, "99010133") })
	return strings.NewReader(strings.Join(rows, ""))
}

func newCountyContest(t *testing.T) *countyContest {
	t.Helper()
	k := graphtest.New(t)
	if _, err := postgres.ImportDivisions(t.Context(), k.DB.MaintDSN, fiveTownships(t), postgres.Import{}); err != nil {
		t.Fatal(err)
	}
	c := &countyContest{year: &year{desk: newDesk(t, k), kit: k}}
	c.tokens["CA1"] = k.Token("CA1")
	var rows []vars
	for i, s := range contestStaff {
		rows = append(rows, vars{"name": fmt.Sprintf("工作人员%d", i+1), "pseudonym": s[0], "post": "department-staff", "unitCode": sample.CountyCode, "from": "2020-01-01"})
	}
	made := c.must2(t, `mutation($i: RosterImportInput!) { rosterImport(input: $i) { people { id pseudonym } userErrors { code field message row } } }`, vars{"rows": rows})
	for i := range contestStaff {
		c.people[made.Text(t, "rosterImport", "people", i, "pseudonym")] = made.Text(t, "rosterImport", "people", i, "id")
	}
	for _, s := range contestStaff {
		c.enrol(t, s[0], s[1])
	}
	const password = "Journey-2024-06"
	c.must2(t, `mutation($i: TenantProvisionInput!) { tenantProvision(input: $i) { userErrors { code field } } }`,
		vars{"unitCode": stranger, "adminLogin": "stranger@town", "adminPassword": password, "adminName": "审定人某"})
	c.tokens[stranger] = c.inSession(t, c.signIn(t, "stranger@town", password), `mutation($i: TokenCreateInput!) { tokenCreate(input: $i) { secret userErrors { code field } } }`,
		vars{"name": "journey", "days": 30, "write": false}).Text(t, "tokenCreate", "secret")
	return c
}

// activated: from the file to two dated quarters; the administrator who appoints
// runs nothing.
func (c *countyContest) activated(t *testing.T) {
	t.Helper()
	file, err := os.ReadFile("../../../examples/templates/county-township-contest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c.source = string(file)
	c.refused(t, "GC", "template-create", vars{"document": strings.Replace(c.source, "number: "+cited+", ", "", 1)}, "TEMPLATE_BASIS_MISSING")
	id := c.version(t, c.source)
	create := vars{"input": vars{"name": "乡镇重点工作季度比武", "template": id, "fromPeriod": "2024-Q2", "filingNumber": "演督考备〔2024〕2号",
		"notice":       vars{"number": cited, "issuer": "演示县委办公室", "date": "2024-02-20", "title": "乡镇重点工作季度比武实施办法", "distribution": []string{"各乡镇、街道"}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "person": c.people["GA"], "title": "县委副书记"}}, "offices": []string{"县委办"}, "officeHead": "督查室主任"}}}
	c.refused(t, "CA1", "competition-create", create, "FORBIDDEN")
	c.competition = c.must(t, "GC", "competition-create", create).Text(t, "competitionCreate", "competition", "id")
	c.must(t, "GC", "rounds-plan", vars{"competition": c.competition, "from": "2024-Q2", "to": "2024-Q2"})
}

// version stores and activates a version of the scheme.
func (c *countyContest) version(t *testing.T, source string) string {
	t.Helper()
	made := c.must(t, "GC", "template-create", vars{"document": source})
	id := made.Text(t, "templateCreate", "template", "id")
	activate := vars{"template": id, "revision": made.Int(t, "templateCreate", "template", "revision"), "confirm": made.List(t, "templateCreate", "template", "toConfirm")}
	c.refused(t, "GC", "template-activate", activate, "FORBIDDEN")
	c.must(t, "GA", "template-activate", activate)
	return id
}

// played takes a quarter from the groups to the bulletin.
func (c *countyContest) played(t *testing.T, period, audience string) {
	t.Helper()
	held := c.dated(t, period)
	c.step(t, "GC", "panels-set", vars{"panels": []vars{{"name": "现场核查组", "channels": []string{"field"}, "members": c.ids("G1", "G2", "G3")},
		{"name": "资料审核组", "channels": []string{"material"}, "members": c.ids("G4", "G5", "G6")}}, "seconded": vars{"assigned": []vars{}}})
	c.step(t, "GC", "rubric-publish", nil)
	c.step(t, "GC", "round-notify", vars{"number": "演督〔" + period + "〕", "venue": "各乡镇", "text": "季度比武。"})
	c.kit.Clock.Set(held, "09:00")
	c.refused(t, "CA1", "round-open", c.on(nil), "FORBIDDEN")
	c.step(t, "GC", "round-open", nil)
	for _, code := range townships {
		c.must(t, "GC", "ledger-receive", vars{"round": c.round, "unitCode": code, "deliveredBy": c.people["GO"], "note": "乡镇报送县委办"})
	}
	c.figures(t)
	c.marked(t)
	c.step(t, "GC", "round-close", nil)
	c.step(t, "GC", "round-compute", nil)
	c.step(t, "GC", "round-announce", nil)
	c.refused(t, "GA", "round-publish", c.on(vars{"audience": audience}), "OBJECTION_PERIOD_RUNNING")
	c.unseen(t)
	c.kit.Clock.Set(held.AddDays(14), "09:00")
	c.refused(t, "GC", "round-publish", c.on(vars{"audience": audience}), "FORBIDDEN")
	c.step(t, "GA", "round-publish", vars{"audience": audience, "comment": "同意通报。", "bulletinNumber": "演督通〔" + period + "〕"})
}

// dated takes the round of a period and gives the day it is held.
func (c *countyContest) dated(t *testing.T, period string) calendar.Date {
	t.Helper()
	for _, n := range c.must(t, "GC", "rounds", nil).List(t, "rounds", "nodes") {
		if node, _ := n.(map[string]any); node["period"] == period {
			c.round, _ = node["id"].(string)
		}
	}
	r := c.say(t, "GC", `query($r: ID!) { round(id: $r) { revision held } }`, vars{"r": c.round})
	c.rev = r.Int(t, "round", "revision")
	return calendar.MustDate(r.Text(t, "round", "held"))
}

// figures: income and target of each township, entered by one person and sent
// back or confirmed by another; the formula gives 20, 20, 18, 16 and 20 × 40 ÷ 120.
func (c *countyContest) figures(t *testing.T) {
	t.Helper()
	var rows []vars
	for i, income := range []string{"110", "100", "90", "80", "40"} {
		target := "100"
		if i == 4 {
			target = "120"
		}
		rows = append(rows, vars{"unitCode": townships[i], "key": "income", "value": income, "source": "季度统计报表"}, vars{"unitCode": townships[i], "key": "target", "value": target, "source": "年度任务书"})
	}
	entered := c.must(t, "GO", "metrics-enter", vars{"input": vars{"round": c.round, "figures": rows}})
	var ids []string
	for n := range rows {
		ids = append(ids, entered.Text(t, "metricsEnter", "figures", n, "id"))
	}
	c.refused(t, "GO", "figures-confirm", vars{"input": vars{"round": c.round, "figures": ids}}, "FORBIDDEN")
	c.must(t, "GR", "figures-reject", vars{"input": vars{"round": c.round, "figures": ids[:1], "reason": "与报表不符"}})
	rows[0]["value"] = "111"
	c.refused(t, "GO", "metrics-enter", vars{"input": vars{"round": c.round, "figures": rows[:1]}}, "FIGURE_EXISTS")
	rows[0]["reason"] = "按报表更正"
	ids[0] = c.must(t, "GO", "metrics-enter", vars{"input": vars{"round": c.round, "figures": rows[:1]}}).Text(t, "metricsEnter", "figures", 0, "id")
	c.must(t, "GR", "figures-confirm", vars{"input": vars{"round": c.round, "figures": ids}})
}

// finding is a mark of an item of another kind than points.
func finding(township, item, channel string, detail vars) vars {
	return vars{"id": uuid.NewString(), "unitCode": township, "item": item, "channel": channel, "detail": detail}
}

func points(township, item, channel, value string) vars {
	return vars{"id": uuid.NewString(), "unitCode": township, "item": item, "channel": channel, "value": value}
}

// marked: the first township has full marks of everybody. Of the others the nth
// has 90 − 2n for party building once the extremes are left out, a clean or a
// fair environment by two judges of three, and 2n + 2.5 points off for safety.
func (c *countyContest) marked(t *testing.T) {
	t.Helper()
	for judge := range 3 {
		var marks []vars
		for i, township := range townships {
			n, level := i+1, "clean"
			value := []string{fmt.Sprint(87 - 2*n), fmt.Sprint(90 - 2*n), fmt.Sprint(97.5 - float64(2*n))}[judge]
			if i == 0 {
				value = "100"
			} else if n%2 == 0 || judge == 2 {
				level = "fair"
			}
			marks = append(marks, points(township, "party", "field", value), finding(township, "habitat", "field", vars{"level": level}))
		}
		c.must(t, fmt.Sprintf("G%d", judge+1), "marks-submit", vars{"round": c.round, "marks": marks})
	}
	for judge := range 2 {
		var marks []vars
		for i, township := range townships {
			n := i + 1
			value, events := fmt.Sprint(88-2*n+4*judge), []vars{{"key": "hazard", "count": n}}
			switch {
			case i == 0:
				value, events = "100", []vars{}
			case judge == 1:
				events = append(events, vars{"key": "report", "count": 1})
			}
			marks = append(marks, points(township, "party", "material", value), finding(township, "safety", "material", vars{"events": events}))
			if i == 0 || township == sample.TownshipCode { // 2 + 2 × 4 is more than the cap
				marks = append(marks, finding(township, "merit", "material", vars{"events": []vars{{"key": "city", "count": 1}, {"key": "province", "count": 2}}}))
			}
			if township == vetoed {
				marks = append(marks, finding(township, "accident", "material", vars{"veto": true, "note": "较大事故调查报告"}))
			}
		}
		c.must(t, fmt.Sprintf("G%d", judge+4), "marks-submit", vars{"round": c.round, "marks": marks})
	}
	c.refused(t, "G1", "marks-submit", vars{"round": c.round, "marks": []vars{finding(townships[0], "accident", "material", vars{"veto": true})}}, "JUDGE_NOT_IN_PANEL")
	c.refused(t, "GC", "round-close", c.on(nil), "MARKS_UNCONFIRMED")
	c.must(t, "GR", "marks-confirm", vars{"round": c.round, "marks": c.marksAs(t, "GR")})
}
