package overhttp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/sample"
)

const boardOfTownships = `query($r: ID!) { board(round: $r) { audience rows { unitCode shown rank unranked vetoes bands } } }`

// rows are the board's rows as somebody reads them: code, total, rank.
func (c *countyContest) rows(t *testing.T, who string) (all []string) {
	t.Helper()
	for _, n := range c.say(t, who, boardOfTownships, vars{"r": c.round}).List(t, "board", "rows") {
		row, _ := n.(map[string]any)
		all = append(all, fmt.Sprint(row["unitCode"], " ", row["shown"], " ", row["rank"], " ", row["unranked"], row["vetoes"]))
	}
	return all
}

// zeroed: a bonus lifts the first above the scale, and by no more than its cap;
// the vetoed township counts zero, and its sentence cites why.
func (c *countyContest) zeroed(t *testing.T) {
	t.Helper()
	same(t, "the county's own board", c.rows(t, "GC"), []string{
		"990101001 105.00 1 []", "990101102 84.70 2 []", "990101101 83.30 3 []", "990101201 79.10 4 []", "990101202 0.00 5 [accident]"})
	for code, total := range map[string]string{"990101001": "105.00", "990101102": "84.70", "990101101": "83.30", "990101201": "79.10", vetoed: "0.00"} {
		scale := c.sums(t, code, total)
		if want := map[string]string{"990101001": "100", "990101201": "74.1"}[code]; want != "" && !scale["items"].Equal(exact.Must(want)) {
			t.Errorf("%s has %s on the scale, want %s", code, scale["items"], want)
		}
		if bonus := scale["merit"]; (code == "990101001" || code == sample.TownshipCode) != bonus.Equal(exact.Int(5)) {
			t.Errorf("%s has a bonus of %s", code, bonus)
		}
	}
	c.cites(t, "总分计零")
}

// sums adds the lines of a township up, exact and as printed, and gives what the
// items of the scale and the bonus come to.
func (c *countyContest) sums(t *testing.T, code, total string) map[string]exact.Number {
	t.Helper()
	r := c.say(t, "GC", `query($r: ID!, $u: String!) { explain(round: $r, unitCode: $u) { lines { kind item exact points } } }`, vars{"r": c.round, "u": code})
	var exactly, printed exact.Number
	of := map[string]exact.Number{}
	for i := range r.List(t, "explain", "lines") {
		at := func(field string) string { return r.Text(t, "explain", "lines", i, field) }
		value := exact.Must(at("exact"))
		exactly, printed = exactly.Add(value), printed.Add(exact.Must(at("points")))
		switch {
		case at("item") == "merit":
			of["merit"] = value
		case at("kind") == contest.LineItem:
			of["items"] = of["items"].Add(value)
		}
	}
	if want := exact.Must(total); !exactly.Equal(want) || !printed.Equal(want) {
		t.Errorf("%s: the lines sum to %s, as printed to %s; the total is %s", code, exactly, printed, total)
	}
	return of
}

// cites holds the vetoed township's sentence against the document the veto rests on.
func (c *countyContest) cites(t *testing.T, effect string) {
	t.Helper()
	sentence := c.must(t, "GA", "explain", vars{"round": c.round, "unitCode": vetoed}).Text(t, "explain", "sentence")
	for _, want := range []string{"较大以上安全事故一票否决", "依据" + cited, effect} {
		if !strings.Contains(sentence, want) {
			t.Errorf("the sentence lacks %s: %s", want, sentence)
		}
	}
}

// verified recomputes the public bundle with nothing but itself.
func (c *countyContest) verified(t *testing.T) {
	t.Helper()
	publications := c.must(t, "GC", "history", vars{"round": c.round})
	id := publications.Text(t, "round", "publications", 0, "id")
	bundle := c.must(t, "GC", "bundle", vars{"publication": id}).Text(t, "node", "bundle")
	report, err := contest.Verify([]byte(bundle), contest.Trust{})
	if err != nil || report.Hash != publications.Text(t, "round", "publications", 0, "hash") {
		t.Errorf("the public bundle: %v", err)
	}
	for _, who := range []string{sample.Clerk, "XC1", stranger} {
		c.nothing(t, who, "bundle", vars{"publication": id})
	}
}

// townshipsRead: those the county adopted read the best, and of the others, of
// themselves too, that they took part; the stranger reads nothing.
func (c *countyContest) townshipsRead(t *testing.T) {
	t.Helper()
	for _, who := range []string{sample.Clerk, "XC1"} {
		same(t, "the board as "+who+" reads it", c.rows(t, who), []string{
			"990101001 105.00 1 []", "990101102 84.70 2 []", "990101101  <nil> []", "990101201  <nil> []", "990101202  <nil> []"})
		c.nothing(t, who, "round", vars{"round": c.round})
		c.nothing(t, who, "explain", vars{"round": c.round, "unitCode": townships[0]})
	}
	c.nothing(t, stranger, "board", vars{"round": c.round})
	c.ownRead(t)
}

