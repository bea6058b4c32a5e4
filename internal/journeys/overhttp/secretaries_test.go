package overhttp_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/examples/templates"
	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// TestArenaOverHTTP plays one month of the preset of secretaries in full: the
// plan, a theme in an arena of its form, four marked and recorded steps of which
// one is left out for one village, the satisfaction of the villagers beside the
// contest, best and worst by track, who speaks and who declares, and the result
// hung out for every village to see.
// covers C02, C04, C05, C06, C07, C08, C16, C17, C18, Q24
func TestArenaOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	a := &arena{desk: newDesk(t, k), kit: k, planned: map[string]string{}}
	a.classes(t)
	a.plan(t)
	a.themed(t)
	held := a.steps(t)
	a.satisfaction(t)
	a.blocked(t, held)
	a.aired(t, held)
	a.speakers(t)
}

// plan activates the preset, in which the last of a track declare what they will
// do better, and reads what the town's plan says.
func (d *arena) plan(t *testing.T) {
	t.Helper()
	source, _ := templates.Source("secretary-arena")
	document := strings.Replace(string(source), "\nrollups:", "\n  - {when: bottom, do: statement, to: [person]} # C08\nrollups:", 1)
	document = strings.Replace(document, "key: secretary-arena", "key: secretary-arena-declaring", 1)
	made := d.must(t, sample.Clerk, "template-create", vars{"document": document})
	d.must(t, sample.Approver, "template-activate", vars{"template": made.At(t, "templateCreate", "template", "id"),
		"revision": made.At(t, "templateCreate", "template", "revision"), "confirm": made.At(t, "templateCreate", "template", "toConfirm")})
	const plan = "对象范围：全乡村党组织书记；活动内容：五个领域，每月一个主题；方法步骤：现场观摩、汇报演讲、书记点评、集中评比。"
	c := d.must(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "书记擂台", "template": made.At(t, "templateCreate", "template", "id"), "fromPeriod": "2023-07",
		"filingNumber": "备〔2023〕3号",
		"notice":       vars{"number": "镇发〔2023〕3号", "issuer": "镇党委", "date": "2023-06-20", "title": "村党组织书记“擂台比武”活动方案", "text": plan, "distribution": []string{"各村"}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "title": "党委书记"}}, "offices": []string{"党建办"}, "officeHead": "组织委员"}}})
	d.competition = c.Text(t, "competitionCreate", "competition", "id")
	for _, e := range d.must(t, sample.Clerk, "rounds-plan", vars{"competition": d.competition, "from": "2023-07", "to": "2023-12"}).List(t, "roundsPlan", "entries") {
		entry, _ := e.(map[string]any)
		round, _ := entry["round"].(map[string]any)
		period, _ := entry["period"].(string)
		d.planned[period], _ = round["id"].(string)
	}
	d.round = d.planned["2023-07"] // the months of the township have one, too
	revision, _ := d.say(t, sample.Clerk, `query($r: ID!) { round(id: $r) { revision } }`, vars{"r": d.round}).At(t, "round", "revision").(float64)
	d.rev = int(revision)
	read := d.say(t, "S5", `{ competitions(first: 20) { nodes { name notice { number title text } } } }`, nil)
	if !strings.Contains(read.Body, plan) {
		t.Errorf("a secretary cannot read the plan: %s", read.Body)
	}
}

// themed: no theme, no arena.
func (d *arena) themed(t *testing.T) {
	t.Helper()
	d.kit.Clock.Set(calendar.MustDate("2023-07-17"), "09:00")
	d.step(t, "L6", "rubric-write", vars{"items": []vars{
		{"key": "theme", "name": "人居环境整治", "dimension": "habitat", "points": "80", "criteria": "看现场、听做法"},
		{"key": "satisfied", "name": "群众满意度", "dimension": "governance", "points": "20", "kind": "METRIC", "rule": vars{"formula": "satisfied / 5"}}}})
	d.step(t, sample.Clerk, "rubric-publish", nil)
	d.step(t, sample.Clerk, "panels-set", vars{"panels": []vars{{"name": "评委组", "members": d.ids(sample.Approver, "J1", "J2", "J3", "J4", "J5")}}, "seconded": vars{"assigned": []vars{}}})
	bare := d.ask(t, sample.Clerk, "round-notify", d.on(vars{"number": "镇擂〔2023〕7号", "venue": "文化站"}))
	if !strings.Contains(bare.Body, "THEME_MISSING") {
		t.Errorf("a notice without a theme: %s", bare.Body)
	}
	d.refused(t, sample.Clerk, "round-theme", vars{"input": vars{"round": d.round, "revision": d.rev, "theme": " ", "form": "ONSITE"}}, "REQUIRED")
	themed := d.must(t, sample.Clerk, "round-theme", vars{"input": vars{"round": d.round, "revision": d.rev, "theme": "人居环境整治", "form": "ONSITE"}})
	revision, _ := themed.At(t, "roundTheme", "round", "revision").(float64)
	d.rev = int(revision)
	d.step(t, sample.Clerk, "round-notify", vars{"number": "镇擂〔2023〕7号", "venue": "文化站"})
	d.step(t, sample.Clerk, "round-open", nil)
}

