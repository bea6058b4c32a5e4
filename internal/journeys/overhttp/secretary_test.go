package overhttp_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// secretaries is a contest of secretaries in three tracks: months, the quarter
// made of them, and the year made of quarters with the duty list beside it.
const secretaries = `schemaVersion: 1
key: secretaries
name: {zh-Hans: 村党组织书记擂台比武, en: Secretaries' arena}
basis: [{title: 活动方案}]
subject: person
calendar: {every: month, day: 25, clamp: month-end, roll: next-workday, workdays: official, period: nominal}
tracks: {groupSet: village-class}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum, split: per-item}
channels:
  observe: {name: {zh-Hans: 现场观摩, en: Observation}, source: onsite, weight: 100, judges: {min: 1, combine: single}, range: [0, 100], reception: false}
rubric: fixed
items: [{key: theme, name: {zh-Hans: 本期主题, en: Theme}, dimension: party-building, kind: points, points: 100}]
panels: {groups: 1, minMembers: 1, seconded: {count: 0, choose: assigned, seat: inside}, recuse: [own-village]}
missing: {absent: unranked, mark: blocks}
ranking: {on: published, method: competition, tieBreak: [], scope: all, show: ranks}
bands:
  top: {name: {zh-Hans: 前三名, en: Top three}, best: 3, ties: inclusive, small: half}
  bottom: {name: {zh-Hans: 后三名, en: Bottom three}, worst: 3, ties: exclusive, small: half}
  improved: {name: {zh-Hans: 进步明显, en: Improved}, gain: 3, against: previous-held, ties: inclusive}
outcomes:
  - {when: top, do: sharing, to: [person]}
  - {when: improved, do: sharing, to: [person]}
  - {when: bottom, do: talk, byRole: deputy-secretary, with: [person]}
rollups:
  quarter:
    name: {zh-Hans: 季总结, en: Quarter}
    months: calendar
    of: rounds
    aggregate: mean
    minAttended: 2
    bands: {bottom: {name: {zh-Hans: 季度后三名, en: Bottom of the quarter}, worst: 3, ties: exclusive, small: half}}
    outcomes: [{when: bottom, do: talk, byRole: mayor, with: [person]}]
  year:
    name: {zh-Hans: 年考核, en: Year}
    months: calendar
    of: quarter
    aggregate: mean
    minAttended: 1
    parts:
      - {key: contest, name: {zh-Hans: 擂台, en: Contest}, weight: 60, from: rounds}
      - {key: duty, name: {zh-Hans: 职责清单, en: Duty list}, weight: 40, from: entered}
    bands: {bottom: {name: {zh-Hans: 年度后三名, en: Bottom of the year}, worst: 3, ties: exclusive, small: half}}
    outcomes: [{when: bottom, do: statement, to: [person]}]
announce: {objectionDays: 3, audience: township, correction: new-revision}
documents: [round-notice, score-sheet, bulletin]
pairing: {lead: top, follow: bottom, exchangesPerMonth: 2}
feeds: [{into: duty-list, weight: 20}]
`

// say sends an operation that is no documented query, as somebody, and has it
// answered without any error.
func (d *desk) say(t *testing.T, who, query string, v vars) *graphtest.Result {
	t.Helper()
	r, err := post(t, d.url, d.tokens[who], query, v)
	if err != nil {
		t.Fatal(err)
	}
	if codes := r.Codes(); len(codes) > 0 || r.Status != http.StatusOK {
		t.Fatalf("as %s: status %d, codes %v\n%s\n%s", who, r.Status, codes, query, r.Body)
	}
	return r
}

// A quarter of months among secretaries over the public API: classes of villages
// make the tracks, results attach to a person and a village, the deputy secretary
// talks with the month's last three, the mayor with the quarter's, the year's make
// a statement; pairs are confirmed and log their exchanges; who takes a village
// over has no streak and no gain of the one before.
// covers C01, C03, C04, C09, C10, C11, C12, C13, C14, C15
func TestSecretariesOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	a := &arena{desk: newDesk(t, k), kit: k, planned: map[string]string{}}
	a.classes(t)
	a.contest(t)
	for n, month := range []string{"2023-07", "2023-08", "2023-09"} {
		if n == 2 {
			a.succession(t)
		}
		a.play(t, month, n)
	}
	a.monthFollows(t)
	a.quarter(t)
	a.year(t)
	a.summaries(t)
	a.pairs(t)
}