// ownRead: a township reads why it stands where it does, vetoed or not, through
// the adoption: those of it who see its traces, its own line, and of the others
// no name whose rank the board does not show.
func (c *countyContest) ownRead(t *testing.T) {
	t.Helper()
	for who, code := range map[string]string{"XC1": vetoed, sample.Clerk: sample.TownshipCode} {
		r := c.must(t, who, "explain", vars{"round": c.round, "unitCode": code})
		sentence := r.Text(t, "explain", "sentence")
		if len(r.List(t, "explain", "lines")) == 0 || strings.Contains(sentence, cited) != (code == vetoed) {
			t.Errorf("%s reads %s", who, r.Body)
		}
		for _, other := range []string{"990101101", "990101201", "990101202"} {
			if name := c.kit.Strings(t, `SELECT shown_name FROM unit WHERE code = $1`, other)[0]; other != code && strings.Contains(r.Body, name) {
				t.Errorf("%s reads of %s, whose rank is hidden: %s", who, name, r.Body)
			}
		}
	}
	c.nothing(t, "XC1", "explain", vars{"round": c.round, "unitCode": sample.TownshipCode})
	c.nothing(t, sample.Clerk, "explain", vars{"round": c.round, "unitCode": vetoed})
	for _, who := range []string{"XS1", stranger} {
		c.nothing(t, who, "explain", vars{"round": c.round, "unitCode": vetoed})
	}
}

// unseen: what is not published to them townships do not read, nor that it is there.
func (c *countyContest) unseen(t *testing.T) {
	t.Helper()
	for _, who := range []string{sample.Clerk, sample.Approver, "XC1", stranger} {
		for _, query := range []string{"board", "round", "history"} {
			c.nothing(t, who, query, vars{"round": c.round})
		}
		c.nothing(t, who, "explain", vars{"round": c.round, "unitCode": vetoed})
	}
}

// told lists what follows from the round, as action and township.
func (c *countyContest) told(t *testing.T) (all, ids []string) {
	t.Helper()
	for _, n := range c.must(t, "GA", "outcomes", vars{"round": c.round}).List(t, "outcomes", "nodes") {
		o, _ := n.(map[string]any)
		all = append(all, strings.TrimSpace(fmt.Sprint(o["action"], " ", o["name"], " ", o["byRole"])))
		id, _ := o["id"].(string)
		ids = append(ids, id)
	}
	slices.Sort(all)
	return all, ids
}

// follows: points by rank and a share of what they do well for the best, of whom
// there are two: no band takes more than half of so few. The points are booked
// once, and no township reads of it.
func (c *countyContest) follows(t *testing.T) {
	t.Helper()
	all, ids := c.told(t)
	same(t, "what follows", all, []string{"points 荻汀街道", "points 葭川镇", "sharing 荻汀街道", "sharing 葭川镇"})
	for range 2 {
		c.must(t, "GA", "outcomes-confirm", vars{"outcomes": ids, "due": "2024-08-31"})
	}
	have := map[string]string{}
	accounts := c.must(t, "GC", "accounts", vars{"competition": c.competition})
	for i := range accounts.List(t, "accounts") {
		have[accounts.Text(t, "accounts", i, "unit", "code")] = accounts.Text(t, "accounts", i, "balance")
	}
	same(t, "accounts", have, map[string]string{"990101001": "3", "990101102": "2"})
	for _, who := range []string{sample.Approver, "XA1", stranger} {
		if nodes := c.must(t, who, "outcomes", vars{"round": c.round}).List(t, "outcomes", "nodes"); len(nodes) > 0 {
			t.Errorf("%s reads %v", who, nodes)
		}
	}
}

// changed: the next version's veto takes the rank away, from the third quarter on.
func (c *countyContest) changed(t *testing.T) {
	t.Helper()
	id := c.version(t, strings.Replace(c.source, "    effect: zero\n", "", 1))
	c.say(t, "GC", `mutation($c: ID!, $t: ID!) { competitionAddVersion(input: {competition: $c, template: $t, fromPeriod: "2024-Q3"}) { userErrors { code field } } }`,
		vars{"c": c.competition, "t": id})
	c.must(t, "GC", "rounds-plan", vars{"competition": c.competition, "from": "2024-Q3", "to": "2024-Q3"})
}

// unranked: the vetoed township has no rank; who is among the last two again is
// talked with. The county keeps this quarter to itself.
func (c *countyContest) unranked(t *testing.T) {
	t.Helper()
	same(t, "the county's own board", c.rows(t, "GC"), []string{
		"990101001 105.00 1 []", "990101102 84.70 2 []", "990101101 83.30 3 []", "990101201 79.10 4 []", "990101202  <nil> vetoed[accident]"})
	c.cites(t, "一票否决")
	var talks []string
	all, _ := c.told(t)
	for _, one := range all {
		if strings.HasPrefix(one, "talk") {
			talks = append(talks, one)
		}
	}
	same(t, "talks", talks, []string{"talk 晴禾乡 county-organisation"})
	c.unseen(t)
}