// steps marks the four steps of 25 July. The best and the worst of five speeches
// do not count: 80, 85 and 90 of 60 to 95 make 85.
func (d *arena) steps(t *testing.T) calendar.Date {
	t.Helper()
	held := calendar.MustDate("2023-07-25")
	d.kit.Clock.Set(held, "15:00")
	send := func(who string, judge any, channel string, value func(i int) int) {
		var marks []vars
		for i := range 12 {
			marks = append(marks, vars{"id": uuid.NewString(), "subject": d.people[fmt.Sprintf("S%d", i+1)], "item": "theme", "channel": channel,
				"value": fmt.Sprint(value(i)), "judge": judge})
		}
		d.must(t, who, "marks-submit", vars{"round": d.round, "marks": marks})
	}
	send("J1", nil, "observe", func(i int) int { return 90 - i })
	for n, value := range []int{80, 60, 90, 95, 85} {
		if n == 4 {
			d.refused(t, sample.Clerk, "round-close", d.on(nil), "MARKS_MISSING") // four speeches are not five
		}
		send(fmt.Sprintf("J%d", n+1), nil, "speech", func(int) int { return value })
	}
	send(sample.Clerk, d.people[sample.Approver], "comment", func(int) int { return 80 })
	send("J2", nil, "assembly", func(int) int { return 90 })
	d.must(t, "R1", "marks-confirm", vars{"round": d.round, "marks": d.marksAs(t, "R1")})
	return held
}

// satisfaction is a figure of the villagers, with its source, confirmed by
// somebody else.
func (d *arena) satisfaction(t *testing.T) {
	t.Helper()
	var figures []vars
	for i := range 12 {
		figures = append(figures, vars{"subject": d.people[fmt.Sprintf("S%d", i+1)], "key": "satisfied", "value": "95", "source": "县统计部门群众满意度电话调查"})
	}
	r := d.must(t, sample.Clerk, "metrics-enter", vars{"input": vars{"round": d.round, "figures": figures}})
	var ids []string
	for n := range r.List(t, "metricsEnter", "figures") {
		ids = append(ids, r.Text(t, "metricsEnter", "figures", n, "id"))
	}
	d.step(t, sample.Clerk, "round-close", nil)
	d.step(t, sample.Clerk, "round-compute", nil)
	if r := d.ask(t, sample.Clerk, "round-announce", d.on(nil)); !strings.Contains(r.Body, "FIGURE") {
		t.Errorf("announced on figures that nobody confirmed: %s", r.Body)
	}
	d.refused(t, sample.Clerk, "figures-confirm", vars{"input": vars{"round": d.round, "figures": ids}}, "FIGURE_CONFIRM_OWN")
	d.must(t, "R1", "figures-confirm", vars{"input": vars{"round": d.round, "figures": ids}})
	d.step(t, sample.Clerk, "round-compute", nil)
}

