package overhttp_test

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/sample"
)

// stated lets the township state days and leave of the county's posting; no
// other township can.
func (y *year) stated(t *testing.T) {
	t.Helper()
	days := func(month string, days, excused int, reason string) vars {
		return vars{"input": vars{"posting": y.posting, "month": month, "days": days, "excused": excused, "reason": reason}}
	}
	y.refused(t, "F1", "posting-state-days", days("2023-05", 31, 0, ""), "FORBIDDEN")
	y.tokens["XC1"] = y.kit.Token("XC1")
	y.refused(t, "XC1", "posting-state-days", days("2023-05", 21, 0, ""), "NOT_FOUND")
	y.must(t, sample.Clerk, "posting-state-days", days("2023-05", 21, 0, ""))
	y.refused(t, sample.Clerk, "posting-state-days", days("2023-06", 17, 4, ""), "STATEMENT_LEAVE")
	leave := vars{"input": vars{"posting": y.posting, "first": "2023-06-05", "last": "2023-06-09"}}
	y.must(t, sample.Clerk, "posting-leave", leave)
	y.refused(t, sample.Clerk, "posting-leave", leave, "LEAVE_OVERLAP")
	if got := y.must(t, sample.Clerk, "posting-state-days", days("2023-06", 16, 4, "")).Text(t, "postingStateDays", "month", "state"); got != "EXCUSED" {
		t.Errorf("16 days and 4 of approved leave: %s", got)
	}
	if got := y.must(t, sample.Clerk, "posting-state-days", days("2023-07", 18, 0, "")).Text(t, "postingStateDays", "month", "state"); got != "SHORT" {
		t.Errorf("18 days: %s", got)
	}
	y.refused(t, sample.Clerk, "posting-state-days", days("2023-07", 19, 0, ""), "STATEMENT_REASON")
	y.must(t, sample.Clerk, "posting-state-days", days("2023-07", 19, 0, "漏记一天"))
	y.refused(t, sample.Clerk, "posting-state-days", days("2023-08", 20, 0, ""), "STATEMENT_MONTH")
	y.refused(t, sample.Clerk, "posting-state-days", days("2023-04", 20, 0, ""), "STATEMENT_MONTH")
	y.refused(t, sample.Clerk, "posting-state-days", days("2023-07", 32, 0, "x"), "STATEMENT_DAYS")
	if got := y.months(t, "CA1"); got != "2023-05 21/0 OK, 2023-06 16/4 EXCUSED, 2023-07 19/0 SHORT corrected" {
		t.Errorf("the county reads %s", got)
	}
	if got := y.must(t, "CA1", "posting", vars{"id": y.posting}).Int(t, "posting", "daysTotal"); got != 56 {
		t.Errorf("%d days present in all", got)
	}
}

