package graphtest_test

import (
	"net/http"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

const (
	plan = `mutation($r: ID!, $stops: [RouteStopInput!]!) { routePlan(input: {round: $r, stops: $stops}) { route { id position revision visitedOn unit { code } } userErrors { code field } } }`
	been = `mutation($v: ID!, $rev: Int!, $on: Date) { visitRecord(input: {visit: $v, revision: $rev, visitedOn: $on}) { visit { visitedOn revision } userErrors { code field } } }`
	seen = `query($r: ID!) { observation(round: $r) { subjects visited commented complete unvisited uncommented unplanned
		route { id unannounced visitedOn unit { code } } comments { text role unit { code } } meeting { minutesNumber place } stages { stage done } } }`
	secretly = `mutation($c: ID!, $r: ID, $u: String!, $plan: Date!, $on: Date) { visitUnannounced(input: {competition: $c, round: $r, unitCode: $u, plannedOn: $plan, visitedOn: $on}) {
		visit { id unannounced revision } userErrors { code field } } }`
	came = `mutation($r: ID, $v: ID, $a: [AttendanceInput!]!) { attendanceState(input: {round: $r, visit: $v, attendance: $a}) {
		muster { due present excused absent lines { role status note } unrecorded { role } } userErrors { code field } } }`
	says = `mutation($r: ID!, $u: String!, $t: String!, $on: Date!, $by: ID) { commentRecord(input: {round: $r, unitCode: $u, text: $t, on: $on, by: $by}) {
		observation { commented uncommented } userErrors { code field } } }`
	reviewed = `mutation($r: ID!, $on: Date!, $chair: ID!) { reviewMeetingRecord(input: {round: $r, heldOn: $on, chair: $chair, place: "乡政府三楼", minutesNumber: "演纪〔2023〕5号"}) {
		observation { meeting { minutesNumber chair { pseudonym } } } userErrors { code field } } }`
	supervise = `mutation($c: ID!, $u: String!, $k: SupervisionKind!, $b: String!, $p: Decimal, $on: Date!, $v: ID, $i: ID) {
		supervisionEnter(input: {competition: $c, unitCode: $u, kind: $k, basis: $b, points: $p, happenedOn: $on, visit: $v, issue: $i}) { supervision { id points kind } userErrors { code field } } }`
	supervised = `query($u: String) { supervisions(unitCode: $u) { nodes { id kind points basis withdrawn } } }`
)

func stop(n int, day string) graphtest.Vars {
	return graphtest.Vars{"unitCode": graphtest.VillageCode(n), "plannedOn": day}
}

// A route is laid and laid again, a visit is recorded and taken back, and who
// looks sees how many villages are still to come. A village that was visited
// does not leave the route. covers B01, B05, B10, B08, E18
func TestObservationOfARound(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	round := s.RoundID("2023-05")
	r := s.Must(t, "C1", plan, graphtest.Vars{"r": round, "stops": []graphtest.Vars{stop(1, s.today), stop(2, s.today), stop(3, s.today)}})
	first := r.Text(t, "routePlan", "route", 0, "id")
	visit := func(rev int, on any) graphtest.Vars { return graphtest.Vars{"v": first, "rev": rev, "on": on} }
	s.Run(t, []graphtest.Scenario{
		{Name: "tomorrow", As: "C1", Query: been, Vars: visit(1, "2999-01-01"), Codes: []string{"VISIT_FUTURE"}},
		{Name: "an old revision", As: "C1", Query: been, Vars: visit(7, s.today), Codes: []string{"STALE_REVISION"}},
		{Name: "a village", As: "S1", Query: been, Vars: visit(1, s.today), Codes: []string{"FORBIDDEN"}},
		{Name: "the neighbour", As: "XC1", Query: been, Vars: visit(1, s.today), Codes: []string{"NOT_FOUND"}},
		{Name: "visited", As: "C1", Query: been, Vars: visit(1, s.today), Writes: true, Has: []string{s.today}},
		{Name: "a stop twice", As: "C1", Query: plan, Vars: graphtest.Vars{"r": round, "stops": []graphtest.Vars{stop(1, s.today), stop(1, s.today)}}, Codes: []string{"ROUTE_TWICE"}, Has: []string{"stops[1].unitCode"}},
		{Name: "without the village that was visited", As: "C1", Query: plan, Vars: graphtest.Vars{"r": round, "stops": []graphtest.Vars{stop(2, s.today)}}, Codes: []string{"ROUTE_VISITED"}},
		{Name: "another order", As: "C1", Query: plan, Vars: graphtest.Vars{"r": round, "stops": []graphtest.Vars{stop(2, s.today), stop(1, s.today)}}, Writes: true},
		{Name: "a comment on one village", As: "C1", Query: says, Vars: graphtest.Vars{"r": round, "u": graphtest.VillageCode(2), "t": "底数清、台账全", "on": s.today, "by": s.PersonID("A1")}, Writes: true, Has: []string{`"commented":1`}},
		{Name: "a comment without words", As: "C1", Query: says, Vars: graphtest.Vars{"r": round, "u": graphtest.VillageCode(2), "t": " ", "on": s.today}, Codes: []string{"COMMENT_EMPTY"}},
		{Name: "by nobody", As: "C1", Query: says, Vars: graphtest.Vars{"r": round, "u": graphtest.VillageCode(2), "t": "x", "on": s.today, "by": s.PersonID("XA1")}, Codes: []string{"NOT_FOUND"}, Has: []string{`"field":"by"`}},
		{Name: "the review meeting", As: "C1", Query: reviewed, Vars: graphtest.Vars{"r": round, "on": s.today, "chair": s.PersonID("A1")}, Writes: true, Has: []string{"演纪〔2023〕5号"}},
	})
	o := s.Must(t, "C1", seen, graphtest.Vars{"r": round})
	villages := o.Int(t, "observation", "subjects")
	if o.Int(t, "observation", "visited") != 1 || len(o.List(t, "observation", "unvisited")) != villages-1 || o.At(t, "observation", "complete") != false ||
		len(o.List(t, "observation", "unplanned")) != villages-2 || len(o.List(t, "observation", "uncommented")) != villages-1 ||
		o.Text(t, "observation", "comments", 0, "role") != "secretary" {
		t.Errorf("observation: %s", o.Body)
	}
	own := s.Must(t, "S2", seen, graphtest.Vars{"r": round})
	if own.Int(t, "observation", "subjects") != 1 || len(own.List(t, "observation", "route")) != 1 || !strings.Contains(own.Body, "底数清") {
		t.Errorf("a village sees %s", own.Body)
	}
	if other := s.Must(t, "S1", seen, graphtest.Vars{"r": round}); strings.Contains(other.Body, "底数清") {
		t.Errorf("a village reads the comment on another: %s", other.Body)
	}
}

// Attendance is stated by the office, one line a person; an excuse has its
// reason, and those of whom nothing is stated are named by their posts.
// covers B05, G1
func TestAttendanceIsStated(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	round := s.RoundID("2023-05")
	line := func(who, status, note string) graphtest.Vars {
		return graphtest.Vars{"person": s.PersonID(who), "status": status, "note": note, "role": "village-secretary"}
	}
	state := func(lines ...graphtest.Vars) graphtest.Vars { return graphtest.Vars{"r": round, "a": lines} }
	s.Run(t, []graphtest.Scenario{
		{Name: "an excuse without a reason", As: "C1", Query: came, Vars: state(line("S1", "EXCUSED", "")), Codes: []string{"ATTENDANCE_EXCUSE"}, Has: []string{"attendance[0].note"}},
		{Name: "a stranger", As: "C1", Query: came, Vars: state(line("S1", "PRESENT", ""), line("XS1", "PRESENT", "")), Codes: []string{"NOT_FOUND"}, Has: []string{"attendance[1].person"}},
		{Name: "nowhere", As: "C1", Query: came, Vars: graphtest.Vars{"a": []graphtest.Vars{}}, Codes: []string{"ATTENDANCE_NOWHERE"}},
		{Name: "checking oneself in", As: "S1", Query: came, Vars: state(line("S1", "PRESENT", "")), Codes: []string{"FORBIDDEN"}},
	})
	s.Must(t, "C1", came, state(line("S1", "ABSENT", ""), line("S2", "EXCUSED", "住院")))
	r := s.Must(t, "C1", came, state(line("S1", "PRESENT", "")))
	if r.Int(t, "attendanceState", "muster", "present") != 1 || r.Int(t, "attendanceState", "muster", "excused") != 1 || r.Int(t, "attendanceState", "muster", "absent") != 0 {
		t.Errorf("the later statement does not hold: %s", r.Body)
	}
	due, open := r.Int(t, "attendanceState", "muster", "due"), r.List(t, "attendanceState", "muster", "unrecorded")
	if due != len(open)+2 || due < 20 || !strings.Contains(r.Body, `"role":"secretary"`) {
		t.Errorf("%d due, %d open", due, len(open))
	}
}

// An unannounced visit is not seen by the village before it took place, nor by
// the county; afterwards it is. covers E16
func TestUnannouncedVisitsStaySecret(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	round := s.RoundID("2023-05")
	id := s.Must(t, "C1", secretly, graphtest.Vars{"c": s.CompetitionID(), "r": round, "u": graphtest.VillageCode(1), "plan": s.today, "on": nil}).Text(t, "visitUnannounced", "visit", "id")
	const calendar = `query($from: Date!, $to: Date!) { inspectionCalendar(from: $from, to: $to) { entries { visit: round unit { code } state } } }`
	shown := func(who string) (route, onCalendar, node bool) {
		o := s.Must(t, who, seen, graphtest.Vars{"r": round})
		c := s.Must(t, who, calendar, graphtest.Vars{"from": s.today, "to": s.today})
		n := s.As(t, who, `query($id: ID!) { node(id: $id) { id } }`, graphtest.Vars{"id": id})
		return strings.Contains(o.Body, id), strings.Contains(c.Body, graphtest.VillageCode(1)), strings.Contains(n.Body, id)
	}
	if route, on, node := shown("S1"); route || on || node {
		t.Errorf("the village sees it coming: %v %v %v", route, on, node)
	}
	if route, on, node := shown("C1"); !route || !on || !node {
		t.Errorf("the office does not: %v %v %v", route, on, node)
	}
	s.Must(t, "C1", been, graphtest.Vars{"v": id, "rev": 1, "on": s.today})
	if route, on, node := shown("S1"); !route || !on || !node {
		t.Errorf("the village does not see what took place: %v %v %v", route, on, node)
	}
	if c := s.Must(t, "CN1", calendar, graphtest.Vars{"from": s.today, "to": s.today}); !strings.Contains(c.Body, "visited") {
		t.Errorf("the county does not see what took place: %s", c.Body)
	}
}

// Every tool of supervision is recorded with its basis and what it costs; a
// wrong entry is withdrawn and costs nothing. covers B19, B20
func TestSupervision(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	enter := func(kind, basis, points string) graphtest.Vars {
		return graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(1), "k": kind, "b": basis, "p": points, "on": s.today}
	}
	var last string
	for _, kind := range []string{"UNANNOUNCED_VISIT", "LISTED", "TALK", "INQUIRY_LETTER", "BULLETIN"} {
		r := s.Must(t, "C1", supervise, enter(kind, "督查办法第七条", "-0.5"))
		last = r.Text(t, "supervisionEnter", "supervision", "id")
		if r.Text(t, "supervisionEnter", "supervision", "kind") != kind {
			t.Errorf("%s: %s", kind, r.Body)
		}
	}
	s.Run(t, []graphtest.Scenario{
		{Name: "without a basis", As: "C1", Query: supervise, Vars: enter("TALK", " ", "0"), Codes: []string{"SUPERVISION_BASIS"}},
		{Name: "a reward", As: "C1", Query: supervise, Vars: enter("TALK", "x", "1"), Codes: []string{"SUPERVISION_POINTS"}},
		{Name: "in crumbs", As: "C1", Query: supervise, Vars: enter("TALK", "x", "-0.001"), Codes: []string{"SUPERVISION_POINTS"}},
		{Name: "by a village", As: "S1", Query: supervise, Vars: enter("TALK", "x", "0"), Codes: []string{"FORBIDDEN"}},
		{Name: "of another's competition", As: "XC1", Query: supervise, Vars: enter("TALK", "x", "0"), Codes: []string{"NOT_FOUND"}},
	})
	s.Must(t, "C1", `mutation($s: ID!) { supervisionWithdraw(input: {supervision: $s, reason: "登记错村"}) { userErrors { code } } }`, graphtest.Vars{"s": last})
	for who, want := range map[string]int{"C1": 4, "S1": 4, "S2": 0, "XC1": 0} {
		if got := len(s.Must(t, who, supervised, nil).List(t, "supervisions", "nodes")); got != want {
			t.Errorf("%s sees %d measures, want %d", who, got, want)
		}
	}
}

