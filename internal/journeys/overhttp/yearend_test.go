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

// hygiene is what the notice of a year-end says about the meeting (E06, E28).
const hygiene = "述职测评会不超过一天，会场通风，与会人员佩戴口罩。\n报告不超过2000字，材料少而实。"

// yearEnd is the annual assessment of twelve village secretaries.
type yearEnd struct {
	*hall
	competition, publication string
}

// TestYearEndOverHTTP takes the preset of a year-end from its notice to its
// exports: village groups, verified marks, the report meeting with ballots by
// code and on paper, the duty review entered, the best but capped secretary
// passed over, a tie for the last seat decided with its reason, papers handed in
// and made known, and what is printed.
// covers E01, E02, E03, E06, E07, E08, E10, E11, E13, E16, E17, E18, E19, E21, E22, E23, E27, E28, E29, Q17, Q21
func TestYearEndOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	y := &yearEnd{hall: &hall{desk: newDesk(t, k), kit: k, codes: map[string][]string{}}}
	y.founded(t)
	k.Clock.Set(calendar.MustDate("2024-01-08"), "09:00")
	y.verified(t)
	y.reported(t)
	y.voted(t)
	k.Clock.Set(calendar.MustDate("2024-01-16"), "09:00")
	y.graded(t)
	y.handedIn(t)
	y.followed(t)
	y.printed(t)
	y.reports(t)
}

// founded takes the preset as it is, with the work group that leads the year-end,
// and takes its round to the notice.
func (y *yearEnd) founded(t *testing.T) {
	t.Helper()
	y.kit.Clock.Set(calendar.MustDate("2024-01-03"), "09:00")
	draft := y.must(t, sample.Clerk, "template-from-preset", vars{"preset": "annual-assessment"})
	template := draft.Text(t, "templateFromPreset", "template", "id")
	y.must(t, sample.Approver, "template-activate", vars{"template": template, "revision": 1, "confirm": draft.At(t, "templateFromPreset", "template", "toConfirm")})
	seat := func(seat, who, title string) vars { return vars{"seat": seat, "person": y.people[who], "title": title} }
	made := y.must(t, sample.Clerk, "competition-create", vars{"input": vars{"name": "年度考核与下述下评", "template": template, "fromPeriod": "2023",
		"filingNumber": "岚督考备〔2024〕1号",
		"notice":       vars{"number": "晴委发〔2024〕1号", "issuer": "中共晴禾乡委员会", "date": "2024-01-02", "title": "关于开展年度考核和“下述下评”工作的通知", "text": hygiene, "distribution": []string{"各村（社区）"}},
		"leadingGroup": vars{"members": []vars{seat("head", sample.Approver, "政委"), seat("first-deputy", sample.Finance, "组长"), seat("deputy", "L1", "副组长"), seat("member", "L2", "成员")},
			"offices": []string{"党建办"}, "officeHead": "办公室主任"}}})
	y.competition = made.Text(t, "competitionCreate", "competition", "id")
	plan := y.must(t, sample.Clerk, "rounds-plan", vars{"competition": y.competition, "from": "2023", "to": "2023"})
	if held := plan.Text(t, "roundsPlan", "entries", 0, "held"); held != "2024-01-08" { // the 7th is a Sunday
		t.Errorf("the window opens on %s", held)
	}
	y.round, y.rev = plan.Text(t, "roundsPlan", "entries", 0, "round", "id"), 1
	var panels []vars
	for g, members := range [][]string{{"J1", "A2"}, {"J2", "L1"}, {"J3", "L2"}, {"J4", "L3"}} {
		panels = append(panels, vars{"name": fmt.Sprintf("第%d片区组", g+1), "members": y.desk.ids(members...), "unitCodes": []string{code(3 * g), code(3*g + 1), code(3*g + 2)}})
	}
	notice := vars{"number": "晴考〔2024〕1号", "venue": "乡政府三楼会议室，会期半天", "text": hygiene}
	y.refused(t, sample.Clerk, "round-notify", y.on(notice), "PANELS_TOO_FEW")
	y.step(t, sample.Clerk, "panels-set", vars{"panels": panels, "seconded": vars{"assigned": []vars{}}})
	y.step(t, sample.Clerk, "rubric-publish", nil)
	y.step(t, sample.Clerk, "round-notify", notice)
}

