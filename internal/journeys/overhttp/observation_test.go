package overhttp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// quarterly is an observation of every village in a quarter, with the steps and
// pictures it wants, and one item that is judged on the way.
const quarterly = `
schemaVersion: 1
key: quarterly-observation
name: {zh-Hans: 逐村观摩, en: Observation}
basis: [{title: 关于开展逐村观摩的通知}]
subject: village
calendar: {every: quarter, day: 30, clamp: month-end, roll: next-workday, workdays: official, period: nominal}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum, split: per-item}
channels:
  visit: {name: {zh-Hans: 现场观摩, en: Visit}, source: onsite, weight: 100, judges: {min: 1, combine: single}, range: [0, 100], step: 1}
rubric: fixed
items:
  - {key: office, name: {zh-Hans: 村级阵地, en: Premises}, dimension: party-building, kind: points, points: 100, criteria: 整洁, evidence: [photo]}
panels: {groups: 1, minMembers: 2, seconded: {count: 0, choose: assigned, seat: inside}, recuse: [own-village]}
missing: {absent: unranked, mark: blocks}
ranking: {on: published, method: competition, tieBreak: [], scope: all, show: none}
stages: [visit, comment]
announce: {objectionDays: 3, audience: township, correction: new-revision}
coverage: {blocks: true}
evidence: {minPhotos: 1, kinds: [document, photo, observed, interview]}
`

// sendQuery posts an operation that stands in no document, as somebody.
func (d *desk) sendQuery(t *testing.T, who, query string, v vars) *graphtest.Result {
	t.Helper()
	r, err := post(t, d.url, d.tokens[who], query, v)
	if err != nil {
		t.Fatal(err)
	}
	if codes := r.Codes(); len(codes) > 0 || r.Status != http.StatusOK {
		t.Fatalf("%s as %s: status %d, codes %v\n%s", query, who, r.Status, codes, r.Body)
	}
	return r
}

// upload sends a picture over the network and gives its id.
func (d *desk) upload(t *testing.T, who string, shade uint8) string {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range p.Pix {
		p.Pix[i] = shade
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "观摩.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(part, p, nil); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.url+"/evidence", &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Authorization", "Bearer "+d.tokens[who])
	request.Header.Set("X-Leitai-Upload", "1")
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var stored struct{ ID string }
	if err := json.NewDecoder(answer.Body).Decode(&stored); err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("upload: %d, %v", answer.StatusCode, err)
	}
	return stored.ID
}

// TestObservationOverHTTP plays a quarter's observation of twelve villages over
// HTTP: the route, who came, pictures, comments, a problem from its picture to
// its closing; the result is announced only when every village was visited, has
// its picture and every step was taken, and each refusal names who is missing.
// covers B01, B05, B06, B08, B10, B11, B21, C07
func TestObservationOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	competition := d.observationOpened(t, k)
	day := "2023-06-30"
	visits := d.route(t, day)
	d.attended(t)
	d.toured(t, competition, visits, day)
	d.problem(t, k, competition, visits[3], day)
	d.lifted(t, competition, visits[11], day)
	d.reviewed(t, day)
}

// observationOpened makes the competition and takes its round to open.
func (d *desk) observationOpened(t *testing.T, k *graphtest.Kit) string {
	t.Helper()
	draft := d.must(t, sample.Clerk, "template-create", vars{"document": quarterly})
	template := draft.At(t, "templateCreate", "template", "id")
	d.must(t, sample.Approver, "template-activate", vars{"template": template, "revision": 1, "confirm": []string{}})
	made := d.must(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "逐村观摩", "template": template, "fromPeriod": "2023-Q2", "trial": false,
		"filingNumber": "演督考备〔2023〕7号",
		"notice":       vars{"number": "晴委发〔2023〕9号", "issuer": "中共晴禾乡委员会", "date": "2023-04-02", "title": "关于开展逐村观摩的通知", "distribution": []string{"各村"}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "person": d.people[sample.Approver], "title": "职务"}}, "offices": []string{"党建办"}, "officeHead": "组织委员"}}})
	competition := made.Text(t, "competitionCreate", "competition", "id")
	planned := d.must(t, sample.Clerk, "rounds-plan", vars{"competition": competition, "from": "2023-Q2", "to": "2023-Q4"})
	if n := len(planned.List(t, "roundsPlan", "entries")); n != 3 {
		t.Errorf("%d observations are planned for the year", n)
	}
	d.take(t, "2023-Q2")
	d.step(t, sample.Clerk, "panels-set", vars{"panels": []vars{{"name": "观摩组", "members": d.ids("J1", "J2")}}, "seconded": vars{"assigned": []vars{}}})
	d.step(t, sample.Clerk, "rubric-publish", nil)
	d.step(t, sample.Clerk, "round-notify", vars{"number": "晴观〔2023〕1号", "venue": "各村", "text": "逐村观摩。"})
	k.Clock.Set(calendar.MustDate("2023-06-30"), "08:30")
	d.step(t, sample.Clerk, "round-open", nil)
	return competition
}

