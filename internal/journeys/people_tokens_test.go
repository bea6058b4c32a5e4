package journeys

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// token makes a token of the browser's user; limits are arguments of the input.
func (b *browser) token(t testing.TB, limits string) string {
	t.Helper()
	made := b.ask(t, `mutation { tokenCreate(input: {name: "对接", days: 9`+limits+`}) { secret userErrors { code } } }`, nil, "tokenCreate")
	secret, _ := made["secret"].(string)
	if secret == "" {
		t.Fatalf("%s: %v", limits, made)
	}
	return secret
}

const (
	readIssues = `query($u: String) { issues(unitCode: $u) { nodes { id } } }`
	readRounds = `{ calendar(year: 2023) { period } }`
	readGrants = `{ grants { role } }`
	writeDay   = `mutation { calendarDaySet(input: {day: "2023-05-02", workday: true, name: "调休"}) { userErrors { code } } }`
)

// A token over HTTP does no more than its scopes, its units and its being
// read-only allow; and it dies with its owner's role, account and tenant at the
// next request, on every replica.
// covers T29
func TestATokenOverHTTPIsNoMoreThanItsOwnerAndItsLimits(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	clerk, replica := s.in(t, sample.Clerk), newReplica(t, s)
	here := newBrowser(s)
	ask := func(token, query string) (codes [2]string) {
		for i, at := range []*browser{here, replica} {
			a := at.post(t, "/graphql", map[string]any{"query": query}, "Authorization", "Bearer "+token)
			if codes[i] = a.code(t); codes[i] == "" && strings.Contains(a.text, `"userErrors":[{`) {
				codes[i] = a.text
			}
		}
		return codes
	}
	fine, out, forbidden := [2]string{}, [2]string{"UNAUTHENTICATED", "UNAUTHENTICATED"}, [2]string{"FORBIDDEN", "FORBIDDEN"}
	village := graphtest.ID("Unit", uuid.MustParse(s.Strings(t, `SELECT id::text FROM unit WHERE code = $1`, graphtest.VillageCode(1))[0]))
	whole := clerk.token(t, "")
	scoped := clerk.token(t, `, scopes: ["round:read"]`)
	local := clerk.token(t, `, units: ["`+village+`"]`)
	for name, c := range map[string]struct {
		token, query string
		want         [2]string
	}{
		"all, reading": {whole, readGrants, fine}, "all, read-only": {whole, writeDay, forbidden},
		"scoped, inside": {scoped, readRounds, fine}, "scoped, outside": {scoped, readGrants, forbidden},
		"local, the township's": {local, readGrants, forbidden}, "local, every village's": {local, readRounds, fine},
	} {
		if got := ask(c.token, c.query); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	count := func(token, code string) int {
		return len(s.Post(t, token, readIssues, graphtest.Vars{"u": code}).List(t, "issues", "nodes"))
	}
	for _, n := range []int{1, 2} {
		s.Must(t, sample.Approver, openIssue, graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(n), "d": "2030-01-01"})
	}
	if count(whole, graphtest.VillageCode(2)) != 1 || count(local, graphtest.VillageCode(1)) != 1 || count(local, graphtest.VillageCode(2)) != 0 {
		t.Error("a token of one village reads the issues of another")
	}

	approver := s.in(t, sample.Approver)
	writing := approver.token(t, `, write: true`)
	if got := ask(writing, readGrants); got != fine {
		t.Errorf("the approver's: %v", got)
	}
	maint := s.DB.Maint(t)
	suspend := func(status string) {
		if _, err := maint.ExecContext(t.Context(), `UPDATE tenant SET status = $2 WHERE id = $1`, s.TenantOf(t, sample.TownshipCode), status); err != nil {
			t.Fatal(err)
		}
	}
	suspend("suspended")
	if got := ask(writing, readGrants); got != out {
		t.Errorf("a suspended tenant: %v", got)
	}
	suspend("active")
	if got := ask(writing, readGrants); got != fine {
		t.Errorf("lifted: %v", got)
	}
	disable := approver.ask(t, `mutation($u: ID!) { userDisable(input: {user: $u, reason: "离岗"}) { userErrors { code } } }`,
		graphtest.Vars{"u": graphtest.ID("User", s.World.Person(sample.Clerk).User)}, "userDisable")
	if firstCode(disable) != "" {
		t.Fatalf("%v", disable)
	}
	for _, token := range []string{whole, scoped, local} {
		if got := ask(token, readRounds); got != out {
			t.Errorf("the owner is disabled: %v", got)
		}
	}
	if a := clerk.post(t, "/graphql", map[string]any{"query": readRounds}); a.Code != http.StatusUnauthorized {
		t.Errorf("the owner's session: %d", a.Code)
	}
}