// months prints what somebody reads of the days.
func (y *year) months(t *testing.T, who string) string {
	t.Helper()
	var out []string
	for _, m := range y.must(t, who, "posting", vars{"id": y.posting}).List(t, "posting", "months") {
		month, _ := m.(map[string]any)
		text := fmt.Sprintf("%v %v/%v %v", month["month"], month["days"], month["excused"], month["state"])
		if month["corrected"] == true {
			text += " corrected"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// followed enters figures and events and reads what is met and what is owed.
func (y *year) followed(t *testing.T) {
	t.Helper()
	figures := func(milestone, period string, pairs ...string) vars {
		var list []vars
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, vars{"metric": pairs[i], "value": pairs[i+1]})
		}
		return vars{"input": vars{"posting": y.posting, "milestone": milestone, "period": period, "figures": list, "source": "村级台账"}}
	}
	y.refused(t, "CA1", "posting-figures", figures("fame", "2023-Q3", "x", "1"), "MILESTONE_UNKNOWN")
	y.refused(t, "CA1", "posting-figures", figures("households", "2022-Q3", "households", "1"), "MILESTONE_PERIOD")
	y.refused(t, "CA1", "posting-figures", figures("households", "2023-Q3", "names", "1"), "MILESTONE_METRIC")
	y.must(t, "CA1", "posting-figures", figures("households", "2023-Q3", "householdsVisited", "412", "households", "412"))
	y.must(t, "CA1", "posting-figures", figures("households", "2023-Q4", "householdsVisited", "409", "households", "412"))
	y.must(t, "CA1", "posting-figures", figures("income", "2024", "collectiveIncome", "131000", "collectiveIncomeBefore", "98000"))
	y.must(t, "CA1", "posting-event", vars{"input": vars{"competition": y.competition, "kind": "SYMPOSIUM", "on": "2023-08-20"}})
	y.refused(t, "CA1", "posting-event", vars{"input": vars{"competition": y.competition, "kind": "UNIT_VISIT", "on": "2023-09-12"}}, "POSTING_EVENT_KIND")
	visit := y.must(t, "CA1", "posting-event", vars{"input": vars{"posting": y.posting, "kind": "UNIT_VISIT", "on": "2023-09-12"}}).Text(t, "postingEvent", "event", "id")
	if got := y.duties(t)["unit-visit 2023-H2"]; got != "0 owes 1 late" {
		t.Errorf("a visit counts once the liaison confirmed it: %s", got)
	}
	y.refused(t, "CA1", "posting-confirm", vars{"input": vars{"event": visit}}, "NOT_FOUND")
	y.must(t, "U1", "posting-confirm", vars{"input": vars{"event": visit}})
	y.refused(t, "U1", "posting-confirm", vars{"input": vars{"event": visit}}, "POSTING_CONFIRMED")
	y.must(t, "CA1", "posting-support", vars{"input": vars{"posting": y.posting, "period": "2023", "allowance": true, "insurance": false}})
	y.must(t, "CA1", "posting-support", vars{"input": vars{"posting": y.posting, "period": "2023", "allowance": true, "insurance": true}})
	duties, targets := y.duties(t), y.targets(t)
	for key, want := range map[string]string{"unit-visit 2023-H2": "1", "symposium 2023-Q3": "1", "symposium 2023-Q4": "0 owes 1 late", "symposium 2024-Q1": "0 owes 1", "inspection 2023-H2": "0 owes 1 late"} {
		if duties[key] != want {
			t.Errorf("%s: %q, want %q", key, duties[key], want)
		}
	}
	for key, want := range map[string]string{"households 2023-Q3": "MET", "households 2023-Q4": "MISSED", "households 2024-Q1": "PENDING",
		"income 2024": "MET", "cooperative months": "UNKNOWN", "new-member term": "PENDING"} {
		if targets[key] != want {
			t.Errorf("%s: %q, want %q", key, targets[key], want)
		}
	}
	if got := fmt.Sprint(y.must(t, "CA1", "posting", vars{"id": y.posting}).List(t, "posting", "supports")); !strings.Contains(got, "insurance:true") || strings.Contains(got, "insurance:false") {
		t.Errorf("the last entry counts: %s", got)
	}
}

func (y *year) duties(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, d := range y.must(t, "CA1", "posting", vars{"id": y.posting}).List(t, "posting", "duties") {
		duty, _ := d.(map[string]any)
		text := fmt.Sprint(duty["held"])
		if duty["owes"] != float64(0) {
			text += fmt.Sprintf(" owes %v", duty["owes"])
		}
		if duty["late"] == true {
			text += " late"
		}
		out[fmt.Sprintf("%v %v", duty["kind"], duty["period"])] = text
	}
	return out
}

func (y *year) targets(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, d := range y.must(t, "CA1", "posting", vars{"id": y.posting}).List(t, "posting", "targets") {
		target, _ := d.(map[string]any)
		out[fmt.Sprintf("%v %v", target["milestone"], target["period"])] = fmt.Sprint(target["state"])
	}
	return out
}

// inspected records a half-year's inspection, corrects it, and reads it back.
func (y *year) inspected(t *testing.T) {
	t.Helper()
	inspect := func(bars bool, reason string) vars {
		return vars{"input": vars{"posting": y.posting, "on": "2023-12-15", "conduct": true, "service": true, "discipline": !bars, "results": true,
			"bars": bars, "record": "岚组考〔2023〕7号", "reason": reason}}
	}
	y.refused(t, sample.Clerk, "posting-inspect", inspect(false, ""), "FORBIDDEN")
	y.must(t, "CA1", "posting-inspect", inspect(true, ""))
	y.refused(t, "CA1", "posting-inspect", inspect(false, ""), "INSPECTION_REASON")
	y.must(t, "CA1", "posting-inspect", inspect(false, "核查后更正"))
	found := y.must(t, "CA1", "posting", vars{"id": y.posting}).List(t, "posting", "inspections")
	if len(found) != 1 || !strings.Contains(fmt.Sprint(found[0]), "bars:false") {
		t.Errorf("the correction is in force: %v", found)
	}
}

// seenByOthers: the person, the liaison and the township see their part; nobody
// else sees anything.
func (y *year) seenByOthers(t *testing.T) {
	t.Helper()
	list := func(who string) int {
		return len(y.must(t, who, "postings", vars{"competition": y.competition}).List(t, "postings", "nodes"))
	}
	if all, own, liaison, stranger := list("CA1"), list("F1"), list("U1"), list("F3"); all != 2 || own != 1 || liaison != 1 || stranger != 0 {
		t.Errorf("county %d, the person %d, liaison %d, another %d", all, own, liaison, stranger)
	}
	if here, there := list(sample.Clerk), list("XC1"); here != 1 || there != 0 {
		t.Errorf("the township sees %d of those that serve in its villages, another township %d", here, there)
	}
	if got := y.months(t, "F1"); got != y.months(t, "CA1") {
		t.Errorf("the person reads %s", got)
	}
	township := y.must(t, sample.Clerk, "posting", vars{"id": y.posting})
	if len(township.List(t, "posting", "months")) != 3 || len(township.List(t, "posting", "checks")) != 0 || len(township.List(t, "posting", "inspections")) != 0 {
		t.Errorf("a township reads the days it stated and nothing of checks and inspections: %s", township.Body)
	}
	for _, who := range []string{"F3", "XC1"} {
		if r := y.ask(t, who, "posting", vars{"id": y.posting}); fmt.Sprint(r.Codes()) != "[NOT_FOUND]" {
			t.Errorf("%s reads %s", who, r.Body)
		}
	}
	y.refused(t, "F1", "posting-demands", vars{"competition": y.competition}, "FORBIDDEN")
	y.refused(t, "S1", "postings", vars{}, "FORBIDDEN")
}

// recalled ends the posting early and selects again for the same village.
func (y *year) recalled(t *testing.T) {
	t.Helper()
	y.refused(t, "CA1", "posting-advance", step(y.posting, y.revision, "COMPLETED", "2024-01-09", nil), "POSTING_TERM_RUNS")
	y.refused(t, "CA1", "posting-advance", step(y.posting, y.revision, "RECALLED", "2024-01-09", nil), "POSTING_REASON_MISSING")
	ended := y.must(t, "CA1", "posting-advance", step(y.posting, y.revision, "RECALLED", "2024-01-09",
		vars{"reason": "群众不认可", "responsibility": "派出单位作出说明"}))
	if got := ended.Text(t, "postingAdvance", "posting", "lastDay"); got != "2024-01-09" {
		t.Errorf("the posting ends on %s", got)
	}
	again := y.nominate("F3", "FIRST_SECRETARY")
	in, _ := again["input"].(vars)
	in["replaces"] = y.posting
	if got := y.must(t, "CA1", "posting-nominate", again).Text(t, "postingNominate", "posting", "stage"); got != "PROPOSED" {
		t.Errorf("selected again at %s", got)
	}
	for _, d := range y.must(t, "CA1", "posting-demands", vars{"competition": y.competition}).List(t, "postingDemands") {
		if demand, _ := d.(map[string]any); demand["secretaryServes"] != false || demand["cluster"] != "沿河三村" {
			t.Errorf("%v", demand)
		}
	}
	if got := y.must(t, "CA1", "outstanding-cadres", vars{"competition": y.competition}).List(t, "outstandingCadres"); len(got) != 0 {
		t.Errorf("nobody has an annual grade yet: %v", got)
	}
}
