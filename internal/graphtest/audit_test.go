package graphtest_test

import (
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const auditList = `query($f: AuditFilter, $n: Int, $c: String) { auditEntries(filter: $f, first: $n, after: $c) { nodes {
	seq at userId person { pseudonym } tokenId requestId action label objectKind objectKey unit { shownName } reason before after detail hash } pageInfo { hasNextPage endCursor } } }`

// The audit tells who did what, with which token, in which request, and whether
// it still holds; it is read by those who may and by no other tenant.
func TestTheAuditIsRead(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	made := k.Must(t, "A1", `mutation { organisationCreate(input: {kind: "office", name: "审计测试办公室", validFrom: "2023-01-01"}) { organisation { id } userErrors { code } } }`, nil)
	request := made.Header.Get("X-Request-Id")
	newest := k.Must(t, "A1", auditList, graphtest.Vars{"n": 1})
	entry := func(field ...any) string {
		return newest.Text(t, append([]any{"auditEntries", "nodes", 0}, field...)...)
	}
	if entry("action") != "organisation:create" || entry("requestId") != request || entry("person", "pseudonym") != "A1" ||
		entry("tokenId") == "" || entry("unit", "shownName") != "晴禾乡" || len(entry("hash")) != 64 || !strings.Contains(entry("detail"), "审计测试办公室") {
		t.Errorf("%s (request %s)", newest.Body, request)
	}
	ofOne := k.Must(t, "A1", auditList, graphtest.Vars{"f": graphtest.Vars{"object": made.Text(t, "organisationCreate", "organisation", "id")}})
	if n := len(ofOne.List(t, "auditEntries", "nodes")); n != 1 {
		t.Errorf("%d entries of one object", n)
	}
	checked := k.Must(t, "A1", `{ auditCheck { entries head intact brokenAt } }`, nil)
	if checked.At(t, "auditCheck", "intact") != true || checked.Int(t, "auditCheck", "entries") != newest.Int(t, "auditEntries", "nodes", 0, "seq") ||
		checked.Text(t, "auditCheck", "head") != entry("hash") {
		t.Errorf("%s", checked.Body)
	}
	theirs := k.Must(t, "XA1", auditList, graphtest.Vars{"n": 100})
	if strings.Contains(theirs.Body, "审计测试办公室") || strings.Contains(theirs.Body, entry("hash")) {
		t.Errorf("another township reads it: %s", theirs.Body)
	}
	k.Run(t, []graphtest.Scenario{
		{Name: "a clerk reads no audit", As: "C1", Query: auditList, Codes: []string{"FORBIDDEN"}},
		{Name: "nor a secretary", As: "S1", Query: `{ auditCheck { intact } }`, Codes: []string{"FORBIDDEN"}},
		{Name: "a time without length", As: "A1", Query: auditList, Codes: []string{"AUDIT_FILTER_INVALID"}, Has: []string{`"field":"filter.until"`},
			Vars: graphtest.Vars{"f": graphtest.Vars{"since": "2023-05-01T00:00:00Z", "until": "2023-05-01T00:00:00Z"}}},
		{Name: "a unit nobody knows", As: "A1", Query: auditList, Codes: []string{"UNIT_UNKNOWN"}, Vars: graphtest.Vars{"f": graphtest.Vars{"unitCode": "1"}}},
		{Name: "an object that is none", As: "A1", Query: auditList, Codes: []string{"NOT_FOUND"}, Vars: graphtest.Vars{"f": graphtest.Vars{"object": "x"}}},
	})
	tenant := k.TenantOf(t, sample.TownshipCode)
	if _, err := k.DB.Maint(t).ExecContext(t.Context(), `UPDATE audit_entry SET action = 'organisation:close' WHERE tenant_id = $1 AND seq = 5`, tenant); err != nil {
		t.Fatal(err)
	}
	if broken := k.Must(t, "A1", `{ auditCheck { entries intact brokenAt } }`, nil); broken.At(t, "auditCheck", "intact") != false || broken.Int(t, "auditCheck", "brokenAt") != 5 {
		t.Errorf("an entry was changed: %s", broken.Body)
	}
}