// A highlight with its picture is the township's own until it is shared; then
// the county and its other townships read it, picture and all, and the place it
// is from stays the only one to change it. covers A42
func TestHighlightsAreShared(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	file := s.Taken(t, "S1", "样板.jpg", photo(t, 20))
	picture := s.Must(t, "S1", addPiece, s.vars(1, "PHOTO", graphtest.Vars{"f": file})).Text(t, "evidenceAdd", "evidence", "id")
	const save = `mutation($u: String!, $t: String!, $e: [ID!], $h: ID, $rev: Int) { highlightSave(input: {unitCode: $u, dimension: "habitat", title: $t, body: "积分超市", evidence: $e, highlight: $h, revision: $rev}) {
		highlight { id revision shared evidence { id } } userErrors { code field } } }`
	const share = `mutation($h: ID!, $rev: Int!, $on: Boolean!) { highlightShare(input: {highlight: $h, revision: $rev, shared: $on}) { highlight { shared revision } userErrors { code } } }`
	const library = `query($d: String) { highlightLibrary(dimension: $d) { title host files unit { code } } }`
	id := s.Must(t, "S1", save, graphtest.Vars{"u": graphtest.VillageCode(1), "t": "美丽庭院", "e": []string{picture}}).Text(t, "highlightSave", "highlight", "id")
	s.Run(t, []graphtest.Scenario{
		{Name: "another village's picture", As: "S2", Query: save, Vars: graphtest.Vars{"u": graphtest.VillageCode(2), "t": "x", "e": []string{picture}}, Codes: []string{"NOT_FOUND"}, Has: []string{"evidence[0]"}},
		{Name: "the office mixes villages up", As: "C1", Query: save, Vars: graphtest.Vars{"u": graphtest.VillageCode(2), "t": "x", "e": []string{picture}}, Codes: []string{"EVIDENCE_ELSEWHERE"}},
		{Name: "without a title", As: "S1", Query: save, Vars: graphtest.Vars{"u": graphtest.VillageCode(1), "t": ""}, Codes: []string{"HIGHLIGHT_INCOMPLETE"}},
		{Name: "a village shares", As: "S1", Query: share, Vars: graphtest.Vars{"h": id, "rev": 1, "on": true}, Codes: []string{"FORBIDDEN"}},
		{Name: "not shared yet", As: "XA1", Query: library, Has: []string{`"highlightLibrary":[]`}},
		{Name: "an old revision", As: "A1", Query: share, Vars: graphtest.Vars{"h": id, "rev": 9, "on": true}, Codes: []string{"STALE_REVISION"}},
		{Name: "shared", As: "A1", Query: share, Vars: graphtest.Vars{"h": id, "rev": 1, "on": true}, Writes: true, Has: []string{`"shared":true`}},
		{Name: "the village changes what is shared", As: "S1", Query: save, Vars: graphtest.Vars{"u": graphtest.VillageCode(1), "t": "y", "h": id, "rev": 2}, Codes: []string{"FORBIDDEN"}},
		{Name: "the neighbour changes it", As: "XA1", Query: save, Vars: graphtest.Vars{"u": graphtest.VillageCode(1), "t": "y", "h": id, "rev": 2}, Codes: []string{"NOT_FOUND"}},
		{Name: "of another dimension", As: "XA1", Query: library, Vars: graphtest.Vars{"d": "safety"}, Has: []string{`"highlightLibrary":[]`}},
	})
	for _, who := range []string{"XA1", "XS1", "CN1", "S9"} {
		r := s.Must(t, who, library, graphtest.Vars{"d": "habitat"})
		address := r.Text(t, "highlightLibrary", 0, "files", 0)
		if got := s.Get(t, s.Token(who), address); got.Code != http.StatusOK || got.Header().Get("Content-Type") != "image/jpeg" {
			t.Errorf("%s reads the shared picture: %d", who, got.Code)
		}
	}
	s.Must(t, "A1", share, graphtest.Vars{"h": id, "rev": 2, "on": false})
	if got := s.Get(t, s.Token("XA1"), "/evidence/"+file); got.Code != http.StatusNotFound {
		t.Errorf("what is shared no more is still read: %d", got.Code)
	}
}

