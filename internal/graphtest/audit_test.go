package graphtest_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/postgres"
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

const auditProof = `{ auditCheck { intact brokenAt batches alteredBatches altered { seq roundId at entered found missingIds code message } } }`

// theAuditProvesTheMarks: after months of marks entered, corrected, rejected and
// objected to, every entry proves its own; a value that the
// owner of the schema changes is found by the operator's check and by
// the tenant's own, in that tenant alone, and named by its entry.
//
// covers T30
func theAuditProvesTheMarks(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	tenant := k.TenantOf(t, sample.TownshipCode)
	checked := func() map[uuid.UUID]postgres.AuditChecked {
		all := map[uuid.UUID]postgres.AuditChecked{}
		if err := postgres.VerifyAudit(t.Context(), k.DB.MaintDSN, nil, func(c postgres.AuditChecked) error { all[c.Tenant] = c; return nil }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	for id, c := range checked() {
		if c.Broken != nil || c.Proved.Count != 0 || id == tenant && c.Proved.Batches < 20 {
			t.Errorf("untouched, the audit of %s: %+v", c.Name, c)
		}
	}
	if own := k.Must(t, "A1", auditProof, nil); own.At(t, "auditCheck", "intact") != true || own.Int(t, "auditCheck", "batches") != checked()[tenant].Proved.Batches {
		t.Errorf("untouched: %s", own.Body)
	}
	batch := strings.Fields(k.Strings(t, `SELECT a.seq || ' ' || (a.detail->>'marks') || ' ' || m.id || ' ' || m.value FROM audit_entry a
		JOIN mark m ON m.id = (a.detail->'ids'->>0)::uuid WHERE a.tenant_id = $1 AND a.action = 'mark:write' ORDER BY a.seq LIMIT 1`, tenant)[0])
	seq, marks, id, value := batch[0], batch[1], batch[2], batch[3]
	change := func(query string, args ...any) {
		if _, err := k.DB.Maint(t).ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	change(`UPDATE mark SET value = value + 0.01 WHERE id = $1`, id)
	for other, c := range checked() {
		if want := other == tenant; want != (c.Proved.Count == 1) || c.Broken != nil || want && strconv.FormatInt(c.Proved.Altered[0].Seq, 10) != seq {
			t.Errorf("a value was changed, the audit of %s: %+v", c.Name, c.Proved)
		}
	}
	own := k.Must(t, "A1", auditProof, nil)
	if own.At(t, "auditCheck", "intact") != false || own.At(t, "auditCheck", "brokenAt") != nil || own.Int(t, "auditCheck", "alteredBatches") != 1 ||
		strconv.Itoa(own.Int(t, "auditCheck", "altered", 0, "seq")) != seq || strconv.Itoa(own.Int(t, "auditCheck", "altered", 0, "found")) != marks ||
		own.Text(t, "auditCheck", "altered", 0, "code") != "AUDIT_MARKS_CHANGED" || !strings.Contains(own.Text(t, "auditCheck", "altered", 0, "message"), "第 "+seq+" 条") {
		t.Errorf("a value was changed: %s", own.Body)
	}
	if theirs := k.Must(t, "XA1", auditProof, nil); theirs.At(t, "auditCheck", "intact") != true {
		t.Errorf("another township: %s", theirs.Body)
	}
	change(`UPDATE mark SET value = $2 WHERE id = $1`, id, value)
	if c := checked()[tenant]; c.Proved.Count != 0 {
		t.Errorf("put back: %+v", c.Proved)
	}
}