// blocked: every step is recorded, and the one that was left out says for whom and
// why.
func (d *arena) blocked(t *testing.T, held calendar.Date) {
	t.Helper()
	for _, stage := range []string{"visit", "speech", "comment", "assembly"} {
		if r := d.ask(t, sample.Clerk, "round-announce", d.on(nil)); !strings.Contains(r.Body, "STAGE_MISSING") {
			t.Errorf("announced without %s: %s", stage, r.Body)
		}
		d.must(t, sample.Clerk, "stage-record", vars{"round": d.round, "stage": stage, "doneOn": held.String()})
	}
	const left = `mutation($r: ID!, $u: String!, $on: Date!, $why: String) { stageRecord(input: {round: $r, unitCode: $u, stage: "comment", doneOn: $on, skipped: true, note: $why}) {
		observation { stages { stage done skipped } } userErrors { code } } }`
	without, err := post(t, d.url, d.tokens[sample.Clerk], left, vars{"r": d.round, "u": code(7), "on": held.String(), "why": nil})
	if err != nil || !strings.Contains(without.Body, "STAGE_REASON") {
		t.Errorf("left out without a reason: %v %s", err, without.Body)
	}
	r := d.say(t, sample.Clerk, left, vars{"r": d.round, "u": code(7), "on": held.String(), "why": "书记赴县开会，点评改为书面"})
	for _, n := range r.List(t, "stageRecord", "observation", "stages") {
		if s, _ := n.(map[string]any); s["stage"] == "comment" && (s["done"] != 11.0 || s["skipped"] != 1.0) {
			t.Errorf("the comment: %v", s)
		}
	}
	announced := d.step(t, sample.Clerk, "round-announce", nil)
	if !strings.Contains(announced.Body, "STAGE_SKIPPED") {
		t.Errorf("what was left out is not told: %s", announced.Body)
	}
}

// aired: the mayor publishes, because the secretary gave a mark; every village
// sees every total and the rank in its track.
func (d *arena) aired(t *testing.T, held calendar.Date) {
	t.Helper()
	d.kit.Clock.Set(held.AddDays(6), "09:00")
	published := d.step(t, sample.Finance, "round-publish", vars{"comment": "同意晾晒。", "audience": "TOWNSHIP"})
	r := d.say(t, "S9", `query($r: ID!) { board(round: $r) { rows { name shown track trackRank } } }`, vars{"r": d.round})
	rows := r.List(t, "board", "rows")
	want := map[string]string{"S1": "89.40 model 1", "S4": "88.44 model 4", "S5": "88.12 rising 1", "S12": "85.88 base 4"}
	for _, n := range rows {
		row, _ := n.(map[string]any)
		for who, line := range want {
			if name, _ := row["name"].(string); strings.HasSuffix(name, "（"+who+"）") && line != fmt.Sprintf("%v %v %v", row["shown"], row["track"], row["trackRank"]) {
				t.Errorf("%s: %v, want %s", who, row, line)
			}
		}
	}
	if len(rows) != 12 {
		t.Errorf("%d secretaries", len(rows))
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+"/documents/bulletin/"+published.Text(t, "roundPublish", "round", "publications", 0, "id"), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+d.tokens["S9"])
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if page, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(page), "89.40") {
		t.Errorf("the bulletin: %d %v", answer.StatusCode, err)
	}
	contests := d.must(t, sample.Clerk, "held-contests", vars{"competition": d.competition})
	if contests.Text(t, "heldContests", 0, "theme") != "人居环境整治" || contests.Text(t, "heldContests", 0, "form") != "ONSITE" || len(contests.List(t, "heldContests")) != 1 {
		t.Errorf("contests held: %s", contests.Body)
	}
}

// speakers: two of four are the best and two the worst of each track; the best
// speak, the worst declare and are talked with, each task by its own person.
func (d *arena) speakers(t *testing.T) {
	t.Helper()
	all, ids := told(t, d.must(t, sample.Approver, "outcomes", vars{"round": d.round}).List(t, "outcomes", "nodes"))
	var want []string
	for track := range 3 {
		for n := range 2 {
			best, worst := 4*track+n+1, 4*track+n+3
			want = append(want, fmt.Sprintf("sharing S%d", best), fmt.Sprintf("statement S%d", worst), fmt.Sprintf("talk deputy-secretary S%d", worst))
		}
	}
	slices.Sort(want)
	same(t, "July", all, want)
	d.must(t, sample.Approver, "outcomes-confirm", vars{"outcomes": ids})
	done := map[string]string{"S1": "sharing", "S12": "statement"}
	for who, action := range done {
		own := d.say(t, who, `{ tasks(state: OPEN, first: 50) { nodes { id action revision } } }`, nil).List(t, "tasks", "nodes")
		at := slices.IndexFunc(own, func(n any) bool { task, _ := n.(map[string]any); return task["action"] == action })
		if at < 0 {
			t.Fatalf("%s has no %s: %v", who, action, own)
		}
		task, _ := own[at].(map[string]any)
		d.say(t, who, `mutation($t: ID!, $r: Int!) { taskClose(input: {task: $t, revision: $r, record: "已在会上发言。"}) { task { state } userErrors { code } } }`,
			vars{"t": task["id"], "r": task["revision"]})
	}
}