// On the county's calendar stand the rounds and visits of its townships, and
// where two competitions come to the same villages in a month is marked; the
// neighbouring township sees none of it. covers G6, G9
func TestTheCountySeesWhereInspectionsMeet(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	first := s.World.Competition
	s.Put(t, `INSERT INTO competition (id, tenant_id, region, name, created_by, created_at)
		SELECT '018f0000-0000-7000-8000-0000000000c2', tenant_id, region, '安全生产检查', created_by, now() FROM competition WHERE id = $1`, first)
	s.Put(t, `INSERT INTO round (id, tenant_id, region, competition_id, template_version_id, period, nominal, held)
		SELECT gen_random_uuid(), tenant_id, region, '018f0000-0000-7000-8000-0000000000c2', template_version_id, period, nominal, held
		FROM round WHERE competition_id = $1 AND period = '2023-05'`, first)
	const calendar = `query($from: Date!, $to: Date!) { inspectionCalendar(from: $from, to: $to) {
		entries { host competition on state overlaps round } overlaps { host month competitions unit { code } } } }`
	span := graphtest.Vars{"from": "2023-05-01", "to": "2023-07-31"}
	for _, who := range []string{"CN1", "C1", "S1"} {
		r := s.Must(t, who, calendar, span)
		met := r.List(t, "inspectionCalendar", "overlaps")
		if len(met) != 1 || r.At(t, "inspectionCalendar", "overlaps", 0, "unit") != nil || len(r.List(t, "inspectionCalendar", "overlaps", 0, "competitions")) != 2 {
			t.Errorf("%s: %s", who, r.Body)
		}
		marked := 0
		for n := range r.List(t, "inspectionCalendar", "entries") {
			marked += len(r.List(t, "inspectionCalendar", "entries", n, "overlaps"))
		}
		if marked != 3 { // April's round is held in May, too: the rule moved it over the holidays
			t.Errorf("%s sees %d entries marked", who, marked)
		}
	}
	s.Run(t, []graphtest.Scenario{
		{Name: "the neighbour", As: "XC1", Query: calendar, Vars: span, Has: []string{`"entries":[]`, `"overlaps":[]`}},
		{Name: "a century", As: "CN1", Query: calendar, Vars: graphtest.Vars{"from": "2000-01-01", "to": "2023-07-31"}, Codes: []string{"SPAN_TOO_LONG"}},
		{Name: "backwards", As: "CN1", Query: calendar, Vars: graphtest.Vars{"from": "2023-07-31", "to": "2023-05-01"}, Codes: []string{"SPAN_TOO_LONG"}},
	})
}
