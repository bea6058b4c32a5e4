package graphtest_test

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/graphtest"
	"leitai/internal/nodetest"
	"leitai/internal/sample"
)

// document is one of the documented queries.
type document struct {
	name, text string
	vars       graphtest.Vars
	who        string // pseudonym
}

// bounded are queries that may take more statements for more rows, up to so many:
// what they look at one by one has a bound of its own.
var bounded = map[string]int{"agenda": 7 + 10*4} // it looks ahead in ten rounds at most, each with its rubric and its panels

// statementsOfEveryQuery holds the number of SQL statements of every documented
// query, the opening one included, to testdata/statements.txt. It is the same
// for twelve villages and for thirty with twice as much of everything else: no
// query asks once more for a row more.
func statementsOfEveryQuery(t *testing.T, county *graphtest.County) {
	t.Helper()
	county = county.Changed(t, func(k *graphtest.Kit) {
		if err := k.World.PlaySchemes(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	small := county.Open(t, graphtest.Setting{})
	large := county.Grow(t, sample.CountyCode, sample.ObservedTownCode, sample.StreetCode).Open(t, graphtest.Setting{})
	want := counts(t)
	have := map[string]int{}
	for _, d := range documents(t, small) {
		n, sent := fewest(t, small, d, want[d.name])
		have[d.name] = n
		if n != want[d.name] {
			t.Errorf("%s takes %d statements for twelve villages, and testdata/statements.txt says %d:\n%s", d.name, n, want[d.name], strings.Join(sent, "\n"))
		}
		if more, sent := fewest(t, large, d, want[d.name]); more > max(n, want[d.name], bounded[d.name]) {
			t.Errorf("%s takes %d statements for twelve villages and %d for thirty:\n%s", d.name, n, more, strings.Join(sent, "\n"))
		}
		delete(want, d.name)
	}
	for name := range want {
		t.Errorf("testdata/statements.txt names %s, which is no query that is measured", name)
	}
	if t.Failed() {
		var table strings.Builder
		for _, name := range slices.Sorted(maps.Keys(have)) {
			fmt.Fprintf(&table, "%s %d\n", name, have[name])
		}
		t.Logf("measured:\n%s", table.String())
	}
}

// fewest asks a query until it takes as many statements as are wanted, and gives
// those of the time with the fewest: on a busy machine a batch may come in two.
func fewest(t *testing.T, k *graphtest.Kit, d document, wanted int) (int, []string) {
	t.Helper()
	token := tokenOf(t, k, d.who)
	var best []string
	for n := 0; n < 20 && (best == nil || len(best) > wanted); n++ {
		var r *graphtest.Result
		sent := k.SentSQL(func() { r = k.Post(t, token, d.text+fmt.Sprintf("\n# %d", n), d.vars) }) // no two texts are alike: none is answered from memory
		if codes := r.Codes(); len(codes) > 0 {
			log := k.Log()
			t.Errorf("%s: %v %.500s\n%s", d.name, codes, r.Body, log[max(0, len(log)-1000):])
			return 0, nil
		}
		if best == nil || len(sent) < len(best) {
			best = sent
		}
	}
	shown := make([]string, len(best))
	for i, s := range best {
		shown[i] = "  " + strings.Join(strings.Fields(s), " ")[:min(110, len(strings.Join(strings.Fields(s), " ")))]
	}
	return len(best), shown
}

// counts reads the table: a name and a number a line.
func counts(t *testing.T) map[string]int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "statements.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]int{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		name, number, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			t.Fatalf("testdata/statements.txt: %q", lines.Text())
		}
		all[name] = n
	}
	return all
}

// askers are who asks what is not the clerk's to ask.
var askers = map[string]string{
	"public-path": sample.Approver, "hosted-tenants": platform, "signups": platform, "break-glasses": sample.Approver, "holds": sample.Approver, "statement": sample.Approver, "usage": sample.Approver,
	"observation": sample.ObservedClerk, "poll": sample.ObservedClerk, "grades": sample.StreetClerk, "county-comparison": "CA1", "posting": "CA1", "postings": "CA1", "posting-demands": "CA1", "outstanding-cadres": "CA1",
}

