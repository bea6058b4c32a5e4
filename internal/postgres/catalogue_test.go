package postgres

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/lib/pq"

	"leitai/internal/dbtest"
)

// withoutTenant are the tables that belong to no tenant, each with the reason
// why nothing of a tenant can leak through it.
var withoutTenant = map[string]string{
	"unit":           "the public administrative tree; only the maintenance role writes it, and unit_decide",
	"unit_successor": "the public history of the tree; only the maintenance role writes it, and unit_decide",
	"authz_epoch":    "one row with two counters",
	"registry_stamp": "one row with a counter; only a trigger writes it, and open_request reads it",
	"figures_turn":   "which process counts over all tenants; figures_take writes it",
	"plan":           "what the operator offers to everybody; written by plan_put",
	"archive_event":  "what the operator did with whole tenants; only the maintenance role reads and writes it",
	"tombstone":      "ids and units of tenants that ended; only the maintenance role reads and writes it",
}

// closed are tables that no login role but maintenance reads or writes: they
// are reached through functions of leitai_lookup only.
var closed = []string{"app_user", "session", "ballot", "ballot_code", "paper_tally",
	"password_past", "totp_factor", "recovery_code", "external_login", "sign_in_step", "used_state", "signup"}

// strings reads a column of text.
func column(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// Every table forces row-level security, with policies by operation, or stands
// on the list above.
func TestEveryTableIsIsolated(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	tables := column(t, admin, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r','p') ORDER BY 1`)
	if len(tables) < 30 {
		t.Fatalf("only %d tables: is this the schema?", len(tables))
	}
	for _, table := range tables {
		if _, listed := withoutTenant[table]; listed {
			checkPublic(t, admin, table)
			continue
		}
		var enabled, forced bool
		if err := admin.QueryRowContext(t.Context(), `SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = $1::regclass`, table).
			Scan(&enabled, &forced); err != nil {
			t.Fatal(err)
		}
		if !enabled || !forced {
			t.Errorf("%s: row-level security is not enabled and forced", table)
		}
		checkPolicies(t, admin, table)
		checkRights(t, admin, table)
	}
	views := column(t, admin, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v','m','f')`)
	if len(views) > 0 {
		t.Errorf("views walk around policies: %v", views)
	}
}

// checkPublic: of the tables without a tenant the application changes nothing
// but the counters.
func checkPublic(t *testing.T, admin *sql.DB, table string) {
	t.Helper()
	for _, role := range []string{"leitai_app", "leitai_job"} {
		rights := column(t, admin, `SELECT p FROM unnest(ARRAY['INSERT','UPDATE','DELETE','TRUNCATE']) p WHERE has_table_privilege($1, $2, p)`, role, table)
		if want := map[bool][]string{true: {"UPDATE"}}[table == "authz_epoch"]; !slices.Equal(rights, want) {
			t.Errorf("%s: %s may %v", table, role, rights)
		}
	}
}

func checkPolicies(t *testing.T, admin *sql.DB, table string) {
	t.Helper()
	// Writing is ruled by the one tenant written, whatever may be read.
	const own = "tenant_id = ( SELECT app_tenant() AS app_tenant)"
	rows, err := admin.QueryContext(t.Context(), `SELECT polname, polcmd, polpermissive, coalesce(pg_get_expr(polqual, polrelid), ''),
		coalesce(pg_get_expr(polwithcheck, polrelid), '') FROM pg_policy WHERE polrelid = $1::regclass`, table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	reading := false
	for rows.Next() {
		var name, command, using, check string
		var permissive bool
		if err := rows.Scan(&name, &command, &permissive, &using, &check); err != nil {
			t.Fatal(err)
		}
		ok := false
		switch command {
		case "r":
			reading = true
			ok = strings.Contains(using, "app_setting_ids(") || strings.Contains(using, "app_tenant()")
		case "a":
			ok = check == "("+own+")"
		case "w":
			ok = using == "("+own+")" && check == using
		case "d":
			ok = using == "("+own+")"
		} // "*" is for all operations: whoever may read might write
		if !ok {
			t.Errorf("%s: policy %s (%s): USING %s WITH CHECK %s", table, name, command, using, check)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if reading == slices.Contains(closed, table) {
		t.Errorf("%s: a policy to read: %v", table, reading)
	}
}

// checkRights: nobody but maintenance touches a closed table, nobody truncates,
// and a right to write comes with a policy.
func checkRights(t *testing.T, admin *sql.DB, table string) {
	t.Helper()
	for _, role := range []string{"leitai_app", "leitai_job"} {
		for privilege, command := range map[string]string{"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d", "TRUNCATE": "-", "REFERENCES": "-", "TRIGGER": "-"} {
			var granted, ruled bool
			if err := admin.QueryRowContext(t.Context(), `SELECT has_table_privilege($1, $2, $3),
				EXISTS (SELECT FROM pg_policy WHERE polrelid = $2::regclass AND polcmd::text = $4)`, role, table, privilege, command).Scan(&granted, &ruled); err != nil {
				t.Fatal(err)
			}
			if granted != ruled {
				t.Errorf("%s: %s may %s: %v, but a policy for it: %v", table, role, privilege, granted, ruled)
			}
			if granted && slices.Contains(closed, table) {
				t.Errorf("%s: %s may %s", table, role, privilege)
			}
		}
	}
}

// Every UNIQUE but the primary key, and every foreign key between tables of
// tenants, starts with tenant_id on both sides: the first tells nobody what
// exists elsewhere, the second cannot point there.
func TestKeysStartWithTheTenant(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	const ofTenants = `SELECT attrelid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		WHERE a.attname = 'tenant_id' AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		AND c.relname <> ALL ($1)` // the tables that are reached through functions only
	loose := column(t, admin, `SELECT x.indexrelid::regclass::text FROM pg_index x
		JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
		WHERE x.indisunique AND NOT x.indisprimary AND x.indrelid IN (`+ofTenants+`) AND a.attname <> 'tenant_id' ORDER BY 1`, pq.Array(closed))
	// One unit is one tenant's in the whole deployment; who holds it is public.
	if want := []string{"tenant_unit_id_key"}; !slices.Equal(loose, want) {
		t.Errorf("unique indexes that do not start with the tenant: %v, allowed is %v", loose, want)
	}
	keys := column(t, admin, `SELECT k.conrelid::regclass || ' ' || k.conname FROM pg_constraint k
		JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
		JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
		WHERE k.contype = 'f' AND k.conrelid IN (`+ofTenants+`) AND k.confrelid IN (`+ofTenants+`)
		AND NOT (a.attname = 'tenant_id' AND (b.attname = 'tenant_id' OR k.confrelid = 'tenant'::regclass AND b.attname = 'id'))`, pq.Array(closed))
	if len(keys) > 0 {
		t.Errorf("foreign keys that do not start with the tenant: %v", keys)
	}
	// Every row of a tenant has the three columns of its home, never null.
	homeless := column(t, admin, `SELECT c.relname FROM pg_class c WHERE c.oid IN (`+ofTenants+`) AND 3 <> (SELECT count(*) FROM pg_attribute a
		WHERE a.attrelid = c.oid AND a.attname IN ('id','tenant_id','region') AND a.attnotnull)`, pq.Array(closed))
	if len(homeless) > 0 {
		t.Errorf("tables without id, tenant_id and region: %v", homeless)
	}
	// And they are fixed for ever.
	moving := column(t, admin, `SELECT c.relname FROM pg_class c WHERE c.oid IN (`+ofTenants+`) AND NOT EXISTS (
		SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'fixed_home' AND g.tgenabled = 'O')`, pq.Array(closed))
	if len(moving) > 0 {
		t.Errorf("tables whose rows may move: %v", moving)
	}
}

// What runs with another's rights is owned by leitai_lookup, or by leitai_wipe
// for the one that wipes a trial, looks nothing up in a schema of the caller's,
// and is not for everybody.
func TestFunctionsWithOthersRights(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	all := column(t, admin, `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`)
	if len(all) < 5 {
		t.Fatalf("only %v", all)
	}
	bad := column(t, admin, `SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND NOT (
		pg_get_userbyid(p.proowner) = CASE p.proname WHEN 'wipe_trial' THEN 'leitai_wipe' ELSE 'leitai_lookup' END
		AND 'search_path=pg_catalog, public, pg_temp' = ANY (p.proconfig)
		AND NOT EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g WHERE g.grantee = 0))`)
	if len(bad) > 0 {
		t.Errorf("functions with another's rights that are open: %v", bad)
	}
	for _, role := range []string{"leitai_lookup", "leitai_wipe"} {
		var super, login, bypass, create bool
		if err := admin.QueryRowContext(t.Context(), `SELECT rolsuper, rolcanlogin, rolbypassrls, has_schema_privilege(rolname, 'public', 'CREATE')
			FROM pg_roles WHERE rolname = $1`, role).Scan(&super, &login, &bypass, &create); err != nil {
			t.Fatal(err)
		}
		if super || login || !bypass || create {
			t.Errorf("%s: superuser %v, login %v, bypassrls %v, create %v", role, super, login, bypass, create)
		}
	}
	procedures := column(t, admin, `SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.prokind = 'p' AND p.pronamespace = 'public'::regnamespace
		AND (has_function_privilege('leitai_app', p.oid, 'EXECUTE') OR has_function_privilege('leitai_job', p.oid, 'EXECUTE'))`)
	if len(procedures) > 0 {
		t.Errorf("the application may call %v", procedures)
	}
}
