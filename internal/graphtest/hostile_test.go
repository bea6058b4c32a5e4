package graphtest_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

const (
	competitionNamed = `mutation($t: ID!, $name: String!, $issuer: String!) { competitionCreate(input: {name: $name, template: $t, fromPeriod: "2024-01", trial: true,
		notice: {number: "1", issuer: $issuer, date: "2023-10-01", title: "t", text: "", distribution: [], basis: []},
		leadingGroup: {members: [{seat: "head", title: "乡党委书记"}], offices: [], officeHead: ""}}) { userErrors { code field } } }`
	issueWorth = `mutation($c: ID!, $unit: String!, $title: String!, $base: Decimal!) {
		issueOpen(input: {competition: $c, unitCode: $unit, title: $title, base: $base, due: "2999-12-31"}) { userErrors { code field } } }`
)

// incompressible is a text that no index takes.
func incompressible(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range n {
		b.WriteByte(byte('!' + r.IntN(90)))
	}
	return strings.NewReplacer(`\`, "a", `"`, "b").Replace(b.String())
}

// What the database cannot keep is refused like any other wrong input: no
// internal error, no word of the database's, and no row changed.
// covers T9
func TestTextThatCannotBeKept(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	template := k.Speak(t, k.Token("C1"), "", `{ templates(first: 1) { nodes { id } } }`, nil).Text(t, "templates", "nodes", 0, "id")
	competition := func(name, issuer string) graphtest.Vars {
		return graphtest.Vars{"t": template, "name": name, "issuer": issuer}
	}
	issue := func(unit, title string) graphtest.Vars {
		return graphtest.Vars{"c": k.CompetitionID(), "unit": unit, "title": title, "base": "1"}
	}
	unkeepable := []string{"TEXT_UNKEEPABLE"}
	k.Run(t, []graphtest.Scenario{
		{Name: "a NUL in a column", As: "C1", Query: competitionNamed, Vars: competition("a\x00b", "x"), Codes: unkeepable},
		{Name: "a NUL in a document", As: "C1", Query: competitionNamed, Vars: competition("a", "x\x00"), Codes: unkeepable},
		{Name: "a NUL in what is looked up", As: "C1", Query: issueWorth, Vars: issue("99\x00", "t"), Codes: unkeepable},
		{Name: "a NUL in an issue", As: "C1", Query: issueWorth, Vars: issue(graphtest.VillageCode(1), "t\x00"), Codes: unkeepable},
		{Name: "a NUL in a filter", As: "C1", Query: `query($u: String) { issues(unitCode: $u) { nodes { id } } }`, Vars: graphtest.Vars{"u": "\x00"}, Codes: unkeepable},
		{Name: "a NUL written into the query", As: "C1", Query: `{ issues(unitCode: "\u0000") { nodes { id } } }`, Codes: unkeepable},
		{Name: "a name longer than an index takes", As: "C1", Query: competitionNamed, Vars: competition(incompressible(5000), "x"), Codes: []string{"TEXT_TOO_LONG"}},
	})
	if strings.Contains(k.Log(), "an operation failed") {
		t.Error("a caller's mistake was logged as the program's")
	}
}

// No issue costs more than a scale has, nor in crumbs: an account that held such
// an entry could not be read any more, for its entries are for ever.
func TestAnIssueCostsWhatAnAccountCanHold(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	worth := func(base string) graphtest.Vars {
		return graphtest.Vars{"c": k.CompetitionID(), "unit": graphtest.VillageCode(1), "title": "t", "base": base}
	}
	refused, endless := []string{"ISSUE_BASE_INVALID"}, []string{"TEXT_TOO_LONG"}
	k.Run(t, []graphtest.Scenario{
		{Name: "digits without end", As: "C1", Query: issueWorth, Vars: worth(strings.Repeat("9", 200)), Codes: endless, Has: []string{`"field":"base"`}},
		{Name: "decimals without end", As: "C1", Query: issueWorth, Vars: worth("0." + strings.Repeat("1", 198)), Codes: endless},
		{Name: "more than the most", As: "C1", Query: issueWorth, Vars: worth("1000.01"), Codes: refused},
		{Name: "below nothing", As: "C1", Query: issueWorth, Vars: worth("-1"), Codes: refused},
		{Name: "the most", As: "C1", Query: issueWorth, Vars: worth("1000"), Writes: true},
		{Name: "hundredths", As: "C1", Query: issueWorth, Vars: worth("0.25"), Writes: true},
	})
}

// A list of ids has an end, for whoever sends one keeps the others of the
// tenant from writing.
func TestConfirmationsAreBounded(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	const confirm = `mutation($o: [ID!]!) { outcomesConfirm(input: {outcomes: $o}) { userErrors { code field } } }`
	many := make([]string, 501)
	for i := range many {
		many[i] = graphtest.UnknownID("Outcome")
	}
	k.Run(t, []graphtest.Scenario{
		{Name: "more than the most", As: "A1", Query: confirm, Vars: graphtest.Vars{"o": many}, Codes: []string{"INVALID"}, Has: []string{`"field":"outcomes"`}},
		{Name: "none", As: "A1", Query: confirm, Vars: graphtest.Vars{"o": []string{}}, Codes: []string{"INVALID"}},
		{Name: "the most", As: "A1", Query: confirm, Vars: graphtest.Vars{"o": many[:500]}, Codes: []string{"NOT_FOUND"}},
	})
}
