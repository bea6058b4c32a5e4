package graphtest_test

import (
	"strconv"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

const rollups = `query($c: ID!) { rollups(competition: $c) { id rows { unitCode name value rank bands } } }`

// A roll-up tells no more than the results it was made from: what was for the
// persons concerned alone, what a template hides of the ranks, and a trial do
// not come out in sum. covers G8, Q35
func rollupTellsNoMoreThanItsResults(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	open := lines(t, k, "S1")
	if len(open) != 12 || lines(t, k, "CN1")[11] == "" {
		t.Fatalf("as published to the township: %v", open)
	}
	rewrite(t, k, `UPDATE publication SET audience = 'person' WHERE round_id = '`+k.World.Rounds["2023-06"].String()+`'`)
	for who, want := range map[string]int{"A1": 12, "C1": 12, "S1": 1, "S2": 1, "J1": 0, "CN1": 0, "dashboard": 0} {
		got := lines(t, k, who)
		if len(got) != want {
			t.Errorf("one round is for the persons concerned: %s sees %v", who, got)
		}
		if who[0] == 'S' && len(got) == 1 && !strings.HasPrefix(got[0], graphtest.VillageCode(int(who[1]-'0'))) {
			t.Errorf("%s sees another's line %v", who, got)
		}
	}
	rewrite(t, k, `UPDATE publication SET audience = 'township'`)
	for show, ranked := range map[string]map[string]int{
		"bands": {"S1": 0, "CN1": 0, "C1": 12}, "top-only": {"S1": 3, "dashboard": 3, "C1": 12}, "none": {"S1": 0, "CD1": 0, "A1": 12},
	} {
		rewrite(t, k, `UPDATE template_version SET canonical = jsonb_set(canonical::jsonb, '{ranking,show}', '"`+show+`"')::text`)
		for who, want := range ranked {
			have := 0
			for _, line := range lines(t, k, who) {
				if !strings.HasSuffix(line, " -") {
					have++
				}
			}
			if have != want {
				t.Errorf("ranking.show %s: %s sees %d ranks, want %d: %v", show, who, have, want, lines(t, k, who))
			}
		}
	}
	rewrite(t, k, `UPDATE rollup SET trial = true`)
	if got := lines(t, k, "S1"); len(got) != 0 {
		t.Errorf("a trial's: %v", got)
	}
	if got := lines(t, k, "C1"); len(got) != 12 {
		t.Errorf("a trial's, for the office: %v", got)
	}
}

// lines are "code rank" of the half-year as somebody sees it; "-" for a hidden
// rank. The node says the same as the list.
func lines(t *testing.T, k *graphtest.Kit, who string) []string {
	t.Helper()
	var out []string
	list := k.Speak(t, k.Token(who), "", rollups, graphtest.Vars{"c": k.CompetitionID()})
	all := list.List(t, "rollups")
	for i := range all {
		for j := range list.List(t, "rollups", i, "rows") {
			rank := "-"
			if list.At(t, "rollups", i, "rows", j, "rank") != nil {
				rank = strconv.Itoa(list.Int(t, "rollups", i, "rows", j, "rank"))
			}
			out = append(out, list.Text(t, "rollups", i, "rows", j, "unitCode")+" "+rank)
		}
	}
	node := k.Speak(t, k.Token(who), "", `query($i: ID!) { node(id: $i) { ... on Rollup { rows { unitCode } } } }`, graphtest.Vars{"i": graphtest.ID("Rollup", k.Key(t, `SELECT id FROM rollup`))})
	if found := node.At(t, "node"); (found != nil) != (len(all) > 0) {
		t.Errorf("%s: the node and the list differ: %s", who, node.Body)
	}
	return out
}

// rewrite changes what only time or another template could, as the superuser.
func rewrite(t *testing.T, k *graphtest.Kit, statement string) {
	t.Helper()
	tx, err := k.DB.Admin(t).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, s := range []string{`SET LOCAL session_replication_role = replica`, statement} {
		if _, err := tx.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}