func (d *desk) route(t *testing.T, day string) []string {
	t.Helper()
	var stops []vars
	for n := range 12 {
		stops = append(stops, vars{"unitCode": code(n), "plannedOn": day, "lead": d.people[sample.Approver]})
	}
	r := d.must(t, sample.Clerk, "route-plan", vars{"round": d.round, "stops": stops})
	var ids []string
	for n := range r.List(t, "routePlan", "route") {
		ids = append(ids, r.Text(t, "routePlan", "route", n, "id"))
	}
	return ids
}

func (d *desk) attended(t *testing.T) {
	t.Helper()
	var lines []vars
	for n := range 12 {
		lines = append(lines, vars{"person": d.people[secretary(n)], "role": "village-secretary", "status": "PRESENT"})
	}
	lines = append(lines, vars{"person": d.people[sample.Approver], "role": "secretary", "status": "PRESENT"},
		vars{"person": d.people[sample.Finance], "role": "mayor", "status": "EXCUSED", "note": "县里开会"})
	r := d.must(t, sample.Clerk, "attendance-state", vars{"round": d.round, "attendance": lines})
	if r.Int(t, "attendanceState", "muster", "present") != 13 || r.Int(t, "attendanceState", "muster", "excused") != 1 ||
		slices.ContainsFunc(r.List(t, "attendanceState", "muster", "unrecorded"), func(one any) bool { return strings.Contains(fmt.Sprint(one), "village-secretary") }) {
		t.Errorf("attendance: %s", r.Body)
	}
}

// picture enters a picture of a village's premises and gives the answer.
func (d *desk) picture(t *testing.T, who, competition string, village int, file, day string) *graphtest.Result {
	t.Helper()
	return d.must(t, who, "evidence-add", vars{"competition": competition, "round": d.round, "unitCode": code(village), "item": "office", "kind": "PHOTO",
		"file": file, "takenOn": day})
}

// toured visits eleven of the twelve villages, of which one without a picture,
// and gives every village its mark.
func (d *desk) toured(t *testing.T, competition string, visits []string, day string) {
	t.Helper()
	var marks []vars
	for n := range 12 {
		marks = append(marks, mark(n, "office", "visit", fmt.Sprint(80+n)))
		if n == 11 {
			continue
		}
		d.must(t, sample.Clerk, "visit-record", vars{"visit": visits[n], "visitedOn": day, "revision": 1})
		if n != 4 {
			d.picture(t, "J1", competition, n, d.upload(t, "J1", uint8(n)), day)
		}
	}
	sent := d.must(t, "J1", "marks-submit", vars{"round": d.round, "marks": marks})
	if n := len(sent.List(t, "marksSubmit", "marks")); n != 12 {
		t.Errorf("%d marks", n)
	}
	d.must(t, "R1", "marks-confirm", vars{"round": d.round, "marks": d.marksAs(t, sample.Clerk)})
	d.step(t, sample.Clerk, "round-close", nil)
	d.step(t, sample.Clerk, "round-compute", nil)
}

