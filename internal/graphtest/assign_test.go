package graphtest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// fixed are columns that the service sets from the caller alone, as an input
// might spell them.
var fixed = []string{"tenantid", "tenant", "region", "locked", "enteredby", "recordedby", "createdby", "grantedby", "postedby", "publicationhash", "superuser"}

// No input of the contract has a field by which a caller could say for which
// tenant, in whose name or past which lock a row is written; and one that is
// sent is refused before anything runs.
//
// covers T11
func TestNobodyAssignsWhatTheServiceSets(t *testing.T) {
	t.Parallel()
	for _, d := range graphtest.Schema().Types {
		for _, f := range d.Fields {
			if d.Kind == ast.InputObject && slices.Contains(fixed, strings.ToLower(f.Name)) {
				t.Errorf("%s.%s lets a caller set it", d.Name, f.Name)
			}
		}
	}
	k := graphtest.New(t)
	theirs := graphtest.ID("Tenant", k.TenantOf(t, sample.SiblingCode))
	before := k.Fingerprint(t, uuid.Nil)
	for _, root := range graphtest.Roots() {
		call := root.Call(0, graphtest.Unknown)
		if !root.Mutation || !strings.Contains(call, "(input: {") {
			continue
		}
		for _, extra := range []string{"tenantId: " + fmt.Sprintf("%q", theirs), `role: "county-admin"`, "locked: false"} {
			name, _, _ := strings.Cut(extra, ":")
			if strings.Contains(call, name+":") {
				continue // its own: the role of a grant
			}
			r := k.As(t, "A1", strings.Replace(call, "(input: {", "(input: {"+extra+", ", 1), nil)
			if r.Status != http.StatusOK || !slices.Equal(r.Codes(), []string{"QUERY_INVALID"}) {
				t.Errorf("%s takes %s: %d %s", root.Name, extra, r.Status, r.Body)
			}
		}
	}
	variables := graphtest.Vars{"in": map[string]any{"kind": "office", "name": "x", "tenantId": theirs}}
	r := k.As(t, "A1", `mutation($in: OrganisationCreateInput!) { organisationCreate(input: $in) { userErrors { code } } }`, variables)
	if len(r.Codes()) != 1 || r.Data["organisationCreate"] != nil {
		t.Errorf("a variable brought a tenant along: %s", r.Body)
	}
	if k.Fingerprint(t, uuid.Nil) != before {
		t.Error("rows changed")
	}
}

// The same natural keys are made in two townships, and in both they are new: no
// refusal tells one what the other has.
//
// covers T13
func TestNaturalKeysDoNotTellOfOthers(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	for _, mutation := range []string{
		`mutation { organisationCreate(input: {kind: "office", name: "党政办公室"}) { userErrors { code } } }`,
		`mutation { rosterImport(input: {rows: [{name: "某人", pseudonym: "same-1", post: "office-staff", unitCode: "%s", from: "2023-01-01"}]}) { userErrors { code } } }`,
		`mutation { dimensionAdd(input: {key: "own-one", name: "自有指标", nameEn: "own"}) { userErrors { code } } }`,
		`mutation { groupSetDefine(input: {key: "own-set", name: "分类", nameEn: "set", classes: [{key: "a", name: "甲", nameEn: "a"}]}) { userErrors { code } } }`,
		`mutation { templateFromPreset(input: {preset: "monthly-arena", key: "same-key"}) { userErrors { code } } }`,
		`mutation { calendarDaySet(input: {day: "2023-10-09", workday: true}) { userErrors { code } } }`,
	} {
		for who, unit := range map[string]string{"A1": sample.TownshipCode, "XA1": sample.SiblingCode} {
			operation := mutation
			if strings.Contains(mutation, "%s") {
				operation = fmt.Sprintf(mutation, unit)
			}
			if r := k.As(t, who, operation, nil); len(r.Codes()) > 0 {
				t.Errorf("%s: %s\n%s", who, operation, r.Body)
			}
		}
	}
}

// Two people of different tenants ask for the same objects at the same moment,
// over and over: each gets what is theirs, for no request sees what another one
// has loaded.
//
// covers T33
func twoViewersShareNothing(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	const query = `query($p: ID!, $r: ID!) { viewer { tenant { name } person { id name } } person: node(id: $p) { ... on Person { pseudonym name } }
		round(id: $r) { tenant { name } publications { revision } } people(first: 3) { nodes { id name } } }`
	vars := graphtest.Vars{"p": k.PersonID("S1"), "r": k.RoundID("2023-05")}
	alone := map[string]string{}
	for _, who := range []string{"C1", "XC1"} {
		alone[who] = graphtest.Plain(k.As(t, who, query, vars).Body)
	}
	if !strings.Contains(alone["C1"], "村党组织书记") || !strings.Contains(alone["XC1"], `"person":null,"round":null`) {
		t.Fatalf("one request sees what another has loaded: %v", alone)
	}
	var all sync.WaitGroup
	for n := range 8 {
		who := []string{"C1", "XC1"}[n%2]
		all.Go(func() {
			for range 40 {
				if got := graphtest.Plain(k.As(t, who, query, vars).Body); !graphtest.Same(got, alone[who]) {
					t.Errorf("%s beside others reads\n%s\nand alone\n%s", who, got, alone[who])
					return
				}
			}
		})
	}
	all.Wait()
}
