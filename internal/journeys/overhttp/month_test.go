package overhttp_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// TestMonthOverHTTP drives one month as clerk, item owners, judges, confirmers,
// approver, village secretaries and dashboard, each with the token of
// demo.json, and is refused on the way what each of them must not do.
// covers A05, A06, A07, A09, A11, A12, A14, A19, A20, A21, A23, A25, A26, A27, Q4, Q6, Q13, Q32
func TestMonthOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	d.take(t, month)
	d.rubric(t)
	d.groups(t)
	d.notice(t)
	k.Clock.Set(calendar.MustDate("2023-05-04"), "08:30")
	d.open(t)
	d.marking(t)
	d.close(t)
	d.announced(t)
	k.Clock.Set(calendar.MustDate("2023-05-08"), "09:00")
	d.published(t)
	d.lookedUp(t)
	d.result(t)
	d.follows(t)
	d.problems(t)
	d.neighbour(t)
}

func (d *desk) rubric(t *testing.T) {
	t.Helper()
	item := func(key, name, dimension, points string) vars {
		return vars{"items": []vars{{"key": key, "name": name, "dimension": dimension, "points": points, "criteria": "逐项对照"}}}
	}
	d.must(t, "L4", "whoami", nil)
	stale := d.rev
	d.step(t, "L4", "rubric-write", item("party", "党建", "party-building", "40"))
	d.refused(t, "L5", "rubric-write", vars{"round": d.round, "revision": stale, "items": item("rural", "乡村振兴", "rural-revitalisation", "35")["items"]}, "STALE_REVISION")
	d.refused(t, "L5", "rubric-write", d.on(item("party", "党建", "party-building", "10")), "ITEM_NOT_YOURS")
	d.refused(t, "S1", "rubric-write", d.on(item("rural", "乡村振兴", "rural-revitalisation", "35")), "FORBIDDEN")
	d.step(t, "L5", "rubric-write", item("rural", "乡村振兴", "rural-revitalisation", "35"))
	d.refused(t, sample.Clerk, "rubric-publish", d.on(nil), "ITEMS_NOT_100")
	d.step(t, "L6", "rubric-write", item("habitat", "人居环境", "habitat", "25"))
	if seen := d.must(t, "S1", "round", vars{"round": d.round}).List(t, "round", "rubric"); len(seen) != 0 {
		t.Errorf("a village reads %d items before they are published", len(seen))
	}
	d.refused(t, "L4", "rubric-publish", d.on(nil), "FORBIDDEN")
	d.step(t, sample.Clerk, "rubric-publish", nil)
	d.refused(t, "L6", "rubric-write", d.on(item("habitat", "人居环境", "habitat", "20")), "RUBRIC_PUBLISHED")
	d.step(t, sample.Clerk, "rubric-withdraw", vars{"reason": "评分标准有误,重新公布"})
	d.step(t, sample.Clerk, "rubric-publish", nil)
	if seen := d.must(t, "S1", "round", vars{"round": d.round}).List(t, "round", "rubric"); len(seen) != 3 {
		t.Errorf("a village reads %d items of the published rubric", len(seen))
	}
}

func (d *desk) groups(t *testing.T) {
	t.Helper()
	d.refused(t, sample.Clerk, "round-notify", d.on(vars{"number": "晴擂办〔2023〕1号", "venue": "乡政府"}), "PANELS_TOO_FEW")
	all := d.panels("J3", "J4")
	twice := d.panels("J1", "J4")
	d.refused(t, sample.Clerk, "panels-set", d.on(twice), "PANEL_PERSON_TWICE")
	d.refused(t, "J1", "panels-set", d.on(all), "FORBIDDEN")
	small := d.panels()
	small["seconded"] = vars{"assigned": []vars{{"person": d.people["K1"], "panel": 1}}}
	d.step(t, sample.Clerk, "panels-set", small)
	r := d.refused(t, sample.Clerk, "round-notify", d.on(vars{"number": "晴擂办〔2023〕1号", "venue": "乡政府"}), "PANEL_TOO_SMALL")
	if n := len(r.List(t, "roundNotify", "blockers")); n != 2 { // the seconded are missing, too: everything is told at once
		t.Errorf("%d blockers are told", n)
	}
	d.step(t, sample.Clerk, "panels-set", all)
}