// arena is the contest of secretaries.
type arena struct {
	*desk
	kit         *graphtest.Kit
	competition string
	planned     map[string]string // rounds by period
}

func (d *arena) classes(t *testing.T) {
	t.Helper()
	d.say(t, sample.Clerk, `mutation { groupSetDefine(input: {key: "village-class", name: "村级分类", classes: [{key: "model", name: "示范村"}, {key: "rising", name: "创优村"}, {key: "base", name: "强基村"}]}) {
		groupSet { key } userErrors { code field } } }`, nil)
	var rows []vars
	for n := range 12 {
		rows = append(rows, vars{"unitCode": code(n), "class": []string{"model", "rising", "base"}[n/4], "from": "2023-01-01"})
	}
	d.say(t, sample.Clerk, `mutation($rows: [ClassRow!]!) { classesAssign(input: {groupSet: "village-class", rows: $rows}) { classed { class } userErrors { code field } } }`, vars{"rows": rows})
	d.say(t, sample.Clerk, `mutation($rows: [RosterRowInput!]!) { rosterImport(input: {rows: $rows}) { people { pseudonym } userErrors { code field } } }`,
		vars{"rows": []vars{{"name": "副书记某", "pseudonym": "D9", "post": "deputy-secretary", "unitCode": sample.TownshipCode, "from": "2023-01-01"}}})
}

func (d *arena) contest(t *testing.T) {
	t.Helper()
	made := d.must(t, sample.Clerk, "template-create", vars{"document": secretaries})
	id, revision := made.Text(t, "templateCreate", "template", "id"), made.At(t, "templateCreate", "template", "revision")
	confirm := made.At(t, "templateCreate", "template", "toConfirm")
	d.must(t, sample.Approver, "template-activate", vars{"template": id, "revision": revision, "confirm": confirm})
	c := d.must(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "书记擂台", "template": id, "fromPeriod": "2023-07", "filingNumber": "备〔2023〕2号",
		"notice":       vars{"number": "镇发〔2023〕2号", "issuer": "镇党委", "date": "2023-06-20", "title": "活动方案", "distribution": []string{"各村"}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "title": "党委书记"}}, "offices": []string{"党建办"}, "officeHead": "组织委员"}}})
	d.competition = c.Text(t, "competitionCreate", "competition", "id")
	for _, e := range d.must(t, sample.Clerk, "rounds-plan", vars{"competition": d.competition, "from": "2023-07", "to": "2023-09"}).List(t, "roundsPlan", "entries") {
		entry, _ := e.(map[string]any)
		round, _ := entry["round"].(map[string]any)
		period, _ := entry["period"].(string)
		d.planned[period], _ = round["id"].(string)
	}
}

// succession lets another person take the last village over.
func (d *arena) succession(t *testing.T) {
	t.Helper()
	for _, n := range d.say(t, sample.Clerk, `{ people(first: 100) { nodes { pseudonym posts { id kind } } } }`, nil).List(t, "people", "nodes") {
		person, _ := n.(map[string]any)
		posts, _ := person["posts"].([]any)
		for _, p := range posts {
			if post, _ := p.(map[string]any); person["pseudonym"] == "S12" && post["kind"] == "village-secretary" {
				d.say(t, sample.Clerk, `mutation($p: ID!) { postEnd(input: {post: $p, on: "2023-09-01"}) { post { id } userErrors { code } } }`, vars{"p": post["id"]})
			}
		}
	}
	r := d.say(t, sample.Clerk, `mutation($rows: [RosterRowInput!]!) { rosterImport(input: {rows: $rows}) { people { id pseudonym } userErrors { code field } } }`,
		vars{"rows": []vars{{"name": "新任书记某", "pseudonym": "N12", "post": "village-secretary", "unitCode": code(11), "from": "2023-09-01"}}})
	d.people["N12"] = r.Text(t, "rosterImport", "people", 0, "id")
}