// documents are the queries of docs/queries with variables that name what the
// county has; other variables are those of their samples.
func documents(t *testing.T, k *graphtest.Kit) []document {
	t.Helper()
	schema := graphtest.Schema()
	files, err := filepath.Glob(filepath.Join(nodetest.Root(t), "docs", "queries", "*.graphql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documented queries (%v)", err)
	}
	var all []document
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := document{name: strings.TrimSuffix(filepath.Base(file), ".graphql"), text: string(text), vars: graphtest.Vars{}}
		d.who = cmp.Or(askers[d.name], sample.Clerk)
		parsed, faults := gqlparser.LoadQueryWithRules(schema, d.text, nil)
		if faults != nil {
			t.Fatalf("%s: %v", d.name, faults)
		}
		if parsed.Operations[0].Operation != ast.Query {
			continue
		}
		for line := range strings.Lines(d.text) {
			if example, ok := strings.CutPrefix(strings.TrimSpace(line), "# {"); ok {
				if err := json.Unmarshal([]byte("{"+example), &d.vars); err != nil {
					t.Fatalf("%s: %v", d.name, err)
				}
			}
		}
		for _, v := range parsed.Operations[0].VariableDefinitions {
			d.vars[v.Variable] = variable(t, k, d, v)
		}
		all = append(all, d)
	}
	return all
}

// variable gives a value that names something of the county; what can be left
// out is.
func variable(t *testing.T, k *graphtest.Kit, d document, v *ast.VariableDefinition) any {
	t.Helper()
	if given, known := particular[d.name+"."+v.Variable]; known {
		return given(t, k)
	}
	switch {
	case v.Type.Name() == "ID" && kindsOf[v.Variable] != nil:
		return kindsOf[v.Variable](t, k)
	case !v.Type.NonNull:
		return nil
	case v.Type.Name() == "ID":
		t.Errorf("%s: what does $%s name? Say it in kindsOf", d.name, v.Variable)
	}
	return d.vars[v.Variable]
}

type value func(t *testing.T, k *graphtest.Kit) any

// kindsOf are ids by the name of a variable.
var kindsOf = map[string]value{
	"round":       func(_ *testing.T, k *graphtest.Kit) any { return k.RoundID("2023-09") },
	"competition": func(_ *testing.T, k *graphtest.Kit) any { return k.CompetitionID() },
	"publication": func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return graphtest.ID("Publication", k.Key(t, `SELECT id FROM publication WHERE round_id = $1 ORDER BY revision DESC LIMIT 1`, k.World.Rounds["2023-09"]))
	},
}

// particular are variables of one query.
var particular = map[string]value{
	"observation.round": func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return graphtest.ID("Round", k.Key(t, `SELECT id FROM round WHERE competition_id = $1 ORDER BY held LIMIT 1`, k.World.Observed.Competition))
	},
	"grades.round": func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return graphtest.ID("Round", k.Key(t, `SELECT d.round_id FROM grade_decision d JOIN tenant t ON t.id = d.tenant_id JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 LIMIT 1`, sample.StreetCode))
	},
	"poll.poll": func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return graphtest.ID("Poll", k.World.Observed.Polls[0])
	},
	"posting.id": func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return graphtest.ID("Posting", k.Key(t, `SELECT id FROM posting WHERE competition_id = $1 ORDER BY id LIMIT 1`, k.World.Term.Competition))
	},
	"outstanding-cadres.competition": ofTerm, "postings.competition": ofTerm, "posting-demands.competition": ofTerm,
}

func ofTerm(_ *testing.T, k *graphtest.Kit) any {
	return graphtest.ID("Competition", k.World.Term.Competition)
}