// verified opens the round and writes what the village groups verified, seen in
// an unannounced visit, too; another person confirms.
func (y *yearEnd) verified(t *testing.T) {
	t.Helper()
	y.step(t, sample.Clerk, "round-open", nil)
	y.say(t, sample.Clerk, `mutation($c: ID!, $u: String!) { visitUnannounced(input: {competition: $c, unitCode: $u, plannedOn: "2024-01-08", visitedOn: "2024-01-08", note: "四不两直"}) {
		visit { id } userErrors { code field } } }`, vars{"c": y.competition, "u": code(1)})
	work := []string{"98", "97", "94", "93", "91", "91", "85", "84", "83", "82", "81", "70"}
	for g, judge := range []string{"J1", "J2", "J3", "J4"} {
		var marks []vars
		for i := 3 * g; i < 3*g+3; i++ {
			marks = append(marks, vars{"id": uuid.NewString(), "subject": y.people[fmt.Sprintf("S%d", i+1)], "item": "work", "channel": "verification", "value": work[i]})
		}
		y.must(t, judge, "marks-submit", vars{"round": y.round, "marks": marks})
	}
	y.refused(t, sample.Clerk, "round-close", y.on(nil), "MARKS_UNCONFIRMED")
	y.must(t, "R1", "marks-confirm", vars{"round": y.round, "marks": y.marksAs(t, "R1")})
}

// reported is the meeting: secretaries report orally, the superior comments on
// each (一述一评), and the minutes say so.
func (y *yearEnd) reported(t *testing.T) {
	t.Helper()
	y.say(t, sample.Clerk, `mutation($r: ID!, $chair: ID!) { reviewMeetingRecord(input: {round: $r, heldOn: "2024-01-08", place: "乡政府三楼会议室", chair: $chair,
		minutes: "各村党组织书记口头述职，其他人员书面述职；扩大会议听取并逐一评议。", minutesNumber: "晴委纪〔2024〕1号"}) { observation { meeting { heldOn } } userErrors { code field } } }`,
		vars{"r": y.round, "chair": y.people[sample.Approver]})
	for i := range 12 {
		y.must(t, sample.Approver, "comment-record", vars{"round": y.round, "unitCode": code(i), "text": "问题找得准，承诺要逐条兑现。", "on": "2024-01-08"})
	}
	seen := y.must(t, sample.Clerk, "observation", vars{"round": y.round})
	if n, number := seen.Int(t, "observation", "commented"), seen.Text(t, "observation", "meeting", "minutesNumber"); n != 12 || number != "晴委纪〔2024〕1号" {
		t.Errorf("%d commented on in the meeting of minutes %s", n, number)
	}
}

// voted holds the ballot: leaders by code, the others on paper that two count,
// two officials who close, one code one sheet.
func (y *yearEnd) voted(t *testing.T) {
	t.Helper()
	opened := y.must(t, sample.Clerk, "poll-open", vars{"input": vars{"competition": y.competition, "round": y.round}})
	y.poll = opened.Text(t, "pollOpen", "poll", "id")
	for i := range opened.List(t, "pollOpen", "poll", "subjects") {
		y.hall.ids = append(y.hall.ids, opened.Text(t, "pollOpen", "poll", "subjects", i, "subject"))
	}
	groups := []struct {
		key string
		n   int
	}{{"street-leaders", 6}, {"party-members", 8}, {"group-heads-and-masses", 6}, {"delegates", 3}}
	var rows []vars
	for g, group := range groups {
		for i := range group.n {
			rows = append(rows, vars{"person": fmt.Sprintf("%d-%02d", g, i+1), "group": group.key})
		}
	}
	y.must(t, sample.Clerk, "poll-roster", vars{"poll": y.poll, "rows": rows})
	slips := y.must(t, sample.Clerk, "poll-codes", vars{"poll": y.poll, "site": y.url, "groups": []vars{{"group": "street-leaders", "number": 6}}})
	for i := range slips.List(t, "pollCodesIssue", "slips") {
		c := slips.Text(t, "pollCodesIssue", "slips", i, "code")
		y.cast(t, y.sheet(c, "excellent", -1))
		if status, _ := y.form(t, "/ballot/cast", y.sheet(c, "basic", -1)); status != http.StatusBadRequest {
			t.Errorf("a code is used twice: %d", status)
		}
	}
	for _, group := range groups[1:] {
		var subjects []vars
		for _, id := range y.hall.ids {
			subjects = append(subjects, vars{"subject": id, "options": []vars{{"option": "excellent", "count": group.n}}})
		}
		y.must(t, sample.Clerk, "poll-attendance", vars{"poll": y.poll, "group": group.key, "present": group.n, "papers": group.n})
		for _, counter := range []string{sample.Clerk, sample.Approver} {
			y.must(t, counter, "poll-paper", vars{"input": vars{"poll": y.poll, "group": group.key, "returned": group.n, "subjects": subjects}})
		}
	}
	y.refused(t, sample.Clerk, "round-compute", y.on(nil), "WRONG_STATE")
	y.must(t, sample.Clerk, "poll-close", vars{"poll": y.poll})
	y.refused(t, sample.Clerk, "poll-close", vars{"poll": y.poll}, "BALLOT_SECOND_PERSON")
	y.must(t, sample.Approver, "poll-close", vars{"poll": y.poll})
	r := y.must(t, sample.Approver, "poll", vars{"poll": y.poll})
	if r.At(t, "poll", "results", 0, "breakdown") != false || r.At(t, "poll", "results", 0, "valid") != 23.0 || r.At(t, "poll", "turnout") != 23.0 {
		t.Errorf("the result of a hall with a small group: %s", r.Body)
	}
}

