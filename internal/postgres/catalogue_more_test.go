package postgres

import (
	"slices"
	"testing"

	"leitai/internal/dbtest"
)

// numbered are columns that count up, each with the reason why nobody learns
// from them how much there is elsewhere.
var numbered = map[string]string{}

// Nothing counts up across tenants: a number in an answer would tell how much
// the others do. And no trigger is switched off.
func TestNothingCountsAcrossTenants(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	for _, found := range column(t, admin, `SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p') AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%') ORDER BY 1`) {
		if numbered[found] == "" {
			t.Errorf("%s counts up over all tenants", found)
		}
	}
	if all := column(t, admin, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'`); len(all) > 0 {
		t.Errorf("sequences: %v", all)
	}
	if off := column(t, admin, `SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE tgenabled <> 'O'`); len(off) > 0 {
		t.Errorf("triggers that do not always fire: %v", off)
	}
}

// Beside the tables of tenants with fixed homes, nothing rests on rules that
// anybody could bypass by inheritance or by a rule of rewriting.
func TestTablesAreJustTables(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	for what, query := range map[string]string{
		"tables that inherit":           `SELECT inhrelid::regclass::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
		"rules of rewriting":            `SELECT r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = 'public'::regnamespace`,
		"tables owned by a login role":  `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r','p') AND pg_get_userbyid(relowner) IN ('leitai_app','leitai_job','leitai_maint','leitai_lookup')`,
		"keys that are not checked":     `SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated`,
		"rights of everybody on tables": `SELECT c.relname FROM pg_class c, aclexplode(c.relacl) g WHERE c.relnamespace = 'public'::regnamespace AND g.grantee = 0`,
	} {
		if found := column(t, admin, query); len(found) > 0 {
			t.Errorf("%s: %v", what, found)
		}
	}
}

// leitai_lookup sees past row-level security, so it holds no right that none of
// its functions uses: each table it may touch is named by one of them, or by a
// trigger of such a table.
func TestLookupHoldsNoIdleRight(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	idle := column(t, admin, `SELECT DISTINCT c.relname || ' ' || p FROM pg_class c, unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE']) p
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p')
		AND (has_table_privilege('leitai_lookup', c.oid, p) OR p <> 'DELETE' AND has_any_column_privilege('leitai_lookup', c.oid, p))
		AND NOT EXISTS (SELECT FROM pg_proc f WHERE f.pronamespace = 'public'::regnamespace
		  AND (f.prosecdef AND pg_get_userbyid(f.proowner) = 'leitai_lookup' OR f.prorettype = 'trigger'::regtype OR NOT f.prosecdef)
		  AND f.prosrc ~ ('\m' || c.relname || '\M')) ORDER BY 1`)
	if len(idle) > 0 {
		t.Errorf("leitai_lookup may do what none of its functions does: %v", idle)
	}
	if whole := column(t, admin, `SELECT p || ' ' || c.relname FROM pg_class c, unnest(ARRAY['TRUNCATE','REFERENCES','TRIGGER']) p
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p') AND has_table_privilege('leitai_lookup', c.oid, p)`); len(whole) > 0 {
		t.Errorf("leitai_lookup: %v", whole)
	}
	secret := column(t, admin, `SELECT DISTINCT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.member WHERE m.roleid = 'leitai_lookup'::regrole`)
	if slices.Contains(secret, "leitai_app") || slices.Contains(secret, "leitai_job") {
		t.Errorf("%v may become leitai_lookup", secret)
	}
}