func (d *desk) notice(t *testing.T) {
	t.Helper()
	d.refused(t, sample.Clerk, "round-open", d.on(nil), "NOTICE_MISSING")
	d.refused(t, sample.Clerk, "round-notify", d.on(vars{"number": "晴擂办〔2023〕1号", "venue": " "}), "REQUIRED")
	d.step(t, sample.Clerk, "round-notify", vars{"number": "晴擂办〔2023〕1号", "venue": "乡政府三楼会议室", "text": "请逐项准备。"})
	d.refused(t, "J1", "marks-submit", vars{"round": d.round, "marks": []vars{mark(0, "party", "onsite", "96")}}, "ROUND_NOT_OPEN")
}

func (d *desk) open(t *testing.T) {
	t.Helper()
	d.refused(t, "R1", "round-open", d.on(nil), "FORBIDDEN")
	d.step(t, sample.Clerk, "round-open", nil)
	d.refused(t, "J5", "marks-submit", vars{"round": d.round, "marks": []vars{mark(0, "party", "ledger", "95")}}, "LEDGER_NOT_RECEIVED")
	receive := func(village int, by string) vars {
		return vars{"round": d.round, "unitCode": code(village), "deliveredBy": d.people[by]}
	}
	d.refused(t, sample.Clerk, "ledger-receive", receive(0, "K1"), "LEDGER_NOT_BY_SECRETARY")
	d.refused(t, sample.Clerk, "ledger-receive", vars{"round": d.round, "unitCode": sample.SiblingCode + "001", "deliveredBy": d.people["S1"]}, "SUBJECT_UNKNOWN")
	for n := range 12 {
		d.must(t, sample.Clerk, "ledger-receive", receive(n, secretary(n)))
	}
	d.refused(t, sample.Clerk, "ledger-receive", receive(3, "S4"), "ALREADY_EXISTS")
}

func secretary(village int) string {
	return []string{"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12"}[village]
}

// marking sends all marks, one of them wrong at first, and has them confirmed.
func (d *desk) marking(t *testing.T) {
	t.Helper()
	d.badMarks(t)
	all := batches(t)
	wrong := all["J1"][0]
	right := wrong["value"]
	wrong["value"] = "69"
	if todo := d.must(t, "J1", "to-mark", vars{"round": d.round}).List(t, "round", "toMark"); len(todo) == 0 {
		t.Error("nothing is left to mark before anybody marked")
	} else if n, _ := d.waiting(t, "J1", "MARKS_TO_GIVE"); n != len(todo) {
		t.Errorf("the judge's agenda has %d cells to mark, the list %d", n, len(todo))
	}
	if _, codes := d.waiting(t, sample.Clerk, "ROUND_STEP"); !slices.Contains(codes, "MARKS_MISSING") {
		t.Errorf("the clerk is not told that marks are missing: %v", codes)
	}
	for judge, marks := range all {
		d.must(t, judge, "marks-submit", vars{"round": d.round, "marks": marks})
	}
	d.must(t, "J2", "marks-submit", vars{"round": d.round, "marks": all["J2"]}) // the network failed: sent again
	own := d.marksAs(t, "J1")
	if len(own) != len(all["J1"]) {
		t.Errorf("a judge sees %d marks before the close, and gave %d", len(own), len(all["J1"]))
	}
	d.refused(t, "J1", "marks-confirm", vars{"round": d.round, "marks": own}, "FORBIDDEN")
	slip := d.find(t, "R1", wrong)
	d.must(t, "R1", "marks-reject", vars{"round": d.round, "marks": []string{slip}, "reason": "与纸质评分表不符"})
	d.refused(t, sample.Clerk, "round-close", d.on(nil), "MARKS_REJECTED")
	d.refused(t, "J2", "mark-correct", vars{"mark": slip, "id": uuid.NewString(), "value": right, "reason": "看错一行"}, "NOT_FOUND")
	d.refused(t, "J1", "mark-correct", vars{"mark": slip, "id": uuid.NewString(), "value": right, "reason": ""}, "REASON_MISSING")
	d.must(t, "J1", "mark-correct", vars{"mark": slip, "id": uuid.NewString(), "value": right, "reason": "看错一行"})
	d.ownEntry(t)
	confirmers := map[string][]string{}
	for id, m := range d.allMarks(t) {
		if m["state"] != "ENTERED" {
			continue
		}
		who := "R1"
		if m["channel"] == "ledger" {
			who = "R2"
		}
		confirmers[who] = append(confirmers[who], id)
	}
	d.refused(t, sample.Clerk, "round-close", d.on(nil), "MARKS_UNCONFIRMED")
	if n, _ := d.waiting(t, "R1", "MARKS_TO_CONFIRM"); n != len(confirmers["R1"])+len(confirmers["R2"]) {
		t.Errorf("%d marks wait to be confirmed, and %v are", n, len(confirmers["R1"])+len(confirmers["R2"]))
	}
	if n, _ := d.waiting(t, "J1", "MARKS_TO_GIVE"); n != 0 {
		t.Errorf("a judge who has marked is to mark %d cells", n)
	}
	for who, ids := range confirmers {
		d.must(t, who, "marks-confirm", vars{"round": d.round, "marks": ids})
	}
	if todo := d.must(t, "J1", "to-mark", vars{"round": d.round}).List(t, "round", "toMark"); len(todo) != 0 {
		t.Errorf("%d cells are left to mark after all marks came in", len(todo))
	}
}