// graded closes the round, enters the duty reviews, decides the tie for the last
// seat and publishes.
func (y *yearEnd) graded(t *testing.T) {
	t.Helper()
	decide := func(who int, scale, grade, reason string) vars {
		return vars{"input": vars{"round": y.round, "subject": y.people[fmt.Sprintf("S%d", who)], "scale": scale, "grade": grade, "reason": reason}}
	}
	y.refused(t, sample.Approver, "grade-decide", decide(1, "duty-review", "good", "审定"), "WRONG_STATE")
	y.step(t, sample.Clerk, "round-close", nil)
	y.refused(t, sample.Approver, "grade-decide", decide(1, "duty-review", "good", " "), "REASON_MISSING")
	y.refused(t, "S1", "grade-decide", decide(1, "duty-review", "good", "自评"), "FORBIDDEN")
	for i := range 12 {
		grade := map[int]string{1: "fairly-good", 11: "average"}[i]
		if grade == "" {
			grade = "good"
		}
		y.must(t, sample.Approver, "grade-decide", decide(i+1, "duty-review", grade, "核查与评议情况综合，党委会审定。"))
	}
	y.step(t, sample.Clerk, "round-compute", nil)
	refused := y.refused(t, sample.Clerk, "round-announce", y.on(nil), "GRADE_UNDECIDED")
	if !strings.Contains(refused.Body, "榆穗村") || !strings.Contains(refused.Body, "梧穗村") {
		t.Errorf("who is tied for the last seat: %s", refused.Body)
	}
	y.must(t, sample.Approver, "grade-decide", decide(6, "annual", "excellent", "两人得分相同，承担任务更重，会议研究确定。"))
	y.step(t, sample.Clerk, "round-compute", nil)
	y.step(t, sample.Clerk, "round-announce", nil)
	y.kit.Clock.Set(calendar.MustDate("2024-01-24"), "09:00")
	published := y.step(t, sample.Approver, "round-publish", vars{"comment": "经党委会研究，同意。", "bulletinNumber": "晴考通〔2024〕1号"})
	y.publication = published.Text(t, "roundPublish", "round", "publications", 0, "id")
	y.seats(t)
}

// grades reads who has the best annual grade and why the second has not.
func (y *yearEnd) grades(t *testing.T, who string) (best []string, decision, why string) {
	t.Helper()
	for _, g := range y.must(t, who, "grades", vars{"round": y.round}).List(t, "board", "grades") {
		scale, _ := g.(map[string]any)
		if scale["scale"] != "annual" {
			continue
		}
		decision = strings.ToLower(fmt.Sprint(scale["decision"]))
		lines, _ := scale["lines"].([]any)
		for _, l := range lines {
			line, _ := l.(map[string]any)
			if line["grade"] == "excellent" {
				best = append(best, fmt.Sprint(line["code"]))
			}
			if line["code"] == "S2" {
				why = fmt.Sprint(line["passedOver"])
			}
		}
	}
	slices.Sort(best)
	return best, decision, why
}

// seats: four of twelve, proposed upward; the second is capped, the tie decided.
// The published bundle, on which commendation and allowance rest, says the same.
func (y *yearEnd) seats(t *testing.T) {
	t.Helper()
	best, decision, why := y.grades(t, sample.Approver)
	if fmt.Sprint(best) != "[S1 S3 S4 S6]" || decision != "superior" || !strings.Contains(why, "duty-review") {
		t.Errorf("%v are excellent, decided by %s; S2, second, is passed over for %s", best, decision, why)
	}
	bundle := y.must(t, sample.Approver, "bundle", vars{"publication": y.publication}).Body
	if !strings.Contains(bundle, "SEAT") || !strings.Contains(bundle, "excellent") {
		t.Error("the bundle does not say who has a seat")
	}
}
