package overhttp_test

import (
	"strconv"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// TestHalfYearOverHTTP sums six played months up and walks the money through
// its chain, each link another person.
// covers A15, A31, A32, A33, A34, Q16
func TestHalfYearOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	span := vars{"competition": d.competition(t), "key": "half-year", "from": "2023-04", "to": "2023-09"}
	for _, period := range k.World.Months.Periods {
		if period == "2023-09" {
			d.refused(t, sample.Approver, "rollup-publish", span, "ROLLUP_ROUNDS_OPEN")
		}
		if err := k.World.PlayMonth(t.Context(), period); err != nil {
			t.Fatal(err)
		}
	}
	k.Clock.Set(calendar.MustDate("2023-10-11"), "14:00")
	if rows := d.must(t, sample.Clerk, "rollup-preview", span).List(t, "rollupPreview"); len(rows) != 12 {
		t.Errorf("the preview has %d rows", len(rows))
	}
	other := vars{"competition": span["competition"], "key": "half-year", "from": "2023-05", "to": "2023-10"}
	d.refused(t, sample.Approver, "rollup-publish", other, "ROLLUP_SPAN")
	d.refused(t, sample.Clerk, "rollup-publish", span, "FORBIDDEN")
	rollup := d.must(t, sample.Approver, "rollup-publish", span)
	d.money(t, rollup)
	d.tasks(t)
	what := d.must(t, sample.Clerk, "simulate", vars{"competition": span["competition"], "weights": []vars{
		{"channel": "onsite", "weight": "20"}, {"channel": "ledger", "weight": "80"}}})
	same(t, "ranks that other weights would change", []int{what.Int(t, "simulate", "ranksChanged"), what.Int(t, "simulate", "of")}, []int{8, 72})
	d.year(t)
}

// money decides, approves and pays what the half-year calls for.
func (d *desk) money(t *testing.T, rollup *graphtest.Result) {
	t.Helper()
	want := map[string]exact.Number{}
	for _, h := range loadExpected(t).HalfYear {
		if h.Yuan.Sign() != 0 {
			want[h.Village] = h.Yuan
		}
	}
	villages := map[string]string{}
	for i := range rollup.List(t, "rollupPublish", "rollup", "rows") {
		row := []any{"rollupPublish", "rollup", "rows", i}
		villages[rollup.Text(t, append(row, "name")...)] = sample.VillageKey(rollup.Text(t, append(row, "unitCode")...))
	}
	paid := map[string]string{}
	for i := range rollup.List(t, "rollupPublish", "rollup", "outcomes") {
		at := func(field string) any { return rollup.At(t, "rollupPublish", "rollup", "outcomes", i, field) }
		id, _ := at("id").(string)
		name, _ := at("name").(string)
		yuan := want[villages[name]]
		paid[villages[name]] = d.pay(t, id, yuan, i == 0)
	}
	wanted := map[string]string{}
	for village, yuan := range want {
		wanted[village] = yuan.String()
	}
	same(t, "money", paid, wanted)
}

// pay takes one amount through the chain; the first one meets every refusal.
func (d *desk) pay(t *testing.T, id string, yuan exact.Number, thorough bool) string {
	t.Helper()
	amount := yuan
	if amount.Sign() < 0 {
		amount = amount.Neg()
	}
	decide := func(amount, minutes, basis string) vars {
		return vars{"outcome": id, "revision": 1, "amount": amount, "minutes": minutes, "basis": basis}
	}
	step := func(revision int) vars { return vars{"outcome": id, "revision": revision} }
	pay := func(revision int, record string) vars {
		return vars{"outcome": id, "revision": revision, "record": record}
	}
	if thorough {
		d.refused(t, sample.Approver, "outcomes-confirm", vars{"outcomes": []string{id}}, "OUTCOME_IS_MONEY")
		d.refused(t, sample.Approver, "money-decide", decide("0", "纪要1号", "晴委发6号"), "MONEY_AMOUNT_MISSING")
		d.refused(t, sample.Approver, "money-decide", decide("3000", "", "晴委发6号"), "MONEY_MINUTES_MISSING")
		d.refused(t, sample.Approver, "money-decide", decide("3000", "纪要1号", ""), "MONEY_BASIS_MISSING")
		d.refused(t, sample.Clerk, "money-decide", decide("3000", "纪要1号", "晴委发6号"), "FORBIDDEN")
		d.refused(t, sample.Finance, "money-approve", step(1), "WRONG_STATE")
		d.refused(t, sample.Clerk, "money-execute", pay(1, "凭证1号"), "WRONG_STATE")
	}
	d.must(t, sample.Approver, "money-decide", decide(amount.String(), "党政领导会议纪要〔2023〕12号", "晴委发〔2023〕6号"))
	if thorough {
		d.refused(t, sample.Approver, "money-approve", step(2), "MONEY_SAME_PERSON")
		d.refused(t, sample.Finance, "money-approve", step(1), "STALE_REVISION")
	}
	d.must(t, sample.Finance, "money-approve", step(2))
	r := d.must(t, sample.Clerk, "money-execute", pay(3, "记账凭证2023-10-20号"))
	if state := r.Text(t, "moneyExecute", "outcomes", 0, "state"); state != "EXECUTED" {
		t.Errorf("the money is %s", state)
	}
	return r.Text(t, "moneyExecute", "outcomes", 0, "amount")
}

// tasks carries out what the last month left to do.
func (d *desk) tasks(t *testing.T) {
	t.Helper()
	d.take(t, "2023-09")
	talks := 0
	for i, n := range d.must(t, sample.Clerk, "outcomes", vars{"round": d.round, "state": "CONFIRMED"}).List(t, "outcomes", "nodes") {
		node, _ := n.(map[string]any)
		if node["action"] != "talk" {
			continue
		}
		talks++
		v := vars{"outcome": node["id"], "revision": node["revision"], "record": ""}
		d.refused(t, sample.Clerk, "outcome-execute", v, "OUTCOME_RECORD_MISSING")
		v["record"] = "第" + strconv.Itoa(i) + "次约谈已办"
		d.must(t, sample.Clerk, "outcome-execute", v)
	}
	if talks != 3 {
		t.Errorf("%d talks follow from September", talks)
	}
}

// year reads the calendar, and corrects a published month only with a reason.
func (d *desk) year(t *testing.T) {
	t.Helper()
	days := map[string]string{}
	for _, n := range d.must(t, "dashboard", "calendar", vars{"year": 2023}).List(t, "calendar") {
		entry, _ := n.(map[string]any)
		period, _ := entry["period"].(string)
		days[period], _ = entry["held"].(string)
	}
	same(t, "the year's days", days, map[string]string{"2023-04": "2023-05-04", "2023-05": "2023-05-30", "2023-06": "2023-06-30",
		"2023-07": "2023-07-31", "2023-08": "2023-08-30", "2023-09": "2023-10-07", "2023-10": "2023-10-30", "2023-11": "2023-11-30", "2023-12": "2024-01-02"})
	d.refused(t, sample.Approver, "round-reopen", d.on(vars{"reason": " "}), "REASON_MISSING")
	d.refused(t, sample.Clerk, "round-reopen", d.on(vars{"reason": "更正"}), "FORBIDDEN")
	d.step(t, sample.Approver, "round-reopen", vars{"reason": "复核发现录入错误"})
	d.must(t, "dashboard", "board", vars{"round": d.round, "revision": 1}) // what was published stays readable
}
