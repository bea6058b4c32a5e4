package migrate_test

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"

	"github.com/lib/pq"

	"leitai/internal/dbtest"
	"leitai/internal/embedded"
	"leitai/internal/fault"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

// ownServer starts a server of its own: roles belong to a whole server.
func ownServer(t *testing.T) *embedded.Server {
	t.Helper()
	s, err := embedded.Start(t.Context(), embedded.Options{Dir: t.TempDir(), Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

var allPasswords = migrate.Passwords{Owner: "o w'n", App: `a\pp"`, Job: "job", Maint: "maint"}

func TestRolesAreMadeOnceAndMendedAgain(t *testing.T) {
	t.Parallel()
	s := ownServer(t)
	admin := dbtest.Open(t, s.AdminDSN("postgres"))
	for range 2 {
		if err := migrate.Roles(t.Context(), s.AdminDSN("postgres"), "leitai", allPasswords); err != nil {
			t.Fatal(err)
		}
		expectRoles(t, admin)
		// What an operator's slip would do; the second round mends it.
		mustExec(t, admin, `ALTER ROLE leitai_app SUPERUSER BYPASSRLS CREATEROLE; ALTER ROLE leitai_lookup LOGIN; ALTER ROLE leitai_job RESET lc_messages; ALTER DATABASE leitai OWNER TO postgres`)
	}
	if err := migrate.Roles(t.Context(), s.AdminDSN("postgres"), "leitai", migrate.Passwords{App: "changed"}); err != nil {
		t.Fatal(err)
	}
	expectRoles(t, admin)
	for role, password := range map[string]string{migrate.Owner: "o w'n", migrate.App: "changed", migrate.Job: "job", migrate.Maint: "maint"} {
		db := dbtest.Open(t, s.DSN(role, password, "leitai"))
		var messages string
		if err := db.QueryRow(`SHOW lc_messages`).Scan(&messages); err != nil || messages != "C" {
			t.Errorf("%s: lc_messages %q, %v", role, messages, err)
		}
	}
	if err := dbtest.Open(t, s.DSN(migrate.App, `a\pp"`, "leitai")).Ping(); err == nil {
		t.Error("the former password still lets in")
	}
	mustExec(t, admin, `CREATE ROLE stranger LOGIN PASSWORD 'x'`)
	if err := dbtest.Open(t, s.DSN("stranger", "x", "leitai")).Ping(); err == nil {
		t.Error("a login that is not leitai's was let into the database")
	}
}

func expectRoles(t *testing.T, admin *sql.DB) {
	t.Helper()
	for _, want := range []struct {
		name          string
		login, bypass bool
	}{{migrate.Owner, true, false}, {migrate.App, true, false}, {migrate.Job, true, false}, {migrate.Maint, true, true}, {migrate.Lookup, false, true}, {migrate.Wipe, false, true}} {
		var login, bypass, more bool
		err := admin.QueryRow(`SELECT rolcanlogin, rolbypassrls, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname = $1`, want.name).Scan(&login, &bypass, &more)
		if err != nil || login != want.login || bypass != want.bypass || more {
			t.Errorf("%s: login %v, bypass %v, more %v, %v", want.name, login, bypass, more, err)
		}
	}
	var owner string
	if err := admin.QueryRow(`SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'leitai'`).Scan(&owner); err != nil || owner != migrate.Owner {
		t.Errorf("the database belongs to %q, %v", owner, err)
	}
	if n := count(t, admin, `SELECT count(*) FROM pg_authid WHERE rolname LIKE 'leitai%' AND rolpassword NOT LIKE 'SCRAM-SHA-256$4096:%'`); n > 0 {
		t.Errorf("%d passwords are not stored as PostgreSQL does", n)
	}
}

func mustExec(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// A database whose roles are those of an older release is told what to do, and
// stays as it was.
func TestAMigrationSaysWhichRoleIsMissing(t *testing.T) {
	t.Parallel()
	s := ownServer(t)
	if err := migrate.Roles(t.Context(), s.AdminDSN("postgres"), "leitai", allPasswords); err != nil {
		t.Fatal(err)
	}
	admin := dbtest.Open(t, s.AdminDSN("postgres"))
	mustExec(t, admin, `DROP ROLE leitai_wipe`)
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	owner := s.DSN(migrate.Owner, allPasswords.Owner, "leitai")
	if _, err := set.Up(t.Context(), owner); err == nil || !strings.Contains(err.Error(), "leitai migrate roles") {
		t.Fatalf("without the role: %v", err)
	}
	if st := status(t, set, owner); st.Current() {
		t.Error("the migration counts as done")
	}
	if err := migrate.Roles(t.Context(), s.AdminDSN("postgres"), "leitai", allPasswords); err != nil {
		t.Fatal(err)
	}
	if _, err := set.Up(t.Context(), owner); err != nil || !status(t, set, owner).Current() {
		t.Errorf("with it: %v", err)
	}
}

// What a migration needs: the owner gives a function to leitai_lookup, replaces
// it later, and the function sees past the policies, which the owner does not.
func TestTheOwnerCanGiveFunctionsToLookup(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	set, _ := folder(t, map[string]string{
		"1_table.sql": `CREATE TABLE secret (n int, m int);
			INSERT INTO secret VALUES (1, 2);
			ALTER TABLE secret ENABLE ROW LEVEL SECURITY;
			ALTER TABLE secret FORCE ROW LEVEL SECURITY;
			GRANT SELECT (n) ON secret TO leitai_lookup;
			CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS 'SELECT count(n) FROM secret';
			GRANT CREATE ON SCHEMA public TO leitai_lookup;
			ALTER FUNCTION peek() OWNER TO leitai_lookup;
			REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
			REVOKE ALL ON FUNCTION peek() FROM PUBLIC;
			GRANT EXECUTE ON FUNCTION peek() TO leitai_app;`,
		"2_replace.sql": `GRANT CREATE ON SCHEMA public TO leitai_lookup;
			CREATE OR REPLACE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS 'SELECT 10 + count(n) FROM secret';
			REVOKE CREATE ON SCHEMA public FROM leitai_lookup;`,
	})
	if _, err := set.Up(t.Context(), db.OwnerDSN); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db.App(t), `SELECT peek()`); n != 11 {
		t.Errorf("the function sees %d, want 11", n)
	}
	if n := count(t, db.Owner(t), `SELECT count(*) FROM secret`); n != 0 {
		t.Errorf("the owner sees %d rows past the policies", n)
	}
	if _, err := db.App(t).Exec(`SELECT n FROM secret`); err == nil {
		t.Error("the server's role reads the table")
	}
	if _, err := db.Job(t).Exec(`SELECT peek()`); err == nil {
		t.Error("everybody may call the function")
	}
}

func TestRolesNeedASuperuser(t *testing.T) {
	t.Parallel()
	db := dbtest.Empty(t)
	for _, dsn := range []string{db.OwnerDSN, db.AppDSN, db.MaintDSN} {
		err := migrate.Roles(t.Context(), dsn, "other", migrate.Passwords{})
		if fault.CodeOf(err) != "MIGRATION_SUPERUSER" {
			t.Errorf("got %v", err)
		}
	}
	if err := migrate.Roles(t.Context(), db.AdminDSN, "", migrate.Passwords{}); err == nil {
		t.Error("a database without a name was made")
	}
}

func TestPasswordsThatClientsReadDifferentlyAreRefused(t *testing.T) {
	t.Parallel()
	s := ownServer(t)
	for _, password := range []string{"密码", "a\nb", "\x7f"} {
		if err := migrate.Roles(t.Context(), s.AdminDSN("postgres"), "leitai", migrate.Passwords{App: password}); err == nil || !strings.Contains(err.Error(), "ASCII") {
			t.Errorf("%q: %v", password, err)
		}
	}
	if n := count(t, dbtest.Open(t, s.AdminDSN("postgres")), `SELECT count(*) FROM pg_roles WHERE rolname LIKE 'leitai%'`); n != 0 {
		t.Errorf("%d roles were made all the same", n)
	}
}

// A name that is not an identifier reaches neither another database nor SQL.
func TestTheDatabasesNameIsQuoted(t *testing.T) {
	t.Parallel()
	s := ownServer(t)
	const name = `擂台"; DROP TABLE x; --`
	if err := migrate.Roles(t.Context(), s.AdminDSN("postgres"), name, allPasswords); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(s.DSN(migrate.App, allPasswords.App, "x"))
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	connector, err := pq.NewConnector(u.String())
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }()
	if err := db.Ping(); err != nil {
		t.Error(err)
	}
}
