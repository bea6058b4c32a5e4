package overhttp_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/sample"
)

// expected are the answers that belong to the data.
type expected struct {
	Months map[string]struct {
		Table        []row
		Consequences []struct {
			Village, Rule string
			Rank          int
		}
	}
	HalfYear []struct {
		Village, Mean string
		Rank          int
		Yuan          exact.Number
	}
}

type row struct {
	Village      string `json:"village"`
	Total        string `json:"total"`
	Rank         int    `json:"rank"`
	RankIfExact  int    `json:"rankIfExact"`
	StreakBottom int    `json:"streakBottom"`
}

func loadExpected(t *testing.T) expected {
	t.Helper()
	data, err := os.ReadFile("../../golden/testdata/s1-monthly-arena.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var e expected
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func same(t *testing.T, what string, have, want any) {
	t.Helper()
	if !reflect.DeepEqual(have, want) {
		t.Errorf("%s: have %v\nwant %v", what, have, want)
	}
}

func (d *desk) close(t *testing.T) {
	t.Helper()
	d.must(t, sample.Clerk, "blockers", vars{"round": d.round, "to": "CLOSED"})
	d.refused(t, "J1", "round-close", d.on(nil), "FORBIDDEN")
	d.step(t, sample.Clerk, "round-close", nil)
	if judged := d.must(t, sample.Clerk, "severity", vars{"round": d.round}).List(t, "severity"); len(judged) == 0 {
		t.Error("no severity is estimated or refused for any channel")
	}
	d.refused(t, "J1", "severity", vars{"round": d.round}, "FORBIDDEN")
	d.refused(t, "J1", "marks-submit", vars{"round": d.round, "marks": []vars{mark(0, "party", "onsite", "96")}}, "ROUND_NOT_OPEN")
	preview := d.must(t, sample.Clerk, "round-preview", vars{"round": d.round})
	if n := len(preview.List(t, "roundPreview", "rows")); n != 12 {
		t.Errorf("the dry run has %d rows", n)
	}
	d.refused(t, sample.Clerk, "round-announce", d.on(nil), "WRONG_STATE")
	d.step(t, sample.Clerk, "round-compute", nil)
	d.step(t, sample.Clerk, "round-announce", nil)
}

// announced reads what may be read while the objection period runs.
func (d *desk) announced(t *testing.T) {
	t.Helper()
	own := d.must(t, "S9", "explain", vars{"round": d.round, "unitCode": code(8)})
	if own.At(t, "explain", "provisional") != true {
		t.Error("an announced result is not told to be one")
	}
	d.nothing(t, "S9", "explain", vars{"round": d.round, "unitCode": code(0)})
	for _, who := range []string{"dashboard", "S9", "CN1", "XC1"} {
		d.nothing(t, who, "board", vars{"round": d.round})
	}
	d.refused(t, sample.Approver, "round-publish", d.on(nil), "OBJECTION_PERIOD_RUNNING")
}

func (d *desk) published(t *testing.T) {
	t.Helper()
	d.refused(t, sample.Clerk, "round-publish", d.on(nil), "FORBIDDEN")
	d.refused(t, sample.Approver, "round-publish", vars{"round": d.round, "revision": d.rev - 1}, "STALE_REVISION")
	d.step(t, sample.Approver, "round-publish", vars{"audience": "TOWNSHIP", "comment": "同意通报。", "bulletinNumber": "晴擂办通〔2023〕1号"})
	d.refused(t, sample.Approver, "round-publish", d.on(nil), "WRONG_STATE")
	d.refused(t, sample.Clerk, "round-cancel", d.on(vars{"reason": "重复"}), "WRONG_STATE")
}

// result reads the board, every explanation and the bundle as the dashboard.
func (d *desk) result(t *testing.T) {
	t.Helper()
	var rows []row
	totals := map[string]string{}
	for _, r := range d.must(t, "dashboard", "board", vars{"round": d.round}).List(t, "board", "rows") {
		have := struct {
			UnitCode, Shown   string
			Rank, RankIfExact int
			Streaks           []struct {
				Streak string
				Length int
			}
		}{}
		body, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(body, &have); err != nil {
			t.Fatal(err)
		}
		streak := 0
		for _, s := range have.Streaks {
			streak += s.Length
		}
		rows = append(rows, row{sample.VillageKey(have.UnitCode), have.Shown, have.Rank, have.RankIfExact, streak})
		totals[have.UnitCode] = have.Shown
	}
	same(t, "board", rows, loadExpected(t).Months[month].Table)
	for unit, total := range totals {
		d.explained(t, unit, total)
	}
	publications := d.must(t, "dashboard", "history", vars{"round": d.round})
	id := publications.Text(t, "round", "publications", 0, "id")
	bundle := d.must(t, "dashboard", "bundle", vars{"publication": id}).Text(t, "node", "bundle")
	report, err := contest.Verify([]byte(bundle), contest.Trust{})
	if err != nil || report.Hash != publications.Text(t, "round", "publications", 0, "hash") {
		t.Errorf("the public bundle: %v", err)
	}
}

// explained sums the lines of an explanation, exact and as printed.
func (d *desk) explained(t *testing.T, unit, total string) {
	t.Helper()
	r := d.must(t, "dashboard", "explain", vars{"round": d.round, "unitCode": unit})
	var exactly, printed exact.Number
	for i, line := range r.List(t, "explain", "lines") {
		exactly = exactly.Add(exact.Must(r.Text(t, "explain", "lines", i, "exact")))
		printed = printed.Add(exact.Must(r.Text(t, "explain", "lines", i, "points")))
		l, _ := line.(map[string]any)
		channels, _ := l["channels"].([]any)
		for _, c := range channels {
			if channel, _ := c.(map[string]any); fmt.Sprint(channel["marks"]) != "[]" {
				t.Errorf("the dashboard reads marks of %s: %v", unit, channel)
			}
		}
	}
	want := exact.Must(total)
	if !exactly.Equal(want) || !printed.Equal(want) {
		t.Errorf("%s: the lines sum to %s, as printed to %s; the total is %s", unit, exactly, printed, total)
	}
	if r.Text(t, "explain", "sentence") == "" {
		t.Errorf("%s: no sentence", unit)
	}
}

// follows confirms what follows and reads the accounts.
func (d *desk) follows(t *testing.T) {
	t.Helper()
	var ids []string
	for _, n := range d.must(t, sample.Approver, "outcomes", vars{"round": d.round, "state": "PROPOSED"}).List(t, "outcomes", "nodes") {
		node, _ := n.(map[string]any)
		id, _ := node["id"].(string)
		ids = append(ids, id)
	}
	d.refused(t, sample.Clerk, "outcomes-confirm", vars{"outcomes": ids}, "FORBIDDEN")
	for range 2 { // sent twice, posted once
		d.must(t, sample.Approver, "outcomes-confirm", vars{"outcomes": ids, "due": "2023-05-20"})
	}
	want := map[string]string{}
	m, err := sample.LoadMonths()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range loadExpected(t).Months[month].Consequences {
		if c.Rule == "REWARD_TOP" {
			points := []string{"5", "4", "3"}[c.Rank-1]
			want[c.Village], want[m.Leaders[c.Village]], want[m.Cadres[c.Village]] = points, points, points
		}
	}
	same(t, "accounts", d.accounts(t, sample.Clerk), want)
	same(t, "the account of a resident cadre", d.accounts(t, "K1"), map[string]string{"V1": "5", "K1": "5"})
}

// accounts reads balances by village key or pseudonym.
func (d *desk) accounts(t *testing.T, who string) map[string]string {
	t.Helper()
	have := map[string]string{}
	r := d.must(t, who, "accounts", vars{"competition": d.competition(t)})
	for i, a := range r.List(t, "accounts") {
		account, _ := a.(map[string]any)
		holder, _ := account["holder"].(string)
		if account["unit"] != nil {
			holder = sample.VillageKey(r.Text(t, "accounts", i, "unit", "code"))
		}
		have[holder], _ = account["balance"].(string)
	}
	return have
}

func (d *desk) competition(t *testing.T) string {
	t.Helper()
	return d.must(t, sample.Clerk, "competitions", nil).Text(t, "competitions", "nodes", 0, "id")
}