// play takes one month from the groups to the bulletin. The sixth secretary is
// the best of August.
func (d *arena) play(t *testing.T, month string, n int) {
	t.Helper()
	d.round = d.planned[month]
	r := d.say(t, sample.Clerk, `query($r: ID!) { round(id: $r) { revision held } }`, vars{"r": d.round})
	revision, _ := r.At(t, "round", "revision").(float64)
	d.rev = int(revision)
	held := calendar.MustDate(r.Text(t, "round", "held"))
	d.step(t, sample.Clerk, "panels-set", vars{"panels": []vars{{"name": "评委组", "channels": []string{"observe"}, "members": d.ids("J1")}}, "seconded": vars{"assigned": []vars{}}})
	d.step(t, sample.Clerk, "rubric-publish", nil)
	d.step(t, sample.Clerk, "round-notify", vars{"number": "镇擂〔2023〕" + month, "venue": "镇政府"})
	d.kit.Clock.Set(held, "09:00")
	d.step(t, sample.Clerk, "round-open", nil)
	var marks []vars
	for i := range 12 {
		who := fmt.Sprintf("S%d", i+1)
		if n == 2 && i == 11 {
			who = "N12"
		}
		value := fmt.Sprint(95 - 2*i)
		if n == 1 && i == 5 {
			value = "96"
		}
		marks = append(marks, vars{"id": uuid.NewString(), "subject": d.people[who], "item": "theme", "channel": "observe", "value": value})
	}
	d.must(t, "J1", "marks-submit", vars{"round": d.round, "marks": marks})
	d.must(t, "R1", "marks-confirm", vars{"round": d.round, "marks": d.marksAs(t, "R1")})
	d.step(t, sample.Clerk, "round-close", nil)
	d.step(t, sample.Clerk, "round-compute", nil)
	d.step(t, sample.Clerk, "round-announce", nil)
	d.kit.Clock.Set(held.AddDays(8), "09:00")
	d.step(t, sample.Approver, "round-publish", vars{"comment": "同意通报。"})
}

// told lists outcomes: talk deputy-secretary S12.
func told(t *testing.T, nodes []any) (all, ids []string) {
	t.Helper()
	for _, n := range nodes {
		o, _ := n.(map[string]any)
		name, _ := o["name"].(string)
		_, who, _ := strings.Cut(strings.TrimSuffix(name, "）"), "（")
		all = append(all, strings.Join(strings.Fields(fmt.Sprintf("%v %v %v", o["action"], o["byRole"], who)), " "))
		id, _ := o["id"].(string)
		ids = append(ids, id)
	}
	slices.Sort(all)
	return all, ids
}

func says(t *testing.T, what string, have []string, want ...string) {
	t.Helper()
	if slices.Sort(want); !slices.Equal(have, want) {
		t.Errorf("%s:\nhave %q\nwant %q", what, have, want)
	}
}

// monthFollows: who shares, who is talked with and by whom.
func (d *arena) monthFollows(t *testing.T) {
	t.Helper()
	outcomes := func(month string) ([]string, []string) {
		return told(t, d.must(t, sample.Approver, "outcomes", vars{"round": d.planned[month]}).List(t, "outcomes", "nodes"))
	}
	july, ids := outcomes("2023-07")
	says(t, "July", july, "sharing S1", "sharing S2", "sharing S3", "talk deputy-secretary S10", "talk deputy-secretary S11", "talk deputy-secretary S12")
	august, _ := outcomes("2023-08")
	says(t, "August", august, "sharing S1", "sharing S2", "sharing S6", "sharing S6", "talk deputy-secretary S10", "talk deputy-secretary S11", "talk deputy-secretary S12")
	september, _ := outcomes("2023-09")
	if !slices.Contains(september, "talk deputy-secretary N12") || slices.Contains(september, "sharing N12") {
		t.Errorf("September: %q", september)
	}
	d.must(t, sample.Approver, "outcomes-confirm", vars{"outcomes": ids, "due": "2023-10-20"})
	executors := map[string]int{}
	for _, n := range d.say(t, sample.Clerk, `{ tasks(state: OPEN, first: 50) { nodes { action executors { pseudonym } } } }`, nil).List(t, "tasks", "nodes") {
		one, _ := n.(map[string]any)
		executors[fmt.Sprint(one["action"], one["executors"])]++
	}
	if executors["talk[map[pseudonym:D9]]"] != 3 || executors["sharing[map[pseudonym:S1]]"] != 1 {
		t.Errorf("tasks: %v", executors)
	}
}

const publishRollup = `mutation($c: ID!, $k: String!, $f: String!, $t: String!) { rollupPublish(input: {competition: $c, key: $k, from: $f, to: $t}) {
	rollup { rows { unitCode rank track parts { key } } outcomes { id name action byRole } } userErrors { code subjects } } }`