// problem takes a problem from its picture to its closing.
func (d *desk) problem(t *testing.T, k *graphtest.Kit, competition, visit, day string) {
	t.Helper()
	piece := d.picture(t, "J1", competition, 3, d.upload(t, "J1", 200), day).Text(t, "evidenceAdd", "evidence", "id")
	r := d.sendQuery(t, sample.Clerk, `mutation($c: ID!, $r: ID!, $u: String!, $v: ID!, $e: [ID!], $due: Date!) { issueOpen(input: {competition: $c, round: $r, unitCode: $u, item: "office",
		title: "值班表未上墙", base: "0", due: $due, visit: $v, evidence: $e, problem: "duty-roster", plan: "一周内制作上墙"}) { issue { id revision } userErrors { code } } }`,
		vars{"c": competition, "r": d.round, "u": code(3), "v": visit, "e": []string{piece}, "due": k.Clock.Today().AddDays(7).String()})
	id := r.Text(t, "issueOpen", "issue", "id")
	after := d.picture(t, "S4", competition, 3, d.upload(t, "S4", 201), day).Text(t, "evidenceAdd", "evidence", "id")
	d.sendQuery(t, "S4", `mutation($i: ID!, $e: [ID!]) { issueAnswer(input: {issue: $i, note: "已上墙", revision: 1, evidence: $e}) { userErrors { code } } }`, vars{"i": id, "e": []string{after}})
	closed := d.sendQuery(t, sample.Clerk, `mutation($i: ID!) { issueClose(input: {issue: $i, note: "现场核实", revision: 2}) { issue { state returnDue evidence { phase } } userErrors { code } } }`, vars{"i": id})
	if want := k.Clock.Today().AddDays(90).String(); closed.Text(t, "issueClose", "issue", "returnDue") != want || len(closed.List(t, "issueClose", "issue", "evidence")) != 2 {
		t.Errorf("closed: %s", closed.Body)
	}
}

// lifted lifts what keeps the result from being announced, one by one.
func (d *desk) lifted(t *testing.T, competition, last, day string) {
	t.Helper()
	blocked := func(want ...string) *graphtest.Result {
		t.Helper()
		r := d.ask(t, sample.Clerk, "round-announce", d.on(nil))
		var got []string
		for n := range r.List(t, "roundAnnounce", "blockers") {
			got = append(got, r.Text(t, "roundAnnounce", "blockers", n, "code"))
		}
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("blockers %v, want %v\n%s", got, want, r.Body)
		}
		return r
	}
	r := blocked("NOT_ALL_VISITED", "PHOTO_MISSING", "STAGE_MISSING", "STAGE_MISSING")
	for n := range r.List(t, "roundAnnounce", "blockers") {
		if c := r.Text(t, "roundAnnounce", "blockers", n, "code"); c != "STAGE_MISSING" && len(r.List(t, "roundAnnounce", "blockers", n, "subjects")) != 1 {
			t.Errorf("%s names more than the one village concerned: %s", c, r.Body)
		}
	}
	d.must(t, sample.Clerk, "visit-record", vars{"visit": last, "visitedOn": day, "revision": 1})
	blocked("PHOTO_MISSING", "STAGE_MISSING", "STAGE_MISSING") // the last village was visited, and has no picture either
	for _, n := range []int{4, 11} {
		d.picture(t, "J1", competition, n, d.upload(t, "J1", uint8(100+n)), day)
	}
	blocked("STAGE_MISSING", "STAGE_MISSING")
	whole := d.must(t, sample.Clerk, "stage-record", vars{"round": d.round, "stage": "visit", "doneOn": day})
	if whole.At(t, "stageRecord", "observation", "complete") != true || whole.Int(t, "stageRecord", "observation", "visited") != 12 {
		t.Errorf("coverage: %s", whole.Body)
	}
	blocked("STAGE_MISSING")
	for n := range 12 {
		left := d.must(t, sample.Clerk, "comment-record", vars{"round": d.round, "unitCode": code(n), "by": d.people[sample.Approver],
			"text": "阵地规范，台账尚缺两项。", "on": day})
		if missing := len(left.List(t, "commentRecord", "observation", "uncommented")); missing != 11-n {
			t.Errorf("%d villages are without a comment after %d", missing, n+1)
		}
	}
	d.must(t, sample.Clerk, "stage-record", vars{"round": d.round, "stage": "comment", "doneOn": day})
}

// reviewed holds the review meeting and announces.
func (d *desk) reviewed(t *testing.T, day string) {
	t.Helper()
	d.must(t, sample.Clerk, "review-meeting-record", vars{"round": d.round, "heldOn": day, "place": "三楼会议室", "chair": d.people[sample.Approver], "minutesNumber": "晴纪〔2023〕6号"})
	d.step(t, sample.Clerk, "round-announce", nil)
	own := d.must(t, "S5", "observation", vars{"round": d.round})
	if own.Int(t, "observation", "subjects") != 1 || len(own.List(t, "observation", "comments")) != 1 || own.Text(t, "observation", "comments", 0, "role") != "secretary" ||
		len(own.List(t, "evidence", "nodes")) != 1 {
		t.Errorf("a village reads %s", own.Body)
	}
	answer, err := client.Get(d.url + own.Text(t, "evidence", "nodes", 0, "file", "link")) // a link is opened by whoever holds it
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("its picture: %d %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
}
