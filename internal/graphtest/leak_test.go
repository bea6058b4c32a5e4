package graphtest_test

import (
	"net/http"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

// Whatever fails inside — a right the program lacks, a table that is gone, a
// value it cannot read, a row that breaks a constraint nobody foresaw — the
// answer is INTERNAL with the request's id: no word of PostgreSQL, no name of a
// table, column or constraint, no path; and nothing is kept of the act.
//
// covers T9
func TestFailuresTellNothing(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	const create = `mutation { organisationCreate(input: {kind: "office", name: "泄漏测试"}) { organisation { id } userErrors { code message } } }`
	const list = `{ organisations { name kind } }`
	secrets := []string{"pq:", "SQLSTATE", "permission denied", "relation", "constraint", "organisation_", "tenant_id", "does not exist", "violates", "Scan",
		"sql:", "goroutine", ".go", "leitai_app", "/internal/", "panic", "42501", "42P01", "23514"}
	for _, c := range []struct{ name, harm, heal, query string }{
		{"a right is lacking", `REVOKE SELECT ON organisation FROM leitai_app`, `GRANT SELECT ON organisation TO leitai_app`, list},
		{"a table is gone", `ALTER TABLE organisation RENAME TO organisation_gone`, `ALTER TABLE organisation_gone RENAME TO organisation`, list},
		{"a constraint nobody foresaw", `ALTER TABLE organisation ADD CONSTRAINT organisation_secret CHECK (name <> '泄漏测试') NOT VALID`, `ALTER TABLE organisation DROP CONSTRAINT organisation_secret`, create},
		{"a trigger that fails", `CREATE FUNCTION organisation_trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'organisation_trap at /internal/secret'; END $$;
			CREATE TRIGGER trap BEFORE INSERT ON organisation FOR EACH ROW EXECUTE FUNCTION organisation_trap()`, `DROP FUNCTION organisation_trap() CASCADE`, create},
		{"the audit cannot be written", `REVOKE INSERT ON audit_entry FROM leitai_app`, `GRANT INSERT ON audit_entry TO leitai_app`, create},
	} {
		k.Put(t, c.harm)
		r := k.As(t, "A1", c.query, nil)
		k.Put(t, c.heal)
		if codes := r.Codes(); r.Status != http.StatusOK || len(codes) == 0 || codes[0] != "INTERNAL" {
			t.Errorf("%s: %d %v", c.name, r.Status, codes)
		}
		if id := r.Header.Get("X-Request-Id"); id == "" || !strings.Contains(r.Body, id) {
			t.Errorf("%s: the answer does not name the request: %s", c.name, r.Body)
		}
		for _, secret := range secrets {
			if strings.Contains(r.Body, secret) {
				t.Errorf("%s: the answer tells %q: %s", c.name, secret, r.Body)
			}
		}
	}
	if left := k.Strings(t, `SELECT id FROM organisation WHERE name = '泄漏测试'`); len(left) != 0 {
		t.Errorf("%d rows of failed acts are kept", len(left))
	}
	k.Must(t, "A1", create, nil)
	twice := k.As(t, "A1", `mutation { userCreate(input: {login: "`+k.World.Person("XA1").Login+`", password: "Long-enough-87"}) { userErrors { code field message } } }`, nil)
	if codes := twice.Codes(); len(codes) != 1 || codes[0] != "ALREADY_EXISTS" || strings.Contains(twice.Body, "app_user") {
		t.Errorf("a login that another township has: %s", twice.Body)
	}
}