// badMarks tries what no judge may send; nothing of it stays.
func (d *desk) badMarks(t *testing.T) {
	t.Helper()
	for _, c := range []struct {
		who  string
		mark vars
		want string
	}{
		{"K1", mark(0, "party", "onsite", "96"), "JUDGE_RECUSED"}, // the own village
		{"J1", mark(0, "party", "onsite", "101"), "MARK_OUT_OF_RANGE"},
		{"J1", mark(0, "party", "onsite", "95.3"), "MARK_STEP"},
		{"J1", mark(0, "rural", "onsite", "95"), "JUDGE_NOT_IN_PANEL"}, // another group's item
		{"J1", mark(0, "exam", "onsite", "95"), "MARK_ITEM_UNKNOWN"},
		{"L1", mark(0, "party", "onsite", "95"), "FORBIDDEN"},
		{"J1", vars{"id": uuid.NewString(), "unitCode": sample.SiblingCode + "001", "item": "party", "channel": "onsite", "value": "95"}, "SUBJECT_UNKNOWN"},
	} {
		d.refused(t, c.who, "marks-submit", vars{"round": d.round, "marks": []vars{c.mark, mark(5, "party", "onsite", "90")}}, c.want)
	}
	if left := d.marksAs(t, sample.Clerk); len(left) != 0 {
		t.Errorf("%d marks stayed of batches that were refused", len(left))
	}
}

// ownEntry lets the clerk type a sheet in for a judge, and confirm it: which
// must be somebody else.
func (d *desk) ownEntry(t *testing.T) {
	t.Helper()
	for id, m := range d.allMarks(t) {
		if m["judge"] != "J2" || m["value"] == "50" {
			continue
		}
		r := d.must(t, sample.Clerk, "mark-correct", vars{"mark": id, "id": uuid.NewString(), "value": m["value"], "reason": "按纸质评分表重录"})
		typed := r.Text(t, "markCorrect", "marks", 0, "id")
		d.refused(t, sample.Clerk, "marks-confirm", vars{"round": d.round, "marks": []string{typed}}, "CONFIRM_OWN")
		return
	}
}

// marksAs lists the ids of the marks somebody sees.
func (d *desk) marksAs(t *testing.T, who string) []string {
	t.Helper()
	var ids []string
	for id := range d.marksOf(t, who) {
		ids = append(ids, id)
	}
	return ids
}

func (d *desk) allMarks(t *testing.T) map[string]map[string]any {
	t.Helper()
	return d.marksOf(t, sample.Clerk)
}

// marksOf pages through the marks somebody sees.
func (d *desk) marksOf(t *testing.T, who string) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	after := any(nil)
	for {
		r := d.must(t, who, "marks", vars{"round": d.round, "after": after})
		for _, n := range r.List(t, "round", "marks", "nodes") {
			node, _ := n.(map[string]any)
			id, _ := node["id"].(string)
			all[id] = node
		}
		if r.At(t, "round", "marks", "pageInfo", "hasNextPage") != true {
			return all
		}
		after = r.At(t, "round", "marks", "pageInfo", "endCursor")
	}
}

// find gives the id of a mark by what it is about.
func (d *desk) find(t *testing.T, who string, m vars) string {
	t.Helper()
	for id, have := range d.marksOf(t, who) {
		unit, _ := have["unit"].(map[string]any)
		if unit["code"] == m["unitCode"] && have["item"] == m["item"] && have["value"] == m["value"] && have["channel"] == m["channel"] {
			return id
		}
	}
	t.Fatalf("%s does not see the mark %v", who, m)
	return ""
}
