package graphtest_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/complexity"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/graph"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// consoleCounty is a county that has what every page of the console shows.
func consoleCounty(t *testing.T, county *graphtest.County) *graphtest.County {
	t.Helper()
	return county.Changed(t, func(k *graphtest.Kit) {
		if err := k.World.PlaySchemes(t.Context()); err != nil {
			t.Fatal(err)
		}
		addEndpoint(t, k)
		k.Must(t, "CA1", `mutation { comparisonPublish(input: {from: "2023-05", to: "2023-06", audience: COUNTY}) { userErrors { code } } }`, nil)
		foundPrefecture(t, k)
		k.Must(t, sample.Clerk, exportRequest, graphtest.Vars{"kind": "MARKS", "format": "CSV", "filter": graphtest.Vars{"round": k.RoundID("2023-09")}})
	})
}

// statementsOfTheConsole holds the number of SQL statements of every query that
// the console sends, the opening one included, to testdata/console_statements.txt,
// in a county and in one that has grown: no page asks once more for a row more.
// What is changed is held to the table where it is pressed, in the browser, and
// what no journey presses by statementsOfWhatTheConsoleChanges.
func statementsOfTheConsole(t *testing.T, county *graphtest.County) {
	t.Helper()
	small := county.Open(t, graphtest.Setting{})
	large := county.Grow(t, sample.CountyCode, sample.ObservedTownCode, sample.StreetCode).Open(t, graphtest.Setting{})
	want, have := graphtest.ConsoleTable(t), map[string]int{}
	for _, o := range graphtest.ConsoleOperations(t) {
		row, told := want[o.Name]
		delete(want, o.Name)
		if !told && o.Definition.Operation != ast.Subscription {
			t.Errorf("testdata/console_statements.txt does not name %s", o.Name)
		}
		if o.Definition.Operation != ast.Query {
			continue
		}
		d := consoleDocument(t, small, o)
		n, sent := fewest(t, small, d, row.Here)
		have[d.name] = n
		if n > row.Here+late || n < row.Here-late {
			t.Errorf("%s takes %d statements for twelve villages, and testdata/console_statements.txt says %d:\n%s", d.name, n, row.Here, strings.Join(sent, "\n"))
		}
		if ungrown[d.name] != "" {
			continue
		}
		if more, sent := fewest(t, large, d, n); more > max(n+late, consoleBounded[d.name]) {
			t.Errorf("%s takes %d statements for twelve villages and %d for thirty:\n%s", d.name, n, more, strings.Join(sent, "\n"))
		}
	}
	for name := range want {
		t.Errorf("testdata/console_statements.txt names %s, which the console does not send", name)
	}
	if t.Failed() {
		var table strings.Builder
		for _, name := range slices.Sorted(maps.Keys(have)) {
			fmt.Fprintf(&table, "%s %d\n", name, have[name])
		}
		t.Logf("measured:\n%s", table.String())
	}
}

// addEndpoint gives the township an address to which it pushes, with some of what
// was to be delivered.
func addEndpoint(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	township := k.TenantOf(t, sample.TownshipCode)
	k.Put(t, `INSERT INTO webhook_endpoint (id, tenant_id, region, name, format, shown, address, secret, kinds, owner_id, since, created_at)
		SELECT gen_random_uuid(), t.id, t.region, '大屏', 'standard', 'https://hooks.example.com/in', '', '', ARRAY['round.opened'], (SELECT user_id FROM person WHERE tenant_id = t.id AND pseudonym = $2), 0, now()
		FROM tenant t WHERE t.id = $1`, township, sample.Approver)
	k.Put(t, `INSERT INTO webhook_delivery (id, tenant_id, region, endpoint_id, kind, sequence, state, due_at, created_at, settled_at)
		SELECT gen_random_uuid(), e.tenant_id, e.region, e.id, 'round.opened', n, 'delivered', now(), now(), now() FROM webhook_endpoint e, generate_series(1, 3) n WHERE e.tenant_id = $1`, township)
}

// late is the batch that comes in two where a machine is so busy that it never
// comes in one, and in one where the table was measured on a busier one: a query that asked once more for a row more would take a dozen.
const late = 1

// ungrown are queries that a county that has grown does not answer, with why.
var ungrown = map[string]string{"AdminErasure": "it asks the foreign keys who names a person, and growing takes them away"}

// consoleBounded are queries that may take more statements for more rows, up to
// so many: they look ahead in three rounds at most.
var consoleBounded = map[string]int{"HomePage": 60}

// consoleAskers is who opens the pages of an area, and single ones.
var consoleAskers = map[string]string{
	"admin": sample.Approver, "approve": sample.Approver, "ballots": sample.ObservedClerk, "compare": "CA1", "judge": "J1", "village": "S1", "setup": sample.Approver,
	"FactsJob": sample.Clerk, "RoundBoard": sample.Approver, "PlatformTenants": platform, "PlatformSignups": platform, "PlatformGlass": platform,
	"PrefectureTable": prefecture, "PrefectureHeat": prefecture, "PrefectureTrend": prefecture, "PrefectureSpread": prefecture, "PrefectureUnit": prefecture,
}

// consoleDocument makes what is asked of an operation of the console, by whoever opens its
// page, about something that the county has.
func consoleDocument(t *testing.T, k *graphtest.Kit, o graphtest.ConsoleOperation) document {
	t.Helper()
	d := document{name: o.Name, text: o.Text, vars: graphtest.Vars{}, who: cmp.Or(consoleAskers[o.Name], consoleAskers[o.Area], sample.Clerk)}
	for _, v := range o.Definition.VariableDefinitions {
		d.vars[v.Variable] = consoleVariable(t, k, o, v)
	}
	return d
}

func consoleVariable(t *testing.T, k *graphtest.Kit, o graphtest.ConsoleOperation, v *ast.VariableDefinition) any {
	t.Helper()
	name := v.Variable
	for _, key := range []string{o.Name + "." + name, o.Area + "." + name, name + " " + v.Type.Name(), name} {
		if given, known := consoleValues[key]; known {
			return given(t, k)
		}
	}
	switch {
	case v.Type.Name() == "Boolean" && v.Type.NonNull:
		return true // everything that the page may ask
	case !v.Type.NonNull:
		return nil
	}
	t.Errorf("%s: what is $%s? Say it in consoleValues", o.Name, name)
	return nil
}

// Every operation of the console stays within what one may cost at
// the edge, whatever it leaves out by a condition.
func TestTheConsoleAsksWithinTheLimit(t *testing.T) {
	t.Parallel()
	const most = 20_000 // internal/httpserver refuses what costs more
	schema := graph.NewSchema(&graph.Resolver{})
	for _, o := range graphtest.ConsoleOperations(t) {
		if cost := complexity.Calculate(t.Context(), schema, o.Definition, nil); cost > most {
			t.Errorf("%s costs %d, and %d is the most", o.Name, cost, most)
		}
	}
}