// quarter: the mayor talks with the last three; who came in the last month has
// attended too few.
func (d *arena) quarter(t *testing.T) {
	t.Helper()
	r := d.say(t, sample.Approver, publishRollup, vars{"c": d.competition, "k": "quarter", "f": "2023-07", "t": "2023-09"})
	talks, _ := told(t, r.List(t, "rollupPublish", "rollup", "outcomes"))
	says(t, "quarter", talks, "talk mayor S10", "talk mayor S11", "talk mayor S12")
	for _, n := range r.List(t, "rollupPublish", "rollup", "rows") {
		if row, _ := n.(map[string]any); row["unitCode"] == "N12" && row["rank"] != nil || row["unitCode"] == "S1" && row["track"] != "model" {
			t.Errorf("row %v", row)
		}
	}
}

// year: of the quarter and the duty list; the last three make a statement, which
// is a task of their own.
func (d *arena) year(t *testing.T) {
	t.Helper()
	span := vars{"c": d.competition, "k": "year", "f": "2023-01", "t": "2023-12"}
	d.kit.Clock.Set(calendar.MustDate("2024-01-05"), "09:00")
	var rows []vars
	for i := range 11 {
		rows = append(rows, vars{"subject": d.people[fmt.Sprintf("S%d", i+1)], "value": "90", "reason": "职责清单年度得分"})
	}
	d.say(t, sample.Clerk, `mutation($c: ID!, $rows: [RollupPartRow!]!) { rollupPartsEnter(input: {competition: $c, key: "year", from: "2023-01", to: "2023-12", part: "duty", rows: $rows}) {
		count userErrors { code field } } }`, vars{"c": d.competition, "rows": rows})
	r := d.say(t, sample.Approver, publishRollup, span)
	statements, ids := told(t, r.List(t, "rollupPublish", "rollup", "outcomes"))
	says(t, "year", statements, "statement S10", "statement S11", "statement S9")
	d.must(t, sample.Approver, "outcomes-confirm", vars{"outcomes": ids})
	own := d.say(t, "S11", `{ tasks(state: OPEN, first: 50) { nodes { id action revision } } }`, nil).List(t, "tasks", "nodes")
	if len(own) != 1 {
		t.Fatalf("S11 sees %v", own)
	}
	statement, _ := own[0].(map[string]any)
	d.say(t, "S11", `mutation($t: ID!, $r: Int!) { taskClose(input: {task: $t, revision: $r, record: "已在全镇大会上表态发言。"}) { task { state } userErrors { code } } }`,
		vars{"t": statement["id"], "r": statement["revision"]})
	if n := len(d.say(t, sample.Clerk, `query($c: ID!) { yearEnd(competition: $c, year: 2023) { name rank } }`, vars{"c": d.competition}).List(t, "yearEnd")); n < 11 {
		t.Errorf("the year hands %d lines over", n)
	}
}

// pairs: suggested by the last month, confirmed by people, logged.
func (d *arena) pairs(t *testing.T) {
	t.Helper()
	var rows []vars
	for _, n := range d.say(t, sample.Clerk, `query($r: ID!) { pairsSuggested(round: $r) { leadSubject followSubject lead follow } }`, vars{"r": d.planned["2023-09"]}).List(t, "pairsSuggested") {
		p, _ := n.(map[string]any)
		rows = append(rows, vars{"lead": p["leadSubject"], "follow": p["followSubject"], "round": d.planned["2023-09"], "from": "2023-10-01"})
	}
	if len(rows) != 3 {
		t.Fatalf("%d pairs are suggested", len(rows))
	}
	made := d.say(t, sample.Clerk, `mutation($c: ID!, $p: [PairRow!]!) { pairsConfirm(input: {competition: $c, pairs: $p}) { pairs { id exchangesPerMonth } userErrors { code field } } }`,
		vars{"c": d.competition, "p": rows})
	first := made.Text(t, "pairsConfirm", "pairs", 0, "id")
	for _, day := range []string{"2023-10-10", "2023-10-20"} {
		d.say(t, "S1", `mutation($p: ID!, $d: Date!) { exchangeLog(input: {pair: $p, heldOn: $d, place: "村部", content: "交流党建经验", offline: true}) { exchange { id } userErrors { code field } } }`,
			vars{"p": first, "d": day})
	}
	short := d.say(t, sample.Clerk, `query($c: ID!) { pairShortfalls(competition: $c, month: "2023-10") { count least pair { id } } }`, vars{"c": d.competition}).List(t, "pairShortfalls")
	if len(short) != 2 {
		t.Errorf("short of exchanges: %v", short)
	}
}
